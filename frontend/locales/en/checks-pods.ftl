## pod.no_privileged

check-pod-no_privileged-title = No pod has power over its node
check-pod-no_privileged-rule = No running pod is privileged, shares the network, processes or memory of its node, or mounts folders of it. Namespaces that policy lists are excused, and named.
check-pod-no_privileged-rationale = Whoever breaks into such a pod has its node in hand, with everything else that runs on it.
check-pod-no_privileged-remedy = Take the named settings out of the workload. Where a system part needs them, give it a namespace of its own, and list that in the policy.
fault-pod-no_privileged-broken = The workload reaches into its node: { $fields }.
reason-pod-no_privileged-forbidden = { reason-forbidden }
reason-pod-no_privileged-absent = { reason-absent }
reason-pod-no_privileged-unread = { reason-unread }
reason-pod-no_privileged-excused = Policy excuses these namespaces, where workloads do reach into their node: { $namespaces }.
reason-pod-no_privileged-none = No pod is running.

## pod.non_root

check-pod-non_root-title = Pods do not run as root
check-pod-non_root-rule = Every container of a running pod is kept from running as root, by runAsNonRoot or by a user other than 0. A pod whose users are none of the node’s is in order. Namespaces that policy lists are excused, and named.
check-pod-non_root-rationale = A program that runs as root needs only one flaw in the container runtime to be root on the node.
check-pod-non_root-remedy = Say in the workload that it does not run as root, and build its image for another user.
fault-pod-non_root-broken = Nothing keeps the workload from running as root: { $fields }.
reason-pod-non_root-forbidden = { reason-forbidden }
reason-pod-non_root-absent = { reason-absent }
reason-pod-non_root-unread = { reason-unread }
reason-pod-non_root-excused = Policy excuses these namespaces, where workloads may run as root: { $namespaces }.
reason-pod-non_root-none = No pod is running.

## pod.baseline

check-pod-baseline-title = Pods keep to the rest of the profile baseline
check-pod-baseline-rule = Running pods break none of the controls of the Pod Security profile baseline besides those about the node, which have a check of their own. The measure is the profile as of Kubernetes 1.36. Namespaces that policy lists are excused, and named.
check-pod-baseline-rationale = These settings open known ways out of a container, and hardly any application needs them.
check-pod-baseline-remedy = Take the named settings out of the workload, then have the namespace enforce baseline.
fault-pod-baseline-broken = The workload breaks the profile baseline: { $fields }.
reason-pod-baseline-forbidden = { reason-forbidden }
reason-pod-baseline-absent = { reason-absent }
reason-pod-baseline-unread = { reason-unread }
reason-pod-baseline-excused = Policy excuses these namespaces, where workloads break the profile baseline: { $namespaces }.
reason-pod-baseline-none = No pod is running.

## pod.restricted

check-pod-restricted-title = Pods keep to the rest of the profile restricted
check-pod-restricted-rule = Running pods break none of the controls that the Pod Security profile restricted adds to baseline; that they do not run as root has a check of its own. The measure is the profile as of Kubernetes 1.36. Namespaces that policy lists are excused, and named.
check-pod-restricted-rationale = An application that has no right it does not need gives an intruder little to go on.
check-pod-restricted-remedy = Add the named settings to the workload, then have the namespace enforce restricted.
fault-pod-restricted-broken = The workload lacks what the profile restricted asks for: { $fields }.
reason-pod-restricted-forbidden = { reason-forbidden }
reason-pod-restricted-absent = { reason-absent }
reason-pod-restricted-unread = { reason-unread }
reason-pod-restricted-excused = Policy excuses these namespaces, where workloads do not keep to the profile restricted: { $namespaces }.
reason-pod-restricted-none = No pod is running.

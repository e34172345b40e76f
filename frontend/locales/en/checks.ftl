# What checks ask, why, and what to do; what is wrong; and why a result is what it is.
# Keys: check-<id>-…, fault-<check>-<fault>, reason-<check>-<reason>, with the dots of ids as dashes.

reason-forbidden = Bevis may not read what is needed. This permission is missing: { $permission }.
reason-absent = Not installed: { $resource } is not served by the cluster.
reason-unread = What could be read is not enough to judge by.
reason-inactive = The cluster lacks the roles or bindings that Kubernetes makes itself, so access is not decided by them.
reason-never_ran = Velero is installed, and has neither schedule, nor backup, nor storage location.
fault-mixed = The control plane is not set up alike on all of its nodes. The fault is on: { $nodes }.
reason-managed = { $platform } runs the control plane, where its settings cannot be seen. Show your provider’s evidence.
reason-in_process = K3s runs the control plane as one program and not as pods, and what its servers were started with does not tell this (annotation k3s.io/node-args, from K3s 1.22). Show the configuration of its servers.
reason-elsewhere = The control plane does not run as pods of kube-system, so its settings cannot be seen. Show its configuration, or your provider’s evidence.
reason-openshift = OpenShift gives this setting to its API servers in a file (ConfigMap openshift-kube-apiserver/config), which Bevis does not read: the permission would open every ConfigMap named “config”. Show it.
reason-arguments = Read from the annotation k3s.io/node-args, where K3s writes what each server was started with, its configuration file included; what is not there is as K3s sets it. Servers without a node are not seen.

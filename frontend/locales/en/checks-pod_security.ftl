## pod.policy_mechanism

check-pod-policy_mechanism-title = Something keeps privileged pods out
check-pod-policy_mechanism-rule = Every namespace is guarded by Pod Security Admission, or by another policy engine, unless policy lists it as privileged.
check-pod-policy_mechanism-rationale = Without any such mechanism, whoever may start a pod may take over the node that it runs on.
check-pod-policy_mechanism-remedy = Label the namespace with a Pod Security level, or show that another engine covers it.
fault-pod-policy_mechanism-none = The namespace enforces no Pod Security level, and no other policy engine is served.
reason-pod-policy_mechanism-forbidden = { reason-forbidden }
reason-pod-policy_mechanism-absent = { reason-absent }
reason-pod-policy_mechanism-unread = { reason-unread }
reason-pod-policy_mechanism-other_engine = { $count } namespaces enforce no Pod Security level. Whether { $engines } covers them must be shown by a person: { $namespaces }.
reason-pod-policy_mechanism-groups_hidden = { $count } namespaces enforce no Pod Security level, and whether another engine is there cannot be seen: the permission “{ $permission }” is missing.

## pod.psa_level

check-pod-psa_level-title = Namespaces enforce baseline or restricted
check-pod-psa_level-rule = Every namespace has the label pod-security.kubernetes.io/enforce with baseline or restricted. Privileged, or no label, is for namespaces that policy lists.
check-pod-psa_level-rationale = A privileged pod can read and change everything on its node, and from there often the cluster.
check-pod-psa_level-remedy = Try the level with warn and audit first, then enforce it.
fault-pod-psa_level-unlabelled = The namespace has no level. The default of the API server holds, which cannot be seen, and is privileged unless it was changed.
fault-pod-psa_level-privileged = The namespace allows privileged pods, and policy does not list it.
fault-pod-psa_level-invalid = The level “{ $value }” does not exist. The API server applies restricted; correct the label.
fault-pod-psa_level-invalid_version = The version “{ $value }” does not exist. The API server applies its latest; correct the label.
reason-pod-psa_level-forbidden = { reason-forbidden }
reason-pod-psa_level-absent = { reason-absent }
reason-pod-psa_level-unread = { reason-unread }
reason-pod-psa_level-no_admission = Kubernetes { $version } does not enforce Pod Security levels; they are in force since 1.23.

## pod.psp_legacy

check-pod-psp_legacy-title = PodSecurityPolicy, until Kubernetes 1.24
check-pod-psp_legacy-rule = Until Kubernetes 1.24, at least one PodSecurityPolicy keeps privileged pods out. Later versions do not have it.
check-pod-psp_legacy-rationale = Clusters that have not moved on rest on a mechanism that ends with 1.25.
check-pod-psp_legacy-remedy = Move to Pod Security Admission before the upgrade to 1.25.
fault-pod-psp_legacy-permissive = The policy allows what leads to the node, and there is no stricter one.
reason-pod-psp_legacy-forbidden = { reason-forbidden }
reason-pod-psp_legacy-absent = { reason-absent }
reason-pod-psp_legacy-unread = { reason-unread }
reason-pod-psp_legacy-removed = This version of Kubernetes no longer has PodSecurityPolicy.
reason-pod-psp_legacy-unused = There is no PodSecurityPolicy.
reason-pod-psp_legacy-plugin_unknown = { $count } policies keep privileged pods out. That the admission plug-in is on, and that roles grant the policies, cannot be seen and must be shown by a person.

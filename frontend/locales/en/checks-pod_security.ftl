## pod.policy_mechanism

check-pod-policy_mechanism-title = Something keeps privileged pods out
check-pod-policy_mechanism-rule = Every namespace is guarded by Pod Security Admission, which no API server that can be seen has off, or by another policy engine, unless policy lists it as privileged.
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
check-pod-psa_level-rule = Every namespace has the label pod-security.kubernetes.io/enforce with baseline or restricted. Privileged, or no label, is for namespaces that policy lists. No API server that can be seen has the admission plug-in PodSecurity off. What the API server’s own configuration exempts cannot be seen, nor can the flags of an API server that a provider runs.
check-pod-psa_level-rationale = A privileged pod can read and change everything on its node, and from there often the cluster.
check-pod-psa_level-remedy = Try the level with warn and audit first, then enforce it.
fault-pod-psa_level-unlabelled = The namespace has no level. The default of the API server holds, which cannot be seen, and is privileged unless it was changed.
fault-pod-psa_level-privileged = The namespace allows privileged pods, and policy does not list it.
fault-pod-psa_level-invalid = The level “{ $value }” does not exist. The API server applies restricted; correct the label.
fault-pod-psa_level-invalid_version = The version “{ $value }” does not exist. The API server applies its latest; correct the label.
fault-pod-psa_level-plugin_off = The admission plug-in PodSecurity is off (--disable-admission-plugins or --feature-gates), so that labels have no effect. API servers on: { $nodes }.
fault-pod-psa_level-invalid_trial = The label { $label } has the value “{ $value }”, which is no level. The API server then tries nothing; correct the label.
reason-pod-psa_level-forbidden = { reason-forbidden }
reason-pod-psa_level-absent = { reason-absent }
reason-pod-psa_level-unread = { reason-unread }
reason-pod-psa_level-no_admission = Kubernetes { $version } does not enforce Pod Security levels; they are in force since 1.23.
reason-pod-psa_level-excused = Policy excuses these namespaces: { $excused }.
reason-pod-psa_level-pinned = These namespaces hold the level at a version before the cluster’s, without what was added since: { $pinned }.
reason-pod-psa_level-excused_and_pinned = Policy excuses these namespaces: { $excused }. These hold the level at a version before the cluster’s, without what was added since: { $pinned }.

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
reason-pod-psp_legacy-no_successor = { $count } policies keep privileged pods out, until Kubernetes 1.25. That the admission plug-in is on must be shown by a person, and so must what follows in these namespaces, which enforce no Pod Security level: { $namespaces }.

## pod.engine_ready

check-pod-engine_ready-title = Policy engines run, and are asked
check-pod-engine_ready-rule = Where Gatekeeper or Kyverno is installed, the API server is told to ask it, and at least one of its pods is available.
check-pod-engine_ready-rationale = An engine that is installed and does not run looks like a guard, and is none.
check-pod-engine_ready-remedy = See why the pods of the engine do not start. Where the engine is no longer wanted, remove what is left of it.
fault-pod-engine_ready-no_webhook = The engine is installed, and the API server is not told to ask it.
fault-pod-engine_ready-not_available = No pod of the engine is available.
reason-pod-engine_ready-forbidden = { reason-forbidden }
reason-pod-engine_ready-absent = { reason-absent }
reason-pod-engine_ready-unread = { reason-unread }
reason-pod-engine_ready-none = Neither Gatekeeper nor Kyverno is installed.
reason-pod-engine_ready-hidden = Which engines are installed cannot be seen: the permission “{ $permission }” is missing.

## pod.webhook_fail_closed

check-pod-webhook_fail_closed-title = Without an answer of the policy engine nothing is let in
check-pod-webhook_fail_closed-rule = Where the API server asks Gatekeeper or Kyverno and has no answer, it refuses (failurePolicy: Fail).
check-pod-webhook_fail_closed-rationale = A guard that is passed by whoever comes while it is away can be waited for, or sent away.
check-pod-webhook_fail_closed-remedy = Run more than one pod of the engine, except its own namespace and kube-system, then set the failure policy to Fail.
fault-pod-webhook_fail_closed-ignores = While the engine does not answer, the API server lets everything in.
reason-pod-webhook_fail_closed-forbidden = { reason-forbidden }
reason-pod-webhook_fail_closed-absent = { reason-absent }
reason-pod-webhook_fail_closed-unread = { reason-unread }
reason-pod-webhook_fail_closed-none = The API server asks neither Gatekeeper nor Kyverno.

## pod.vap_bound

check-pod-vap_bound-title = Admission policies of the API server are bound
check-pod-vap_bound-rule = Every ValidatingAdmissionPolicy has a binding that denies, and every binding names a policy that is there.
check-pod-vap_bound-rationale = A policy without a binding does nothing, and is easily taken for one that does.
check-pod-vap_bound-remedy = Bind the policy, or remove it.
fault-pod-vap_bound-unbound = Nothing binds the policy, so it does nothing.
fault-pod-vap_bound-not_denied = The policy only warns or audits, and keeps nothing out.
fault-pod-vap_bound-dangling = The binding names a policy that is not there: { $policy }.
reason-pod-vap_bound-forbidden = { reason-forbidden }
reason-pod-vap_bound-absent = { reason-absent }
reason-pod-vap_bound-unread = { reason-unread }
reason-pod-vap_bound-none = The cluster has no such policy. They exist since Kubernetes 1.30.

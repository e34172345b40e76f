## rbac.no_admin_to_everyone

check-rbac-no_admin_to_everyone-title = Nobody in general is administrator
check-rbac-no_admin_to_everyone-rule = No binding grants every right to everybody who is logged in, to anybody at all, or to every service account.
check-rbac-no_admin_to_everyone-rationale = A right that everybody has protects nothing: any stolen password or any pod that is broken into owns the cluster.
check-rbac-no_admin_to_everyone-remedy = Delete the binding, and bind the role to the one group that needs it.
fault-rbac-no_admin_to_everyone-cluster = { $subject } is administrator of the whole cluster through { $role }.
fault-rbac-no_admin_to_everyone-namespace = { $subject } is administrator of this namespace through { $role }.
reason-rbac-no_admin_to_everyone-forbidden = { reason-forbidden }
reason-rbac-no_admin_to_everyone-absent = { reason-absent }
reason-rbac-no_admin_to_everyone-unread = { reason-unread }
reason-rbac-no_admin_to_everyone-inactive = { reason-inactive }

## rbac.no_unauthenticated_grants

check-rbac-no_unauthenticated_grants-title = Nothing is granted to those who have not logged in
check-rbac-no_unauthenticated_grants-rule = Users who have not logged in see the version and the health of the cluster, and nothing else.
check-rbac-no_unauthenticated_grants-rationale = What needs no log-in can be read by anybody who reaches the API server, without a trace of who it was.
check-rbac-no_unauthenticated_grants-remedy = Remove system:unauthenticated and system:anonymous from the binding, or delete the binding.
fault-rbac-no_unauthenticated_grants-granted = { $subject } has the rights of { $role } without logging in.
fault-rbac-no_unauthenticated_grants-discovery = { $subject } may list the APIs of the cluster through { $role }; that was the default until Kubernetes 1.13.
fault-rbac-no_unauthenticated_grants-dangling = { $subject } is bound to { $role }, which grants nothing yet; what it will grant needs no log-in.
fault-rbac-no_unauthenticated_grants-cluster_info = { $subject } may read what kubeadm publishes for joining nodes through { $role }; it may be removed between joins.
reason-rbac-no_unauthenticated_grants-forbidden = { reason-forbidden }
reason-rbac-no_unauthenticated_grants-absent = { reason-absent }
reason-rbac-no_unauthenticated_grants-unread = { reason-unread }
reason-rbac-no_unauthenticated_grants-inactive = { reason-inactive }

## rbac.cluster_admin_baseline

check-rbac-cluster_admin_baseline-title = Administrators are those who were approved
check-rbac-cluster_admin_baseline-rule = Everyone who holds every right in the whole cluster is on the approved list, or is one of the groups that Kubernetes and kubeadm build in.
check-rbac-cluster_admin_baseline-rationale = Administrators can do and undo anything. Who they are must be a decision, and the cluster must agree with it.
check-rbac-cluster_admin_baseline-remedy = Delete the binding of anybody who is not approved, or add them to cluster_admins in the cluster's policy after approval.
fault-rbac-cluster_admin_baseline-not_approved = { $subject } is administrator of the whole cluster through { $role }, and is not on the approved list.
reason-rbac-cluster_admin_baseline-forbidden = { reason-forbidden }
reason-rbac-cluster_admin_baseline-absent = { reason-absent }
reason-rbac-cluster_admin_baseline-unread = { reason-unread }
reason-rbac-cluster_admin_baseline-no_list = No list of approved administrators is configured (cluster_admins). Besides the built-in groups, these hold every right ({ $count }): { $subjects }.
reason-rbac-cluster_admin_baseline-inactive = { reason-inactive }

## rbac.no_system_masters

check-rbac-no_system_masters-title = The group system:masters is bound nowhere else
check-rbac-no_system_masters-rule = No binding but the built-in one names the group system:masters.
check-rbac-no_system_masters-rationale = Members of the group pass every check, and no change of bindings takes that away. It must not become a habit.
check-rbac-no_system_masters-remedy = Delete the binding, and bind the role to a group of your own.
fault-rbac-no_system_masters-named = The binding names system:masters, with { $role }.
reason-rbac-no_system_masters-forbidden = { reason-forbidden }
reason-rbac-no_system_masters-absent = { reason-absent }
reason-rbac-no_system_masters-unread = { reason-unread }
reason-rbac-no_system_masters-inactive = { reason-inactive }

## rbac.no_wildcards

check-rbac-no_wildcards-title = No role allows everything
check-rbac-no_wildcards-rule = No role allows every verb on every resource of an API group, but those that Kubernetes makes itself.
check-rbac-no_wildcards-rationale = A wildcard also grants what does not exist yet, so that nobody can say what the role allows.
check-rbac-no_wildcards-remedy = List the resources and verbs that are needed, in place of the asterisks.
fault-rbac-no_wildcards-wildcard = The role allows every verb on every resource of these API groups: { $groups }.
reason-rbac-no_wildcards-forbidden = { reason-forbidden }
reason-rbac-no_wildcards-absent = { reason-absent }
reason-rbac-no_wildcards-unread = { reason-unread }
reason-rbac-no_wildcards-inactive = { reason-inactive }

## rbac.secret_readers

check-rbac-secret_readers-title = Only approved people read Secrets
check-rbac-secret_readers-rule = Users and groups that may get, list or watch Secrets are on the approved list. Service accounts are not judged here.
check-rbac-secret_readers-rationale = Secrets hold passwords to databases and other systems; who reads them reads what is behind them.
check-rbac-secret_readers-remedy = Take Secrets out of the role, or add the group to secret_readers in the cluster's policy after approval.
fault-rbac-secret_readers-reads = { $subject } may read Secrets through { $role }, and is not on the approved list.
fault-rbac-secret_readers-reads_named = { $subject } may read certain Secrets by name through { $role }, and is not on the approved list.
fault-rbac-secret_readers-everybody = { $subject } may read Secrets through { $role }: that is everybody.
reason-rbac-secret_readers-forbidden = { reason-forbidden }
reason-rbac-secret_readers-absent = { reason-absent }
reason-rbac-secret_readers-unread = { reason-unread }
reason-rbac-secret_readers-no_list = No list of approved readers is configured (secret_readers). These may read Secrets ({ $count }): { $subjects }.
reason-rbac-secret_readers-inactive = { reason-inactive }

## rbac.escalation_verbs

check-rbac-escalation_verbs-title = Nobody can raise their own rights
check-rbac-escalation_verbs-rule = Nobody but Kubernetes itself and approved administrators may escalate or bind roles, impersonate, create tokens, approve certificates, write admission webhooks or reach nodes/proxy. The built-in roles admin and edit in a namespace are not counted for acting as its service accounts.
check-rbac-escalation_verbs-rationale = Each of these is a way to become administrator, and does not look like it.
check-rbac-escalation_verbs-remedy = Take the verb or resource out of the role, or delete the binding.
fault-rbac-escalation_verbs-holds = { $subject } holds through { $role }: { $powers }.
reason-rbac-escalation_verbs-forbidden = { reason-forbidden }
reason-rbac-escalation_verbs-absent = { reason-absent }
reason-rbac-escalation_verbs-unread = { reason-unread }
reason-rbac-escalation_verbs-administrators = No list of approved administrators is configured (cluster_admins). These hold the rights as administrators ({ $count }): { $subjects }.
reason-rbac-escalation_verbs-inactive = { reason-inactive }

## rbac.exec_rights

check-rbac-exec_rights-title = Only approved people enter running pods
check-rbac-exec_rights-rule = Users and groups that may run commands in pods, attach to them, tunnel into them or add debug containers are on the approved list. Service accounts are not judged here.
check-rbac-exec_rights-rationale = Whoever enters a pod sees what the application sees, past its own log-in and its own log.
check-rbac-exec_rights-remedy = Take pods/exec, pods/attach, pods/portforward and pods/ephemeralcontainers out of the role, or add the group to exec_users in the cluster’s policy after approval.
fault-rbac-exec_rights-enters = { $subject } may use { $powers } through { $role }, and is not on the approved list.
fault-rbac-exec_rights-everybody = { $subject } may use { $powers } through { $role }: that is everybody.
reason-rbac-exec_rights-forbidden = { reason-forbidden }
reason-rbac-exec_rights-absent = { reason-absent }
reason-rbac-exec_rights-unread = { reason-unread }
reason-rbac-exec_rights-no_list = No list of approved people is configured (exec_users). These may enter pods ({ $count }): { $subjects }.
reason-rbac-exec_rights-inactive = { reason-inactive }

## rbac.groups_not_users

check-rbac-groups_not_users-title = Rights are given to groups, not to persons
check-rbac-groups_not_users-rule = No binding names a person. Rights are given to groups, whose members the identity provider keeps.
check-rbac-groups_not_users-rationale = When somebody leaves, they leave the groups. A right that was given by name stays, and nobody thinks of it.
check-rbac-groups_not_users-remedy = Make a group in the identity provider, bind the role to it, and delete the binding to the person.
fault-rbac-groups_not_users-person = { $subject } is named, with { $role }.
reason-rbac-groups_not_users-forbidden = { reason-forbidden }
reason-rbac-groups_not_users-absent = { reason-absent }
reason-rbac-groups_not_users-unread = { reason-unread }
reason-rbac-groups_not_users-inactive = { reason-inactive }

## rbac.separation

check-rbac-separation-title = Nobody administers both a cluster and its logs
check-rbac-separation-rule = No administrator of the cluster that keeps the logs, or of one whose logs this one keeps, is administrator here, but those whom policy lists for both. Who they are is what policy says (sister_admins), or else what Bevis saw when it last read the clusters that this one is paired with. Names are compared as bindings write them; who is a member of a group cannot be seen from here.
check-rbac-separation-rationale = Whoever administers both can do something and remove the trace of it.
check-rbac-separation-remedy = Take the subject out of one of the two, or add it to admins_of_both in the cluster’s policy after approval.
fault-rbac-separation-of_both = { $subject } is administrator here through { $role }, and of a cluster that this one is paired with.
reason-rbac-separation-forbidden = { reason-forbidden }
reason-rbac-separation-absent = { reason-absent }
reason-rbac-separation-unread = { reason-unread }
reason-rbac-separation-not_told = Who administers the cluster that keeps the logs is not known: it is not configured (sister_admins), and no cluster that this one is paired with was wholly read of late. That nobody administers both must be shown by a person.
reason-rbac-separation-no_sister = By the cluster’s policy no other cluster keeps its logs (sister_admins is empty).
reason-rbac-separation-inactive = { reason-inactive }

## rbac.default_sa

check-rbac-default_sa-title = The default service account has no rights
check-rbac-default_sa-rule = Nothing is granted to the service account named default, nor to all accounts of a namespace, and its token is not put into pods that did not ask for it.
check-rbac-default_sa-rationale = Every pod that asks for no other account has this one. What it may do, any pod may do that is broken into.
check-rbac-default_sa-remedy = Give the workload an account of its own and bind the role to that. Set automountServiceAccountToken: false on the default account.
fault-rbac-default_sa-bound = { $subject } has the rights of { $role }, and with it every pod that asks for no other account.
fault-rbac-default_sa-mounted = The token of the default account is put into every pod that does not refuse it.
reason-rbac-default_sa-forbidden = { reason-forbidden }
reason-rbac-default_sa-absent = { reason-absent }
reason-rbac-default_sa-unread = { reason-unread }
reason-rbac-default_sa-inactive = { reason-inactive }

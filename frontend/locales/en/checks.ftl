# What checks ask, why, and what to do; what is wrong; and why a result is what it is.
# Keys: check-<id>-…, fault-<check>-<fault>, reason-<check>-<reason>, with the dots of ids as dashes.

reason-forbidden = Bevis may not read what is needed. This permission is missing: { $permission }.
reason-absent = Not installed: { $resource } is not served by the cluster.
reason-unread = What could be read is not enough to judge by.
reason-inactive = The cluster lacks the roles or bindings that Kubernetes makes itself, so access is not decided by them.
reason-never_ran = Velero is installed, and has neither schedule, nor backup, nor storage location.

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

## cert.valid

check-cert-valid-title = Certificates are valid
check-cert-valid-rule = Every certificate is within its dates, computed from them, and ready.
check-cert-valid-rationale = A certificate that has run out stops the service, or teaches people to click warnings away.
check-cert-valid-remedy = See why it was not issued, and have it renewed.
fault-cert-valid-expired = The certificate ran out at { $not_after }.
fault-cert-valid-not_yet_valid = The certificate is not valid before { $not_before }.
fault-cert-valid-not_ready = The certificate has not been ready for more than 10 minutes: { $reason }.
reason-cert-valid-forbidden = { reason-forbidden }
reason-cert-valid-absent = { reason-absent }
reason-cert-valid-unread = { reason-unread }
reason-cert-valid-none = There is no certificate.

## cert.expiring

check-cert-expiring-title = Certificates are renewed in time
check-cert-expiring-rule = No certificate is due for renewal with less than 15 days left (or a sixth of its lifetime, where that is shorter), none is overdue by more than 24 hours, and no attempt has failed.
check-cert-expiring-rationale = A renewal that fails quietly becomes an outage on a known day.
check-cert-expiring-remedy = Read the events of the certificate and its requests; mostly it is DNS, a rate limit or the issuer.
fault-cert-expiring-soon = The certificate should have been renewed, and runs out at { $not_after }.
fault-cert-expiring-stuck = Renewal was due at { $renewal_time }, and has not happened.
fault-cert-expiring-failing = The last attempt to renew the certificate failed.
reason-cert-expiring-forbidden = { reason-forbidden }
reason-cert-expiring-absent = { reason-absent }
reason-cert-expiring-unread = { reason-unread }
reason-cert-expiring-none = There is no certificate.

## cert.issuers

check-cert-issuers-title = Issuers work, and are no trial authority
check-cert-issuers-rule = Every issuer is ready, and none uses the staging server of an ACME authority.
check-cert-issuers-rationale = Without a working issuer nothing is renewed; certificates of a staging server are trusted by nobody.
check-cert-issuers-remedy = Read the status of the issuer; correct its account or credentials, or the address of the authority.
fault-cert-issuers-not_ready = The issuer is not ready: { $reason }.
fault-cert-issuers-staging = The issuer uses a trial authority: { $server }.
reason-cert-issuers-forbidden = { reason-forbidden }
reason-cert-issuers-absent = { reason-absent }
reason-cert-issuers-unread = { reason-unread }
reason-cert-issuers-none = There is no issuer.

## bak.location

check-bak-location-title = The place for backups is available
check-bak-location-rule = Every storage location is available, was looked at by Velero within three times its interval, and is reached over verified TLS.
check-bak-location-rationale = Without its storage no backup is made, and none can be restored.
check-bak-location-remedy = Check the credentials, the bucket and the network, and whether Velero runs.
fault-bak-location-unavailable = Velero cannot use the location.
fault-bak-location-not_validated = Velero should look at the location every { $frequency }, and has not; Velero may be down.
fault-bak-location-insecure = The location is reached without TLS, or without verifying the certificate.
fault-bak-location-none = Velero has no storage location.
reason-bak-location-forbidden = { reason-forbidden }
reason-bak-location-absent = { reason-absent }
reason-bak-location-unread = { reason-unread }
reason-bak-location-unknown = Whether these locations are available is not known, or is not looked at regularly: { $locations }.
reason-bak-location-never_ran = { reason-never_ran }

## bak.recent

check-bak-recent-title = Backups are recent
check-bak-recent-rule = Every active schedule has a completed backup that is no older than its interval, with two hours' grace; longer where the schedule names no time zone.
check-bak-recent-rationale = The age of the newest good backup is how much would be lost.
check-bak-recent-remedy = See why the backups fail or do not start, and start one by hand.
fault-bak-recent-none = There is no completed backup as recent as the schedule promises ({ $schedule }).
reason-bak-recent-forbidden = { reason-forbidden }
reason-bak-recent-absent = { reason-absent }
reason-bak-recent-unread = { reason-unread }
reason-bak-recent-no_schedule = Velero has no schedule. That backups are made in another way must be shown by a person.
reason-bak-recent-none_active = No schedule is active.
reason-bak-recent-never_ran = { reason-never_ran }

## bak.failed

check-bak-failed-title = The last backup went well
check-bak-failed-rule = The last backup of every schedule was completed without errors, and none has been running for more than 24 hours.
check-bak-failed-rationale = A backup that failed in part lacks something, and nobody knows what until it is missed.
check-bak-failed-remedy = Read the log of the backup, correct the cause, and start one by hand.
fault-bak-failed-failed = The last backup failed ({ $phase }).
fault-bak-failed-partial = The last backup was incomplete ({ $phase }).
fault-bak-failed-stuck = A backup has been running for more than 24 hours ({ $phase }).
reason-bak-failed-forbidden = { reason-forbidden }
reason-bak-failed-absent = { reason-absent }
reason-bak-failed-unread = { reason-unread }
reason-bak-failed-no_schedule = Velero has no schedule.
reason-bak-failed-never_ran = { reason-never_ran }

## bak.coverage

check-bak-coverage-title = Namespaces with data are backed up
check-bak-coverage-rule = Every namespace with a claim for storage is admitted by an active schedule, and neither it nor a claim in it is labelled to be left out.
check-bak-coverage-rationale = What was left out by mistake is noticed when it is needed.
check-bak-coverage-remedy = Include the namespace in a schedule, or remove the label that leaves it out.
fault-bak-coverage-not_covered = The namespace holds data, and no active schedule includes it.
fault-bak-coverage-labelled_out = The namespace holds data, and it or a claim in it is labelled to be left out of backups.
reason-bak-coverage-forbidden = { reason-forbidden }
reason-bak-coverage-absent = { reason-absent }
reason-bak-coverage-unread = { reason-unread }
reason-bak-coverage-uncertain = Whether the data of { $count } namespaces is in a backup depends on labels, volume policies or annotations, and must be shown by a person: { $namespaces }.
reason-bak-coverage-no_data = No namespace has a claim for storage.
reason-bak-coverage-never_ran = { reason-never_ran }

## bak.enabled

check-bak-enabled-title = Schedules are active
check-bak-enabled-rule = Every schedule was accepted by Velero, and none is paused.
check-bak-enabled-rationale = A schedule that was paused for an hour is often still paused a year later.
check-bak-enabled-remedy = Let the schedule go on, or delete it if it is no longer needed.
fault-bak-enabled-paused = The schedule is paused.
fault-bak-enabled-invalid = Velero refused the schedule as invalid.
fault-bak-enabled-not_accepted = Velero has not accepted the schedule ({ $phase }).
reason-bak-enabled-forbidden = { reason-forbidden }
reason-bak-enabled-absent = { reason-absent }
reason-bak-enabled-unread = { reason-unread }
reason-bak-enabled-no_schedule = Velero has no schedule. That backups are made in another way must be shown by a person.
reason-bak-enabled-never_ran = { reason-never_ran }

## bak.restore_test

check-bak-restore_test-title = Restoring has been tried
check-bak-restore_test-rule = A restore was completed without errors within the days that policy asks for.
check-bak-restore_test-rationale = A backup that was never restored is a hope. Only a restore shows that it can be used.
check-bak-restore_test-remedy = Restore a namespace into another one, look at what came back, and write down who looked.
fault-bak-restore_test-never = No restore was completed; one is expected every { $days } days.
fault-bak-restore_test-old = The last restore was completed on { $last }; one is expected every { $days } days.
reason-bak-restore_test-forbidden = { reason-forbidden }
reason-bak-restore_test-absent = { reason-absent }
reason-bak-restore_test-unread = { reason-unread }
reason-bak-restore_test-never_ran = { reason-never_ran }

## bak.retention

check-bak-retention-title = Backups are kept as long as agreed
check-bak-retention-rule = Every schedule keeps its backups for at least and at most the days that policy says; 30 days where the schedule says nothing.
check-bak-retention-rationale = Too short, and an old mistake cannot be undone; too long, and data is kept that should be gone.
check-bak-retention-remedy = Set the schedule's ttl to what was agreed.
fault-bak-retention-too_short = Backups are kept for { $ttl }; at least { $days } days are agreed.
fault-bak-retention-too_long = Backups are kept for { $ttl }; at most { $days } days are agreed.
reason-bak-retention-forbidden = { reason-forbidden }
reason-bak-retention-absent = { reason-absent }
reason-bak-retention-unread = { reason-unread }
reason-bak-retention-no_schedule = Velero has no schedule.
reason-bak-retention-never_ran = { reason-never_ran }

# Sentences that the checks of Trivy Operator have in common.

reason-trivy_none = Trivy Operator has made no such report on anything that runs.
reason-trivy_old = All reports are older than twice the time for which Trivy Operator keeps them; perhaps it no longer scans.
reason-trivy_stale = All reports are older than twice the time for which Trivy Operator keeps them, or about what ran before; perhaps it no longer scans. The oldest is from { $oldest } (UTC).
reason-trivy_seen = The oldest report that this rests on is from { $oldest } (UTC).
reason-trivy_summary = These reports list something else than they sum up, so that they cannot be relied on: { $reports }.

## vul.coverage

check-vul-coverage-title = Everything that runs has been scanned
check-vul-coverage-rule = Every container that has run for more than an hour has a report on the image that runs, no older than twice the time for which Trivy Operator keeps reports.
check-vul-coverage-rationale = What nobody has scanned is unknown, not safe.
check-vul-coverage-remedy = See in the log of Trivy Operator why it does not scan the image: mostly it lacks access to the registry, or the namespace is left out. Namespaces that are left out on purpose belong in unscanned_namespaces.
fault-vul-coverage-missing = There is no report on this container.
fault-vul-coverage-old = The report on this container is too old.
fault-vul-coverage-other_image = The report on this container is not, or not for certain, about the image that runs.
reason-vul-coverage-nothing_runs = Nothing runs that a report is expected of.
reason-vul-coverage-forbidden = { reason-forbidden }
reason-vul-coverage-absent = { reason-absent }
reason-vul-coverage-unread = { reason-unread }
reason-vul-coverage-none = { reason-trivy_none }
reason-vul-coverage-seen = { reason-trivy_seen }

## vul.critical_fixable

check-vul-critical_fixable-title = No grave vulnerability that could be corrected
check-vul-critical_fixable-rule = No image that runs has a critical or high vulnerability for which there is a corrected version, and that was published longer ago than the cluster’s policy allows (fixable_days, 30 unless it says otherwise). One whose day of publication is not told counts as older. That nothing was found in a report on another image than the one that runs now proves nothing; what was found in it counts until the next scan. Those without a corrected version are counted and told for each workload, and fail nothing.
check-vul-critical_fixable-rationale = Such a vulnerability is known to everybody, and removing it takes no more than an update.
check-vul-critical_fixable-remedy = Build or take an image with the corrected version of the package, and roll it out.
fault-vul-critical_fixable-fixable = { $id } in { $package } { $installed }; corrected in { $fixed }.
reason-vul-critical_fixable-forbidden = { reason-forbidden }
reason-vul-critical_fixable-absent = { reason-absent }
reason-vul-critical_fixable-unread = { reason-unread }
reason-vul-critical_fixable-none = { reason-trivy_none }
reason-vul-critical_fixable-old = { reason-trivy_old }
reason-vul-critical_fixable-stale = { reason-trivy_stale }
reason-vul-critical_fixable-summary = { reason-trivy_summary }
reason-vul-critical_fixable-within = Published within the last { $days } days, and so not overdue yet: { $count }.
reason-vul-critical_fixable-left = Critical and high vulnerabilities for which there is no correction, and which fail nothing: { $unfixable }; most of them in: { $workloads }. Published within the last { $days } days, and so not overdue yet: { $count }. The oldest report is from { $oldest } (UTC).

## vul.eosl

check-vul-eosl-title = No image of a distribution that is no longer corrected
check-vul-eosl-rule = No image that runs is made of a release that its makers have stopped to correct. That nothing was found in a report on another image than the one that runs now proves nothing; what was found in it counts until the next scan.
check-vul-eosl-rationale = Vulnerabilities found from now on will never be corrected in it.
check-vul-eosl-remedy = Build the image anew from a release that is maintained.
fault-vul-eosl-end_of_life = The image is made of { $os }, which is no longer corrected.
reason-vul-eosl-forbidden = { reason-forbidden }
reason-vul-eosl-absent = { reason-absent }
reason-vul-eosl-unread = { reason-unread }
reason-vul-eosl-none = { reason-trivy_none }
reason-vul-eosl-old = { reason-trivy_old }
reason-vul-eosl-stale = { reason-trivy_stale }
reason-vul-eosl-summary = { reason-trivy_summary }
reason-vul-eosl-seen = { reason-trivy_seen }

## sec.exposed

check-sec-exposed-title = No secrets in images
check-sec-exposed-rule = Trivy Operator finds no password, key or token in an image that runs. That nothing was found in a report on another image than the one that runs now proves nothing; what was found in it counts until the next scan.
check-sec-exposed-rationale = Whoever can fetch the image has the secret, for as long as it is valid.
check-sec-exposed-remedy = Revoke the secret and issue a new one, remove it from the image and from its history, and hand it over as a Secret when the container starts.
fault-sec-exposed-found = Something that looks like a secret ({ $rule }) is in the file { $file }.
reason-sec-exposed-forbidden = { reason-forbidden }
reason-sec-exposed-absent = { reason-absent }
reason-sec-exposed-unread = { reason-unread }
reason-sec-exposed-none = { reason-trivy_none }
reason-sec-exposed-old = { reason-trivy_old }
reason-sec-exposed-stale = { reason-trivy_stale }
reason-sec-exposed-summary = { reason-trivy_summary }
reason-sec-exposed-seen = { reason-trivy_seen }

## cfg.audit

check-cfg-audit-title = No gravely risky settings
check-cfg-audit-rule = Trivy Operator finds no setting of a workload, or of what belongs to it, that it holds for a critical or high risk. A report that is older than all pods of a workload that keeps its name does not count, since the workload may have changed. A compliance report that lists something else than it sums up is a fault of the source; while one is empty, older than two days or of an unknown form, the check is only partly covered. What Trivy Operator holds of roles is told beside, and fails nothing here.
check-cfg-audit-rationale = Such settings let an intruder in one container reach the node or the rest of the cluster.
check-cfg-audit-remedy = Change the setting in the manifest or chart, as the report on the object proposes.
fault-cfg-audit-failed = { $rule }: { $title }
reason-cfg-audit-forbidden = { reason-forbidden }
reason-cfg-audit-absent = { reason-absent }
reason-cfg-audit-unread = { reason-unread }
reason-cfg-audit-none = { reason-trivy_none }
reason-cfg-audit-old = { reason-trivy_old }
reason-cfg-audit-stale = { reason-trivy_stale }
reason-cfg-audit-summary = { reason-trivy_summary }
reason-cfg-audit-seen = { reason-trivy_seen }
reason-cfg-audit-beside = The oldest report that this rests on is from { $oldest } (UTC). Compliance reports, with the controls that fail, of how many, and the day: { $compliance }; in them a control counts as passed even if its checks never ran, so that they prove nothing. Roles that Trivy Operator has assessed: { $roles }, of which with a critical or high risk: { $risky }, by these rules: { $rules }; whether that is so is for the checks of RBAC to say. Empty, old, unread or of an unknown form, and so not counted: { $unusable }.

## cfg.infra

check-cfg-infra-title = The control plane and the nodes are set up safely
check-cfg-infra-rule = Trivy Operator finds no setting of the control plane or of a node that it holds for a critical or high risk, and sees all of them.
check-cfg-infra-rationale = Whoever gets past the control plane or a node has everything that runs on it.
check-cfg-infra-remedy = Change the setting in the manifest of the component or in the configuration of the node, as the report proposes.
fault-cfg-infra-failed = { $rule }: { $title }
reason-cfg-infra-not_seen = Trivy Operator does not see all of it, perhaps because the provider runs the control plane. Not seen: { $parts }.
reason-cfg-infra-forbidden = { reason-forbidden }
reason-cfg-infra-absent = { reason-absent }
reason-cfg-infra-unread = { reason-unread }
reason-cfg-infra-none = { reason-trivy_none }
reason-cfg-infra-old = { reason-trivy_old }
reason-cfg-infra-stale = { reason-trivy_stale }
reason-cfg-infra-summary = { reason-trivy_summary }
reason-cfg-infra-seen = { reason-trivy_seen }

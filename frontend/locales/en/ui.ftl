## The frame of every page

document-title = { $page } · Bevis
skip-to-content = Skip to content
nav-label = Main
nav-menu = Menu
nav-group-evidence = Evidence
nav-group-time = Over time
nav-group-sources = Sources
nav-group-records = Records
nav-overview = Overview
nav-controls = Controls
nav-checks = Checks
nav-findings = Findings
nav-clusters = Clusters
nav-packs = Packs
log-out = Log out
display-menu = Display
display-language = Language
display-colours = Colours
display-time-zone = Time zone and more …
theme-system-colours = As the system
theme-light-colours = Light
theme-dark-colours = Dark
footer-as-of = As of
footer-time-zone = Times are in { $zone }
footer-version = Bevis { $version }

## Times and spans

time-just-now = just now
time-ago = { $span } ago
time-milliseconds = { $count } ms
time-seconds = { $count } s
time-minutes = { $count } min
time-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
time-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

## Roles

role-viewer = Viewer
role-manager = Manager
role-engineer = Engineer
role-security_officer = Security officer
role-admin = Administrator
role-auditor = Auditor

## The ten honest states

state-met = Met
state-not_met = Not met
state-unreachable = Unreachable
state-not_visible = Not visible
state-stale = Stale
state-not_assessed = Not assessed
state-partly_covered = Partly covered
state-needs_review = Needs review
state-accepted_risk = Accepted risk
state-not_applicable = Not applicable
state-met-means = Everything asked for was seen, and is in order.
state-not_met-means = Something the control asks for was seen to fail.
state-unreachable-means = The cluster did not answer.
state-not_visible-means = Forbidden or hidden; a permission or a document would open it.
state-stale-means = What was read is older than its freshness budget.
state-not_assessed-means = No source is installed, it never ran, or no check exists.
state-partly_covered-means = Some subjects or clusters were not read.
state-needs_review-means = A person must judge.
state-accepted_risk-means = It fails, and the risk is accepted for a time.
state-not_applicable-means = The statement of applicability leaves it out.

## Why a control is in its state

why-no_check = No automatic check speaks to this control. A person must show that it is met.
why-no_cluster = No cluster is registered, so nothing has been asked.
why-checks = The state follows from the checks below.
why-not_retained = The scan log that its checks rested on was dropped by a retention policy. What its state was cannot be said, good or bad.
why-manual_part = All checks pass. The rest of the control must be shown by a person.
why-only_supporting = All checks pass, but none of them alone is enough to show that the control is met.

## Evidence, strength, themes

evidence-automatic = Automatic
evidence-partial = Partly automatic
evidence-manual = Manual
evidence-automatic-means = Clusters can show all of it.
evidence-partial-means = Clusters can show a part; a person must show the rest.
evidence-manual-means = Clusters cannot show it; a person must.
strength-direct = Direct
strength-supporting = Supporting
theme-organizational = Organizational
theme-people = People
theme-physical = Physical
theme-technological = Technological

## Outcomes of checks

outcome-pass = Pass
outcome-fail = Fail
outcome-needs_review = Needs review
outcome-error = Error
outcome-not_applicable = Not applicable
outcome-not_visible = Not visible
outcome-stale = Stale
outcome-not_evaluated = Not evaluated

## Coverage of a reading

coverage-complete = Complete
coverage-truncated = Cut off
coverage-forbidden = Forbidden
coverage-hidden = Hidden
coverage-absent = Not installed
coverage-never_ran = Never ran
coverage-stale = Outdated
coverage-unreachable = Unreachable
coverage-failed = Failed
coverage-complete-means = Everything was read.
coverage-truncated-means = Some was read: a list was cut off, or single objects could not be understood.
coverage-forbidden-means = The API server refused: a permission is missing.
coverage-hidden-means = It exists, but cannot be seen from here.
coverage-absent-means = Its API is not served: it is not installed.
coverage-never_ran-means = It is installed, but has never produced anything.
coverage-stale-means = Its own data is older than its interval allows.
coverage-unreachable-means = The API server did not answer.
coverage-failed-means = The API server answered, and reading failed.

## Severities

severity-critical = Critical
severity-high = High
severity-medium = Medium
severity-low = Low
severity-info = Info
severity-unknown = Unknown

## Sources

source-rbac = RBAC
source-pod_security = Pod Security
source-pods = Running pods
source-gatekeeper = Gatekeeper
source-kyverno = Kyverno
source-policy_report = Policy reports
source-cert_manager = cert-manager
source-velero = Velero
source-api_server = Control plane
source-dex = Dex
source-nodes = Nodes
source-audit_log = Log forwarding
source-falco = Falco
source-network = Networks
source-workloads = Workloads
source-storage = Storage
source-inventory = Inventory
source-trivy = Trivy Operator
source-kube_bench = kube-bench
source-custom = Own checks
source-rbac-means = Roles and bindings
source-pod_security-means = Namespace labels of Pod Security Admission
source-pods-means = What running pods may do
source-gatekeeper-means = Constraints of Gatekeeper, what violates them, and whether they are in force
source-kyverno-means = Policies of Kyverno, and whether they are in force
source-policy_report-means = What Kyverno and other policy engines report
source-cert_manager-means = Certificates and issuers
source-velero-means = Backups, schedules and restores
source-api_server-means = Settings of the API server and its database
source-dex-means = The login service
source-nodes-means = Versions, places, redundancy and clocks
source-audit_log-means = Log forwarders, where they send, and jobs that delete old logs or copy backups
source-falco-means = Whether Falco runs on every node, and whether its alerts are passed on
source-network-means = Network policies, and what is reached from outside
source-workloads-means = What workloads run, and how
source-storage-means = Volumes, and the classes that they are made from
source-inventory-means = Labels of namespaces: owners, classification, environments
source-falco_events = Falco events
source-audit_events = Audit events
source-external = Other scanners
source-falco_events-means = Alerts that Falco sends
source-audit_events-means = What the API server reports of requests to it
source-external-means = Reports that are sent: SARIF, OCSF, Trivy, kube-bench
source-trivy-means = Vulnerabilities, secrets in images and risky settings
source-kube_bench-means = The CIS benchmark, node by node
source-custom-means = Checks that your organisation wrote

## States of findings

finding-state-open = Open
finding-state-acknowledged = Acknowledged
finding-state-closed = Closed

## Decisions

decision-acknowledge = Acknowledged
decision-withdraw = Acknowledgement withdrawn
decision-comment = Comment

## Areas of the Danish data processor instruction

area-AC = Authentication and access control
area-PH = Physical security
area-LR = Logging requirements
area-LF = Log follow-up
area-EN = Encryption
area-OM = Handling of output material
area-AR = Request for audit log
area-IN = Handling of security incidents

## Notices

notice-acknowledged = { $count ->
    [one] One finding is acknowledged.
   *[other] { $count } findings are acknowledged.
}
notice-withdrawn = { $count ->
    [one] The acknowledgement is withdrawn.
   *[other] { $count } acknowledgements are withdrawn.
}
notice-commented = The comment is kept.
notice-pack-requested = The pack is queued. It appears below as soon as it is built.
notice-preferences-kept = Your preferences are kept in this browser.
notice-nothing-selected = Nothing was done: select at least one finding.
notice-comment-missing = Nothing was done: write a comment that says why.
notice-already-so = Nothing was done: the findings are already in that state.
notice-as-of-unreadable = Nothing was done: the date and time could not be read.
notice-as-of-ahead = Nothing was done: a pack cannot speak of the future.

## What is wrong with a request

error-invalid-filter = Bevis knows no such filter: { $value }

## Shared by pages

as-of = As of
crumbs = You are here
read = Read
never-read = Never read
never-tried = Never tried
copy = Copy
copied = Copied
legend-title = What the states mean
check-never-judged = Not judged yet

## Live progress

progress-running = Reading now
progress-objects = objects
progress-ended = New readings have arrived.
progress-reload = Show them

## Filters

filter-text = Search
filter-theme = Theme
filter-state = State
filter-cluster = Cluster
filter-source = Source
filter-control = Control
filter-check = Check
filter-sort = Sort by
filter-any = Any
filter-all-clusters = All clusters
filter-several = { $count } chosen
filter-apply = Show
filter-clear = Clear filters
filter-chosen = Filters in use
filter-remove = Remove the filter { $filter }
sort-severity = Severity
sort-newest = Newest first
sort-oldest = Oldest first
pages-label = Pages
pages-previous = Previous
pages-next = Next

## Overview

tile-controls = { $count ->
    [one] One control of ISO 27001:2022
   *[other] { $count } controls of ISO 27001:2022
}
tile-findings = Open findings
tile-acknowledged = { $count ->
    [0] None of them is acknowledged.
    [one] One of them is acknowledged.
   *[other] { $count } of them are acknowledged.
}
tile-unacknowledged = Show those that are not
heat-title = Controls by theme and cluster
heat-cluster = Cluster
heat-all = All clusters
heat-findings = Open findings
fresh-title = Readings of every source
fresh-source = Source
trend-title = Open findings, last 30 days
trend-summary = Open findings day by day: { $before } on the first day, { $now } on the last.
trend-table = The numbers behind the chart
trend-day = Day
trend-all = All
trend-observed = Clusters seen
trend-observed-of = { $seen } of { $all }
trend-column-unobserved = { $day }: not looked at
trend-unobserved = Not looked at, or not everywhere
trend-column = { $day }: { $count ->
    [one] one open finding
   *[other] { $count } open findings
}
no-clusters-title = No cluster is registered
no-clusters-text = Nothing has been measured, so nothing can be shown. Add a [[cluster]] to the configuration file, give its account the ClusterRole that ships with Bevis, and restart.

## Controls

controls-title = Controls of ISO/IEC 27001:2022
controls-count = { $shown } of { $total } controls
controls-none-title = No control matches
controls-none-text = Remove a filter, or search for something else.
control-column-control = Control
control-column-state = State
control-column-clusters = On each cluster
control-column-checks = Checks
control-column-findings = Open findings
control-column-read = Oldest reading
control-no-check = No automatic check
control-one-cluster = This page shows only the cluster { $cluster }.
control-all-clusters = Show all clusters
control-verdict = State
control-evidence = Evidence
control-oldest-reading = Oldest reading
control-2013 = In ISO 27001:2013
control-new-in-2022 = New in 2022
control-areas = Areas of the Danish data processor instruction
control-checks-title = Checks
control-findings-title = Worst open findings
control-findings-none = None of the checks has an open finding.
control-findings-all = Show all { $count } open findings
control-remains-title = What a person must show
control-remains-beside = What a person must still judge
check-about = Rule, rationale and remedy
check-rule = Rule
check-rationale = Rationale
check-remedy = Remedy
check-results = Results of { $check }
check-cluster = Cluster
check-state = State
check-outcome = Outcome
check-examined = Examined
check-failed = Failed
check-unread = Unread
check-since = Since
check-read = Read

## Findings

findings-count = { $count ->
    [one] One finding
   *[other] { $count } findings
}
findings-count-at-least = More than { $count } findings
findings-select = Select
findings-select-one = Select { $finding }: { $subject }
findings-none-title = No open findings
findings-none-text = Every check that could be judged found nothing wrong. Controls tells which could not be judged.
findings-none-match-title = No finding matches
findings-none-match-text = Remove a filter, or search for something else. Closed findings are shown when the state Closed is chosen.
findings-never-scanned-title = Nothing has been read yet
findings-never-scanned-text = No reading of any cluster is recorded, so that there are no findings says nothing. Clusters tells what stands in the way.
finding-severity = Severity
finding-finding = Finding
finding-subject = Subject
finding-cluster = Cluster
finding-state = State
finding-since = Since
finding-what = What is wrong
finding-first-seen = First seen
finding-open-since = Failing since
finding-closed-at = Closed
finding-about = The check
finding-controls = Controls that it supports
finding-timeline = Timeline
select-all = Select all on this page
select-none = Select none
select-selected = selected
select-hint = Shift selects a range; arrow keys move, Escape clears.
acknowledge-comment = Comment
acknowledge-comment-hint = Why, and what will be done
decide-title = Decide
decide-help = Your name, the time and the comment are kept in the ledger and in evidence packs. They cannot be changed later.
decide-comment-label = Comment
decide-acknowledge = Acknowledge
decide-withdraw = Withdraw the acknowledgement
decide-comment = Only comment
timeline-opened = Opened
timeline-again = Opened again
timeline-changed = Changed
timeline-closed = Closed: a full reading found it in order
timeline-by = by { $name }
timeline-together = { $count ->
    [one] Decided for one finding.
   *[other] Decided for { $count } findings together.
}

## Clusters

clusters-count = { $count ->
    [one] One cluster
   *[other] { $count } clusters
}
cluster-version = Kubernetes { $version }
cluster-version-unknown = version not told
cluster-findings = Its findings
cluster-controls = Its controls
cluster-sources = Sources
sources-of = Sources of { $cluster }
source-column-source = Source
source-column-coverage = Last reading
source-column-checks = Checks
source-column-findings = Open findings
source-column-seen = Last seen
source-column-budget = Stale after
source-column-version = Version
scan-log-title = Scan log, newest first
scan-log-empty = This cluster has not been read yet.
scan-when = Ended
scan-took = Took
scan-objects = Objects
scan-opened = Opened
scan-closed = Closed
scan-changed = Changed
scan-reads = What was read
scan-reads-count = { $count ->
    [one] One request
   *[other] { $count } requests
}
scan-read-objects = { $count ->
    [one] one object
   *[other] { $count } objects
}
scan-read-malformed = { $count ->
    [one] one of them not understood
   *[other] { $count } of them not understood
}

## Packs

packs-what = An evidence pack is a signed archive that a stranger can verify offline.
packs-new = New pack
packs-made = Packs
packs-clusters = Clusters
packs-clusters-hint = None chosen means all.
packs-controls = Controls
packs-controls-hint = None chosen means all.
packs-as-of = As of
packs-as-of-zone = In { $zone }
packs-language = Language of the report
packs-create = Create pack
packs-scope = Scope
packs-asked = Asked for by
packs-status = Status
packs-file = File
packs-all-clusters = All clusters
packs-all-controls = All controls
packs-some-controls = { $count } controls
packs-reload = Look again
packs-failed-id = Error id:
packs-download = Download, { $size }
packs-none-title = No packs yet
packs-none-create = Choose a scope above and create the first one.
packs-none-read = Managers and security officers create packs.
packs-verify-title = Verify a pack
packs-verify-text = Whoever receives a pack can check it without this server. The command says what the pack proves, and names the file if a single byte was changed.
pack-status-queued = Queued
pack-status-building = Building
pack-status-ready = Ready
pack-status-failed = Failed

## Preferences

preferences-title = Preferences
preferences-time-zone = Time zone
preferences-kept-here = Kept in cookies of this browser for a year.
preferences-keep = Keep
error-invalid-decision = This is not something that can be decided: { $value }
error-invalid-cursor = The list has changed its order since, or the address was cut. Begin again from the first page of the list.
error-invalid-limit = A page has 1 to 500 rows: { $value }
error-invalid-json = The body could not be read: { $value }
error-comment-missing = Write a comment that says why.
error-comment-too-long = A comment has at most 4,000 characters; this one has { $value }.
error-comment-characters = The comment contains a character that cannot be shown ({ $value }). Remove it.
error-findings-count = Between one and 10,000 findings can be decided at once; this was { $value }.
error-finding-closed = At least one of the findings is closed by now: a later reading found it in order.
error-not-acknowledged = At least one of the findings is not acknowledged, so there is nothing to withdraw.

## Checks, and the objects that they rest on

checks-title = Checks
checks-count = { $count } checks, by the system that answers them.
check-check = Check
check-severity = Severity
check-controls = Controls
check-results-title = Results
check-edges-title = Supports these controls
check-control = Control
check-strength = Strength
objects-title = Objects read
objects-none = Nothing was read for this check yet.
objects-not-retained = Which objects were read is not retained: a policy dropped the scan log.
objects-means = What the last judged reading rested on. A list opens with the version and the hash of every object in it.
objects-resource = Resource
objects-count = Objects
objects-fetched = Read at
objects-digest = Digest
objects-stretch = { $from } to { $to } of { $all }
objects-list-means = The list as one reading saw it. Readings that saw the same share it. Hashes are the first 128 bits of the SHA-256 of what is kept of an object, secrets taken out; the digest is over all of them:
objects-namespace = Namespace
objects-name = Name
objects-version = Version
objects-hash = Hash
## What somebody may do, in an access review

right-everything = Everything
right-raise_rights = Obtain more rights than these
right-change_access = Change roles and bindings
right-enter_pods = Run commands in pods, attach to them, or tunnel into them
right-read_secrets = Read all Secrets
right-read_named_secrets = Read certain Secrets by name
right-change_secrets = Write Secrets
right-change_workloads = Start, change and stop workloads
right-change = Change other things
right-read = Read, except Secrets
right-public = See version, health and the list of APIs
right-nothing = Nothing: the role is empty or does not exist
right-unknown = Not known: the role could not be read

## The frame of every page

document-title = { $page } · Bevis
skip-to-content = Skip to content
nav-label = Main
nav-overview = Overview
nav-controls = Controls
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
source-cert_manager = cert-manager
source-velero = Velero
source-rbac-means = Roles and bindings
source-pod_security-means = Namespace labels of Pod Security Admission
source-cert_manager-means = Certificates and issuers
source-velero-means = Backups, schedules and restores

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

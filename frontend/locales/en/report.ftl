## Evidence packs: what is refused

error-pack-as-of-ahead = A pack cannot speak of the future: { $value } has not come yet.
error-pack-cluster = There was no cluster named { $value } at that instant. Choose from those that the page offers.
error-pack-control = There is no control { $value } in ISO/IEC 27001:2022 Annex A.
error-pack-language = The report exists in English (en) and Danish (da), not in { $value }.
error-pack-time-zone = { $value } is not a time zone; write it as Europe/Copenhagen.

## The report: its frame

report-title = Evidence report
report-subtitle = Kubernetes clusters against ISO/IEC 27001:2022 Annex A
report-header = As of { $at }
report-footer = Ledger entry { $seq }, hash { $hash }…
report-page = Page
report-page-of = of
report-contents = Contents
report-as-of = As of
report-clusters = Clusters
report-controls = Controls
report-findings = Findings
report-ledger = Ledger
report-time-zone = Time zone
report-all-clusters-named = All: { $names }
report-no-clusters = None: no cluster was registered at that instant
report-no-clusters-note = No cluster was registered at that instant, so nothing has been measured.
report-all-controls = All of Annex A
report-cover-findings = { $open } open, { $acknowledged } acknowledged, { $accepted } accepted, { $false_positive } false positives, { $closed } closed
report-ledger-head = Entry { $seq }, hash { $hash }
report-tally = { $count ->
    [one] One control
   *[other] { $count } controls
}
report-nothing-in-scope = nothing is in scope.

## What was not measured

report-unmeasured = What was not measured
report-unmeasured-text = Everything that this report cannot speak of, and why. Nothing in this section counts as met.
report-note-sources = { $count ->
    [one] One source was not read, or not completely.
   *[other] { $count } sources were not read, or not completely.
}
report-note-checks = { $count ->
    [one] One check on a cluster has no answer, or only a part of one.
   *[other] { $count } checks on clusters have no answer, or only a part of one.
}
report-note-not-retained = { $count ->
    [one] The state of one check on a cluster is not retained: a policy dropped the scan log.
   *[other] The states of { $count } checks on clusters are not retained: a policy dropped the scan log.
}
report-note-controls = { $count ->
    [one] No check speaks to one of the controls; a person must show that it is met.
   *[other] No check speaks to { $count } of the controls; a person must show that they are met.
}
report-note-everything = Every source in scope was read completely, and every check has an answer.
report-unread-caption = Sources that were not read, or not completely
report-unread-none = none; every source in scope was read completely.
report-unanswered-caption = Checks without an answer, or with only a part of one
report-unanswered-none = none; every check in scope has an answer.
report-uncheckable-caption = Controls that no check speaks to
report-uncheckable-none = none.
report-never-tried = Never tried
report-never-tried-means = Bevis has not tried to read this source yet.

## Sections

report-summary = Controls at a glance
report-summary-text = Each control with its state over all clusters in scope. A control is met only where everything was seen and is in order; what was not measured is never met.
report-summary-caption = Controls by state
report-controls-text = For each control that checks speak to: its state, why, and every check on every cluster.
report-controls-none = No check speaks to the controls in scope.
report-oldest-reading = The oldest reading that this rests on is of { $at }.
report-remains = Beside the checks, a person must show: { $what }
report-checks-caption = Checks of this control
report-no-outcome = No outcome
report-examined = { $count } examined
report-failed = { $count } failed
report-unread = { $count } not read
report-findings-text = A finding is a check that failed for a subject, from when it was first seen to fail until a complete reading saw it in order. Acknowledged findings still fail.
report-failing-caption = Findings that fail
report-closed-caption = Findings that were closed
report-caption-count = { $caption } ({ $count })
report-findings-none = none were seen. See “What was not measured” for what could not be seen.
report-findings-cut-title = Not all findings are printed
report-findings-cut = The worst { $shown } of { $count } are printed here. All of them are in data/findings.csv and data/findings.json.
report-since = since { $at }
report-first-seen = first seen { $at }
report-until = until { $at }
report-decisions = Decisions
report-decisions-text = What people decided about the findings in scope, oldest first. Each decision is also an entry of the ledger.
report-decisions-caption = Decisions
report-decisions-none = none were taken.
report-sources = Clusters and sources
report-sources-text = How each source of each cluster was last read, every request with what it gave, and what went wrong.
report-sources-caption = Sources of { $cluster }
report-objects = { $count ->
    [one] 1 object
   *[other] { $count } objects
}
report-malformed = { $count } not understood

## Method

report-method = Method and ledger
report-method-text = Bevis reads clusters through their API with read-only rights. Each reading of a source is recorded with when it was made, how complete it was, and what went wrong. Checks judge what was read; findings are what failed. A source that was forbidden, absent, cut off or out of reach opens and closes nothing that it could not see.
report-method-as-of = The report speaks of one instant and shows what was known then. What is recorded later changes nothing in it: the same scope, instant and version of Bevis give the same bytes.
report-method-limits = A control is met only where a strong check passed on every cluster in scope, freshly and for every subject, and no part of the control must be shown by a person. Cluster state says how things are set up; it does not say that people follow their procedures.
report-method-verify = The pack that this report belongs to is signed. HOW-TO-VERIFY.txt in it tells how to verify every file and the ledger, with Bevis and by hand.
report-states-caption = The ten states
report-ledger-entry = Newest entry
report-ledger-hash = Its hash

## Columns

report-column-control = Control
report-column-title = Title
report-column-state = State
report-column-evidence = Evidence
report-column-checks = Checks
report-column-open = Open findings
report-column-cluster = Cluster
report-column-source = Source
report-column-coverage = Reading
report-column-why = Why
report-column-last-seen = Last seen
report-column-last-scan = Last tried
report-column-check = Check
report-column-remains = What a person must show
report-column-outcome = Outcome
report-column-counts = Subjects
report-column-read = Read
report-column-severity = Severity
report-column-finding = Finding
report-column-since = State
report-column-decisions = Decisions
report-column-when = When
report-column-who = Who
report-column-decision = Decision
report-column-count = Findings
report-column-comment = Comment
report-column-reads = Requests
report-column-meaning = Meaning

## Columns of data files

report-csv-control = Control
report-csv-title = Title
report-csv-theme = Theme
report-csv-evidence = Evidence
report-csv-state = State
report-csv-why = Why
report-csv-checks = Checks
report-csv-open = Open findings
report-csv-read = Read at
report-csv-cluster = Cluster
report-csv-source = Source
report-csv-check = Check
report-csv-severity = Severity
report-csv-outcome = Outcome
report-csv-examined = Examined
report-csv-failed = Failed
report-csv-unread = Not read
report-csv-since = Since
report-csv-coverage = Reading
report-csv-error = Error
report-csv-finding = Finding
report-csv-controls = Controls
report-csv-kind = Kind
report-csv-namespace = Namespace
report-csv-name = Name
report-csv-key = Within
report-csv-fault = What is wrong
report-csv-finding-state = State
report-csv-first-seen = First seen
report-csv-opened = Opened
report-csv-closed = Closed
report-csv-decision = Newest decision
report-csv-decided-by = Decided by
report-csv-decided-at = Decided at
report-csv-comment = Comment
report-csv-version = Version
report-csv-started = Began
report-csv-ended = Ended
report-csv-last-seen = Last seen
report-csv-objects = Objects
report-in-english = { $text }

# Risk acceptances.

nav-acceptances = Risk acceptances
acceptances-what = What fails and is accepted for a time: with a reason, a control in its place, and somebody else's approval.
acceptances-ask = Ask for an acceptance
acceptances-none-title = No risk is accepted
acceptances-none = Nobody has asked for a risk acceptance. It is asked for on a finding, or for a check or a vulnerability as a whole.
acceptances-waiting = Waiting for approval
acceptances-waiting-none = No request is waiting.
acceptances-next = In force, the next to expire first
acceptances-next-none = No acceptance is in force.
acceptances-calendar = Calendar of expiry
acceptances-feed-text = Every acceptance that is in force, with a reminder a week before it expires:
acceptances-feed = Calendar file (iCalendar)
acceptances-subscribe = Subscribe in a calendar program
acceptances-subscribe-text = The program asks for a name and a password. The name may be anything; the password is an API token of yours that may read:
acceptances-calendar-event = Risk acceptance expires: { $about }
acceptances-over = Over
acceptances-over-none = No acceptance is over.
acceptances-older = Older ones
acceptances-month-1 = January
acceptances-month-2 = February
acceptances-month-3 = March
acceptances-month-4 = April
acceptances-month-5 = May
acceptances-month-6 = June
acceptances-month-7 = July
acceptances-month-8 = August
acceptances-month-9 = September
acceptances-month-10 = October
acceptances-month-11 = November
acceptances-month-12 = December

acceptance-about = About
acceptance-state = State
acceptance-severity = Up to severity
acceptance-covers = Findings covered
acceptance-by = Asked for by
acceptance-until = Until
acceptance-approvals = { $given } of { $needed } approvals

acceptance-state-requested = Requested
acceptance-state-approved = Approved, begins later
acceptance-state-active = In force
acceptance-state-rejected = Rejected
acceptance-state-withdrawn = Withdrawn
acceptance-state-expired = Expired
acceptance-state-revoked = Revoked
acceptance-state-ended = Ended early

acceptance-scope-finding = One finding
acceptance-scope-cluster = A check on a cluster
acceptance-scope-cluster-means = Every subject of the check on the cluster, those that come later included.
acceptance-scope-namespace = A check in a namespace
acceptance-scope-namespace-means = Everything in the namespace that fails the check, and the namespace itself.
acceptance-scope-workload = A check on a workload
acceptance-scope-workload-means = One workload or other object, by its kind and name as findings show them.
acceptance-scope-team = A check in the namespaces of a team
acceptance-scope-team-means = By the label of namespaces that names their team. What the team gets later is covered too, and what it gives away is not.
acceptance-scope-cve = A vulnerability everywhere
acceptance-scope-cve-means = By its id, on every cluster, as scanners write it: CVE-2026-0001.
acceptance-of-one = Finding { $subject }
acceptance-of-finding = { $check }: { $subject } on { $cluster }
acceptance-of-cluster = { $check }: all on { $cluster }
acceptance-of-namespace = { $check }: namespace { $namespace } on { $cluster }
acceptance-of-workload = { $check }: { $workload } on { $cluster }
acceptance-of-team = { $check }: team { $team } on { $cluster }
acceptance-of-team-everywhere = { $check }: team { $team } on every cluster
acceptance-of-cve = { $cve } everywhere

acceptance-new = Ask for a risk acceptance
acceptance-new-what = A security officer other than you must approve it. It never makes a control met: what it covers goes on failing, as an accepted risk.
acceptance-extends-this = This request goes on from an earlier acceptance, which stays as it is.
acceptance-choose-finding = For a single finding, ask on its own page:
acceptance-no-teams = No namespace names a team. Set team_label in the policy of a cluster to the label that does.
acceptance-preview = Show what it would cover
acceptance-every-cluster = Every cluster
acceptance-field-check = Check
acceptance-field-cluster = Cluster
acceptance-field-any_cluster = Cluster
acceptance-field-namespace = Namespace
acceptance-field-workload_kind = Kind, as Deployment
acceptance-field-workload = Name
acceptance-field-team = Team
acceptance-field-cve = Id of the vulnerability
acceptance-would-cover = { $count ->
    [0] Nothing that fails falls under it now.
    [one] One failing finding falls under it now.
   *[other] { $count } failing findings fall under it now.
}
acceptance-would-cover-later = What falls under it later is covered too, and shown as new, as long as it is no worse than the worst of these.
acceptance-nothing-to-ask = There is nothing to accept. An acceptance covers what fails.
acceptance-ask = Why, and for how long
acceptance-field-reason = Reason
acceptance-field-reason-hint = Why the risk is taken and not removed.
acceptance-field-compensating_control = Compensating control
acceptance-field-compensating_control-hint = What holds the risk down meanwhile.
acceptance-field-residual_risk = Residual risk
acceptance-field-residual_risk-hint = What remains, in the words of your risk assessment.
acceptance-field-expires_at = Expires
acceptance-expires-hint = { $days ->
    [one] At most one day from now, for the worst severity that it covers. Times are in { $zone }.
   *[other] At most { $days } days from now, for the worst severity that it covers. Times are in { $zone }.
}
acceptance-field-begins_at = Begins
acceptance-begins-hint = As soon as it is approved, if you leave this empty.
acceptance-ends-on = Ends early
acceptance-ends-on-hint = Bevis looks every half minute, and ends it when it sees that what you choose has come.
acceptance-ends-on-none = Nothing ends it before its time but a security officer.
acceptance-ends-on-fix_available = When a correction is available
acceptance-ends-on-subject_changed = When the image or the specification of the workload changes
acceptance-ends-on-severity_rises = When something that it covers becomes worse than what was accepted
acceptance-watch-watching = Being watched; not seen yet.
acceptance-watch-unknown = Bevis cannot tell: what it reads does not say. A person must watch.
acceptance-watch-met = Seen.
acceptance-approvers-hint = { $count ->
    [one] One security officer must approve it, and not the one who asks.
   *[other] { $count } security officers must approve it, and not the one who asks.
}
acceptance-ask-for = { $count ->
    [one] Ask to accept one finding
   *[other] Ask to accept { $count } findings
}

acceptance-what = What is accepted
acceptance-in-force-since = In force since
acceptance-over-at = Over since
acceptance-approved-by = Approval
acceptance-extends = Goes on from
acceptance-older = An earlier acceptance
acceptance-extended-by = Is to go on in
acceptance-newer = A later request
acceptance-covers-now = { $count ->
    [0] Nothing that fails falls under it
    [one] One failing finding falls under it
   *[other] { $count } failing findings fall under it
}
acceptance-covered-at-request = { $count ->
    [one] One did when it was asked for.
   *[other] { $count } did when it was asked for.
}
acceptance-new-since = { $count ->
    [one] One of them is new since it was asked for.
   *[other] { $count } of them are new since it was asked for.
}
acceptance-worse-now = { $count ->
    [one] One of them is worse than what was accepted, and is not accepted.
   *[other] { $count } of them are worse than what was accepted, and are not accepted.
}
acceptance-mark = Remarks
acceptance-mark-new = New
acceptance-mark-worse = Worse than accepted
acceptance-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
acceptance-attachments = Attachments
acceptance-attachments-none = Nothing is attached.
acceptance-attach = Attach a file
acceptance-attach-hint = PDF, PNG, JPEG, text, CSV, DOCX, XLSX or ODT. It is kept by the hash of its content, and is not scanned for viruses.
acceptance-attach-do = Attach
acceptance-events = What was decided
acceptance-act-requested = Asked for
acceptance-act-approved = Approved
acceptance-act-rejected = Rejected
acceptance-act-withdrawn = Withdrawn
acceptance-act-revoked = Revoked
acceptance-act-ended = Ended early
acceptance-act-too_late = Came too late
acceptance-too-late = It was decided already. What was wanted: { $act }
acceptance-seen-finding = The finding that shows it
acceptance-seen-fixed = Corrected in { $version }
acceptance-own-request = This is your own request: another security officer must decide about it.
acceptance-do-approve = Approve
acceptance-do-approve-means = What it covers becomes an accepted risk until it expires.
acceptance-do-reject = Reject
acceptance-do-reject-means = The request is over. Say why.
acceptance-do-withdraw = Withdraw
acceptance-do-withdraw-means = You take your request back. Say why.
acceptance-do-revoke = Revoke
acceptance-do-revoke-means = It ends now, and what it covers is not met again. Say why.
acceptance-extend = Ask for an extension

finding-state-accepted = Accepted
finding-acceptances = Risk acceptance
finding-acceptances-none = The risk of this finding is not accepted.
finding-ask-acceptance = Ask for an acceptance
tile-accepted = { $count ->
    [one] One is accepted.
   *[other] { $count } are accepted.
}
check-accepted = { $count ->
    [one] The risk of one finding is accepted.
   *[other] The risk of { $count } findings is accepted.
}

notice-acceptance-requested = The request is kept. It waits for approval.
notice-acceptance-approved = Your approval is kept.
notice-acceptance-rejected = The request is rejected.
notice-acceptance-withdrawn = The request is withdrawn.
notice-acceptance-revoked = The acceptance is revoked.
notice-acceptance-attached = The file is attached.
notice-attachment-missing = Nothing was done: choose a file.

error-acceptance-scope = Say what the acceptance is to be about, with everything that this asks for.
error-acceptance-covers-nothing = Nothing that fails falls under it, so there is nothing to accept.
error-acceptance-reason-missing = Say why the risk is taken.
error-acceptance-control-missing = Say what holds the risk down meanwhile.
error-acceptance-instant = Give the date and time at which it is to begin and to expire.
error-acceptance-begins-past = It cannot begin in the past.
error-acceptance-expires-past = It must expire after it begins.
error-acceptance-too-long = That is longer than a risk of this severity may be accepted for. Days at most:
error-acceptance-no-one-object = Whether an image or a specification changes can be told of one workload alone. Choose a finding or a workload.
error-acceptance-fix-exists = A correction is available already, so it would end at once.
error-acceptance-other-scope = An extension is about the same as the acceptance that it goes on from.
error-acceptance-own-request = Nobody decides about their own request.
error-acceptance-not-own = This is somebody else's request.
error-acceptance-too-late = It was decided already, or is over. What you wanted is kept beside it.
error-attachment-kind = This kind of file is not taken, or its content is not what its name says.
error-attachment-large = The file is too large. At most:
error-attachment-many = There are as many attachments as there may be.

report-acceptances = Risk acceptances
report-acceptances-what = What was accepted for a time, by whom, and what it covered at the instant that this pack speaks of. An accepted risk is never met.
report-acceptances-none = No risk acceptance speaks of what is in scope.
report-acceptances-file = All of it, with reasons, controls and decisions, is in data/acceptances.json and data/acceptances.csv.
report-csv-acceptance = Acceptance
report-csv-about = About
report-csv-acceptance_state = State
report-csv-stated_reason = Reason
report-csv-compensating_control = Compensating control
report-csv-residual_risk = Residual risk
report-csv-requested_by = Asked for by
report-csv-requested_at = Asked for at
report-csv-approved_by = Approved by
report-csv-in_force_since = In force since
report-csv-expires_at = Expires
report-csv-over_at = Over since
report-csv-covered = Findings covered
report-csv-attachments = Attachments

error-forbidden-approve = Approving, rejecting and revoking need the role of security officer.

nav-my-work = My work

finding-state-false_positive = False positive
finding-ticket = Ticket

decision-assign = Assigned
decision-unassign = Assignment removed
decision-link_ticket = Ticket linked
decision-unlink_ticket = Ticket removed
decision-set_due = Due date set
decision-clear_due = Due date removed
decision-false_positive = Claimed to be a false positive
decision-confirm_false_positive = False positive confirmed
decision-reject_false_positive = False positive rejected
decision-reopen = Reopened
decision-undo = Undone

decide-several = Decide about several
decide-assign = Assign
decide-unassign = Remove the assignment
decide-link_ticket = Link the ticket
decide-unlink_ticket = Remove the ticket
decide-set_due = Set the due date
decide-clear_due = Remove the due date
decide-false_positive = Claim a false positive
decide-confirm_false_positive = Confirm the false positive
decide-reject_false_positive = Reject
decide-reopen = Reopen

decide-kind = Decision
decide-values = Assignee, due date, ticket
decide-assignee = Assignee
decide-assignee-none = Choose
decide-people = People
decide-teams = Teams
decide-due = Due date
decide-ticket = Ticket (address)
decide-ticket-or-key = Ticket (address or key)
decide-selected = Decide about the selected
decide-matching = { $count ->
    [one] The one that matches …
   *[other] All { $count } that match …
}
decide-matching-at-least = All of the more than { $count } that match …

assigned-person = { $name }
assigned-team = Team { $name }
due-by = Due { $day }
due-overdue = Overdue since { $day }
claimed-short = { $name } claims a false positive

claim-title = { $name } claims that this is a false positive
claim-waits = Until a security officer other than the author has confirmed it, the finding stands as before.
claim-own = It waits for a security officer other than you. Until then the finding stands as before. Reopen takes the claim back.
claim-comment-label = Comment (required to reject)

filter-assignee-nobody = Nobody
filter-due-overdue = Overdue
filter-due-week = Within seven days
filter-due-set = With a due date
filter-due-unset = Without a due date

confirm-title = { $count ->
    [one] Decide about one finding?
   *[other] Decide about { $count } findings?
}
confirm-what = Decision
confirm-value = Value
confirm-findings = Findings
confirm-filter = All findings with
confirm-no-filter = no filter: everything that fails
confirm-help = Nothing has been done yet. If the number of findings has changed when you confirm, nothing is decided and you are asked again.
confirm-yes = { $count ->
    [one] Yes, decide about it
   *[other] Yes, decide about all { $count }
}
confirm-no = No, back to the list

undo = Undo
undo-offer = { $count ->
    [one] { $decision }: one finding.
   *[other] { $decision }: { $count } findings.
}
undo-until = Can be undone until

notice-decided = { $count ->
    [one] The decision is kept.
   *[other] The decision about { $count } findings is kept.
}
notice-undone = The decision is undone. Both events stay in the timeline.
notice-value-missing = Nothing was done: choose an assignee, a due date or a ticket that goes with the decision.
notice-nothing-matches = Nothing was done: no finding matches any more.

my-work-assigned = Assigned to me or my teams
my-work-assigned-none = Nothing that fails is assigned to you or your teams.
my-work-as-list = Open as a list of findings
my-work-mentioned = Mentions
my-work-mentioned-none = Nobody has mentioned you. Write @ and a name with dots for spaces, or an e-mail address, to mention somebody in a comment.
my-work-claims = False positives that wait for you
my-work-claims-none = No claim waits for you.
my-work-count = { $count ->
    [0] none
    [one] one
   *[other] { $count }
}
my-work-count-at-least = more than { $count }
my-work-none-title = Nothing waits for you
my-work-none-text = What is assigned to you or your teams, what mentions you, and what you are to confirm appears here.

error-is-false-positive = At least one of the findings is a false positive by now. Reopen it first.
error-already-claimed = At least one of the findings is already claimed to be a false positive, and waits for a security officer.
error-nothing-claimed = At least one of the findings is not claimed to be a false positive, so there is nothing to confirm or reject.
error-own-claim = You made this claim yourself. Another security officer has to judge it; you can take it back by reopening the finding.
error-nothing-to-take-back = At least one of the findings has nothing of the kind that could be taken away.
error-unknown-person = Nobody with this id has ever logged in: { $value }
error-unknown-team = Nobody who has logged in is in the team { $value }.
error-due-past = The due date { $value } is over. Choose today or a later day.
error-due-unreadable = This is not a date: { $value }. Write it as 2026-12-31.
error-ticket = This is neither the address of a ticket (https://…) nor a key: { $value }
error-ticket-address = This is not the address of a ticket (https://…): { $value }
error-assignee = This is neither a person nor a team: { $value }
error-selection-changed = The findings that match have changed since you were told their number. Nothing was decided; look at the list again.
error-decision-selection = Name either findings, or a filter together with the number of findings expected.
error-review-elsewhere = Confirming and rejecting have an address of their own.
error-undo-of-another = Only the person who decided can undo a decision.
error-undo-impossible = A comment and an undoing cannot be undone.
error-undo-late = A decision can be undone for one minute. Make the opposite decision instead.
error-undo-decided-since = Something else has been decided about at least one of the findings since, so the decision cannot be undone. Make the opposite decision instead.
error-forbidden-review = Claims of a false positive are judged by security officers other than their author.

my-work-approvals = Risks to accept or not
my-work-approvals-count = { $count ->
    [one] one request
   *[other] { $count } requests
}
my-work-approvals-none = No request waits for your approval.
my-work-approvals-all = All requests

# Notifications: pages, and what messages say.

nav-notifications = Notifications
notify-what = Who is told of what, by mail. A message gathers what happens within a few minutes, so that a bad hour is not a hundred mails.
notify-places = Pages of notifications
notify-rules-own = What you are told of
notify-rules-teams = What teams are told of
notify-rules-none-title = No rules
notify-rules-none = You are told of nothing. Add a rule below.
notify-rules-teams-none = No team is told of anything. Add a rule below, for a channel of the configuration.
notify-no-address = No rule can be added: either no mail server is configured, or the login service has told no mail address of yours. Ask your administrator.
notify-new = Add a rule
notify-new-own = Mail goes to { $address }, the address that your last log-in told.
notify-team = Team
notify-channel = Channel
notify-own-namespaces = own namespaces
notify-own-namespaces-long = Only findings in namespaces that name this team as their own
notify-kinds = Told of
notify-min-severity = Severity at least
notify-or-worse = or worse
notify-only = Only
notify-everything = everywhere
notify-clusters = Clusters
notify-sources = Sources
notify-controls = Controls
notify-quiet = Quiet hours
notify-quiet-none = none
notify-quiet-hint = What happens in these hours is held back and sent as one message when they end. Leave both empty for none. They may reach over midnight.
notify-quiet-from = From
notify-quiet-until = Until
notify-time-zone = Time zone
notify-language = Language of messages
notify-add = Add the rule
notify-end = End
notify-to = To
notify-to-me = You
notify-since = Since
notify-act = Action
notify-channels = Channels
notify-channels-what = The ways out that the configuration names, and what teams are told by them. Addresses and secrets are in the configuration alone.
notify-channels-listed = Channels of the configuration
notify-channels-none-title = No channels
notify-channels-none = The configuration names no channel under [notify]. docs/notifications.md has an example of each.
notify-host = Host
notify-used-by = Rules
notify-delivered = Last delivered
notify-never = never
notify-given-up = Given up
notify-test = Send a test
notify-log = Delivery log
notify-log-what = Every message, and what became of it. A message that fails is tried again, ever less often, until it is given up.
notify-log-none-title = No messages
notify-log-none = Nothing has been sent, and nothing waits.
notify-dead = Given up
notify-dead-what = Messages that no receiver took. When the cause is mended, try them again: they keep their id, so that a receiver that did get one can drop the repeat.
notify-dead-none-title = Nothing was given up
notify-dead-none = Every message was delivered, or still may be.
notify-messages = Messages
notify-older = Older
notify-begun = Begun
notify-about = About
notify-state = State
notify-attempts = Attempts
notify-answer = Last answer
notify-due = next try
notify-again = Try again
notify-events = { $count ->
    [one] { $count } event
   *[other] { $count } events
}
notify-topic-finding = One finding
notify-topic-source = Sources silent or back
notify-topic-several = Several, after quiet hours
notify-topic-test = A test
notify-state-gathering = Gathering
notify-state-waiting = Waiting
notify-state-sent = Delivered
notify-state-dead = Given up
notify-state-dropped = Not sent

notify-channel-mail = Mail
notify-channel-webhook = Webhook (CloudEvents)
notify-channel-slack = Slack
notify-channel-teams = Microsoft Teams
notify-channel-alertmanager = Alertmanager
notify-channel-jira = Jira
notify-channel-github = GitHub
notify-channel-gitlab = GitLab

notify-kind-finding_opened = New findings
notify-kind-finding_reopened = Findings that came back
notify-kind-finding_closed = Findings that were fixed
notify-kind-severity_increased = Findings whose severity increased
notify-kind-first_reading = First readings
notify-kind-source_silent = Sources that fall silent
notify-kind-source_back = Sources that come back
notify-kind-decision_made = Decisions
notify-kind-acceptance_requested = Requests to accept a risk
notify-kind-acceptance_decided = Requests approved or rejected
notify-kind-acceptance_ending = Acceptances that end soon
notify-kind-acceptance_ended = Acceptances that have ended
notify-kind-weekly_digest = Weekly digest
notify-kind-monthly_digest = Monthly digest

notice-rule-added = The rule is in force.
notice-rule-ended = The rule has ended.
notice-test-sent = The test was delivered.
notice-test-failed = The test was not delivered. The delivery log says why.
notice-message-again = The message is tried again.

error-forbidden-subscribe = Notifications are for everybody but auditors.
error-notify-channel = There is no such channel for this rule. One's own rule goes to one's own mail address; a team's to a channel of the configuration.
error-notify-kinds = Choose what is to be told. Channels for tickets and alerts need at least one kind that is about findings that fail: new ones, those that came back, or those whose severity increased.
error-notify-team = Name the team, in 63 characters at most.
error-notify-quiet = Quiet hours need two different times of day, as 22:00 and 07:00, or none.
error-notify-filter = One of the choices is not known.
error-notify-many = There are too many rules already. End some first.

notify-title-finding_opened = { $count ->
    [one] A new finding
   *[other] { $count } new findings
}
notify-title-finding_reopened = { $count ->
    [one] A finding came back
   *[other] { $count } findings came back
}
notify-title-finding_closed = { $count ->
    [one] A finding was fixed
   *[other] { $count } findings were fixed
}
notify-title-severity_increased = { $count ->
    [one] The severity of a finding increased
   *[other] The severity of { $count } findings increased
}
notify-title-first_reading = { $count ->
    [one] A cluster was read for the first time
   *[other] { $count } clusters were read for the first time
}
notify-title-source_silent = { $count ->
    [one] A source fell silent
   *[other] { $count } sources fell silent
}
notify-title-source_back = { $count ->
    [one] A source is back
   *[other] { $count } sources are back
}
notify-title-decision_made = { $count ->
    [one] A decision
   *[other] { $count } decisions
}
notify-title-acceptance_requested = { $count ->
    [one] A risk is to be accepted
   *[other] { $count } risks are to be accepted
}
notify-title-acceptance_decided = { $count ->
    [one] A request was decided
   *[other] { $count } requests were decided
}
notify-title-acceptance_ending = { $count ->
    [one] An acceptance ends soon
   *[other] { $count } acceptances end soon
}
notify-title-acceptance_ended = { $count ->
    [one] An acceptance has ended
   *[other] { $count } acceptances have ended
}
notify-title-several = { $count ->
    [one] One piece of news
   *[other] { $count } pieces of news
}
notify-title-weekly_digest = The week { $from } to { $to }
notify-title-monthly_digest = The month { $from } to { $to }

notify-finding = { $check }: { $subject } ({ $cluster })
notify-line-finding_opened = { $what }
notify-line-finding_reopened = Failing again – { $what }
notify-line-finding_closed = Fixed – { $what }
notify-line-severity_increased = Now { $severity }, was { $before } – { $what }
notify-line-first_reading = { $cluster }: { $count ->
    [one] one source was looked at for the first time ({ $sources }), with { $opened } findings.
   *[other] { $count } sources were looked at for the first time, with { $opened } findings.
}
notify-line-source_silent = { $cluster }: { $count ->
    [one] { $sources } is no longer read. What was known of it grows old.
   *[other] { $count } sources are no longer read: { $sources }. What was known of them grows old.
}
notify-line-source_back = { $cluster }: { $count ->
    [one] { $sources } is read again
   *[other] { $count } sources are read again ({ $sources })
}; { $opened } new findings, { $closed } fixed, { $increased } of increased severity.
notify-line-decision_made = { $by } decided about { $count } findings.
notify-line-decision-acknowledge = { $by } acknowledged { $count ->
    [one] a finding.
   *[other] { $count } findings.
}
notify-line-decision-withdraw = { $by } withdrew the acknowledgement of { $count ->
    [one] a finding.
   *[other] { $count } findings.
}
notify-line-decision-comment = { $by } commented on { $count ->
    [one] a finding.
   *[other] { $count } findings.
}
notify-line-acceptance_requested = { $by } asks that a risk be accepted: { $what }
notify-line-acceptance_decided = { $by } decided about a request: { $what }
notify-line-acceptance_decided-approved = { $by } approved a request: { $what }
notify-line-acceptance_decided-rejected = { $by } rejected a request: { $what }
notify-line-acceptance_decided-withdrawn = { $by } withdrew a request: { $what }
notify-line-acceptance_ending = An acceptance ends on { $until }: { $what }
notify-line-acceptance_ended = An acceptance has run out: { $what }
notify-line-acceptance_ended-revoked = { $by } revoked an acceptance: { $what }
notify-line-acceptance_ended-ended = An acceptance has ended, for what it was to end on has come: { $what }
notify-line-weekly_digest = A week is over.
notify-line-monthly_digest = A month is over.
notify-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
notify-open = Open in Bevis
notify-foot = You get this because a rule in Bevis asks for it. Change it at { $link }.
notify-test-title = A test from Bevis
notify-test-text = This is a test of the channel { $channel }. Nothing has happened.

notify-ticket-body = Bevis found this, with severity { $severity }. What it is, how it was seen and what to do about it: { $link }
notify-ticket-fixed = Bevis has seen this fixed.
notify-ticket-again = Bevis has seen this fail again.
notify-ticket-severity = Bevis has seen that the severity of this increased: it is { $severity } now.

notify-digest-open = Open findings: { $open } at the end ({ $critical } critical, { $high } high), { $before } at the beginning.
notify-digest-moved = { $opened } findings were new, { $reopened } came back, { $closed } were fixed.
notify-digest-controls = Controls: { $met } met, { $not_met } not met, { $unmeasured } of which nothing current is known.
notify-digest-turned = { $better } controls became met, { $worse } are no longer met.
notify-digest-sources = { $silent } sources fell silent and stayed so, { $back } came back.
notify-digest-narrowed = This tells only of: { $what }.
notify-digest-least-severity = { $severity } or worse
notify-digest-nothing = No cluster that this tells of is registered, so nothing can be said.
notify-digest-new = At the beginning nothing had been read yet, so there is nothing to compare with.
finding-tickets = Tickets that Bevis made

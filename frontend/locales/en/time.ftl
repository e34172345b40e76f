## The instant that a page speaks of

nav-compare = Changes
as-of-now = Now
as-of-choose = As of: { $at }. Choose another time
as-of-field = Show what was known at
as-of-show = Show
as-of-places = Times to go to
as-of-yesterday = End of yesterday
as-of-month = End of last month
as-of-quarter = End of last quarter
as-of-year = End of last year
past-label = The past
past-title = You see what was known at
past-means = Nothing can be decided here.
past-nothing-known = Nothing was known yet: Bevis had read nothing by then. That is not the same as nothing being wrong.
past-other-catalogue = Another catalogue of checks was in force then ({ $digest }). What was measured is shown as it was; how it is put together into the state of a control follows the catalogue of today.
past-now = See this page now
time-earlier = { $span } earlier
footer-catalogue = Catalogue { $digest }
footer-catalogue-unknown = Catalogue not noted then

error-as-of-asked = Asked for: { $value }
error-as-of-offset = Asked for: { $value }. Write the instant with its offset, as 2026-06-30T23:59:59Z or 2026-06-30T23:59:59+02:00 (with the plus sign as %2B in an address).
error-as-of-unreadable-title = This is no time that can be read
error-as-of-unreadable-text = Bevis can show any instant since it began to read, but the address does not name one.
error-as-of-unreadable-next = Choose a time in the menu at the top of every page, or write it as 2026-06-30, 2026-06-30T14:00 or 2026-06-30T14:00:00Z.
error-as-of-ahead-title = That time has not come yet
error-as-of-ahead-text = Bevis shows what was known at an instant, and nothing is known of the future.
error-as-of-ahead-next = Choose a time that is over, or see the page as of now.
error-as-of-skipped-title = The clocks skipped that time
error-as-of-skipped-text = When the clocks were put forward in your time zone, this time of the day was left out.
error-as-of-skipped-next = Choose a time before or after, or write the instant with its offset from UTC.
error-past-title = Nothing can be changed in the past
error-past-text = The page that this was sent from shows what was known earlier. What you decide is decided now, about how things are now.
error-past-next = Nothing was changed. Open the page as of now, and decide there.
error-assignees-past = To whom findings can be given is told of now alone, and not as of { $value }. To whom one was given then stands in the finding.
error-period-reversed-title = The period ends before it begins
error-period-reversed-text = A comparison tells what changed after one instant, up to another that comes later.
error-period-reversed-next = Exchange the two times, or choose others.
error-period-ahead-title = The period ends later than what is shown
error-period-ahead-text = The page shows what was known at an earlier instant, and nothing later can be compared in it.
error-period-ahead-next = Choose an earlier time, or compare as of now.
error-pack-since = The period must begin before the instant that the pack speaks of: { $value }
notice-period-reversed = Nothing was done: the period must begin before the instant that the pack speaks of.

packs-since = Changes since (optional)
packs-since-hint = With a time here, the report also tells what changed from then on.
packs-since-listed = Changes since

## What changed between two instants

compare-title = What changed
compare-after = After
compare-until = up to and including
compare-from = From
compare-to = To
compare-show = Compare
compare-zone = Times are in { $zone }. Controls and sources are compared at the two times; findings also tell what happened in between.
compare-nothing-known = At the beginning of the period nothing had been read yet: everything known came in it.
compare-controls = { $count ->
    [one] { $count } control in another state
   *[other] { $count } controls in another state
}
compare-controls-none = Every control is in the state that it was in.
compare-state = State
compare-why = Why
compare-became = became
compare-checks = { $count ->
    [one] { $count } check changed
   *[other] { $count } checks changed
}
compare-no-cluster = no such cluster
compare-findings = Findings
compare-findings-means = Each finding once, with the difference between the two times. One that came and went in between is told as such.
compare-findings-none = Nothing happened to any finding that the filter takes.
compare-findings-further = Among the changes looked at so far, the filter takes none. There are earlier ones.
compare-at-least = { $count } or more
compare-bounded = More happened in this period than is counted here: the numbers are of the latest changes. A shorter period is counted in full.
compare-earlier = Earlier changes
compare-earlier-decisions = Earlier decisions
compare-change = Change
compare-between = In the period
compare-last = Last
compare-times-opened = { $count ->
    [one] opened once
   *[other] opened { $count } times
}
compare-times-closed = { $count ->
    [one] closed once
   *[other] closed { $count } times
}
compare-times-severity = { $count ->
    [one] severity changed once
   *[other] severity changed { $count } times
}
compare-decisions = Decisions
compare-decisions-none = Nothing was decided.
compare-when = When
compare-who = Who
compare-decision = Decision
compare-comment = Comment
compare-moved = Clusters and sources
compare-moved-none = No cluster and no source came, went, fell silent or spoke again.
compare-clusters-none = No cluster came or went.
change-opened = Opened
change-reopened = Opened again
change-severity = Other severity
change-closed = Closed
change-passing = Came and went
change-unchanged = As before, with changes in between
cluster-change-came = came
cluster-change-went = went
cluster-change-passed = came and went again
source-turn-came = came
source-turn-went = went
source-turn-fell_silent = fell silent
source-turn-spoke_again = spoke again
source-state-untried = never tried
source-state-absent = absent
source-state-silent = silent
source-state-speaking = read

## The same in the report

report-changes = What changed in this period
report-changes-text = After { $from }, up to and including { $to }. Controls and sources are compared at the two instants. Each finding stands once, with the difference between the two instants; what happened in between stands beside it.
report-changes-unknown = At the beginning of the period nothing had been read yet.
report-changes-controls = Controls in another state
report-changes-findings = Findings to which something happened
report-changes-cut-title = Not all are printed
report-changes-cut = The { $shown } latest are printed here. A report of a shorter period has them all.
report-changes-decisions = Decisions that were made
report-changes-decisions-none = Nothing was decided.
report-changes-moved = Clusters and sources that came, went, fell silent or spoke again
report-changes-before = At the beginning
report-changes-after = At the end
report-changes-since = Changes since
report-catalogue = Catalogue in force
report-catalogue-unknown = not noted

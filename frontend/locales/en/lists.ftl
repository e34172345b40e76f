# Lists of findings: searching, grouping, columns, saved views, what is new.

search-hint = Title, name, namespace, CVE
search-ranked = The best matches are first.
search-unranked = More findings than { $count } are about this, too many to put the best match first: they are in the order of the list. Another word narrows them down.
error-search-long = A search has at most 200 characters and 8 words. Leave some out: { $value } …
filter-namespace-none = Without a namespace
filter-namespace = Namespace { $name }
filter-workload = { $kind } { $name }
shortcuts-title = Keyboard shortcuts
shortcuts-on = On
shortcuts-off = Off
shortcut-search = The key / leads here, while nothing is typed elsewhere. Preferences switch it off.

group-by = Group by
group-none = Not grouped
group-check = Check
group-workload = Object
group-cve = Vulnerability
group-owner = Owner
group-control = Control
group-cluster = Cluster
group-namespace = Namespace
groups-worst = Only the { $count } worst findings are counted here. A filter narrows the list down until all of it is.
groups-more = There are more groups than these { $count }, which are the worst.
groups-of-controls = A check may support several controls, so that a finding may be counted in several groups.
groups-without-cve = { $count ->
    [one] One finding names no vulnerability, and is in no group.
   *[other] { $count } findings name no vulnerability, and are in no group.
}
groups-without-control = { $count ->
    [one] One finding supports no control, and is in no group.
   *[other] { $count } findings support no control, and are in no group.
}
columns-title = Columns
columns-show = Show these
columns-usual = The usual columns
column-severity = Severity
column-check = Check
column-source = Source
column-subject = Subject
column-namespace = Namespace
column-cluster = Cluster
column-state = State
column-owner = Owner
column-due = Due
column-ticket = Ticket
column-since = Since

views-title = Saved views
views-what = Lists of findings with a name: filter, order, groups and columns. The link of a view stays the same.
views-own = Yours
views-shared = Shared by others
views-none-title = You have saved no view
views-none = Choose filters on the page Findings, and save the list under a name there.
views-owner = By { $name }
views-is-shared = shared with everybody
views-is-private = only for you
views-everything = Everything that fails
views-grouped = in groups: { $by }
views-change = Change “{ $name }”
views-name = Name
views-share = Everybody sees it
views-save = Save this view
views-keep = Save
views-remove = Remove
views-remove-one = Remove the view { $name }
notice-view-saved = The view is saved.
notice-view-changed = The view is changed.
notice-view-removed = The view is removed.
error-view-name = The name of a view has 1 to 100 characters.
error-view-long = This list has too many filters to be saved.
error-view-many = You have 100 saved views. Remove one that you no longer need.
error-forbidden-keep-views = Only its owner changes a saved view. Security officers and administrators may remove one that is shared.

filter-changed = Changed
filter-more = More filters
filter-changed-since_visit = Since your last visit
filter-changed-since = Changed since { $at }
news-new = New since your last visit
news-reopened = Back since your last visit
news-changed = Changed since your last visit
news-closed = Closed since your last visit
news-decided = Decided since your last visit
my-work-news = { $count ->
    [one] One of your findings has changed since your last visit
   *[other] { $count } of your findings have changed since your last visit
}
my-work-news-at-least = More than { $count } of your findings have changed since your last visit

keys-list = Findings by keyboard
keys-title = Keyboard
keys-what = While the focus is in the list of findings, these keys work. Preferences switch them off.
keys-j-key = j, ↓
keys-j = The next finding
keys-k-key = k, ↑
keys-k = The finding before
keys-x-key = x
keys-x = Select it, or no longer
keys-range-key = Shift + x
keys-range = Everything from the one selected last up to this one
keys-a-key = a
keys-a = Select all on this page
keys-escape-key = Esc
keys-escape = Select none
keys-help-key = ?
keys-help = This help

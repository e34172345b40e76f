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

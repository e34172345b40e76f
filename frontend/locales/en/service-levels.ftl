# Service levels: within how much time findings are to be acknowledged and fixed.

service-title = Service levels
service-clock-acknowledge = Time to acknowledge
service-clock-fix = Time to fix
service-target = Target
service-due = Due
service-was-due = Was due
service-ended-acknowledge = Acknowledged, or fixed before
service-ended-fix = Fixed
service-paused-since = Paused since
service-paused-by = Why it is paused
service-paused-by-accepted = The risk is accepted. The time that is left continues when the acceptance ends.
service-paused-by-false_positive = It is a false positive. The time that is left continues if it is reopened.
service-left = Time left

service-target-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
service-target-calendar_days = { $count ->
    [one] { $count } calendar day
   *[other] { $count } calendar days
}
service-target-business_days = { $count ->
    [one] { $count } business day
   *[other] { $count } business days
}

service-standing-within = On time
service-standing-due_soon = Due soon
service-standing-breached = Overdue
service-standing-paused = Paused
service-standing-met = In time
service-standing-missed = Too late

service-short-acknowledge-due = Acknowledge within { $span }
service-short-acknowledge-overdue = Acknowledgement overdue by { $span }
service-short-acknowledge-paused = Time to acknowledge paused
service-short-fix-due = Fix within { $span }
service-short-fix-overdue = Fix overdue by { $span }
service-short-fix-paused = Time to fix paused

filter-service = Service level
filter-service-breached = Service level overdue
filter-service-due_soon = Service level due soon

report-csv-acknowledge-standing = Acknowledgement
report-csv-acknowledge-target = Target to acknowledge
report-csv-acknowledge-due = Acknowledgement due
report-csv-acknowledge-ended = Acknowledged, or fixed before
report-csv-fix-standing = Fix
report-csv-fix-target = Target to fix
report-csv-fix-due = Fix due
report-csv-fix-ended = Fixed
report-csv-paused-since = Paused since
report-csv-paused-by = Why it is paused
service-pause-accepted = Risk accepted
service-pause-false_positive = False positive
service-none = No target
report-service-line = { $clock }: { $standing } ({ $target }, due { $due })
report-service-line-open = { $clock }: { $standing } ({ $target })

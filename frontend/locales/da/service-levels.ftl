# Servicemål: hvor lang tid der må gå, før fund er bekræftet og rettet.

service-title = Servicemål
service-clock-acknowledge = Tid til bekræftelse
service-clock-fix = Tid til rettelse
service-target = Mål
service-due = Frist
service-was-due = Frist var
service-ended-acknowledge = Bekræftet, eller rettet forinden
service-ended-fix = Rettet
service-paused-since = På pause siden
service-paused-by = Hvorfor tiden er sat på pause
service-paused-by-accepted = Risikoen er accepteret. Den resterende tid løber videre, når accepten ophører.
service-paused-by-false_positive = Det er en falsk positiv. Den resterende tid løber videre, hvis fundet genåbnes.
service-left = Resterende tid

service-target-hours = { $count ->
    [one] { $count } time
   *[other] { $count } timer
}
service-target-calendar_days = { $count ->
    [one] { $count } kalenderdag
   *[other] { $count } kalenderdage
}
service-target-business_days = { $count ->
    [one] { $count } arbejdsdag
   *[other] { $count } arbejdsdage
}

service-standing-within = Inden for fristen
service-standing-due_soon = Frist nærmer sig
service-standing-breached = Overskredet
service-standing-paused = På pause
service-standing-met = Til tiden
service-standing-missed = For sent

service-short-acknowledge-due = Bekræftes inden { $span }
service-short-acknowledge-overdue = Bekræftelse { $span } over fristen
service-short-acknowledge-paused = Tid til bekræftelse på pause
service-short-fix-due = Rettes inden { $span }
service-short-fix-overdue = Rettelse { $span } over fristen
service-short-fix-paused = Tid til rettelse på pause

filter-service = Servicemål
filter-service-breached = Servicemål overskredet
filter-service-due_soon = Servicemål: frist nærmer sig

report-csv-acknowledge-standing = Bekræftelse
report-csv-acknowledge-target = Mål for bekræftelse
report-csv-acknowledge-due = Frist for bekræftelse
report-csv-acknowledge-ended = Bekræftet, eller rettet forinden
report-csv-fix-standing = Rettelse
report-csv-fix-target = Mål for rettelse
report-csv-fix-due = Frist for rettelse
report-csv-fix-ended = Rettet
report-csv-paused-since = På pause siden
report-csv-paused-by = Hvorfor tiden er sat på pause
service-pause-accepted = Risiko accepteret
service-pause-false_positive = Falsk positiv
service-none = Intet mål
report-service-line = { $clock }: { $standing } ({ $target }, frist { $due })
report-service-line-open = { $clock }: { $standing } ({ $target })

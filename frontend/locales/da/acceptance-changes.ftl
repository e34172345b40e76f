# Hvad der skete med risikoaccepter mellem to tidspunkter.

compare-acceptances-none = Der skete intet med nogen risikoaccept.
compare-acceptance-step = Hvad der skete
compare-earlier-acceptances = Tidligere
acceptance-act-expired = Udløbet
report-changes-acceptances = Hvad der skete med risikoaccepter

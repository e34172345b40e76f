# What became of risk acceptances between two instants.

compare-acceptances-none = Nothing became of any risk acceptance.
compare-acceptance-step = What became of it
compare-earlier-acceptances = Earlier ones
acceptance-act-expired = Expired
report-changes-acceptances = What became of risk acceptances

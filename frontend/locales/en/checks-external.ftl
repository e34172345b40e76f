## ext.findings

check-ext-findings-title = Other scanners find nothing
check-ext-findings-rule = The newest report about everything that was examined finds nothing, is whole, and is not older than the cluster's policy allows (8 days).
check-ext-findings-rationale = Tools outside the cluster see what Bevis cannot. What they find belongs in the same list, with the same follow-up.
check-ext-findings-remedy = Repair what was found, run the scanner again, and send its report.
fault-ext-findings-found = { $rule }: { $title }. { $text }
reason-ext-findings-forbidden = { reason-forbidden }
reason-ext-findings-absent = { reason-absent }
reason-ext-findings-unread = { reason-unread }
reason-ext-findings-no_sender = Nothing is sent to Bevis: no token was made for it.
reason-ext-findings-never = A token was made, and nothing has arrived yet.
reason-ext-findings-old = Too old to speak for what is now: { $reports }.
reason-ext-findings-review = The tool leaves it to a person to judge: { $rules }.

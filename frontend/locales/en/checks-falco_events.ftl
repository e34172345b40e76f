## det.falco_events

check-det-falco_events-title = Falco has seen nothing that is still going on
check-det-falco_events-rule = No alert of Falco of priority Notice or higher is younger than the quiet time (24 hours unless the cluster's policy says otherwise). Falco, or a test event, must have been heard of within 24 hours.
check-det-falco_events-rationale = An alert is the first sign of an attack. Whoever cannot show that alerts were looked at cannot show that there was no incident.
check-det-falco_events-remedy = Find out what caused the alert. If it is part of normal work, add an exception to the rule in Falco; if it is not, handle it as an incident.
fault-det-falco_events-seen = Falco raised an alert: { $rule }.
reason-det-falco_events-forbidden = { reason-forbidden }
reason-det-falco_events-absent = { reason-absent }
reason-det-falco_events-unread = { reason-unread }
reason-det-falco_events-no_sender = Nothing is sent to Bevis: no token was made for it.
reason-det-falco_events-never = A token was made, and nothing has arrived yet.
reason-det-falco_events-silent = Falco has not been heard of since { $since }. Silence proves nothing.

## det.falco_drops

check-det-falco_drops-title = Falco keeps up with what happens
check-det-falco_drops-rule = Falco has not reported dropped system calls within the last 24 hours, and was heard of within them.
check-det-falco_drops-rationale = What Falco drops, it does not see: an attacker can hide in the noise.
check-det-falco_drops-remedy = Give Falco a larger buffer or more CPU, or let it watch fewer system calls.
fault-det-falco_drops-dropped = Falco dropped system calls: it did not see everything.
reason-det-falco_drops-forbidden = { reason-forbidden }
reason-det-falco_drops-absent = { reason-absent }
reason-det-falco_drops-unread = { reason-unread }
reason-det-falco_drops-no_sender = Nothing is sent to Bevis: no token was made for it.
reason-det-falco_drops-never = A token was made, and nothing has arrived yet.
reason-det-falco_drops-silent = Falco has not been heard of since { $since }. Silence proves nothing.

## log.audit_heartbeat

check-log-audit_heartbeat-title = Audit events arrive
check-log-audit_heartbeat-rule = At least one audit event has arrived within the last 15 minutes. An API server is never quiet for so long: its own parts ask it all the time.
check-log-audit_heartbeat-rationale = That logging is configured does not mean that it works.
check-log-audit_heartbeat-remedy = Look at the API server's log for messages about its audit webhook, and check the address and the token in its configuration.
reason-log-audit_heartbeat-forbidden = { reason-forbidden }
reason-log-audit_heartbeat-absent = { reason-absent }
reason-log-audit_heartbeat-unread = { reason-unread }
reason-log-audit_heartbeat-no_sender = Nothing is sent to Bevis: no token was made for it.
reason-log-audit_heartbeat-never = A token was made, and nothing has arrived yet.
reason-log-audit_heartbeat-silent = No audit event has arrived since { $since }. Silence proves nothing.

## log.privileged_events

check-log-privileged_events-title = Privileged actions by people are seen and followed up
check-log-privileged_events-rule = Within the quiet time (24 hours unless the cluster's policy says otherwise) nobody but Kubernetes itself ran commands in containers, read Secrets, changed access, acted as somebody else or in system:masters, and nobody was let in without logging in. Audit events must arrive.
check-log-privileged_events-rationale = Such actions are rare, and powerful. Each should have a reason that somebody knows.
check-log-privileged_events-remedy = Ask the user what it was for, and write the answer down here. If nobody knows, treat it as an incident.
fault-log-privileged_events-exec = The user ran a command in a container, or connected to one.
fault-log-privileged_events-secret_read = The user read Secrets.
fault-log-privileged_events-rbac_change = The user changed who may do what.
fault-log-privileged_events-system_masters = The user acted in the group system:masters, which no rule binds.
fault-log-privileged_events-impersonation = The user acted as somebody else.
fault-log-privileged_events-anonymous = Somebody who was not logged in was let in.
reason-log-privileged_events-forbidden = { reason-forbidden }
reason-log-privileged_events-absent = { reason-absent }
reason-log-privileged_events-unread = { reason-unread }
reason-log-privileged_events-no_sender = Nothing is sent to Bevis: no token was made for it.
reason-log-privileged_events-never = A token was made, and nothing has arrived yet.
reason-log-privileged_events-silent = No audit event has arrived since { $since }. Silence proves nothing.

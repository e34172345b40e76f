## log.audit_forwarded

check-log-audit_forwarded-title = The audit log can be collected on every control node
check-log-audit_forwarded-rule = On every node that runs an API server, the audit log is written to the node, and a running log forwarder can read it there.
check-log-audit_forwarded-rationale = A log that stays on one machine can be erased by whoever takes over that machine.
check-log-audit_forwarded-remedy = Let the log forwarder run on the control nodes too, and give it the folder of the audit log. That its settings also make it send the log must be shown by a person.
fault-log-audit_forwarded-not_written = The API server on this node writes no audit log, so there is none to collect.
fault-log-audit_forwarded-not_on_node = The API server writes its audit log to { $path } inside its container, where nobody can collect it and a restart erases it.
fault-log-audit_forwarded-not_read = No running log forwarder on this node can read the audit log ({ $path }).
reason-log-audit_forwarded-forbidden = { reason-forbidden }
reason-log-audit_forwarded-absent = { reason-absent }
reason-log-audit_forwarded-unread = { reason-unread }
reason-log-audit_forwarded-hidden = The settings of the API server cannot be seen from inside the cluster. The provider, or whoever runs the control nodes, must show where the audit log goes.
reason-log-audit_forwarded-webhook = The API server sends its audit log to a receiver that cannot be seen from here, on { $nodes }. A person must show that it arrives.

## log.forwarder_ready

check-log-forwarder_ready-title = Log collection works on every node
check-log-forwarder_ready-rule = Every log forwarder and every log aggregator is ready, none starts again and again, and every node runs a log forwarder.
check-log-forwarder_ready-rationale = Where nothing collects the log, what happened there is not known, and nobody notices.
check-log-forwarder_ready-remedy = See why the program is not ready, or why a node does not admit it.
fault-log-forwarder_ready-not_ready = It has not been ready on every node where it should run for more than 10 minutes.
fault-log-forwarder_ready-restarting = It starts again and again.
fault-log-forwarder_ready-nowhere = It is installed, and is set to run nowhere.
fault-log-forwarder_ready-uncovered = No log forwarder runs on these nodes: { $nodes }.
reason-log-forwarder_ready-forbidden = { reason-forbidden }
reason-log-forwarder_ready-absent = { reason-absent }
reason-log-forwarder_ready-unread = { reason-unread }
reason-log-forwarder_ready-none = No log forwarder was found in the cluster. That logs are collected in another way must be shown by a person.
reason-log-forwarder_ready-virtual = The provider simulates these nodes, and no log forwarder can run there. How their logs are collected must be shown by a person: { $nodes }.
reason-log-forwarder_ready-disagree = These report that they are ready, and nothing of them is seen to run: { $workloads }.

## log.shipping_destination

check-log-shipping_destination-title = Logs are sent out of the cluster
check-log-shipping_destination-rule = Every destination that the cluster's log operators are told to use is outside the cluster, and is reached over an encrypted connection that checks the receiver. Whether the receiver can alter or erase what it holds is not judged here.
check-log-shipping_destination-rationale = Whoever takes over a cluster can also erase the logs that are kept in it.
check-log-shipping_destination-remedy = Send the logs to a place that the cluster cannot erase, over TLS. Where no operator tells the destination, declare it in the policy, and let a person show that it is so.
fault-log-shipping_destination-within = Logs are sent to a place inside the cluster, and none of the destinations known is outside.
fault-log-shipping_destination-insecure = Logs leave the cluster without encryption, or without checking who receives them.
fault-log-shipping_destination-refused = The operator cannot use this destination.
fault-log-shipping_destination-declared_within = The destination declared in the policy is inside the cluster: { $destination }.
fault-log-shipping_destination-declared_insecure = The destination declared in the policy is not encrypted: { $destination }.
reason-log-shipping_destination-forbidden = { reason-forbidden }
reason-log-shipping_destination-absent = { reason-absent }
reason-log-shipping_destination-unread = { reason-unread }
reason-log-shipping_destination-declared = The policy declares that logs are sent to { $destination }. That has not been measured, and a person must show it.
reason-log-shipping_destination-unknown = Whether what these receive leaves the cluster safely cannot be seen, and must be shown by a person: { $outputs }.
reason-log-shipping_destination-undeclared = Where these send logs is in settings that are not read. A person must show it: { $forwarders }.
reason-log-shipping_destination-none = No log forwarder was found, and no destination is declared.

## log.immutable_store

check-log-immutable_store-title = Nobody can alter what is stored of logs
check-log-immutable_store-rule = The place where logs are stored lets nobody alter or erase them before their time. No API of the cluster tells that: the policy declares it, with the evidence and the day on which it expires (log_store_lock).
check-log-immutable_store-rationale = A log that can be altered afterwards proves nothing.
check-log-immutable_store-remedy = Turn on write-once storage where logs are kept, keep the evidence, and declare both in the cluster’s policy.
reason-log-immutable_store-forbidden = { reason-forbidden }
reason-log-immutable_store-absent = { reason-absent }
reason-log-immutable_store-unread = { reason-unread }
reason-log-immutable_store-undeclared = Whether what is stored of logs can be altered cannot be read from the cluster. Show that it cannot, as by the provider’s object lock, and declare the evidence in the policy (log_store_lock).
reason-log-immutable_store-declared = The policy declares that { $store } is write-once, by { $evidence }, which counts up to and including { $expires }. That has not been measured, and a person must show it.
reason-log-immutable_store-expired = The evidence that { $store } is write-once, { $evidence }, counted up to and including { $expires }. Show it anew.

## log.retention_job

check-log-retention_job-title = Old logs are deleted when agreed
check-log-retention_job-rule = Every job that deletes old logs is active, has ended well within 48 hours, and keeps logs for at least and at most the days that policy says. Whose logs a job deletes is not read: where a management cluster keeps those of several clusters, a person must see that each has a job of its own.
check-log-retention_job-rationale = Too short, and what happened cannot be found out; too long, and personal data is kept that should be gone.
check-log-retention_job-remedy = Let the job run again, and set the days it keeps to what was agreed.
fault-log-retention_job-suspended = The job is suspended.
fault-log-retention_job-never = The job has never ended well.
fault-log-retention_job-old = The job last ended well on { $last }; it should within 48 hours.
fault-log-retention_job-too_short = Logs are kept for { $days } days; at least { $min } days are agreed.
fault-log-retention_job-too_long = Logs are kept for { $days } days; at most { $max } days are agreed.
reason-log-retention_job-forbidden = { reason-forbidden }
reason-log-retention_job-absent = { reason-absent }
reason-log-retention_job-unread = { reason-unread }
reason-log-retention_job-unknown_days = How long these keep logs is not written where it can be read, and must be shown by a person: { $jobs }.
reason-log-retention_job-none = No job that deletes old logs was found in this cluster. That it is done elsewhere must be shown by a person.

## bak.offsite

check-bak-offsite-title = Backups are copied to another place
check-bak-offsite-rule = Every job that copies backups is active, and has ended well within two of its intervals. Where the copies go is not judged here.
check-bak-offsite-rationale = Backups in one place are lost together with that place.
check-bak-offsite-remedy = Read the log of the job, correct the cause, and start it by hand.
fault-bak-offsite-suspended = The job is suspended.
fault-bak-offsite-never = The job has never ended well ({ $schedule }).
fault-bak-offsite-old = The job last ended well on { $last }, which is more than two of its intervals ago ({ $schedule }).
reason-bak-offsite-forbidden = { reason-forbidden }
reason-bak-offsite-absent = { reason-absent }
reason-bak-offsite-unread = { reason-unread }
reason-bak-offsite-none = No job that copies backups was found in this cluster. That there is a second copy must be shown by a person.

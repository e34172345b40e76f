## bak.location

check-bak-location-title = The place for backups is available
check-bak-location-rule = Every storage location is available and was looked at by Velero within three times its interval.
check-bak-location-rationale = Without its storage no backup is made, and none can be restored.
check-bak-location-remedy = Check the credentials, the bucket and the network, and whether Velero runs.
fault-bak-location-unavailable = Velero cannot use the location.
fault-bak-location-not_validated = Velero should look at the location every { $frequency }, and has not; Velero may be down.
fault-bak-location-none = Velero has no storage location.
reason-bak-location-forbidden = { reason-forbidden }
reason-bak-location-absent = { reason-absent }
reason-bak-location-unread = { reason-unread }
reason-bak-location-unknown = Whether these locations are available is not known, or is not looked at regularly: { $locations }.
reason-bak-location-never_ran = { reason-never_ran }

## bak.recent

check-bak-recent-title = Backups are recent
check-bak-recent-rule = Every active schedule has a completed backup that is no older than its interval, with two hours' grace; longer where the schedule names no time zone.
check-bak-recent-rationale = The age of the newest good backup is how much would be lost.
check-bak-recent-remedy = See why the backups fail or do not start, and start one by hand.
fault-bak-recent-none = There is no completed backup as recent as the schedule promises ({ $schedule }).
reason-bak-recent-forbidden = { reason-forbidden }
reason-bak-recent-absent = { reason-absent }
reason-bak-recent-unread = { reason-unread }
reason-bak-recent-no_schedule = Velero has no schedule. That backups are made in another way must be shown by a person.
reason-bak-recent-none_active = No schedule is active.
reason-bak-recent-never_ran = { reason-never_ran }

## bak.failed

check-bak-failed-title = The last backup went well
check-bak-failed-rule = The last backup of every schedule was completed without errors, and none has been running for more than 24 hours.
check-bak-failed-rationale = A backup that failed in part lacks something, and nobody knows what until it is missed.
check-bak-failed-remedy = Read the log of the backup, correct the cause, and start one by hand.
fault-bak-failed-failed = The last backup failed ({ $phase }).
fault-bak-failed-partial = The last backup was incomplete ({ $phase }).
fault-bak-failed-stuck = A backup has been running for more than 24 hours ({ $phase }).
reason-bak-failed-forbidden = { reason-forbidden }
reason-bak-failed-absent = { reason-absent }
reason-bak-failed-unread = { reason-unread }
reason-bak-failed-no_schedule = Velero has no schedule.
reason-bak-failed-never_ran = { reason-never_ran }

## bak.coverage

check-bak-coverage-title = Namespaces with data are backed up
check-bak-coverage-rule = Every namespace with a claim for storage is admitted by an active schedule, and neither it nor a claim in it is labelled to be left out. The schedule or its newest completed backup copies volumes file by file, or that backup holds snapshots of volumes or has moved their data; of which volumes is not judged.
check-bak-coverage-rationale = What was left out by mistake is noticed when it is needed.
check-bak-coverage-remedy = Include the namespace in a schedule, or remove the label that leaves it out.
fault-bak-coverage-not_covered = The namespace holds data, and no active schedule includes it.
fault-bak-coverage-labelled_out = The namespace holds data, and it or a claim in it is labelled to be left out of backups.
reason-bak-coverage-forbidden = { reason-forbidden }
reason-bak-coverage-absent = { reason-absent }
reason-bak-coverage-unread = { reason-unread }
reason-bak-coverage-uncertain = Whether the data of { $count } namespaces is in a backup depends on labels, volume policies or annotations, and must be shown by a person: { $namespaces }.
reason-bak-coverage-no_copies = The objects of { $count } namespaces are backed up, but neither a schedule that includes them nor its newest completed backup copies volumes file by file, and these backups hold no snapshot of any volume and have moved the data of none, as where no snapshotter is set up. That their data is copied must be shown by a person: { $namespaces }.
reason-bak-coverage-no_data = No namespace has a claim for storage.
reason-bak-coverage-never_ran = { reason-never_ran }

## bak.enabled

check-bak-enabled-title = Schedules are active
check-bak-enabled-rule = Every schedule was accepted by Velero, and none is paused.
check-bak-enabled-rationale = A schedule that was paused for an hour is often still paused a year later.
check-bak-enabled-remedy = Let the schedule go on, or delete it if it is no longer needed.
fault-bak-enabled-paused = The schedule is paused.
fault-bak-enabled-invalid = Velero refused the schedule as invalid.
fault-bak-enabled-not_accepted = Velero has not accepted the schedule ({ $phase }).
reason-bak-enabled-forbidden = { reason-forbidden }
reason-bak-enabled-absent = { reason-absent }
reason-bak-enabled-unread = { reason-unread }
reason-bak-enabled-no_schedule = Velero has no schedule. That backups are made in another way must be shown by a person.
reason-bak-enabled-never_ran = { reason-never_ran }

## bak.restore_test

check-bak-restore_test-title = Restoring has been tried
check-bak-restore_test-rule = A restore was completed without errors within the days that policy asks for.
check-bak-restore_test-rationale = A backup that was never restored is a hope. Only a restore shows that it can be used.
check-bak-restore_test-remedy = Restore a namespace into another one, look at what came back, and write down who looked.
fault-bak-restore_test-never = No restore was completed; one is expected every { $days } days.
fault-bak-restore_test-old = The last restore was completed on { $last }; one is expected every { $days } days.
reason-bak-restore_test-forbidden = { reason-forbidden }
reason-bak-restore_test-absent = { reason-absent }
reason-bak-restore_test-unread = { reason-unread }
reason-bak-restore_test-never_ran = { reason-never_ran }

## bak.retention

check-bak-retention-title = Backups are kept as long as agreed
check-bak-retention-rule = Every schedule keeps its backups for at least and at most the days that policy says; 30 days where the schedule says nothing.
check-bak-retention-rationale = Too short, and an old mistake cannot be undone; too long, and data is kept that should be gone.
check-bak-retention-remedy = Set the schedule's ttl to what was agreed.
fault-bak-retention-too_short = Backups are kept for { $ttl }; at least { $days } days are agreed.
fault-bak-retention-too_long = Backups are kept for { $ttl }; at most { $days } days are agreed.
reason-bak-retention-forbidden = { reason-forbidden }
reason-bak-retention-absent = { reason-absent }
reason-bak-retention-unread = { reason-unread }
reason-bak-retention-no_schedule = Velero has no schedule.
reason-bak-retention-never_ran = { reason-never_ran }

## bak.location_tls

check-bak-location_tls-title = Backups travel encrypted
check-bak-location_tls-rule = Every storage location is reached over TLS, and the certificate of the storage is verified.
check-bak-location_tls-rationale = A backup holds everything. Sent in the clear, or to whoever answers, it can be read or taken on the way.
check-bak-location_tls-remedy = Give the storage an https address and a certificate that Velero can verify (caCert), and remove insecureSkipTLSVerify.
fault-bak-location_tls-insecure = The location is reached without encryption: its address begins with http.
fault-bak-location_tls-unverified = The certificate of the storage is not verified (insecureSkipTLSVerify).
reason-bak-location_tls-forbidden = { reason-forbidden }
reason-bak-location_tls-absent = { reason-absent }
reason-bak-location_tls-unread = { reason-unread }
reason-bak-location_tls-unknown = How these locations are reached cannot be seen and must be shown by a person: { $locations }.
reason-bak-location_tls-none = Velero has no storage location.
reason-bak-location_tls-never_ran = { reason-never_ran }

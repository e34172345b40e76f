## log.audit_heartbeat

check-log-audit_heartbeat-title = Revisionshændelser kommer frem
check-log-audit_heartbeat-rule = Mindst én revisionshændelse er kommet inden for de seneste 15 minutter. En API-server tier aldrig så længe: dens egne dele spørger den hele tiden.
check-log-audit_heartbeat-rationale = At logning er sat op, betyder ikke, at den virker.
check-log-audit_heartbeat-remedy = Se i API-serverens log efter meddelelser om dens audit-webhook, og kontrollér adressen og tokenet i dens opsætning.
reason-log-audit_heartbeat-forbidden = { reason-forbidden }
reason-log-audit_heartbeat-absent = { reason-absent }
reason-log-audit_heartbeat-unread = { reason-unread }
reason-log-audit_heartbeat-no_sender = Intet sendes til Bevis: der er ikke oprettet noget token til det.
reason-log-audit_heartbeat-never = Der er oprettet et token, men intet er kommet endnu.
reason-log-audit_heartbeat-silent = Ingen revisionshændelse er kommet siden { $since }. Tavshed beviser intet.

## log.privileged_events

check-log-privileged_events-title = Menneskers privilegerede handlinger bliver set og fulgt op
check-log-privileged_events-rule = Inden for stilletiden (24 timer, medmindre klyngens politik siger andet) har ingen andre end Kubernetes selv kørt kommandoer i containere, læst Secrets, ændret adgange, handlet som en anden eller i system:masters, og ingen er lukket ind uden at logge ind. Revisionshændelser skal komme frem.
check-log-privileged_events-rationale = Den slags handlinger er sjældne og har stor magt. Hver af dem bør have en grund, som nogen kender.
check-log-privileged_events-remedy = Spørg brugeren, hvad det var til, og skriv svaret her. Ved ingen det, så behandl det som en sikkerhedshændelse.
fault-log-privileged_events-exec = Brugeren kørte en kommando i en container eller forbandt sig til en.
fault-log-privileged_events-secret_read = Brugeren læste Secrets.
fault-log-privileged_events-rbac_change = Brugeren ændrede, hvem der må hvad.
fault-log-privileged_events-system_masters = Brugeren handlede i gruppen system:masters, som ingen regel binder.
fault-log-privileged_events-impersonation = Brugeren handlede som en anden.
fault-log-privileged_events-anonymous = Nogen, der ikke var logget ind, blev lukket ind.
reason-log-privileged_events-forbidden = { reason-forbidden }
reason-log-privileged_events-absent = { reason-absent }
reason-log-privileged_events-unread = { reason-unread }
reason-log-privileged_events-no_sender = Intet sendes til Bevis: der er ikke oprettet noget token til det.
reason-log-privileged_events-never = Der er oprettet et token, men intet er kommet endnu.
reason-log-privileged_events-silent = Ingen revisionshændelse er kommet siden { $since }. Tavshed beviser intet.

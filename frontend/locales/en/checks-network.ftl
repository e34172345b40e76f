## net.default_deny

check-net-default_deny-title = Namespaces are closed to what is not allowed
check-net-default_deny-rule = In every namespace, a network policy cuts every pod off, inwards and outwards, from what no policy allows; and no policy allows everything again. Namespaces of the system are not judged. Whether the network enforces policies cannot be seen here.
check-net-default_deny-rationale = In an open network, whoever breaks into one pod reaches all the others, and can send what they find anywhere.
check-net-default_deny-remedy = Add the policy below to the namespace, and allow what is needed in policies beside it.
fault-net-default_deny-no_ingress = No policy cuts the pods of this namespace off from what comes in.
fault-net-default_deny-no_egress = No policy keeps the pods of this namespace from sending anything anywhere.
fault-net-default_deny-open_ingress = Everything may come in again through: { $policies }.
fault-net-default_deny-open_egress = Everything may go out again through: { $policies }.
reason-net-default_deny-forbidden = { reason-forbidden }
reason-net-default_deny-absent = { reason-absent }
reason-net-default_deny-unread = { reason-unread }
reason-net-default_deny-other_engine = { $count } namespaces have policies of { $engines }, which are not judged here and may close or open more. That what is not allowed is kept out must be shown by a person: { $namespaces }.

## net.exposed

check-net-exposed-title = What is reached from outside is approved
check-net-exposed-rule = Every service with an address outside the cluster, and every host of an ingress or gateway, is on the approved list.
check-net-exposed-rationale = Each door to the outside is a way for data to leave and for others to come in. Every one of them must be a decision.
check-net-exposed-remedy = Remove the address, or add it to exposed in the cluster’s policy after approval.
fault-net-exposed-service = The service is reached from outside ({ $type }), and is not on the approved list.
fault-net-exposed-host = The host { $host } is reached from outside, and is not on the approved list.
reason-net-exposed-forbidden = { reason-forbidden }
reason-net-exposed-absent = { reason-absent }
reason-net-exposed-unread = { reason-unread }
reason-net-exposed-no_list = No list of approved addresses is configured (exposed). These are reached from outside ({ $count }): { $doors }.
reason-net-exposed-unread_kinds = This cluster serves kinds by which hosts may be reached from outside and which Bevis does not read, so whether those are approved must be shown by a person: { $kinds }.
reason-net-exposed-none = No service, ingress or gateway is reached from outside.

## enc.ingress_tls

check-enc-ingress_tls-title = Every host has TLS
check-enc-ingress_tls-rule = Every host of an ingress has a certificate, and every gateway that listens to HTTP listens to HTTPS for the same host. Where other kinds are served by which hosts may be reached, as a Route of OpenShift, a person must judge those.
check-enc-ingress_tls-rationale = What is sent in the clear over open networks can be read and changed by anybody on the way.
check-enc-ingress_tls-remedy = Add the host with a certificate to spec.tls of the ingress, or an HTTPS listener to the gateway.
fault-enc-ingress_tls-plain = The host { $host } is reached without TLS (an asterisk stands for every host).
reason-enc-ingress_tls-forbidden = { reason-forbidden }
reason-enc-ingress_tls-absent = { reason-absent }
reason-enc-ingress_tls-unread = { reason-unread }
reason-enc-ingress_tls-unclear = Whether { $count } hosts have TLS depends on certificates that are kept elsewhere, or on other protocols, and must be shown by a person: { $hosts }.
reason-enc-ingress_tls-unread_kinds = This cluster serves kinds by which hosts may be reached from outside and which Bevis does not read, so whether those have TLS must be shown by a person: { $kinds }.
reason-enc-ingress_tls-none = There is no ingress and no gateway.

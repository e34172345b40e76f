## cert.valid

check-cert-valid-title = Certificates are valid
check-cert-valid-rule = Every certificate is within its dates, computed from them, and ready.
check-cert-valid-rationale = A certificate that has run out stops the service, or teaches people to click warnings away.
check-cert-valid-remedy = See why it was not issued, and have it renewed.
fault-cert-valid-expired = The certificate ran out at { $not_after }.
fault-cert-valid-not_yet_valid = The certificate is not valid before { $not_before }.
fault-cert-valid-not_ready = The certificate has not been ready for more than 10 minutes: { $reason }.
reason-cert-valid-forbidden = { reason-forbidden }
reason-cert-valid-absent = { reason-absent }
reason-cert-valid-unread = { reason-unread }
reason-cert-valid-none = There is no certificate.

## cert.expiring

check-cert-expiring-title = Certificates are renewed in time
check-cert-expiring-rule = No certificate is due for renewal with less than 15 days left (or a sixth of its lifetime, where that is shorter), none is overdue by more than 24 hours, and no attempt has failed.
check-cert-expiring-rationale = A renewal that fails quietly becomes an outage on a known day.
check-cert-expiring-remedy = Read the events of the certificate and its requests; mostly it is DNS, a rate limit or the issuer.
fault-cert-expiring-soon = The certificate should have been renewed, and runs out at { $not_after }.
fault-cert-expiring-stuck = Renewal was due at { $renewal_time }, and has not happened.
fault-cert-expiring-failing = The last attempt to renew the certificate failed.
reason-cert-expiring-forbidden = { reason-forbidden }
reason-cert-expiring-absent = { reason-absent }
reason-cert-expiring-unread = { reason-unread }
reason-cert-expiring-none = There is no certificate.

## cert.issuers

check-cert-issuers-title = Issuers work, and are no trial authority
check-cert-issuers-rule = Every issuer is ready, and none uses the staging server of an ACME authority.
check-cert-issuers-rationale = Without a working issuer nothing is renewed; certificates of a staging server are trusted by nobody.
check-cert-issuers-remedy = Read the status of the issuer; correct its account or credentials, or the address of the authority.
fault-cert-issuers-not_ready = The issuer is not ready: { $reason }.
fault-cert-issuers-staging = The issuer uses a trial authority: { $server }.
reason-cert-issuers-forbidden = { reason-forbidden }
reason-cert-issuers-absent = { reason-absent }
reason-cert-issuers-unread = { reason-unread }
reason-cert-issuers-none = There is no issuer.

## cert.key_strength

check-cert-key_strength-title = Keys are strong, and new with every renewal
check-cert-key_strength-rule = RSA keys have at least 2048 bits, or 3072 where the certificate lives longer than 398 days; ECDSA keys at least 256. Every renewal makes a new key (rotationPolicy: Always).
check-cert-key_strength-rationale = A short key can be broken. A key that is never changed stays stolen, however often its certificate is renewed.
check-cert-key_strength-remedy = Set the size of the key and rotationPolicy: Always in the certificate. The next renewal makes the new key.
fault-cert-key_strength-weak = The { $algorithm } key has { $size } bits; { $least } are needed.
fault-cert-key_strength-not_rotated = The key stays the same when the certificate is renewed (rotationPolicy: Never).
reason-cert-key_strength-forbidden = { reason-forbidden }
reason-cert-key_strength-absent = { reason-absent }
reason-cert-key_strength-unread = { reason-unread }
reason-cert-key_strength-rotation_unset = { $count } certificates do not say whether renewal makes a new key. Since cert-manager 1.18 it does, before it did not; which holds must be shown by a person: { $certificates }.
reason-cert-key_strength-none = There is no certificate.

## cert.requests

check-cert-requests-title = What is asked of issuers is issued
check-cert-requests-rule = The newest request and order of every certificate was issued, or is less than 24 hours old.
check-cert-requests-rationale = A request that fails today is a certificate that runs out in some weeks. This is the early warning.
check-cert-requests-remedy = Read the events of the request and its order. Mostly it is DNS, a rate limit, or an approval that is missing.
fault-cert-requests-denied = The newest request was refused by an approver.
fault-cert-requests-failed = The newest request failed.
fault-cert-requests-stuck = The newest request has waited for more than 24 hours.
fault-cert-requests-order_failed = The order at the authority failed ({ $state }).
fault-cert-requests-order_stuck = The order at the authority has waited for more than 24 hours.
reason-cert-requests-forbidden = { reason-forbidden }
reason-cert-requests-absent = { reason-absent }
reason-cert-requests-unread = { reason-unread }
reason-cert-requests-none = There is no request.

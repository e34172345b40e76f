## auth.dex_ready

check-auth-dex_ready-title = The login service runs
check-auth-dex_ready-rule = Every pod that Dex asks for is available, and there are at least two.
check-auth-dex_ready-rationale = Without login people fall back to shared emergency accounts.
check-auth-dex_ready-remedy = See why its pods are not ready, and run two of them.
fault-auth-dex_ready-down = No pod of Dex is available: nobody can log in.
fault-auth-dex_ready-stopped = Dex is scaled to none: nobody can log in.
fault-auth-dex_ready-degraded = Not all pods of Dex are available.
fault-auth-dex_ready-single = Dex runs as one pod; if that is lost, nobody can log in.
reason-auth-dex_ready-forbidden = { reason-forbidden }
reason-auth-dex_ready-absent = { reason-absent }
reason-auth-dex_ready-unread = { reason-unread }
reason-auth-dex_ready-elsewhere = People log in through Dex in the management cluster, where it is judged.
reason-auth-dex_ready-not_installed = Dex is not installed in this cluster.

## auth.dex_no_static_login

check-auth-dex_no_static_login-title = No logins that Dex keeps itself
check-auth-dex_no_static_login-rule = Dex has no passwords of its own and no trial connectors, by its configuration where policy names it. What the organisation only declares must be shown by a person.
check-auth-dex_no_static_login-rationale = Such a login bypasses the organisation’s directory and its second factor, and stays when somebody leaves.
check-auth-dex_no_static_login-remedy = Turn the password database off, and let everybody log in through the directory.
fault-auth-dex_no_static_login-passwords = Dex lets people log in with passwords of its own.
fault-auth-dex_no_static_login-mock = Dex has connectors for trials, which let anybody in: { $connectors }.
fault-auth-dex_no_static_login-declared = The organisation declares that Dex lets people log in with passwords of its own.
reason-auth-dex_no_static_login-forbidden = { reason-forbidden }
reason-auth-dex_no_static_login-absent = { reason-absent }
reason-auth-dex_no_static_login-unread = { reason-unread }
reason-auth-dex_no_static_login-declared_off = The organisation declares that there are none (dex_static_login). Nothing was measured; show Dex’s configuration.
reason-auth-dex_no_static_login-undeclared = Dex keeps its configuration in a Secret, which Bevis does not read. Declare it in the policy (dex_static_login), or name a ConfigMap (dex_config).
reason-auth-dex_no_static_login-no_config = { $config } is not there, or is no configuration of Dex.
reason-auth-dex_no_static_login-elsewhere = People log in through Dex in the management cluster, where it is judged.
reason-auth-dex_no_static_login-not_installed = Dex is not installed in this cluster.

## auth.issuer_reachable

check-auth-issuer_reachable-title = The login service answers, and is the right one
check-auth-issuer_reachable-rule = The issuer that policy names answers with its discovery document, names itself, has public keys, signs so that others can check it, and is the one that the API servers trust.
check-auth-issuer_reachable-rationale = If it does not answer, nobody can log in; if it is another, the wrong people may.
check-auth-issuer_reachable-remedy = Ask the address by hand; correct the address, the certificate or the service.
fault-auth-issuer_reachable-no_document = Something answers at this address, and it is no login service.
fault-auth-issuer_reachable-other = The login service calls itself “{ $issuer }”, so logins of it do not count.
fault-auth-issuer_reachable-no_keys = The login service names no address of its keys over HTTPS.
fault-auth-issuer_reachable-weak = The login service offers signatures that can be forged: { $algorithms }.
fault-auth-issuer_reachable-untrusted = The API servers trust another login service: { $trusted }.
reason-auth-issuer_reachable-forbidden = { reason-forbidden }
reason-auth-issuer_reachable-absent = { reason-absent }
reason-auth-issuer_reachable-unread = { reason-unread }
reason-auth-issuer_reachable-unanswered = { $issuer } did not answer Bevis. Whether people reach it is not known; check the address, the network, and whether its certificate is trusted where Bevis runs.
reason-auth-issuer_reachable-unseen = The login service answers, but whether the API servers trust it cannot be seen: Bevis sees no API server. A person must show it.
reason-auth-issuer_reachable-not_compared = The login service answers, but not every API server names its issuer with --oidc-issuer-url. Whether another setting, as a file (--authentication-config), names this one must be shown by a person.
reason-auth-issuer_reachable-undeclared = Policy names no login service (oidc_issuer). Bevis asks no address that a cluster names.

# What went wrong with a reading. What a server, the network or the system said is quoted as it was said.

problem-connect = the API server at { $server } cannot be reached: “{ $cause }”; check the address, the network and the firewall
problem-certificate = the certificate of the API server at { $server } is not trusted (“{ $cause }”); check certificate-authority in the kubeconfig, and that this is the right server
problem-timeout = the API server did not answer { $what } within { $seconds } s
problem-interrupted = the answer to { $what } broke off before its end: “{ $cause }”
problem-cut_short = the answer to { $what } broke off before its end: the JSON ends too soon
problem-too_large = the answer to { $what } is larger than { $limit } MB; raise scan.max_answer_mb or lower scan.page_size
problem-over_budget = the budget of this scan is used up ({ $limit } MB, scan.max_scan_mb), so this was not read
problem-unauthorized = the API server refused the credential (401): it is wrong or has expired; renew it in the kubeconfig
problem-forbidden = permission is missing (403): “{ $permission }”; see deploy/clusterrole.yaml
problem-absent = not served by this cluster (404)
problem-expired = the list changed too quickly to be read in pages (410), also on the second attempt
problem-busy = the API server asked to slow down (429) and still did after { $tries } attempts
problem-server = the API server answered { $what } with { $status }
problem-server_said = the API server answered { $what } with { $status }: “{ $message }”
problem-not_kubernetes = { $what } was answered by something that is not a Kubernetes API server (status { $status }, { $found ->
    [nothing] nothing
    [web_page] a web page
    [json] other JSON
   *[other] other text
}); check the address and any proxy
problem-not_http = { $what } was answered by something that speaks no HTTP; check the address and any proxy
problem-not_list = { $what } was answered with JSON that is no list, so not by a Kubernetes API server; check the address and any proxy
problem-endless = the list of { $what } does not end: page after page without an object
problem-deadline = reading took longer than { $seconds } s (scan.scan_seconds); what was read is not enough for a verdict
problem-inbox = what the cluster sent could not be read from the database
problem-internal = judging what was read failed inside Bevis; please report this with the log
problem-cut_objects = more than { $most } objects (scan.max_objects): { $unread } were not read
problem-cut_bytes = the budget of this scan is used up ({ $limit } MB, scan.max_scan_mb): { $unread } or more were not read
problem-served_otherwise = served in versions only that Bevis does not read: { $versions }
problem-misread = { $count ->
    [one] one object was not understood:
   *[other] { $count } objects were not understood; the first is
} “{ $object }”: { $why ->
    [nameless] it has no name
    [type] a field has another type than documented (column { $column })
   *[other] it is not JSON (column { $column })
}
problem-misread_object = “{ $object }” was not understood: { $why ->
    [nameless] it has no name
    [type] a field has another type than documented (column { $column })
   *[other] it is not JSON (column { $column })
}
problem-not_kube_bench = it holds something else than results of kube-bench, or only a part
problem-no_sender = nothing was sent yet: bevis token create --source { $source }; see docs/intake.md
problem-silent = nothing came since { $since }; see docs/intake.md
problem-not_judged = { $count ->
    [one] one part that was sent is not judged
   *[other] { $count } parts that were sent are not judged
}
problem-gap = { $coverage ->
    [complete] { coverage-complete }
    [truncated] { coverage-truncated }
    [forbidden] { coverage-forbidden }
    [hidden] { coverage-hidden }
    [absent] { coverage-absent }
    [never_ran] { coverage-never_ran }
    [stale] { coverage-stale }
    [unreachable] { coverage-unreachable }
   *[failed] { coverage-failed }
}
problem-superseded = superseded: a scan that began later was recorded before this one
problem-more = { $count ->
    [one] and one more, which stands at its read
   *[other] and { $count } more, which stand at their reads
}

## An issuer

problem-issuer_timeout = no full answer within 5 s
problem-issuer_away = it cannot be reached: “{ $cause }”
problem-issuer_link_local = it is a link-local address, which is never asked
problem-no_client = no HTTP client could be made
problem-issuer_status = it answered with status { $status }
problem-issuer_too_large = the answer is larger than 512 KiB
problem-not_discovery = the answer is no discovery document

## The way to a cluster

problem-pod_account = in_cluster = true, but the service account of this pod cannot be used: “{ $cause }”
problem-kubeconfig_unreadable = the kubeconfig { $file } cannot be read: “{ $cause }”
problem-kubeconfig_form = the kubeconfig { $file } is not YAML of the form that kubectl reads
problem-no_current_context = the kubeconfig { $file } has no current-context; name one with context = "…"
problem-no_context = the kubeconfig { $file } has no context “{ $name }”
problem-no_cluster = the kubeconfig { $file } has no cluster “{ $name }”
problem-authority_unreadable = the certificate-authority of the kubeconfig { $file } is not a readable PEM certificate
problem-authority_empty = the certificate-authority of the kubeconfig { $file } holds no PEM certificate
problem-certificate_unreadable = the client-certificate of the kubeconfig { $file } cannot be read
problem-key_unreadable = the client-key of the kubeconfig { $file } cannot be read
problem-no_server = the context of the kubeconfig { $file } names no cluster with a server
problem-server_address = the server in the kubeconfig { $file } is not an address
problem-kubeconfig_unusable = the kubeconfig { $file } cannot be used
problem-proxy = the kubeconfig { $file } has a proxy-url, which is not supported; use an address that is reached directly
problem-auth_provider = the kubeconfig { $file } has an auth-provider, which is no longer supported; use an exec plugin or a token
problem-token_file = the token file { $file } cannot be read: “{ $cause }”
problem-token_form = the token has a blank, a line break or another character that no token has
problem-credential = the credential in the kubeconfig cannot be read: check token, token file or password
problem-client_certificate = the client-certificate or client-key of the kubeconfig cannot be read
problem-tls = the client certificate, its key or the certificate authority cannot be used
problem-client = the kubeconfig cannot be used: check server, certificates and credential
problem-client_refused = { $server } refused the client certificate: “{ $cause }”; renew it in the kubeconfig
problem-credentials_unusable = the credentials of the kubeconfig cannot be used
problem-request_address = { $server } with { $what } is not an address
problem-plugin_no_command = the exec plugin in { $file } has no command
problem-plugin_slow = the exec plugin { $plugin } in { $file } did not end within { $seconds } s
problem-plugin_form = the exec plugin { $plugin } in { $file } did not print an ExecCredential
problem-plugin_empty = the exec plugin { $plugin } in { $file } printed no credential
problem-plugin_half = the exec plugin { $plugin } in { $file } printed neither a token nor a certificate with its key
problem-plugin_start = the exec plugin { $plugin } in { $file } cannot be started: “{ $cause }”
problem-plugin_install = the exec plugin { $plugin } in { $file } cannot be started: “{ $cause }”; the kubeconfig says how to install it
problem-plugin_read = the exec plugin { $plugin } in { $file } cannot be read: “{ $cause }”
problem-plugin_lost = the exec plugin { $plugin } in { $file } was lost: “{ $cause }”
problem-plugin_failed = the exec plugin { $plugin } in { $file } failed (“{ $cause }”); run it by hand to see why

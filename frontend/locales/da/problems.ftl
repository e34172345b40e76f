# Hvad der gik galt ved en læsning. Det, en server, netværket eller systemet sagde, er citeret, som det blev sagt.

problem-connect = API-serveren på { $server } kan ikke nås: “{ $cause }”; se efter adressen, netværket og firewallen
problem-certificate = certifikatet fra API-serveren på { $server } er ikke betroet (“{ $cause }”); se efter certificate-authority i kubeconfig, og om det er den rigtige server
problem-timeout = API-serveren svarede ikke på { $what } inden for { $seconds } s
problem-interrupted = svaret på { $what } blev afbrudt før sin slutning: “{ $cause }”
problem-cut_short = svaret på { $what } blev afbrudt før sin slutning: dets JSON ender for tidligt
problem-too_large = svaret på { $what } er større end { $limit } MB; hæv scan.max_answer_mb, eller sænk scan.page_size
problem-over_budget = læsningens budget er brugt op ({ $limit } MB, scan.max_scan_mb), så dette blev ikke læst
problem-unauthorized = API-serveren afviste legitimationen (401): Den er forkert eller udløbet; forny den i kubeconfig
problem-forbidden = en tilladelse mangler (403): “{ $permission }”; se deploy/clusterrole.yaml
problem-absent = findes ikke i denne klynge (404)
problem-expired = listen ændrede sig for hurtigt til at blive læst side for side (410), også i andet forsøg
problem-busy = API-serveren bad om langsommere forespørgsler (429) og gjorde det stadig efter { $tries } forsøg
problem-server = API-serveren svarede { $status } på { $what }
problem-server_said = API-serveren svarede { $status } på { $what }: “{ $message }”
problem-not_kubernetes = { $what } blev besvaret af noget, der ikke er en Kubernetes-API-server (status { $status }, { $found ->
    [nothing] intet indhold
    [web_page] en webside
    [json] anden JSON
   *[other] anden tekst
}); se efter adressen og en eventuel proxy
problem-not_http = { $what } blev besvaret af noget, der ikke taler HTTP; se efter adressen og en eventuel proxy
problem-not_list = { $what } blev besvaret med JSON, der ikke er en liste, altså ikke af en Kubernetes-API-server; se efter adressen og en eventuel proxy
problem-endless = listen over { $what } ender ikke: side efter side uden et objekt
problem-deadline = læsningen tog længere end { $seconds } s (scan.scan_seconds); det læste er ikke nok til en bedømmelse
problem-inbox = det, klyngen sendte, kunne ikke læses fra databasen
problem-internal = bedømmelsen af det læste mislykkedes i Bevis selv; indberet det sammen med loggen
problem-cut_objects = mere end { $most } objekter (scan.max_objects): { $unread } blev ikke læst
problem-cut_bytes = læsningens budget er brugt op ({ $limit } MB, scan.max_scan_mb): { $unread } eller flere blev ikke læst
problem-served_otherwise = udstilles kun i versioner, som Bevis ikke læser: { $versions }
problem-misread = { $count ->
    [one] et objekt blev ikke forstået:
   *[other] { $count } objekter blev ikke forstået; det første er
} “{ $object }”: { $why ->
    [nameless] det har intet navn
    [type] et felt har en anden type end dokumenteret (kolonne { $column })
   *[other] det er ikke JSON (kolonne { $column })
}
problem-misread_object = “{ $object }” blev ikke forstået: { $why ->
    [nameless] det har intet navn
    [type] et felt har en anden type end dokumenteret (kolonne { $column })
   *[other] det er ikke JSON (kolonne { $column })
}
problem-not_kube_bench = det indeholder noget andet end resultater fra kube-bench, eller kun en del
problem-no_sender = intet er sendt endnu: bevis token create --source { $source }; se docs/intake.md
problem-silent = intet er kommet siden { $since }; se docs/intake.md
problem-not_judged = { $count ->
    [one] en del af det sendte er ikke bedømt
   *[other] { $count } dele af det sendte er ikke bedømt
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
problem-superseded = overhalet: En læsning, der begyndte senere, blev registreret før denne
problem-more = { $count ->
    [one] og en mere, som står ved sin forespørgsel
   *[other] og { $count } mere, som står ved deres forespørgsler
}

## En udsteder

problem-issuer_timeout = intet fuldt svar inden for 5 s
problem-issuer_away = den kan ikke nås: “{ $cause }”
problem-issuer_link_local = det er en link-local-adresse, som aldrig bliver spurgt
problem-no_client = ingen HTTP-klient kunne laves
problem-issuer_status = den svarede med status { $status }
problem-issuer_too_large = svaret er større end 512 KiB
problem-not_discovery = svaret er ikke et discovery-dokument

## Vejen til en klynge

problem-pod_account = in_cluster = true, men denne pods servicekonto kan ikke bruges: “{ $cause }”
problem-kubeconfig_unreadable = kubeconfig { $file } kan ikke læses: “{ $cause }”
problem-kubeconfig_form = kubeconfig { $file } er ikke YAML af den form, som kubectl læser
problem-no_current_context = kubeconfig { $file } har ingen current-context; nævn en med context = "…"
problem-no_context = kubeconfig { $file } har ingen kontekst “{ $name }”
problem-no_cluster = kubeconfig { $file } har ingen klynge “{ $name }”
problem-authority_unreadable = certificate-authority i kubeconfig { $file } er ikke et læseligt PEM-certifikat
problem-authority_empty = certificate-authority i kubeconfig { $file } indeholder intet PEM-certifikat
problem-certificate_unreadable = client-certificate i kubeconfig { $file } kan ikke læses
problem-key_unreadable = client-key i kubeconfig { $file } kan ikke læses
problem-no_server = konteksten i kubeconfig { $file } nævner ingen klynge med en server
problem-server_address = server i kubeconfig { $file } er ikke en adresse
problem-kubeconfig_unusable = kubeconfig { $file } kan ikke bruges
problem-proxy = kubeconfig { $file } har en proxy-url, som ikke understøttes; brug en adresse, der nås direkte
problem-auth_provider = kubeconfig { $file } har en auth-provider, som ikke længere understøttes; brug et exec-plugin eller et token
problem-token_file = tokenfilen { $file } kan ikke læses: “{ $cause }”
problem-token_form = tokenet har et mellemrum, et linjeskift eller et andet tegn, som intet token har
problem-credential = legitimationen i kubeconfig kan ikke læses: Se efter token, tokenfil eller adgangskode
problem-client_certificate = client-certificate eller client-key i kubeconfig kan ikke læses
problem-tls = klientcertifikatet, dets nøgle eller certifikatmyndigheden kan ikke bruges
problem-client = kubeconfig kan ikke bruges: Se efter server, certifikater og legitimation
problem-client_refused = { $server } afviste klientcertifikatet: “{ $cause }”; forny det i kubeconfig
problem-credentials_unusable = legitimationen i kubeconfig kan ikke bruges
problem-request_address = { $server } med { $what } er ikke en adresse
problem-plugin_no_command = exec-pluginet i { $file } har ingen kommando
problem-plugin_slow = exec-pluginet { $plugin } i { $file } blev ikke færdigt inden for { $seconds } s
problem-plugin_form = exec-pluginet { $plugin } i { $file } skrev intet ExecCredential
problem-plugin_empty = exec-pluginet { $plugin } i { $file } skrev ingen legitimation
problem-plugin_half = exec-pluginet { $plugin } i { $file } skrev hverken et token eller et certifikat med dets nøgle
problem-plugin_start = exec-pluginet { $plugin } i { $file } kan ikke startes: “{ $cause }”
problem-plugin_install = exec-pluginet { $plugin } i { $file } kan ikke startes: “{ $cause }”; kubeconfig siger, hvordan det installeres
problem-plugin_read = det, exec-pluginet { $plugin } i { $file } skriver, kan ikke læses: “{ $cause }”
problem-plugin_lost = exec-pluginet { $plugin } i { $file } gik tabt: “{ $cause }”
problem-plugin_failed = exec-pluginet { $plugin } i { $file } mislykkedes (“{ $cause }”); kør det i hånden for at se hvorfor

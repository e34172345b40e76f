## auth.oidc_configured

check-auth-oidc_configured-title = Personer logger ind gennem en fælles loginservice
check-auth-oidc_configured-rule = Hver API-server stoler på én OpenID Connect-udsteder, over HTTPS og med et klient-id; det er den, politikken nævner, hvis den nævner en.
check-auth-oidc_configured-rationale = Uden fælles login er der certifikater, som flere deler, og som ingen kan trække tilbage, når en af dem stopper.
check-auth-oidc_configured-remedy = Sæt udstederen, for eksempel Dex, på hver API-server.
fault-auth-oidc_configured-none = API-serveren kender ingen fælles loginservice.
fault-auth-oidc_configured-insecure = Loginservicen “{ $issuer }” bliver ikke spurgt over HTTPS.
fault-auth-oidc_configured-no_client = Loginservicen { $issuer } er sat uden klient-id, så intet login gælder.
fault-auth-oidc_configured-other_issuer = API-serveren stoler på { $issuer }, som ikke er den loginservice, politikken nævner.
reason-auth-oidc_configured-forbidden = { reason-forbidden }
reason-auth-oidc_configured-absent = { reason-absent }
reason-auth-oidc_configured-unread = { reason-unread }
fault-auth-oidc_configured-mixed = { fault-mixed }
reason-auth-oidc_configured-managed = { reason-managed }
reason-auth-oidc_configured-in_process = { reason-in_process }
reason-auth-oidc_configured-elsewhere = { reason-elsewhere }
reason-auth-oidc_configured-openshift = { reason-openshift }
reason-auth-oidc_configured-arguments = { reason-arguments }
reason-auth-oidc_configured-file = Login er sat op i en fil på noderne (--authentication-config), som ikke kan læses udefra. Vis dens udstedere.
reason-auth-oidc_configured-webhook = En anden tjeneste afgør, hvem der er hvem (--authentication-token-webhook-config-file). Om det er et fælles login, skal en person vise.

## auth.anonymous_off

check-auth-anonymous_off-title = Ingen slipper ind uden login
check-auth-anonymous_off-rule = API-serveren afviser forespørgsler uden login, eller en fil begrænser dem til enkelte stier. Er intet sat, tillader den dem.
check-auth-anonymous_off-rationale = Så er det alene rollerne, der afgør, hvad en fremmed må, og en fejl i API-serveren står åben for alle, der kan nå den.
check-auth-anonymous_off-remedy = Begræns anonyme forespørgsler til helbredstjek, eller slå dem fra. At slå dem fra kan ødelægge API-serverens helbredstjek.
fault-auth-anonymous_off-on = API-serveren tager imod forespørgsler uden login. Hvad de må, bedømmes af tjekket af roller til brugere uden login.
reason-auth-anonymous_off-forbidden = { reason-forbidden }
reason-auth-anonymous_off-absent = { reason-absent }
reason-auth-anonymous_off-unread = { reason-unread }
fault-auth-anonymous_off-mixed = { fault-mixed }
reason-auth-anonymous_off-managed = { reason-managed }
reason-auth-anonymous_off-in_process = { reason-in_process }
reason-auth-anonymous_off-elsewhere = { reason-elsewhere }
reason-auth-anonymous_off-openshift = { reason-openshift }
reason-auth-anonymous_off-arguments = { reason-arguments }
reason-auth-anonymous_off-file = En fil på noderne (--authentication-config) kan begrænse forespørgsler uden login til enkelte stier. Den kan ikke læses udefra; vis den.

## auth.no_static_token_file

check-auth-no_static_token_file-title = Ingen adgangskoder eller tokens i en fil
check-auth-no_static_token_file-rule = API-serveren har ingen fil med tokens eller adgangskoder.
check-auth-no_static_token_file-rationale = De udløber aldrig og kan kun trækkes tilbage ved en genstart; den, der læser filen, er inde.
check-auth-no_static_token_file-remedy = Fjern filen, og giv alle i den deres eget login.
fault-auth-no_static_token_file-set = API-serveren accepterer tokens eller adgangskoder fra en fil: { $flags }.
reason-auth-no_static_token_file-forbidden = { reason-forbidden }
reason-auth-no_static_token_file-absent = { reason-absent }
reason-auth-no_static_token_file-unread = { reason-unread }
fault-auth-no_static_token_file-mixed = { fault-mixed }
reason-auth-no_static_token_file-managed = { reason-managed }
reason-auth-no_static_token_file-in_process = { reason-in_process }
reason-auth-no_static_token_file-elsewhere = { reason-elsewhere }
reason-auth-no_static_token_file-openshift = { reason-openshift }
reason-auth-no_static_token_file-arguments = { reason-arguments }

## authz.rbac_node_mode

check-authz-rbac_node_mode-title = Roller afgør, hvem der må hvad
check-authz-rbac_node_mode-rule = API-serveren afgør ud fra roller (RBAC), begrænser noder til det, der kører på dem (Node), og tillader aldrig alt.
check-authz-rbac_node_mode-rationale = Ellers må enhver, der slipper ind, gøre alt.
check-authz-rbac_node_mode-remedy = Sæt autorisationen til Node,RBAC på hver API-server.
fault-authz-rbac_node_mode-unset = Der er ikke sat nogen autorisation, så alt er tilladt.
fault-authz-rbac_node_mode-always_allow = AlwaysAllow er sat: alt er tilladt.
fault-authz-rbac_node_mode-no_rbac = Roller gælder ikke: der er sat { $modes }.
fault-authz-rbac_node_mode-no_node = Noder er ikke begrænset til det, der kører på dem: der er sat { $modes }.
reason-authz-rbac_node_mode-forbidden = { reason-forbidden }
reason-authz-rbac_node_mode-absent = { reason-absent }
reason-authz-rbac_node_mode-unread = { reason-unread }
fault-authz-rbac_node_mode-mixed = { fault-mixed }
reason-authz-rbac_node_mode-managed = { reason-managed }
reason-authz-rbac_node_mode-in_process = { reason-in_process }
reason-authz-rbac_node_mode-elsewhere = { reason-elsewhere }
reason-authz-rbac_node_mode-openshift = { reason-openshift }
reason-authz-rbac_node_mode-arguments = { reason-arguments }
reason-authz-rbac_node_mode-file = Hvem der afgør, er sat op i en fil på noderne (--authorization-config), som ikke kan læses udefra. Vis den.

## authn.kubelet_anonymous_off

check-authn-kubelet_anonymous_off-title = Noder har besked på ikke at svare fremmede
check-authn-kubelet_anonymous_off-rule = De indstillinger, som kubeadm giver hver node, eller de flag, K3s og RKE2 har fået på hver, afviser fremmede, spørger API-serveren om, hvad andre må, og åbner ingen port uden login. Et flag på en enkelt node kan stadig sige noget andet; CIS-benchmarken ser efter dér.
check-authn-kubelet_anonymous_off-rationale = Ellers kan den, der når en nodes kubelet, køre kommandoer i alt, hvad der kører på noden.
check-authn-kubelet_anonymous_off-remedy = Ret ConfigMappen, og lad hver node overtage den.
fault-authn-kubelet_anonymous_off-anonymous = Noderne har besked på at svare på forespørgsler uden login.
fault-authn-kubelet_anonymous_off-always_allow = Noderne har besked på at tillade alt for enhver, der logger ind.
fault-authn-kubelet_anonymous_off-read_only_port = Noderne har besked på at svare alle på port { $port }.
reason-authn-kubelet_anonymous_off-forbidden = { reason-forbidden }
reason-authn-kubelet_anonymous_off-absent = { reason-absent }
reason-authn-kubelet_anonymous_off-unread = { reason-unread }
reason-authn-kubelet_anonymous_off-no_config = Klyngen har ingen fælles indstillinger for noder (ConfigMap kube-system/kubelet-config, fra Kubernetes 1.24). Vis resultatet af en CIS-benchmark eller leverandørens dokumentation.
reason-authn-kubelet_anonymous_off-no_flags = K3s og RKE2 lukker ikke selv nogen fremmed ind, men filer på en node kan sige andet, og ikke alle dens flag (anonymous-auth, authorization-mode, read-only-port) er blandt de argumenter, der kan ses: { $nodes }. Sæt dem med “kubelet-arg”, eller vis resultatet af en CIS-benchmark.
reason-authn-kubelet_anonymous_off-flags = Læst i annotationen k3s.io/node-args eller rke2.io/node-args på hver node. Et flag tæller mere end en fil.

## log.audit_policy

check-log-audit_policy-title = Det er fastlagt, hvad auditloggen optegner
check-log-audit_policy-rule = Hver API-server har en auditpolitik.
check-log-audit_policy-rationale = Uden en auditpolitik optegnes intet, og ingen kan bagefter sige, hvem der gjorde hvad.
check-log-audit_policy-remedy = Skriv en auditpolitik, og angiv den på hver API-server.
fault-log-audit_policy-none = API-serveren har ingen auditpolitik, så den optegner intet.
reason-log-audit_policy-forbidden = { reason-forbidden }
reason-log-audit_policy-absent = { reason-absent }
reason-log-audit_policy-unread = { reason-unread }
fault-log-audit_policy-mixed = { fault-mixed }
reason-log-audit_policy-managed = { reason-managed }
reason-log-audit_policy-in_process = { reason-in_process }
reason-log-audit_policy-elsewhere = { reason-elsewhere }
reason-log-audit_policy-openshift = { reason-openshift }
reason-log-audit_policy-arguments = { reason-arguments }
fault-log-audit_policy-nothing = OpenShift har fået besked på ikke at registrere noget: auditprofilen i dens APIServer “cluster” er “None”.
reason-log-audit_policy-excepted = OpenShift registrerer efter profilen “{ $profile }”, men intet af, hvad medlemmer af disse grupper gør: { $groups }. Vis hvorfor.
reason-log-audit_policy-profile = OpenShift registrerer efter profilen “{ $profile }”, læst i dens APIServer “cluster”.

## log.audit_policy_content

check-log-audit_policy_content-title = Auditloggen optegner det, den skal, og ingen hemmeligheder
check-log-audit_policy_content-rule = Den vedhæftede auditpolitik optegner, hvem der kører kommandoer i pods, læser eller ændrer Secrets og ændrer rettigheder; og den optegner ikke indholdet af Secrets, ConfigMaps og tokens. At API-serverne bruger netop den politik, læses ikke.
check-log-audit_policy_content-rationale = Det, der ikke optegnes, kan ikke findes bagefter, og en log med hemmeligheder giver dem til alle, der læser den.
check-log-audit_policy_content-remedy = Ret auditpolitikken på hver kontrolnode, og vedhæft den som et ConfigMap, som klyngens politik nævner (audit_policy).
fault-log-audit_policy_content-unrecorded = Auditpolitikken optegner ikke disse forespørgsler: { $verbs }.
fault-log-audit_policy_content-bodies = Auditpolitikken optegner indholdet af disse forespørgsler, som rummer eller kan rumme adgangsoplysninger: { $verbs }.
reason-log-audit_policy_content-forbidden = { reason-forbidden }
reason-log-audit_policy_content-absent = { reason-absent }
reason-log-audit_policy_content-unread = { reason-unread }
reason-log-audit_policy_content-unattached = Auditpolitikken er en fil på kontrolnoderne, som ikke kan ses fra klyngen. Vedhæft den som et ConfigMap, som klyngens politik nævner (audit_policy), eller vis den.
reason-log-audit_policy_content-no_policy = Der er ingen auditpolitik, der kan bedømmes, i ConfigMap { $config }.
reason-log-audit_policy_content-attached = Auditpolitikken i { $config } er i orden. At API-serverne bruger netop den, er ikke målt og skal vises af en person.
reason-log-audit_policy_content-partly = Auditpolitikken i { $config } udelader nogle brugere, navnerum eller navne af: { $resources }. En person skal bedømme, om det er rigtigt, og vise, at API-serverne bruger den.

## log.audit_backend

check-log-audit_backend-title = Auditloggen har et sted at blive skrevet
check-log-audit_backend-rule = Hver API-server har en fil eller en modtager til sin auditlog. Om noget bliver optegnet, siger tjekket af auditpolitikken.
check-log-audit_backend-rationale = En politik uden et sted at skrive til optegner intet.
check-log-audit_backend-remedy = Angiv en fil eller en modtager på hver API-server.
fault-log-audit_backend-none = API-serveren skriver ikke sin auditlog nogen steder.
reason-log-audit_backend-forbidden = { reason-forbidden }
reason-log-audit_backend-absent = { reason-absent }
reason-log-audit_backend-unread = { reason-unread }
fault-log-audit_backend-mixed = { fault-mixed }
reason-log-audit_backend-managed = { reason-managed }
reason-log-audit_backend-in_process = { reason-in_process }
reason-log-audit_backend-elsewhere = { reason-elsewhere }
reason-log-audit_backend-openshift = { reason-openshift }
reason-log-audit_backend-arguments = { reason-arguments }

## log.audit_rotation

check-log-audit_rotation-title = Auditloggen overlever en pause i indsamlingen
check-log-audit_rotation-rule = Filerne på noden gemmes i mindst så mange dage, i så mange filer og af en sådan størrelse, som politikken kræver.
check-log-audit_rotation-rationale = Mens indsamlingen af logs står stille, er den eneste kopi på noden; det, der slettes dér, er tabt.
check-log-audit_rotation-remedy = Gem mere på noden, eller sænk politikkens krav.
fault-log-audit_rotation-short = Der gemmes mindre på noden, end politikken kræver: { $settings }.
reason-log-audit_rotation-forbidden = { reason-forbidden }
reason-log-audit_rotation-absent = { reason-absent }
reason-log-audit_rotation-unread = { reason-unread }
fault-log-audit_rotation-mixed = { fault-mixed }
reason-log-audit_rotation-managed = { reason-managed }
reason-log-audit_rotation-in_process = { reason-in_process }
reason-log-audit_rotation-elsewhere = { reason-elsewhere }
reason-log-audit_rotation-openshift = { reason-openshift }
reason-log-audit_rotation-arguments = { reason-arguments }
reason-log-audit_rotation-unset = Hverken alder eller antal filer er sat. Hvad der gemmes, afhænger af versionens standard; vis, at det er nok, og at disken rækker.
reason-log-audit_rotation-stdout = Auditloggen skrives til containerens output, som noden kun gemmer kort tid. Vis, at den indsamles uden huller.
reason-log-audit_rotation-no_file = Der er ingen auditlog på noden at gemme.

## enc.secrets_at_rest

check-enc-secrets_at_rest-title = Secrets gemmes krypteret
check-enc-secrets_at_rest-rule = Hver API-server har besked på at kryptere Secrets, før den gemmer dem. Hvilken metode der kommer først, står i en fil, som ikke kan læses udefra; det skal en person vise. OpenShifts operator siger selv, om de alle er krypteret.
check-enc-secrets_at_rest-rationale = Ellers kan den, der får fat i en disk eller sikkerhedskopi af databasen, læse alle adgangskoder.
check-enc-secrets_at_rest-remedy = Sæt kryptering op, og skriv alle Secrets på ny. OpenShift gør begge dele, når spec.encryption.type i dens APIServer “cluster” er sat; servere af K3s tager imod “secrets-encryption”.
fault-enc-secrets_at_rest-none = API-serveren gemmer Secrets ukrypteret.
reason-enc-secrets_at_rest-forbidden = { reason-forbidden }
reason-enc-secrets_at_rest-absent = { reason-absent }
reason-enc-secrets_at_rest-unread = { reason-unread }
fault-enc-secrets_at_rest-mixed = { fault-mixed }
reason-enc-secrets_at_rest-managed = { reason-managed }
reason-enc-secrets_at_rest-in_process = { reason-in_process }
reason-enc-secrets_at_rest-elsewhere = { reason-elsewhere }
reason-enc-secrets_at_rest-openshift = { reason-openshift }
reason-enc-secrets_at_rest-arguments = { reason-arguments }
fault-enc-secrets_at_rest-identity = OpenShift har ikke fået besked på at kryptere, hvad den gemmer: spec.encryption.type i dens APIServer “cluster” er tom eller “identity”.
fault-enc-secrets_at_rest-unfinished = OpenShift har fået besked på at kryptere, hvad den gemmer ({ $type }), og dens operator siger, at ikke alt er det: { $why }.
reason-enc-secrets_at_rest-generated = K3s eller RKE2 skriver selv, hvordan Secrets krypteres, som regel med en rigtig metode først. Nogen kan have slået det fra med “secrets-encrypt disable” eller aldrig have slået det til i en klynge, der blev lavet uden; det kan ikke ses udefra. Vis, hvad “k3s secrets-encrypt status” eller “rke2 secrets-encrypt status” siger på en server.
reason-enc-secrets_at_rest-encrypted = OpenShift har fået besked på at kryptere, hvad den gemmer ({ $type }), og dens operator siger, at alt er det (betingelsen “Encrypted”).
reason-enc-secrets_at_rest-unconfirmed = OpenShift har fået besked på at kryptere, hvad den gemmer ({ $type }). Dens operator siger ikke, om det er sket (betingelsen “Encrypted” i KubeAPIServer “cluster”). Vis det.
reason-enc-secrets_at_rest-undeclared = OpenShift har ikke fået besked på at kryptere, hvad den gemmer, og dens operator siger, at det alligevel er krypteret. Vis, hvilken metode der gælder.
reason-enc-secrets_at_rest-content = En fil siger, hvordan Secrets krypteres. Den kan ikke læses udefra og kan sige “slet ikke”. Vis, at en rigtig metode kommer først, og at gamle Secrets er skrevet på ny.

## enc.etcd_tls

check-enc-etcd_tls-title = Klyngens database nås med certifikater på begge sider
check-enc-etcd_tls-rule = API-servere og medlemmerne af etcd krypterer, hvad de sender til hinanden, og viser hver et certifikat.
check-enc-etcd_tls-rationale = Alt, hvad klyngen ved, passerer her; den, der når en åben etcd, ejer klyngen.
check-enc-etcd_tls-remedy = Sæt certifikater på API-serverne og på etcd.
fault-enc-etcd_tls-plain = API-serveren taler ukrypteret med sin database.
fault-enc-etcd_tls-no_certificate = API-serveren taler med sin database uden alle sine certifikater; der mangler { $flags }.
fault-enc-etcd_tls-weak_member = Databasen lytter ukrypteret, accepterer den, der ikke viser et certifikat, eller laver selv sine certifikater: { $flags }.
reason-enc-etcd_tls-forbidden = { reason-forbidden }
reason-enc-etcd_tls-absent = { reason-absent }
reason-enc-etcd_tls-unread = { reason-unread }
fault-enc-etcd_tls-mixed = { fault-mixed }
reason-enc-etcd_tls-managed = { reason-managed }
reason-enc-etcd_tls-in_process = { reason-in_process }
reason-enc-etcd_tls-elsewhere = { reason-elsewhere }
reason-enc-etcd_tls-openshift = { reason-openshift }
reason-enc-etcd_tls-arguments = { reason-arguments }
reason-enc-etcd_tls-other_store = API-serveren gemmer i noget, der ikke nås over HTTPS, for eksempel en socket på noden. Vis, hvordan det er beskyttet.
reason-enc-etcd_tls-member_file = Databasen har sine indstillinger i en fil eller i variabler, som ikke kan læses udefra. Vis dem.
reason-enc-etcd_tls-external = API-serveren viser sit certifikat, og databasen kører ikke som en pod. Vis, at den kræver certifikater.

## enc.apiserver_tls

check-enc-apiserver_tls-title = API-serveren taler ingen forældet kryptering
check-enc-apiserver_tls-rule = Hver API-server kræver mindst TLS 1.2, som er standard, og tilbyder ingen krypteringsmetode, der er kendt som svag. Standardmetoderne er gode fra Kubernetes 1.32.
check-enc-apiserver_tls-rationale = Det, der sendes med brudt kryptering, kan læses og ændres undervejs.
check-enc-apiserver_tls-remedy = Fjern den gamle version og de svage metoder.
fault-enc-apiserver_tls-old = API-serveren taler stadig { $version }.
fault-enc-apiserver_tls-weak = API-serveren tilbyder svage krypteringsmetoder: { $ciphers }.
reason-enc-apiserver_tls-forbidden = { reason-forbidden }
reason-enc-apiserver_tls-absent = { reason-absent }
reason-enc-apiserver_tls-unread = { reason-unread }
reason-enc-apiserver_tls-default = Der er ikke sat krypteringsmetoder, og denne Kubernetes-versions standard kan stadig tilbyde svage. Sæt dem, eller vis, hvad der tilbydes.
fault-enc-apiserver_tls-mixed = { fault-mixed }
reason-enc-apiserver_tls-managed = { reason-managed }
reason-enc-apiserver_tls-in_process = { reason-in_process }
reason-enc-apiserver_tls-elsewhere = { reason-elsewhere }
reason-enc-apiserver_tls-openshift = { reason-openshift }
reason-enc-apiserver_tls-arguments = { reason-arguments }

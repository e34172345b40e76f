## auth.dex_ready

check-auth-dex_ready-title = Loginservicen kører
check-auth-dex_ready-rule = Hver pod, som Dex skal have, er tilgængelig, og der er mindst to.
check-auth-dex_ready-rationale = Uden login falder folk tilbage på fælles nødkonti.
check-auth-dex_ready-remedy = Find ud af, hvorfor dens pods ikke er klar, og kør to af dem.
fault-auth-dex_ready-down = Ingen af Dex’ pods er tilgængelige: ingen kan logge ind.
fault-auth-dex_ready-stopped = Dex er skaleret ned til nul: ingen kan logge ind.
fault-auth-dex_ready-degraded = Ikke alle Dex’ pods er tilgængelige.
fault-auth-dex_ready-single = Dex kører som én pod; går den tabt, kan ingen logge ind.
reason-auth-dex_ready-forbidden = { reason-forbidden }
reason-auth-dex_ready-absent = { reason-absent }
reason-auth-dex_ready-unread = { reason-unread }
reason-auth-dex_ready-elsewhere = Personer logger ind gennem Dex i administrationsklyngen, hvor den bedømmes.
reason-auth-dex_ready-not_installed = Dex er ikke installeret i denne klynge.

## auth.dex_no_static_login

check-auth-dex_no_static_login-title = Ingen logins, som Dex selv opbevarer
check-auth-dex_no_static_login-rule = Dex har ingen egne adgangskoder og ingen prøveforbindelser; det ses af konfigurationen, hvis politikken nævner den. Det, organisationen kun erklærer, skal en person vise.
check-auth-dex_no_static_login-rationale = Et sådant login går uden om organisationens brugerkatalog og dets tofaktorlogin og bliver stående, når nogen stopper.
check-auth-dex_no_static_login-remedy = Slå adgangskodedatabasen fra, og lad alle logge ind gennem brugerkataloget.
fault-auth-dex_no_static_login-passwords = Dex lader folk logge ind med dens egne adgangskoder.
fault-auth-dex_no_static_login-mock = Dex har forbindelser til afprøvning, som lukker alle ind: { $connectors }.
fault-auth-dex_no_static_login-declared = Organisationen erklærer, at Dex lader folk logge ind med dens egne adgangskoder.
reason-auth-dex_no_static_login-forbidden = { reason-forbidden }
reason-auth-dex_no_static_login-absent = { reason-absent }
reason-auth-dex_no_static_login-unread = { reason-unread }
reason-auth-dex_no_static_login-declared_off = Organisationen erklærer, at der ingen er (dex_static_login). Intet er målt; vis Dex’ konfiguration.
reason-auth-dex_no_static_login-undeclared = Dex har sin konfiguration i en Secret, som Bevis ikke læser. Erklær det i politikken (dex_static_login), eller nævn en ConfigMap (dex_config).
reason-auth-dex_no_static_login-no_config = { $config } findes ikke eller er ikke en konfiguration til Dex.
reason-auth-dex_no_static_login-elsewhere = Personer logger ind gennem Dex i administrationsklyngen, hvor den bedømmes.
reason-auth-dex_no_static_login-not_installed = Dex er ikke installeret i denne klynge.

## auth.issuer_reachable

check-auth-issuer_reachable-title = Loginservicen svarer og er den rigtige
check-auth-issuer_reachable-rule = Den udsteder, som politikken nævner, svarer med sit discovery-dokument, nævner sig selv, har offentlige nøgler, underskriver, så andre kan efterprøve det, og er den, API-serverne stoler på.
check-auth-issuer_reachable-rationale = Svarer den ikke, kan ingen logge ind; er det en anden, kan de forkerte måske.
check-auth-issuer_reachable-remedy = Spørg adressen i hånden; ret adressen, certifikatet eller tjenesten.
fault-auth-issuer_reachable-no_document = Noget svarer på denne adresse, og det er ikke en loginservice.
fault-auth-issuer_reachable-other = Loginservicen kalder sig selv “{ $issuer }”, så logins fra den gælder ikke.
fault-auth-issuer_reachable-no_keys = Loginservicen angiver ingen adresse på sine nøgler over HTTPS.
fault-auth-issuer_reachable-weak = Loginservicen tilbyder underskrifter, der kan forfalskes: { $algorithms }.
fault-auth-issuer_reachable-untrusted = API-serverne stoler på en anden loginservice: { $trusted }.
reason-auth-issuer_reachable-forbidden = { reason-forbidden }
reason-auth-issuer_reachable-absent = { reason-absent }
reason-auth-issuer_reachable-unread = { reason-unread }
reason-auth-issuer_reachable-unanswered = { $issuer } svarede ikke Bevis. Om folk kan nå den, vides ikke; kontrollér adressen, netværket, og om dens certifikat er betroet dér, hvor Bevis kører.
reason-auth-issuer_reachable-unseen = Loginservicen svarer, men det kan ikke ses, om API-serverne stoler på den: Bevis ser ingen API-server. En person skal vise det.
reason-auth-issuer_reachable-not_compared = Loginservicen svarer, men ikke alle API-servere nævner deres udsteder med --oidc-issuer-url. Om en anden indstilling, som en fil (--authentication-config), nævner denne, skal en person vise.
reason-auth-issuer_reachable-undeclared = Politikken nævner ingen loginservice (oidc_issuer). Bevis spørger ingen adresse, som en klynge nævner.

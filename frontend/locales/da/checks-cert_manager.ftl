## cert.valid

check-cert-valid-title = Certifikater er gyldige
check-cert-valid-rule = Hvert certifikat er inden for sine datoer, beregnet ud fra dem, og klar.
check-cert-valid-rationale = Et udløbet certifikat standser tjenesten eller lærer folk at klikke advarsler væk.
check-cert-valid-remedy = Find ud af, hvorfor det ikke blev udstedt, og få det fornyet.
fault-cert-valid-expired = Certifikatet udløb { $not_after }.
fault-cert-valid-not_yet_valid = Certifikatet er ikke gyldigt før { $not_before }.
fault-cert-valid-not_ready = Certifikatet har ikke været klar i mere end 10 minutter: { $reason }.
reason-cert-valid-forbidden = { reason-forbidden }
reason-cert-valid-absent = { reason-absent }
reason-cert-valid-unread = { reason-unread }
reason-cert-valid-none = Der er intet certifikat.

## cert.expiring

check-cert-expiring-title = Certifikater fornyes i tide
check-cert-expiring-rule = Intet certifikat venter på fornyelse med mindre end 15 dage tilbage (eller en sjettedel af levetiden, hvis den er kortere), ingen fornyelse er mere end 24 timer forsinket, og intet forsøg er slået fejl.
check-cert-expiring-rationale = En fornyelse, der slår fejl i stilhed, bliver til et nedbrud på en kendt dag.
check-cert-expiring-remedy = Læs hændelserne for certifikatet og dets anmodninger; oftest er det DNS, en grænse for antal forsøg eller udstederen.
fault-cert-expiring-soon = Certifikatet burde være fornyet og udløber { $not_after }.
fault-cert-expiring-stuck = Fornyelsen skulle være sket { $renewal_time }, og er ikke sket.
fault-cert-expiring-failing = Det seneste forsøg på at forny certifikatet slog fejl.
reason-cert-expiring-forbidden = { reason-forbidden }
reason-cert-expiring-absent = { reason-absent }
reason-cert-expiring-unread = { reason-unread }
reason-cert-expiring-none = Der er intet certifikat.

## cert.issuers

check-cert-issuers-title = Udstedere virker og er ikke prøveudstedere
check-cert-issuers-rule = Hver udsteder er klar, og ingen bruger en ACME-udsteders prøveserver.
check-cert-issuers-rationale = Uden en virkende udsteder fornyes intet; ingen stoler på certifikater fra en prøveserver.
check-cert-issuers-remedy = Læs udstederens status; ret dens konto, dens adgang eller adressen på myndigheden.
fault-cert-issuers-not_ready = Udstederen er ikke klar: { $reason }.
fault-cert-issuers-staging = Udstederen bruger en prøveserver: { $server }.
reason-cert-issuers-forbidden = { reason-forbidden }
reason-cert-issuers-absent = { reason-absent }
reason-cert-issuers-unread = { reason-unread }
reason-cert-issuers-none = Der er ingen udsteder.

## cert.key_strength

check-cert-key_strength-title = Nøgler er stærke og udskiftes ved hver fornyelse
check-cert-key_strength-rule = RSA-nøgler har mindst 2048 bit, eller 3072, hvis certifikatet gælder i mere end 398 dage; ECDSA-nøgler mindst 256. Hver fornyelse giver en ny nøgle (rotationPolicy: Always).
check-cert-key_strength-rationale = En kort nøgle kan brydes. En nøgle, der aldrig skiftes, bliver ved med at være stjålet, hvor ofte certifikatet end fornyes.
check-cert-key_strength-remedy = Angiv nøglens størrelse og rotationPolicy: Always i certifikatet. Den næste fornyelse giver den nye nøgle.
fault-cert-key_strength-weak = { $algorithm }-nøglen har { $size } bit; der kræves { $least }.
fault-cert-key_strength-not_rotated = Nøglen bliver den samme, når certifikatet fornyes (rotationPolicy: Never).
reason-cert-key_strength-forbidden = { reason-forbidden }
reason-cert-key_strength-absent = { reason-absent }
reason-cert-key_strength-unread = { reason-unread }
reason-cert-key_strength-rotation_unset = { $count } certifikater angiver ikke, om fornyelse giver en ny nøgle. Fra cert-manager 1.18 gør den det, tidligere gjorde den ikke; hvad der gælder, skal vises af en person: { $certificates }.
reason-cert-key_strength-none = Der er intet certifikat.

## cert.requests

check-cert-requests-title = Det, udstederne bedes om, bliver udstedt
check-cert-requests-rule = Den nyeste anmodning og ordre for hvert certifikat er udstedt eller mindre end 24 timer gammel.
check-cert-requests-rationale = En anmodning, der slår fejl i dag, er et certifikat, der udløber om nogle uger. Dette er det tidlige varsel.
check-cert-requests-remedy = Læs hændelserne for anmodningen og dens ordre. Oftest er det DNS, en grænse for antal eller en manglende godkendelse.
fault-cert-requests-denied = Den nyeste anmodning blev afvist af en godkender.
fault-cert-requests-failed = Den nyeste anmodning slog fejl.
fault-cert-requests-stuck = Den nyeste anmodning har ventet i mere end 24 timer.
fault-cert-requests-order_failed = Ordren hos udstederen slog fejl ({ $state }).
fault-cert-requests-order_stuck = Ordren hos udstederen har ventet i mere end 24 timer.
reason-cert-requests-forbidden = { reason-forbidden }
reason-cert-requests-absent = { reason-absent }
reason-cert-requests-unread = { reason-unread }
reason-cert-requests-none = Der er ingen anmodning.

## log.audit_forwarded

check-log-audit_forwarded-title = Revisionsloggen kan indsamles på hver kontrolnode
check-log-audit_forwarded-rule = På hver node med en API-server skrives revisionsloggen til noden, og et kørende program, der videresender log, kan læse den dér.
check-log-audit_forwarded-rationale = En log, der bliver på én maskine, kan slettes af den, der overtager maskinen.
check-log-audit_forwarded-remedy = Lad programmet, der videresender log, køre på kontrolnoderne også, og giv det adgang til mappen med revisionsloggen. At det også er sat op til at sende loggen, skal vises af en person.
fault-log-audit_forwarded-not_written = API-serveren på denne node skriver ingen revisionslog, så der er ingen at indsamle.
fault-log-audit_forwarded-not_on_node = API-serveren skriver sin revisionslog til { $path } inde i sin container, hvor ingen kan indsamle den, og en genstart sletter den.
fault-log-audit_forwarded-not_read = Intet kørende program på denne node kan læse revisionsloggen ({ $path }) og sende den videre.
reason-log-audit_forwarded-forbidden = { reason-forbidden }
reason-log-audit_forwarded-absent = { reason-absent }
reason-log-audit_forwarded-unread = { reason-unread }
reason-log-audit_forwarded-hidden = API-serverens indstillinger kan ikke ses inde fra klyngen. Leverandøren, eller den der driver kontrolnoderne, skal vise, hvor revisionsloggen sendes hen.
reason-log-audit_forwarded-webhook = API-serveren sender sin revisionslog til en modtager, der ikke kan ses herfra, på { $nodes }. En person skal vise, at den kommer frem.

## log.forwarder_ready

check-log-forwarder_ready-title = Log indsamles på hver node
check-log-forwarder_ready-rule = Alle programmer, der videresender eller samler log, er klar, ingen af dem starter igen og igen, og hver node har et, der videresender log.
check-log-forwarder_ready-rationale = Hvor intet indsamler loggen, ved man ikke, hvad der er sket, og ingen opdager det.
check-log-forwarder_ready-remedy = Find ud af, hvorfor programmet ikke er klar, eller hvorfor en node ikke giver plads til det.
fault-log-forwarder_ready-not_ready = Det har i mere end 10 minutter ikke været klar alle de steder, hvor det skal køre.
fault-log-forwarder_ready-restarting = Det starter igen og igen.
fault-log-forwarder_ready-nowhere = Det er installeret, men sat op til ikke at køre nogen steder.
fault-log-forwarder_ready-uncovered = Intet program videresender log fra disse noder: { $nodes }.
reason-log-forwarder_ready-forbidden = { reason-forbidden }
reason-log-forwarder_ready-absent = { reason-absent }
reason-log-forwarder_ready-unread = { reason-unread }
reason-log-forwarder_ready-none = Der blev ikke fundet noget i klyngen, der videresender log. At log indsamles på anden måde, skal vises af en person.
reason-log-forwarder_ready-virtual = Leverandøren simulerer disse noder, og intet, der videresender log, kan køre på dem. Hvordan deres log indsamles, skal vises af en person: { $nodes }.
reason-log-forwarder_ready-disagree = Disse melder sig klar, men der ses intet af dem, der kører: { $workloads }.

## log.shipping_destination

check-log-shipping_destination-title = Log sendes ud af klyngen
check-log-shipping_destination-rule = Alle modtagere, som klyngens logoperatorer er sat op til at bruge, er uden for klyngen og nås over en krypteret forbindelse, hvor modtageren kontrolleres. Om modtageren kan ændre eller slette det modtagne, bedømmes ikke her.
check-log-shipping_destination-rationale = Den, der overtager en klynge, kan også slette den log, der ligger i den.
check-log-shipping_destination-remedy = Send loggen over TLS til et sted, hvor klyngen ikke kan slette den. Hvis ingen operator fortæller, hvor den sendes hen, så angiv det i politikken, og lad en person vise, at det er sådan.
fault-log-shipping_destination-within = Log sendes til et sted inde i klyngen, og ingen af de kendte modtagere er uden for den.
fault-log-shipping_destination-insecure = Log forlader klyngen ukrypteret, eller uden at det kontrolleres, hvem der modtager den.
fault-log-shipping_destination-refused = Operatoren kan ikke bruge denne modtager.
fault-log-shipping_destination-declared_within = Den modtager, der er angivet i politikken, er inde i klyngen: { $destination }.
fault-log-shipping_destination-declared_insecure = Forbindelsen til den modtager, der er angivet i politikken, er ikke krypteret: { $destination }.
reason-log-shipping_destination-forbidden = { reason-forbidden }
reason-log-shipping_destination-absent = { reason-absent }
reason-log-shipping_destination-unread = { reason-unread }
reason-log-shipping_destination-declared = Politikken angiver, at log sendes til { $destination }. Det er ikke målt og skal vises af en person.
reason-log-shipping_destination-unknown = Om det, disse modtager, forlader klyngen sikkert, kan ikke ses og skal vises af en person: { $outputs }.
reason-log-shipping_destination-undeclared = Hvor disse sender log hen, står i indstillinger, der ikke læses. Det skal vises af en person: { $forwarders }.
reason-log-shipping_destination-none = Der blev ikke fundet noget, der videresender log, og ingen modtager er angivet.

## log.immutable_store

check-log-immutable_store-title = Ingen kan ændre den gemte log
check-log-immutable_store-rule = Det sted, hvor loggen gemmes, lader ingen ændre eller slette den før tid. Det fortæller intet API i klyngen: politikken angiver det med dokumentationen og den dag, den udløber (log_store_lock).
check-log-immutable_store-rationale = En log, der kan ændres bagefter, beviser intet.
check-log-immutable_store-remedy = Slå skrivebeskyttet lagring til, hvor loggen gemmes, opbevar dokumentationen, og angiv begge dele i klyngens politik.
reason-log-immutable_store-forbidden = { reason-forbidden }
reason-log-immutable_store-absent = { reason-absent }
reason-log-immutable_store-unread = { reason-unread }
reason-log-immutable_store-undeclared = Om den gemte log kan ændres, kan ikke læses fra klyngen. Vis, at den ikke kan, for eksempel med udbyderens objektlås, og angiv dokumentationen i politikken (log_store_lock).
reason-log-immutable_store-declared = Politikken angiver, at { $store } kun kan skrives én gang, ved { $evidence }, som gælder til og med { $expires }. Det er ikke målt og skal vises af en person.
reason-log-immutable_store-expired = Dokumentationen for, at { $store } kun kan skrives én gang, { $evidence }, gjaldt til og med { $expires }. Vis det på ny.

## log.retention_job

check-log-retention_job-title = Gammel log slettes som aftalt
check-log-retention_job-rule = Hvert job, der sletter gammel log, er aktivt, er gået godt inden for 48 timer og gemmer log mindst og højst så mange dage, som politikken siger. Hvis log et job sletter, læses ikke: hvor en administrationsklynge gemmer log for flere klynger, skal en person se efter, at hver har sit eget job.
check-log-retention_job-rationale = For kort, og man kan ikke finde ud af, hvad der skete; for længe, og personoplysninger gemmes, som skulle være væk.
check-log-retention_job-remedy = Lad jobbet køre igen, og sæt antallet af dage til det aftalte.
fault-log-retention_job-suspended = Jobbet er sat på pause.
fault-log-retention_job-never = Jobbet er aldrig gået godt.
fault-log-retention_job-old = Jobbet gik senest godt { $last }; det skal det inden for 48 timer.
fault-log-retention_job-too_short = Log gemmes i { $days } dage; mindst { $min } dage er aftalt.
fault-log-retention_job-too_long = Log gemmes i { $days } dage; højst { $max } dage er aftalt.
reason-log-retention_job-forbidden = { reason-forbidden }
reason-log-retention_job-absent = { reason-absent }
reason-log-retention_job-unread = { reason-unread }
reason-log-retention_job-unknown_days = Hvor længe disse gemmer log, står ikke et sted, hvor det kan læses, og skal vises af en person: { $jobs }.
reason-log-retention_job-none = Der blev ikke fundet noget job i klyngen, der sletter gammel log. At det sker et andet sted, skal vises af en person.

## bak.offsite

check-bak-offsite-title = Backup kopieres til et andet sted
check-bak-offsite-rule = Hvert job, der kopierer backup, er aktivt og er gået godt inden for to af sine intervaller. Hvor kopierne lægges, bedømmes ikke her.
check-bak-offsite-rationale = Backup på ét sted går tabt sammen med stedet.
check-bak-offsite-remedy = Læs jobbets log, ret årsagen, og start det i hånden.
fault-bak-offsite-suspended = Jobbet er sat på pause.
fault-bak-offsite-never = Jobbet er aldrig gået godt ({ $schedule }).
fault-bak-offsite-old = Jobbet gik senest godt { $last }, og det er mere end to af dets intervaller siden ({ $schedule }).
reason-bak-offsite-forbidden = { reason-forbidden }
reason-bak-offsite-absent = { reason-absent }
reason-bak-offsite-unread = { reason-unread }
reason-bak-offsite-none = Der blev ikke fundet noget job i klyngen, der kopierer backup. At der er en kopi mere, skal vises af en person.

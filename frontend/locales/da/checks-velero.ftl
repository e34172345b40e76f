## bak.location

check-bak-location-title = Lageret til backup er tilgængeligt
check-bak-location-rule = Hvert lager er tilgængeligt og er efterset af Velero inden for tre gange sit interval.
check-bak-location-rationale = Uden lageret tages der ingen backup, og ingen kan genskabes.
check-bak-location-remedy = Se efter adgangsoplysninger, spand og netværk, og om Velero kører.
fault-bak-location-unavailable = Velero kan ikke bruge lageret.
fault-bak-location-not_validated = Velero skulle efterse lageret med { $frequency } mellemrum og har ikke gjort det; måske er Velero nede.
fault-bak-location-none = Velero har intet lager.
reason-bak-location-forbidden = { reason-forbidden }
reason-bak-location-absent = { reason-absent }
reason-bak-location-unread = { reason-unread }
reason-bak-location-unknown = Om disse lagre er tilgængelige, vides ikke, eller efterses ikke jævnligt: { $locations }.
reason-bak-location-never_ran = { reason-never_ran }

## bak.recent

check-bak-recent-title = Backup er ny
check-bak-recent-rule = Hver aktiv plan har en fuldført backup, der ikke er ældre end planens interval, med to timers frist; længere, hvis planen ikke angiver tidszone.
check-bak-recent-rationale = Alderen på den nyeste gode backup er det, man ville miste.
check-bak-recent-remedy = Find ud af, hvorfor backup slår fejl eller ikke starter, og start en i hånden.
fault-bak-recent-none = Der er ingen fuldført backup, der er så ny, som planen lover ({ $schedule }).
reason-bak-recent-forbidden = { reason-forbidden }
reason-bak-recent-absent = { reason-absent }
reason-bak-recent-unread = { reason-unread }
reason-bak-recent-no_schedule = Velero har ingen plan. At der tages backup på anden måde, skal vises af en person.
reason-bak-recent-none_active = Ingen plan er aktiv.
reason-bak-recent-never_ran = { reason-never_ran }

## bak.failed

check-bak-failed-title = Den seneste backup gik godt
check-bak-failed-rule = Den seneste backup i hver plan blev fuldført uden fejl, og ingen har kørt i mere end 24 timer.
check-bak-failed-rationale = En backup, der delvist slog fejl, mangler noget, og ingen ved hvad, før det skal bruges.
check-bak-failed-remedy = Læs backuppens log, ret årsagen, og start en i hånden.
fault-bak-failed-failed = Den seneste backup slog fejl ({ $phase }).
fault-bak-failed-partial = Den seneste backup var ufuldstændig ({ $phase }).
fault-bak-failed-stuck = En backup har kørt i mere end 24 timer ({ $phase }).
reason-bak-failed-forbidden = { reason-forbidden }
reason-bak-failed-absent = { reason-absent }
reason-bak-failed-unread = { reason-unread }
reason-bak-failed-no_schedule = Velero har ingen plan.
reason-bak-failed-never_ran = { reason-never_ran }

## bak.coverage

check-bak-coverage-title = Navnerum med data er med i backup
check-bak-coverage-rule = Hvert navnerum, der beder om lagerplads, er med i en aktiv plan, og hverken det eller en volumen i det er mærket til at blive udeladt. Planen eller dens nyeste gennemførte backup kopierer volumener fil for fil, eller den backup rummer snapshots af volumener eller har flyttet deres data; af hvilke volumener bedømmes ikke.
check-bak-coverage-rationale = Det, der er udeladt ved en fejl, opdages først, når man får brug for det.
check-bak-coverage-remedy = Tag navnerummet med i en plan, eller fjern den label, der udelader det.
fault-bak-coverage-not_covered = Navnerummet rummer data, og ingen aktiv plan tager det med.
fault-bak-coverage-labelled_out = Navnerummet rummer data, og det eller en volumen i det er mærket til at blive udeladt fra backup.
reason-bak-coverage-forbidden = { reason-forbidden }
reason-bak-coverage-absent = { reason-absent }
reason-bak-coverage-unread = { reason-unread }
reason-bak-coverage-uncertain = Om data i { $count } navnerum er med i en backup, afhænger af labels, volumenpolitikker eller annotationer og skal vises af en person: { $namespaces }.
reason-bak-coverage-no_copies = Objekterne i { $count } navnerum er med i en backup, men hverken en plan, der tager dem med, eller dens nyeste gennemførte backup kopierer volumener fil for fil, og disse backupper rummer intet snapshot af en volumen og har ikke flyttet data fra nogen, som hvor intet snapshotværktøj er sat op. At deres data bliver kopieret, skal en person vise: { $namespaces }.
reason-bak-coverage-no_data = Intet navnerum beder om lagerplads.
reason-bak-coverage-never_ran = { reason-never_ran }

## bak.enabled

check-bak-enabled-title = Planerne er aktive
check-bak-enabled-rule = Hver plan er godtaget af Velero, og ingen er sat på pause.
check-bak-enabled-rationale = En plan, der blev sat på pause i en time, er ofte stadig på pause et år efter.
check-bak-enabled-remedy = Lad planen fortsætte, eller slet den, hvis den ikke længere skal bruges.
fault-bak-enabled-paused = Planen er sat på pause.
fault-bak-enabled-invalid = Velero har afvist planen som ugyldig.
fault-bak-enabled-not_accepted = Velero har ikke godtaget planen ({ $phase }).
reason-bak-enabled-forbidden = { reason-forbidden }
reason-bak-enabled-absent = { reason-absent }
reason-bak-enabled-unread = { reason-unread }
reason-bak-enabled-no_schedule = Velero har ingen plan. At der tages backup på anden måde, skal vises af en person.
reason-bak-enabled-never_ran = { reason-never_ran }

## bak.restore_test

check-bak-restore_test-title = Genskabelse er afprøvet
check-bak-restore_test-rule = En genskabelse er fuldført uden fejl inden for de dage, som politikken kræver.
check-bak-restore_test-rationale = En backup, der aldrig er genskabt, er et håb. Først en genskabelse viser, at den kan bruges.
check-bak-restore_test-remedy = Genskab et navnerum i et andet, se efter, hvad der kom tilbage, og skriv ned, hvem der så efter.
fault-bak-restore_test-never = Ingen genskabelse er fuldført; der forventes en hver { $days }. dag.
fault-bak-restore_test-old = Den seneste genskabelse blev fuldført { $last }; der forventes en hver { $days }. dag.
reason-bak-restore_test-forbidden = { reason-forbidden }
reason-bak-restore_test-absent = { reason-absent }
reason-bak-restore_test-unread = { reason-unread }
reason-bak-restore_test-never_ran = { reason-never_ran }

## bak.retention

check-bak-retention-title = Backup gemmes så længe som aftalt
check-bak-retention-rule = Hver plan gemmer sine backupper mindst og højst så mange dage, som politikken siger; 30 dage, hvis planen intet siger.
check-bak-retention-rationale = For kort, og en gammel fejl kan ikke rettes; for længe, og data gemmes, som skulle være væk.
check-bak-retention-remedy = Sæt planens ttl til det aftalte.
fault-bak-retention-too_short = Backup gemmes i { $ttl }; mindst { $days } dage er aftalt.
fault-bak-retention-too_long = Backup gemmes i { $ttl }; højst { $days } dage er aftalt.
reason-bak-retention-forbidden = { reason-forbidden }
reason-bak-retention-absent = { reason-absent }
reason-bak-retention-unread = { reason-unread }
reason-bak-retention-no_schedule = Velero har ingen plan.
reason-bak-retention-never_ran = { reason-never_ran }

## bak.location_tls

check-bak-location_tls-title = Backup sendes krypteret
check-bak-location_tls-rule = Hvert lager nås over TLS, og lagerets certifikat kontrolleres.
check-bak-location_tls-rationale = En backup rummer alt. Sendes den i klartekst eller til hvem der end svarer, kan den læses eller opsnappes undervejs.
check-bak-location_tls-remedy = Giv lageret en https-adresse og et certifikat, som Velero kan kontrollere (caCert), og fjern insecureSkipTLSVerify.
fault-bak-location_tls-insecure = Lageret nås uden kryptering: adressen begynder med http.
fault-bak-location_tls-unverified = Lagerets certifikat kontrolleres ikke (insecureSkipTLSVerify).
reason-bak-location_tls-forbidden = { reason-forbidden }
reason-bak-location_tls-absent = { reason-absent }
reason-bak-location_tls-unread = { reason-unread }
reason-bak-location_tls-unknown = Hvordan disse lagre nås, kan ikke ses og skal vises af en person: { $locations }.
reason-bak-location_tls-none = Velero har intet lager.
reason-bak-location_tls-never_ran = { reason-never_ran }

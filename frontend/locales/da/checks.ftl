# Hvad kontrollerne spørger om, hvorfor, og hvad man gør; hvad der er galt; og hvorfor et resultat er, som det er.
# Nøgler: check-<id>-…, fault-<check>-<fault>, reason-<check>-<reason>, med id'ers punktummer som bindestreger.

reason-forbidden = Bevis må ikke læse det nødvendige. Denne tilladelse mangler: { $permission }.
reason-absent = Ikke installeret: klyngen kender ikke { $resource }.
reason-unread = Det, der kunne læses, er ikke nok til at bedømme ud fra.
reason-inactive = Klyngen mangler de roller eller bindinger, som Kubernetes selv opretter, så adgang afgøres ikke af dem.
reason-never_ran = Velero er installeret og har hverken plan, backup eller lager.

## rbac.no_admin_to_everyone

check-rbac-no_admin_to_everyone-title = Ingen er administrator i flæng
check-rbac-no_admin_to_everyone-rule = Ingen binding giver alle rettigheder til enhver, der er logget ind, til hvem som helst eller til alle tjenestekonti.
check-rbac-no_admin_to_everyone-rationale = En rettighed, som alle har, beskytter intet: en stjålet adgangskode eller en kompromitteret pod er nok til at overtage klyngen.
check-rbac-no_admin_to_everyone-remedy = Slet bindingen, og bind rollen til netop den gruppe, der har brug for den.
fault-rbac-no_admin_to_everyone-cluster = { $subject } er administrator af hele klyngen gennem { $role }.
fault-rbac-no_admin_to_everyone-namespace = { $subject } er administrator af dette navnerum gennem { $role }.
reason-rbac-no_admin_to_everyone-forbidden = { reason-forbidden }
reason-rbac-no_admin_to_everyone-absent = { reason-absent }
reason-rbac-no_admin_to_everyone-unread = { reason-unread }
reason-rbac-no_admin_to_everyone-inactive = { reason-inactive }

## rbac.no_unauthenticated_grants

check-rbac-no_unauthenticated_grants-title = Intet er givet til brugere, der ikke er logget ind
check-rbac-no_unauthenticated_grants-rule = Brugere, der ikke er logget ind, kan se klyngens version og tilstand, og intet andet.
check-rbac-no_unauthenticated_grants-rationale = Det, der ikke kræver login, kan læses af enhver, der kan nå API-serveren, uden at man kan se hvem.
check-rbac-no_unauthenticated_grants-remedy = Fjern system:unauthenticated og system:anonymous fra bindingen, eller slet bindingen.
fault-rbac-no_unauthenticated_grants-granted = { $subject } har rettighederne i { $role } uden at logge ind.
fault-rbac-no_unauthenticated_grants-discovery = { $subject } kan se listen over klyngens API'er gennem { $role }; det var standard til og med Kubernetes 1.13.
fault-rbac-no_unauthenticated_grants-dangling = { $subject } er bundet til { $role }, som endnu intet giver; det, den kommer til at give, kræver ikke login.
fault-rbac-no_unauthenticated_grants-cluster_info = { $subject } kan læse det, som kubeadm offentliggør til noder, der skal tilsluttes, gennem { $role }; det kan fjernes mellem tilslutninger.
reason-rbac-no_unauthenticated_grants-forbidden = { reason-forbidden }
reason-rbac-no_unauthenticated_grants-absent = { reason-absent }
reason-rbac-no_unauthenticated_grants-unread = { reason-unread }
reason-rbac-no_unauthenticated_grants-inactive = { reason-inactive }

## rbac.cluster_admin_baseline

check-rbac-cluster_admin_baseline-title = Administratorerne er dem, der er godkendt
check-rbac-cluster_admin_baseline-rule = Enhver, der har alle rettigheder i hele klyngen, står på den godkendte liste eller er en af de grupper, som Kubernetes og kubeadm selv opretter.
check-rbac-cluster_admin_baseline-rationale = Administratorer kan gøre og fjerne alt. Hvem de er, skal være en beslutning, og klyngen skal stemme med den.
check-rbac-cluster_admin_baseline-remedy = Slet bindingen for dem, der ikke er godkendt, eller føj dem efter godkendelse til cluster_admins i klyngens politik.
fault-rbac-cluster_admin_baseline-not_approved = { $subject } er administrator af hele klyngen gennem { $role } og står ikke på den godkendte liste.
reason-rbac-cluster_admin_baseline-forbidden = { reason-forbidden }
reason-rbac-cluster_admin_baseline-absent = { reason-absent }
reason-rbac-cluster_admin_baseline-unread = { reason-unread }
reason-rbac-cluster_admin_baseline-no_list = Der er ingen liste over godkendte administratorer (cluster_admins). Ud over de indbyggede grupper har disse alle rettigheder ({ $count }): { $subjects }.
reason-rbac-cluster_admin_baseline-inactive = { reason-inactive }

## rbac.no_system_masters

check-rbac-no_system_masters-title = Gruppen system:masters er ikke bundet andre steder
check-rbac-no_system_masters-rule = Ingen anden binding end den indbyggede nævner gruppen system:masters.
check-rbac-no_system_masters-rationale = Gruppens medlemmer slipper gennem enhver kontrol, og det kan ikke tages fra dem ved at ændre bindinger. Det må ikke blive en vane.
check-rbac-no_system_masters-remedy = Slet bindingen, og bind rollen til en gruppe, I selv råder over.
fault-rbac-no_system_masters-named = Bindingen nævner system:masters, med { $role }.
reason-rbac-no_system_masters-forbidden = { reason-forbidden }
reason-rbac-no_system_masters-absent = { reason-absent }
reason-rbac-no_system_masters-unread = { reason-unread }
reason-rbac-no_system_masters-inactive = { reason-inactive }

## rbac.no_wildcards

check-rbac-no_wildcards-title = Ingen rolle tillader alt
check-rbac-no_wildcards-rule = Ingen rolle tillader alle handlinger på alle ressourcer i en API-gruppe, bortset fra dem, som Kubernetes selv opretter.
check-rbac-no_wildcards-rationale = En stjerne giver også det, der endnu ikke findes, så ingen kan sige, hvad rollen tillader.
check-rbac-no_wildcards-remedy = Skriv de nødvendige ressourcer og handlinger i stedet for stjernerne.
fault-rbac-no_wildcards-wildcard = Rollen tillader alle handlinger på alle ressourcer i disse API-grupper: { $groups }.
reason-rbac-no_wildcards-forbidden = { reason-forbidden }
reason-rbac-no_wildcards-absent = { reason-absent }
reason-rbac-no_wildcards-unread = { reason-unread }
reason-rbac-no_wildcards-inactive = { reason-inactive }

## rbac.secret_readers

check-rbac-secret_readers-title = Kun godkendte personer læser Secrets
check-rbac-secret_readers-rule = Brugere og grupper, der kan hente, opremse eller følge Secrets, står på den godkendte liste. Tjenestekonti bedømmes ikke her.
check-rbac-secret_readers-rationale = Secrets rummer adgangskoder til databaser og andre systemer; den, der læser dem, kan læse det, der ligger bag.
check-rbac-secret_readers-remedy = Fjern Secrets fra rollen, eller føj efter godkendelse gruppen til secret_readers i klyngens politik.
fault-rbac-secret_readers-reads = { $subject } kan læse Secrets gennem { $role } og står ikke på den godkendte liste.
fault-rbac-secret_readers-reads_named = { $subject } kan læse bestemte navngivne Secrets gennem { $role } og står ikke på den godkendte liste.
fault-rbac-secret_readers-everybody = { $subject } kan læse Secrets gennem { $role }: det er alle.
reason-rbac-secret_readers-forbidden = { reason-forbidden }
reason-rbac-secret_readers-absent = { reason-absent }
reason-rbac-secret_readers-unread = { reason-unread }
reason-rbac-secret_readers-no_list = Der er ingen liste over godkendte læsere (secret_readers). Disse kan læse Secrets ({ $count }): { $subjects }.
reason-rbac-secret_readers-inactive = { reason-inactive }

## rbac.escalation_verbs

check-rbac-escalation_verbs-title = Ingen kan udvide sine egne rettigheder
check-rbac-escalation_verbs-rule = Ingen andre end Kubernetes selv og godkendte administratorer kan udvide eller binde roller, optræde som andre, udstede tokens, godkende certifikater, ændre admission webhooks eller bruge nodes/proxy. De indbyggede roller admin og edit i et navnerum tæller ikke med, når de optræder som navnerummets tjenestekonti.
check-rbac-escalation_verbs-rationale = Hver af disse er en vej til at blive administrator, uden at det ser sådan ud.
check-rbac-escalation_verbs-remedy = Fjern handlingen eller ressourcen fra rollen, eller slet bindingen.
fault-rbac-escalation_verbs-holds = { $subject } har gennem { $role }: { $powers }.
reason-rbac-escalation_verbs-forbidden = { reason-forbidden }
reason-rbac-escalation_verbs-absent = { reason-absent }
reason-rbac-escalation_verbs-unread = { reason-unread }
reason-rbac-escalation_verbs-administrators = Der er ingen liste over godkendte administratorer (cluster_admins). Disse har rettighederne som administratorer ({ $count }): { $subjects }.
reason-rbac-escalation_verbs-inactive = { reason-inactive }

## pod.policy_mechanism

check-pod-policy_mechanism-title = Noget holder privilegerede pods ude
check-pod-policy_mechanism-rule = Hvert navnerum er beskyttet af Pod Security Admission eller af et andet politikværktøj, medmindre politikken angiver det som privilegeret.
check-pod-policy_mechanism-rationale = Uden en sådan mekanisme kan enhver, der må starte en pod, overtage den node, den kører på.
check-pod-policy_mechanism-remedy = Giv navnerummet et Pod Security-niveau, eller vis, at et andet værktøj dækker det.
fault-pod-policy_mechanism-none = Navnerummet håndhæver intet Pod Security-niveau, og klyngen har intet andet politikværktøj.
reason-pod-policy_mechanism-forbidden = { reason-forbidden }
reason-pod-policy_mechanism-absent = { reason-absent }
reason-pod-policy_mechanism-unread = { reason-unread }
reason-pod-policy_mechanism-other_engine = { $count } navnerum håndhæver intet Pod Security-niveau. Om { $engines } dækker dem, skal en person vise: { $namespaces }.
reason-pod-policy_mechanism-groups_hidden = { $count } navnerum håndhæver intet Pod Security-niveau, og om der er et andet værktøj, kan ikke ses: tilladelsen “{ $permission }” mangler.

## pod.psa_level

check-pod-psa_level-title = Navnerum håndhæver baseline eller restricted
check-pod-psa_level-rule = Hvert navnerum har labelen pod-security.kubernetes.io/enforce med baseline eller restricted. Privileged eller ingen label er for de navnerum, som politikken nævner.
check-pod-psa_level-rationale = En privilegeret pod kan læse og ændre alt på sin node og derfra ofte hele klyngen.
check-pod-psa_level-remedy = Prøv niveauet med warn og audit først, og håndhæv det så.
fault-pod-psa_level-unlabelled = Navnerummet har intet niveau. Så gælder API-serverens standard, som ikke kan ses, og som er privileged, hvis den ikke er ændret.
fault-pod-psa_level-privileged = Navnerummet tillader privilegerede pods, og politikken nævner det ikke.
fault-pod-psa_level-invalid = Niveauet “{ $value }” findes ikke. API-serveren anvender restricted; ret labelen.
fault-pod-psa_level-invalid_version = Versionen “{ $value }” findes ikke. API-serveren anvender den nyeste; ret labelen.
reason-pod-psa_level-forbidden = { reason-forbidden }
reason-pod-psa_level-absent = { reason-absent }
reason-pod-psa_level-unread = { reason-unread }
reason-pod-psa_level-no_admission = Kubernetes { $version } håndhæver ikke Pod Security-niveauer; det sker først fra 1.23.

## pod.psp_legacy

check-pod-psp_legacy-title = PodSecurityPolicy, til og med Kubernetes 1.24
check-pod-psp_legacy-rule = Til og med Kubernetes 1.24 holder mindst én PodSecurityPolicy privilegerede pods ude. Senere versioner har den ikke.
check-pod-psp_legacy-rationale = Klynger, der ikke er flyttet, hviler på en mekanisme, der ophører med 1.25.
check-pod-psp_legacy-remedy = Gå over til Pod Security Admission, før der opgraderes til 1.25.
fault-pod-psp_legacy-permissive = Politikken tillader det, der fører til noden, og der er ingen strengere.
reason-pod-psp_legacy-forbidden = { reason-forbidden }
reason-pod-psp_legacy-absent = { reason-absent }
reason-pod-psp_legacy-unread = { reason-unread }
reason-pod-psp_legacy-removed = Denne version af Kubernetes har ikke længere PodSecurityPolicy.
reason-pod-psp_legacy-unused = Der er ingen PodSecurityPolicy.
reason-pod-psp_legacy-plugin_unknown = { $count } politikker holder privilegerede pods ude. At udvidelsen er slået til, og at roller giver adgang til politikkerne, kan ikke ses og skal vises af en person.

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

## bak.location

check-bak-location-title = Lageret til backup er tilgængeligt
check-bak-location-rule = Hvert lager er tilgængeligt, er efterset af Velero inden for tre gange sit interval, og nås over kontrolleret TLS.
check-bak-location-rationale = Uden lageret tages der ingen backup, og ingen kan genskabes.
check-bak-location-remedy = Se efter adgangsoplysninger, spand og netværk, og om Velero kører.
fault-bak-location-unavailable = Velero kan ikke bruge lageret.
fault-bak-location-not_validated = Velero skulle efterse lageret med { $frequency } mellemrum og har ikke gjort det; måske er Velero nede.
fault-bak-location-insecure = Lageret nås uden TLS eller uden at certifikatet kontrolleres.
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
check-bak-coverage-rule = Hvert navnerum, der beder om lagerplads, er med i en aktiv plan, og hverken det eller en volumen i det er mærket til at blive udeladt.
check-bak-coverage-rationale = Det, der er udeladt ved en fejl, opdages først, når man får brug for det.
check-bak-coverage-remedy = Tag navnerummet med i en plan, eller fjern den label, der udelader det.
fault-bak-coverage-not_covered = Navnerummet rummer data, og ingen aktiv plan tager det med.
fault-bak-coverage-labelled_out = Navnerummet rummer data, og det eller en volumen i det er mærket til at blive udeladt fra backup.
reason-bak-coverage-forbidden = { reason-forbidden }
reason-bak-coverage-absent = { reason-absent }
reason-bak-coverage-unread = { reason-unread }
reason-bak-coverage-uncertain = Om data i { $count } navnerum er med i en backup, afhænger af labels, volumenpolitikker eller annotationer og skal vises af en person: { $namespaces }.
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

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

## rbac.exec_rights

check-rbac-exec_rights-title = Kun godkendte personer går ind i kørende pods
check-rbac-exec_rights-rule = Brugere og grupper, der kan køre kommandoer i pods, koble sig på dem, åbne tunneller til dem eller tilføje fejlsøgningscontainere, står på den godkendte liste. Tjenestekonti bedømmes ikke her.
check-rbac-exec_rights-rationale = Den, der går ind i en pod, ser det, applikationen ser, uden om dens eget login og dens egen log.
check-rbac-exec_rights-remedy = Fjern pods/exec, pods/attach, pods/portforward og pods/ephemeralcontainers fra rollen, eller føj efter godkendelse gruppen til exec_users i klyngens politik.
fault-rbac-exec_rights-enters = { $subject } kan bruge { $powers } gennem { $role } og står ikke på den godkendte liste.
fault-rbac-exec_rights-everybody = { $subject } kan bruge { $powers } gennem { $role }: det er alle.
reason-rbac-exec_rights-forbidden = { reason-forbidden }
reason-rbac-exec_rights-absent = { reason-absent }
reason-rbac-exec_rights-unread = { reason-unread }
reason-rbac-exec_rights-no_list = Der er ingen liste over godkendte personer (exec_users). Disse kan gå ind i pods ({ $count }): { $subjects }.
reason-rbac-exec_rights-inactive = { reason-inactive }

## rbac.groups_not_users

check-rbac-groups_not_users-title = Rettigheder gives til grupper, ikke til personer
check-rbac-groups_not_users-rule = Ingen binding nævner en person. Rettigheder gives til grupper, hvis medlemmer identitetsudbyderen holder styr på.
check-rbac-groups_not_users-rationale = Når nogen stopper, forlader de grupperne. En rettighed, der er givet ved navn, bliver stående, og ingen tænker på den.
check-rbac-groups_not_users-remedy = Opret en gruppe hos identitetsudbyderen, bind rollen til den, og slet bindingen til personen.
fault-rbac-groups_not_users-person = { $subject } er nævnt ved navn, med { $role }.
reason-rbac-groups_not_users-forbidden = { reason-forbidden }
reason-rbac-groups_not_users-absent = { reason-absent }
reason-rbac-groups_not_users-unread = { reason-unread }
reason-rbac-groups_not_users-inactive = { reason-inactive }

## rbac.separation

check-rbac-separation-title = Ingen administrerer både en klynge og dens logge
check-rbac-separation-rule = Ingen administrator af den klynge, der gemmer loggene, eller af en, hvis logge denne gemmer, er administrator her, bortset fra dem, som politikken nævner til begge. Hvem de er, siger politikken (sister_admins) eller ellers det, Bevis så ved seneste læsning af de klynger, som denne hører sammen med. Navne sammenlignes, som bindingerne skriver dem; hvem der er medlem af en gruppe, kan ikke ses herfra.
check-rbac-separation-rationale = Den, der administrerer begge, kan gøre noget og fjerne sporet af det.
check-rbac-separation-remedy = Fjern adgangen i den ene af de to, eller føj den efter godkendelse til admins_of_both i klyngens politik.
fault-rbac-separation-of_both = { $subject } er administrator her gennem { $role } og af en klynge, som denne hører sammen med.
reason-rbac-separation-forbidden = { reason-forbidden }
reason-rbac-separation-absent = { reason-absent }
reason-rbac-separation-unread = { reason-unread }
reason-rbac-separation-not_told = Det vides ikke, hvem der administrerer den klynge, der gemmer loggene: det er ikke angivet (sister_admins), og ingen klynge, som denne hører sammen med, er læst helt for nylig. At ingen administrerer begge, skal vises af en person.
reason-rbac-separation-no_sister = Efter klyngens politik gemmer ingen anden klynge dens logge (sister_admins er tom).
reason-rbac-separation-inactive = { reason-inactive }

## rbac.default_sa

check-rbac-default_sa-title = Standardtjenestekontoen har ingen rettigheder
check-rbac-default_sa-rule = Intet er givet til tjenestekontoen ved navn default eller til alle konti i et navnerum, og dens token lægges ikke i pods, der ikke har bedt om det.
check-rbac-default_sa-rationale = Enhver pod, der ikke beder om en anden konto, har denne. Det, den kan, kan enhver pod, som nogen bryder ind i.
check-rbac-default_sa-remedy = Giv arbejdsbyrden sin egen konto, og bind rollen til den. Sæt automountServiceAccountToken: false på standardkontoen.
fault-rbac-default_sa-bound = { $subject } har rettighederne i { $role }, og dermed enhver pod, der ikke beder om en anden konto.
fault-rbac-default_sa-mounted = Standardkontoens token lægges i enhver pod, der ikke siger nej til det.
reason-rbac-default_sa-forbidden = { reason-forbidden }
reason-rbac-default_sa-absent = { reason-absent }
reason-rbac-default_sa-unread = { reason-unread }
reason-rbac-default_sa-inactive = { reason-inactive }

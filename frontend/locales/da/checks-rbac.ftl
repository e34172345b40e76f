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

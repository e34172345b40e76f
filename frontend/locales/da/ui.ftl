## Rammen om hver side

document-title = { $page } · Bevis
skip-to-content = Gå til indholdet
nav-label = Hovedmenu
nav-menu = Menu
nav-group-evidence = Beviser
nav-group-time = Over tid
nav-group-sources = Kilder
nav-group-records = Arkiv
nav-overview = Overblik
nav-controls = Kontroller
nav-checks = Tjek
nav-findings = Fund
nav-clusters = Klynger
nav-packs = Pakker
log-out = Log ud
display-menu = Visning
display-language = Sprog
display-colours = Farver
display-time-zone = Tidszone og mere …
theme-system-colours = Som systemet
theme-light-colours = Lys
theme-dark-colours = Mørk
footer-as-of = Opgjort
footer-time-zone = Tider er i { $zone }
footer-version = Bevis { $version }

## Tider og varigheder

time-just-now = netop nu
time-ago = for { $span } siden
time-milliseconds = { $count } ms
time-seconds = { $count } s
time-minutes = { $count } min.
time-hours = { $count ->
    [one] { $count } time
   *[other] { $count } timer
}
time-days = { $count ->
    [one] { $count } dag
   *[other] { $count } dage
}

## Roller

role-viewer = Læser
role-manager = Leder
role-engineer = Tekniker
role-security_officer = Sikkerhedsansvarlig
role-admin = Administrator
role-auditor = Auditor

## De ti ærlige tilstande

state-met = Opfyldt
state-not_met = Ikke opfyldt
state-unreachable = Svarer ikke
state-not_visible = Ikke synlig
state-stale = Forældet
state-not_assessed = Ikke vurderet
state-partly_covered = Delvist dækket
state-needs_review = Skal vurderes
state-accepted_risk = Accepteret risiko
state-not_applicable = Ikke relevant
state-met-means = Alt, hvad der blev spurgt om, er set og er i orden.
state-not_met-means = Noget, som kontrollen kræver, er set fejle.
state-unreachable-means = Klyngen svarede ikke.
state-not_visible-means = Forbudt eller skjult; en tilladelse eller et dokument ville åbne for det.
state-stale-means = Det læste er ældre, end det må være.
state-not_assessed-means = Ingen kilde er installeret, den har aldrig kørt, eller der findes intet tjek.
state-partly_covered-means = Nogle emner eller klynger blev ikke læst.
state-needs_review-means = Et menneske skal vurdere det.
state-accepted_risk-means = Det fejler, og risikoen er accepteret for en tid.
state-not_applicable-means = SoA-dokumentet holder den udenfor.

## Hvorfor en kontrol har sin tilstand

why-no_check = Intet automatisk tjek siger noget om denne kontrol. Et menneske skal vise, at den er opfyldt.
why-no_cluster = Der er ingen klynger registreret, så intet er undersøgt.
why-checks = Tilstanden følger af tjekkene herunder.
why-not_retained = Den log over aflæsninger, som dens tjek byggede på, er slettet efter en opbevaringsregel. Hvilken tilstand den var i, kan ikke siges, hverken god eller dårlig.
why-manual_part = Alle tjek består. Resten af kontrollen skal vises af et menneske.
why-only_supporting = Alle tjek består, men ingen af dem er alene nok til at vise, at kontrollen er opfyldt.

## Bevis, styrke, temaer

evidence-automatic = Automatisk
evidence-partial = Delvist automatisk
evidence-manual = Manuel
evidence-automatic-means = Klynger kan vise det hele.
evidence-partial-means = Klynger kan vise en del; et menneske skal vise resten.
evidence-manual-means = Klynger kan ikke vise den; det skal et menneske.
strength-direct = Direkte
strength-supporting = Understøttende
theme-organizational = Organisatoriske
theme-people = Personrelaterede
theme-physical = Fysiske
theme-technological = Teknologiske

## Udfald af tjek

outcome-pass = Bestået
outcome-fail = Fejlet
outcome-needs_review = Skal vurderes
outcome-error = Fejl i kilden
outcome-not_applicable = Ikke relevant
outcome-not_visible = Ikke synlig
outcome-stale = Forældet
outcome-not_evaluated = Ikke undersøgt

## Hvor meget en læsning dækkede

coverage-complete = Fuldstændig
coverage-truncated = Afkortet
coverage-forbidden = Forbudt
coverage-hidden = Skjult
coverage-absent = Ikke installeret
coverage-never_ran = Har aldrig kørt
coverage-stale = Forældet
coverage-unreachable = Svarer ikke
coverage-failed = Mislykket
coverage-complete-means = Alt blev læst.
coverage-truncated-means = Noget blev læst: en liste blev afkortet, eller enkelte objekter kunne ikke forstås.
coverage-forbidden-means = API-serveren afviste: en tilladelse mangler.
coverage-hidden-means = Det findes, men kan ikke ses herfra.
coverage-absent-means = Dets API findes ikke: det er ikke installeret.
coverage-never_ran-means = Det er installeret, men har aldrig leveret noget.
coverage-stale-means = Dets egne data er ældre, end dets interval tillader.
coverage-unreachable-means = API-serveren svarede ikke.
coverage-failed-means = API-serveren svarede, men læsningen mislykkedes.

## Alvor

severity-critical = Kritisk
severity-high = Høj
severity-medium = Middel
severity-low = Lav
severity-info = Info
severity-unknown = Ukendt

## Kilder

source-rbac = RBAC
source-pod_security = Pod Security
source-pods = Kørende pods
source-gatekeeper = Gatekeeper
source-kyverno = Kyverno
source-policy_report = Politikrapporter
source-cert_manager = cert-manager
source-velero = Velero
source-api_server = Kontrolplan
source-dex = Dex
source-nodes = Noder
source-audit_log = Videresendelse af log
source-falco = Falco
source-network = Netværk
source-workloads = Arbejdsbyrder
source-storage = Lager
source-inventory = Fortegnelse
source-trivy = Trivy Operator
source-kube_bench = kube-bench
source-custom = Egne tjek
source-rbac-means = Roller og bindinger
source-pod_security-means = Navnerumsmærker fra Pod Security Admission
source-pods-means = Hvad kørende pods må
source-gatekeeper-means = Gatekeepers regler, hvad der bryder dem, og om de er i kraft
source-kyverno-means = Kyvernos politikker, og om de er i kraft
source-policy_report-means = Hvad Kyverno og andre politikværktøjer rapporterer
source-cert_manager-means = Certifikater og udstedere
source-velero-means = Sikkerhedskopier, planer og genskabelser
source-api_server-means = API-serverens og dens databases indstillinger
source-dex-means = Loginservicen
source-nodes-means = Versioner, steder, redundans og ure
source-audit_log-means = Det, der videresender log, hvor den sendes hen, og job, der sletter gammel log eller kopierer backup
source-falco-means = Om Falco kører på hver node, og om dens alarmer bliver givet videre
source-network-means = Netværkspolitikker, og hvad der kan nås udefra
source-workloads-means = Hvad arbejdsbyrder kører, og hvordan
source-storage-means = Volumener og de klasser, de er lavet af
source-inventory-means = Navnerums labels: ejere, klassifikation, miljøer
source-falco_events = Falco-hændelser
source-audit_events = Revisionshændelser
source-external = Andre scannere
source-falco_events-means = Alarmer, som Falco sender
source-audit_events-means = Det, API-serveren melder om forespørgsler til den
source-external-means = Rapporter, der sendes: SARIF, OCSF, Trivy, kube-bench
source-trivy-means = Sårbarheder, hemmeligheder i images og risikable indstillinger
source-kube_bench-means = CIS-benchmarket, node for node
source-custom-means = Tjek, som organisationen selv har skrevet

## Funds tilstande

finding-state-open = Åbent
finding-state-acknowledged = Bekræftet
finding-state-closed = Lukket

## Beslutninger

decision-acknowledge = Bekræftet
decision-withdraw = Bekræftelse trukket tilbage
decision-comment = Kommentar

## Områder i databehandlerinstruksen

area-AC = Autentifikation og adgangsstyring
area-PH = Fysisk sikkerhed
area-LR = Krav til logning
area-LF = Opfølgning på log
area-EN = Kryptering
area-OM = Håndtering af uddatamateriale
area-AR = Anmodning om revisionslog
area-IN = Håndtering af sikkerhedshændelser

## Beskeder

notice-acknowledged = { $count ->
    [one] Ét fund er bekræftet.
   *[other] { $count } fund er bekræftet.
}
notice-withdrawn = { $count ->
    [one] Bekræftelsen er trukket tilbage.
   *[other] { $count } bekræftelser er trukket tilbage.
}
notice-commented = Kommentaren er gemt.
notice-pack-requested = Pakken står i kø. Den vises herunder, så snart den er bygget.
notice-preferences-kept = Dine valg er gemt i denne browser.
notice-nothing-selected = Intet er ændret: vælg mindst ét fund.
notice-comment-missing = Intet er ændret: skriv en kommentar, der siger hvorfor.
notice-already-so = Intet er ændret: fundene er allerede i den tilstand.
notice-as-of-unreadable = Intet er ændret: datoen og klokkeslættet kunne ikke læses.
notice-as-of-ahead = Intet er ændret: en pakke kan ikke handle om fremtiden.

## Hvad der er galt med en forespørgsel

error-invalid-filter = Bevis kender ikke dette filter: { $value }

## Fælles for sider

as-of = Opgjort
crumbs = Du er her
read = Læst
never-read = Aldrig læst
never-tried = Aldrig forsøgt
copy = Kopiér
copied = Kopieret
legend-title = Hvad tilstandene betyder
check-never-judged = Ikke bedømt endnu

## Løbende læsning

progress-running = Læser nu
progress-objects = objekter
progress-ended = Der er nye læsninger.
progress-reload = Vis dem

## Filtre

filter-text = Søg
filter-theme = Tema
filter-state = Tilstand
filter-cluster = Klynge
filter-source = Kilde
filter-control = Kontrol
filter-check = Tjek
filter-sort = Sortér efter
filter-any = Alle
filter-all-clusters = Alle klynger
filter-several = { $count } valgt
filter-apply = Vis
filter-clear = Ryd filtre
filter-chosen = Filtre i brug
filter-remove = Fjern filteret { $filter }
sort-severity = Alvor
sort-newest = Nyeste først
sort-oldest = Ældste først
pages-label = Sider
pages-previous = Forrige
pages-next = Næste

## Overblik

tile-controls = { $count ->
    [one] Én kontrol i ISO 27001:2022
   *[other] { $count } kontroller i ISO 27001:2022
}
tile-findings = Åbne fund
tile-acknowledged = { $count ->
    [0] Ingen af dem er bekræftet.
    [one] Ét af dem er bekræftet.
   *[other] { $count } af dem er bekræftet.
}
tile-unacknowledged = Vis dem, der ikke er
heat-title = Kontroller efter tema og klynge
heat-cluster = Klynge
heat-all = Alle klynger
heat-findings = Åbne fund
fresh-title = Læsninger af hver kilde
fresh-source = Kilde
trend-title = Åbne fund, seneste 30 dage
trend-summary = Åbne fund dag for dag: { $before } den første dag, { $now } den sidste.
trend-table = Tallene bag diagrammet
trend-day = Dag
trend-all = Alle
trend-observed = Klynger set
trend-observed-of = { $seen } af { $all }
trend-column-unobserved = { $day }: ikke undersøgt
trend-unobserved = Ikke undersøgt, eller ikke overalt
trend-column = { $day }: { $count ->
    [one] ét åbent fund
   *[other] { $count } åbne fund
}
no-clusters-title = Ingen klynge er registreret
no-clusters-text = Intet er målt, så intet kan vises. Tilføj en [[cluster]] i konfigurationsfilen, giv dens konto den ClusterRole, der følger med Bevis, og genstart.

## Kontroller

controls-title = Kontroller i ISO/IEC 27001:2022
controls-count = { $shown } af { $total } kontroller
controls-none-title = Ingen kontrol passer
controls-none-text = Fjern et filter, eller søg efter noget andet.
control-column-control = Kontrol
control-column-state = Tilstand
control-column-clusters = På hver klynge
control-column-checks = Tjek
control-column-findings = Åbne fund
control-column-read = Ældste læsning
control-no-check = Intet automatisk tjek
control-one-cluster = Siden viser kun klyngen { $cluster }.
control-all-clusters = Vis alle klynger
control-verdict = Tilstand
control-evidence = Bevis
control-oldest-reading = Ældste læsning
control-2013 = I ISO 27001:2013
control-new-in-2022 = Ny i 2022
control-areas = Områder i databehandlerinstruksen
control-checks-title = Tjek
control-findings-title = Værste åbne fund
control-findings-none = Ingen af tjekkene har et åbent fund.
control-findings-all = Vis alle { $count } åbne fund
control-remains-title = Hvad et menneske skal vise
control-remains-beside = Hvad et menneske stadig skal vurdere
check-about = Regel, begrundelse og udbedring
check-rule = Regel
check-rationale = Begrundelse
check-remedy = Udbedring
check-results = Resultater af { $check }
check-cluster = Klynge
check-state = Tilstand
check-outcome = Udfald
check-examined = Undersøgt
check-failed = Fejlet
check-unread = Ulæst
check-since = Siden
check-read = Læst

## Fund

findings-count = { $count ->
    [one] Ét fund
   *[other] { $count } fund
}
findings-count-at-least = Flere end { $count } fund
findings-select = Vælg
findings-select-one = Vælg { $finding }: { $subject }
findings-none-title = Ingen åbne fund
findings-none-text = Hvert tjek, der kunne bedømmes, fandt intet galt. Kontroller viser, hvad der ikke kunne bedømmes.
findings-none-match-title = Intet fund passer
findings-none-match-text = Fjern et filter, eller søg efter noget andet. Lukkede fund vises, når tilstanden Lukket er valgt.
findings-never-scanned-title = Intet er læst endnu
findings-never-scanned-text = Der er ikke registreret nogen læsning af nogen klynge, så at der ingen fund er, siger intet. Klynger viser, hvad der står i vejen.
finding-severity = Alvor
finding-finding = Fund
finding-subject = Emne
finding-cluster = Klynge
finding-state = Tilstand
finding-since = Siden
finding-what = Hvad der er galt
finding-first-seen = Set første gang
finding-open-since = Har fejlet siden
finding-closed-at = Lukket
finding-about = Tjekket
finding-controls = Kontroller, som det understøtter
finding-timeline = Tidslinje
select-all = Vælg alle på siden
select-none = Vælg ingen
select-selected = valgt
select-hint = Skift vælger et spand; piletaster flytter, Escape rydder.
acknowledge-comment = Kommentar
acknowledge-comment-hint = Hvorfor, og hvad der vil blive gjort
decide-title = Tag stilling
decide-help = Dit navn, tidspunktet og kommentaren gemmes i protokollen og i bevispakker. De kan ikke ændres senere.
decide-comment-label = Kommentar
decide-acknowledge = Bekræft
decide-withdraw = Træk bekræftelsen tilbage
decide-comment = Kun kommentar
timeline-opened = Åbnet
timeline-again = Åbnet igen
timeline-changed = Ændret
timeline-closed = Lukket: en fuld læsning fandt det i orden
timeline-by = af { $name }
timeline-together = { $count ->
    [one] Besluttet for ét fund.
   *[other] Besluttet for { $count } fund samlet.
}

## Klynger

clusters-count = { $count ->
    [one] Én klynge
   *[other] { $count } klynger
}
cluster-version = Kubernetes { $version }
cluster-version-unknown = version ikke oplyst
cluster-findings = Dens fund
cluster-controls = Dens kontroller
cluster-sources = Kilder
sources-of = Kilder i { $cluster }
source-column-source = Kilde
source-column-coverage = Seneste læsning
source-column-checks = Tjek
source-column-findings = Åbne fund
source-column-seen = Sidst set
source-column-budget = Forældet efter
source-column-version = Version
scan-log-title = Læsninger, nyeste først
scan-log-empty = Klyngen er ikke læst endnu.
scan-when = Sluttede
scan-took = Varede
scan-objects = Objekter
scan-opened = Åbnet
scan-closed = Lukket
scan-changed = Ændret
scan-reads = Hvad der blev læst
scan-reads-count = { $count ->
    [one] Én forespørgsel
   *[other] { $count } forespørgsler
}
scan-read-objects = { $count ->
    [one] ét objekt
   *[other] { $count } objekter
}
scan-read-malformed = { $count ->
    [one] ét af dem ikke forstået
   *[other] { $count } af dem ikke forstået
}

## Pakker

packs-what = En bevispakke er et signeret arkiv, som en fremmed kan efterprøve uden forbindelse hertil.
packs-new = Ny pakke
packs-made = Pakker
packs-clusters = Klynger
packs-clusters-hint = Ingen valgt betyder alle.
packs-controls = Kontroller
packs-controls-hint = Ingen valgt betyder alle.
packs-as-of = Opgjort
packs-as-of-zone = I { $zone }
packs-language = Rapportens sprog
packs-create = Lav pakke
packs-scope = Omfang
packs-asked = Bestilt af
packs-status = Status
packs-file = Fil
packs-all-clusters = Alle klynger
packs-all-controls = Alle kontroller
packs-some-controls = { $count } kontroller
packs-reload = Se efter igen
packs-failed-id = Fejlens id:
packs-download = Hent, { $size }
packs-none-title = Ingen pakker endnu
packs-none-create = Vælg et omfang herover, og lav den første.
packs-none-read = Ledere og sikkerhedsansvarlige laver pakker.
packs-verify-title = Efterprøv en pakke
packs-verify-text = Den, der modtager en pakke, kan efterprøve den uden denne server. Kommandoen siger, hvad pakken beviser, og nævner filen, hvis blot én byte er ændret.
pack-status-queued = I kø
pack-status-building = Bygges
pack-status-ready = Klar
pack-status-failed = Mislykkedes

## Valg

preferences-title = Indstillinger
preferences-time-zone = Tidszone
preferences-kept-here = Gemmes i cookies i denne browser i et år.
preferences-keep = Gem
error-invalid-decision = Det er ikke noget, der kan besluttes: { $value }
error-invalid-cursor = Listen har fået en anden orden siden, eller adressen er skåret af. Begynd igen fra listens første side.
error-invalid-limit = En side har 1 til 500 rækker: { $value }
error-invalid-json = Indholdet kunne ikke læses: { $value }
error-comment-missing = Skriv en kommentar, der siger hvorfor.
error-comment-too-long = En kommentar har højst 4.000 tegn; denne har { $value }.
error-comment-characters = Kommentaren indeholder et tegn, der ikke kan vises ({ $value }). Fjern det.
error-findings-count = Der kan tages stilling til mellem ét og 10.000 fund ad gangen; det var { $value }.
error-finding-closed = Mindst ét af fundene er lukket nu: en senere læsning fandt det i orden.
error-not-acknowledged = Mindst ét af fundene er ikke bekræftet, så der er intet at trække tilbage.

## Checks, and the objects that they rest on

checks-title = Tjek
checks-count = { $count } tjek, ordnet efter det system, der besvarer dem.
check-check = Tjek
check-severity = Alvorlighed
check-controls = Kontroller
check-results-title = Resultater
check-edges-title = Støtter disse kontroller
check-control = Kontrol
check-strength = Styrke
objects-title = Læste objekter
objects-none = Der er endnu ikke læst noget til dette tjek.
objects-not-retained = Hvilke objekter der blev læst, er ikke opbevaret: loggen over aflæsninger er slettet efter en opbevaringsregel.
objects-means = Det, den seneste bedømte læsning byggede på. En liste åbner med version og hash for hvert objekt i den.
objects-resource = Ressource
objects-count = Objekter
objects-fetched = Læst
objects-digest = Digest
objects-stretch = { $from } til { $to } af { $all }
objects-list-means = Listen, som én læsning så den. Læsninger, der så det samme, deler den. Hashes er de første 128 bit af SHA-256 af det, der er gemt af et objekt, uden hemmeligheder; digesten er over dem alle:
objects-namespace = Navnerum
objects-name = Navn
objects-version = Version
objects-hash = Hash
## Hvad nogen kan, i en gennemgang af adgange

right-everything = Alt
right-raise_rights = Skaffe sig flere rettigheder end disse
right-change_access = Ændre roller og bindinger
right-enter_pods = Køre kommandoer i pods, koble sig på dem eller åbne tunneller til dem
right-read_secrets = Læse alle Secrets
right-read_named_secrets = Læse bestemte navngivne Secrets
right-change_secrets = Skrive Secrets
right-change_workloads = Starte, ændre og stoppe arbejdsbyrder
right-change = Ændre andet
right-read = Læse, bortset fra Secrets
right-public = Se version, helbred og listen over API’er
right-nothing = Intet: rollen er tom eller findes ikke
right-unknown = Vides ikke: rollen kunne ikke læses

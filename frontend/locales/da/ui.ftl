## Rammen om hver side

document-title = { $page } · Bevis
skip-to-content = Gå til indholdet
nav-label = Hovedmenu
nav-overview = Overblik
nav-controls = Kontroller
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
source-cert_manager = cert-manager
source-velero = Velero
source-rbac-means = Roller og bindinger
source-pod_security-means = Navnerumsmærker fra Pod Security Admission
source-cert_manager-means = Certifikater og udstedere
source-velero-means = Sikkerhedskopier, planer og genskabelser

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

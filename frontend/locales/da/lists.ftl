# Lister over fund: søgning, gruppering, kolonner, gemte visninger, hvad der er nyt.

search-hint = Titel, navn, navnerum, CVE
search-ranked = De bedste træffere står først.
search-unranked = Flere end { $count } fund handler om dette, for mange til at sætte den bedste træffer først: de står i listens orden. Et ord mere gør dem færre.
error-search-long = En søgning har højst 200 tegn og 8 ord. Udelad nogle: { $value } …
filter-namespace-none = Uden navnerum
filter-namespace = Navnerum { $name }
filter-workload = { $kind } { $name }
shortcuts-title = Tastaturgenveje
shortcuts-on = Til
shortcuts-off = Fra
shortcut-search = Tasten / fører hertil, når der ikke skrives andetsteds. Den kan slås fra i Indstillinger.

group-by = Gruppér efter
group-none = Ikke grupperet
group-check = Tjek
group-workload = Objekt
group-cve = Sårbarhed
group-owner = Ansvarlig
group-control = Kontrol
group-cluster = Klynge
group-namespace = Navnerum
groups-worst = Kun de { $count } værste fund er talt med her. Et filter gør listen mindre, indtil den tælles hel.
groups-more = Der er flere grupper end disse { $count }, som er de værste.
groups-of-controls = Et tjek kan understøtte flere kontroller, så et fund kan være talt med i flere grupper.
groups-without-cve = { $count ->
    [one] Ét fund nævner ingen sårbarhed og er ikke i nogen gruppe.
   *[other] { $count } fund nævner ingen sårbarhed og er ikke i nogen gruppe.
}
groups-without-control = { $count ->
    [one] Ét fund understøtter ingen kontrol og er ikke i nogen gruppe.
   *[other] { $count } fund understøtter ingen kontrol og er ikke i nogen gruppe.
}
columns-title = Kolonner
columns-show = Vis disse
columns-usual = De sædvanlige kolonner
column-severity = Alvor
column-check = Tjek
column-source = Kilde
column-subject = Emne
column-namespace = Navnerum
column-cluster = Klynge
column-state = Tilstand
column-owner = Ansvarlig
column-due = Frist
column-ticket = Sag
column-since = Siden

views-title = Gemte visninger
views-what = Lister over fund med et navn: filter, orden, grupper og kolonner. En visnings link er altid det samme.
views-own = Dine
views-shared = Delt af andre
views-none-title = Du har ikke gemt nogen visning
views-none = Vælg filtre på siden Fund, og gem listen under et navn dér.
views-owner = Af { $name }
views-is-shared = delt med alle
views-is-private = kun for dig
views-everything = Alt, der fejler
views-grouped = i grupper: { $by }
views-change = Ret “{ $name }”
views-name = Navn
views-share = Alle kan se den
views-save = Gem denne visning
views-keep = Gem
views-remove = Fjern
views-remove-one = Fjern visningen { $name }
notice-view-saved = Visningen er gemt.
notice-view-changed = Visningen er rettet.
notice-view-removed = Visningen er fjernet.
error-view-name = Navnet på en visning har 1 til 100 tegn.
error-view-long = Listen har for mange filtre til at blive gemt.
error-view-many = Du har 100 gemte visninger. Fjern en, som du ikke længere har brug for.
error-forbidden-keep-views = Kun ejeren retter en gemt visning. Sikkerhedsansvarlige og administratorer kan fjerne en, der er delt.

filter-changed = Ændret
filter-more = Flere filtre
filter-changed-since_visit = Siden dit seneste besøg
filter-changed-since = Ændret siden { $at }
news-new = Nyt siden dit seneste besøg
news-reopened = Tilbage siden dit seneste besøg
news-changed = Ændret siden dit seneste besøg
news-closed = Lukket siden dit seneste besøg
news-decided = Afgjort siden dit seneste besøg
my-work-news = { $count ->
    [one] Ét af dine fund er ændret siden dit seneste besøg
   *[other] { $count } af dine fund er ændret siden dit seneste besøg
}
my-work-news-at-least = Flere end { $count } af dine fund er ændret siden dit seneste besøg

keys-list = Fund med tastatur
keys-title = Tastatur
keys-what = Mens fokus er i listen over fund, virker disse taster. De kan slås fra i Indstillinger.
keys-j-key = j, ↓
keys-j = Næste fund
keys-k-key = k, ↑
keys-k = Forrige fund
keys-x-key = x
keys-x = Vælg det, eller fravælg det
keys-range-key = Shift + x
keys-range = Alt fra det senest valgte til og med dette
keys-a-key = a
keys-a = Vælg alle på siden
keys-escape-key = Esc
keys-escape = Vælg ingen
keys-help-key = ?
keys-help = Denne hjælp

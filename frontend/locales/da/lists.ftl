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

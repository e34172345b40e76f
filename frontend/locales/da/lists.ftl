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

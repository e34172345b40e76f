## Bevispakker: hvad der afvises

error-pack-as-of-ahead = En pakke kan ikke tale om fremtiden: { $value } er ikke kommet endnu.
error-pack-cluster = Der var ingen klynge med navnet { $value } på det tidspunkt. Vælg blandt dem, siden tilbyder.
error-pack-control = Der er ingen kontrol { $value } i ISO/IEC 27001:2022, bilag A.
error-pack-language = Rapporten findes på engelsk (en) og dansk (da), ikke på { $value }.
error-pack-time-zone = { $value } er ikke en tidszone; skriv den som Europe/Copenhagen.

## Rapporten: dens ramme

report-title = Bevisrapport
report-subtitle = Kubernetes-klynger holdt op mod ISO/IEC 27001:2022, bilag A
report-header = Som det så ud { $at }
report-footer = Hovedbogens post { $seq }, hash { $hash }…
report-page = Side
report-page-of = af
report-contents = Indhold
report-as-of = Som det så ud
report-clusters = Klynger
report-controls = Kontroller
report-findings = Fund
report-ledger = Hovedbog
report-time-zone = Tidszone
report-all-clusters-named = Alle: { $names }
report-no-clusters = Ingen: der var ingen klynger tilmeldt på det tidspunkt
report-no-clusters-note = Der var ingen klynger tilmeldt på det tidspunkt, så intet er målt.
report-all-controls = Hele bilag A
report-cover-findings = { $open } åbne, { $acknowledged } bekræftede, { $accepted } accepteret, { $false_positive } falske positiver, { $closed } lukkede
report-ledger-head = Post { $seq }, hash { $hash }
report-tally = { $count ->
    [one] Én kontrol
   *[other] { $count } kontroller
}
report-nothing-in-scope = intet er omfattet.

## Hvad der ikke blev målt

report-unmeasured = Hvad der ikke blev målt
report-unmeasured-text = Alt det, som rapporten ikke kan udtale sig om, og hvorfor. Intet i dette afsnit tæller som opfyldt.
report-note-sources = { $count ->
    [one] Én kilde blev ikke læst eller ikke læst helt.
   *[other] { $count } kilder blev ikke læst eller ikke læst helt.
}
report-note-checks = { $count ->
    [one] Ét tjek på en klynge har intet svar eller kun en del af et.
   *[other] { $count } tjek på klynger har intet svar eller kun en del af et.
}
report-note-not-retained = { $count ->
    [one] Tilstanden af ét tjek på en klynge er ikke opbevaret: loggen over aflæsninger er slettet efter en opbevaringsregel.
   *[other] Tilstandene af { $count } tjek på klynger er ikke opbevaret: loggen over aflæsninger er slettet efter en opbevaringsregel.
}
report-note-controls = { $count ->
    [one] Intet tjek vedrører én af kontrollerne; en person skal vise, at den er opfyldt.
   *[other] Intet tjek vedrører { $count } af kontrollerne; en person skal vise, at de er opfyldt.
}
report-note-everything = Hver kilde, der er omfattet, blev læst helt, og hvert tjek har et svar.
report-unread-caption = Kilder, der ikke blev læst eller ikke læst helt
report-unread-none = ingen; hver kilde, der er omfattet, blev læst helt.
report-unanswered-caption = Tjek uden svar eller med kun en del af et
report-unanswered-none = ingen; hvert tjek, der er omfattet, har et svar.
report-uncheckable-caption = Kontroller, som intet tjek vedrører
report-uncheckable-none = ingen.
report-never-tried = Aldrig forsøgt
report-never-tried-means = Bevis har endnu ikke forsøgt at læse denne kilde.

## Afsnit

report-summary = Kontrollerne i overblik
report-summary-text = Hver kontrol med dens tilstand over alle klynger, der er omfattet. En kontrol er kun opfyldt, hvor alt blev set og er i orden; hvad der ikke blev målt, er aldrig opfyldt.
report-summary-caption = Kontroller efter tilstand
report-controls-text = For hver kontrol, som tjek vedrører: dens tilstand, hvorfor, og hvert tjek på hver klynge.
report-controls-none = Intet tjek vedrører de kontroller, der er omfattet.
report-oldest-reading = Den ældste læsning, som det hviler på, er fra { $at }.
report-remains = Ud over tjekkene skal en person vise: { $what }
report-checks-caption = Tjek af denne kontrol
report-no-outcome = Intet udfald
report-examined = { $count } undersøgt
report-failed = { $count } fejlede
report-unread = { $count } ikke læst
report-findings-text = Et fund er et tjek, der fejlede for et objekt, fra det første gang blev set fejle, til en fuldstændig læsning så det i orden. Bekræftede fund fejler stadig.
report-failing-caption = Fund, der fejler
report-closed-caption = Fund, der er lukket
report-caption-count = { $caption } ({ $count })
report-findings-none = ingen blev set. Se »Hvad der ikke blev målt« om det, der ikke kunne ses.
report-findings-cut-title = Ikke alle fund er trykt
report-findings-cut = De værste { $shown } af { $count } er trykt her. Alle står i data/findings.csv og data/findings.json.
report-since = siden { $at }
report-first-seen = set første gang { $at }
report-until = indtil { $at }
report-decisions = Beslutninger
report-decisions-text = Hvad personer besluttede om de fund, der er omfattet, de ældste først. Hver beslutning er også en post i hovedbogen.
report-decisions-caption = Beslutninger
report-decisions-none = ingen blev truffet.
report-sources = Klynger og kilder
report-sources-text = Hvordan hver kilde i hver klynge sidst blev læst, hver forespørgsel med hvad den gav, og hvad der gik galt.
report-sources-caption = Kilder i { $cluster }
report-objects = { $count ->
    [one] 1 objekt
   *[other] { $count } objekter
}
report-malformed = { $count } ikke forstået

## Metode

report-method = Metode og hovedbog
report-method-text = Bevis læser klynger gennem deres API med rettigheder, der kun giver adgang til at læse. Hver læsning af en kilde er noteret med, hvornår den skete, hvor fuldstændig den var, og hvad der gik galt. Tjek vurderer det læste; fund er det, der fejlede. En kilde, der var forbudt, fraværende, afkortet eller uden for rækkevidde, åbner og lukker intet, som den ikke kunne se.
report-method-as-of = Rapporten taler om ét tidspunkt og viser, hvad man vidste da. Hvad der noteres senere, ændrer intet i den: samme omfang, tidspunkt og version af Bevis giver de samme bytes.
report-method-limits = En kontrol er kun opfyldt, hvor et stærkt tjek bestod på hver klynge, der er omfattet, nyligt og for hvert objekt, og hvor ingen del af kontrollen skal vises af en person. En klynges tilstand viser, hvordan tingene er sat op; den viser ikke, at folk følger deres procedurer.
report-method-verify = Den pakke, som rapporten hører til, er underskrevet. HOW-TO-VERIFY.txt i den fortæller, hvordan hver fil og hovedbogen efterprøves, med Bevis og i hånden.
report-states-caption = De ti tilstande
report-ledger-entry = Nyeste post
report-ledger-hash = Dens hash

## Kolonner

report-column-control = Kontrol
report-column-title = Titel
report-column-state = Tilstand
report-column-evidence = Bevis
report-column-checks = Tjek
report-column-open = Åbne fund
report-column-cluster = Klynge
report-column-source = Kilde
report-column-coverage = Læsning
report-column-why = Hvorfor
report-column-last-seen = Sidst set
report-column-last-scan = Sidst forsøgt
report-column-check = Tjek
report-column-remains = Hvad en person skal vise
report-column-outcome = Udfald
report-column-counts = Objekter
report-column-read = Læst
report-column-severity = Alvor
report-column-finding = Fund
report-column-since = Tilstand
report-column-decisions = Beslutninger
report-column-when = Hvornår
report-column-who = Hvem
report-column-decision = Beslutning
report-column-count = Fund
report-column-comment = Kommentar
report-column-reads = Forespørgsler
report-column-meaning = Betydning

## Kolonner i datafiler

report-csv-control = Kontrol
report-csv-title = Titel
report-csv-theme = Tema
report-csv-evidence = Bevis
report-csv-state = Tilstand
report-csv-why = Hvorfor
report-csv-checks = Tjek
report-csv-open = Åbne fund
report-csv-read = Læst
report-csv-cluster = Klynge
report-csv-source = Kilde
report-csv-check = Tjek
report-csv-severity = Alvor
report-csv-outcome = Udfald
report-csv-examined = Undersøgt
report-csv-failed = Fejlede
report-csv-unread = Ikke læst
report-csv-since = Siden
report-csv-coverage = Læsning
report-csv-error = Fejl
report-csv-finding = Fund
report-csv-controls = Kontroller
report-csv-kind = Type
report-csv-namespace = Navnerum
report-csv-name = Navn
report-csv-key = Indeni
report-csv-fault = Hvad der er galt
report-csv-finding-state = Tilstand
report-csv-first-seen = Set første gang
report-csv-opened = Åbnet
report-csv-closed = Lukket
report-csv-decision = Nyeste beslutning
report-csv-decided-by = Besluttet af
report-csv-decided-at = Besluttet
report-csv-comment = Kommentar
report-csv-version = Version
report-csv-started = Begyndte
report-csv-ended = Sluttede
report-csv-last-seen = Sidst set
report-csv-objects = Objekter
report-in-english = på engelsk: “{ $text }”

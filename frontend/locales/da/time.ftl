## Det tidspunkt, som en side handler om

nav-compare = Ændringer
as-of-now = Nu
as-of-choose = Vist tidspunkt: { $at }. Vælg et andet
as-of-field = Vis, hvad man vidste
as-of-show = Vis
as-of-places = Tidspunkter at gå til
as-of-yesterday = Slutningen af i går
as-of-month = Slutningen af sidste måned
as-of-quarter = Slutningen af sidste kvartal
as-of-year = Slutningen af sidste år
past-label = Fortiden
past-title = Du ser, hvad man vidste
past-means = Her kan intet besluttes.
past-nothing-known = Man vidste intet endnu: Bevis havde ikke læst noget på det tidspunkt. Det er ikke det samme, som at intet var galt.
past-other-catalogue = Dengang gjaldt et andet katalog af tjek ({ $digest }). Det målte vises, som det var; hvordan det sættes sammen til en kontrols tilstand, følger kataloget i dag.
past-now = Se siden, som den er nu
time-earlier = { $span } tidligere
footer-catalogue = Katalog { $digest }
footer-catalogue-unknown = Kataloget blev ikke noteret dengang

error-as-of-asked = Der blev spurgt om: { $value }
error-as-of-offset = Der blev spurgt om: { $value }. Skriv tidspunktet med dets forskydning, som 2026-06-30T23:59:59Z eller 2026-06-30T23:59:59+02:00 (plustegnet skrives %2B i en adresse).
error-as-of-unreadable-title = Det er ikke et tidspunkt, der kan læses
error-as-of-unreadable-text = Bevis kan vise ethvert tidspunkt, siden det begyndte at læse, men adressen nævner ikke noget.
error-as-of-unreadable-next = Vælg et tidspunkt i menuen øverst på hver side, eller skriv det som 2026-06-30, 2026-06-30T14:00 eller 2026-06-30T14:00:00Z.
error-as-of-ahead-title = Det tidspunkt er ikke kommet endnu
error-as-of-ahead-text = Bevis viser, hvad man vidste på et tidspunkt, og om fremtiden vides intet.
error-as-of-ahead-next = Vælg et tidspunkt, der er forbi, eller se siden, som den er nu.
error-as-of-skipped-title = Urene sprang det tidspunkt over
error-as-of-skipped-text = Da urene blev stillet frem i din tidszone, blev dette klokkeslæt sprunget over.
error-as-of-skipped-next = Vælg et tidspunkt før eller efter, eller skriv det med dets forskydning fra UTC.
error-past-title = Intet kan ændres i fortiden
error-past-text = Siden, som dette blev sendt fra, viser, hvad man vidste tidligere. Det, du beslutter, besluttes nu, om hvordan tingene er nu.
error-past-next = Intet blev ændret. Åbn siden, som den er nu, og beslut der.
error-assignees-past = Hvem fund kan gives til, fortælles kun, som det er nu, og ikke pr. { $value }. Hvem et fund var givet til dengang, står i fundet.
error-period-reversed-title = Perioden slutter, før den begynder
error-period-reversed-text = En sammenligning fortæller, hvad der ændrede sig efter ét tidspunkt og til og med et senere.
error-period-reversed-next = Byt de to tidspunkter om, eller vælg andre.
error-period-ahead-title = Perioden slutter senere end det viste
error-period-ahead-text = Siden viser, hvad man vidste på et tidligere tidspunkt, og intet senere kan sammenlignes i den.
error-period-ahead-next = Vælg et tidligere tidspunkt, eller sammenlign, som det er nu.
error-pack-since = Perioden skal begynde før det tidspunkt, som pakken handler om: { $value }
notice-period-reversed = Intet er ændret: perioden skal begynde før det tidspunkt, som pakken handler om.

packs-since = Ændringer siden (valgfrit)
packs-since-hint = Med et tidspunkt her fortæller rapporten også, hvad der har ændret sig siden.
packs-since-listed = Ændringer siden

## Hvad der ændrede sig mellem to tidspunkter

compare-title = Hvad der ændrede sig
compare-after = Efter
compare-until = til og med
compare-from = Fra
compare-to = Til
compare-show = Sammenlign
compare-zone = Tider er i { $zone }. Kontroller og kilder sammenlignes på de to tidspunkter; fund fortæller også, hvad der skete ind imellem.
compare-nothing-known = Da perioden begyndte, var intet læst endnu: alt, hvad man ved, kom i den.
compare-controls = { $count ->
    [one] { $count } kontrol i en anden tilstand
   *[other] { $count } kontroller i en anden tilstand
}
compare-controls-none = Alle kontroller er i den tilstand, som de var i.
compare-state = Tilstand
compare-why = Hvorfor
compare-became = blev til
compare-checks = { $count ->
    [one] { $count } tjek ændrede sig
   *[other] { $count } tjek ændrede sig
}
compare-no-cluster = klyngen var der ikke
compare-findings = Fund
compare-findings-means = Hvert fund står én gang med forskellen mellem de to tidspunkter. Et fund, der kom og gik ind imellem, fortælles som sådan.
compare-findings-none = Der skete ikke noget med de fund, som filtret tager med.
compare-findings-further = Blandt de ændringer, der er set på indtil nu, tager filtret ingen med. Der er tidligere.
compare-at-least = { $count } eller flere
compare-bounded = Der skete mere i perioden, end der tælles her: tallene er for de seneste ændringer. En kortere periode tælles helt.
compare-earlier = Tidligere ændringer
compare-earlier-decisions = Tidligere beslutninger
compare-change = Ændring
compare-between = I perioden
compare-last = Senest
compare-times-opened = { $count ->
    [one] åbnet én gang
   *[other] åbnet { $count } gange
}
compare-times-closed = { $count ->
    [one] lukket én gang
   *[other] lukket { $count } gange
}
compare-times-severity = { $count ->
    [one] alvor ændret én gang
   *[other] alvor ændret { $count } gange
}
compare-decisions = Beslutninger
compare-decisions-none = Intet blev besluttet.
compare-when = Hvornår
compare-who = Hvem
compare-decision = Beslutning
compare-comment = Kommentar
compare-moved = Klynger og kilder
compare-moved-none = Ingen klynge og ingen kilde kom, gik, blev tavs eller talte igen.
compare-clusters-none = Ingen klynge kom eller gik.
change-opened = Åbnet
change-reopened = Åbnet igen
change-severity = Anden alvor
change-closed = Lukket
change-passing = Kom og gik
change-unchanged = Som før, med ændringer ind imellem
cluster-change-came = kom
cluster-change-went = gik
cluster-change-passed = kom og gik igen
source-turn-came = kom
source-turn-went = gik
source-turn-fell_silent = blev tavs
source-turn-spoke_again = talte igen
source-state-untried = aldrig prøvet
source-state-absent = fraværende
source-state-silent = tavs
source-state-speaking = læst

## Det samme i rapporten

report-changes = Hvad der ændrede sig i perioden
report-changes-text = Efter { $from }, til og med { $to }. Kontroller og kilder sammenlignes på de to tidspunkter. Hvert fund står én gang med forskellen mellem de to tidspunkter; hvad der skete ind imellem, står ved siden af.
report-changes-unknown = Da perioden begyndte, var intet læst endnu.
report-changes-controls = Kontroller i en anden tilstand
report-changes-findings = Fund, som der skete noget med
report-changes-cut-title = Ikke alle er trykt
report-changes-cut = De { $shown } seneste er trykt her. En rapport over en kortere periode har dem alle.
report-changes-decisions = Beslutninger, der blev truffet
report-changes-decisions-none = Intet blev besluttet.
report-changes-moved = Klynger og kilder, der kom, gik, blev tavse eller talte igen
report-changes-before = Ved periodens begyndelse
report-changes-after = Ved periodens slutning
report-changes-since = Ændringer siden
report-catalogue = Gældende katalog
report-catalogue-unknown = ikke noteret

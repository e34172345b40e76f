## det.falco_coverage

check-det-falco_coverage-title = Falco overvåger hver node
check-det-falco_coverage-rule = Falco er klar på hver node og starter ikke igen og igen.
check-det-falco_coverage-rationale = På en node, der ikke overvåges, bliver en indtrænger ikke set.
check-det-falco_coverage-remedy = Find ud af, hvorfor Falco ikke er klar, eller hvorfor noden ikke giver plads til den.
fault-det-falco_coverage-not_ready = Falco har i mere end 10 minutter ikke været klar alle de steder, hvor den skal køre.
fault-det-falco_coverage-restarting = Falco starter igen og igen.
fault-det-falco_coverage-nowhere = Falco er installeret, men sat op til ikke at køre nogen steder.
fault-det-falco_coverage-uncovered = Falco kører ikke på disse noder: { $nodes }.
reason-det-falco_coverage-forbidden = { reason-forbidden }
reason-det-falco_coverage-absent = { reason-absent }
reason-det-falco_coverage-unread = { reason-unread }
reason-det-falco_coverage-virtual = Leverandøren simulerer disse noder, og Falco kan ikke køre på dem. Hvordan de overvåges, skal vises af en person: { $nodes }.
reason-det-falco_coverage-disagree = Disse melder sig klar, men der ses intet af dem, der kører: { $workloads }.
reason-det-falco_coverage-none = Falco blev ikke fundet på klyngens noder. At indtrængen opdages på anden måde, skal vises af en person.

## det.alert_route

check-det-alert_route-title = Alarmer når frem til nogen
check-det-alert_route-rule = De programmer, der giver alarmer videre, kører. Hvem de giver dem videre til, står i indstillinger, der ikke læses, så en person skal vise, at alarmerne når frem.
check-det-alert_route-rationale = En alarm, som ingen modtager, ændrer intet.
check-det-alert_route-remedy = Få programmet til at køre igen, send en prøvealarm, og skriv ned, hvem der modtog den.
fault-det-alert_route-stopped = Dette program giver alarmer videre, og det kører ikke.
reason-det-alert_route-forbidden = { reason-forbidden }
reason-det-alert_route-absent = { reason-absent }
reason-det-alert_route-unread = { reason-unread }
reason-det-alert_route-declared = Politikken angiver, at alarmer går til { $receiver }. Det er ikke målt og skal vises af en person.
reason-det-alert_route-unseen = Det program, der giver alarmer videre, kører. Hvem det giver dem videre til, kan ikke ses og skal vises af en person.
reason-det-alert_route-no_route = Der blev ikke fundet noget, der giver Falcos alarmer videre. Hvordan de når frem til nogen, skal vises af en person.
reason-det-alert_route-none = Falco blev ikke fundet på klyngens noder.

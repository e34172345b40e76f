## out.classified

check-out-classified-title = Navnerum angiver, hvis de er, og hvad de rummer
check-out-classified-rule = Hvert navnerum har de labels, som politikken kræver, for eksempel for ejeren og arten af data. Systemets egne navnerum bedømmes ikke.
check-out-classified-rationale = Hvordan data skal behandles, afhænger af, hvad de er, og hvem der står til ansvar for dem. Det skal stå der, hvor data er.
check-out-classified-remedy = Føj de manglende labels til navnerummet.
fault-out-classified-unlabelled = Disse labels mangler eller er tomme: { $labels }.
reason-out-classified-forbidden = { reason-forbidden }
reason-out-classified-absent = { reason-absent }
reason-out-classified-unread = { reason-unread }
reason-out-classified-no_labels = Der er ikke angivet labels, som navnerum skal have (namespace_labels). Hvis de er, og hvad de rummer, skal vises af en person.

## env.separation

check-env-separation-title = Test holdes adskilt fra produktion
check-env-separation-rule = Efter sin label hører intet navnerum til et miljø, der ikke hører hjemme i denne klynge. Systemets egne navnerum bedømmes ikke.
check-env-separation-rationale = Hvor test og produktion deler klynge, når en fejl i det ene over i det andet, og rigtige data finder vej til test.
check-env-separation-remedy = Flyt navnerummet til klyngen for dets miljø, eller ret dets label.
fault-env-separation-other = Navnerummet hører til miljøet { $environment }, som ikke hører hjemme i denne klynge.
reason-env-separation-forbidden = { reason-forbidden }
reason-env-separation-absent = { reason-absent }
reason-env-separation-unread = { reason-unread }
reason-env-separation-not_configured = Det er ikke angivet, hvilke miljøer der hører hjemme i denne klynge (environment_label, environments). At test holdes adskilt, skal vises af en person.
reason-env-separation-unknown = { $count } navnerum angiver ikke, hvilket miljø de hører til (label { $label }): { $namespaces }.

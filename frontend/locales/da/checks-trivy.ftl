# Sætninger, som kontrollerne af Trivy Operator har til fælles.

reason-trivy_none = Trivy Operator har ikke lavet en sådan rapport om noget, der kører.
reason-trivy_old = Alle rapporter er ældre end det dobbelte af den tid, Trivy Operator gemmer dem; måske scanner den ikke længere.
reason-trivy_stale = Alle rapporter er ældre end det dobbelte af den tid, Trivy Operator gemmer dem, eller handler om det, der kørte før; måske scanner den ikke længere. Den ældste er fra { $oldest } (UTC).
reason-trivy_seen = Den ældste rapport, som dette bygger på, er fra { $oldest } (UTC).
reason-trivy_summary = Disse rapporter opregner noget andet, end de tæller sammen til, så man kan ikke stole på dem: { $reports }.

## vul.coverage

check-vul-coverage-title = Alt, der kører, er scannet
check-vul-coverage-rule = Om hver container, der har kørt i mere end en time, findes en rapport om det image, der kører, og den er højst dobbelt så gammel som den tid, Trivy Operator gemmer rapporter.
check-vul-coverage-rationale = Det, ingen har scannet, er ukendt, ikke sikkert.
check-vul-coverage-remedy = Se i loggen for Trivy Operator, hvorfor den ikke scanner imaget: oftest mangler den adgang til registret, eller navnerummet er udeladt. Navnerum, der er udeladt med vilje, hører hjemme i unscanned_namespaces.
fault-vul-coverage-missing = Der er ingen rapport om denne container.
fault-vul-coverage-old = Rapporten om denne container er for gammel.
fault-vul-coverage-other_image = Rapporten om denne container handler ikke, eller ikke med sikkerhed, om det image, der kører.
reason-vul-coverage-nothing_runs = Der kører intet, som der ventes en rapport om.
reason-vul-coverage-forbidden = { reason-forbidden }
reason-vul-coverage-absent = { reason-absent }
reason-vul-coverage-unread = { reason-unread }
reason-vul-coverage-none = { reason-trivy_none }
reason-vul-coverage-seen = { reason-trivy_seen }

## vul.critical_fixable

check-vul-critical_fixable-title = Ingen alvorlig sårbarhed, der kunne være rettet
check-vul-critical_fixable-rule = Intet image, der kører, har en kritisk eller høj sårbarhed, som der findes en rettet version til, og som blev offentliggjort for længere siden, end klyngens politik tillader (fixable_days, 30 medmindre andet er sat). En sårbarhed, hvis offentliggørelsesdag ikke er oplyst, regnes for ældre. At en rapport om et andet image end det, der kører nu, er uden fund, beviser intet; hvad der er fundet i den, tæller indtil næste scanning. Sårbarheder uden en rettet version tælles og vises for hver workload og tæller ikke som fejl.
check-vul-critical_fixable-rationale = En sådan sårbarhed er kendt af alle, og det kræver kun en opdatering at fjerne den.
check-vul-critical_fixable-remedy = Byg eller hent et image med den rettede version af pakken, og rul det ud.
fault-vul-critical_fixable-fixable = { $id } i { $package } { $installed }; rettet i { $fixed }.
reason-vul-critical_fixable-forbidden = { reason-forbidden }
reason-vul-critical_fixable-absent = { reason-absent }
reason-vul-critical_fixable-unread = { reason-unread }
reason-vul-critical_fixable-none = { reason-trivy_none }
reason-vul-critical_fixable-old = { reason-trivy_old }
reason-vul-critical_fixable-stale = { reason-trivy_stale }
reason-vul-critical_fixable-summary = { reason-trivy_summary }
reason-vul-critical_fixable-within = Offentliggjort inden for de seneste { $days } dage, så fristen ikke er overskredet endnu: { $count }.
reason-vul-critical_fixable-left = Kritiske og høje sårbarheder, som der ikke findes en rettelse til, og som ikke tæller som fejl: { $unfixable }; flest af dem i: { $workloads }. Offentliggjort inden for de seneste { $days } dage, så fristen ikke er overskredet endnu: { $count }. Den ældste rapport er fra { $oldest } (UTC).

## vul.eosl

check-vul-eosl-title = Intet image fra en distribution, der ikke længere rettes
check-vul-eosl-rule = Intet image, der kører, bygger på en udgave, som udgiveren er holdt op med at rette. At en rapport om et andet image end det, der kører nu, er uden fund, beviser intet; hvad der er fundet i den, tæller indtil næste scanning.
check-vul-eosl-rationale = Sårbarheder, der findes fra nu af, bliver aldrig rettet i den.
check-vul-eosl-remedy = Byg imaget på ny fra en udgave, der vedligeholdes.
fault-vul-eosl-end_of_life = Imaget bygger på { $os }, som ikke længere rettes.
reason-vul-eosl-forbidden = { reason-forbidden }
reason-vul-eosl-absent = { reason-absent }
reason-vul-eosl-unread = { reason-unread }
reason-vul-eosl-none = { reason-trivy_none }
reason-vul-eosl-old = { reason-trivy_old }
reason-vul-eosl-stale = { reason-trivy_stale }
reason-vul-eosl-summary = { reason-trivy_summary }
reason-vul-eosl-seen = { reason-trivy_seen }

## sec.exposed

check-sec-exposed-title = Ingen hemmeligheder i images
check-sec-exposed-rule = Trivy Operator finder ingen adgangskode, nøgle eller token i et image, der kører. At en rapport om et andet image end det, der kører nu, er uden fund, beviser intet; hvad der er fundet i den, tæller indtil næste scanning.
check-sec-exposed-rationale = Enhver, der kan hente imaget, har hemmeligheden, så længe den gælder.
check-sec-exposed-remedy = Tilbagekald hemmeligheden og udsted en ny, fjern den fra imaget og dets historik, og giv den videre som en Secret, når containeren starter.
fault-sec-exposed-found = Noget, der ligner en hemmelighed ({ $rule }), ligger i filen { $file }.
reason-sec-exposed-forbidden = { reason-forbidden }
reason-sec-exposed-absent = { reason-absent }
reason-sec-exposed-unread = { reason-unread }
reason-sec-exposed-none = { reason-trivy_none }
reason-sec-exposed-old = { reason-trivy_old }
reason-sec-exposed-stale = { reason-trivy_stale }
reason-sec-exposed-summary = { reason-trivy_summary }
reason-sec-exposed-seen = { reason-trivy_seen }

## cfg.audit

check-cfg-audit-title = Ingen alvorligt risikable indstillinger
check-cfg-audit-rule = Trivy Operator finder ingen indstilling i det, der kører, eller i det, der hører til, som den anser for en kritisk eller høj risiko. En rapport, der er ældre end alle pods i noget, der beholder sit navn, tæller ikke, da det kan være ændret. En compliance-rapport, der opregner noget andet, end den tæller sammen til, er en fejl i kilden; så længe en er tom, ældre end to døgn eller af en ukendt form, er kontrollen kun delvist dækket. Hvad Trivy Operator mener om roller, fortælles ved siden af og tæller ikke som fejl her.
check-cfg-audit-rationale = Sådanne indstillinger lader en indtrængende i én container nå noden eller resten af klyngen.
check-cfg-audit-remedy = Ret indstillingen i manifestet eller chartet, som rapporten om objektet foreslår.
fault-cfg-audit-failed = { $rule }: { $title }
reason-cfg-audit-forbidden = { reason-forbidden }
reason-cfg-audit-absent = { reason-absent }
reason-cfg-audit-unread = { reason-unread }
reason-cfg-audit-none = { reason-trivy_none }
reason-cfg-audit-old = { reason-trivy_old }
reason-cfg-audit-stale = { reason-trivy_stale }
reason-cfg-audit-summary = { reason-trivy_summary }
reason-cfg-audit-seen = { reason-trivy_seen }
reason-cfg-audit-beside = Den ældste rapport, som dette bygger på, er fra { $oldest } (UTC). Compliance-rapporter med de krav, der ikke er opfyldt, ud af hvor mange, og dagen: { $compliance }; i dem tæller et krav som opfyldt, selv om det aldrig er blevet kontrolleret, så de beviser intet. Roller, som Trivy Operator har vurderet: { $roles }, heraf med en kritisk eller høj risiko: { $risky }, efter disse regler: { $rules }; om det er sådan, afgør kontrollerne af RBAC. Tomme, gamle, ulæste eller af en ukendt form og derfor ikke regnet med: { $unusable }.

## cfg.infra

check-cfg-infra-title = Kontrolplanet og noderne er sikkert sat op
check-cfg-infra-rule = Trivy Operator finder ingen indstilling i kontrolplanet eller på en node, som den anser for en kritisk eller høj risiko, og den ser dem alle.
check-cfg-infra-rationale = Den, der kommer forbi kontrolplanet eller en node, har alt, hvad der kører på dem.
check-cfg-infra-remedy = Ret indstillingen i komponentens manifest eller i nodens konfiguration, som rapporten foreslår.
fault-cfg-infra-failed = { $rule }: { $title }
reason-cfg-infra-not_seen = Trivy Operator ser ikke det hele, måske fordi leverandøren driver kontrolplanet. Ikke set: { $parts }.
reason-cfg-infra-forbidden = { reason-forbidden }
reason-cfg-infra-absent = { reason-absent }
reason-cfg-infra-unread = { reason-unread }
reason-cfg-infra-none = { reason-trivy_none }
reason-cfg-infra-old = { reason-trivy_old }
reason-cfg-infra-stale = { reason-trivy_stale }
reason-cfg-infra-summary = { reason-trivy_summary }
reason-cfg-infra-seen = { reason-trivy_seen }

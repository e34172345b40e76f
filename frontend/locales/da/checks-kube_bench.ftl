## cfg.cis

check-cfg-cis-title = CIS-benchmarket er kørt, og intet i det slår fejl
check-cfg-cis-rule = kube-bench har undersøgt hver node inden for 30 dage med de dele af benchmarket, der gælder for den, og ingen test slår fejl: hver node med “node”, en node i kontrolplanet også med “master” og “controlplane”, og med “etcd” dér, hvor etcd kører. Test, som benchmarket overlader til en person, er aldrig i orden af sig selv.
check-cfg-cis-rationale = Benchmarket er det, en teknisk gennemgang af en klynge normalt måles mod, og det eneste blik på filer på noderne.
check-cfg-cis-remedy = Gør, hvad testen foreslår, eller notér, hvorfor den ikke er relevant. Kør så kube-bench igen, og gem resultatet på ny dér, hvor klyngens politik siger, med en fil for hver node.
fault-cfg-cis-scored = Test { $test } slår fejl: { $title }
fault-cfg-cis-unscored = Test { $test } slår fejl, selv om benchmarket ikke tæller den med: { $title }
reason-cfg-cis-forbidden = { reason-forbidden }
reason-cfg-cis-absent = { reason-absent }
reason-cfg-cis-unread = { reason-unread }
reason-cfg-cis-not_named = Klyngens politik siger ikke, hvor resultater fra kube-bench gemmes.
reason-cfg-cis-none = Der er intet resultat fra kube-bench dér, hvor klyngens politik siger, at det er.
reason-cfg-cis-old = Alle resultater fra kube-bench er mere end { $days } dage gamle eller fortæller ikke, hvornår de er lavet.
reason-cfg-cis-by_hand = En person skal vise, at { $count } test er opfyldt, som blev sprunget over, eller som kube-bench ikke kan køre: { $tests }.
reason-cfg-cis-parts = Disse noder er undersøgt uden dele af benchmarket, der gælder for dem, eller kun med nogle af en dels test: { $nodes }. Kør kube-bench dér uden --targets og --check. Hvor etcd kører på maskiner, der ikke er noder, skal en person vise, hvordan den undersøges.
reason-cfg-cis-totals = Resultaterne fra disse noder giver ikke de tal, der følger med dem, så man kan ikke stole på dem: { $nodes }.

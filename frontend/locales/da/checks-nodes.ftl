## cfg.version_supported

check-cfg-version_supported-title = Kubernetes-versionen får stadig rettelser
check-cfg-version_supported-rule = API-serverens version er ikke udløbet efter Kubernetes-projektets datoer, og hver nodes version passer til den.
check-cfg-version_supported-rationale = Fejl, der findes i en udløbet version, forbliver åbne.
check-cfg-version_supported-remedy = Opgradér kontrolplanet én version ad gangen og derefter noderne.
fault-cfg-version_supported-ended = Kubernetes { $version } udløb { $ended }; fejl i den rettes ikke længere.
fault-cfg-version_supported-node_ended = Nodens version { $version } udløb { $ended }; fejl i den rettes ikke længere.
fault-cfg-version_supported-node_old = Nodens version { $version } er for gammel til API-serverens { $api_server }.
fault-cfg-version_supported-node_newer = Nodens version { $version } er nyere end API-serverens { $api_server }, og det virker ikke pålideligt.
reason-cfg-version_supported-forbidden = { reason-forbidden }
reason-cfg-version_supported-absent = { reason-absent }
reason-cfg-version_supported-unread = { reason-unread }
reason-cfg-version_supported-vendor = Kubernetes-projektet afsluttede { $version } den { $ended }. Vis, at jeres aftale om { $platform } stadig giver rettelser.
reason-cfg-version_supported-unknown = Hvornår { $version } udløber, ved denne version af Bevis ikke; dens datoer er fra { $as_of }. Vis det, eller opgradér Bevis.
reason-cfg-version_supported-facts = API-server { $version }, til og med { $ends }. Noder: { $kubelets }. Systemer: { $systems }. Kerner: { $kernels }.

## avl.redundancy

check-avl-redundancy-title = Klyngen er fordelt på maskiner og zoner
check-avl-redundancy-rule = Der er mindst tre noder i kontrolplanet, ikke alle i samme zone, og noder i mindst to zoner.
check-avl-redundancy-rationale = Med en eller to standser tabet af én alle ændringer i klyngen; i én zone standser en brand eller et strømsvigt alt.
check-avl-redundancy-remedy = Tilføj noder, og fordel dem på zoner.
fault-avl-redundancy-few = Der er kun { $count } noder i kontrolplanet.
fault-avl-redundancy-control_plane_zone = Alle noder i kontrolplanet er i zonen { $zone }.
fault-avl-redundancy-one_zone = Alle noder er i zonen { $zone }.
reason-avl-redundancy-forbidden = { reason-forbidden }
reason-avl-redundancy-absent = { reason-absent }
reason-avl-redundancy-unread = { reason-unread }
reason-avl-redundancy-no_zones = Noderne siger ikke, hvilke zoner de er i. Vis, hvor de står.
reason-avl-redundancy-managed = { $platform } driver kontrolplanet, hvor det ikke kan ses. Vis leverandørens dokumentation.
reason-avl-redundancy-unseen = Ingen node siger, at den kører kontrolplanet. Vis, hvor det kører.

## phy.region

check-phy-region-title = Noder kører på godkendte steder
check-phy-region-rule = Hver node siger, at den kører i en region, som politikken godkender.
check-phy-region-rationale = Personoplysninger må ikke forlade de steder, aftalen nævner.
check-phy-region-remedy = Flyt noderne, eller godkend regionen.
fault-phy-region-outside = Noden kører i regionen { $region }, som politikken ikke godkender.
reason-phy-region-forbidden = { reason-forbidden }
reason-phy-region-absent = { reason-absent }
reason-phy-region-unread = { reason-unread }
reason-phy-region-no_list = Politikken godkender ingen regioner (approved_regions), så der er intet at sammenligne med. Noderne siger: { $regions }.
reason-phy-region-unlabelled = { $count } noder siger ikke, hvilken region de er i. Vis, hvor de står.
reason-phy-region-contradiction = Det, disse noder siger om deres region, er ikke det, leverandøren siger: { $nodes }.

## log.clock_skew

check-log-clock_skew-title = Urene går ens
check-log-clock_skew-rule = Der er højst 10 sekunder mellem API-serverens og Bevis’ ure, og ingen nodes ur er langt fra de andres. Noder sammenlignes ved deres leases, som hver node fornyer cirka hvert tiende sekund, så bestået viser, at de er inden for omkring tyve sekunder af hinanden, og ikke mere. Er færre end tre noder klar, sammenlignes ingen.
check-log-clock_skew-rationale = Den, der skal ordne logs fra flere maskiner, har brug for én tid; forkerte ure får også gammel dokumentation til at se frisk ud.
check-log-clock_skew-remedy = Lad alle maskiner få tiden fra samme kilde.
fault-log-clock_skew-far = Der er mere end 10 sekunder mellem API-serverens og Bevis’ ure.
fault-log-clock_skew-node_ahead = Nodens lease er mere end 20 sekunder foran de andre noders, så dens ur er mindst omkring 10 sekunder foran.
fault-log-clock_skew-node_behind = Nodens lease er mere end 70 sekunder bag de andre noders, selv om noden er klar, så dens ur er mindst omkring 20 sekunder bagud.
reason-log-clock_skew-forbidden = { reason-forbidden }
reason-log-clock_skew-absent = { reason-absent }
reason-log-clock_skew-unread = { reason-unread }
reason-log-clock_skew-near = Der er mellem 5 og 10 sekunder mellem API-serverens og Bevis’ ure. Se efter, hvilket af de to der går rigtigt.
reason-log-clock_skew-unsure = Disse noders leases er længere fra de andres, end to fornyelser forklarer. Enten går deres ure nogle sekunder forkert, eller også var en fornyelse forsinket; se efter hvilket: { $nodes }.
reason-log-clock_skew-uncompared = Disse noders ure blev ikke sammenlignet, fordi noderne ikke er klar, ingen lease har eller er færre end tre: { $nodes }.
reason-log-clock_skew-untold = API-serveren oplyser ikke sin tid (dens svar har ingen Date), så dens ur blev ikke sammenlignet. Det, der vurderes efter klyngens tid, vurderes efter Bevis’ egen.

## enc.storage

check-enc-storage-title = Volumener ligger på krypteret lager
check-enc-storage-rule = Hver lagerklasse, som volumener er lavet af, beder sin driver om kryptering eller står på listen over dem, som udbyderen krypterer. At udbyderen gør det, skal vises ved dennes erklæring.
check-enc-storage-rationale = Diske flyttes, udskiftes og kasseres. Er de krypteret, er der intet at hente for den, der får fat i dem.
check-enc-storage-remedy = Opret en klasse, der beder om kryptering, og flyt data, eller føj klassen til encrypted_storage i klyngens politik, når udbyderen har erklæret det.
fault-enc-storage-switched_off = Klassen slår kryptering fra.
fault-enc-storage-not_listed = Intet beder om kryptering her, og lageret står ikke på listen over dem, som udbyderen krypterer.
reason-enc-storage-forbidden = { reason-forbidden }
reason-enc-storage-absent = { reason-absent }
reason-enc-storage-unread = { reason-unread }
reason-enc-storage-not_shown = Om dette lager er krypteret, kan ikke ses og skal vises ved udbyderens erklæring ({ $count }): { $storage }.
reason-enc-storage-no_volumes = Der er ingen volumener.

## out.released_volumes

check-out-released_volumes-title = Der ligger ingen data i volumener, som ingen bruger
check-out-released_volumes-rule = Ingen volumen bliver liggende længere, end politikken tillader (30 dage, hvis den intet siger), efter at den, der bad om den, er slettet.
check-out-released_volumes-rationale = Det, ingen bruger, holder ingen øje med. Data ligger der stadig efter den dag, de skulle være væk.
check-out-released_volumes-remedy = Kopiér det, der skal gemmes, slet volumenen, og se efter, at lageret bag den også er slettet.
fault-out-released_volumes-left_over = Volumenen blev lavet til { $claim }, som har været væk siden { $since }; { $days } dage er tilladt.
reason-out-released_volumes-forbidden = { reason-forbidden }
reason-out-released_volumes-absent = { reason-absent }
reason-out-released_volumes-unread = { reason-unread }
reason-out-released_volumes-since_unknown = Hvor længe ingen har brugt { $count } volumener, oplyses ikke før Kubernetes 1.29 og skal bedømmes af en person: { $volumes }.
reason-out-released_volumes-none = Der er ingen volumener.

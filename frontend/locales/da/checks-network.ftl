## net.default_deny

check-net-default_deny-title = Navnerum er lukket for det, der ikke er tilladt
check-net-default_deny-rule = I hvert navnerum afskærer en netværkspolitik alle pods, både indad og udad, fra det, som ingen politik tillader, og ingen politik tillader alt igen. Systemets egne navnerum bedømmes ikke. Om netværket håndhæver politikkerne, kan ikke ses her.
check-net-default_deny-rationale = I et åbent netværk når den, der bryder ind i én pod, alle de andre og kan sende det fundne hvorhen som helst.
check-net-default_deny-remedy = Føj politikken nedenfor til navnerummet, og tillad det nødvendige i politikker ved siden af.
fault-net-default_deny-no_ingress = Ingen politik afskærer navnerummets pods fra det, der kommer ind.
fault-net-default_deny-no_egress = Ingen politik hindrer navnerummets pods i at sende hvad som helst hvorhen som helst.
fault-net-default_deny-open_ingress = Alt kan alligevel komme ind gennem: { $policies }.
fault-net-default_deny-open_egress = Alt kan alligevel komme ud gennem: { $policies }.
reason-net-default_deny-forbidden = { reason-forbidden }
reason-net-default_deny-absent = { reason-absent }
reason-net-default_deny-unread = { reason-unread }
reason-net-default_deny-other_engine = { $count } navnerum har politikker fra { $engines }, som ikke bedømmes her, og som kan lukke eller åbne for mere. At det, der ikke er tilladt, holdes ude, skal vises af en person: { $namespaces }.

## net.exposed

check-net-exposed-title = Det, der kan nås udefra, er godkendt
check-net-exposed-rule = Hver tjeneste med en adresse uden for klyngen og hvert værtsnavn i en ingress eller gateway står på den godkendte liste.
check-net-exposed-rationale = Hver dør udadtil er en vej, ad hvilken data kan slippe ud og andre ind. Hver eneste skal være en beslutning.
check-net-exposed-remedy = Fjern adressen, eller føj den efter godkendelse til exposed i klyngens politik.
fault-net-exposed-service = Tjenesten kan nås udefra ({ $type }) og står ikke på den godkendte liste.
fault-net-exposed-host = Værtsnavnet { $host } kan nås udefra og står ikke på den godkendte liste.
reason-net-exposed-forbidden = { reason-forbidden }
reason-net-exposed-absent = { reason-absent }
reason-net-exposed-unread = { reason-unread }
reason-net-exposed-no_list = Der er ingen liste over godkendte adresser (exposed). Disse kan nås udefra ({ $count }): { $doors }.
reason-net-exposed-unread_kinds = Denne klynge har typer, som værtsnavne kan nås igennem udefra, og som Bevis ikke læser, så om de er godkendt, skal en person vise: { $kinds }.
reason-net-exposed-none = Ingen tjeneste, ingress eller gateway kan nås udefra.

## enc.ingress_tls

check-enc-ingress_tls-title = Hvert værtsnavn har TLS
check-enc-ingress_tls-rule = Hvert værtsnavn i en ingress har et certifikat, og hver gateway, der lytter til HTTP, lytter til HTTPS for samme værtsnavn. Hvor klyngen har andre typer, som værtsnavne kan nås igennem, for eksempel Route i OpenShift, skal en person bedømme dem.
check-enc-ingress_tls-rationale = Det, der sendes i klartekst over åbne net, kan læses og ændres af enhver undervejs.
check-enc-ingress_tls-remedy = Føj værtsnavnet med et certifikat til spec.tls i ingressen, eller en HTTPS-lytter til gatewayen.
fault-enc-ingress_tls-plain = Værtsnavnet { $host } nås uden TLS (en stjerne står for alle værtsnavne).
reason-enc-ingress_tls-forbidden = { reason-forbidden }
reason-enc-ingress_tls-absent = { reason-absent }
reason-enc-ingress_tls-unread = { reason-unread }
reason-enc-ingress_tls-unclear = Om { $count } værtsnavne har TLS, afhænger af certifikater, der findes andetsteds, eller af andre protokoller og skal vises af en person: { $hosts }.
reason-enc-ingress_tls-unread_kinds = Denne klynge har typer, som værtsnavne kan nås igennem udefra, og som Bevis ikke læser, så om de har TLS, skal en person vise: { $kinds }.
reason-enc-ingress_tls-none = Der er hverken ingress eller gateway.

# At logge ind og ud.

error-login-required-title = Du skal logge ind
error-login-required-text = Du er ikke logget ind, eller din session er udløbet.
error-login-required-next = Log ind, og prøv igen.

error-login-unknown-title = Dette login kan ikke gøres færdigt
error-login-unknown-text = Svaret fra identitetsudbyderen hører ikke til et login, som denne browser har begyndt her. Det kan allerede være brugt, eller også gemmer din browser ikke cookies for dette websted.
error-login-unknown-next = Begynd forfra fra forsiden.

error-login-expired-title = Det tog for lang tid at logge ind
error-login-expired-text = Et login skal være færdigt inden for ti minutter.
error-login-expired-next = Begynd forfra fra forsiden.

error-login-refused-title = Identitetsudbyderen afviste login
error-login-refused-text = Den sendte dig tilbage uden at bekræfte, hvem du er.
error-login-refused-next = Prøv igen. Hvis det sker igen, så spørg dem, der driver identitetsudbyderen, og giv dem id'et herunder.

error-login-provider-away-title = Identitetsudbyderen svarer ikke
error-login-provider-away-text = Ingen kan logge ind, før den svarer. Åbne sessioner fortsætter.
error-login-provider-away-next = Prøv igen om et minut. Bevis' log fortæller, hvad der blev forsøgt.

error-login-provider-wrong-title = Login kunne ikke godtages
error-login-provider-wrong-text = Identitetsudbyderens svar bestod ikke en kontrol, så ingen blev logget ind.
error-login-provider-wrong-next = Prøv igen. Hvis det sker igen, så giv id'et herunder til dem, der driver Bevis: loggen fortæller, hvilken kontrol det var.

error-login-no-role-title = Du har ikke adgang til Bevis
error-login-no-role-text = Identitetsudbyderen bekræftede, hvem du er, men ingen af dine grupper giver dig en rolle her.
error-login-no-role-next = Bed dem, der driver Bevis, om at give en af dine grupper en rolle eller at føje dig til en gruppe, der har en. Log så ind igen.
login-groups-seen = Identitetsudbyderen oplyste, at du er med i disse grupper:
login-groups-none = Identitetsudbyderen oplyste ikke, at du er med i nogen gruppe.

logout-done-title = Du er logget ud
logout-done-text = Din session i Bevis er slut.
logout-done-provider-goes-on = Din session i Bevis er slut. Din session hos identitetsudbyderen kan fortsætte; luk browseren, eller log ud dér, hvis andre bruger denne computer.
logout-done-next = Log ind igen

logout-provider-title = Logger ud
logout-provider-text = Din session i Bevis er slut. Din browser går nu til identitetsudbyderen for også at afslutte din session dér.
logout-provider-next = Gå videre til identitetsudbyderen

# Hvad der kan gå galt med enhver forespørgsel.

error-forbidden-title = Det har du ikke lov til
error-forbidden-text = Dine roller tillader det ikke.
error-forbidden-next = Hvis du har brug for det i dit arbejde, så spørg dem, der uddeler roller.
error-forbidden-view = Du skal have en rolle for at læse dette.
error-forbidden-decide = At bekræfte fund og kommentere er for teknikere og sikkerhedsansvarlige.
error-forbidden-create-pack = At lave bevispakker er for ledere og sikkerhedsansvarlige.
error-forbidden-download-pack = At hente bevispakker er for ledere, sikkerhedsansvarlige og auditorer.
error-forbidden-administer = Dette er for administratorer.
error-forbidden-intake = Kun en klynge med sit eget token må sende hertil.

error-cross-site-title = Forespørgslen kom fra et andet websted
error-cross-site-text = Bevis tager kun imod ændringer fra sine egne sider, så ingen anden side kan handle i dit navn.
error-cross-site-next = Åbn siden i Bevis, og prøv igen dér. Hvis du gjorde det, er den offentlige adresse i konfigurationen måske ikke den, du bruger.

error-not-found-title = Siden findes ikke
error-not-found-text = Adressen fører ingen steder hen, eller til noget, som ikke fandtes på det tidspunkt, du spurgte om.
error-not-found-next = Kontrollér adressen, eller begynd fra forsiden.

error-method-not-allowed-title = Det kan ikke gøres her
error-method-not-allowed-text = Adressen findes, men ikke for denne slags forespørgsel.
error-method-not-allowed-next = Åbn siden, og brug det, den tilbyder.

error-unsupported-media-type-title = Forespørgslen har en forkert type
error-unsupported-media-type-text = Forespørgslens indhold er ikke af en type, der læses her. API'et læser application/json.
error-unsupported-media-type-next = Send den, som API'ets beskrivelse siger.

error-too-large-title = Forespørgslen er for stor
error-too-large-text = Bevis læser højst en halv megabyte ad gangen.
error-too-large-next = Send mindre ad gangen.

error-timeout-title = Det tog for lang tid
error-timeout-text = Svaret var ikke klar inden for et halvt minut, så Bevis gav op.
error-timeout-next = Prøv igen, eller bed om mindre: færre klynger, et snævrere filter.

error-unreadable-title = Forespørgslen kan ikke forstås
error-unreadable-text = Noget i adressen eller formularen er ikke, som det skal være.
error-unreadable-next = Gå tilbage, og prøv igen.

error-invalid-title = Forespørgslen kan ikke forstås
error-invalid-text = En værdi i adressen eller formularen kan ikke bruges.
error-invalid-next = Gå tilbage, ret den, og prøv igen.

error-conflict-title = Det er ikke muligt nu
error-conflict-text = Det, du bad om, strider mod, hvordan tingene er.
error-conflict-next = Genindlæs siden for at se, hvordan tingene er nu.

error-rate-limited-title = For mange forespørgsler
error-rate-limited-text = Der kom for mange forespørgsler fra din adresse.
error-rate-limited-next = Vent et minut, og prøv igen.

error-database-away-title = Databasen svarer ikke
error-database-away-text = Bevis kan ikke læse eller skrive noget lige nu. Intet af det, der er registreret, er tabt.
error-database-away-next = Prøv igen om et minut. Bevis fortsætter af sig selv, når databasen er tilbage.

error-internal-title = Noget gik galt
error-internal-text = Det er en fejl i Bevis. Den er logget.
error-internal-next = Prøv igen. Hvis det sker igen, så giv id'et herunder til dem, der driver Bevis.

error-home = Til forsiden
error-request-id = Forespørgslens id:

# Det, klynger sender.

error-token-refused-title = Tokenet giver ikke adgang
error-token-refused-text = En klynge sender med sit eget token.
error-token-refused-next = Opret et nyt: bevis token create.
error-token-missing = Der er intet token: hverken i headeren Authorization, som "Bearer …", eller som sidste del af stien.
error-token-unknown = Bevis har aldrig udstedt dette token, eller det er blevet afkortet på vejen hertil.
error-token-expired = Tokenet er udløbet. Opret et nyt: bevis token create.
error-token-revoked = Tokenet er tilbagekaldt, eller dets klynge er ikke længere i konfigurationen.
error-token-elsewhere = Dette token hører til en anden kilde. Send til den, det blev oprettet til.

error-unusable-title = Intet af det kan bruges
error-unusable-text = Ingen del af indholdet kunne forstås; hver del, der blev afvist, er nævnt.
error-unusable-next = Kontrollér, at afsenderen er sat til det format, som denne adresse tager imod.

error-too-large-intake = Indholdet er større end { $value } MiB, som er det mest, der tages imod fra denne kilde ad gangen.
error-intake-node = En node angives med små bogstaver, cifre, punktummer og bindestreger: { $value }

## Hovedbogen

nav-ledger = Hovedbog
ledger-what = Hvad personer og Bevis har gjort: log-ind, beslutninger, eksporter, indstillinger og alt, hvad auditorer har fået vist. { $count ->
    [one] Der er én post; den ændres aldrig.
   *[other] Der er { $count } poster; ingen af dem ændres nogensinde.
}
ledger-chain = Hænger den sammen?
ledger-never-verified = Kæden er endnu ikke regnet efter. Bevis gør det selv kort efter start og derefter jævnligt.
ledger-holds = Kæden holder
ledger-broken = Kæden er brudt: hovedbogen er blevet ændret
ledger-broken-entry = Første post, der ikke holder
ledger-broken-what = Hvad der er galt
ledger-expected = Forventet
ledger-found = Fundet
ledger-found-nothing = intet: posten er væk
ledger-link-number = Den mangler, findes to gange eller står i forkert rækkefølge.
ledger-link-instant = Dens tidspunkt er ikke skrevet, som det skal være, eller ligger før den foregående posts.
ledger-link-digest = Kontrolsummen af dens indhold er ikke SHA-256.
ledger-link-payload = Dens indhold er ikke det, der blev skrevet.
ledger-link-hash = Dens hash følger ikke af dens indhold og den foregående post.
ledger-link-witness = Kæden hænger sammen, men er ikke den, der var der før: denne posts hash var en anden.
ledger-verified = { $count ->
    [one] Én post er regnet efter og holder,
   *[other] { $count } poster er regnet efter og holder,
}
ledger-since = { $count ->
    [one] Der er kommet én post til siden; den kommer med næste gang.
   *[other] Der er kommet { $count } poster til siden; de kommer med næste gang.
}
ledger-head = Hash af den sidste post, der holder:
ledger-verify-yourself = Sådan regnes det hele efter nu:
ledger-anchors = Kopier af den nyeste hash andetsteds
ledger-anchors-what = Den, der har den nyeste hash, kan senere vise, at intet før den er ændret, uanset hvad der sker med denne database.
ledger-anchors-none = Hashen sendes ingen steder hen. Afsnittet [ledger] i konfigurationen angiver en webhook, en fil eller en tidsstemplingstjeneste.
ledger-anchor-target = Hvor
ledger-anchor-at = Hvornår
ledger-anchor-seq = Post og hash
ledger-anchor-outcome = Udfald
ledger-anchor-taken = Modtaget
ledger-anchor-failed = Ikke modtaget; der forsøges igen
ledger-anchor-receipt = Tidsstempel (RFC 3161)
ledger-target-webhook = Webhook
ledger-target-file = Fil
ledger-target-timestamp = Tidsstemplingstjeneste
ledger-entries = Poster
ledger-none-title = Ingen poster
ledger-none = Der er endnu ikke sket noget.
ledger-none-matches = Ingen poster passer. Udvid perioden, eller vælg en anden person eller handling.
ledger-newest = Nyeste
ledger-older = Ældre
ledger-number = Post
ledger-at = Hvornår
ledger-actor = Hvem
ledger-action = Hvad
ledger-from = Fra
ledger-until = Til
ledger-payload = Indhold, som det blev skrevet
ledger-hashes = Hashværdier
ledger-hash = Denne post:
ledger-prev-hash = Den foregående post:
error-forbidden-read-ledger = Hovedbogen er for sikkerhedsansvarlige, administratorer og auditorer.

## API-tokens

nav-tokens = API-tokens
tokens-what = Med et token bruger et program API’et i dit navn: aldrig til mere, end du selv må, og kun så længe dit seneste log-ind fortæller Bevis, hvilke roller du har. Hvert token og brugen af det står i hovedbogen.
tokens-list = Tokens
tokens-none-title = Ingen tokens
tokens-none = Lav et, når et program eller kommandolinjen skal bruge API’et.
token-made = Dit nye token
token-made-text = Kopiér det nu: det vises ikke igen, og Bevis gemmer det ikke. Enhver, der har det, kan bruge det.
token-new = Nyt token
token-name = Navn
token-scopes = Hvad det må
token-scopes-hint = Ikke mere, end du selv må.
token-scope-view = Læse
token-scope-decide = Beslutte om fund
token-scope-create_pack = Lave pakker
token-scope-download_pack = Hente pakker
token-scope-read_ledger = Læse hovedbogen
token-clusters = Klynger
token-clusters-hint = Vælges ingen, gælder det alle. Et token med et valg kan ikke bruges til det, der handler om alle klynger på én gang.
token-all-clusters = Alle klynger
token-days = Dage, til det udløber
token-days-hint = { $count ->
    [one] Højst én dag.
   *[other] Højst { $count } dage.
}
token-create = Lav tokenet
token-owner = Hvis
token-reach = Må
token-life = Lavet
token-until = indtil
token-used = Sidst brugt
token-never-used = Aldrig
token-state = Tilstand
token-in-force = Gælder
token-expired = Udløbet
token-revoked = Trukket tilbage
token-revoke = Træk tilbage
token-revoke-named = Træk { $name } tilbage
notice-token-revoked = Tokenet er trukket tilbage; det åbner ikke længere noget.
error-forbidden-manage-tokens = Tokens laves og trækkes tilbage af personer, der er logget ind.
error-token-name = Navnet på et token har 1 til 100 tegn.
error-token-scopes = Vælg mindst én ting, som tokenet må, og intet, som du ikke selv må. { $value }
error-token-days = Et token gælder i 1 til { $value } dage.
error-token-clusters = Der er ingen klynge, der hedder »{ $value }«.
error-token-many = Du har 50 gældende tokens. Træk et tilbage, som du ikke længere har brug for.
error-api-token-malformed = Headeren Authorization skal være: Bearer, et mellemrum og et token, der begynder med bevis_api_.
error-api-token-owner-unknown = Tokenets ejer har ikke længere nogen rolle eller har ikke logget ind i for lang tid. Når ejeren logger ind igen, virker det igen.
error-token-scope = Tokenet er ikke lavet til dette: det mangler rettigheden { $value }.
error-token-all-clusters = Tokenet er begrænset til { $value }, og dette handler om alle klynger.
error-token-other-cluster = Tokenet gælder ikke for klyngen { $value }.
error-idempotency-key = En Idempotency-Key har 1 til 255 synlige ASCII-tegn og sendes én gang.
error-idempotency-reused = Denne Idempotency-Key står for en anden forespørgsel. Brug en ny nøgle til en ny forespørgsel.
error-idempotency-unknown = Forespørgslen med denne Idempotency-Key er ikke blevet besvaret. Se efter, om den har haft virkning, før du sender den igen med en ny nøgle.
error-api-token-unknown = Dette token er ukendt. Lav et andet på siden API-tokens.
error-api-token-expired = Dette token er udløbet. Lav et andet på siden API-tokens.
error-api-token-revoked = Dette token er trukket tilbage. Lav et andet på siden API-tokens.
error-idempotency-tokens = Et token vises én gang og gemmes ingen steder. Derfor kan tokens ikke laves eller trækkes tilbage med en Idempotency-Key.

# Objekter bag vurderinger, som de blev set.

object-what = Objektet, som én læsning så det. Hemmeligheder blev taget ud, før det blev gemt.
object-facts = Hvad det er
object-kind = Type
object-content = Indhold
object-content-means = Hvor der var, eller kan have været, en hemmelighed, står ordet “redacted”. Det, der ændrer sig af sig selv, er udeladt.
object-redacted = { $count ->
    [0] Intet skulle fjernes.
    [one] Fjernet ét sted
   *[other] Fjernet { $count } steder
}
object-dropped = { $count ->
    [0] Intet blev udeladt.
    [one] Ét felt udeladt
   *[other] { $count } felter udeladt
}
object-is-kept = gemt
object-not-kept = Indholdet er ikke gemt
object-not-kept-too-large = Objektet er større, end indstillingerne tillader (scan.objects.object_kb). Dets navn og version er alligevel registreret.
object-not-kept-over-budget = At gemme det ville have kostet den læsning mere end dens budget (scan.objects.list_kb, scan.objects.scan_kb). En senere læsning, der ser det uændret, indhenter det.
object-not-kept-setting = Indstillingerne udelader det (scan.objects.keep, scan.objects.leave_out). Dets navn, version og hash er alligevel registreret.
object-not-kept-unreadable = Det er ikke et objekt, der kan forstås, så dets hemmeligheder kan ikke skelnes fra resten.
object-not-kept-unknown = Det blev læst, før indhold blev gemt. Dets navn, version og hash er registreret.
object-not-retained = Indholdet opbevares ikke længere
object-not-retained-text = Det var gemt og blev slettet { $when }, da dets tid var omme. Hvornår det blev set, dets version og dets hash er stadig registreret.
object-seen = Set med dette indhold
object-from = Fra
object-to = Indtil
object-still = stadig sådan ved seneste læsning
objects-then = Objekterne, som de var dengang
objects-of-finding = Fundets objekter
objects-of-finding-none = Intet objekt med dette navn blev læst dengang
objects-of-finding-none-text = Det, fundet handler om, er ikke et objekt for sig, eller det blev læst, før objekter blev gemt. De lister, som kontrollen bygger på, står på dens side.
error-invalid-instant = Det er ikke et tidspunkt i fortiden, som 2026-06-30T12:00:00Z: { $value }
pack-objects = Med de objekter, som åbne fund handler om
pack-objects-hint = Som de var på det tidspunkt, uden hemmeligheder; højst 32 MB.

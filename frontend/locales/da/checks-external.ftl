## ext.findings

check-ext-findings-title = Andre scannere finder intet
check-ext-findings-rule = Den nyeste rapport om alt, hvad der blev undersøgt, finder intet, er hel og er ikke ældre, end klyngens politik tillader (8 dage).
check-ext-findings-rationale = Værktøjer uden for klyngen ser det, Bevis ikke kan se. Det, de finder, hører til på den samme liste med den samme opfølgning.
check-ext-findings-remedy = Ret det, der blev fundet, kør scanneren igen, og send dens rapport.
fault-ext-findings-found = { $rule }: { $title }. { $text }
reason-ext-findings-forbidden = { reason-forbidden }
reason-ext-findings-absent = { reason-absent }
reason-ext-findings-unread = { reason-unread }
reason-ext-findings-no_sender = Intet sendes til Bevis: der er ikke oprettet noget token til det.
reason-ext-findings-never = Der er oprettet et token, men intet er kommet endnu.
reason-ext-findings-old = For gammel til at sige noget om nu: { $reports }.
reason-ext-findings-review = Værktøjet overlader det til et menneske at vurdere: { $rules }.

nav-my-work = Mine opgaver

finding-state-false_positive = Falsk positiv
finding-ticket = Sag

decision-assign = Tildelt
decision-unassign = Tildeling fjernet
decision-link_ticket = Sag tilknyttet
decision-unlink_ticket = Sag fjernet
decision-set_due = Frist sat
decision-clear_due = Frist fjernet
decision-false_positive = Meldt som falsk positiv
decision-confirm_false_positive = Falsk positiv godkendt
decision-reject_false_positive = Falsk positiv afvist
decision-reopen = Genåbnet
decision-undo = Fortrudt

decide-several = Beslut om flere
decide-assign = Tildel
decide-unassign = Fjern tildelingen
decide-link_ticket = Tilknyt sagen
decide-unlink_ticket = Fjern sagen
decide-set_due = Sæt fristen
decide-clear_due = Fjern fristen
decide-false_positive = Meld som falsk positiv
decide-confirm_false_positive = Godkend som falsk positiv
decide-reject_false_positive = Afvis
decide-reopen = Genåbn

decide-kind = Beslutning
decide-values = Ansvarlig, frist, sag
decide-assignee = Ansvarlig
decide-assignee-none = Vælg
decide-people = Personer
decide-teams = Team
decide-due = Frist
decide-ticket = Sag (adresse)
decide-ticket-or-key = Sag (adresse eller nøgle)
decide-selected = Tag stilling til de valgte
decide-matching = { $count ->
    [one] Det ene, der passer …
   *[other] Alle { $count }, der passer …
}
decide-matching-at-least = Alle de mere end { $count }, der passer …

assigned-person = { $name }
assigned-team = Team { $name }
due-by = Frist { $day }
due-overdue = Fristen { $day } er overskredet
claimed-short = Meldt som falsk positiv af { $name }

claim-title = { $name } melder dette som en falsk positiv
claim-waits = Fundet står uændret, indtil en anden end forfatteren, som er sikkerhedsansvarlig, har godkendt det.
claim-own = Det venter på en anden sikkerhedsansvarlig end dig. Indtil da står fundet uændret. Genåbn trækker meldingen tilbage.
claim-comment-label = Kommentar (påkrævet for at afvise)

filter-assignee-nobody = Ingen
filter-due-overdue = Overskredet
filter-due-week = Inden for syv dage
filter-due-set = Med frist
filter-due-unset = Uden frist

confirm-title = { $count ->
    [one] Tag stilling til ét fund?
   *[other] Tag stilling til { $count } fund?
}
confirm-what = Beslutning
confirm-value = Værdi
confirm-findings = Fund
confirm-filter = Alle fund med
confirm-no-filter = intet filter: alt, der fejler
confirm-help = Der er ikke gjort noget endnu. Er antallet af fund et andet, når du bekræfter, besluttes der intet, og du bliver spurgt igen.
confirm-yes = { $count ->
    [one] Ja, tag stilling til det
   *[other] Ja, tag stilling til alle { $count }
}
confirm-no = Nej, tilbage til listen

undo = Fortryd
undo-offer = { $count ->
    [one] { $decision }: ét fund.
   *[other] { $decision }: { $count } fund.
}
undo-until = Kan fortrydes indtil

notice-decided = { $count ->
    [one] Beslutningen er gemt.
   *[other] Beslutningen om { $count } fund er gemt.
}
notice-undone = Beslutningen er fortrudt. Begge hændelser bliver stående i tidslinjen.
notice-value-missing = Der er ikke gjort noget: vælg den ansvarlige, fristen eller sagen, der hører til beslutningen.
notice-nothing-matches = Der er ikke gjort noget: intet fund passer længere.

my-work-assigned = Tildelt mig eller mine team
my-work-assigned-none = Intet, der fejler, er tildelt dig eller dine team.
my-work-as-list = Åbn som liste over fund
my-work-mentioned = Omtaler
my-work-mentioned-none = Ingen har omtalt dig. Skriv @ og et navn med punktum i stedet for mellemrum, eller en e-mailadresse, for at omtale nogen i en kommentar.
my-work-claims = Falske positiver, der venter på dig
my-work-claims-none = Ingen melding venter på dig.
my-work-count = { $count ->
    [0] ingen
    [one] én
   *[other] { $count }
}
my-work-count-at-least = mere end { $count }
my-work-none-title = Intet venter på dig
my-work-none-text = Her vises det, der er tildelt dig eller dine team, det, der omtaler dig, og det, du skal godkende.

error-is-false-positive = Mindst ét af fundene er nu en falsk positiv. Genåbn det først.
error-already-claimed = Mindst ét af fundene er allerede meldt som falsk positiv og venter på en sikkerhedsansvarlig.
error-nothing-claimed = Mindst ét af fundene er ikke meldt som falsk positiv, så der er intet at godkende eller afvise.
error-own-claim = Du har selv meldt det. En anden sikkerhedsansvarlig skal bedømme det; du kan trække det tilbage ved at genåbne fundet.
error-nothing-to-take-back = Mindst ét af fundene har intet af den slags, der kan fjernes.
error-unknown-person = Ingen med dette id har nogensinde logget ind: { $value }
error-unknown-team = Ingen, der har logget ind, er i teamet { $value }.
error-due-past = Fristen { $value } er forbi. Vælg i dag eller en senere dag.
error-due-unreadable = Dette er ikke en dato: { $value }. Skriv den som 2026-12-31.
error-ticket = Dette er hverken en adresse på en sag (https://…) eller en nøgle: { $value }
error-ticket-address = Dette er ikke en adresse på en sag (https://…): { $value }
error-assignee = Dette er hverken en person eller et team: { $value }
error-selection-changed = De fund, der passer, er andre end dem, du fik antallet på. Der er intet besluttet; se på listen igen.
error-decision-selection = Nævn enten fund eller et filter sammen med det forventede antal fund.
error-review-elsewhere = At godkende og at afvise har deres egen adresse.
error-undo-of-another = Kun den, der tog beslutningen, kan fortryde den.
error-undo-impossible = En kommentar og en fortrydelse kan ikke fortrydes.
error-undo-late = En beslutning kan fortrydes i ét minut. Tag den modsatte beslutning i stedet.
error-undo-decided-since = Der er siden besluttet noget andet om mindst ét af fundene, så beslutningen kan ikke fortrydes. Tag den modsatte beslutning i stedet.
error-forbidden-review = Meldinger om falske positiver bedømmes af andre sikkerhedsansvarlige end deres forfatter.

my-work-approvals = Risici, der skal tages stilling til
my-work-approvals-count = { $count ->
    [one] en anmodning
   *[other] { $count } anmodninger
}
my-work-approvals-none = Ingen anmodning venter på din godkendelse.
my-work-approvals-all = Alle anmodninger

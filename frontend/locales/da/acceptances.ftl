# Risikoaccepter.

nav-acceptances = Risikoaccepter
acceptances-what = Det, der fejler og er accepteret for en tid: med en begrundelse, en foranstaltning i stedet og en andens godkendelse.
acceptances-ask = Anmod om en accept
acceptances-none-title = Ingen risiko er accepteret
acceptances-none = Ingen har anmodet om en risikoaccept. Man anmoder om den på et fund, eller for et tjek eller en sårbarhed som helhed.
acceptances-waiting = Venter på godkendelse
acceptances-waiting-none = Ingen anmodning venter.
acceptances-next = I kraft, den der udløber først øverst
acceptances-next-none = Ingen accept er i kraft.
acceptances-calendar = Kalender over udløb
acceptances-feed-text = Alle accepter, der er i kraft, med en påmindelse en uge før de udløber:
acceptances-feed = Kalenderfil (iCalendar)
acceptances-subscribe = Abonner i et kalenderprogram
acceptances-subscribe-text = Programmet beder om et navn og en adgangskode. Navnet er ligegyldigt; adgangskoden er et API-token af dine, der må læse:
acceptances-calendar-event = Risikoaccept udløber: { $about }
acceptances-over = Afsluttede
acceptances-over-none = Ingen accept er afsluttet.
acceptances-older = Ældre
acceptances-month-1 = januar
acceptances-month-2 = februar
acceptances-month-3 = marts
acceptances-month-4 = april
acceptances-month-5 = maj
acceptances-month-6 = juni
acceptances-month-7 = juli
acceptances-month-8 = august
acceptances-month-9 = september
acceptances-month-10 = oktober
acceptances-month-11 = november
acceptances-month-12 = december

acceptance-about = Angår
acceptance-state = Tilstand
acceptance-severity = Op til alvorlighed
acceptance-covers = Dækkede fund
acceptance-by = Anmodet af
acceptance-until = Indtil
acceptance-approvals = { $given } af { $needed } godkendelser

acceptance-state-requested = Anmodet
acceptance-state-approved = Godkendt, begynder senere
acceptance-state-active = I kraft
acceptance-state-rejected = Afvist
acceptance-state-withdrawn = Trukket tilbage
acceptance-state-expired = Udløbet
acceptance-state-revoked = Tilbagekaldt
acceptance-state-ended = Ophørt før tid

acceptance-scope-finding = Ét fund
acceptance-scope-cluster = Et tjek på en klynge
acceptance-scope-cluster-means = Alt, tjekket angår på klyngen, også det, der kommer senere.
acceptance-scope-namespace = Et tjek i et namespace
acceptance-scope-namespace-means = Alt i det pågældende namespace, der fejler tjekket, og selve namespacet.
acceptance-scope-workload = Et tjek på en workload
acceptance-scope-workload-means = Én workload eller et andet objekt, ved type og navn, som fund viser dem.
acceptance-scope-team = Et tjek i et teams namespaces
acceptance-scope-team-means = Efter den label på namespaces, der angiver deres team. Det, teamet senere får, er også dækket, og det, det afgiver, er ikke.
acceptance-scope-cve = En sårbarhed overalt
acceptance-scope-cve-means = Ved dens id, på alle klynger, som scannere skriver den: CVE-2026-0001.
acceptance-of-one = Fund { $subject }
acceptance-of-finding = { $check }: { $subject } på { $cluster }
acceptance-of-cluster = { $check }: alt på { $cluster }
acceptance-of-namespace = { $check }: namespace { $namespace } på { $cluster }
acceptance-of-workload = { $check }: { $workload } på { $cluster }
acceptance-of-team = { $check }: team { $team } på { $cluster }
acceptance-of-team-everywhere = { $check }: team { $team } på alle klynger
acceptance-of-cve = { $cve } overalt

acceptance-new = Anmod om en risikoaccept
acceptance-new-what = En sikkerhedsansvarlig, der ikke er dig, skal godkende den. Den gør aldrig en kontrol opfyldt: det, den dækker, fejler fortsat, som en accepteret risiko.
acceptance-extends-this = Denne anmodning fortsætter en tidligere accept, som forbliver, som den er.
acceptance-choose-finding = For et enkelt fund anmodes på fundets egen side:
acceptance-no-teams = Intet namespace angiver et team. Sæt team_label i en klynges politik til den label, der gør det.
acceptance-preview = Vis, hvad den ville dække
acceptance-every-cluster = Alle klynger
acceptance-field-check = Tjek
acceptance-field-cluster = Klynge
acceptance-field-any_cluster = Klynge
acceptance-field-namespace = Namespace
acceptance-field-workload_kind = Type, som Deployment
acceptance-field-workload = Navn
acceptance-field-team = Team
acceptance-field-cve = Sårbarhedens id
acceptance-would-cover = { $count ->
    [0] Intet, der fejler, falder ind under den nu.
    [one] Ét fund, der fejler, falder ind under den nu.
   *[other] { $count } fund, der fejler, falder ind under den nu.
}
acceptance-would-cover-later = Det, der senere falder ind under den, er også dækket og vises som nyt, så længe det ikke er værre end det værste af disse.
acceptance-nothing-to-ask = Der er intet at acceptere. En accept dækker det, der fejler.
acceptance-ask = Hvorfor, og hvor længe
acceptance-field-reason = Begrundelse
acceptance-field-reason-hint = Hvorfor risikoen tages og ikke fjernes.
acceptance-field-compensating_control = Kompenserende foranstaltning
acceptance-field-compensating_control-hint = Hvad der holder risikoen nede imens.
acceptance-field-residual_risk = Restrisiko
acceptance-field-residual_risk-hint = Hvad der er tilbage, med risikovurderingens ord.
acceptance-field-expires_at = Udløber
acceptance-expires-hint = { $days ->
    [one] Højst én dag fra nu, for den værste alvorlighed, den dækker. Tider er i { $zone }.
   *[other] Højst { $days } dage fra nu, for den værste alvorlighed, den dækker. Tider er i { $zone }.
}
acceptance-field-begins_at = Begynder
acceptance-begins-hint = Så snart den er godkendt, hvis feltet er tomt.
acceptance-ends-on = Ophører før tid
acceptance-ends-on-hint = Bevis ser efter hvert halve minut og lader den ophøre, når det ser, at det valgte er indtruffet.
acceptance-ends-on-none = Intet får den til at ophøre før tid ud over en sikkerhedsansvarlig.
acceptance-ends-on-fix_available = Når der findes en rettelse
acceptance-ends-on-subject_changed = Når workloadens image eller specifikation ændres
acceptance-ends-on-severity_rises = Når noget, den dækker, bliver værre end det accepterede
acceptance-watch-watching = Holdes under opsyn; endnu ikke set.
acceptance-watch-unknown = Bevis kan ikke afgøre det: det, der læses, siger det ikke. Et menneske må holde øje.
acceptance-watch-met = Set.
acceptance-approvers-hint = { $count ->
    [one] Én sikkerhedsansvarlig skal godkende den, og ikke den, der anmoder.
   *[other] { $count } sikkerhedsansvarlige skal godkende den, og ikke den, der anmoder.
}
acceptance-ask-for = { $count ->
    [one] Anmod om at acceptere ét fund
   *[other] Anmod om at acceptere { $count } fund
}

acceptance-what = Hvad der er accepteret
acceptance-in-force-since = I kraft siden
acceptance-over-at = Afsluttet siden
acceptance-approved-by = Godkendelse
acceptance-extends = Fortsætter
acceptance-older = En tidligere accept
acceptance-extended-by = Skal fortsættes i
acceptance-newer = En senere anmodning
acceptance-covers-now = { $count ->
    [0] Intet, der fejler, falder ind under den
    [one] Ét fund, der fejler, falder ind under den
   *[other] { $count } fund, der fejler, falder ind under den
}
acceptance-covered-at-request = { $count ->
    [one] Det gjorde ét, da der blev anmodet.
   *[other] Det gjorde { $count }, da der blev anmodet.
}
acceptance-new-since = { $count ->
    [one] Ét af dem er nyt, siden der blev anmodet.
   *[other] { $count } af dem er nye, siden der blev anmodet.
}
acceptance-worse-now = { $count ->
    [one] Ét af dem er værre end det accepterede og er ikke accepteret.
   *[other] { $count } af dem er værre end det accepterede og er ikke accepteret.
}
acceptance-mark = Bemærkninger
acceptance-mark-new = Nyt
acceptance-mark-worse = Værre end accepteret
acceptance-more = { $count ->
    [one] Og ét til.
   *[other] Og { $count } til.
}
acceptance-attachments = Bilag
acceptance-attachments-none = Der er ingen bilag.
acceptance-attach = Vedhæft en fil
acceptance-attach-hint = PDF, PNG, JPEG, tekst, CSV, DOCX, XLSX eller ODT. Den gemmes under sit indholds hash og scannes ikke for virus.
acceptance-attach-do = Vedhæft
acceptance-events = Hvad der er besluttet
acceptance-act-requested = Anmodet
acceptance-act-approved = Godkendt
acceptance-act-rejected = Afvist
acceptance-act-withdrawn = Trukket tilbage
acceptance-act-revoked = Tilbagekaldt
acceptance-act-ended = Ophørt før tid
acceptance-act-too_late = Kom for sent
acceptance-too-late = Det var allerede besluttet. Hvad der ønskedes: { $act }
acceptance-seen-finding = Fundet, der viser det
acceptance-seen-fixed = Rettet i { $version }
acceptance-own-request = Dette er din egen anmodning: en anden sikkerhedsansvarlig skal tage stilling til den.
acceptance-do-approve = Godkend
acceptance-do-approve-means = Det, den dækker, bliver en accepteret risiko, indtil den udløber.
acceptance-do-reject = Afvis
acceptance-do-reject-means = Anmodningen er afsluttet. Skriv hvorfor.
acceptance-do-withdraw = Træk tilbage
acceptance-do-withdraw-means = Du trækker din anmodning tilbage. Skriv hvorfor.
acceptance-do-revoke = Tilbagekald
acceptance-do-revoke-means = Den ophører nu, og det, den dækker, er igen ikke opfyldt. Skriv hvorfor.
acceptance-extend = Anmod om forlængelse

finding-state-accepted = Accepteret
finding-acceptances = Risikoaccept
finding-acceptances-none = Fundets risiko er ikke accepteret.
finding-ask-acceptance = Anmod om en accept
tile-accepted = { $count ->
    [one] Ét er accepteret.
   *[other] { $count } er accepteret.
}
check-accepted = { $count ->
    [one] Risikoen ved ét fund er accepteret.
   *[other] Risikoen ved { $count } fund er accepteret.
}

notice-acceptance-requested = Anmodningen er gemt. Den venter på godkendelse.
notice-acceptance-approved = Din godkendelse er gemt.
notice-acceptance-rejected = Anmodningen er afvist.
notice-acceptance-withdrawn = Anmodningen er trukket tilbage.
notice-acceptance-revoked = Accepten er tilbagekaldt.
notice-acceptance-attached = Filen er vedhæftet.
notice-attachment-missing = Intet blev gjort: vælg en fil.

error-acceptance-scope = Angiv, hvad accepten skal angå, med alt, hvad det kræver.
error-acceptance-covers-nothing = Intet, der fejler, falder ind under den, så der er intet at acceptere.
error-acceptance-reason-missing = Skriv, hvorfor risikoen tages.
error-acceptance-control-missing = Skriv, hvad der holder risikoen nede imens.
error-acceptance-instant = Angiv dato og tid for, hvornår den skal begynde og udløbe.
error-acceptance-begins-past = Den kan ikke begynde i fortiden.
error-acceptance-expires-past = Den skal udløbe, efter at den begynder.
error-acceptance-too-long = Det er længere, end en risiko af denne alvorlighed må accepteres. Dage højst:
error-acceptance-no-one-object = Om et image eller en specifikation ændres, kan kun afgøres for én workload. Vælg et fund eller en workload.
error-acceptance-fix-exists = Der findes allerede en rettelse, så den ville ophøre straks.
error-acceptance-other-scope = En forlængelse angår det samme som den accept, den fortsætter.
error-acceptance-own-request = Ingen tager stilling til sin egen anmodning.
error-acceptance-not-own = Dette er en andens anmodning.
error-acceptance-too-late = Det var allerede besluttet, eller den er afsluttet. Det, du ønskede, er gemt ved siden af.
error-attachment-kind = Denne type fil modtages ikke, eller indholdet er ikke det, navnet siger.
error-attachment-large = Filen er for stor. Højst:
error-attachment-many = Der er så mange bilag, som der må være.

report-acceptances = Risikoaccepter
report-acceptances-what = Hvad der var accepteret for en tid, af hvem, og hvad det dækkede på det tidspunkt, som denne pakke taler om. En accepteret risiko er aldrig opfyldt.
report-acceptances-none = Ingen risikoaccept angår det, der er omfattet.
report-acceptances-file = Det hele, med begrundelser, foranstaltninger og beslutninger, er i data/acceptances.json og data/acceptances.csv.
report-csv-acceptance = Accept
report-csv-about = Angår
report-csv-acceptance_state = Tilstand
report-csv-stated_reason = Begrundelse
report-csv-compensating_control = Kompenserende foranstaltning
report-csv-residual_risk = Restrisiko
report-csv-requested_by = Anmodet af
report-csv-requested_at = Anmodet
report-csv-approved_by = Godkendt af
report-csv-in_force_since = I kraft siden
report-csv-expires_at = Udløber
report-csv-over_at = Afsluttet siden
report-csv-covered = Dækkede fund
report-csv-attachments = Bilag

error-forbidden-approve = Godkendelse, afvisning og tilbagekaldelse kræver rollen sikkerhedsansvarlig.

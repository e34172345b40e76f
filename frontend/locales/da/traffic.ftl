## Hvad der spørges om i en klynge

rounds-title = Hvad Bevis har spurgt denne klynge om
rounds-none = Ikke talt: der er endnu ikke talt nogen runde i klyngen.
rounds-newest = Den nyeste runde, over alle kilder, sluttede
rounds-what = Budget
rounds-used = Brugt
rounds-most = Højst
rounds-rate = Forespørgsler
rounds-rate-used = { $requests ->
    [one] én forespørgsel på { $took }
   *[other] { $requests } forespørgsler på { $took }
}
rounds-rate-most = { $count ->
    [one] én i sekundet
   *[other] { $count } i sekundet
}
rounds-bytes = Bytes i alle svar
rounds-answer = Bytes i det største svar
rounds-page = Objekter, der bedes om ad gangen
rounds-page-used = så mange som budgettet siger
rounds-page-most = { $count ->
    [one] ét objekt
   *[other] { $count } objekter
}
rounds-over = Budgettet af bytes blev brugt op, før alt var læst. Det, der ikke er læst, bedømmes ikke og lukker intet. Hæv max_scan_mb, eller find ud af, hvad der er vokset.
rounds-means = Bytes er svarenes indhold, uden komprimering. Det, der ikke er ændret siden en tidligere runde, bekræftes ved sin version og hentes ikke igen.
rounds-before = De nyeste runder

scan-requests = Forespørgsler
scan-bytes = Bytes
scan-not-counted = ikke talt
scan-read-confirmed = { $count ->
    [one] ét af dem bekræftet ved sin version og ikke hentet igen
   *[other] { $count } af dem bekræftet ved deres versioner og ikke hentet igen
}
objects-confirmed = versioner bekræftet, og det ændrede hentet,
report-confirmed = { $count ->
    [one] ét bekræftet ved sin version, ikke hentet igen
   *[other] { $count } bekræftet ved deres versioner, ikke hentet igen
}

# En klynges systemer, grupperet efter hvordan de blev læst.
systems-trouble = Ikke læst, som de skulle
systems-read = Installeret og læst
systems-silent = Installeret, men tavse
systems-hidden = Kan ikke ses herfra
systems-absent = Ikke installeret
systems-untried = Aldrig forsøgt
systems-trouble-short = ikke som de skulle
systems-read-short = læst
systems-silent-short = tavse
systems-hidden-short = skjulte
systems-absent-short = ikke installeret
systems-untried-short = aldrig forsøgt
systems-of = Kilder i { $cluster }: { $count } i alt
systems-checks = Tjek af { $source }
systems-no-checks = Intet tjek i kataloget spørger denne kilde.
systems-findings = { $count ->
    [0] Ingen åbne fund
    [one] Ét åbent fund
   *[other] { $count } åbne fund
}
systems-version = Version
systems-seen = Senest set
systems-budget = Forældet efter
systems-open = Åbne fund
systems-column-check = Tjek
systems-column-state = Tilstand
systems-column-why = Hvorfor
systems-column-failed = Fejler
systems-dropped = Ikke opbevaret
systems-dropped-short = ikke opbevaret

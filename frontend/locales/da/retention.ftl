# Hvad en opbevaringsregel har slettet.
error-not-retained-title = Ikke opbevaret
error-not-retained-text = Det, man vidste dengang, er slettet efter en opbevaringsregel. Der kan intet siges om det, hverken godt eller skidt.
error-not-retained-from = Fund og resultater er opbevaret fra og med { $value }: reglen gemmer dem i { $number ->
    [one] én måned
   *[other] { $number } måneder
  }, efter at de er ophørt. Hovedbogen siger, hvad der er slettet og hvornår.
error-not-retained-next = Vælg et senere tidspunkt i menuen øverst på siden, eller se siden, som den er nu. Beslutninger, risikoaccepter og bevispakker, der er bygget, findes stadig.
findings-not-retained = Fund, der ophørte før { $from }, er ikke opbevaret: de er slettet efter en opbevaringsregel, og hovedbogen siger hvornår.
finding-not-retained = Det fejlede også tidligere. Det, der ophørte før { $from }, er ikke opbevaret: det er slettet efter en opbevaringsregel, og hovedbogen siger hvornår.
states-not-retained = Tilstande af kontroller, tjek og kilder før { $from } er ikke opbevaret: den log over aflæsninger, som de byggede på, er slettet efter en opbevaringsregel, og hovedbogen siger hvornår.
messages-not-retained = Beskeder, der blev afsluttet før { $from }, er ikke opbevaret: de er slettet efter en opbevaringsregel, og hovedbogen siger hvornår.
trends-not-retained = Det, man vidste før { $from }, er ikke opbevaret: det er slettet efter en opbevaringsregel. Perioder, der begynder før da, har ingen tal.
trends-dropped-title = Ikke opbevaret
trends-dropped-text = Det, man vidste om denne tid, er slettet efter en opbevaringsregel. Der kan intet siges om den, hverken godt eller skidt.
trend-column-dropped = { $day }: ikke opbevaret
trends-csv-retained = Opbevaret
trends-csv-is-retained = Opbevaret

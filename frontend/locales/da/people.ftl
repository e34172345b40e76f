# Personer, der har logget ind, og sessioner.

nav-group-administration = Administration
nav-people = Personer
people-what = Alle, der nogensinde har logget ind, efter navn. At afslutte en persons sessioner er at logge personen ud overalt, med det samme; det står i hovedbogen, sammen med hvem der gjorde det.
people-what-not = Det lukker ingen ude: den, som identitetsudbyderen stadig lukker ind, kan logge ind igen med de roller, som vedkommendes grupper så giver. Det trækker ingen tokens tilbage; det gøres her:
people-text = Navn eller e-mail
people-list = Personer
people-none-title = Ingen
people-none = Ingen havde logget ind.
people-none-matches = Ingens navn eller e-mailadresse indeholder dette. Søg efter noget andet.
people-person = Person
people-roles = Roller ved seneste login
people-roles-none = Ingen: login blev afvist
people-roles-unknown = Ukendt
people-login = Seneste login
people-login-later = Senere end det viste tidspunkt
people-sessions = Åbne sessioner
people-used = Sidst brugt
people-used-later = senere end det viste tidspunkt
people-tokens = Gældende tokens
people-act = Det kan du gøre
people-end = Afslut alle sessioner
people-end-named = Afslut alle sessioner for { $name }
people-first = Fra første side
people-next = Flere personer
notice-sessions-ended = { $count ->
    [0] Der var ingen session at afslutte.
    [one] Én session er afsluttet. Personen er logget ud der og skal logge ind igen.
   *[other] { $count } sessioner er afsluttet. Personen er logget ud overalt og skal logge ind igen.
}

## Ens egne sessioner

sessions-own = Dine sessioner
sessions-what = Her er du logget ind. Om en session gemmer Bevis, hvornår den begyndte og sidst blev brugt; adressen ved hvert login står kun i hovedbogen.
sessions-none = Ingen var åben.
sessions-begun = Begyndt
sessions-used = Sidst brugt
sessions-until = Slutter senest
sessions-present = Den, du bruger nu
sessions-no-others = Du er ikke logget ind andre steder.
sessions-end-others = Afslut de andre
notice-other-sessions-ended = { $count ->
    [0] Der var ingen anden session at afslutte.
    [one] Din anden session er afsluttet. Denne fortsætter.
   *[other] Dine { $count } andre sessioner er afsluttet. Denne fortsætter.
}

# Beskeder: siderne, og hvad beskederne siger.

nav-notifications = Beskeder
notify-what = Hvem der får besked om hvad, med e-mail. En besked samler det, der sker inden for nogle minutter, så en dårlig time ikke bliver til hundrede e-mails.
notify-places = Sider om beskeder
notify-rules-own = Hvad du får besked om
notify-rules-teams = Hvad teams får besked om
notify-rules-none-title = Ingen regler
notify-rules-none = Du får ikke besked om noget. Tilføj en regel nedenfor.
notify-rules-teams-none = Ingen teams får besked om noget. Tilføj en regel nedenfor, til en af konfigurationens kanaler.
notify-no-address = Der kan ikke tilføjes regler: Enten er der ikke sat en mailserver op, eller login-tjenesten har ikke oplyst din e-mailadresse. Spørg din administrator.
notify-new = Tilføj en regel
notify-new-own = E-mail sendes til { $address }, som er den adresse, dit seneste login oplyste.
notify-team = Team
notify-channel = Kanal
notify-own-namespaces = egne namespaces
notify-own-namespaces-long = Kun fund i namespaces, der angiver dette team som deres
notify-kinds = Besked om
notify-min-severity = Mindste alvor
notify-or-worse = eller værre
notify-only = Kun
notify-everything = overalt
notify-clusters = Klynger
notify-sources = Kilder
notify-controls = Kontroller
notify-quiet = Stille timer
notify-quiet-none = ingen
notify-quiet-hint = Det, der sker i de timer, holdes tilbage og sendes som én besked, når de er forbi. Lad begge felter stå tomme, hvis der ingen er. De må gerne gå hen over midnat.
notify-quiet-from = Fra
notify-quiet-until = Til
notify-time-zone = Tidszone
notify-language = Beskedernes sprog
notify-add = Tilføj reglen
notify-end = Afslut
notify-to = Til
notify-to-me = Dig
notify-since = Siden
notify-act = Handling
notify-channels = Kanaler
notify-channels-what = De veje ud, som konfigurationen nævner, og hvad teams får besked om ad dem. Adresser og hemmeligheder står kun i konfigurationen.
notify-channels-listed = Konfigurationens kanaler
notify-channels-none-title = Ingen kanaler
notify-channels-none = Konfigurationen nævner ingen kanal under [notify]. docs/notifications.md har et eksempel på hver.
notify-host = Vært
notify-used-by = Regler
notify-delivered = Senest leveret
notify-never = aldrig
notify-given-up = Opgivet
notify-test = Send en prøve
notify-log = Leveringslog
notify-log-what = Hver besked, og hvad der blev af den. En besked, der mislykkes, prøves igen med stadig længere mellemrum, indtil den opgives.
notify-log-none-title = Ingen beskeder
notify-log-none = Intet er sendt, og intet venter.
notify-dead = Opgivet
notify-dead-what = Beskeder, som ingen modtager tog imod. Prøv dem igen, når årsagen er rettet: De beholder deres id, så en modtager, der alligevel fik en, kan smide gentagelsen væk.
notify-dead-none-title = Intet er opgivet
notify-dead-none = Alle beskeder er leveret eller kan stadig blive det.
notify-messages = Beskeder
notify-older = Ældre
notify-begun = Begyndt
notify-about = Om
notify-state = Tilstand
notify-attempts = Forsøg
notify-answer = Seneste svar
notify-due = næste forsøg
notify-again = Prøv igen
notify-events = { $count ->
    [one] { $count } hændelse
   *[other] { $count } hændelser
}
notify-topic-finding = Et enkelt fund
notify-topic-source = Kilder, der er tavse eller tilbage
notify-topic-several = Flere slags, efter stille timer
notify-topic-test = En prøve
notify-state-gathering = Samler
notify-state-waiting = Venter
notify-state-sent = Leveret
notify-state-dead = Opgivet
notify-state-dropped = Ikke sendt

notify-channel-mail = E-mail
notify-channel-webhook = Webhook (CloudEvents)
notify-channel-slack = Slack
notify-channel-teams = Microsoft Teams
notify-channel-alertmanager = Alertmanager
notify-channel-jira = Jira
notify-channel-github = GitHub
notify-channel-gitlab = GitLab

notify-kind-finding_opened = Nye fund
notify-kind-finding_reopened = Fund, der er kommet igen
notify-kind-finding_closed = Fund, der er rettet
notify-kind-severity_increased = Fund, hvis alvor er steget
notify-kind-first_reading = Første aflæsninger
notify-kind-source_silent = Kilder, der bliver tavse
notify-kind-source_back = Kilder, der kommer tilbage
notify-kind-decision_made = Beslutninger
notify-kind-acceptance_requested = Anmodninger om at acceptere en risiko
notify-kind-acceptance_decided = Anmodninger, der er godkendt eller afvist
notify-kind-acceptance_ending = Accepter, der snart udløber
notify-kind-acceptance_ended = Accepter, der er udløbet
notify-kind-weekly_digest = Ugens overblik
notify-kind-monthly_digest = Månedens overblik

notice-rule-added = Reglen gælder nu.
notice-rule-ended = Reglen er afsluttet.
notice-test-sent = Prøven er leveret.
notice-test-failed = Prøven blev ikke leveret. Leveringsloggen siger hvorfor.
notice-message-again = Beskeden prøves igen.

error-forbidden-subscribe = Beskeder er for alle andre end auditorer.
error-notify-channel = Der er ingen sådan kanal til denne regel. Ens egen regel går til ens egen e-mailadresse; et teams går til en af konfigurationens kanaler.
error-notify-kinds = Vælg, hvad der skal gives besked om. Kanaler til sager og alarmer kræver mindst én slags, der handler om fund, som fejler: nye, dem, der er kommet igen, eller dem, hvis alvor er steget.
error-notify-team = Angiv teamet med højst 63 tegn.
error-notify-quiet = Stille timer kræver to forskellige klokkeslæt, som 22:00 og 07:00, eller ingen.
error-notify-filter = Et af valgene er ukendt.
error-notify-many = Der er for mange regler i forvejen. Afslut nogle først.

notify-title-finding_opened = { $count ->
    [one] Et nyt fund
   *[other] { $count } nye fund
}
notify-title-finding_reopened = { $count ->
    [one] Et fund er kommet igen
   *[other] { $count } fund er kommet igen
}
notify-title-finding_closed = { $count ->
    [one] Et fund er rettet
   *[other] { $count } fund er rettet
}
notify-title-severity_increased = { $count ->
    [one] Et funds alvor er steget
   *[other] Alvoren af { $count } fund er steget
}
notify-title-first_reading = { $count ->
    [one] En klynge er aflæst for første gang
   *[other] { $count } klynger er aflæst for første gang
}
notify-title-source_silent = { $count ->
    [one] En kilde er blevet tavs
   *[other] { $count } kilder er blevet tavse
}
notify-title-source_back = { $count ->
    [one] En kilde er tilbage
   *[other] { $count } kilder er tilbage
}
notify-title-decision_made = { $count ->
    [one] En beslutning
   *[other] { $count } beslutninger
}
notify-title-acceptance_requested = { $count ->
    [one] En risiko ønskes accepteret
   *[other] { $count } risici ønskes accepteret
}
notify-title-acceptance_decided = { $count ->
    [one] En anmodning er afgjort
   *[other] { $count } anmodninger er afgjort
}
notify-title-acceptance_ending = { $count ->
    [one] En accept udløber snart
   *[other] { $count } accepter udløber snart
}
notify-title-acceptance_ended = { $count ->
    [one] En accept er udløbet
   *[other] { $count } accepter er udløbet
}
notify-title-several = { $count ->
    [one] Én nyhed
   *[other] { $count } nyheder
}
notify-title-weekly_digest = Ugen { $from } til { $to }
notify-title-monthly_digest = Måneden { $from } til { $to }

notify-finding = { $check }: { $subject } ({ $cluster })
notify-line-finding_opened = { $what }
notify-line-finding_reopened = Fejler igen – { $what }
notify-line-finding_closed = Rettet – { $what }
notify-line-severity_increased = Nu { $severity }, før { $before } – { $what }
notify-line-first_reading = { $cluster }: { $count ->
    [one] en kilde er undersøgt for første gang ({ $sources }) med { $opened } fund.
   *[other] { $count } kilder er undersøgt for første gang med { $opened } fund.
}
notify-line-source_silent = { $cluster }: { $count ->
    [one] { $sources } aflæses ikke længere. Det, man vidste om den, bliver gammelt.
   *[other] { $count } kilder aflæses ikke længere: { $sources }. Det, man vidste om dem, bliver gammelt.
}
notify-line-source_back = { $cluster }: { $count ->
    [one] { $sources } aflæses igen
   *[other] { $count } kilder aflæses igen ({ $sources })
}; { $opened } nye fund, { $closed } rettet, { $increased } med øget alvor.
notify-line-decision_made = { $by } besluttede noget om { $count } fund.
notify-line-decision-acknowledge = { $by } bekræftede { $count ->
    [one] et fund.
   *[other] { $count } fund.
}
notify-line-decision-withdraw = { $by } trak bekræftelsen tilbage af { $count ->
    [one] et fund.
   *[other] { $count } fund.
}
notify-line-decision-comment = { $by } kommenterede { $count ->
    [one] et fund.
   *[other] { $count } fund.
}
notify-line-acceptance_requested = { $by } beder om, at en risiko accepteres: { $what }
notify-line-acceptance_decided = { $by } har afgjort en anmodning: { $what }
notify-line-acceptance_decided-approved = { $by } har godkendt en anmodning: { $what }
notify-line-acceptance_decided-rejected = { $by } har afvist en anmodning: { $what }
notify-line-acceptance_decided-withdrawn = { $by } har trukket en anmodning tilbage: { $what }
notify-line-acceptance_ending = En accept udløber { $until }: { $what }
notify-line-acceptance_ended = En accept er udløbet: { $what }
notify-line-acceptance_ended-revoked = { $by } har tilbagekaldt en accept: { $what }
notify-line-acceptance_ended-ended = En accept er ophørt, fordi det, den skulle ophøre ved, er indtruffet: { $what }
notify-line-weekly_digest = En uge er gået.
notify-line-monthly_digest = En måned er gået.
notify-more = { $count ->
    [one] Og én mere.
   *[other] Og { $count } mere.
}
notify-open = Åbn i Bevis
notify-foot = Du får dette, fordi en regel i Bevis beder om det. Den kan ændres på { $link }.
notify-test-title = En prøve fra Bevis
notify-test-text = Dette er en prøve af kanalen { $channel }. Der er ikke sket noget.

notify-ticket-body = Bevis har fundet dette med alvoren { $severity }. Hvad det er, hvordan det blev set, og hvad man kan gøre ved det: { $link }
notify-ticket-fixed = Bevis har set, at dette er rettet.
notify-ticket-again = Bevis har set, at dette fejler igen.
notify-ticket-severity = Bevis har set, at alvoren af dette er steget: den er nu { $severity }.

notify-digest-open = Åbne fund: { $open } ved slutningen ({ $critical } kritiske, { $high } høje), { $before } ved begyndelsen.
notify-digest-moved = { $opened } fund var nye, { $reopened } kom igen, { $closed } blev rettet.
notify-digest-controls = Kontroller: { $met } opfyldt, { $not_met } ikke opfyldt, { $unmeasured } som man ikke ved noget aktuelt om.
notify-digest-turned = { $better } kontroller blev opfyldt, { $worse } er ikke længere opfyldt.
notify-digest-sources = { $silent } kilder blev tavse og forblev det, { $back } kom tilbage.
notify-digest-narrowed = Dette handler kun om: { $what }.
notify-digest-least-severity = { $severity } eller værre
notify-digest-nothing = Ingen klynge, som dette handler om, er registreret, så der kan ikke siges noget.
notify-digest-new = Ved begyndelsen var intet aflæst endnu, så der er intet at sammenligne med.
finding-tickets = Sager, som Bevis har oprettet

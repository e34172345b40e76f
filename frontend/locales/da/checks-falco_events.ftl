## det.falco_events

check-det-falco_events-title = Falco har ikke set noget, der stadig står på
check-det-falco_events-rule = Ingen alarm fra Falco med prioritet Notice eller højere er yngre end stilletiden (24 timer, medmindre klyngens politik siger andet). Falco, eller en prøvehændelse, skal have givet lyd fra sig inden for 24 timer.
check-det-falco_events-rationale = En alarm er det første tegn på et angreb. Den, der ikke kan vise, at alarmer blev set på, kan heller ikke vise, at der ikke var nogen hændelse.
check-det-falco_events-remedy = Find årsagen til alarmen. Hører den til det normale arbejde, så tilføj en undtagelse til reglen i Falco; ellers behandles den som en sikkerhedshændelse.
fault-det-falco_events-seen = Falco slog alarm: { $rule }.
reason-det-falco_events-forbidden = { reason-forbidden }
reason-det-falco_events-absent = { reason-absent }
reason-det-falco_events-unread = { reason-unread }
reason-det-falco_events-no_sender = Intet sendes til Bevis: der er ikke oprettet noget token til det.
reason-det-falco_events-never = Der er oprettet et token, men intet er kommet endnu.
reason-det-falco_events-silent = Falco har ikke givet lyd fra sig siden { $since }. Tavshed beviser intet.

## det.falco_drops

check-det-falco_drops-title = Falco kan følge med
check-det-falco_drops-rule = Falco har ikke meldt om tabte systemkald inden for de seneste 24 timer og har givet lyd fra sig i dem.
check-det-falco_drops-rationale = Det, Falco taber, ser det ikke: en angriber kan gemme sig i støjen.
check-det-falco_drops-remedy = Giv Falco en større buffer eller mere CPU, eller lad det overvåge færre systemkald.
fault-det-falco_drops-dropped = Falco tabte systemkald: det så ikke alt.
reason-det-falco_drops-forbidden = { reason-forbidden }
reason-det-falco_drops-absent = { reason-absent }
reason-det-falco_drops-unread = { reason-unread }
reason-det-falco_drops-no_sender = Intet sendes til Bevis: der er ikke oprettet noget token til det.
reason-det-falco_drops-never = Der er oprettet et token, men intet er kommet endnu.
reason-det-falco_drops-silent = Falco har ikke givet lyd fra sig siden { $since }. Tavshed beviser intet.

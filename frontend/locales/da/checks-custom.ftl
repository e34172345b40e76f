# Tjek, som driften selv har skrevet, har egen titel, regel, begrundelse og afhjælpning; disse sætninger er fælles for dem.

fault-custom-fails = Reglen i dette tjek er ikke opfyldt.
reason-custom-untried = Tjekket er endnu ikke prøvet på nogen klynge, som det er skrevet nu, og tæller derfor ikke. Prøv det: bevis check try { $check } --cluster NAVN
reason-custom-missing = Objekter, der ikke kunne bedømmes: { $count }. Det første er { $subject }: det har intet felt “{ $field }”, og reglen spørger ikke, om det findes.
reason-custom-limit = Objekter, der ikke kunne bedømmes: { $count }. Det første er { $subject }: det er for stort til tjekket, eller bedømmelsen ville tage for lang tid.
reason-custom-failed = Objekter, der ikke kunne bedømmes: { $count }. Det første er { $subject }: en værdi er af en anden type, end reglen regner med.
reason-custom-empty = Der er intet objekt af den ressource, tjekket læser, så intet er bedømt. Hvor det er i orden, skal tjekket sige det: may_select_none = true.
reason-custom-none_selected = Der er objekter af den ressource, tjekket læser, men dets “select” vælger ingen af dem, så intet er bedømt. Hvor det er i orden, skal tjekket sige det: may_select_none = true.
reason-custom-forbidden = { reason-forbidden }
reason-custom-absent = { reason-absent }
reason-custom-unread = { reason-unread }

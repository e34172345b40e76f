# Hvad kontrollerne spørger om, hvorfor, og hvad man gør; hvad der er galt; og hvorfor et resultat er, som det er.
# Nøgler: check-<id>-…, fault-<check>-<fault>, reason-<check>-<reason>, med id'ers punktummer som bindestreger.

reason-forbidden = Bevis må ikke læse det nødvendige. Denne tilladelse mangler: { $permission }.
reason-absent = Ikke installeret: klyngen kender ikke { $resource }.
reason-unread = Det, der kunne læses, er ikke nok til at bedømme ud fra.
reason-inactive = Klyngen mangler de roller eller bindinger, som Kubernetes selv opretter, så adgang afgøres ikke af dem.
reason-never_ran = Velero er installeret og har hverken plan, backup eller lager.
fault-mixed = Kontrolplanet er ikke sat ens op på alle sine noder. Fejlen er på: { $nodes }.
reason-managed = { $platform } driver kontrolplanet, hvor dets indstillinger ikke kan ses. Vis leverandørens dokumentation.
reason-in_process = K3s kører kontrolplanet som ét program og ikke som pods, så dets indstillinger kan ikke ses. Vis servernes konfiguration.
reason-elsewhere = Kontrolplanet kører ikke som pods i kube-system, så dets indstillinger kan ikke ses. Vis dets konfiguration eller leverandørens dokumentation.

# Hvad kontrollerne spørger om, hvorfor, og hvad man gør; hvad der er galt; og hvorfor et resultat er, som det er.
# Nøgler: check-<id>-…, fault-<check>-<fault>, reason-<check>-<reason>, med id'ers punktummer som bindestreger.

reason-forbidden = Bevis må ikke læse det nødvendige. Denne tilladelse mangler: { $permission }.
reason-absent = Ikke installeret: klyngen kender ikke { $resource }.
reason-unread = Det, der kunne læses, er ikke nok til at bedømme ud fra.
reason-inactive = Klyngen mangler de roller eller bindinger, som Kubernetes selv opretter, så adgang afgøres ikke af dem.
reason-never_ran = Velero er installeret og har hverken plan, backup eller lager.
fault-mixed = Kontrolplanet er ikke sat ens op på alle sine noder. Fejlen er på: { $nodes }.
reason-managed = { $platform } driver kontrolplanet, hvor dets indstillinger ikke kan ses. Vis leverandørens dokumentation.
reason-in_process = K3s kører kontrolplanet som ét program og ikke som pods, og det, dets servere er startet med, fortæller ikke dette (annotationen k3s.io/node-args, fra K3s 1.22). Vis servernes konfiguration.
reason-elsewhere = Kontrolplanet kører ikke som pods i kube-system, så dets indstillinger kan ikke ses. Vis dets konfiguration eller leverandørens dokumentation.
reason-openshift = OpenShift giver sine API-servere denne indstilling i en fil (ConfigMap openshift-kube-apiserver/config), som Bevis ikke læser: Tilladelsen ville åbne alle ConfigMaps, der hedder “config”. Vis den.
reason-arguments = Læst i annotationen k3s.io/node-args, hvor K3s skriver, hvad hver server er startet med, også fra dens konfigurationsfil; hvad der ikke står der, er som K3s selv sætter det. Servere uden en node ses ikke.

## pod.no_privileged

check-pod-no_privileged-title = Ingen pod har magt over sin node
check-pod-no_privileged-rule = Ingen kørende pod er privilegeret, deler nodens netværk, processer eller hukommelse eller tilgår mapper på noden. Navnerum, som politikken nævner, er undtaget og vises.
check-pod-no_privileged-rationale = Den, der bryder ind i sådan en pod, har noden i sin magt og dermed alt andet, der kører på den.
check-pod-no_privileged-remedy = Fjern de nævnte indstillinger. Hvis en del af systemet har brug for dem, så giv den sit eget navnerum, og nævn det i politikken.
fault-pod-no_privileged-broken = Programmet rækker ind i sin node: { $fields }.
reason-pod-no_privileged-forbidden = { reason-forbidden }
reason-pod-no_privileged-absent = { reason-absent }
reason-pod-no_privileged-unread = { reason-unread }
reason-pod-no_privileged-excused = Politikken undtager disse navnerum, hvor programmer rækker ind i deres node: { $namespaces }.
reason-pod-no_privileged-none = Der kører ingen pods.

## pod.non_root

check-pod-non_root-title = Pods kører ikke som root
check-pod-non_root-rule = Hver container i en kørende pod er forhindret i at køre som root, enten med runAsNonRoot eller med en anden bruger end 0. En pod, hvis brugere ikke er nodens, er i orden. Navnerum, som politikken nævner, er undtaget og vises.
check-pod-non_root-rationale = Et program, der kører som root, behøver kun én fejl i containermiljøet for at være root på noden.
check-pod-non_root-remedy = Angiv, at programmet ikke kører som root, og byg dets image til en anden bruger.
fault-pod-non_root-broken = Intet forhindrer programmet i at køre som root: { $fields }.
reason-pod-non_root-forbidden = { reason-forbidden }
reason-pod-non_root-absent = { reason-absent }
reason-pod-non_root-unread = { reason-unread }
reason-pod-non_root-excused = Politikken undtager disse navnerum, hvor programmer kan køre som root: { $namespaces }.
reason-pod-non_root-none = Der kører ingen pods.

## pod.baseline

check-pod-baseline-title = Pods overholder resten af profilen baseline
check-pod-baseline-rule = Kørende pods bryder ingen af kravene i Pod Security-profilen baseline ud over dem om noden, som har deres eget tjek. Målestokken er profilen i Kubernetes 1.36. Navnerum, som politikken nævner, er undtaget og vises.
check-pod-baseline-rationale = Disse indstillinger åbner kendte veje ud af en container, og næsten ingen applikation har brug for dem.
check-pod-baseline-remedy = Fjern de nævnte indstillinger, og lad derefter navnerummet håndhæve baseline.
fault-pod-baseline-broken = Programmet bryder profilen baseline: { $fields }.
reason-pod-baseline-forbidden = { reason-forbidden }
reason-pod-baseline-absent = { reason-absent }
reason-pod-baseline-unread = { reason-unread }
reason-pod-baseline-excused = Politikken undtager disse navnerum, hvor programmer bryder profilen baseline: { $namespaces }.
reason-pod-baseline-none = Der kører ingen pods.

## pod.restricted

check-pod-restricted-title = Pods overholder resten af profilen restricted
check-pod-restricted-rule = Kørende pods bryder ingen af de krav, som Pod Security-profilen restricted føjer til baseline; at de ikke kører som root, har sit eget tjek. Målestokken er profilen i Kubernetes 1.36. Navnerum, som politikken nævner, er undtaget og vises.
check-pod-restricted-rationale = En applikation uden unødvendige rettigheder giver en indtrænger meget lidt at arbejde med.
check-pod-restricted-remedy = Tilføj de nævnte indstillinger, og lad derefter navnerummet håndhæve restricted.
fault-pod-restricted-broken = Programmet mangler det, som profilen restricted kræver: { $fields }.
reason-pod-restricted-forbidden = { reason-forbidden }
reason-pod-restricted-absent = { reason-absent }
reason-pod-restricted-unread = { reason-unread }
reason-pod-restricted-excused = Politikken undtager disse navnerum, hvor programmer ikke overholder profilen restricted: { $namespaces }.
reason-pod-restricted-none = Der kører ingen pods.

## pod.policy_mechanism

check-pod-policy_mechanism-title = Noget holder privilegerede pods ude
check-pod-policy_mechanism-rule = Hvert navnerum er beskyttet af Pod Security Admission eller af et andet politikværktøj, medmindre politikken angiver det som privilegeret.
check-pod-policy_mechanism-rationale = Uden en sådan mekanisme kan enhver, der må starte en pod, overtage den node, den kører på.
check-pod-policy_mechanism-remedy = Giv navnerummet et Pod Security-niveau, eller vis, at et andet værktøj dækker det.
fault-pod-policy_mechanism-none = Navnerummet håndhæver intet Pod Security-niveau, og klyngen har intet andet politikværktøj.
reason-pod-policy_mechanism-forbidden = { reason-forbidden }
reason-pod-policy_mechanism-absent = { reason-absent }
reason-pod-policy_mechanism-unread = { reason-unread }
reason-pod-policy_mechanism-other_engine = { $count } navnerum håndhæver intet Pod Security-niveau. Om { $engines } dækker dem, skal en person vise: { $namespaces }.
reason-pod-policy_mechanism-groups_hidden = { $count } navnerum håndhæver intet Pod Security-niveau, og om der er et andet værktøj, kan ikke ses: tilladelsen “{ $permission }” mangler.

## pod.psa_level

check-pod-psa_level-title = Navnerum håndhæver baseline eller restricted
check-pod-psa_level-rule = Hvert navnerum har labelen pod-security.kubernetes.io/enforce med baseline eller restricted. Privileged eller ingen label er for de navnerum, som politikken nævner.
check-pod-psa_level-rationale = En privilegeret pod kan læse og ændre alt på sin node og derfra ofte hele klyngen.
check-pod-psa_level-remedy = Prøv niveauet med warn og audit først, og håndhæv det så.
fault-pod-psa_level-unlabelled = Navnerummet har intet niveau. Så gælder API-serverens standard, som ikke kan ses, og som er privileged, hvis den ikke er ændret.
fault-pod-psa_level-privileged = Navnerummet tillader privilegerede pods, og politikken nævner det ikke.
fault-pod-psa_level-invalid = Niveauet “{ $value }” findes ikke. API-serveren anvender restricted; ret labelen.
fault-pod-psa_level-invalid_version = Versionen “{ $value }” findes ikke. API-serveren anvender den nyeste; ret labelen.
reason-pod-psa_level-forbidden = { reason-forbidden }
reason-pod-psa_level-absent = { reason-absent }
reason-pod-psa_level-unread = { reason-unread }
reason-pod-psa_level-no_admission = Kubernetes { $version } håndhæver ikke Pod Security-niveauer; det sker først fra 1.23.

## pod.psp_legacy

check-pod-psp_legacy-title = PodSecurityPolicy, til og med Kubernetes 1.24
check-pod-psp_legacy-rule = Til og med Kubernetes 1.24 holder mindst én PodSecurityPolicy privilegerede pods ude. Senere versioner har den ikke.
check-pod-psp_legacy-rationale = Klynger, der ikke er flyttet, hviler på en mekanisme, der ophører med 1.25.
check-pod-psp_legacy-remedy = Gå over til Pod Security Admission, før der opgraderes til 1.25.
fault-pod-psp_legacy-permissive = Politikken tillader det, der fører til noden, og der er ingen strengere.
reason-pod-psp_legacy-forbidden = { reason-forbidden }
reason-pod-psp_legacy-absent = { reason-absent }
reason-pod-psp_legacy-unread = { reason-unread }
reason-pod-psp_legacy-removed = Denne version af Kubernetes har ikke længere PodSecurityPolicy.
reason-pod-psp_legacy-unused = Der er ingen PodSecurityPolicy.
reason-pod-psp_legacy-plugin_unknown = { $count } politikker holder privilegerede pods ude. At udvidelsen er slået til, og at roller giver adgang til politikkerne, kan ikke ses og skal vises af en person.

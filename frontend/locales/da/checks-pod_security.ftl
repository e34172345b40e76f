## pod.policy_mechanism

check-pod-policy_mechanism-title = Noget holder privilegerede pods ude
check-pod-policy_mechanism-rule = Hvert navnerum er beskyttet af Pod Security Admission, som ingen API-server, der kan ses, har slået fra, eller af et andet politikværktøj, medmindre politikken angiver det som privilegeret.
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
check-pod-psa_level-rule = Hvert navnerum har labelen pod-security.kubernetes.io/enforce med baseline eller restricted. Privileged eller ingen label er for de navnerum, som politikken nævner. Ingen API-server, der kan ses, har slået udvidelsen PodSecurity fra. Det, som API-serverens egen opsætning undtager, kan ikke ses, og det kan flagene for en API-server, som en udbyder driver, heller ikke.
check-pod-psa_level-rationale = En privilegeret pod kan læse og ændre alt på sin node og derfra ofte hele klyngen.
check-pod-psa_level-remedy = Prøv niveauet med warn og audit først, og håndhæv det så.
fault-pod-psa_level-unlabelled = Navnerummet har intet niveau. Så gælder API-serverens standard, som ikke kan ses, og som er privileged, hvis den ikke er ændret.
fault-pod-psa_level-privileged = Navnerummet tillader privilegerede pods, og politikken nævner det ikke.
fault-pod-psa_level-invalid = Niveauet “{ $value }” findes ikke. API-serveren anvender restricted; ret labelen.
fault-pod-psa_level-invalid_version = Versionen “{ $value }” findes ikke. API-serveren anvender den nyeste; ret labelen.
fault-pod-psa_level-plugin_off = Udvidelsen PodSecurity er slået fra (--disable-admission-plugins eller --feature-gates), så labels har ingen virkning. API-servere på: { $nodes }.
fault-pod-psa_level-invalid_trial = Labelen { $label } har værdien “{ $value }”, som ikke er et niveau. Så prøver API-serveren intet; ret labelen.
reason-pod-psa_level-forbidden = { reason-forbidden }
reason-pod-psa_level-absent = { reason-absent }
reason-pod-psa_level-unread = { reason-unread }
reason-pod-psa_level-no_admission = Kubernetes { $version } håndhæver ikke Pod Security-niveauer; det sker først fra 1.23.
reason-pod-psa_level-excused = Politikken undtager disse navnerum: { $excused }.
reason-pod-psa_level-pinned = Disse navnerum fastholder niveauet i en ældre version end klyngens, uden det, der er kommet til siden: { $pinned }.
reason-pod-psa_level-excused_and_pinned = Politikken undtager disse navnerum: { $excused }. Disse fastholder niveauet i en ældre version end klyngens, uden det, der er kommet til siden: { $pinned }.

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
reason-pod-psp_legacy-no_successor = { $count } politikker holder privilegerede pods ude, indtil Kubernetes 1.25. En person skal vise, at udvidelsen er slået til, og hvad der afløser den i disse navnerum, som ikke håndhæver noget Pod Security-niveau: { $namespaces }.

## pod.engine_ready

check-pod-engine_ready-title = Politikværktøjer kører og bliver spurgt
check-pod-engine_ready-rule = Hvor Gatekeeper eller Kyverno er installeret, er API-serveren sat op til at spørge værktøjet, og mindst én af dets pods er tilgængelig.
check-pod-engine_ready-rationale = Et værktøj, der er installeret, men ikke kører, ligner en vagt uden at være det.
check-pod-engine_ready-remedy = Find ud af, hvorfor værktøjets pods ikke starter. Hvis værktøjet ikke længere er ønsket, så fjern resterne af det.
fault-pod-engine_ready-no_webhook = Værktøjet er installeret, men API-serveren er ikke sat op til at spørge det.
fault-pod-engine_ready-not_available = Ingen af værktøjets pods er tilgængelige.
reason-pod-engine_ready-forbidden = { reason-forbidden }
reason-pod-engine_ready-absent = { reason-absent }
reason-pod-engine_ready-unread = { reason-unread }
reason-pod-engine_ready-none = Hverken Gatekeeper eller Kyverno er installeret.
reason-pod-engine_ready-hidden = Det kan ikke ses, hvilke værktøjer der er installeret: tilladelsen “{ $permission }” mangler.

## pod.webhook_fail_closed

check-pod-webhook_fail_closed-title = Uden svar fra politikværktøjet lukkes intet ind
check-pod-webhook_fail_closed-rule = Når API-serveren spørger Gatekeeper eller Kyverno og ikke får svar, afviser den (failurePolicy: Fail).
check-pod-webhook_fail_closed-rationale = En vagt, man kan gå forbi, mens den er væk, kan man vente på eller sende væk.
check-pod-webhook_fail_closed-remedy = Kør mere end én af værktøjets pods, undtag dets eget navnerum og kube-system, og sæt så failurePolicy til Fail.
fault-pod-webhook_fail_closed-ignores = Når værktøjet ikke svarer, lukker API-serveren alt ind.
reason-pod-webhook_fail_closed-forbidden = { reason-forbidden }
reason-pod-webhook_fail_closed-absent = { reason-absent }
reason-pod-webhook_fail_closed-unread = { reason-unread }
reason-pod-webhook_fail_closed-none = API-serveren spørger hverken Gatekeeper eller Kyverno.

## pod.vap_bound

check-pod-vap_bound-title = API-serverens egne adgangspolitikker er bundet
check-pod-vap_bound-rule = Hver ValidatingAdmissionPolicy har en binding, der afviser, og hver binding nævner en politik, der findes.
check-pod-vap_bound-rationale = En politik uden binding gør intet og kan let forveksles med en, der gør.
check-pod-vap_bound-remedy = Bind politikken, eller fjern den.
fault-pod-vap_bound-unbound = Politikken har ingen binding og gør derfor intet.
fault-pod-vap_bound-not_denied = Politikken advarer eller overvåger kun og holder intet ude.
fault-pod-vap_bound-dangling = Bindingen nævner en politik, der ikke findes: { $policy }.
reason-pod-vap_bound-forbidden = { reason-forbidden }
reason-pod-vap_bound-absent = { reason-absent }
reason-pod-vap_bound-unread = { reason-unread }
reason-pod-vap_bound-none = Klyngen har ingen sådan politik. De findes fra Kubernetes 1.30.

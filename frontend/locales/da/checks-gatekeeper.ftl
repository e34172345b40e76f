## gk.violations

check-gk-violations-title = Intet bryder en regel i Gatekeeper
check-gk-violations-rule = Den seneste gennemgang af hver regel (constraint) fandt ingen overtrædelser. Overtrædelser af en regel, der kun advarer eller er på prøve, har lav alvorlighed; overtrædelser af en regel om, hvad pods må, har høj.
check-gk-violations-rationale = En regel holder nyt ude. Det, der var der før reglen, bliver, indtil nogen ser på, hvad gennemgangen fandt.
check-gk-violations-remedy = Læs, hvad reglen siger om objektet, og ret objektet. Hvis det er rigtigt, som det er, så undtag det i reglen.
fault-gk-violations-violates = Det bryder reglen { $constraint } (handling: { $action }).
fault-gk-violations-more = Der er { $total } overtrædelser af denne regel, og Gatekeeper nævner { $listed } af dem. De øvrige kan ikke navngives.
reason-gk-violations-forbidden = { reason-forbidden }
reason-gk-violations-absent = { reason-absent }
reason-gk-violations-unread = { reason-unread }
reason-gk-violations-never_ran = Gatekeeper er installeret og har ingen regler.
reason-gk-violations-never_audited = Ingen regel er nogensinde blevet gennemgået. Gatekeepers gennemgang kan være slået fra.
reason-gk-violations-old = Den seneste gennemgang er for gammel til at sige noget om i dag.
reason-gk-violations-disagrees = Det samlede antal, som Gatekeeper oplyser for reglen { $constraint }, er mindre end det, den opregner. Der konkluderes intet af det.

## gk.audit_fresh

check-gk-audit_fresh-title = Gatekeeper gennemgår klyngen regelmæssigt
check-gk-audit_fresh-rule = Hver regel er gennemgået inden for tre af gennemgangens intervaller. Intervallet står i politikken og er 10 minutter, hvis andet ikke er angivet.
check-gk-audit_fresh-rationale = “Ingen overtrædelser” fra en gennemgang, der er gået i stå, beviser ingenting.
check-gk-audit_fresh-remedy = Find ud af, hvorfor Gatekeepers gennemgang ikke bliver færdig; oftest mangler den hukommelse eller tid til en stor klynge.
fault-gk-audit_fresh-old = Reglen blev sidst gennemgået { $audit }, mens andre er gennemgået siden.
fault-gk-audit_fresh-all_old = Gatekeepers gennemgang er gået i stå: den seneste var { $audit }.
reason-gk-audit_fresh-forbidden = { reason-forbidden }
reason-gk-audit_fresh-absent = { reason-absent }
reason-gk-audit_fresh-unread = { reason-unread }
reason-gk-audit_fresh-never_ran = Gatekeeper er installeret og har ingen regler.
reason-gk-audit_fresh-never_audited = Ingen regel er nogensinde blevet gennemgået. Gatekeepers gennemgang kan være slået fra.

## gk.enforced

check-gk-enforced-title = Gatekeepers regler om pods er i kraft
check-gk-enforced-rule = Hver skabelon virker. Hver regel om, hvad pods må (dens type begynder med K8sPSP), afviser, og hver af Gatekeepers pods siger, at den håndhæver den. Hvilke navnerum en regel dækker, bedømmes ikke.
check-gk-enforced-rationale = En regel, der kun advarer, eller som Gatekeeper ikke kunne indlæse, holder intet ude.
check-gk-enforced-remedy = Lad reglen afvise, når overtrædelserne er væk. Læs status for en skabelon eller regel med fejl.
fault-gk-enforced-not_denied = Reglen holder intet ude: dens handling er “{ $action }”.
fault-gk-enforced-not_enforced = Gatekeeper siger, at den ikke håndhæver reglen, eller at reglen har fejl.
fault-gk-enforced-broken_template = Skabelonen virker ikke, og det gør ingen regel af dens type derfor heller.
reason-gk-enforced-forbidden = { reason-forbidden }
reason-gk-enforced-absent = { reason-absent }
reason-gk-enforced-unread = { reason-unread }
reason-gk-enforced-never_ran = Gatekeeper er installeret og har ingen regler.
reason-gk-enforced-none_about_pods = Ingen regel handler om, hvad pods må.

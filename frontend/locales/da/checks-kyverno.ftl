## kyv.enforced

check-kyv-enforced-title = Kyvernos politikker er i kraft
check-kyv-enforced-rule = Hver politik er klar. Hver politik om, hvad pods må (i kategorien Pod Security eller med en profil fra Pod Security Standards), håndhæves i alle navnerum. Undtagelser vises. Hvilke objekter en politik handler om, bedømmes ikke.
check-kyv-enforced-rationale = En politik, der kun overvåger, skriver en rapport og lukker alt ind.
check-kyv-enforced-remedy = Lad politikken håndhæve, når dens brud er væk. Læs status for en politik, der ikke er klar.
fault-kyv-enforced-not_ready = Kyverno siger, at politikken ikke er klar, så den bliver ikke spurgt.
fault-kyv-enforced-audits = Disse regler i politikken overvåger kun og holder intet ude: { $rules }.
fault-kyv-enforced-overridden = Politikken overvåger kun i disse navnerum: { $namespaces }.
reason-kyv-enforced-forbidden = { reason-forbidden }
reason-kyv-enforced-absent = { reason-absent }
reason-kyv-enforced-unread = { reason-unread }
reason-kyv-enforced-never_ran = Kyverno er installeret og har ingen politikker.
reason-kyv-enforced-none_about_pods = Ingen af Kyvernos politikker handler om, hvad pods må.
reason-kyv-enforced-exceptions = Disse undtagelser fra politikker er i kraft: { $exceptions }.

## img.signatures

check-img-signatures-title = Kun signerede images lukkes ind
check-img-signatures-rule = En af Kyvernos politikker kontrollerer signaturen på alle images i alle navnerum, håndhæver kravet og er klar. Hvis politikkerne kun handler om nogle images eller navnerum, eller hvis der ingen er, skal en person bedømme det.
check-img-signatures-rationale = Uden en signatur kan ingen vide, om et image er det, der blev bygget, eller om det er skiftet ud undervejs.
check-img-signatures-remedy = Signér images, når de bygges, og lad en politik kontrollere signaturen. Hvis et andet system gør det, så vis det.
fault-img-signatures-audits = Politikken kontrollerer signaturer, men lukker images uden signatur ind.
fault-img-signatures-not_ready = Kyverno siger, at politikken ikke er klar, så den kontrollerer intet.
reason-img-signatures-forbidden = { reason-forbidden }
reason-img-signatures-absent = { reason-absent }
reason-img-signatures-unread = { reason-unread }
reason-img-signatures-never_ran = Kyverno er installeret og har ingen politikker.
reason-img-signatures-none = Ingen af Kyvernos politikker kontrollerer signaturer. Om noget andet gør det, skal en person vise.
reason-img-signatures-limited = Disse politikker kontrollerer signaturer på nogle images eller i nogle navnerum: { $policies }. Om det er nok, skal en person bedømme.

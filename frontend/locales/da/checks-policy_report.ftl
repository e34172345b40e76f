## kyv.results

check-kyv-results-title = Intet politikværktøj melder om brud
check-kyv-results-rule = Intet resultat i rapporterne fra politikværktøjer (Kyverno og andre) er et brud. Et brud har den alvorlighed, som værktøjet giver det. En advarsel skal bedømmes af en person; det, værktøjet ikke kunne bedømme, er ikke bestået; det, der er sprunget over, for eksempel på grund af en undtagelse, tæller ikke med. Det, der er bestået, skal være nyt: fra Kyvernos baggrundsgennemgang inden for 24 timer, fra et andet værktøj inden for 48. At intet er optaget længe, siger intet om et værktøj.
check-kyv-results-rationale = Værktøjet har allerede fundet det, der ikke er, som reglerne kræver. Nu mangler det kun at blive rettet.
check-kyv-results-remedy = Læs resultatets besked i rapporten, og ret objektet. Hvis det er rigtigt, som det er, så lav en undtagelse, der siger hvorfor.
fault-kyv-results-fails = { $producer } melder, at det bryder politikken { $policy }.
reason-kyv-results-forbidden = { reason-forbidden }
reason-kyv-results-absent = { reason-absent }
reason-kyv-results-unread = { reason-unread }
reason-kyv-results-never_ran = Klyngen kan rumme rapporter fra politikværktøjer, men der er ingen.
reason-kyv-results-disagrees = Rapporten om { $report } indeholder ikke de resultater, som dens egen opsummering tæller. Der konkluderes intet af den.
reason-kyv-results-engine_failed = Værktøjet kunne ikke bedømme ud fra disse politikker: { $policies }.
reason-kyv-results-old = Disse værktøjer har ikke givet nye resultater for længe, hvilket er 24 timer for Kyvernos baggrundsgennemgang og 48 for andre: { $producers }. At noget var bestået dengang, siger intet om i dag.
reason-kyv-results-undated = Disse værktøjer fortæller ikke, hvornår deres resultater er fra, eller kun for optagelser, som kommer, når nogen ændrer noget, så en person skal vise, at de stadig kører: { $producers }.
reason-kyv-results-warned = Disse politikker advarer: { $policies }.
reason-kyv-results-all_skipped = Rapporterne indeholder kun resultater, der blev sprunget over.
reason-kyv-results-no_result = Der er rapporter, men ingen af dem indeholder et resultat.

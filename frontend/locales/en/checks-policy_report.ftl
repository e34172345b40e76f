## kyv.results

check-kyv-results-title = No policy engine reports a failure
check-kyv-results-rule = No result in the reports of policy engines (Kyverno and others) is a failure. A failure has the severity that the engine gives it. A warning is for a person to judge; what the engine could not judge is no pass; what it skipped, as by an exception, does not count. What passed must be new: from a background scan of Kyverno within 24 hours, from another engine within 48. That nothing was admitted for long tells nothing of an engine.
check-kyv-results-rationale = The engine has already found what is not as the rules ask. What remains is to mend it.
check-kyv-results-remedy = Read the message of the result in the report, and correct the object. Where it is right as it is, make an exception that says why.
fault-kyv-results-fails = { $producer } reports that it fails the policy { $policy }.
reason-kyv-results-forbidden = { reason-forbidden }
reason-kyv-results-absent = { reason-absent }
reason-kyv-results-unread = { reason-unread }
reason-kyv-results-never_ran = Reports of policy engines can be kept in this cluster, and there is none.
reason-kyv-results-disagrees = The report on { $report } does not hold the results that its own summary counts. Nothing is concluded from it.
reason-kyv-results-engine_failed = The engine could not judge by these policies: { $policies }.
reason-kyv-results-old = These engines have given no new result for too long, which is 24 hours for a background scan of Kyverno and 48 for others: { $producers }. That something passed then says nothing of today.
reason-kyv-results-undated = These engines do not tell when their results were made, or tell it only of admissions, which come when somebody changes something, so whether they still run must be shown by a person: { $producers }.
reason-kyv-results-warned = These policies warn: { $policies }.
reason-kyv-results-all_skipped = The reports hold only results that were skipped.
reason-kyv-results-no_result = There are reports, and none of them holds a result.

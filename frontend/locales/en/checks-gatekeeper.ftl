## gk.violations

check-gk-violations-title = Nothing violates a constraint of Gatekeeper
check-gk-violations-rule = The last audit of every constraint found no violation. Violations of a constraint that only warns, or is on trial, are of low severity; those of a constraint on what pods may do are of high.
check-gk-violations-rationale = A rule keeps out what is new. What was there before it stays, until somebody looks at what the audit found.
check-gk-violations-remedy = Read what the constraint says of the object, and correct the object. Where it is right as it is, except it in the constraint.
fault-gk-violations-violates = It violates the constraint { $constraint } (action: { $action }).
fault-gk-violations-more = There are { $total } violations of this constraint, and Gatekeeper lists { $listed } of them. The others cannot be named.
reason-gk-violations-forbidden = { reason-forbidden }
reason-gk-violations-absent = { reason-absent }
reason-gk-violations-unread = { reason-unread }
reason-gk-violations-never_ran = Gatekeeper is installed, and has no constraint.
reason-gk-violations-never_audited = No constraint has ever been audited. The audit of Gatekeeper may be switched off.
reason-gk-violations-old = The last audit is too old to say anything of today.
reason-gk-violations-disagrees = The total that Gatekeeper tells for the constraint { $constraint } is less than what it lists. Nothing is concluded from it.

## gk.audit_fresh

check-gk-audit_fresh-title = Gatekeeper audits regularly
check-gk-audit_fresh-rule = Every constraint was audited within three intervals of the audit. The interval is told by the policy; it is 10 minutes unless it says otherwise.
check-gk-audit_fresh-rationale = “No violations” from an audit that has stopped is no evidence of anything.
check-gk-audit_fresh-remedy = See why the audit of Gatekeeper does not finish; mostly it lacks memory, or time for a large cluster.
fault-gk-audit_fresh-old = The constraint was last audited at { $audit }, while others were audited since.
fault-gk-audit_fresh-all_old = The audit of Gatekeeper has stopped: the last one was at { $audit }.
reason-gk-audit_fresh-forbidden = { reason-forbidden }
reason-gk-audit_fresh-absent = { reason-absent }
reason-gk-audit_fresh-unread = { reason-unread }
reason-gk-audit_fresh-never_ran = Gatekeeper is installed, and has no constraint.
reason-gk-audit_fresh-never_audited = No constraint has ever been audited. The audit of Gatekeeper may be switched off.

## gk.enforced

check-gk-enforced-title = Gatekeeper’s constraints on pods are in force
check-gk-enforced-rule = Every template works. Every constraint on what pods may do (its kind begins with K8sPSP) denies, and every pod of Gatekeeper says that it enforces it. Which namespaces a constraint covers is not judged.
check-gk-enforced-rationale = A constraint that only warns, or that Gatekeeper could not load, keeps nothing out.
check-gk-enforced-remedy = Let the constraint deny once its violations are gone. Read the status of a template or constraint that has errors.
fault-gk-enforced-not_denied = The constraint keeps nothing out: its action is “{ $action }”.
fault-gk-enforced-not_enforced = Gatekeeper says that it does not enforce the constraint, or that it has errors.
fault-gk-enforced-broken_template = The template does not work, and so no constraint of its kind does.
reason-gk-enforced-forbidden = { reason-forbidden }
reason-gk-enforced-absent = { reason-absent }
reason-gk-enforced-unread = { reason-unread }
reason-gk-enforced-never_ran = Gatekeeper is installed, and has no constraint.
reason-gk-enforced-none_about_pods = No constraint is about what pods may do.

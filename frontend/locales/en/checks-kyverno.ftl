## kyv.enforced

check-kyv-enforced-title = Kyverno’s policies are in force
check-kyv-enforced-rule = Every policy is ready. Every policy on what pods may do (of the category Pod Security, or with a profile of the Pod Security Standards) enforces, in every namespace. Exceptions are named. Which objects a policy is about is not judged.
check-kyv-enforced-rationale = A policy that only audits writes a report, and lets everything in.
check-kyv-enforced-remedy = Let the policy enforce once its failures are gone. Read the status of a policy that is not ready.
fault-kyv-enforced-not_ready = Kyverno says that the policy is not ready, so it is not asked.
fault-kyv-enforced-audits = These rules of the policy only audit, and keep nothing out: { $rules }.
fault-kyv-enforced-overridden = The policy only audits in these namespaces: { $namespaces }.
reason-kyv-enforced-forbidden = { reason-forbidden }
reason-kyv-enforced-absent = { reason-absent }
reason-kyv-enforced-unread = { reason-unread }
reason-kyv-enforced-never_ran = Kyverno is installed, and has no policy.
reason-kyv-enforced-none_about_pods = No policy of Kyverno is about what pods may do.
reason-kyv-enforced-exceptions = These exceptions from policies are in force: { $exceptions }.

## img.signatures

check-img-signatures-title = Only signed images are let in
check-img-signatures-rule = A policy of Kyverno verifies the signatures of all images in all namespaces, enforces, and is ready. Where policies are about some images or namespaces alone, or there is none, a person must judge.
check-img-signatures-rationale = Without a signature nobody can tell whether an image is what was built, or was exchanged on the way.
check-img-signatures-remedy = Sign images when they are built, and have a policy verify the signature. Where another system does so, show it.
fault-img-signatures-audits = The policy verifies signatures, and lets images without one in.
fault-img-signatures-not_ready = Kyverno says that the policy is not ready, so it verifies nothing.
reason-img-signatures-forbidden = { reason-forbidden }
reason-img-signatures-absent = { reason-absent }
reason-img-signatures-unread = { reason-unread }
reason-img-signatures-never_ran = Kyverno is installed, and has no policy.
reason-img-signatures-none = No policy of Kyverno verifies signatures. Whether something else does must be shown by a person.
reason-img-signatures-limited = These policies verify signatures of some images, or in some namespaces: { $policies }. Whether that is enough must be judged by a person.

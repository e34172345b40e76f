## out.classified

check-out-classified-title = Namespaces say whose they are and what they hold
check-out-classified-rule = Every namespace has the labels that policy asks for, as those of its owner and of the kind of its data. Namespaces of the system are not judged.
check-out-classified-rationale = How data must be handled depends on what it is and who answers for it. That must be written where the data is.
check-out-classified-remedy = Add the missing labels to the namespace.
fault-out-classified-unlabelled = These labels are missing or empty: { $labels }.
reason-out-classified-forbidden = { reason-forbidden }
reason-out-classified-absent = { reason-absent }
reason-out-classified-unread = { reason-unread }
reason-out-classified-no_labels = No labels are configured that namespaces must have (namespace_labels). Whose they are and what they hold must be shown by a person.

## env.separation

check-env-separation-title = Test is kept apart from production
check-env-separation-rule = By its label, no namespace is of an environment that does not belong in this cluster. Namespaces of the system are not judged.
check-env-separation-rationale = Where test and production share a cluster, a mistake in one reaches the other, and real data finds its way into tests.
check-env-separation-remedy = Move the namespace to the cluster of its environment, or correct its label.
fault-env-separation-other = The namespace is of the environment { $environment }, which does not belong in this cluster.
reason-env-separation-forbidden = { reason-forbidden }
reason-env-separation-absent = { reason-absent }
reason-env-separation-unread = { reason-unread }
reason-env-separation-not_configured = It is not configured which environments belong in this cluster (environment_label, environments). That test is kept apart must be shown by a person.
reason-env-separation-unknown = { $count } namespaces do not say which environment they are of (label { $label }): { $namespaces }.

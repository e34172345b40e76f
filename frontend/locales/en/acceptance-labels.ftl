# Risk acceptances by labels.

acceptance-scope-labels = A check on what carries labels
acceptance-scope-labels-means = By the labels of workloads, and of the namespaces that they lie in; the label of the workload goes before that of its namespace. What comes later with such labels is covered too, and what loses them is not. Where Bevis has not read the labels, nothing is covered.
acceptance-of-labels = { $check }: { $selector } on { $cluster }
acceptance-of-labels-everywhere = { $check }: { $selector } on every cluster
acceptance-field-selector = Labels
acceptance-field-selector-hint = As kubectl takes them: environment=test, environment in (test,dev), tier!=db, app.kubernetes.io/part-of, !tier. With commas in between, all must hold.
acceptance-labels-kept = Labels of these keys are kept: { $keys }
acceptance-no-labels = Bevis has not read labels of namespaces or workloads yet. Which keys are kept is label_keys in the policy of a cluster.

error-acceptance-selector = This is no label selector, or it is too long. Write it as kubectl takes it, as environment in (test,dev),tier!=db: { $value }
error-acceptance-label-keys = The selector names a label that is not kept. Labels of these keys are: { $value }
error-acceptance-no-labels = Bevis has not read labels of namespaces or workloads there yet, so nothing can be selected by them.

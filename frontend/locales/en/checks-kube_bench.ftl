## cfg.cis

check-cfg-cis-title = The CIS benchmark has been run, and nothing in it fails
check-cfg-cis-rule = kube-bench has examined every node within 30 days, by the parts of the benchmark that apply to it, and no test fails: every node by “node”, one of the control plane by “master” and “controlplane” too, and by “etcd” where etcd runs. Tests that the benchmark leaves to a person are never in order by themselves.
check-cfg-cis-rationale = The benchmark is what a technical review of a cluster is commonly measured against, and the only look at files on the nodes.
check-cfg-cis-remedy = Do what the test proposes, or note why it does not apply. Then run kube-bench again and store its result anew where the cluster's policy says, a file for each node.
fault-cfg-cis-scored = Test { $test } fails: { $title }
fault-cfg-cis-unscored = Test { $test } fails, though the benchmark does not count it: { $title }
reason-cfg-cis-forbidden = { reason-forbidden }
reason-cfg-cis-absent = { reason-absent }
reason-cfg-cis-unread = { reason-unread }
reason-cfg-cis-not_named = The cluster's policy does not say where results of kube-bench are kept.
reason-cfg-cis-none = There is no result of kube-bench where the cluster's policy says that there is.
reason-cfg-cis-old = Every result of kube-bench is older than { $days } days, or does not tell when it was made.
reason-cfg-cis-by_hand = A person must show that { $count } tests are met, which were skipped or which kube-bench cannot run: { $tests }.
reason-cfg-cis-parts = These nodes were examined without parts of the benchmark that apply to them, or by some of the tests of a part only: { $nodes }. Run kube-bench there without --targets and --check. Where etcd runs on machines that are no nodes, a person must show how it is examined.
reason-cfg-cis-totals = The results of these nodes do not come to the totals given with them, so that they cannot be relied on: { $nodes }.

## cfg.version_supported

check-cfg-version_supported-title = The version of Kubernetes still gets fixes
check-cfg-version_supported-rule = The version of the API server has not ended, by the dates of the Kubernetes project, and every node’s fits to it.
check-cfg-version_supported-rationale = Faults that are found in a version that has ended stay open.
check-cfg-version_supported-remedy = Upgrade the control plane one version at a time, then the nodes.
fault-cfg-version_supported-ended = Kubernetes { $version } ended on { $ended }; its faults are no longer fixed.
fault-cfg-version_supported-node_ended = The node’s version { $version } ended on { $ended }; its faults are no longer fixed.
fault-cfg-version_supported-node_old = The node’s version { $version } is too old for the API server’s { $api_server }.
fault-cfg-version_supported-node_newer = The node’s version { $version } is newer than the API server’s { $api_server }, which does not work reliably.
reason-cfg-version_supported-forbidden = { reason-forbidden }
reason-cfg-version_supported-absent = { reason-absent }
reason-cfg-version_supported-unread = { reason-unread }
reason-cfg-version_supported-vendor = The Kubernetes project ended { $version } on { $ended }. Show that your contract for { $platform } still brings fixes.
reason-cfg-version_supported-unknown = When { $version } ends is not known to this version of Bevis, whose dates are as of { $as_of }. Show it, or upgrade Bevis.
reason-cfg-version_supported-facts = API server { $version }, until { $ends }. Nodes: { $kubelets }. Systems: { $systems }. Kernels: { $kernels }.

## avl.redundancy

check-avl-redundancy-title = The cluster is spread over machines and zones
check-avl-redundancy-rule = There are at least three nodes of the control plane, not all in one zone, and nodes in at least two zones.
check-avl-redundancy-rationale = With one or two, the loss of one stops all changes to the cluster; in one zone, a fire or a power cut stops everything.
check-avl-redundancy-remedy = Add nodes, and spread them over zones.
fault-avl-redundancy-few = There are only { $count } nodes of the control plane.
fault-avl-redundancy-control_plane_zone = All nodes of the control plane are in the zone { $zone }.
fault-avl-redundancy-one_zone = All nodes are in the zone { $zone }.
reason-avl-redundancy-forbidden = { reason-forbidden }
reason-avl-redundancy-absent = { reason-absent }
reason-avl-redundancy-unread = { reason-unread }
reason-avl-redundancy-no_zones = The nodes do not say in which zones they are. Show where they stand.
reason-avl-redundancy-managed = { $platform } runs the control plane, where it cannot be seen. Show your provider’s evidence.
reason-avl-redundancy-unseen = No node says that it runs the control plane. Show where it runs.

## phy.region

check-phy-region-title = Nodes run in approved places
check-phy-region-rule = Every node says that it runs in a region that policy approves.
check-phy-region-rationale = Personal data must not leave the places that the contract names.
check-phy-region-remedy = Move the nodes, or approve the region.
fault-phy-region-outside = The node runs in the region { $region }, which policy does not approve.
reason-phy-region-forbidden = { reason-forbidden }
reason-phy-region-absent = { reason-absent }
reason-phy-region-unread = { reason-unread }
reason-phy-region-no_list = Policy approves no regions (approved_regions), so there is nothing to compare with. The nodes say: { $regions }.
reason-phy-region-unlabelled = { $count } nodes do not say in which region they are. Show where they stand.
reason-phy-region-contradiction = What these nodes say of their region is not what the provider says: { $nodes }.

## log.clock_skew

check-log-clock_skew-title = Clocks agree
check-log-clock_skew-rule = The clock of the API server and that of Bevis are no more than 10 seconds apart, and no node’s clock is far from those of the others. Nodes are compared by their leases, which each renews about every ten seconds, so a pass shows that they are within some twenty seconds of each other, and no more. Of fewer than three nodes that are ready, none is compared.
check-log-clock_skew-rationale = Whoever puts logs of several machines in order needs one time; wrong clocks also make old evidence look fresh.
check-log-clock_skew-remedy = Let every machine take its time from the same source.
fault-log-clock_skew-far = The clocks of the API server and of Bevis are more than 10 seconds apart.
fault-log-clock_skew-node_ahead = The lease of the node is more than 20 seconds ahead of those of the other nodes, so its clock is about 10 seconds ahead at least.
fault-log-clock_skew-node_behind = The lease of the node is more than 70 seconds behind those of the other nodes although the node is ready, so its clock is about 20 seconds behind at least.
reason-log-clock_skew-forbidden = { reason-forbidden }
reason-log-clock_skew-absent = { reason-absent }
reason-log-clock_skew-unread = { reason-unread }
reason-log-clock_skew-near = The clocks of the API server and of Bevis are between 5 and 10 seconds apart. See which of the two is right.
reason-log-clock_skew-unsure = The leases of these nodes are further from those of the others than two renewals explain. Either their clocks are wrong by some seconds, or a renewal was late; see which: { $nodes }.
reason-log-clock_skew-uncompared = The clocks of these nodes were not compared, since they are not ready, have no lease, or are fewer than three: { $nodes }.
reason-log-clock_skew-untold = The API server does not tell its time (its answers have no Date), so that its clock was not compared. What is judged by the cluster’s time is judged by that of Bevis.

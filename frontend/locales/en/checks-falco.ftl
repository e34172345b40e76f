## det.falco_coverage

check-det-falco_coverage-title = Falco watches every node
check-det-falco_coverage-rule = Falco is ready on every node, and does not start again and again.
check-det-falco_coverage-rationale = On a node that is not watched, an intruder is not seen.
check-det-falco_coverage-remedy = See why Falco is not ready there, or why the node does not admit it.
fault-det-falco_coverage-not_ready = Falco has not been ready on every node where it should run for more than 10 minutes.
fault-det-falco_coverage-restarting = Falco starts again and again.
fault-det-falco_coverage-nowhere = Falco is installed, and is set to run nowhere.
fault-det-falco_coverage-uncovered = Falco does not run on these nodes: { $nodes }.
reason-det-falco_coverage-forbidden = { reason-forbidden }
reason-det-falco_coverage-absent = { reason-absent }
reason-det-falco_coverage-unread = { reason-unread }
reason-det-falco_coverage-virtual = The provider simulates these nodes, and Falco cannot run there. How they are watched must be shown by a person: { $nodes }.
reason-det-falco_coverage-disagree = These report that they are ready, and nothing of them is seen to run: { $workloads }.
reason-det-falco_coverage-none = Falco was not found on the nodes of this cluster. That intruders are detected in another way must be shown by a person.

## det.alert_route

check-det-alert_route-title = Alerts reach somebody
check-det-alert_route-rule = The programs that pass alerts on are running. To whom they pass them is in settings that are not read, so a person must show that alerts arrive.
check-det-alert_route-rationale = An alert that nobody receives changes nothing.
check-det-alert_route-remedy = Let the program run again, send a test alert, and write down who received it.
fault-det-alert_route-stopped = This program passes alerts on, and is not running.
reason-det-alert_route-forbidden = { reason-forbidden }
reason-det-alert_route-absent = { reason-absent }
reason-det-alert_route-unread = { reason-unread }
reason-det-alert_route-declared = The policy declares that alerts go to { $receiver }. That has not been measured, and a person must show it.
reason-det-alert_route-unseen = The program that passes alerts on is running. To whom it passes them cannot be seen, and must be shown by a person.
reason-det-alert_route-no_route = No program that passes on the alerts of Falco was found. How they reach somebody must be shown by a person.
reason-det-alert_route-none = Falco was not found on the nodes of this cluster.

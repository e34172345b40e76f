## img.trusted_registry

check-img-trusted_registry-title = Images come from approved registries
check-img-trusted_registry-rule = Every image that a workload names is of a registry, or of a path below one, that is on the approved list.
check-img-trusted_registry-rationale = An image is a program with the rights of the workload. Where it comes from decides who may put what into it.
check-img-trusted_registry-remedy = Copy the image into an approved registry and name it from there, or add its registry to trusted_registries in the cluster’s policy after approval.
fault-img-trusted_registry-untrusted = The container runs an image of { $repository }, which is not on the approved list.
reason-img-trusted_registry-forbidden = { reason-forbidden }
reason-img-trusted_registry-absent = { reason-absent }
reason-img-trusted_registry-unread = { reason-unread }
reason-img-trusted_registry-no_list = No list of approved registries is configured (trusted_registries). Images come from { $count }: { $registries }.

## img.immutable_ref

check-img-immutable_ref-title = Images are named by a version
check-img-immutable_ref-rule = Every image has a tag that is not latest, or a digest.
check-img-immutable_ref-rationale = Without a version, a restart may run another program than yesterday’s, and nobody has decided it.
check-img-immutable_ref-remedy = Name the image by a version, or better by its digest.
fault-img-immutable_ref-latest = The image of { $repository } is named by the tag latest.
fault-img-immutable_ref-untagged = The image of { $repository } is named without a tag, which means latest.
reason-img-immutable_ref-forbidden = { reason-forbidden }
reason-img-immutable_ref-absent = { reason-absent }
reason-img-immutable_ref-unread = { reason-unread }

## cap.requests

check-cap-requests-title = Workloads say what they need
check-cap-requests-rule = Every container asks for processor time and memory, by itself, with its pod, or through a default of its namespace. A ResourceQuota bounds what each namespace asks for in all; none is asked of the namespaces of the system and of the platform (such as openshift-* and calico-*).
check-cap-requests-rationale = What is not asked for is not set aside. Then one workload can starve another, and nobody can plan the capacity. What is not bounded can use up what is left for others.
check-cap-requests-remedy = Add requests for cpu and memory to the container, or a LimitRange with defaults to the namespace. Bound the namespace with a ResourceQuota.
fault-cap-requests-missing = The container does not ask for: { $resources }.
fault-cap-requests-unbounded = No ResourceQuota bounds what the namespace may ask for of: { $resources }.
reason-cap-requests-forbidden = { reason-forbidden }
reason-cap-requests-absent = { reason-absent }
reason-cap-requests-unread = { reason-unread }

## sec.env

check-sec-env-title = Passwords are not written into workloads
check-sec-env-rule = No environment variable whose name says that it holds a secret (as one that ends in PASSWORD or TOKEN) has its value written into the workload. Values are not kept, and secrets under other names are not found.
check-sec-env-rationale = What is written into a workload is read by everybody who may see workloads, and stays in the history of its configuration.
check-sec-env-remedy = Move the value into a Secret and refer to it (secretKeyRef). Then change the password: it has been seen.
fault-sec-env-literal = These variables of the container have their values written down: { $variables }.
reason-sec-env-forbidden = { reason-forbidden }
reason-sec-env-absent = { reason-absent }
reason-sec-env-unread = { reason-unread }

## avl.disruption_budget

check-avl-disruption_budget-title = Maintenance leaves enough pods running
check-avl-disruption_budget-rule = For every Deployment and StatefulSet of two pods or more, a PodDisruptionBudget says how many must keep running.
check-avl-disruption_budget-rationale = Without it, emptying a node for maintenance may stop all pods at once, although there were several so that this cannot happen.
check-avl-disruption_budget-remedy = Add a PodDisruptionBudget that selects the pods of the workload.
fault-avl-disruption_budget-none = No disruption budget selects the pods of this workload.
reason-avl-disruption_budget-forbidden = { reason-forbidden }
reason-avl-disruption_budget-absent = { reason-absent }
reason-avl-disruption_budget-unread = { reason-unread }
reason-avl-disruption_budget-no_replicas = No Deployment or StatefulSet has two pods or more.

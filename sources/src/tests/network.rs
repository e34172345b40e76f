//! What may reach what, and what is reached from outside.

use super::{Manifests, about, expect, said};
use crate::{error::ReadError, policy::Policy, reading::coverage};
use model::{scan::Coverage, source::Source};

pub(super) const NAMESPACES: &str = "
{apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: bank}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: shop}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: open}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: bare}}
";

pub(super) const POLICIES: &str = "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny, namespace: bank}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: bank}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress], ingress: [{}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: same-namespace, namespace: shop}
spec: {podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny, namespace: open}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: allow-all, namespace: open}
spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{ports: [{port: 80}]}, {}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: internet, namespace: open}
spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}
";

fn all(parts: &[&str]) -> Manifests {
    Manifests::read(&parts.join("---"))
}

fn judged(check: &str, manifests: &Manifests, groups: &[&str], policy: &Policy) -> String {
    about(check, &manifests.cluster(32, groups).evaluate(Source::Network, policy))
}

#[test]
fn every_namespace_is_closed_in_both_directions() {
    expect(
        &judged("net.default_deny", &all(&[NAMESPACES, POLICIES]), &[], &Policy::default()),
        "
net.default_deny fail 5/8
  medium Namespace bare (egress): no_egress
  medium Namespace bare (ingress): no_ingress
  medium Namespace open (egress): open_egress [policies=internet]
  medium Namespace open (ingress): open_ingress [policies=allow-all]
  medium Namespace shop (egress): no_egress
",
    );
}

#[test]
fn a_closed_cluster_passes() {
    let closed = "
{apiVersion: v1, kind: Namespace, metadata: {name: bank}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny, namespace: bank}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: some, namespace: bank}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}, {ports: [{port: 443}]}]
  egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]
";
    let manifests = Manifests::read(closed);
    expect(&judged("net.default_deny", &manifests, &[], &Policy::default()), "net.default_deny pass 0/2");
    let cluster = manifests.cluster(32, &[]);
    assert_eq!(coverage(&*cluster.reading(Source::Network, &Policy::default())).0, Coverage::Complete);
}

#[test]
fn other_engines_are_a_question_for_a_person() {
    let of_a_namespace = "
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: bare, namespace: bare}
";
    let text = judged(
        "net.default_deny",
        &all(&[NAMESPACES, POLICIES, of_a_namespace]),
        &["cilium.io/v2"],
        &Policy::default(),
    );
    // What is open elsewhere is open all the same.
    assert!(text.contains("net.default_deny fail 3/8") && !text.contains("Namespace bare"), "{text}");
    let of_all = "
apiVersion: crd.projectcalico.org/v1
kind: GlobalNetworkPolicy
metadata: {name: everywhere}
";
    expect(
        &judged(
            "net.default_deny",
            &all(&[NAMESPACES, POLICIES, of_a_namespace, of_all]),
            &["cilium.io/v2", "crd.projectcalico.org/v1"],
            &Policy::default(),
        ),
        "net.default_deny needs_review 0/8 other_engine [count=4; engines=Calico, Cilium; namespaces=bank, bare, open, shop]",
    );
}

#[test]
fn what_may_not_be_read_is_not_said_to_be_missing() {
    let manifests = all(&[NAMESPACES]);
    let forbidden = || ReadError::Forbidden { permission: "x".into() };
    let said = |cluster: super::manifests::Cluster<'_>| {
        about("net.default_deny", &cluster.evaluate(Source::Network, &Policy::default()))
    };
    expect(
        &said(manifests.cluster(32, &["cilium.io/v2"]).failing("cilium.io/v2/ciliumnetworkpolicies", forbidden())),
        "net.default_deny not_visible 0/0 unread 8 forbidden [permission=list ciliumnetworkpolicies in cilium.io]",
    );
    expect(
        &said(manifests.cluster(32, &[]).failing("networking.k8s.io/v1/networkpolicies", forbidden())),
        "net.default_deny not_visible 0/0 unread 8 forbidden [permission=list networkpolicies in networking.k8s.io]",
    );
    let mut hidden = manifests.cluster(32, &[]);
    hidden.groups = None;
    expect(&said(hidden), "net.default_deny not_visible 0/0 unread 8 forbidden [permission=get /apis]");
    let mut hidden = manifests.cluster(32, &[]);
    hidden.groups = None;
    assert_eq!(coverage(&*hidden.reading(Source::Network, &Policy::default())).0, Coverage::Forbidden);
}

#[test]
fn a_policy_that_was_not_understood_closes_and_opens_nothing() {
    let broken = "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: broken, namespace: bare}
spec: {podSelector: {}, policyTypes: everything}
";
    let text = judged("net.default_deny", &all(&[NAMESPACES, POLICIES, broken]), &[], &Policy::default());
    expect(
        &text,
        "
net.default_deny fail 2/5 unread 4
  medium Namespace open (egress): open_egress [policies=internet]
  medium Namespace open (ingress): open_ingress [policies=allow-all]
",
    );
}

pub(super) const DOORS: &str = r#"
{apiVersion: v1, kind: Service, metadata: {name: nginx, namespace: ingress}, spec: {type: LoadBalancer}}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {type: ClusterIP}}
---
{apiVersion: v1, kind: Service, metadata: {name: debug, namespace: shop}, spec: {type: NodePort}}
---
{apiVersion: v1, kind: Service, metadata: {name: old, namespace: shop}, spec: {externalIPs: [192.0.2.1]}}
---
apiVersion: v1
kind: Service
metadata: {name: cm-acme-http-solver-x2b7k, namespace: shop, ownerReferences: [{kind: Challenge, name: c}]}
spec: {type: NodePort}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: shop}
spec:
  rules: [{host: shop.example.org}, {host: api.example.org}, {host: plain.example.net}]
  tls: [{hosts: ["*.example.org"], secretName: tls}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: every, namespace: shop}
spec: {defaultBackend: {service: {name: web}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gate, namespace: bank}
spec:
  listeners:
    - {name: http, protocol: HTTP, hostname: bank.example.org}
    - {name: https, protocol: HTTPS, hostname: bank.example.org}
    - {name: legacy, protocol: HTTP, hostname: old.example.org}
"#;

const GATEWAY: &[&str] = &["gateway.networking.k8s.io/v1"];

#[test]
fn doors_are_approved_one_by_one() {
    let doors = Manifests::read(DOORS);
    expect(
        &judged("net.exposed", &doors, GATEWAY, &Policy::default()),
        "net.exposed needs_review 0/10 no_list [count=9; doors=Host:*, Host:api.example.org, Host:bank.example.org, Host:old.example.org, Host:plain.example.net, Host:shop.example.org, Service:ingress/nginx, Service:shop/debug, Service:shop/old]",
    );
    let exposed = Some(vec!["Service:ingress/nginx".into(), "Host:*.example.org".into()]);
    expect(
        &judged("net.exposed", &doors, GATEWAY, &Policy { exposed, ..Policy::default() }),
        "
net.exposed fail 4/10
  medium Ingress shop/every (*): host [host=*]
  medium Ingress shop/shop (plain.example.net): host [host=plain.example.net]
  medium Service shop/debug: service [type=NodePort]
  medium Service shop/old: service [type=externalIPs]
",
    );
    let nothing = "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {type: ClusterIP}}";
    expect(
        &judged("net.exposed", &Manifests::read(nothing), GATEWAY, &Policy::default()),
        "net.exposed not_applicable 0/0 none",
    );
}

#[test]
fn every_host_has_tls() {
    expect(
        &judged("enc.ingress_tls", &Manifests::read(DOORS), GATEWAY, &Policy::default()),
        "
enc.ingress_tls fail 3/7
  high Gateway bank/gate (legacy): plain [host=old.example.org]
  high Ingress shop/every (*): plain [host=*]
  high Ingress shop/shop (plain.example.net): plain [host=plain.example.net]
",
    );
}

#[test]
fn kinds_that_are_not_read_are_neither_absent_nor_in_order() {
    let in_order = "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: shop}
spec: {rules: [{host: shop.example.org}], tls: [{hosts: [shop.example.org], secretName: tls}]}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {type: ClusterIP}}
";
    let policy = Policy { exposed: Some(vec!["Host:shop.example.org".into()]), ..Policy::default() };
    let of = |check: &str, groups: &[&str]| judged(check, &Manifests::read(in_order), groups, &policy);
    expect(&of("enc.ingress_tls", GATEWAY), "enc.ingress_tls pass 0/1");
    expect(&of("net.exposed", GATEWAY), "net.exposed pass 0/1");
    let groups = ["route.openshift.io/v1", "networking.istio.io/v1", "traefik.io/v1alpha1"];
    let kinds = "[kinds=Gateway (Istio), IngressRoute (Traefik), Route (OpenShift)]";
    expect(&of("enc.ingress_tls", &groups), &format!("enc.ingress_tls needs_review 0/1 unread_kinds {kinds}"));
    expect(&of("net.exposed", &groups), &format!("net.exposed needs_review 0/1 unread_kinds {kinds}"));
    expect(
        &judged("enc.ingress_tls", &Manifests::default(), &["route.openshift.io/v1"], &Policy::default()),
        "enc.ingress_tls needs_review 0/0 unread_kinds [kinds=Route (OpenShift)]",
    );
}

#[test]
fn a_group_that_is_served_in_an_unknown_version_is_not_absent() {
    let closed = "
{apiVersion: v1, kind: Namespace, metadata: {name: bank}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny, namespace: bank}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
";
    let of = |check: &str, groups: &[&str]| judged(check, &Manifests::read(closed), groups, &Policy::default());
    let cilium = of("net.default_deny", &["cilium.io/v9"]);
    expect(&cilium, "net.default_deny pass 0/2 unread 2");
    let admin = of("net.default_deny", &["policy.networking.k8s.io/v1beta7"]);
    expect(&admin, "net.default_deny pass 0/2 unread 2");
    // What such a policy may close is not said to be open.
    let open = judged("net.default_deny", &all(&[NAMESPACES]), &["cilium.io/v9"], &Policy::default());
    assert!(open.starts_with("net.default_deny error 0/0 unread"), "{open}");
    expect(&of("enc.ingress_tls", &["gateway.networking.k8s.io/v9"]), "enc.ingress_tls error 0/0 unread 1 unread");
    let manifests = Manifests::read(closed);
    let cluster = manifests.cluster(32, &["cilium.io/v9"]);
    let (seen, why) = coverage(&*cluster.reading(Source::Network, &Policy::default()));
    assert_eq!(seen, Coverage::Truncated);
    assert!(why.as_deref().is_some_and(|why| why.contains("does not read: v9")), "{why:?}");
}

#[test]
fn certificates_from_elsewhere_are_a_question_for_a_person() {
    for (annotations, spec) in [
        ("{}", "{rules: [{host: a.example.org}], tls: [{hosts: [a.example.org]}]}"),
        ("{}", "{rules: [{}], tls: [{hosts: [a.example.org], secretName: tls}]}"),
        ("{networking.gke.io/managed-certificates: shop}", "{rules: [{host: a.example.org}]}"),
    ] {
        let ingress = format!(
            "{{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {{name: i, namespace: shop, annotations: {annotations}}}, spec: {spec}}}"
        );
        let text = judged("enc.ingress_tls", &Manifests::read(&ingress), &[], &Policy::default());
        assert!(text.starts_with("enc.ingress_tls needs_review 0/1 unclear [count=1; hosts=Ingress shop/i"), "{text}");
    }
    let two = "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: one, namespace: shop}
spec: {rules: [{host: a.example.org}], tls: [{hosts: [a.example.org], secretName: tls}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: two, namespace: shop}
spec: {rules: [{host: a.example.org}]}
";
    expect(
        &judged("enc.ingress_tls", &Manifests::read(two), &[], &Policy::default()),
        "enc.ingress_tls needs_review 0/2 unclear [count=1; hosts=Ingress shop/two (a.example.org)]",
    );
    let raw = "
apiVersion: gateway.networking.k8s.io/v1beta1
kind: Gateway
metadata: {name: gate, namespace: bank}
spec: {listeners: [{name: raw, protocol: TCP}, {name: any, protocol: HTTP}, {name: tls, protocol: TLS, hostname: a.example.org}]}
";
    expect(
        &judged("enc.ingress_tls", &Manifests::read(raw), &["gateway.networking.k8s.io/v1beta1"], &Policy::default()),
        "enc.ingress_tls needs_review 0/3 unclear [count=2; hosts=Gateway bank/gate (any), Gateway bank/gate (raw)]",
    );
}

#[test]
fn a_cut_or_broken_list_passes_nothing_wholly() {
    let broken = format!(
        "{DOORS}---
{{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {{name: odd, namespace: shop}}, spec: {{rules: {{}}}}}}"
    );
    let text = judged("enc.ingress_tls", &Manifests::read(&broken), GATEWAY, &Policy::default());
    assert!(text.contains("enc.ingress_tls fail 3/7 unread 1"), "{text}");
}

#[test]
fn nothing_to_see_is_nothing_in_order() {
    expect(
        &said(&Manifests::default().cluster(32, &[]).evaluate(Source::Network, &Policy::default())),
        "
enc.ingress_tls not_applicable 0/0 none
net.default_deny error 0/0 unread 1 unread
net.exposed error 0/0 unread 1 unread
",
    );
}

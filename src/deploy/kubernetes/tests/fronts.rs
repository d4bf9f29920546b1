//! Services, routes, and whether they keep a client with a replica.

use super::*;

const APP: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop }\nspec:\n  template:\n    metadata: { labels: { app: shop, v: a } }\n    spec: { containers: [{ name: a, image: acme/shop }] }\n";

#[test]
fn stickiness_is_found_where_it_is_said() {
    let service = "apiVersion: v1\nkind: Service\nmetadata: { name: web, annotations: {A} }\nspec: { selector: { app: shop }, {S} }\n";
    let ingress = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i, annotations: {A} }\nspec: { {S}, rules: [{ http: { paths: [{ backend: { service: { name: web } } }] } }] }\n";
    let fill = |text: &str, annotations: &str, spec: &str| {
        text.replace("{A}", &format!("{{ {annotations} }}")).replace("{S}", spec)
    };
    let plain = fill(service, "", "type: ClusterIP");
    let by_address = fill(service, "", "sessionAffinity: ClientIP");
    let nginx = |annotations: &str| fill(ingress, annotations, "ingressClassName: nginx");
    let of = |text: &str| text.to_owned();
    let cookie = "on a cookie of the load balancer";
    for (objects, expected) in [
        (vec![of(&plain)], ""),
        (vec![of(&by_address)], "on the client's address"),
        (vec![fill(service, "", "sessionAffinity: None")], "off the client's address"),
        // This router passes the service's own affinity by.
        (vec![of(&by_address), nginx("")], ""),
        (
            vec![of(&by_address), nginx("nginx.ingress.kubernetes.io/service-upstream: 'true'")],
            "on the client's address",
        ),
        (vec![of(&plain), nginx("nginx.ingress.kubernetes.io/affinity: cookie")], cookie),
        (
            vec![of(&plain), nginx("nginx.ingress.kubernetes.io/upstream-hash-by: $request_uri")],
            "off a hash of what the client sends",
        ),
        (
            vec![fill(
                service,
                "traefik.ingress.kubernetes.io/service.sticky.cookie: 'true'",
                "type: ClusterIP",
            )],
            cookie,
        ),
        (
            vec![
                of(&plain),
                nginx(
                    "alb.ingress.kubernetes.io/target-type: ip, alb.ingress.kubernetes.io/target-group-attributes: 'a=b,stickiness.enabled=true'",
                ),
            ],
            cookie,
        ),
        (
            vec![
                of(&plain),
                nginx("alb.ingress.kubernetes.io/target-group-attributes: 'stickiness.enabled=true'"),
            ],
            "off a cookie of the load balancer",
        ),
        (
            vec![
                fill(service, "cloud.google.com/backend-config: '{\"default\": \"b\"}'", "type: NodePort"),
                of(
                    "apiVersion: cloud.google.com/v1\nkind: BackendConfig\nmetadata: { name: b }\nspec: { sessionAffinity: { affinityType: GENERATED_COOKIE } }\n",
                ),
            ],
            cookie,
        ),
        (
            vec![
                of(&plain),
                of(
                    "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: r }\nspec: { rules: [{ sessionPersistence: { sessionName: s }, backendRefs: [{ name: web }] }] }\n",
                ),
            ],
            cookie,
        ),
        (
            vec![
                of(&plain),
                of(
                    "apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: { name: r }\nspec: { routes: [{ services: [{ name: web, sticky: { cookie: { name: s } } }] }] }\n",
                ),
            ],
            cookie,
        ),
    ] {
        let text = objects.join("---\n");
        let (found, skipped) = read(&[("a.yaml", APP), ("b.yaml", &text)]);
        let shown = found[0]
            .sticky
            .as_ref()
            .map(|sticky| format!("{} {}", if sticky.on { "on" } else { "off" }, sticky.by));
        assert_eq!(shown.unwrap_or_default(), expected, "{text} {skipped:?}");
        assert!(found[0].balanced.is_some(), "{text}");
    }
}

#[test]
fn a_service_is_tied_by_labels() {
    for (selector, namespace, expected) in [
        ("{ app: shop }", "", true),
        ("{ app: shop, v: a }", "", true),
        ("{ app: shop, v: b }", "", false),
        ("{ app: shop, w: a }", "", false),
        ("{}", "", false),
        ("{ app: shop }", ", namespace: other", false),
    ] {
        let app = APP.replace("name: shop }", "name: shop, namespace: mine }");
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{ name: web{namespace} }}\nspec: {{ selector: {selector} }}\n"
        );
        let (found, _) = read(&[("a.yaml", &app), ("b.yaml", &text)]);
        assert_eq!(found[0].balanced.is_some(), expected, "{selector} {namespace}");
    }
}

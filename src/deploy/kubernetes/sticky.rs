//! Whether a client stays with one replica: what annotations and the objects of routers and gateways say.

use super::object::Object;
use super::tree::Item;
use crate::deploy::Sticky;

const COOKIE: &str = "a cookie of the load balancer";
const ADDRESS: &str = "the client's address";

/// How the value of an annotation is read.
#[derive(Clone, Copy)]
enum Says {
    /// This text switches it on.
    On(&'static str),
    /// Any text does.
    Set,
    /// Attributes of a target group: `stickiness.enabled=true,...`.
    Attributes,
    /// The variables that nginx hashes.
    Hash,
}

/// Annotations of an ingress or a service.
/// kubernetes/ingress-nginx, docs/user-guide/nginx-configuration/annotations.md; traefik/traefik,
/// docs/content/reference/routing-configuration/kubernetes/ingress.md; kubernetes-sigs/aws-load-balancer-controller,
/// docs/guide/ingress/annotations.md; jcmoraisjr/haproxy-ingress, docs/content/en/docs/configuration/keys.md;
/// Azure/application-gateway-kubernetes-ingress, docs/annotations.md; digitalocean/digitalocean-cloud-controller-manager,
/// docs/controllers/services/annotations.md.
const ANNOTATIONS: &[(&str, Says, &str)] = &[
    ("nginx.ingress.kubernetes.io/affinity", Says::On("cookie"), COOKIE),
    ("ingress.kubernetes.io/affinity", Says::On("cookie"), COOKIE),
    ("nginx.ingress.kubernetes.io/upstream-hash-by", Says::Hash, "a hash of what the client sends"),
    ("traefik.ingress.kubernetes.io/service.sticky.cookie", Says::On("true"), COOKIE),
    ("traefik.ingress.kubernetes.io/affinity", Says::On("true"), COOKIE),
    ("alb.ingress.kubernetes.io/target-group-attributes", Says::Attributes, COOKIE),
    ("service.beta.kubernetes.io/aws-load-balancer-target-group-attributes", Says::Attributes, ADDRESS),
    ("haproxy-ingress.github.io/affinity", Says::On("cookie"), COOKIE),
    ("haproxy.org/cookie-persistence", Says::Set, COOKIE),
    ("appgw.ingress.kubernetes.io/cookie-based-affinity", Says::On("true"), COOKIE),
    ("service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-type", Says::On("cookies"), COOKIE),
    ("nginx.org/sticky-cookie-services", Says::Set, COOKIE),
];

/// What the annotations of an object say.
pub(super) fn annotated(object: &Object) -> Option<Sticky> {
    let annotations = object.root.path(&["metadata", "annotations"])?;
    let found = ANNOTATIONS.iter().filter_map(|(key, says, by)| {
        let item = annotations.get(key)?;
        let text = item.text()?;
        let on = match says {
            Says::On(word) => text.eq_ignore_ascii_case(word),
            Says::Set => !text.is_empty(),
            Says::Hash => ["remote_addr", "cookie", "forwarded_for"].iter().any(|part| text.contains(part)),
            Says::Attributes => {
                let enabled =
                    text.split(',').find_map(|part| part.trim().strip_prefix("stickiness.enabled="))?;
                // Without a target for each pod the load balancer keeps a client with a node only.
                let by_pod = annotations.get("alb.ingress.kubernetes.io/target-type").and_then(Item::text);
                let is_ingress = key.starts_with("alb.");
                enabled == "true" && (!is_ingress || by_pod.is_some_and(|kind| &**kind == "ip"))
            }
        };
        Some(Sticky { on, by: (*by).into(), place: item.place.clone() })
    });
    best(found)
}

/// What a service says of itself.
pub(super) fn of_service(service: &Object) -> Option<Sticky> {
    let item = service.root.path(&["spec", "sessionAffinity"])?;
    let on = match &**item.text()? {
        "ClientIP" => true,
        "None" => false,
        _ => return None,
    };
    Some(Sticky { on, by: ADDRESS.into(), place: item.place.clone() })
}

/// What a policy says of the services it is for: its affinity in words of Google Cloud.
pub(super) fn of_policy(affinity: &Item) -> Option<Sticky> {
    let text = affinity.text()?;
    let (on, by) = match &**text {
        "GENERATED_COOKIE" | "HTTP_COOKIE" | "STRONG_COOKIE_AFFINITY" => (true, COOKIE),
        "CLIENT_IP" | "CLIENT_IP_PROTO" => (true, ADDRESS),
        "NONE" => (false, COOKIE),
        _ => return None,
    };
    Some(Sticky { on, by: by.into(), place: affinity.place.clone() })
}

/// `sessionPersistence` of the Gateway API, or what is like it elsewhere: being there switches it on.
pub(super) fn persistent(item: &Item) -> Option<Sticky> {
    let known = item.reason().is_none();
    let by = match item.get("type").and_then(Item::text) {
        Some(text) if &**text == "Header" => "a header that the client sends back",
        _ => COOKIE,
    };
    known.then(|| Sticky { on: true, by: by.into(), place: item.place.clone() })
}

/// Of several, one that keeps clients with a replica comes first.
pub(super) fn best(found: impl Iterator<Item = Sticky>) -> Option<Sticky> {
    let mut first = None;
    for sticky in found {
        if sticky.on {
            return Some(sticky);
        }
        first = first.or(Some(sticky));
    }
    first
}

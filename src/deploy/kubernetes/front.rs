//! What stands in front of a workload: services that select its pods, and what routes to those services.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::notes::Notes;
use super::object::{Object, Objects};
use super::sticky;
use super::tree::Item;
use crate::deploy::Sticky;
use crate::facts::Place;

/// More services and routes than this are not looked at.
const MAX: usize = 300;

/// What stands in front of the pods of a workload.
#[derive(Debug, Default)]
pub(super) struct Front {
    pub balanced: Option<Place>,
    pub sticky: Option<Sticky>,
}

/// A route: to which service, where it says so, and what it says of stickiness.
pub(super) struct Route<'a> {
    service: Arc<str>,
    place: Place,
    sticky: Option<Sticky>,
    object: &'a Object,
}

/// What stands in front of a workload with this pod.
pub(super) fn of(
    objects: &Objects,
    routes: &[Route<'_>],
    workload: &Object,
    template: &Item,
    notes: &mut Notes,
) -> Front {
    let mut front = Front::default();
    let mut found: Vec<Sticky> = Vec::new();
    let services = objects.of_kind("Service").filter(|service| &*service.version == "v1").take(MAX);
    let selecting = services
        .filter(|service| service.may_share_namespace(workload.namespace.as_ref()))
        .filter(|service| selects(service, workload, template));
    for service in selecting {
        let routing: Vec<&Route<'_>> = routes
            .iter()
            .filter(|route| service.is_named(&route.service))
            .filter(|route| service.may_share_namespace(route.object.namespace.as_ref()))
            .collect();
        let headless = service.root.text_of(&["spec", "clusterIP"]).is_some_and(|text| &**text == "None");
        if headless && routing.is_empty() {
            continue;
        }
        notes.file(&service.root.place);
        for route in &routing {
            notes.file(&route.object.root.place);
            found.extend(route.sticky.clone());
        }
        found.extend(sticky::annotated(service));
        found.extend(policies(objects, service));
        // A router that sends to the pods itself passes the address of the service by.
        if !routing.iter().any(|route| passes_by(route.object)) {
            found.extend(sticky::of_service(service));
        }
        let place = routing
            .first()
            .map_or_else(|| service.place_of(&["spec", "selector"]), |route| route.place.clone());
        if front.balanced.is_none() || !routing.is_empty() {
            front.balanced = Some(place);
        }
    }
    front.sticky = sticky::best(found.into_iter());
    front
}

/// Whether a service selects the pods of a workload.
fn selects(service: &Object, workload: &Object, template: &Item) -> bool {
    let Some(selector) = service.root.path(&["spec", "selector"]) else { return false };
    let matched = workload.root.path(&["spec", "selector", "matchLabels"]);
    let labels = template.path(&["metadata", "labels"]);
    let holders: Vec<&Item> = [labels, matched].into_iter().flatten().collect();
    let has = |key: &str, value: Option<Arc<str>>| {
        holders.iter().any(|labels| {
            let of_key = labels.entries().iter().find(|(name, _)| &*name.text == key);
            value.is_some() && of_key.is_some_and(|(_, of_key)| of_key.identity() == value)
        })
    };
    // Labels that the same template makes are the same, wherever it indents them to.
    let includes = |open: &Item| {
        let made = open.identity().map(|text| made_by(&text));
        made.is_some()
            && holders.iter().any(|labels| {
                labels.open().iter().any(|label| label.identity().map(|text| made_by(&text)) == made)
            })
    };
    let (entries, open) = (selector.entries(), selector.open());
    (!entries.is_empty() || !open.is_empty())
        && entries.iter().all(|(key, value)| has(&key.text, value.identity()))
        && open.iter().all(includes)
}

/// The part of a template's action before its pipes.
fn made_by(text: &str) -> String {
    text.split('|').next().unwrap_or_default().trim().trim_end_matches("}}").trim().to_owned()
}

/// Everything that routes to services.
pub(super) fn routes(objects: &Objects) -> Vec<Route<'_>> {
    let mut found = Vec::new();
    for object in &objects.all {
        let own = sticky::annotated(object);
        let spec = object.root.get("spec");
        let mut add = |name: Option<&Item>, sticky: Option<Sticky>| {
            if let Some((name, service)) = name.and_then(|name| Some((name, name.identity()?)))
                && found.len() < MAX
            {
                let sticky = sticky.or_else(|| own.clone());
                found.push(Route { service, place: name.place.clone(), sticky, object });
            }
        };
        match &*object.kind {
            "Ingress" => {
                for rule in list(spec, "rules") {
                    for path in list(rule.get("http"), "paths") {
                        let backend = path.get("backend");
                        add(backend.and_then(service_name), None);
                    }
                }
                for key in ["defaultBackend", "backend"] {
                    add(spec.and_then(|spec| spec.path(&[key])).and_then(service_name), None);
                }
            }
            "HTTPRoute" | "GRPCRoute" => {
                for rule in list(spec, "rules") {
                    let kept = rule.path(&["sessionPersistence"]).and_then(sticky::persistent);
                    for backend in list(Some(rule), "backendRefs") {
                        add(backend.get("name"), kept.clone());
                    }
                }
            }
            "IngressRoute" => {
                for route in list(spec, "routes") {
                    for service in list(Some(route), "services") {
                        let kept = service.path(&["sticky", "cookie"]).and_then(sticky::persistent);
                        add(service.get("name"), kept);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn list<'a>(item: Option<&'a Item>, key: &str) -> &'a [Item] {
    item.and_then(|item| item.path(&[key])).map(Item::items).unwrap_or_default()
}

fn service_name(backend: &Item) -> Option<&Item> {
    backend.path(&["service", "name"]).or_else(|| backend.path(&["serviceName"]))
}

/// Whether a router looks up the pods behind a service itself, so that `sessionAffinity` of the service has no effect.
/// kubernetes/ingress-nginx, docs/user-guide/nginx-configuration/annotations.md, "Service Upstream".
fn passes_by(object: &Object) -> bool {
    let annotations = object.root.path(&["metadata", "annotations"]);
    let annotation = |key: &str| annotations.and_then(|all| all.get(key)).and_then(Item::text);
    let class = object.root.text_of(&["spec", "ingressClassName"]);
    let class = class.or_else(|| annotation("kubernetes.io/ingress.class"));
    let is_nginx = class.is_some_and(|class| class.contains("nginx"));
    let upstream = annotation("nginx.ingress.kubernetes.io/service-upstream");
    is_nginx && upstream.is_none_or(|text| &**text != "true")
}

/// Policies that other objects hold for a service.
fn policies<'a>(objects: &'a Objects, service: &'a Object) -> Vec<Sticky> {
    let configs = backend_configs(service);
    let of_object = |object: &Object| {
        let spec = object.root.get("spec")?;
        match &*object.kind {
            "BackendConfig" if configs.contains(&object.name) => {
                sticky::of_policy(spec.path(&["sessionAffinity", "affinityType"])?)
            }
            "GCPBackendPolicy" if is_target(spec, service) => {
                sticky::of_policy(spec.path(&["default", "sessionAffinity", "type"])?)
            }
            "XBackendTrafficPolicy" | "BackendLBPolicy" if is_target(spec, service) => {
                sticky::persistent(spec.path(&["sessionPersistence"])?)
            }
            _ => None,
        }
    };
    objects.all.iter().filter_map(of_object).take(MAX).collect()
}

fn is_target(spec: &Item, service: &Object) -> bool {
    let many = spec.path(&["targetRefs"]).map(Item::items).unwrap_or_default();
    many.iter()
        .chain(spec.path(&["targetRef"]))
        .any(|target| target.get("name").and_then(Item::identity).is_some_and(|name| service.is_named(&name)))
}

/// The names in `cloud.google.com/backend-config: '{"default": "shop"}'`.
fn backend_configs(service: &Object) -> Vec<Arc<str>> {
    let annotations = service.root.path(&["metadata", "annotations"]);
    let keys = ["cloud.google.com/backend-config", "beta.cloud.google.com/backend-config"];
    let text = keys.iter().find_map(|key| annotations?.get(key)?.text());
    let Some(json) = text.and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok()) else {
        return Vec::new();
    };
    let ports: BTreeMap<String, serde_json::Value> =
        json.get("ports").and_then(|ports| serde_json::from_value(ports.clone()).ok()).unwrap_or_default();
    let names = json.get("default").into_iter().chain(ports.values());
    names.filter_map(|name| name.as_str().map(Into::into)).collect()
}

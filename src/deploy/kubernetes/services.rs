//! The variables that the cluster sets for each service of a namespace.
//!
//! kubernetes/kubernetes, pkg/kubelet/envvars/envvars.go: `REDIS_PORT=tcp://10.0.0.11:6379` for a service named
//! `redis`. Services without an address of their own have none, and a pod may switch them off with
//! `enableServiceLinks: false`.

use std::sync::Arc;

use super::object::{Object, Objects};
use super::tree::Item;
use crate::deploy::{Given, Layer, Value};
use crate::facts::Reason;

/// A namespace with more services than this is not read to its end.
const MAX_SERVICES: usize = 100;

/// The layer of these variables.
pub(super) fn links(objects: &Objects, workload: &Object, pod: &Item) -> Option<Layer> {
    if pod.path(&["enableServiceLinks"]).and_then(Item::text).is_some_and(|text| &**text == "false") {
        return None;
    }
    let services = objects
        .of_kind("Service")
        .filter(|service| &*service.version == "v1" && service.doubt.is_none())
        .filter(|service| service.may_share_namespace(workload.namespace.as_ref()));
    let mut variables: Vec<Given> = Vec::new();
    for service in services.take(MAX_SERVICES) {
        let root = &service.root;
        let headless = root.text_of(&["spec", "clusterIP"]).is_some_and(|text| &**text == "None");
        let external = root.text_of(&["spec", "type"]).is_some_and(|text| &**text == "ExternalName");
        let Some(name) = root.text_of(&["metadata", "name"]).filter(|_| !headless && !external) else {
            continue;
        };
        let place = service.place_of(&["metadata", "name"]);
        let upper = name.to_ascii_uppercase().replace('-', "_");
        for end in ["PORT", "SERVICE_HOST", "SERVICE_PORT"] {
            let reason = format!("Kubernetes sets it to the address of the service `{name}`");
            let given = Given {
                name: format!("{upper}_{end}").into(),
                value: Value::Unknown(Reason::at(reason, place.clone())),
                place: place.clone(),
                before: Vec::new(),
            };
            if !variables.iter().any(|known| known.name == given.name) {
                variables.push(given);
            }
        }
    }
    let origin = Arc::clone(variables.first()?.place.source.path());
    Some(Layer { origin, variables, more: None })
}

/// Whether a variable has the name of such a one.
pub(super) fn is_link(name: &str) -> bool {
    ["_SERVICE_HOST", "_SERVICE_PORT", "_PORT"].iter().any(|end| name.ends_with(end))
        || name.contains("_PORT_")
}

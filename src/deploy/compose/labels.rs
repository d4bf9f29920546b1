//! Labels: what a proxy in front of a service is told.
//!
//! traefik/traefik, docs/content/reference/routing-configuration/other-providers/docker.md (v3) and, for `backend`,
//! docs/content/configuration/backends/docker.md (v1.7).

use super::merge::pairs;
use super::tree::Tree;
use crate::facts::{Place, Sticky};

/// What labels say.
#[derive(Debug, Default)]
pub(super) struct Proxied {
    /// The line that puts a load balancer in front.
    pub(super) balanced: Option<Place>,
    pub(super) sticky: Option<Sticky>,
}

/// Reads the labels of a service.
pub(super) fn read(service: &Tree) -> Proxied {
    let mut proxied = Proxied::default();
    let mut is_off = false;
    for labels in [service.get("labels"), service.path(&["deploy", "labels"])].into_iter().flatten() {
        let map = pairs(labels);
        for entry in map.entries() {
            let key = entry.key.to_ascii_lowercase();
            let value = entry.value.known();
            let place = || entry.value.place.clone();
            if key == "traefik.enable" && value == Some("false") {
                is_off = true;
            }
            let http = key.starts_with("traefik.http.") || key.starts_with("traefik.backend");
            let routed = http || key.starts_with("traefik.frontend") || key == "traefik.port";
            let enabled = key == "traefik.enable" && value == Some("true");
            if enabled || routed || key == "caddy" || key.starts_with("caddy.reverse_proxy") {
                proxied.balanced.get_or_insert_with(place);
            }
            let v1 = key.ends_with("loadbalancer.stickiness") || key.ends_with("loadbalancer.sticky");
            let cookie =
                key.contains("loadbalancer.sticky.cookie") || key.contains("loadbalancer.stickiness.");
            if http && (v1 || cookie) {
                let on = !(value == Some("false") && (v1 || key.ends_with("sticky.cookie")));
                // A name or an option of the cookie says less than the switch itself.
                if proxied.sticky.is_none() || v1 || key.ends_with("sticky.cookie") {
                    proxied.sticky = Some(Sticky { on, by: "a cookie of Traefik".into(), place: place() });
                }
            }
            if key.contains("reverse_proxy.lb_policy") {
                let by = match value.and_then(|value| value.split_whitespace().next()) {
                    Some("cookie") => Some("a cookie of Caddy"),
                    Some("ip_hash" | "client_ip_hash") => Some("the client's address"),
                    _ => None,
                };
                let sticky = by.map(|by| Sticky { on: true, by: by.into(), place: place() });
                proxied.sticky = sticky.or(proxied.sticky);
            }
        }
    }
    if is_off { Proxied::default() } else { proxied }
}

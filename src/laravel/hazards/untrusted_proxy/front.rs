//! What stands in front of the app.

use std::sync::Arc;

use super::super::Code;
use crate::deploy::Files;
use crate::facts::{Note, Place, Step, TrailStep};
use crate::text::{Source, Span};

/// What is known of the proxy in front of an app.
pub(super) struct Front {
    /// The line that puts a load balancer in front.
    pub place: Option<Place>,
    /// Whether one is known to be there.
    pub is_known: bool,
    /// Whether the app's own web server takes the client from the headers of the proxy.
    pub is_healed: bool,
    healed_by: Option<Place>,
}

impl Front {
    /// What stands in front; `None` when no proxy does that speaks HTTP with the app.
    pub fn of(code: &Code<'_>) -> Option<Self> {
        let place = code.loaded.deployments.iter().find_map(|one| one.balanced.clone());
        let anywhere = || {
            let repository = code.app.repository.as_ref()?;
            repository
                .deployments()
                .iter()
                .find_map(|one| one.balanced.as_ref().filter(|place| speaks_cgi(place)))
        };
        if place.as_ref().map_or_else(|| anywhere().is_some(), speaks_cgi) {
            return None;
        }
        let healed = web_server(code);
        if healed.iter().any(|one| one.0) && healed.iter().any(|one| one.1) {
            return None;
        }
        let is_known = place.is_some() || code.loaded.environment.replicas.may_be_many();
        let healed_by = healed.into_iter().next().map(|one| one.2);
        Some(Self { is_known, is_healed: healed_by.is_some(), healed_by, place })
    }

    /// The proxy in words.
    pub const fn words(&self) -> &'static str {
        if self.is_known { "the load balancer" } else { "a load balancer" }
    }

    /// The lines that say so.
    pub fn steps(&self) -> Vec<TrailStep> {
        let healed = self
            .healed_by
            .as_ref()
            .map(|place| step(place, "the web server believes the headers of the proxy here, in part"));
        let front = self.place.as_ref().map(|place| step(place, "requests come through a load balancer"));
        healed.into_iter().chain(front).collect()
    }
}

fn step(place: &Place, note: &'static str) -> TrailStep {
    TrailStep { step: Step::Set, place: Some(place.clone()), note: Note::Text(note.into()) }
}

/// Whether a line hands requests on by FastCGI and the like: then the app sees the address that the web server sees.
fn speaks_cgi(place: &Place) -> bool {
    let text = place.source.slice(place.span).trim_start();
    ["fastcgi_pass", "scgi_pass", "uwsgi_pass"].iter().any(|word| text.starts_with(word))
}

/// Files in which the app's web server may be told to believe a proxy: whether of its address, whether of its scheme.
/// Apache's mod_remoteip and mod_setenvif, nginx's ngx_http_realip_module.
fn web_server(code: &Code<'_>) -> Vec<(bool, bool, Place)> {
    let mut found = Vec::new();
    let mut look = |source: &Arc<Source>| {
        // A condition and its rule are two lines of Apache's.
        let mut proto: Option<usize> = None;
        for (number, (at, line)) in lines(source.text()).enumerate() {
            let plain = line.trim_start();
            if plain.starts_with('#') {
                continue;
            }
            if plain.contains("X-Forwarded-Proto") {
                proto = Some(number);
            }
            let near = proto.is_some_and(|proto| number.saturating_sub(proto) < 3);
            let address = ["RemoteIPHeader ", "real_ip_header "].iter().any(|word| plain.contains(word));
            let apache = near && ["HTTPS=on", "HTTPS:on"].iter().any(|word| plain.contains(word));
            let nginx = plain.starts_with("fastcgi_param")
                && plain.split_whitespace().nth(1) == Some("HTTPS")
                && !plain.contains("$https");
            if address || apache || nginx {
                let start = u32::try_from(at).unwrap_or(0);
                let end = start.saturating_add(u32::try_from(line.len()).unwrap_or(0));
                found.push((address, apache || nginx, Place::new(source, Span::new(start, end))));
            }
        }
    };
    if let Ok(Some(source)) = code.app.tree.read("public/.htaccess") {
        look(&source);
    }
    if let Some(repository) = &code.app.repository {
        let files = Files::of(repository.tree(), &repository.apps());
        for path in files.paths() {
            let name = path.rsplit('/').next().unwrap_or(path);
            if name.ends_with(".conf") || name.contains("nginx") || name.contains("Dockerfile") {
                files.read(path).iter().for_each(&mut look);
            }
        }
    }
    found
}

/// The lines of a text with where they start.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end())
    })
}

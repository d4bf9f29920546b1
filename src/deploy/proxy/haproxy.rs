//! HAProxy: `backend` and `listen` sections.
//!
//! HAProxy configuration manual, "Proxies" and "Server and default-server options": `disabled` and `backup` servers and
//! those of weight 0 get no new clients; `balance source`, `stick on` and `cookie` (for servers that have a `cookie`
//! of their own, or with a `dynamic-cookie-key`) keep a client on one server. What `defaults` says counts where a
//! section says nothing.

use std::sync::Arc;

use super::servers::{Group, MAX_GROUPS};
use crate::deploy::{Deployment, Files, Sticky};
use crate::facts::Place;
use crate::parse::haproxy::{self, Line, Section};
use crate::text::Source;

pub(super) fn read(files: &Files<'_>) -> Vec<Deployment> {
    files.paths().iter().filter(|path| may_be_haproxy(path)).flat_map(|path| of(files, path)).collect()
}

fn may_be_haproxy(path: &str) -> bool {
    let name = crate::deploy::reading::file_name(path);
    name.ends_with(".cfg") || name.contains("haproxy") && !name.ends_with(".yml") && !name.ends_with(".yaml")
}

fn of(files: &Files<'_>, path: &str) -> Vec<Deployment> {
    let Some(source) = files.read(path).filter(|source| source.text().contains("server")) else {
        return Vec::new();
    };
    let sections = haproxy::read(source.text());
    let mut defaults: Option<&Section> = None;
    let mut deployments = Vec::new();
    for section in &sections {
        match &*section.kind {
            "defaults" => defaults = Some(section),
            "backend" | "listen" if deployments.len() < MAX_GROUPS => {
                deployments.extend(backend(&source, section, defaults, &sections))
            }
            _ => {}
        }
    }
    deployments
}

fn backend(
    source: &Arc<Source>,
    section: &Section,
    defaults: Option<&Section>,
    sections: &[Section],
) -> Option<Deployment> {
    let servers: Vec<&Line> = section.lines.iter().filter(|line| is_server(line)).collect();
    let group = Group {
        name: Arc::clone(&section.name),
        place: Place::new(source, section.span),
        servers: servers.iter().filter_map(|line| line.words.get(2).cloned()).collect(),
    };
    let mut deployment = group.deployment("haproxy")?;
    let lines = Lines { section, defaults };
    deployment.sticky = sticky(source, &servers, &lines);
    let asks = |words: &[&str]| matches!(words, ["option", "httpchk", ..] | ["http-check", ..]);
    deployment.health = lines.find(asks).map(|line| Place::new(source, line.span));
    let mut fronts =
        sections.iter().filter(|section| &*section.kind == "frontend").flat_map(|front| &front.lines);
    let leads = |line: &&Line| {
        let words = line.texts();
        matches!(words.first(), Some(&("default_backend" | "use_backend")))
            && words.get(1) == Some(&&*section.name)
    };
    if let Some(line) = fronts.find(leads) {
        deployment.balanced = Some(Place::new(source, line.span));
    }
    Some(deployment)
}

/// Whether a line is a server that gets clients.
fn is_server(line: &Line) -> bool {
    let words = line.texts();
    let idle = words.iter().skip(3).any(|word| matches!(*word, "disabled" | "backup"));
    let weightless = words.windows(2).any(|pair| matches!(pair, ["weight", "0"]));
    words.first() == Some(&"server") && !idle && !weightless
}

/// What is said for a section: by itself, the last line first, then by the defaults.
struct Lines<'s> {
    section: &'s Section,
    defaults: Option<&'s Section>,
}

impl<'s> Lines<'s> {
    fn find(&self, wanted: impl Fn(&[&str]) -> bool) -> Option<&'s Line> {
        let defaults = self.defaults.into_iter().flat_map(|section| section.lines.iter().rev());
        self.section.lines.iter().rev().chain(defaults).find(|line| wanted(&line.texts()))
    }
}

fn sticky(source: &Arc<Source>, servers: &[&Line], lines: &Lines<'_>) -> Option<Sticky> {
    let on = |line: &Line, by: &str| Sticky { on: true, by: by.into(), place: Place::new(source, line.span) };
    let has_cookie = |line: &&&Line| line.words.iter().skip(3).any(|word| &**word == "cookie");
    if let Some(line) = lines.find(|words| words.first() == Some(&"cookie")) {
        let words = line.texts();
        let known = servers.iter().any(|line| has_cookie(&line)) || words.contains(&"dynamic");
        if known {
            let by = if words.contains(&"insert") { "a cookie of the proxy" } else { "a cookie of the app" };
            return Some(on(line, by));
        }
    }
    let stick = |words: &[&str]| matches!(words, ["stick", "on" | "match" | "store-request", ..]);
    if let Some(line) = lines.find(stick) {
        let cookie = line.texts().iter().any(|word| word.contains("cook"));
        return Some(on(line, if cookie { "a cookie of the app" } else { "the client's address" }));
    }
    let line = lines.find(|words| words.first() == Some(&"balance"))?;
    let words = line.texts();
    let rest = words.get(1..).unwrap_or_default().join(" ").to_ascii_lowercase();
    let address = rest == "source" || rest.starts_with("hash src") || rest.contains("x-forwarded-for");
    if address {
        return Some(on(line, "the client's address"));
    }
    (rest.contains("cook") || rest.contains("rdp-cookie")).then(|| on(line, "a cookie of the app"))
}

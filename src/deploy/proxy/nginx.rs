//! nginx: `upstream` blocks.
//!
//! nginx documentation, ngx_http_upstream_module: `down` and `backup` servers get no requests in normal operation;
//! `ip_hash`, `hash` of the client's address and `sticky` keep a client on one server.

use std::sync::Arc;

use super::servers::{Group, MAX_GROUPS};
use crate::deploy::{Deployment, Files, Sticky};
use crate::facts::{Confidence, Place};
use crate::parse::nginx::{self, Directive};
use crate::text::Source;

pub(super) fn read(files: &Files<'_>) -> Vec<Deployment> {
    let sources = files.paths().iter().filter(|path| may_be_nginx(path)).filter_map(|path| files.read(path));
    let sources =
        sources.filter(|source| ["upstream", "_pass"].iter().any(|word| source.text().contains(word)));
    let configs: Vec<(Arc<Source>, Vec<Directive>)> =
        sources.map(|source| (Arc::clone(&source), nginx::read(source.text()))).collect();
    let mut passes = Vec::new();
    for (source, directives) in &configs {
        each(directives, &mut |directive| pass(source, directive, &mut passes));
    }
    let mut deployments = Vec::new();
    for (source, directives) in &configs {
        each(directives, &mut |directive| {
            if directive.name() == "upstream" && deployments.len() < MAX_GROUPS {
                deployments.extend(upstream(source, directive, &passes));
            }
        });
    }
    deployments
}

fn may_be_nginx(path: &str) -> bool {
    let name = crate::deploy::reading::file_name(path);
    let template = name.strip_suffix(".template").unwrap_or(name);
    template.ends_with(".conf")
        || name.contains("nginx") && !name.ends_with(".yml") && !name.ends_with(".yaml")
}

/// Every directive, those in blocks too, but for `stream`: it forwards connections of any kind.
fn each<'d>(directives: &'d [Directive], take: &mut impl FnMut(&'d Directive)) {
    for directive in directives {
        if directive.name() != "stream" {
            take(directive);
            each(directive.inner(), take);
        }
    }
}

/// Where requests are passed to: the name, where, and where their answers are checked.
struct Pass {
    to: String,
    place: Place,
}

fn pass(source: &Arc<Source>, directive: &Directive, passes: &mut Vec<Pass>) {
    let kinds = ["proxy_pass", "fastcgi_pass", "uwsgi_pass", "grpc_pass", "scgi_pass"];
    let Some(target) = kinds.contains(&directive.name()).then(|| directive.arguments().next()).flatten()
    else {
        return;
    };
    let target = target.split_once("://").map_or(target, |(_, target)| target);
    let to = target.split(['/', ':', '?', '$']).next().unwrap_or_default();
    passes.push(Pass { to: to.to_owned(), place: Place::new(source, directive.span) });
}

fn upstream(source: &Arc<Source>, upstream: &Directive, passes: &[Pass]) -> Option<Deployment> {
    let name = upstream.words.get(1)?;
    let idle = |server: &&Directive| !server.arguments().any(|word| matches!(word, "down" | "backup"));
    let servers = upstream.all("server").filter(idle).filter_map(|server| server.words.get(1));
    let group = Group {
        name: Arc::clone(&name.text),
        place: Place::new(source, upstream.span),
        servers: servers.map(|word| Arc::clone(&word.text)).collect(),
    };
    let mut deployment = group.deployment("nginx")?;
    deployment.sticky = upstream.inner().iter().find_map(|directive| sticky(source, directive));
    // Tengine and nginx_upstream_check_module have `check` here.
    let checks =
        upstream.inner().iter().find(|directive| matches!(directive.name(), "check" | "health_check"));
    deployment.health = checks.map(|directive| Place::new(source, directive.span));
    match passes.iter().find(|pass| *pass.to == *name.text) {
        Some(pass) => {
            deployment.balanced = Some(pass.place.clone());
            if !deployment.files.contains(pass.place.source.path()) {
                deployment.files.push(Arc::clone(pass.place.source.path()));
            }
        }
        // Nothing seen here passes a request to it.
        None => deployment.confidence = Confidence::Low,
    }
    Some(deployment)
}

fn sticky(source: &Arc<Source>, directive: &Directive) -> Option<Sticky> {
    let key = || directive.arguments().next().unwrap_or_default();
    let address = ["remote_addr", "http_x_forwarded_for", "http_x_real_ip", "realip_remote_addr"];
    let by = match directive.name() {
        "ip_hash" => "the client's address",
        "hash" if address.iter().any(|name| key().contains(name)) => "the client's address",
        "hash" if key().contains("cookie_") => "a cookie of the app",
        "sticky" => match key() {
            "route" | "learn" => "a cookie of the app",
            _ => "a cookie of the proxy",
        },
        _ => return None,
    };
    Some(Sticky { on: true, by: by.into(), place: Place::new(source, directive.span) })
}

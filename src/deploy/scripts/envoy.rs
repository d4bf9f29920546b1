//! `Envoy.blade.php`: laravel.com/docs/envoy.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{environment, on_servers};
use crate::deploy::reading::{MAX_PARTS, file_name, script};
use crate::deploy::{Command, Deployment, Files, Replicas, When, folder};
use crate::facts::{Confidence, Place};
use crate::parse::php;
use crate::parse::php::tree::{Expr, ExprKind, StatementKind};
use crate::text::{Source, Span};

/// Words in names of servers that answer no requests.
const OTHERS: &[&str] = &["worker", "workers", "queue", "db", "database", "cron", "redis"];

pub(super) fn read(files: &Files<'_>) -> Vec<Deployment> {
    // It is no name of a manifest, so it is asked for beside those.
    let apps =
        files.paths().iter().filter(|path| file_name(path) == "composer.json").map(|path| folder(path));
    let mut folders: Vec<&str> = apps.chain([""]).collect();
    folders.sort_unstable();
    folders.dedup();
    folders.into_iter().take(MAX_PARTS).flat_map(|folder| read_one(files, folder)).collect()
}

fn read_one(files: &Files<'_>, folder: &str) -> Vec<Deployment> {
    let name = "Envoy.blade.php";
    let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let Some(source) = files.read(&path) else { return Vec::new() };
    let Some((servers, place)) = servers(&source) else { return Vec::new() };
    let commands = tasks(&source);
    // Those of one environment that answer requests.
    let mut stages: BTreeMap<Arc<str>, BTreeSet<Arc<str>>> = BTreeMap::new();
    for (name, hosts) in servers {
        let is_other = name.split(|c: char| !c.is_ascii_alphabetic()).any(|word| OTHERS.contains(&word));
        let Some(environment) = environment(&name).filter(|_| !is_other) else { continue };
        let remote = hosts.into_iter().filter(|host| !host.contains("127.0.0.1") && &**host != "localhost");
        let hosts: Vec<_> = remote.collect();
        if !hosts.is_empty() {
            stages.entry(environment).or_default().extend(hosts);
        }
    }
    let deployment = |(environment, hosts): (Arc<str>, BTreeSet<Arc<str>>)| {
        let title = if &*environment == super::SOURCE { "envoy" } else { &environment };
        let mut deployment = on_servers("envoy", title, &source, place.clone());
        deployment.confidence = Confidence::Medium;
        deployment.runs.folder = Some(folder.into());
        let min = u32::try_from(hosts.len()).ok().filter(|&min| min > 1);
        if min.is_some() {
            deployment.replicas = Replicas { min, max: None, place: Some(place.clone()) };
        }
        deployment.commands.clone_from(&commands);
        deployment
    };
    stages.into_iter().take(MAX_PARTS).map(deployment).collect()
}

type Servers = Vec<(Arc<str>, Vec<Arc<str>>)>;

/// `@servers(['web' => ['user@host']])`, which is on one line.
fn servers(source: &Arc<Source>) -> Option<(Servers, Place)> {
    let text = source.text();
    let start = text.find("@servers(")?;
    let rest = text.get(start + "@servers".len()..)?;
    let line = rest.lines().next()?;
    let array = line.get(1..line.rfind(')')?)?;
    let file = php::parse(&format!("<?php return {array};"));
    let statement = file.statements.first().filter(|_| file.errors.is_empty())?;
    let StatementKind::Return(Some(Expr { kind: ExprKind::Array(items), .. })) = &statement.kind else {
        return None;
    };
    let servers = items.iter().take(MAX_PARTS).filter_map(|item| {
        let ExprKind::Str(name) = &item.key.as_ref()?.kind else { return None };
        Some((Arc::clone(name), hosts(item.value.as_ref()?)))
    });
    let at = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let span = Span::new(at(start), at(start + "@servers".len() + line.len()));
    Some((servers.collect(), Place::new(source, span)))
}

fn hosts(value: &Expr) -> Vec<Arc<str>> {
    match &value.kind {
        ExprKind::Str(host) => vec![Arc::clone(host)],
        ExprKind::Array(items) => items
            .iter()
            .take(MAX_PARTS)
            .filter_map(|item| item.value.as_ref())
            .filter_map(|value| match &value.kind {
                ExprKind::Str(host) => Some(Arc::clone(host)),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// What the tasks run: which of them a deployment runs is not followed.
fn tasks(source: &Arc<Source>) -> Vec<Command> {
    let text = source.text();
    let mut commands = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find("@task(")).map(|at| from + at) {
        let body = text.get(start..).and_then(|rest| rest.find('\n')).map(|at| start + at + 1);
        let Some(body) = body else { break };
        let Some(end) = text.get(body..).and_then(|rest| rest.find("@endtask")).map(|at| body + at) else {
            break;
        };
        let at = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let span = Span::new(at(body), at(end));
        for mut command in script(source, text.get(body..end).unwrap_or_default(), span, When::Release) {
            command.guard.get_or_insert_with(|| "only in its task".into());
            commands.push(command);
        }
        from = end;
    }
    commands
}

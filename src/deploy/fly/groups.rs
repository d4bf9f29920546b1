//! Groups of processes, and which sections belong to which group.
//!
//! superfly/flyctl, internal/appconfig/processgroups.go (Flatten): a section without `processes` belongs to the default
//! group alone, which is `app`, else the first by name.

use crate::deploy::reading::{Document, MAX_PARTS, command, count, role_of, script};
use crate::deploy::{Command, Deployment, Mount, Replicas, Role, Sharing, When};
use crate::parse::node::{Kind, Node};
use crate::text::Span;

/// A group of processes: its machines run one command.
pub(super) struct Group<'d> {
    pub name: &'d str,
    pub span: Span,
    pub is_default: bool,
    command: Option<&'d Node>,
}

/// The groups of an app, by name.
pub(super) fn of(document: &Document) -> Vec<Group<'_>> {
    let processes = document.root.get("processes").map(Node::entries).unwrap_or_default();
    let mut groups: Vec<Group<'_>> = processes
        .iter()
        .filter_map(|(key, command)| {
            Some(Group { name: key.as_str()?, span: key.span, is_default: false, command: Some(command) })
        })
        .take(MAX_PARTS)
        .collect();
    groups.sort_by_key(|group| group.name);
    if groups.is_empty() {
        let span = document.root.get("app").map_or(Span::new(0, 0), |app| app.span);
        groups.push(Group { name: "app", span, is_default: true, command: None });
    }
    let default = groups.iter().position(|group| group.name == "app").unwrap_or_default();
    if let Some(group) = groups.get_mut(default) {
        group.is_default = true;
    }
    groups
}

impl Group<'_> {
    /// Whether a section is about this group.
    fn has(&self, section: &Node) -> bool {
        match section.get("processes").map(Node::items) {
            None | Some([]) => self.is_default,
            Some(names) => names.iter().take(MAX_PARTS).any(|name| name.as_str() == Some(self.name)),
        }
    }

    /// The sections of this group by one of these names, each a table or a list of tables.
    fn sections<'d>(&self, document: &'d Document, names: &[&str]) -> Vec<&'d Node> {
        let all = names.iter().filter_map(|name| document.root.get(name));
        all.flat_map(tables).take(MAX_PARTS).filter(|section| self.has(section)).collect()
    }

    pub(super) fn fill(&self, document: &Document, deployment: &mut Deployment) {
        if let Some(node) = self.command {
            let text = node.as_str().unwrap_or_default();
            deployment.commands = script(&document.source, text, node.span, When::Start);
        } else if let Some(node) = document.root.path(&["experimental", "cmd"]) {
            deployment.commands = command(document, node, When::Start);
        }
        let services = self.sections(document, &["http_service", "services"]);
        if let Some(service) = services.first() {
            deployment.balanced = Some(document.place(service.get("internal_port").unwrap_or(service)));
        }
        deployment.replicas =
            services.iter().find_map(|service| machines(document, service)).unwrap_or_default();
        deployment.health = services
            .iter()
            .filter_map(|service| ["checks", "http_checks"].into_iter().find_map(|name| service.get(name)))
            .chain(self.named_checks(document))
            .flat_map(tables)
            .next()
            .map(|check| document.place(check.get("path").or_else(|| check.get("type")).unwrap_or(check)));
        let mounts = self.sections(document, &["mounts", "mount"]);
        deployment.mounts = mounts.into_iter().filter_map(|mount| volume(document, mount)).collect();
        let by_words = role_of(&deployment.commands);
        deployment.runs.role = match by_words {
            _ if !services.is_empty() => Role::Web,
            Some(role) => role,
            None if self.command.is_none() => Role::Web,
            None => by_name(self.name),
        };
    }

    fn named_checks<'d>(&self, document: &'d Document) -> Vec<&'d Node> {
        let checks = document.root.get("checks").map(Node::entries).unwrap_or_default();
        checks.iter().take(MAX_PARTS).map(|(_, check)| check).filter(|check| self.has(check)).collect()
    }
}

fn tables(node: &Node) -> &[Node] {
    match &node.kind {
        Kind::List(items) => items,
        _ => std::slice::from_ref(node),
    }
}

fn by_name(group: &str) -> Role {
    match group {
        "web" | "app" => Role::Web,
        "worker" | "workers" | "queue" => Role::Worker,
        "cron" | "scheduler" | "schedule" => Role::Scheduler,
        _ => Role::Unknown,
    }
}

/// How many machines are kept running.
fn machines(document: &Document, service: &Node) -> Option<Replicas> {
    let stops = service.get("auto_stop_machines")?;
    let stops = stops.as_bool() == Some(true) || matches!(stops.as_str(), Some("stop" | "suspend"));
    let node = service.get("min_machines_running")?;
    let min = count(Some(node)).filter(|&min| min > 0 && stops)?;
    Some(Replicas { min: Some(min), max: None, place: Some(document.place(node)) })
}

/// A volume of fly is on the machine it is mounted into: superfly/docs, reference/app-availability: no replication.
fn volume(document: &Document, mount: &Node) -> Option<Mount> {
    let path = mount.get("destination")?;
    let name = mount.get("source").and_then(Node::as_str).unwrap_or("without a name");
    Some(Mount {
        path: path.as_str()?.into(),
        what: format!("fly volume {name}").into(),
        sharing: Sharing::OneReplica,
        place: document.place(path),
    })
}

/// The command that runs once for each release.
pub(super) fn release(document: &Document) -> Vec<Command> {
    let node = document.root.path(&["deploy", "release_command"]);
    node.and_then(|node| Some(script(&document.source, node.as_str()?, node.span, When::Release)))
        .unwrap_or_default()
}

use std::sync::Arc;

use super::{SOURCE, variables};
use crate::deploy::reading::{Document, count, role_of, scripts};
use crate::deploy::{Deployment, Layer, Replicas, Role, When, join};
use crate::parse::node::Node;

/// A kind of components.
pub(super) struct ComponentKind {
    pub key: &'static str,
    role: Role,
    run: When,
}

/// Those that run code; `static_sites` do not.
pub(super) const KINDS: &[ComponentKind] = &[
    ComponentKind { key: "services", role: Role::Web, run: When::Start },
    ComponentKind { key: "workers", role: Role::Worker, run: When::Start },
    ComponentKind { key: "jobs", role: Role::Job, run: When::Release },
];

/// A component of a spec.
pub(super) struct Component<'d> {
    pub document: &'d Document,
    pub node: &'d Node,
    pub kind: &'static ComponentKind,
    /// The folder that paths in the spec are relative to.
    pub root: &'d str,
}

impl Component<'_> {
    fn text(&self, key: &str) -> Option<&str> {
        self.node.get(key).and_then(Node::as_str)
    }

    pub(super) fn deployment(&self, environment: &str, shared: Option<&Layer>) -> Option<Deployment> {
        let document = self.document;
        let name = self.node.get("name")?;
        let mut deployment = document.deployment(SOURCE, environment, name.as_str()?, name.span);
        deployment.layers.extend(variables::of(document, self.node, "envs of the component"));
        deployment.layers.extend(shared.cloned());
        let by_clock = self.text("kind") == Some("SCHEDULED");
        let run = if by_clock { When::Clock } else { self.kind.run };
        for (key, when) in [("build_command", When::Build), ("run_command", run)] {
            if let Some(node) = self.node.get(key) {
                let mut commands = scripts(document, node, when);
                if self.text("kind") == Some("FAILED_DEPLOY") {
                    commands.iter_mut().for_each(|command| command.guard = Some("only when it fails".into()));
                }
                deployment.commands.extend(commands);
            }
        }
        let at_work = deployment.commands.iter().filter(|command| command.when == run);
        deployment.runs.role = match (self.kind.role, role_of(at_work)) {
            (Role::Web, _) => Role::Web,
            (Role::Job, Some(Role::Scheduler)) if by_clock => Role::Scheduler,
            (Role::Worker, Some(role)) => role,
            (role, _) => role,
        };
        if self.kind.role == Role::Web {
            deployment.balanced = Some(document.place(self.node.get("http_port").unwrap_or(name)));
        }
        deployment.health = self
            .node
            .get("health_check")
            .map(|check| document.place(check.get("http_path").unwrap_or(check)));
        deployment.replicas = self.replicas();
        self.built_from(&mut deployment);
        Some(deployment)
    }

    fn replicas(&self) -> Replicas {
        let place = |node: &Node| Some(self.document.place(node));
        if let Some(scaling) = self.node.get("autoscaling") {
            let (min, max) = (scaling.get("min_instance_count"), scaling.get("max_instance_count"));
            return Replicas { min: count(min), max: count(max), place: max.or(min).and_then(place) };
        }
        let node = self.node.get("instance_count");
        count(node).zip(node).map_or_else(Replicas::default, |(number, node)| {
            Replicas::exactly(number, self.document.place(node))
        })
    }

    /// `source_dir` and `dockerfile_path` are relative to the repository's root.
    fn built_from(&self, deployment: &mut Deployment) {
        let within_root = |path: &str| join(self.root, path.trim_start_matches('/')).map(Arc::from);
        let image = self.node.path(&["image", "repository"]).and_then(Node::as_str);
        deployment.runs.image = image.map(Arc::from);
        if image.is_none() {
            deployment.runs.folder = within_root(self.text("source_dir").unwrap_or_default());
        }
        deployment.runs.dockerfile = self.text("dockerfile_path").and_then(within_root);
    }
}

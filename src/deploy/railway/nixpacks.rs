//! `nixpacks.toml`: nixpacks.com/docs/configuration/file.

use crate::deploy::reading::{Document, MAX_PARTS, map, role_of, scripts};
use crate::deploy::{Deployment, Layer, Role, When};
use crate::facts::Reason;
use crate::parse::node::Node;

/// Adds what Nixpacks builds to a deployment, weaker than what is there.
pub(super) fn put_into(document: &Document, deployment: &mut Deployment) {
    if !deployment.files.contains(document.source.path()) {
        deployment.files.push(document.source.path().clone());
    }
    let is_alone = deployment.layers.is_empty();
    let why = "variables that the platform sets are not in the repository";
    deployment.layers.push(Layer {
        origin: format!("{} [variables]", document.source.path()).into(),
        variables: document.root.get("variables").map(|node| map(document, node)).unwrap_or_default(),
        more: is_alone.then(|| Reason::new(why)),
    });
    let has = |when: When| deployment.commands.iter().any(|command| command.when == when);
    let (builds, starts) = (has(When::Build), has(When::Start) || has(When::Clock));
    if !builds {
        let phases = document.root.get("phases").map(Node::entries).unwrap_or_default();
        for commands in phases.iter().take(MAX_PARTS).filter_map(|(_, phase)| phase.get("cmds")) {
            deployment.commands.extend(scripts(document, commands, When::Build));
        }
    }
    if let Some(command) = document.root.path(&["start", "cmd"]).filter(|_| !starts) {
        let commands = scripts(document, command, When::Start);
        if deployment.runs.role == Role::Unknown {
            deployment.runs.role = role_of(&commands).unwrap_or_default();
        }
        deployment.commands.extend(commands);
    }
    if is_alone && deployment.runs.role == Role::Unknown {
        deployment.runs.role = Role::Web;
    }
}

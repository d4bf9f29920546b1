//! Mounts: platformsh/platformsh-docs, sites/upsun/src/create-apps/image-properties/mounts.md, and the same page of
//! Platform.sh's (now Upsun Fixed's) documentation.

use super::Project;
use crate::deploy::reading::{Document, MAX_PARTS};
use crate::deploy::{Mount, Problem, Sharing};
use crate::facts::Reason;
use crate::parse::node::Node;

/// The mounts of an app or a worker, and references in them that lead nowhere.
pub(super) fn of(document: &Document, project: &Project, node: &Node) -> (Vec<Mount>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut mounts = Vec::new();
    for (key, mount) in node.entries().iter().take(MAX_PARTS) {
        let Some(path) = key.scalar_text() else { continue };
        let (what, sharing) = sharing(document, mount);
        if let Some((name, place)) =
            service(mount).and_then(|node| Some((node.as_str()?, document.place(node))))
            && project.lacks(name) == Some(true)
        {
            let message = format!("the mount needs the service `{name}`, which the project does not have");
            problems.push(Problem { message: message.into(), place });
        }
        let path = format!("/app/{}", path.trim_matches('/')).into();
        mounts.push(Mount { path, what: what.into(), sharing, place: document.place(key) });
    }
    (mounts, problems)
}

fn service(mount: &Node) -> Option<&Node> {
    mount.get("service").filter(|_| mount.get("source").and_then(Node::as_str) == Some("service"))
}

fn sharing(document: &Document, mount: &Node) -> (String, Sharing) {
    // The older form, `"shared:files/storage"`, is a local mount.
    let kind = match mount.as_str() {
        Some(text) => text.split(':').next().unwrap_or_default().replace("shared", "local"),
        None => mount.get("source").and_then(Node::as_str).unwrap_or_default().to_owned(),
    };
    match kind.as_str() {
        "local" | "instance" => (format!("{kind} mount"), Sharing::OneReplica),
        "tmp" | "temporary" => ("temporary mount".to_owned(), Sharing::OneReplica),
        "storage" => ("storage mount".to_owned(), Sharing::Shared),
        "service" => {
            let name = service(mount).and_then(Node::as_str).unwrap_or("without a name");
            (format!("network storage {name}"), Sharing::Shared)
        }
        _ => {
            let reason = Reason::at("the kind of the mount is not known", document.place(mount));
            ("mount".to_owned(), Sharing::Unknown(reason))
        }
    }
}

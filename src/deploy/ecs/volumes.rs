//! Volumes of a task: who sees the same data.

use std::sync::Arc;

use super::keys::get;
use crate::deploy::reading::{MAX_PARTS, at};
use crate::deploy::{Mount, Problem, Sharing};
use crate::facts::Reason;
use crate::parse::node::Node;
use crate::text::Source;

/// What is mounted into a container, and the mounts whose volume is not there.
pub(super) fn mounts(source: &Arc<Source>, task: &Node, container: &Node) -> (Vec<Mount>, Vec<Problem>) {
    let (mut mounts, mut problems) = (Vec::new(), Vec::new());
    let volumes = get(task, "volumes");
    for point in get(container, "mountPoints").map_or(&[][..], Node::items).iter().take(MAX_PARTS) {
        let text = |key: &str| get(point, key).and_then(Node::scalar_text);
        let (Some(path), Some(name)) = (text("containerPath"), text("sourceVolume")) else { continue };
        let named = |volume: &&Node| get(volume, "name").and_then(Node::scalar_text) == Some(name);
        let Some(volume) = volumes.map_or(&[][..], Node::items).iter().find(named) else {
            if !volumes.is_some_and(Node::is_open) {
                let message = format!("no volume is named `{name}`");
                problems.push(Problem { message: message.into(), place: at(source, point) });
            }
            continue;
        };
        let (what, sharing) = what(source, volume, name);
        mounts.push(Mount { path: path.into(), what: what.into(), sharing, place: at(source, point) });
    }
    (mounts, problems)
}

/// Amazon ECS API reference, Volume, HostVolumeProperties and DockerVolumeConfiguration: without a `sourcePath` the
/// data may go with the containers; a `task` scope (the default) ends with the task, a `shared` one stays on the
/// machine.
fn what(source: &Arc<Source>, volume: &Node, name: &str) -> (String, Sharing) {
    if get(volume, "efsVolumeConfiguration").is_some() {
        return ("EFS file system".into(), Sharing::Shared);
    }
    if get(volume, "fsxWindowsFileServerVolumeConfiguration").is_some() {
        return ("FSx file system".into(), Sharing::Shared);
    }
    if get(volume, "s3filesVolumeConfiguration").is_some() {
        return ("S3 file system".into(), Sharing::Shared);
    }
    let volume_named = format!("volume {name}");
    if get(volume, "configuredAtLaunch").is_some() {
        return (format!("EBS volume {name}"), Sharing::OneReplica);
    }
    if let Some(docker) = get(volume, "dockerVolumeConfiguration") {
        let text = |key: &str| get(docker, key).and_then(Node::scalar_text);
        let options = get(docker, "driverOpts");
        let nfs = options.and_then(|options| options.get("type")).and_then(Node::scalar_text) == Some("nfs");
        return match (text("driver").unwrap_or("local"), text("scope").unwrap_or("task")) {
            ("local", _) if nfs => ("NFS file system".into(), Sharing::Shared),
            ("local", "task") => (volume_named, Sharing::OneReplica),
            ("local", _) => (volume_named, Sharing::OneServer),
            _ => {
                let reason = Reason::at("a volume driver decides who sees it", at(source, docker));
                (volume_named, Sharing::Unknown(reason))
            }
        };
    }
    let host = get(volume, "host").and_then(|host| get(host, "sourcePath"));
    match host {
        Some(_) => ("folder of the host".into(), Sharing::OneServer),
        None => (volume_named, Sharing::OneReplica),
    }
}

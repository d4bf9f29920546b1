//! Volumes of a service: what is mounted where, and who shares it.
//!
//! compose-spec/compose-go, format/volume.go (v2.9) says how the short form is read; docker's documentation,
//! engine/storage/volumes, what the `local` driver mounts with `type` and `o`.

use std::sync::Arc;

use super::tree::{Entry, Tree};
use crate::deploy::{Mount, Problem, Sharing};
use crate::facts::{Place, Reason};

/// Parts of the names of drivers whose volumes are the same on every machine.
const SHARED_DRIVERS: &[&str] = &[
    "efs",
    "nfs",
    "cifs",
    "glusterfs",
    "gluster",
    "cephfs",
    "ceph",
    "sshfs",
    "juicefs",
    "seaweedfs",
    "azurefile",
    "azure_file",
    "beegfs",
    "lustre",
    "gcsfuse",
    "s3fs",
    "goofys",
    "rclone",
    "moosefs",
    "smb",
    "quobyte",
];
/// File systems that the `local` driver mounts over the network.
const SHARED_TYPES: &[&str] =
    &["nfs", "nfs4", "cifs", "smb3", "glusterfs", "ceph", "efs", "fuse.sshfs", "fuse.s3fs"];

/// What a volume of a service says.
#[derive(Debug, Default)]
struct Volume {
    kind: Option<String>,
    source: Option<String>,
    /// Why the source is not known.
    unknown: Option<Reason>,
    target: Option<String>,
}

/// The path inside that a volume is mounted at.
pub(super) fn target_of(item: &Tree) -> Option<Arc<str>> {
    read(item).target.map(Into::into)
}

/// A folder or file of the host, and the path inside.
pub(super) struct Bind {
    pub(super) source: Arc<str>,
    pub(super) target: Arc<str>,
    pub(super) place: Place,
}

/// The folders and files of the host that a service sees.
pub(super) fn binds(service: &Tree) -> Vec<Bind> {
    let volumes = service.get("volumes").map(Tree::items).unwrap_or_default();
    let bind = |item: &Tree| {
        let volume = read(item);
        let source =
            volume.source.filter(|_| volume.kind.as_deref() == Some("bind") && volume.unknown.is_none())?;
        Some(Bind { source: source.into(), target: volume.target?.into(), place: item.place.clone() })
    };
    volumes.iter().filter_map(bind).collect()
}

/// What is mounted into a service.
pub(super) fn mounts(service: &Tree, volumes: &[Entry], problems: &mut Vec<Problem>) -> Vec<Mount> {
    let mut mounts = Vec::new();
    for item in service.get("volumes").map(Tree::items).unwrap_or_default() {
        let volume = read(item);
        let Some(target) = &volume.target else { continue };
        let (what, sharing) = shared(&volume, volumes, &item.place, problems);
        mounts.push(Mount {
            path: target.as_str().into(),
            what: what.into(),
            sharing,
            place: item.place.clone(),
        });
    }
    if let Some(tmpfs) = service.get("tmpfs") {
        let one = std::slice::from_ref(tmpfs);
        for item in if tmpfs.items().is_empty() { one } else { tmpfs.items() } {
            if let Some(path) = item.known() {
                let path = path.split(':').next().unwrap_or_default().into();
                let what = "a folder in memory (tmpfs)".into();
                mounts.push(Mount { path, what, sharing: Sharing::OneReplica, place: item.place.clone() });
            }
        }
    }
    mounts
}

fn shared(
    volume: &Volume,
    volumes: &[Entry],
    place: &Place,
    problems: &mut Vec<Problem>,
) -> (String, Sharing) {
    let source = volume.source.as_deref().unwrap_or_default();
    match volume.kind.as_deref() {
        Some("tmpfs") => ("a folder in memory (tmpfs)".to_owned(), Sharing::OneReplica),
        Some("bind") => (format!("{source} of the machine"), of_host(source, volume.unknown.as_ref(), place)),
        Some("volume") | None => match (&volume.unknown, source) {
            (Some(reason), _) => ("a volume".to_owned(), Sharing::Unknown(reason.clone())),
            (None, "") => ("a volume without a name".to_owned(), Sharing::OneReplica),
            (None, name) => (format!("named volume {name}"), of_volume(name, volumes, place, problems)),
        },
        Some(other) => {
            let reason =
                Reason::at(format!("what a volume of the type `{other}` is, is not known"), place.clone());
            (format!("a volume of the type {other}"), Sharing::Unknown(reason))
        }
    }
}

fn of_host(source: &str, unknown: Option<&Reason>, place: &Place) -> Sharing {
    if let Some(reason) = unknown {
        return Sharing::Unknown(reason.clone());
    }
    let parts = source.split(['/', '-', '_']);
    let network = parts.map(str::to_ascii_lowercase).any(|part| SHARED_DRIVERS.contains(&part.as_str()));
    if network && source.starts_with('/') {
        let text = format!("`{source}` may be a network file system of the machine");
        return Sharing::Unknown(Reason::at(text, place.clone()));
    }
    Sharing::OneServer
}

fn of_volume(name: &str, volumes: &[Entry], place: &Place, problems: &mut Vec<Problem>) -> Sharing {
    let Some(entry) = volumes.iter().find(|entry| &*entry.key == name) else {
        let message = format!("the volume `{name}` is not declared under `volumes`");
        problems.push(Problem { message: message.into(), place: place.clone() });
        return Sharing::OneServer;
    };
    let volume = &entry.value;
    let unknown = |text: String, place: &Place| Sharing::Unknown(Reason::at(text, place.clone()));
    let driver = volume.get("driver");
    match driver.map(Tree::known) {
        None | Some(Some("local" | "default")) => {
            let external = volume
                .get("external")
                .filter(|external| !external.is_null() && external.known() != Some("false"));
            if let (Some(external), None) = (external, driver) {
                let text = format!("the volume `{name}` is made elsewhere, by a driver that is not known");
                return unknown(text, &external.place);
            }
            by_options(volume)
        }
        Some(Some(driver_name)) => {
            let lower = driver_name.to_ascii_lowercase();
            let mut parts = lower.split(['/', ':', '-', '.']);
            let options = volume.get("driver_opts");
            let is_shared = parts.any(|part| SHARED_DRIVERS.contains(&part))
                || options.and_then(|options| options.get("backing")).and_then(Tree::known) == Some("shared")
                || by_options(volume) == Sharing::Shared;
            if is_shared {
                return Sharing::Shared;
            }
            let text =
                format!("whether the driver `{driver_name}` shares a volume between machines is not known");
            unknown(text, driver.map_or(place, |driver| &driver.place))
        }
        Some(None) => unknown("the driver of the volume is not known".to_owned(), place),
    }
}

/// What the options of the `local` driver mount.
fn by_options(volume: &Tree) -> Sharing {
    let Some(options) = volume.get("driver_opts") else { return Sharing::OneServer };
    let Some(kind) = options.get("type") else { return Sharing::OneServer };
    match kind.known().map(str::to_ascii_lowercase) {
        Some(kind) if SHARED_TYPES.contains(&kind.as_str()) => Sharing::Shared,
        Some(kind) if kind == "tmpfs" => Sharing::OneServer,
        Some(_) => Sharing::OneServer,
        None => Sharing::Unknown(Reason::at("the type of the volume is not known", kind.place.clone())),
    }
}

fn read(item: &Tree) -> Volume {
    if let Some(text) = item.text() {
        let Ok(value) = &text.value else {
            let reason = text.value.as_ref().err().cloned();
            let mut volume = short(&text.raw);
            volume.unknown =
                reason.filter(|_| volume.source.as_deref().is_some_and(|source| source.contains('$')));
            if volume.target.as_deref().is_some_and(|target| target.contains('$')) {
                volume.target = None;
            }
            return volume;
        };
        return short(value);
    }
    let known = |key: &str| item.get(key).and_then(Tree::known).map(str::to_owned);
    let source = item.get("source").and_then(Tree::text);
    let kind = known("type");
    Volume {
        unknown: source.and_then(|source| source.value.as_ref().err().cloned()),
        source: known("source").or_else(|| source.map(|source| source.raw.to_string())),
        target: known("target"),
        kind,
    }
}

/// `source:target:options`, or a target alone.
fn short(text: &str) -> Volume {
    let mut parts: Vec<String> = vec![String::new()];
    let mut depth = 0_usize;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let part_length = parts.last().map_or(0, String::len);
        let drive = part_length == 1
            && parts.last().is_some_and(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()));
        match c {
            '$' if chars.peek() == Some(&'{') => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            // A letter alone is a drive of Windows.
            ':' if depth == 0 && !(drive && parts.len() == 1) => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    let mut parts = parts.into_iter();
    let (first, second) = (parts.next().unwrap_or_default(), parts.next());
    match second {
        Some(target) if !target.is_empty() => {
            let is_path = first.starts_with(['.', '/', '~', '\\']) || first.get(1..2) == Some(":");
            // A variable that is not known may be a path or the name of a volume.
            let kind = if is_path { "bind" } else { "volume" };
            Volume { kind: Some(kind.to_owned()), source: Some(first), unknown: None, target: Some(target) }
        }
        _ => Volume { kind: Some("volume".to_owned()), source: None, unknown: None, target: Some(first) },
    }
}

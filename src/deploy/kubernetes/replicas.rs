//! How many replicas of a workload run.

use super::notes::Notes;
use super::object::{Object, Objects};
use super::tree::{Item, Kind};
use crate::deploy::Replicas;

/// What scales a workload, and where it says its bounds, with the defaults of each.
/// kubernetes/kubernetes, staging/src/k8s.io/api/autoscaling/v2/types.go; kedacore/keda-docs, reference/scaledobject-spec.
const SCALERS: &[(&str, &str, u32, &str, Option<u32>)] = &[
    ("HorizontalPodAutoscaler", "minReplicas", 1, "maxReplicas", None),
    ("ScaledObject", "minReplicaCount", 0, "maxReplicaCount", Some(100)),
];

/// The replicas of a workload. Without a number it is one; a daemon set runs on every node.
pub(super) fn of(objects: &Objects, workload: &Object, notes: &mut Notes) -> Replicas {
    let kind = || workload.place_of(&["kind"]);
    match &*workload.kind {
        "DaemonSet" => return Replicas { min: None, max: None, place: Some(kind()) },
        "Pod" => return Replicas::exactly(1, kind()),
        "Job" => return number(workload, &["spec", "parallelism"]),
        "CronJob" => return number(workload, &["spec", "jobTemplate", "spec", "parallelism"]),
        _ => {}
    }
    scaled(objects, workload, notes).unwrap_or_else(|| number(workload, &["spec", "replicas"]))
}

fn number(workload: &Object, keys: &[&str]) -> Replicas {
    match workload.root.path(keys) {
        None => Replicas::exactly(1, workload.place_of(&["kind"])),
        Some(item) => match item.count() {
            Some(count) => Replicas::exactly(count, item.place.clone()),
            None => Replicas { min: None, max: None, place: Some(item.place.clone()) },
        },
    }
}

fn scaled(objects: &Objects, workload: &Object, notes: &mut Notes) -> Option<Replicas> {
    for (kind, min_key, min_default, max_key, max_default) in SCALERS {
        let scaler = objects.of_kind(kind).find(|scaler| targets(scaler, workload));
        let Some(scaler) = scaler else { continue };
        notes.file(&scaler.root.place);
        let spec = scaler.root.get("spec");
        let bound = |key: &str, default: Option<u32>| {
            let item = spec.and_then(|spec| spec.get(key)).filter(|item| !matches!(item.kind, Kind::Null));
            (item.map_or(default, Item::count), item)
        };
        let (min, min_item) = bound(min_key, Some(*min_default));
        let (max, max_item) = bound(max_key, *max_default);
        let place =
            max_item.or(min_item).map_or_else(|| scaler.place_of(&["kind"]), |item| item.place.clone());
        if scaler.doubt.is_some() {
            // Either the scaler or the number of the workload counts.
            return Some(Replicas { min: None, max: None, place: Some(place) });
        }
        return Some(Replicas { min, max, place: Some(place) });
    }
    None
}

fn targets(scaler: &Object, workload: &Object) -> bool {
    let Some(target) = scaler.root.path(&["spec", "scaleTargetRef"]) else { return false };
    let kind = target.get("kind").and_then(Item::text).map_or("Deployment", |kind| kind);
    let name = target.get("name").and_then(Item::identity);
    *workload.kind == *kind
        && name.is_some_and(|name| workload.is_named(&name))
        && scaler.may_share_namespace(workload.namespace.as_ref())
}

//! Who sees the data of a volume: by its kind, by the access modes of its claim, by what provides it.

use super::object::{Found, Object, Objects};
use super::tree::Item;
use crate::deploy::Sharing;
use crate::facts::Reason;

/// Kinds of volumes that say by themselves who sees them.
/// kubernetes/website, content/en/docs/concepts/storage/volumes.md.
const KINDS: &[(&str, Sharing, &str)] = &[
    ("emptyDir", Sharing::OneReplica, "emptyDir volume"),
    ("ephemeral", Sharing::OneReplica, "ephemeral volume"),
    ("hostPath", Sharing::OneServer, "folder of the node, volume"),
    ("local", Sharing::OneServer, "disk of the node, volume"),
    ("awsElasticBlockStore", Sharing::OneServer, "EBS volume"),
    ("gcePersistentDisk", Sharing::OneServer, "persistent disk"),
    ("azureDisk", Sharing::OneServer, "Azure disk"),
    ("cinder", Sharing::OneServer, "Cinder volume"),
    ("vsphereVolume", Sharing::OneServer, "vSphere volume"),
    ("nfs", Sharing::Shared, "NFS volume"),
    ("azureFile", Sharing::Shared, "Azure Files share"),
    ("cephfs", Sharing::Shared, "CephFS volume"),
    ("glusterfs", Sharing::Shared, "GlusterFS volume"),
    ("quobyte", Sharing::Shared, "Quobyte volume"),
    ("image", Sharing::OneReplica, "configuration"),
];

/// Drivers of the container storage interface whose volumes are file systems in the network.
const SHARED_DRIVERS: &[&str] = &[
    "efs.csi.aws.com",
    "fsx.csi.aws.com",
    "fsx.openzfs.csi.aws.com",
    "s3.csi.aws.com",
    "file.csi.azure.com",
    "nfs.csi.k8s.io",
    "smb.csi.k8s.io",
    "filestore.csi.storage.gke.io",
    "gcsfuse.csi.storage.gke.io",
    "cephfs.csi.ceph.com",
    "rook-ceph.cephfs.csi.ceph.com",
    "org.gluster.glusterfs",
    "juicefs.csi.juicefs.com",
];

/// Parts of the names of storage classes that are such file systems.
const SHARED_CLASSES: &[&str] =
    &["efs", "nfs", "azurefile", "cephfs", "glusterfs", "filestore", "juicefs", "rwx"];

/// Who sees a volume by its kind, and what it is; `None` when the kind does not tell.
pub(super) fn direct(volume: &Item) -> Option<(Sharing, &'static str)> {
    let has = |key: &str| volume.get(key).is_some_and(|item| item.reason().is_none());
    if let Some((_, sharing, what)) = KINDS.iter().find(|(key, ..)| has(key)) {
        return Some((sharing.clone(), what));
    }
    match &**volume.text_of(&["csi", "driver"])? {
        "secrets-store.csi.k8s.io" => Some((Sharing::OneReplica, "configuration")),
        driver if SHARED_DRIVERS.contains(&driver) => Some((Sharing::Shared, "network file system")),
        _ => None,
    }
}

/// Who sees the data of a claim.
pub(super) fn of_claim(objects: &Objects, claim: &Object) -> Sharing {
    let spec = claim.root.get("spec");
    let modes = spec.and_then(|spec| spec.path(&["accessModes"]));
    let has = |mode: &str| {
        modes.is_some_and(|modes| {
            modes.items().iter().any(|item| item.text().is_some_and(|text| &**text == mode))
        })
    };
    let volume = volume_of(objects, claim);
    let class = spec.and_then(|spec| spec.text_of(&["storageClassName"]));
    let is_shared_class = class.is_some_and(|class| {
        let class = class.to_ascii_lowercase();
        SHARED_CLASSES.iter().any(|part| class.contains(part))
    });
    let provided = match volume.and_then(|volume| volume.root.get("spec")).and_then(direct) {
        Some((sharing, _)) => Some(sharing),
        None => is_shared_class.then_some(Sharing::Shared),
    };
    let place = || modes.map_or_else(|| claim.place_of(&["spec"]), |modes| modes.place.clone());
    let asked = if has("ReadWriteMany") || has("ReadOnlyMany") && !has("ReadWriteOnce") {
        Some(Sharing::Shared)
    } else if has("ReadWriteOncePod") {
        Some(Sharing::OneReplica)
    } else if has("ReadWriteOnce") {
        Some(Sharing::OneServer)
    } else {
        None
    };
    match (asked, provided) {
        // What is on the disk of a node is not shared, whatever is asked for.
        (Some(Sharing::Shared), Some(Sharing::OneServer)) => Sharing::OneServer,
        // A file system in the network does not always keep other nodes away.
        (Some(Sharing::OneServer), Some(Sharing::Shared)) => Sharing::Unknown(Reason::at(
            "it is asked for one node only, of a storage class that every node can reach",
            place(),
        )),
        (Some(asked), _) => asked,
        (None, Some(provided)) => provided,
        (None, None) => {
            let reason = modes.and_then(Item::more).or_else(|| claim.root.more()).cloned();
            Sharing::Unknown(reason.unwrap_or_else(|| Reason::at("its access modes are not known", place())))
        }
    }
}

/// The volume that a claim is bound to.
fn volume_of<'a>(objects: &'a Objects, claim: &Object) -> Option<&'a Object> {
    let name = claim.root.path(&["spec", "volumeName"]).and_then(Item::identity);
    if let Some(Found::One(volume)) = name.map(|name| objects.find("PersistentVolume", &name, claim)) {
        return Some(volume);
    }
    // A volume may name its claim instead.
    objects.of_kind("PersistentVolume").find(|volume| {
        let name = volume.root.path(&["spec", "claimRef", "name"]).and_then(Item::identity);
        name.as_ref() == Some(&claim.name)
    })
}

//! `namePrefix`, `nameSuffix` and `namespace`, and the references that follow them.
//!
//! kubernetes-sigs/kustomize, api/internal/konfig/builtinpluginconsts/namereference.go.

use std::collections::HashMap;
use std::sync::Arc;

use super::build::Built;
use super::file::Kustomization;
use crate::deploy::kubernetes::object::Object;
use crate::deploy::kubernetes::tree::{Item, Kind};

type Names = HashMap<(Arc<str>, Arc<str>), Arc<str>>;

/// Kinds that keep their name.
const KEPT: &[&str] = &["Namespace", "CustomResourceDefinition", "APIService"];

/// Gives objects the namespace and the names that a kustomization asks for.
pub(super) fn all(kustomization: &Kustomization, built: &mut Built) {
    if let Some(namespace) = kustomization.root.path(&["namespace"])
        && let Some(text) = namespace.text().filter(|text| !text.is_empty())
    {
        for object in &mut built.objects {
            object.namespace = Some(Arc::clone(text));
        }
    }
    let text = |key: &str| kustomization.root.text_of(&[key]).map_or("", |text| text);
    let (prefix, suffix) = (text("namePrefix"), text("nameSuffix"));
    // A name without end would be made by a few files that use each other.
    if prefix.is_empty() && suffix.is_empty() || prefix.len() + suffix.len() > 200 {
        return;
    }
    let mut names = Names::new();
    for object in built.objects.iter_mut().filter(|object| !KEPT.contains(&&*object.kind)) {
        let new: Arc<str> = format!("{prefix}{}{suffix}", object.name).into();
        names.insert((Arc::clone(&object.kind), Arc::clone(&object.name)), Arc::clone(&new));
        rename(object, &new);
    }
    for object in &mut built.objects {
        follow(&mut object.root, "", &names);
    }
}

fn rename(object: &mut Object, new: &Arc<str>) {
    let earlier = std::mem::replace(&mut object.name, Arc::clone(new));
    if !object.earlier.contains(&earlier) {
        object.earlier.push(earlier);
    }
    if let Some(name) = object.root.get_mut("metadata").and_then(|metadata| metadata.get_mut("name")) {
        name.kind = Kind::Text(Arc::clone(new));
    }
}

/// Where a reference under a key has the name, and the kind it refers to.
fn reference(key: &str, item: &Item) -> Option<(&'static str, Arc<str>)> {
    let (name, kind) = match key {
        "configMapRef" | "configMapKeyRef" | "configMap" => ("name", "ConfigMap"),
        "secretRef" | "secretKeyRef" => ("name", "Secret"),
        "secret" if item.get("secretName").is_some() => ("secretName", "Secret"),
        "secret" => ("name", "Secret"),
        "persistentVolumeClaim" => ("claimName", "PersistentVolumeClaim"),
        "service" => ("name", "Service"),
        "backend" | "defaultBackend" => ("serviceName", "Service"),
        "scaleTargetRef" => {
            let kind = item.text_of(&["kind"]).cloned();
            return Some(("name", kind.unwrap_or_else(|| "Deployment".into())));
        }
        _ => return None,
    };
    Some((name, kind.into()))
}

fn follow(item: &mut Item, key: &str, names: &Names) {
    if let Some((field, kind)) = reference(key, item)
        && let Some(name) = item.get_mut(field)
        && let Some(new) = name.text().and_then(|text| names.get(&(kind, Arc::clone(text))))
    {
        name.kind = Kind::Text(Arc::clone(new));
    }
    match &mut item.kind {
        Kind::Map(map) => {
            for (key, value) in &mut map.entries {
                let key = Arc::clone(&key.text);
                follow(value, &key, names);
            }
        }
        Kind::List(list) => list.items.iter_mut().for_each(|item| follow(item, "", names)),
        _ => {}
    }
}

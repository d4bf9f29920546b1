//! What is mounted into a container, and who sees the same data.

use super::claims;
use super::notes::Notes;
use super::object::{Found, Object, Objects};
use super::sources::Reference;
use super::tree::Item;
use crate::deploy::{Mount, Sharing};
use crate::facts::Reason;

/// How many mounts of a container are read.
const MAX_MOUNTS: usize = 200;

/// What the volumes of a container are read from.
pub(super) struct Volumes<'a> {
    pub objects: &'a Objects,
    pub workload: &'a Object,
    pub pod: &'a Item,
}

impl<'a> Volumes<'a> {
    /// The mounts of a container, those of configuration left out.
    pub fn mounts(&self, container: &Item, notes: &mut Notes) -> Vec<Mount> {
        let mut mounts = Vec::new();
        let items = container.path(&["volumeMounts"]).map(Item::items).unwrap_or_default();
        for item in items.iter().take(MAX_MOUNTS) {
            let (Some(path), Some(name)) = (item.get("mountPath").and_then(Item::text), item.get("name"))
            else {
                continue;
            };
            let Some((what, sharing)) = self.volume(name, notes) else { continue };
            mounts.push(Mount { path: path.clone(), what: what.into(), sharing, place: item.place.clone() });
        }
        mounts
    }

    /// The volume of a pod by the name that mounts it.
    pub fn named(&self, name: &Item) -> Option<&'a Item> {
        let identity = name.identity()?;
        let volumes = self.pod.path(&["volumes"])?;
        let is_it = |volume: &&Item| volume.get("name").and_then(Item::identity).as_ref() == Some(&identity);
        volumes.items().iter().find(is_it)
    }

    /// What a volume is and who sees it; `None` for configuration.
    fn volume(&self, name: &Item, notes: &mut Notes) -> Option<(String, Sharing)> {
        let shown = name.text().map_or("?", |text| text);
        if let Some(template) = self.claim_template(name) {
            notes.file(&template.place);
            return Some((format!("volume claim template `{shown}`"), Sharing::OneReplica));
        }
        let Some(volume) = self.named(name) else {
            let unknown = |reason: Reason| Some((format!("volume `{shown}`"), Sharing::Unknown(reason)));
            let more = self.pod.get("volumes").and_then(Item::more).or_else(|| self.pod.more());
            if let Some(reason) = name.reason().or(more) {
                return unknown(reason.clone());
            }
            let message = format!("nothing defines the volume `{shown}`");
            notes.problem(message.clone(), name.place.clone());
            return unknown(Reason::at(message, name.place.clone()));
        };
        let has = |key: &str| volume.get(key).filter(|item| item.reason().is_none());
        if let Some(reference) =
            has("configMap").and_then(|config| Reference::of(self.workload, config, "name"))
        {
            reference.config_map(self.objects, notes);
        }
        if ["configMap", "secret", "projected", "downwardAPI"].iter().any(|key| has(key).is_some()) {
            return None;
        }
        if let Some(claim) = has("persistentVolumeClaim").and_then(|claim| claim.get("claimName")) {
            return Some(self.claim(claim, notes));
        }
        if let Some(sharing) = claims::direct(volume) {
            return (sharing.1 != "configuration").then(|| (format!("{} `{shown}`", sharing.1), sharing.0));
        }
        let reason = volume.more().cloned();
        let reason =
            reason.unwrap_or_else(|| Reason::at("a kind of volume that is not known", volume.place.clone()));
        Some((format!("volume `{shown}`"), Sharing::Unknown(reason)))
    }

    fn claim_template(&self, name: &Item) -> Option<&'a Item> {
        let identity = name.identity()?;
        let templates = self.workload.root.path(&["spec", "volumeClaimTemplates"])?;
        let is_it = |template: &&Item| {
            template.path(&["metadata", "name"]).and_then(Item::identity).as_ref() == Some(&identity)
        };
        // The workload outlives this reader.
        templates.items().iter().find(is_it)
    }

    fn claim(&self, name: &Item, notes: &mut Notes) -> (String, Sharing) {
        let Some(identity) = name.identity() else {
            let reason = Reason::at("the name of the volume claim is not known", name.place.clone());
            return ("volume claim".to_owned(), Sharing::Unknown(name.reason().cloned().unwrap_or(reason)));
        };
        let what = format!("volume claim `{identity}`");
        match self.objects.find("PersistentVolumeClaim", &identity, self.workload) {
            Found::One(claim) => {
                notes.file(&claim.root.place);
                (what, claims::of_claim(self.objects, claim))
            }
            Found::Several(all) => {
                let sharing: Vec<Sharing> =
                    all.iter().map(|claim| claims::of_claim(self.objects, claim)).collect();
                let agree = sharing.windows(2).all(|pair| pair.first() == pair.last());
                match sharing.into_iter().next().filter(|_| agree) {
                    Some(sharing) => (what, sharing),
                    None => {
                        let message = format!("the volume claim `{identity}` is defined {} times", all.len());
                        notes.problem(message.clone(), name.place.clone());
                        (what, Sharing::Unknown(Reason::at(message, name.place.clone())))
                    }
                }
            }
            Found::Nothing => {
                let is_certain = name.text().is_some()
                    && self.objects.unseen.is_none()
                    && !self.objects.is_elsewhere("PersistentVolumeClaim", &identity);
                if is_certain {
                    notes.problem(format!("nothing defines the {what}"), name.place.clone());
                }
                let reason = format!("the {what} is not in the repository");
                (what, Sharing::Unknown(Reason::at(reason, name.place.clone())))
            }
        }
    }
}

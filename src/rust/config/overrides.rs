//! Variables of the process that win over files.

use std::sync::Arc;

use super::flatten::{self, Leaf};
use super::layers::{Given, Layers};
use super::{Format, Request, Setting};
use crate::facts::{Confidence, Note, Reason, Step, TrailStep, Variable};
use crate::parse::toml;

/// `ROCKET_DATABASES='{main={url="..."}}'`: the name in lower case is the key, the value is a TOML value when it can be
/// one, and dots nest (figment 0.10 `Env::prefixed`).
pub(super) fn rocket(request: &Request<'_>, layers: &mut Layers) {
    for (name, variable) in request.variables.iter() {
        let Some(rest) = name.strip_prefix("ROCKET_") else { continue };
        if matches!(rest, "PROFILE" | "CONFIG" | "ENV" | "") {
            continue;
        }
        let given = Overriding { name, variable, format: Format::Rocket, confidence: Confidence::High };
        layers.lay(given.of(&rest.to_ascii_lowercase(), layers));
    }
}

/// Prefixes that people take, besides the package's own name.
const USUAL: &[&str] = &["APP", "CONFIG", "SETTINGS", "CFG"];

/// `APP__DATABASE__URL`, `APP_DATABASE__URL`, `SVIX_CACHE_TYPE`: two underscores nest, and one does where the files have
/// such a key.
pub(super) fn prefixed(request: &Request<'_>, format: Format, layers: &mut Layers) {
    let package = request.package.to_ascii_uppercase().replace('-', "_");
    let first = package.split('_').next().unwrap_or_default();
    let own = [package.as_str(), first];
    let prefixes = request.prefixes.iter().map(|prefix| (prefix.to_ascii_uppercase(), Confidence::High));
    let guessed = own.iter().chain(USUAL).filter(|prefix| !prefix.is_empty());
    let mut prefixes: Vec<(String, Confidence)> =
        prefixes.chain(guessed.map(|prefix| ((*prefix).to_owned(), Confidence::Medium))).collect();
    // `SVIX_SERVER_PORT` belongs to the longer one.
    prefixes.sort_by_key(|(prefix, confidence)| (*confidence != Confidence::High, usize::MAX - prefix.len()));
    let keys = layers.keys();
    for (name, variable) in request.variables.iter() {
        let rest = prefixes.iter().find_map(|(prefix, confidence)| {
            let rest = name.strip_prefix(prefix.trim_end_matches('_'))?.strip_prefix('_')?;
            Some((rest.trim_start_matches('_'), *confidence))
        });
        let (rest, confidence) = match rest.filter(|(rest, _)| !rest.is_empty()) {
            Some(found) => found,
            // Without a prefix only what the files have, and nothing as common as `PORT`.
            None => match same(&keys, name).filter(|key| key.contains('.')) {
                Some(key) => {
                    let given = Overriding { name, variable, format, confidence: Confidence::Medium };
                    layers.lay(given.of(key, layers));
                    continue;
                }
                None => continue,
            },
        };
        let nested = rest.to_ascii_lowercase().replace("__", ".");
        let key = same(&keys, rest).map_or(nested.as_str(), |key| key);
        let given = Overriding { name, variable, format, confidence };
        layers.lay(given.of(key, layers));
    }
}

/// The key of the files that a variable's name spells.
fn same<'k>(keys: &'k [Arc<str>], name: &str) -> Option<&'k str> {
    let spelled = |text: &str| text.to_ascii_lowercase().replace("__", "_").replace(['.', '-'], "_");
    let name = spelled(name);
    keys.iter().find(|key| spelled(key) == name).map(|key| &**key)
}

struct Overriding<'a> {
    name: &'a Arc<str>,
    variable: &'a Variable,
    format: Format,
    confidence: Confidence,
}

impl Overriding<'_> {
    /// The settings that it gives under a key.
    fn of(&self, key: &str, layers: &Layers) -> Vec<Given> {
        let leaves = match &self.variable.value {
            Some(value) if self.format != Format::Config => structured(value),
            Some(_) | None => None,
        };
        let leaf = Leaf {
            key: String::new(),
            replaces: String::new(),
            value: self.variable.value.clone(),
            unknown: None,
            span: crate::text::Span::default(),
        };
        let leaves = leaves.unwrap_or_else(|| vec![leaf]);
        leaves.into_iter().map(|leaf| self.given(key, leaf, layers)).collect()
    }

    fn given(&self, key: &str, leaf: Leaf, layers: &Layers) -> Given {
        let under = |rest: &str| {
            if rest.is_empty() { key.to_owned() } else { format!("{key}.{rest}") }
        };
        let (replaces, key): (Arc<str>, Arc<str>) = (under(&leaf.replaces).into(), under(&leaf.key).into());
        let unknown = self.variable.value.is_none().then(|| {
            let reason = || Reason::new(format!("the value of {} is kept elsewhere", self.name));
            self.variable.unknown.clone().unwrap_or_else(reason)
        });
        let step = if layers.has(&key) { Step::Override } else { Step::Read };
        let mut trail = self.variable.trail.steps();
        let note = Note::Variable(Arc::clone(self.name));
        trail.push(TrailStep { step, place: self.variable.place.clone(), note });
        let setting = Setting {
            key,
            value: leaf.value,
            unknown,
            place: self.variable.place.clone(),
            profile: None,
            format: self.format,
            confidence: self.confidence,
            trail,
        };
        Given { replaces, setting }
    }
}

/// The leaves of a table or list that a value spells.
fn structured(value: &str) -> Option<Vec<Leaf>> {
    let value = value.trim();
    if !value.starts_with(['{', '[']) {
        return None;
    }
    let read = toml::read(&format!("x = {value}"));
    let node = read.root.get("x").filter(|_| read.error.is_none())?;
    let mut leaves = flatten::leaves(node)?;
    // The keys of a list begin with a number: all of it is replaced.
    for leaf in leaves.iter_mut().filter(|_| value.starts_with('[')) {
        leaf.replaces.clear();
    }
    Some(leaves)
}

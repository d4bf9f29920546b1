//! `replacements`: values that are taken from one object and put into others. What they are put into is not known, but
//! for a whole value of a known one.

use super::build::Built;
use super::file::Kustomization;
use super::patches::Selector;
use crate::deploy::kubernetes::reading::Reading;
use crate::deploy::kubernetes::tree::{Item, Kind};
use crate::deploy::{Files, join};
use crate::facts::Reason;
use crate::parse::yaml;

/// How many of them, and targets and paths of each, are followed.
const MAX: usize = 100;
const REPLACED: &str = "a replacement puts another value in its place";

/// Makes all replacements of a kustomization.
pub(super) fn all(files: &Files<'_>, kustomization: &Kustomization, built: &mut Built) {
    for item in kustomization.list("replacements").iter().take(MAX) {
        let Some(path) = item.text_of(&["path"]) else {
            one(item, built);
            continue;
        };
        let source = join(&kustomization.folder, path).and_then(|path| files.read(&path));
        let Some(source) = source else {
            built.problem(format!("the file `{path}` is not in the repository"), &item.place);
            continue;
        };
        let reading = Reading::plain(&source);
        for document in &yaml::read(source.text()).documents {
            let document = reading.item(document);
            match &document.kind {
                Kind::List(list) => list.items.iter().take(MAX).for_each(|item| one(item, built)),
                _ => one(&document, built),
            }
        }
    }
}

fn one(replacement: &Item, built: &mut Built) {
    let value = source(replacement, built);
    for target in replacement.path(&["targets"]).map(Item::items).unwrap_or_default().iter().take(MAX) {
        let Some(select) = target.path(&["select"]) else { continue };
        let selector = Selector::new(select);
        let has_options = target.path(&["options", "delimiter"]).is_some();
        let paths = target.path(&["fieldPaths"]).map(Item::items).unwrap_or_default();
        for path in paths.iter().take(MAX) {
            let Some(parts) = path.text().map(|text| parts(text)) else { continue };
            let unknown = || {
                let reason = Reason::at("a replacement of the kustomization fills it in", path.place.clone());
                Item::unknown(path.place.clone(), reason)
            };
            let value = value.clone().filter(|_| !has_options).unwrap_or_else(unknown);
            for object in built.objects.iter_mut().filter(|object| selector.takes(object)) {
                put(&mut object.root, &parts, &value);
            }
        }
    }
}

/// The value that is taken, when it is a known text.
fn source(replacement: &Item, built: &Built) -> Option<Item> {
    let source = replacement.path(&["source"])?;
    if source.path(&["options"]).is_some() {
        return None;
    }
    let selector = Selector::new(source);
    let mut objects = built.objects.iter().filter(|object| selector.takes(object));
    let object = objects.next().filter(|_| objects.next().is_none())?;
    let path = source.text_of(&["fieldPath"]).map_or("metadata.name", |path| path);
    let value = parts(path).iter().try_fold(&object.root, |item, part| item.get(part))?;
    let text = value.text()?;
    let mut taken = Item::text_at(source.place.clone(), text);
    taken.replaces(value, "a replacement takes it");
    Some(taken)
}

/// The parts of `spec.template.spec.containers.[name=app].env.0.value`; a dot within a part is written `\.`.
fn parts(path: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = path.chars();
    let mut within = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => parts.last_mut().map(|part| part.extend(chars.next())).unwrap_or_default(),
            '.' if !within => parts.push(String::new()),
            _ => {
                within = c == '[' || within && c != ']';
                parts.last_mut().map(|part| part.push(c)).unwrap_or_default();
            }
        }
    }
    parts.truncate(40);
    parts
}

fn put(item: &mut Item, parts: &[String], value: &Item) {
    let Some((part, rest)) = parts.split_first() else {
        let mut new = value.clone();
        new.replaces(item, REPLACED);
        *item = new;
        return;
    };
    if let Kind::List(list) = &mut item.kind {
        let condition = part.strip_prefix('[').and_then(|part| part.strip_suffix(']'));
        let condition = condition.and_then(|part| part.split_once('='));
        for (at, item) in list.items.iter_mut().enumerate() {
            let is_meant = match condition {
                Some((key, wanted)) => item.text_of(&[key]).is_some_and(|text| &**text == wanted),
                None => part == "*" || part.parse() == Ok(at),
            };
            if is_meant {
                put(item, rest, value);
            }
        }
        return;
    }
    if let Some(inner) = item.get_mut(part) {
        put(inner, rest, value);
    }
}

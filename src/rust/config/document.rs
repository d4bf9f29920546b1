//! One config file to its leaves. A file that cannot be read is skipped and said so.

use std::sync::Arc;

use super::flatten::{self, Leaf};
use super::tera::{self, Rendered};
use super::{Request, discover};
use crate::discover::Skipped;
use crate::facts::Variables;
use crate::parse::yaml::ErrorKind;
use crate::parse::{ini, toml, yaml};
use crate::text::{Source, Span};

/// A file that was read.
#[derive(Debug, Clone)]
pub(super) struct Document {
    pub source: Arc<Source>,
    pub leaves: Vec<Leaf>,
    /// What its templates printed.
    pub rendered: Option<Rendered>,
}

/// Reads a file by the extension of its name; a file without a value is one without leaves.
pub(super) fn read(request: &Request<'_>, path: &str, skipped: &mut Vec<Skipped>) -> Option<Document> {
    open(request, path, None, skipped)
}

/// Reads a YAML file that is a template of Tera.
pub(super) fn read_template(
    request: &Request<'_>,
    path: &str,
    skipped: &mut Vec<Skipped>,
) -> Option<Document> {
    open(request, path, Some(request.variables), skipped)
}

/// Whether a file of this extension can be read.
pub(super) fn is_readable(extension: &str) -> bool {
    matches!(extension, "toml" | "yaml" | "yml" | "json" | "ini")
}

fn open(
    request: &Request<'_>,
    path: &str,
    variables: Option<&Variables>,
    skipped: &mut Vec<Skipped>,
) -> Option<Document> {
    let mut skip = |failure: Skipped| {
        if !skipped.contains(&failure) {
            skipped.push(failure);
        }
    };
    let source = match request.tree.read(path) {
        Ok(source) => source?,
        Err(failure) => {
            skip(failure);
            return None;
        }
    };
    let (name, extension) = discover::stem(path);
    // `prod.toml.example` is TOML.
    let extension = if is_readable(extension) { extension } else { discover::stem(name).1 };
    let rendered = variables.map(|variables| tera::render(source.text(), variables));
    let read = match (extension, &rendered) {
        ("toml", _) => of_toml(source.text()),
        ("ini", _) => Ok(of_ini(source.text())),
        (_, Some(rendered)) => of_yaml(&rendered.text, true),
        (_, None) => of_yaml(source.text(), false),
    };
    let fault = match read {
        Ok(Some(leaves)) => return Some(Document { source, leaves, rendered }),
        Ok(None) => ("it holds too many values".to_owned(), Span::default()),
        Err((message, span)) => (message, rendered.as_ref().map_or(span, |rendered| rendered.origin(span))),
    };
    let line = source.position(fault.1.start).line;
    let kind = if extension == "toml" { "TOML" } else { "YAML" };
    let reason = match extension {
        "json" => format!("not JSON: line {line}: {}", fault.0),
        "ini" => format!("line {line}: {}", fault.0),
        _ => format!("not {kind}: line {line}: {}", fault.0),
    };
    skip(Skipped { path: source.path().to_string(), reason });
    None
}

type Read = Result<Option<Vec<Leaf>>, (String, Span)>;

fn of_toml(text: &str) -> Read {
    let read = toml::read(text);
    match read.error {
        Some(error) => Err((error.message, error.span)),
        None => Ok(flatten::leaves(&read.root)),
    }
}

fn of_yaml(text: &str, templated: bool) -> Read {
    let read = if templated { yaml::read_templated(text) } else { yaml::read(text) };
    if let Some(error) = read.error.filter(|error| error.kind != ErrorKind::Duplicate) {
        return Err((error.message, error.span));
    }
    Ok(read.documents.first().map_or_else(|| Some(Vec::new()), flatten::leaves))
}

fn of_ini(text: &str) -> Option<Vec<Leaf>> {
    let entries = ini::read(text).entries;
    let leaf = |entry: ini::Entry| {
        let section =
            if entry.section.is_empty() { String::new() } else { flatten::under("", &entry.section) };
        let key = flatten::under(&section, &entry.name);
        let value = entry.value?;
        Some(Leaf { replaces: key.clone(), key, value: Some(value.text), unknown: None, span: value.span })
    };
    Some(entries.into_iter().filter_map(leaf).collect())
}

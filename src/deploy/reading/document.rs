use std::sync::Arc;

use crate::deploy::{Deployment, Files, Problem};
use crate::discover::Skipped;
use crate::facts::Place;
use crate::parse::node::{Kind, Node};
use crate::parse::{toml, yaml};
use crate::text::{Source, Span};

/// A manifest that was read: its tree, and the places in it.
pub struct Document {
    /// The file.
    pub source: Arc<Source>,
    /// What it holds.
    pub root: Node,
    /// What is wrong with its shape.
    pub problems: Vec<Problem>,
}

impl Document {
    /// Reads a file of the repository by the end of its name: TOML, JSON or YAML. `None` when it is not there, or not of
    /// that kind, which is then remembered as skipped.
    pub fn open(files: &Files<'_>, path: &str) -> Option<Self> {
        let source = files.read(path)?;
        if path.ends_with(".toml") { Self::toml(files, source) } else { Self::yaml(files, source, path) }
    }

    fn toml(files: &Files<'_>, source: Arc<Source>) -> Option<Self> {
        let toml = toml::read(source.text());
        if let Some(error) = &toml.error {
            skip(files, &source, "TOML", error.span, &error.message);
            return None;
        }
        Some(Self { source, root: toml.root, problems: Vec::new() })
    }

    fn yaml(files: &Files<'_>, source: Arc<Source>, path: &str) -> Option<Self> {
        let yaml = yaml::read(source.text());
        let mut problems = Vec::new();
        match yaml.error {
            Some(error) if error.kind == yaml::ErrorKind::Duplicate => problems.push(Problem {
                message: format!("{}; the last one is taken", error.message).into(),
                place: Place::new(&source, error.span),
            }),
            Some(error) => {
                let kind = if path.ends_with(".json") { "JSON" } else { "YAML" };
                skip(files, &source, kind, error.span, &error.message);
            }
            None => {}
        }
        let root = yaml.documents.into_iter().next()?;
        matches!(root.kind, Kind::Map(_) | Kind::List(_)).then_some(Self { source, root, problems })
    }

    /// The place of a value.
    pub fn place(&self, node: &Node) -> Place {
        self.place_of(node.span)
    }

    /// The place of a span.
    pub fn place_of(&self, span: Span) -> Place {
        Place::new(&self.source, span)
    }

    /// A deployment that is described at `span`, with what is wrong with the file.
    pub fn deployment(
        &self,
        source: &'static str,
        environment: &str,
        service: &str,
        span: Span,
    ) -> Deployment {
        let mut deployment = Deployment::new(source, environment, service, self.place_of(span));
        deployment.problems.clone_from(&self.problems);
        deployment
    }
}

fn skip(files: &Files<'_>, source: &Source, kind: &str, span: Span, message: &str) {
    let line = source.position(span.start).line;
    files.skip(Skipped {
        path: source.path().to_string(),
        reason: format!("not {kind}: line {line}: {message}"),
    });
}

//! Serverless variables, `${self:custom.x}`: what can be told from the file alone.
//!
//! serverless/serverless, docs/providers/aws/guide/variables.md: `${source:address, default}`, nested ones first.

use std::cell::Cell;

use crate::deploy::reading::{Document, MAX_VARIABLES, value};
use crate::deploy::{Given, Value};
use crate::facts::{Note, Reason, Step, TrailStep};
use crate::parse::node::Node;

/// How deep variables are followed.
const MAX_DEPTH: usize = 8;
/// How many are followed for one value, and how long it grows.
const MAX_STEPS: usize = 64;
const MAX_LENGTH: usize = 1 << 16;
/// How many are followed for all values of a stage.
const MAX_STEPS_OF_ALL: usize = 5_000;

/// What variables are looked up in.
pub(super) struct Scope<'d> {
    pub document: &'d Document,
    stage: Option<&'d str>,
    steps: Cell<usize>,
}

/// A value on its way: where its parts were read.
#[derive(Default)]
struct Walk {
    before: Vec<TrailStep>,
    steps: usize,
}

/// A text, or in words why it is not known.
type Text = Result<String, String>;

impl<'d> Scope<'d> {
    pub(super) fn new(document: &'d Document, stage: Option<&'d str>) -> Self {
        Self { document, stage, steps: Cell::new(0) }
    }

    /// The variables of an `environment`.
    pub(super) fn map(&self, node: &Node) -> Vec<Given> {
        let entries = node.entries().iter().take(MAX_VARIABLES);
        entries.filter_map(|(key, value)| Some(self.given(key.scalar_text()?, value))).collect()
    }

    fn given(&self, name: &str, node: &Node) -> Given {
        let place = self.document.place(node);
        let mut walk = Walk::default();
        let value = match node.as_str().filter(|text| text.contains("${")) {
            None => value(self.document, node),
            Some(text) => match self.text(text, &mut walk, 0) {
                Ok(text) => Value::Known(text.into()),
                Err(why) => Value::Unknown(Reason::at(why, place.clone())),
            },
        };
        Given { name: name.into(), value, place, before: walk.before }
    }

    /// A text with its variables put in.
    fn text(&self, text: &str, walk: &mut Walk, depth: usize) -> Text {
        let mut rest = text;
        let mut done = String::new();
        while let Some(at) = rest.find("${") {
            let (plain, variable) = rest.split_at(at);
            let end = closing(variable).ok_or("a variable in it is not closed")?;
            done.push_str(plain);
            let inner = variable.get(2..end).unwrap_or_default();
            done.push_str(&self.variable(inner, walk, depth)?);
            if done.len() > MAX_LENGTH {
                return Err("it grows beyond all use".to_owned());
            }
            rest = variable.get(end + 1..).unwrap_or_default();
        }
        done.push_str(rest);
        Ok(done)
    }

    fn variable(&self, inner: &str, walk: &mut Walk, depth: usize) -> Text {
        walk.steps += 1;
        self.steps.set(self.steps.get() + 1);
        if depth >= MAX_DEPTH || walk.steps > MAX_STEPS || self.steps.get() > MAX_STEPS_OF_ALL {
            return Err("its variables lead too far".to_owned());
        }
        let (written, default) = split_default(inner);
        let source = self.text(written.trim(), walk, depth + 1)?;
        let (kind, address) = source.split_once(':').unwrap_or((&source, ""));
        // What is told is what is written: what was put in may be a secret.
        let told = written.trim().split_once(':').map_or("", |(_, address)| address);
        match kind {
            "self" => match self.lookup(address) {
                Some(node) => self.node(node, told, walk, depth),
                None => self.default(default, walk, depth, &format!("`{told}` is not in the file")),
            },
            "param" => match self.param(address) {
                Some(node) => self.node(node, told, walk, depth),
                None => Err(format!("the parameter `{told}` is given when it is deployed")),
            },
            "sls" | "opt" if address == "stage" => self
                .stage
                .map(str::to_owned)
                .ok_or_else(|| "the stage is given when it is deployed".to_owned()),
            "env" => Err(format!("it is taken from the variable `{told}` of the machine that deploys")),
            "ssm" => Err(format!("its value is kept in the parameter store, at `{told}`")),
            "" => Err("a variable in it is empty".to_owned()),
            kind if kind.len() < 40 && written.trim().starts_with(kind) => {
                Err(format!("a variable of the kind `{kind}` gives its value"))
            }
            _ => Err("a variable of another kind gives its value".to_owned()),
        }
    }

    fn default(&self, default: Option<&str>, walk: &mut Walk, depth: usize, why: &str) -> Text {
        let Some(default) = default.map(str::trim) else { return Err(why.to_owned()) };
        let unquoted =
            ['\'', '"'].iter().find_map(|quote| default.strip_prefix(*quote)?.strip_suffix(*quote));
        match unquoted {
            Some(text) => self.text(text, walk, depth + 1),
            None if default.starts_with("${") => self.text(default, walk, depth + 1),
            None if default.contains(':') => self.variable(default, walk, depth + 1),
            None => Ok(default.to_owned()),
        }
    }

    fn node(&self, node: &Node, told: &str, walk: &mut Walk, depth: usize) -> Text {
        let text = match value(self.document, node) {
            Value::Known(text) => self.text(&text, walk, depth + 1)?,
            _ => return Err(format!("`{told}` is not a text")),
        };
        walk.before.push(TrailStep {
            step: Step::Set,
            place: Some(self.document.place(node)),
            note: Note::Text(told.into()),
        });
        Ok(text)
    }

    /// The node at `custom.queue.name`.
    fn lookup(&self, address: &str) -> Option<&'d Node> {
        if address == "provider.stage" && self.stage.is_some() {
            let node = self.document.root.path(&["provider", "stage"])?;
            return (node.as_str() == self.stage).then_some(node);
        }
        address.split('.').try_fold(&self.document.root, |node, key| match key.parse::<usize>() {
            Ok(index) if !node.items().is_empty() => node.items().get(index),
            _ => node.get(key),
        })
    }

    /// The parameter of the stage, else of all; one that is the stage's to say is not known without a stage.
    fn param(&self, name: &str) -> Option<&'d Node> {
        let root = &self.document.root;
        let of = |stage: &str| {
            root.path(&["params", stage, name]).or_else(|| root.path(&["stages", stage, "params", name]))
        };
        self.stage.and_then(|stage| of(stage).or_else(|| of("default")))
    }
}

/// The offset of the `}` that closes the `${` a text starts with.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => open += 1,
            '}' if open <= 1 => return Some(at),
            '}' => open -= 1,
            _ => {}
        }
    }
    None
}

/// `self:a, 'b'` in two, at the first comma that is not in a variable of its own.
fn split_default(inner: &str) -> (&str, Option<&str>) {
    let mut open = 0_usize;
    for (at, c) in inner.char_indices() {
        match c {
            '{' => open += 1,
            '}' => open = open.saturating_sub(1),
            ',' if open == 0 => return (inner.get(..at).unwrap_or_default(), inner.get(at + 1..)),
            _ => {}
        }
    }
    (inner, None)
}

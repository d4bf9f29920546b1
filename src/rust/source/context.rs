//! The surroundings of a place, in the words of findings.

use super::found::{Condition, ConditionKind, Context};
use super::graph::{Graph, Unit};
use super::shapes::{has_word, shapes, starts_in, text_starts_in};
use crate::parse::rust::{self, At, Function, Type};
use crate::text::Span;

impl Graph<'_> {
    /// The surroundings of a place.
    pub(super) fn context(&self, file: usize, scope: usize, at: usize, span: Span) -> Context {
        let Some(unit) = self.files.get(file) else { return Context::default() };
        let empty = At::default();
        let here = unit.outline.places.get(at).unwrap_or(&empty);
        let function = here.function.and_then(|index| unit.outline.functions.get(index));
        Context {
            module: self.module_of(file, scope).map(|key| key.1.join("::")).unwrap_or_default(),
            function: function.map(|function| function.name.clone()),
            handler: function.is_some_and(|function| self.is_handler(file, function)),
            in_static: here.in_static.clone(),
            structure: here
                .structure
                .and_then(|index| unit.outline.structures.get(index))
                .map(|structure| structure.name.clone()),
            field: here.field.clone(),
            in_signature: here.in_signature,
            conditions: here.conditions.iter().map(condition).collect(),
            words: here.words.clone(),
            chain: chain(unit, span),
            neighbours: Vec::new(),
            detail: None,
        }
    }

    /// Whether a function answers requests: by its attributes, or by what it is given.
    pub(super) fn is_handler(&self, file: usize, function: &Function) -> bool {
        let by_attribute = |path: &rust::Path| shapes().routes.iter().any(|route| route == path.last());
        function.attributes.iter().any(by_attribute)
            || function.parameters.iter().filter_map(|one| one.kind.as_ref()).any(|kind| {
                self.names(file, function.scope, kind, 3, &|path| starts_in(&shapes().extractors, path))
            })
    }

    /// Whether a type names something of another crate, down to some depth.
    pub(super) fn names(
        &self,
        file: usize,
        scope: usize,
        kind: &Type,
        depth: u8,
        wanted: &dyn Fn(&[String]) -> bool,
    ) -> bool {
        let path = kind.path.as_ref().and_then(|path| self.foreign_path(file, scope, path));
        path.is_some_and(|path| wanted(&path))
            || depth > 0 && kind.args.iter().any(|arg| self.names(file, scope, arg, depth - 1, wanted))
    }

    /// Whether a file names something of one of these paths.
    pub(super) fn file_names(&self, file: usize, list: &[String]) -> bool {
        self.foreign_mentions(file).any(|(_, path)| text_starts_in(list, path))
    }
}

/// The methods that are called on what stands at a place, in its own chain.
fn chain(unit: &Unit, span: Span) -> Vec<String> {
    let methods = unit.outline.methods.iter();
    let on_it = methods.filter(|method| method.start == span.start && method.span.start >= span.end);
    on_it.map(|method| method.name.clone()).collect()
}

fn condition(condition: &rust::Condition) -> Condition {
    match condition {
        rust::Condition::Feature { name, not } => Condition {
            kind: ConditionKind::Feature { name: name.clone(), not: *not },
            words: vec![name.clone()],
        },
        rust::Condition::DebugOnly => Condition { kind: ConditionKind::DebugOnly, words: Vec::new() },
        rust::Condition::Branch(words) => {
            let decides = has_word(&shapes().environments, words.iter().map(String::as_str));
            let kind = if decides { ConditionKind::EnvironmentArm } else { ConditionKind::Branch };
            Condition { kind, words: words.clone() }
        }
        rust::Condition::Fallback(words) => {
            Condition { kind: ConditionKind::Fallback(setting(words)), words: words.clone() }
        }
    }
}

/// The name of the variable or setting among some words: one in capitals, else the last that is no method of a value.
fn setting(words: &[String]) -> Option<String> {
    const METHODS: &[&str] = &[
        "as_ref",
        "as_deref",
        "as_bytes",
        "as_str",
        "map",
        "and_then",
        "ok",
        "get",
        "clone",
        "cloned",
        "copied",
        "take",
        "filter",
        "iter",
        "into_iter",
        "next",
        "first",
        "to_owned",
        "to_string",
        "env",
        "var",
        "std",
        "var_os",
        "decode",
        "await",
        "parse",
        "transpose",
        "as_mut",
        "unwrap",
        "expect",
        "trim",
        "is_empty",
        "is_none",
        "is_some",
        "is_err",
        "is_ok",
        "map_err",
        "self",
        "Self",
        "context",
        "read",
        "lock",
        "from",
        "try_from",
        "Some",
        "Ok",
    ];
    let is_name =
        |word: &&String| word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !word.is_empty();
    let in_capitals = |word: &&String| {
        word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
    };
    let words = || words.iter().filter(is_name);
    words().find(in_capitals).or_else(|| words().rfind(|word| !METHODS.contains(&word.as_str()))).cloned()
}

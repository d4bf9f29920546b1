//! `command` and `entrypoint`: words, without a shell.
//!
//! compose-spec/compose-go, types/command.go (v2.9): a text is split by go-shellwords, which knows quotes and
//! backslashes and expands nothing.

use std::sync::Arc;

use super::scope::Scope;
use super::tree::{Kind, Tree};
use crate::deploy::image::{Invocation, exec, split};

/// How many words a command has at most.
const MAX: usize = 1_000;

/// What `command` or `entrypoint` says; `None` when it says nothing.
pub(super) fn invocation(tree: Option<&Tree>, scope: &Scope) -> Option<Invocation> {
    let tree = tree?;
    let resolve = |raw: &str| scope.text(raw, &tree.place).value.ok();
    let words = match &tree.kind {
        Kind::Null | Kind::Reset | Kind::Map(_) => return None,
        Kind::Override(inner) => return invocation(Some(inner), scope),
        Kind::Text(text) => match &text.value {
            Ok(value) => split(value).iter().take(MAX).map(|word| Some(word.as_str().into())).collect(),
            // What is known of it is.
            Err(_) => split(&text.raw).iter().take(MAX).map(|word| resolve(word)).collect(),
        },
        Kind::List(items) => {
            let word = |item: &Tree| item.known().map(Arc::from);
            items.iter().take(MAX).map(word).collect()
        }
    };
    Some(exec(words, tree.place.clone()))
}

//! The walk over a file: what it has so far, and where it is.

use super::outline::{At, Mention, Outline, Path, Scope, Type, Use};
use super::types;
use crate::text::Span;

/// The words around something: no more than these, the nearest.
const WORDS: usize = 10;

/// A walk over one file.
pub struct Reader {
    /// What was found so far.
    pub outline: Outline,
    /// The scope that the walk is in.
    pub scope: usize,
    now: At,
    place: Option<usize>,
}

impl Reader {
    /// At the start of a file.
    pub fn new() -> Self {
        let outline = Outline { scopes: vec![Scope::default()], ..Outline::default() };
        Self { outline, scope: 0, now: At::default(), place: None }
    }

    /// A whole file that syn has parsed.
    pub fn file(&mut self, file: &syn::File) {
        if super::attributes::conditions(&file.attrs).is_some() {
            self.items(&file.items);
        }
    }

    /// The index of the surroundings here.
    pub fn at(&mut self) -> usize {
        if let Some(place) = self.place {
            return place;
        }
        let place = self.outline.places.len();
        self.outline.places.push(self.now.clone());
        self.place = Some(place);
        place
    }

    /// The surroundings here.
    pub const fn now(&self) -> &At {
        &self.now
    }

    /// Does `work` in other surroundings.
    pub fn within(&mut self, change: impl FnOnce(&mut At), work: impl FnOnce(&mut Self)) {
        let before = (self.now.clone(), self.place);
        change(&mut self.now);
        let words = self.now.words.len();
        if words > WORDS {
            self.now.words.drain(..words - WORDS);
        }
        self.place = None;
        work(self);
        (self.now, self.place) = before;
    }

    /// Does `work` in a scope of its own.
    pub fn in_scope(&mut self, scope: Scope, work: impl FnOnce(&mut Self)) {
        let outer = self.scope;
        self.scope = self.outline.scopes.len();
        self.outline.scopes.push(scope);
        work(self);
        self.scope = outer;
    }

    /// Does `work` in the scope of a block.
    pub fn in_block(&mut self, work: impl FnOnce(&mut Self)) {
        let module = self.scope_mut().module.clone();
        self.in_scope(Scope { parent: Some(self.scope), module, ..Scope::default() }, work);
    }

    /// The scope that the walk is in.
    pub fn scope_mut(&mut self) -> &mut Scope {
        if self.outline.scopes.get(self.scope).is_none() {
            self.scope = 0;
            if self.outline.scopes.is_empty() {
                self.outline.scopes.push(Scope::default());
            }
        }
        &mut self.outline.scopes[self.scope]
    }

    /// Notes a path.
    pub fn mention(&mut self, path: &syn::Path, as_a: Use) {
        self.note(types::path(path), types::generics(path), as_a, types::path_span(path));
    }

    /// Notes a path that is ready.
    pub fn note(&mut self, path: Path, generics: Vec<Type>, as_a: Use, span: Span) {
        let (at, scope) = (self.at(), self.scope);
        self.outline.mentions.push(Mention { path, generics, as_a, args: Vec::new(), scope, at, span });
    }
}

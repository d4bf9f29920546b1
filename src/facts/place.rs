use std::sync::Arc;

use crate::text::{Position, Source, Span};

/// A span in a file: what a trail step, an unknown or a finding points at.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes in it.
    pub span: Span,
}

impl Place {
    /// The place of a span in a source.
    #[must_use]
    pub fn new(source: &Arc<Source>, span: Span) -> Self {
        Self { source: Arc::clone(source), span }
    }

    /// The path as it is shown.
    #[must_use]
    pub fn path(&self) -> &str {
        self.source.path()
    }

    /// Whether it is in no file of the repository, such as a framework's own defaults.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self.source.is_foreign()
    }

    /// Where it starts.
    #[must_use]
    pub fn start(&self) -> Position {
        self.source.position(self.span.start)
    }

    /// Where it ends (one past the last character).
    #[must_use]
    pub fn end(&self) -> Position {
        self.source.position(self.span.end)
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.span == other.span && self.source.path() == other.source.path()
    }
}

impl Eq for Place {}

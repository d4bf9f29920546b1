//! An app of any stack.

use crate::discover::Skipped;
use crate::facts::{Selection, Survey};
use crate::{laravel, rust};

/// An app that was found.
#[derive(Debug)]
pub enum App {
    /// A Laravel app.
    Laravel(Box<laravel::App>),
    /// A Cargo package that serves.
    Rust(Box<rust::App>),
}

impl App {
    /// Its folder as it is shown.
    pub fn path(&self) -> String {
        match self {
            Self::Laravel(app) => app.tree.shown_root().to_owned(),
            Self::Rust(app) => app.shown(),
        }
    }

    /// Everything that is known of it.
    ///
    /// # Errors
    /// When what was asked for cannot be read.
    pub fn survey(&self, selection: &Selection) -> Result<Survey, Skipped> {
        match self {
            Self::Laravel(app) => laravel::survey(app, selection),
            Self::Rust(app) => rust::survey(app, selection),
        }
    }

    /// What of it was not read so far.
    pub fn skipped(&self) -> Vec<Skipped> {
        match self {
            Self::Laravel(app) => app.skipped.borrow().clone(),
            Self::Rust(app) => app.skipped.borrow().clone(),
        }
    }
}

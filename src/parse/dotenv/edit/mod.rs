//! Edits of a `.env` text that change one thing and leave every other byte and every other variable as it was.
//!
//! Text in, edit out: nothing is written here. Whatever [`plan`] answers was read back as the version of phpdotenv that
//! will read it, so an edit that does something else never leaves this module.

mod add;
mod keep;
mod place;
mod refused;
mod rename;
mod set;
#[cfg(test)]
mod tests;
mod write;

pub use keep::keeps_others;
pub use refused::Refused;

use super::document::{Document, read};
use super::load::Loaded;
use super::version::Version;
use crate::text::{Edit, Span};

/// What is wanted of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A variable has a value. When the file does not name it, a line is added beside its kin.
    Set {
        /// The variable.
        name: String,
        /// Its value as the app shall see it: without quotes and escapes.
        value: String,
        /// Names that a new line may stand below, the best first.
        kin: Vec<String>,
    },
    /// A variable has another name and the same value.
    Rename {
        /// The name it has.
        old: String,
        /// The name it gets.
        new: String,
    },
    /// Variables without a value for people to fill in, below one comment. Those that the file names are left out.
    AddEmpty {
        /// The variables, in the order of their lines.
        names: Vec<String>,
        /// The comment without `#`; no line when it is empty.
        comment: String,
        /// Names that the new lines may stand below, the best first.
        kin: Vec<String>,
    },
}

/// An edit that does what was wanted, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The edit.
    pub edit: Edit,
    /// The edited line, or the first added one, in the text after the edit; from 1.
    pub line: u32,
    /// The value that is replaced as it is written between its quotes, or the old name. `None` when nothing is replaced.
    /// It may be a secret.
    pub old: Option<String>,
    /// The new value, the new name, or the added lines of [`Change::AddEmpty`], joined by `\n`.
    pub new: String,
}

/// The edit that makes a change to a text, or why there is none.
///
/// # Errors
///
/// [`Refused`] says why; [`Refused::AlreadySo`] means that there is nothing to do.
pub fn plan(text: &str, version: Version, change: &Change) -> Result<Planned, Refused> {
    let file = Original::read(text, version)?;
    match change {
        Change::Set { name, value, kin } => set::plan(&file, name, value, kin),
        Change::Rename { old, new } => rename::plan(&file, old, new),
        Change::AddEmpty { names, comment, kin } => add::plan(&file, names, comment, kin),
    }
}

/// A text that was read without an error.
struct Original<'a> {
    text: &'a str,
    version: Version,
    document: Document,
    loaded: Loaded,
}

impl<'a> Original<'a> {
    fn read(text: &'a str, version: Version) -> Result<Self, Refused> {
        if u32::try_from(text.len()).is_err() {
            return Err(Refused::TooLong);
        }
        let document = read(text, &version);
        if let Some(error) = document.error {
            return Err(Refused::Broken { line: line_at(text, error.span.start), message: error.message });
        }
        let loaded = document.load(&|_| None);
        Ok(Self { text, version, document, loaded })
    }

    /// The text under a span.
    fn under(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The text after an edit; `None` when the edit does not fit it.
    fn after(&self, edit: &Edit) -> Option<String> {
        let (before, behind) =
            (self.text.get(..edit.span.start as usize)?, self.text.get(edit.span.end as usize..)?);
        Some([before, &edit.new, behind].concat())
    }

    /// The first edit that leaves what is wanted and keeps every variable but the `changed` ones. `unwritable` is the
    /// one whose name is told when there is none.
    fn first_that_holds(
        &self,
        edits: impl IntoIterator<Item = Edit>,
        changed: &[&str],
        unwritable: &str,
        wanted: impl Fn(&Loaded) -> bool,
    ) -> Result<Edit, Refused> {
        let mut refused = Refused::Unwritable { name: unwritable.to_owned() };
        let rows = keep::rows(self.text, &self.document);
        for edit in edits {
            let Some(after) = self.after(&edit) else { continue };
            let document = read(&after, &self.version);
            let loaded = document.load(&|_| None);
            if !wanted(&loaded) || !keep::keeps_rows(&rows, &keep::rows(&after, &document)) {
                continue;
            }
            match keeps_others(self.text, &after, self.version, changed) {
                Ok(()) => return Ok(edit),
                Err(others) => refused = keep::why(&[&self.loaded, &loaded], changed, others),
            }
        }
        Err(refused)
    }
}

/// A new name must be one that every version takes.
fn check_name(name: &str) -> Result<(), Refused> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
    if !name.is_empty() && name.bytes().all(fits) { Ok(()) } else { Err(Refused::Name) }
}

/// The line of an offset, from 1, with `\n`, `\r\n` and a lone `\r` as line ends.
fn line_at(text: &str, offset: u32) -> u32 {
    let bytes = text.as_bytes();
    let before = bytes.iter().enumerate().take(offset as usize);
    let ends = before.filter(|&(index, &byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(index + 1) != Some(&b'\n'),
        _ => false,
    });
    u32::try_from(ends.count()).unwrap_or(u32::MAX).saturating_add(1)
}

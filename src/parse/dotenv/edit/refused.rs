//! Why a text is not edited.

use std::fmt;
use std::sync::Arc;

/// Why there is no edit, in words that never hold a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The file says so already: there is nothing to do.
    AlreadySo,
    /// phpdotenv refuses the file, so it is for a person to repair first.
    Broken {
        /// The line of the first error.
        line: u32,
        /// What is wrong and what to do.
        message: String,
    },
    /// A name that phpdotenv would not take.
    Name,
    /// A comment that is not one line, or that phpdotenv would read as more.
    Comment,
    /// No way to write this is read back as it was meant.
    Unwritable {
        /// The variable.
        name: String,
    },
    /// Other values are made of the variable.
    UsedBy {
        /// The variable.
        name: String,
        /// Whose values would change.
        by: Vec<Arc<str>>,
    },
    /// Other variables would change.
    Others {
        /// Their names.
        names: Vec<Arc<str>>,
    },
    /// A quote that is never closed drops the rest of the file, and the new line would stand there.
    Unclosed {
        /// The line of the quote.
        line: u32,
    },
    /// The file names the variable where phpdotenv drops the text.
    Hidden {
        /// The variable.
        name: String,
        /// The line where the dropped text begins.
        line: u32,
    },
    /// The new name is in use.
    Taken {
        /// The new name.
        name: String,
    },
    /// The file does not name the variable.
    Absent {
        /// The variable.
        name: String,
    },
    /// The file names the variable more than once, and one edit would leave the others.
    Repeated {
        /// The variable.
        name: String,
    },
    /// The text is longer than 4 GB.
    TooLong,
}

impl std::error::Error for Refused {}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlreadySo => f.write_str("the file says so already"),
            Self::Broken { line, message } => write!(f, "line {line} is an error: {message}"),
            Self::Name => f.write_str("a name may hold only letters, digits, `_` and `.`"),
            Self::Comment => f.write_str("the comment must be one line without `=\"` in it"),
            Self::Unwritable { name } => {
                write!(
                    f,
                    "{name} cannot be written there so that phpdotenv reads what is meant: edit it by hand"
                )
            }
            Self::UsedBy { name, by } => {
                write!(f, "the value of {name} is used by {}: edit them together by hand", listed(by))
            }
            Self::Others { names } => write!(f, "the edit would change {} too", listed(names)),
            Self::Unclosed { line } => {
                write!(
                    f,
                    "the quote in line {line} is never closed, so phpdotenv drops what follows: close it first"
                )
            }
            Self::Hidden { name, line } => write!(
                f,
                "the file sets {name} in text that phpdotenv drops: the value that line {line} opens with `=\"` goes \
                 on over it; close that quote first"
            ),
            Self::Taken { name } => write!(f, "the file sets {name} already"),
            Self::Absent { name } => write!(f, "the file does not set {name}"),
            Self::Repeated { name } => {
                write!(f, "the file sets {name} more than once: keep one of the lines")
            }
            Self::TooLong => f.write_str("the file is too long"),
        }
    }
}

/// Names in a sentence. A line that is no assignment may be read as a name, so one that does not look like a variable's
/// is only counted.
fn listed(names: &[Arc<str>]) -> String {
    let is_usual = |name: &str| {
        name.len() <= 64 && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    };
    let mut told: Vec<String> = names.iter().filter(|name| is_usual(name)).map(ToString::to_string).collect();
    match names.len() - told.len() {
        0 if told.is_empty() => told.push("the other variables".to_owned()),
        0 => {}
        1 => told.push("another variable".to_owned()),
        more => told.push(format!("{more} other variables")),
    }
    match told.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

//! The right side of an entry (dotenvy 0.15.7 `src/parse.rs`, `parse_value`).

use super::Part;
use super::error::Problem;

/// A value that was read.
pub(super) struct Scan {
    pub(super) parts: Vec<Part>,
    /// How long it is as it is written, without the blanks and the comment behind it.
    pub(super) length: usize,
}

/// Whether a reference is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reference {
    None,
    /// Behind `$`.
    Plain,
    /// Behind `${`.
    Braced,
}

#[derive(Default)]
struct Parts {
    done: Vec<Part>,
    text: String,
    name: String,
}

impl Parts {
    fn refer(&mut self) {
        // A lone `$` gives nothing.
        if self.name.is_empty() {
            return;
        }
        self.flush();
        self.done.push(Part::Reference(std::mem::take(&mut self.name).into()));
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.done.push(Part::Text(std::mem::take(&mut self.text).into()));
        }
    }
}

/// Reads a value. A reference ends at the first character that is no letter or digit, and that character, a quote or an
/// underscore too, then stands for itself: so the crate does it.
pub(super) fn read(input: &str) -> Result<Scan, Problem> {
    let (mut strong, mut weak, mut escaped) = (false, false, false);
    let mut reference = Reference::None;
    let mut parts = Parts::default();
    let mut length = None;
    for (at, c) in input.char_indices() {
        if length.is_some() {
            match c {
                ' ' | '\t' => {}
                '#' => break,
                _ => return Err(Problem::Space),
            }
        } else if escaped {
            match c {
                '\\' | '\'' | '"' | '$' | ' ' => parts.text.push(c),
                'n' => parts.text.push('\n'),
                _ => return Err(Problem::Escape),
            }
            escaped = false;
        } else if strong {
            if c == '\'' {
                strong = false;
            } else {
                parts.text.push(c);
            }
        } else if reference != Reference::None && c.is_alphanumeric() {
            parts.name.push(c);
        } else if reference == Reference::Braced {
            if c == '}' {
                reference = Reference::None;
                parts.refer();
            } else {
                parts.name.push(c);
            }
        } else if reference == Reference::Plain {
            if c == '{' && parts.name.is_empty() {
                reference = Reference::Braced;
            } else {
                parts.refer();
                if c != '$' {
                    reference = Reference::None;
                    parts.text.push(c);
                }
            }
        } else {
            match c {
                '$' => reference = Reference::Plain,
                '"' => weak = !weak,
                '\\' => escaped = true,
                '\'' if !weak => strong = true,
                ' ' | '\t' if !weak => length = Some(at),
                _ => parts.text.push(c),
            }
        }
    }
    if reference == Reference::Braced || strong || weak {
        return Err(Problem::Unclosed);
    }
    parts.refer();
    parts.flush();
    Ok(Scan { parts: parts.done, length: length.unwrap_or(input.len()) })
}

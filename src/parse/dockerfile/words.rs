//! Words of an instruction, and what the builder makes of them.
//!
//! moby/buildkit, frontend/dockerfile/parser/line_parsers.go (`parseWords`) and frontend/dockerfile/shell/lex.go.

use std::iter::Peekable;
use std::ops::Range;
use std::str::Chars;

use super::super::interpolation::{Builder, Modifier, ModifierKind, Template, Variable};
use super::Word;
use super::lines::Line;

/// How deep defaults are nested at most.
const MAX_DEPTH: usize = 32;

/// The words from `start` on, split at white space that is neither quoted nor escaped.
pub(super) fn quoted_words(text: &str, start: usize, escape: char) -> Vec<Range<usize>> {
    std::iter::successors(quoted_word(text, start, escape), |word| quoted_word(text, word.end, escape))
        .collect()
}

/// The first of them.
pub(super) fn quoted_word(text: &str, start: usize, escape: char) -> Option<Range<usize>> {
    let start = text.len() - text.get(start..)?.trim_start().len();
    let mut quote = None;
    let mut chars = text.get(start..)?.char_indices();
    while let Some((at, c)) = chars.next() {
        match quote {
            None if c.is_whitespace() => return Some(start..start + at),
            None if matches!(c, '\'' | '"') => quote = Some(c),
            Some(mark) if mark == c => quote = None,
            _ => {}
        }
        if c == escape && quote != Some('\'') {
            chars.next();
        }
    }
    (start < text.len()).then_some(start..text.len())
}

/// The words from `start` on, split at white space, quoted or not.
pub(super) fn plain_words(text: &str, start: usize) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut word: Option<usize> = None;
    for (at, c) in text.get(start..).unwrap_or_default().char_indices() {
        if !c.is_whitespace() {
            word.get_or_insert(start + at);
        } else if let Some(from) = word.take() {
            words.push(from..start + at);
        }
    }
    words.extend(word.map(|from| from..text.len()));
    words
}

/// A part of a line as a word.
pub(super) fn word(line: &Line, range: Range<usize>, escape: char) -> Word {
    let written = line.text.get(range.clone()).unwrap_or_default();
    Word {
        written: written.into(),
        value: template(written, escape),
        span: line.span(range.start, range.end),
    }
}

/// What the builder makes of a word. `None` when it would refuse it.
pub(super) fn template(text: &str, escape: char) -> Option<Template> {
    Reader { chars: text.chars().peekable(), escape }.until(None, false, 0)
}

struct Reader<'t> {
    chars: Peekable<Chars<'t>>,
    escape: char,
}

impl Reader<'_> {
    /// Reads up to `stop`, or to the end.
    fn until(&mut self, stop: Option<char>, keep_escapes: bool, depth: usize) -> Option<Template> {
        let mut result = Builder::default();
        while let Some(c) = self.chars.next() {
            match c {
                _ if Some(c) == stop => return Some(result.finish()),
                '\'' => loop {
                    match self.chars.next()? {
                        '\'' => break,
                        c => push(&mut result, c),
                    }
                },
                '"' => self.double_quoted(&mut result, depth)?,
                '$' => self.variable(&mut result, depth)?,
                _ if c == self.escape => {
                    if keep_escapes {
                        push(&mut result, c);
                    }
                    if let Some(c) = self.chars.next() {
                        push(&mut result, c);
                    }
                }
                _ => push(&mut result, c),
            }
        }
        stop.is_none().then(|| result.finish())
    }

    fn double_quoted(&mut self, result: &mut Builder, depth: usize) -> Option<()> {
        loop {
            match self.chars.next()? {
                '"' => return Some(()),
                '$' => self.variable(result, depth)?,
                c if c == self.escape => match self.chars.peek() {
                    None => {}
                    Some(next) if matches!(next, '"' | '$') || *next == self.escape => {
                        push(result, self.chars.next()?);
                    }
                    Some(_) => push(result, c),
                },
                c => push(result, c),
            }
        }
    }

    fn variable(&mut self, result: &mut Builder, depth: usize) -> Option<()> {
        if self.chars.peek() != Some(&'{') {
            let name = self.name();
            if name.is_empty() {
                push(result, '$');
            } else {
                result.variable(Variable { name: name.into(), modifier: None });
            }
            return Some(());
        }
        self.chars.next();
        let name = self.name();
        if name.is_empty() || depth >= MAX_DEPTH {
            return None;
        }
        let mut sign = self.chars.next()?;
        let or_empty = sign == ':';
        if or_empty {
            sign = self.chars.next()?;
        }
        let kind = match sign {
            '}' if !or_empty => {
                result.variable(Variable { name: name.into(), modifier: None });
                return Some(());
            }
            '-' => ModifierKind::Default,
            '+' => ModifierKind::Replacement,
            '?' => ModifierKind::Required,
            '#' | '%' => ModifierKind::Pattern,
            '/' if !or_empty => {
                if self.chars.peek() == Some(&'/') {
                    self.chars.next();
                }
                self.until(Some('/'), true, depth + 1)?;
                ModifierKind::Pattern
            }
            _ => return None,
        };
        let text = self.until(Some('}'), kind == ModifierKind::Pattern, depth + 1)?;
        result.variable(Variable { name: name.into(), modifier: Some(Modifier { kind, or_empty, text }) });
        Some(())
    }

    /// A name, a number or one of the shell's special parameters.
    fn name(&mut self) -> String {
        let mut name = String::new();
        let Some(first) = self.chars.peek().copied() else { return name };
        if matches!(first, '@' | '*' | '#' | '?' | '-' | '$' | '!') {
            self.chars.next();
            name.push(first);
            return name;
        }
        let digits = first.is_numeric();
        while let Some(c) =
            self.chars.next_if(|c| if digits { c.is_numeric() } else { c.is_alphanumeric() || *c == '_' })
        {
            name.push(c);
        }
        name
    }
}

fn push(result: &mut Builder, c: char) {
    result.push(c.encode_utf8(&mut [0; 4]));
}

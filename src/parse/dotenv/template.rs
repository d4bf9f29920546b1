//! A value whose references to other variables are not resolved yet.

use std::sync::Arc;

use super::version::Version;

/// Why a value is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// References multiply it beyond what PHP's memory would hold.
    TooLong,
    /// The regex of phpdotenv 2.5 may have given up on it, and then the value would be empty.
    RegexLimit,
}

/// How references are written and resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// There are none.
    Literal,
    /// `{$NAME}`, from left to right, once (1).
    BraceFirst,
    /// `${NAME}`, from left to right, once (2, 3).
    Once { dots: bool },
    /// `${NAME}`, from right to left: what a reference gives may complete one further left (4, 5).
    Inward,
}

/// A value as it is written between its quotes, escapes resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    text: Arc<str>,
    rule: Rule,
    escaped: Box<[u32]>,
    doubtful: bool,
}

/// What a reference gives.
pub(super) enum Answer {
    Value(Arc<str>),
    Undefined,
    Doubtful(Doubt),
}

impl Template {
    pub(super) fn new(
        text: String,
        escaped: &[u32],
        literal: bool,
        doubtful: bool,
        version: Version,
    ) -> Self {
        let (rule, opening) = match version.major {
            0 | 1 => (Rule::BraceFirst, "{$"),
            2 | 3 => (Rule::Once { dots: version.has_dots_in_references() }, "${"),
            _ => (Rule::Inward, "${"),
        };
        if literal || !text.contains(opening) {
            return Self { text: text.into(), rule: Rule::Literal, escaped: Box::default(), doubtful };
        }
        Self { text: text.into(), rule, escaped: escaped.into(), doubtful }
    }

    /// The text with its references as they are written.
    #[must_use]
    pub const fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Whether the value can depend on no other variable.
    #[must_use]
    pub fn is_literal(&self) -> bool {
        self.rule == Rule::Literal
    }

    /// The value. `growth` is how many bytes references may still add.
    pub(super) fn resolve(
        &self,
        growth: &mut usize,
        mut lookup: impl FnMut(&str) -> Answer,
    ) -> Result<Arc<str>, Doubt> {
        if self.doubtful {
            return Err(Doubt::RegexLimit);
        }
        match self.rule {
            Rule::Literal => Ok(self.text.clone()),
            Rule::BraceFirst => self.once(b"{$", false, growth, &mut lookup),
            Rule::Once { dots } => self.once(b"${", dots, growth, &mut lookup),
            Rule::Inward => self.inward(growth, &mut lookup),
        }
    }

    fn once(
        &self,
        opening: &[u8],
        dots: bool,
        growth: &mut usize,
        lookup: &mut dyn FnMut(&str) -> Answer,
    ) -> Result<Arc<str>, Doubt> {
        let text = &*self.text;
        let bytes = text.as_bytes();
        let mut resolved = String::with_capacity(text.len());
        let (mut kept, mut index) = (0, 0);
        while index < bytes.len() {
            if !bytes.get(index..).is_some_and(|rest| rest.starts_with(opening)) {
                index += 1;
                continue;
            }
            let first = index + 2;
            let rest = bytes.get(first..).unwrap_or_default();
            let length = rest.iter().position(|&byte| !is_reference(byte, dots)).unwrap_or(rest.len());
            let last = first + length;
            if length == 0 || bytes.get(last) != Some(&b'}') {
                index = last;
                continue;
            }
            if let Some(value) = ask(text.get(first..last).unwrap_or_default(), length + 3, growth, lookup)? {
                resolved.push_str(text.get(kept..index).unwrap_or_default());
                resolved.push_str(&value);
                kept = last + 1;
            }
            index = last + 1;
        }
        resolved.push_str(text.get(kept..).unwrap_or_default());
        Ok(resolved.into())
    }

    /// Works on a stack that holds the resolved rest of the text, its first byte on top.
    fn inward(&self, growth: &mut usize, lookup: &mut dyn FnMut(&str) -> Answer) -> Result<Arc<str>, Doubt> {
        let bytes = self.text.as_bytes();
        let mut stack: Vec<u8> = Vec::with_capacity(bytes.len());
        let mut escaped = self.escaped.iter().rev().map(|&offset| offset as usize).peekable();
        for (index, &byte) in bytes.iter().enumerate().rev() {
            let live = byte == b'$' && escaped.next_if_eq(&index).is_none();
            if live && let Some(name) = reference_on_top(&stack) {
                let used = name.len() + 2;
                if let Some(value) = ask(&name, used + 1, growth, lookup)? {
                    stack.truncate(stack.len().saturating_sub(used));
                    stack.extend(value.bytes().rev());
                    continue;
                }
            }
            stack.push(byte);
        }
        stack.reverse();
        Ok(String::from_utf8_lossy(&stack).into())
    }
}

/// The name in `{NAME}`, when the stack begins with that.
fn reference_on_top(stack: &[u8]) -> Option<String> {
    let (&brace, below) = stack.split_last()?;
    let length = below.iter().rev().take_while(|&&byte| is_reference(byte, true)).count();
    let closing = below.iter().rev().nth(length);
    if brace != b'{' || length == 0 || closing != Some(&b'}') {
        return None;
    }
    Some(below.iter().rev().take(length).map(|&byte| char::from(byte)).collect())
}

/// Asks for one variable; `written` is the length of the reference that its value replaces.
fn ask(
    name: &str,
    written: usize,
    growth: &mut usize,
    lookup: &mut dyn FnMut(&str) -> Answer,
) -> Result<Option<Arc<str>>, Doubt> {
    match lookup(name) {
        Answer::Undefined => Ok(None),
        Answer::Doubtful(doubt) => Err(doubt),
        Answer::Value(value) => {
            let added = value.len().saturating_sub(written);
            *growth = growth.checked_sub(added).ok_or(Doubt::TooLong)?;
            Ok(Some(value))
        }
    }
}

const fn is_reference(byte: u8, dots: bool) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || (dots && byte == b'.')
}

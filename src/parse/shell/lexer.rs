//! Shell text to words and operators.

use std::sync::Arc;

use super::Word;
use crate::text::Span;

/// A piece of a script.
#[derive(Debug)]
pub(super) enum Token {
    Word {
        word: Word,
        /// Whether it has no quotes and no escapes, as keywords must.
        bare: bool,
        /// The `NAME` of a `NAME=` that it starts with, and where the value starts.
        name: Option<(Arc<str>, usize)>,
    },
    /// A redirection; its word follows.
    Redirect,
    /// What ends a command.
    End(End),
    /// `(`
    Open,
    /// `)`
    Close,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// A line break, `;` or `&`.
    Plain,
    /// `|`
    Pipe,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `;;`
    Case,
}

pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// Here-documents whose lines start behind the next line break: the delimiter, and whether tabs are stripped.
    pending: Vec<(Arc<str>, bool)>,
}

impl<'t> Lexer<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, at: 0, pending: Vec::new() }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            if let Some(length) = continuation(rest) {
                self.at += length;
            } else if rest.starts_with([' ', '\t', '\r']) {
                self.at += 1;
            } else if rest.starts_with('#') {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else {
                return;
            }
        }
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        loop {
            self.skip_blanks();
            let rest = self.rest();
            let first = rest.chars().next()?;
            if first == '\n' {
                self.at += 1;
                self.skip_here_documents();
                return Some(Token::End(End::Plain));
            }
            let Some((length, token)) = operator(rest) else { return Some(self.word()) };
            self.at += length;
            let sign = rest.get(..length).unwrap_or_default();
            if !sign.contains("<<") || sign.ends_with("<<<") {
                return Some(token);
            }
            self.skip_blanks();
            let start = self.at;
            if let (Some(_), Token::Word { word, .. }) = (self.rest().chars().next(), self.word()) {
                let raw = self.text.get(start..self.at).unwrap_or_default();
                let name = word.text.unwrap_or_else(|| raw.into());
                self.pending.push((name, sign.ends_with('-')));
            }
        }
    }

    fn skip_here_documents(&mut self) {
        for (name, tabs) in std::mem::take(&mut self.pending) {
            while !self.rest().is_empty() {
                let rest = self.rest();
                let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
                let line = rest.get(..length).unwrap_or_default().trim_end_matches(['\n', '\r']);
                let line = if tabs { line.trim_start_matches('\t') } else { line };
                self.at += length;
                if line == &*name {
                    break;
                }
            }
        }
    }
}

/// The operator that a text starts with, and its length.
fn operator(rest: &str) -> Option<(usize, Token)> {
    const SIGNS: &[&str] = &[";;&", ";;", ";&", ";", "&>>", "&>", "&&", "&", "||", "|&", "|", "(", ")"];
    if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        let token = match *sign {
            ";;&" | ";;" | ";&" => Token::End(End::Case),
            "&>>" | "&>" => Token::Redirect,
            "||" => Token::End(End::Or),
            "&&" => Token::End(End::And),
            "|&" | "|" => Token::End(End::Pipe),
            "(" => Token::Open,
            ")" => Token::Close,
            _ => Token::End(End::Plain),
        };
        return Some((sign.len(), token));
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let sign = rest.get(digits..)?;
    let signs = ["<<<", "<<-", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">"];
    let sign = signs.iter().find(|known| sign.starts_with(**known))?;
    // `<(..)` and `>(..)` are words.
    let is_process = sign.len() == 1 && rest.get(digits + 1..)?.starts_with('(');
    (!is_process).then(|| (digits + sign.len(), Token::Redirect))
}

/// The length of an escaped line break.
fn continuation(rest: &str) -> Option<usize> {
    ["\\\n", "\\\r\n"].iter().find(|end| rest.starts_with(**end)).map(|end| end.len())
}

impl Lexer<'_> {
    /// The word at this place, which is not empty.
    fn word(&mut self) -> Token {
        let start = self.at;
        let mut text = String::new();
        let (mut known, mut bare) = (true, true);
        let mut name = None;
        while let Some(c) = self.rest().chars().next() {
            if let Some(length) = continuation(self.rest()) {
                self.at += length;
                continue;
            }
            match c {
                ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | ')' => break,
                // `$(` and `<(` are read below.
                // A list of values, `NAME=(..)`: not followed.
                '(' if name.as_ref().is_some_and(|(_, value)| *value == self.at) => {
                    known = false;
                    self.at += closing(self.rest(), 1, '(', ')');
                }
                '(' if self.at > start => break,
                '<' | '>' if !self.rest().get(1..).is_some_and(|rest| rest.starts_with('(')) => break,
                '\\' => {
                    bare = false;
                    self.at += 1;
                    if let Some(c) = self.rest().chars().next() {
                        text.push(c);
                        self.at += c.len_utf8();
                    }
                }
                '\'' => {
                    bare = false;
                    let rest = self.rest().get(1..).unwrap_or_default();
                    let length = rest.find('\'');
                    known &= length.is_some();
                    text.push_str(rest.get(..length.unwrap_or(rest.len())).unwrap_or_default());
                    self.at += length.map_or(rest.len() + 1, |length| length + 2);
                }
                '"' => {
                    bare = false;
                    known &= self.double_quoted(&mut text);
                }
                '$' | '`' | '<' | '>' => known &= self.expansion(&mut text, false),
                '(' => self.at += 1,
                _ => {
                    if c == '=' && name.is_none() && bare && known {
                        // `NAME+=` adds to a value that is not known here.
                        let own = text.strip_suffix('+').unwrap_or(&text);
                        if is_name(own) {
                            known = own.len() == text.len();
                            name = Some((own.into(), self.at + 1));
                        }
                    }
                    text.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
        if self.at == start {
            // Whatever stands here: it is not waited for.
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        }
        let place = span(start, self.at);
        Token::Word { word: Word { text: known.then(|| text.into()), span: place }, bare, name }
    }

    /// Reads a text in double quotes. Whether it is known.
    fn double_quoted(&mut self, text: &mut String) -> bool {
        self.at += 1;
        let mut known = true;
        loop {
            let Some(c) = self.rest().chars().next() else { return false };
            if let Some(length) = continuation(self.rest()) {
                self.at += length;
                continue;
            }
            match c {
                '"' => {
                    self.at += 1;
                    return known;
                }
                '\\' => {
                    let next = self.rest().chars().nth(1);
                    match next {
                        Some(next @ ('"' | '$' | '`' | '\\')) => text.push(next),
                        Some(next) => text.extend(['\\', next]),
                        None => {}
                    }
                    self.at += 1 + next.map_or(0, char::len_utf8);
                }
                '$' | '`' => known &= self.expansion(text, true),
                _ => {
                    text.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
    }

    /// Reads what the shell expands. A `$` that names nothing stands for itself; whether it is that.
    fn expansion(&mut self, text: &mut String, quoted: bool) -> bool {
        let rest = self.rest();
        let mut chars = rest.chars();
        let first = chars.next();
        let second = chars.next();
        let length = match (first, second) {
            (Some('`'), _) => closing(rest, 1, '`', '`'),
            (_, Some('(')) => closing(rest, 2, '(', ')'),
            (_, Some('{')) => closing(rest, 2, '{', '}'),
            (_, Some('\'' | '"')) if !quoted => 1,
            (_, Some(c)) if c.is_ascii_alphanumeric() || c == '_' => {
                2 + rest.bytes().skip(2).take_while(|c| c.is_ascii_alphanumeric() || *c == b'_').count()
            }
            (_, Some('@' | '*' | '#' | '?' | '-' | '$' | '!')) => 2,
            _ => {
                text.push('$');
                self.at += 1;
                return true;
            }
        };
        self.at += length;
        false
    }
}

/// The length of a text up to the bracket that closes the one before `from`. Quoted brackets do not count.
fn closing(text: &str, from: usize, open: char, close: char) -> usize {
    let mut depth = 1_usize;
    let mut quote = None;
    let mut chars = text.char_indices().skip_while(|(at, _)| *at < from);
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (None | Some('"'), '\\') => {
                chars.next();
            }
            (Some(mark), c) if mark == c => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') if close != '`' => quote = Some(c),
            (None, c) if c == close => {
                depth -= 1;
                if depth == 0 {
                    return at + c.len_utf8();
                }
            }
            (None, c) if c == open => depth += 1,
            _ => {}
        }
    }
    text.len()
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
}

pub(super) fn span(start: usize, end: usize) -> Span {
    Span::new(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX))
}

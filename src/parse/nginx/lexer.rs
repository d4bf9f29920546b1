//! nginx text to words and signs.

use super::Word;
use crate::text::Span;

/// A piece of a configuration.
#[derive(Debug)]
pub(super) enum Token {
    Word(Word),
    /// `;`
    End,
    /// `{`
    Open,
    /// `}`
    Close,
}

pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        loop {
            let rest = self.rest();
            let start = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '\u{feff}');
            self.at += rest.len() - start.len();
            if !start.starts_with('#') {
                return;
            }
            self.at += start.find('\n').unwrap_or(start.len());
        }
    }

    fn word(&mut self) -> Word {
        let start = self.at;
        let first = self.rest().chars().next().unwrap_or_default();
        let quote = matches!(first, '"' | '\'').then_some(first);
        let mut text = String::new();
        let mut braces = 0_usize;
        let mut chars = self.rest().char_indices().skip(usize::from(quote.is_some())).peekable();
        let mut end = self.rest().len();
        while let Some((at, c)) = chars.next() {
            match (quote, c) {
                (Some(quote), c) if c == quote => {
                    end = at + 1;
                    break;
                }
                (Some(quote), '\\') => match chars.next_if(|(_, next)| *next == quote || *next == '\\') {
                    Some((_, next)) => text.push(next),
                    None => text.push(c),
                },
                // A backslash keeps what follows, and itself, as regular expressions need it.
                (None, '\\') => {
                    text.push(c);
                    text.extend(chars.next().map(|(_, next)| next));
                }
                (None, '$') => {
                    text.push(c);
                    if chars.next_if(|(_, next)| *next == '{').is_some() {
                        text.push('{');
                        braces += 1;
                    }
                }
                (None, '}') if braces > 0 => {
                    braces -= 1;
                    text.push(c);
                }
                (None, c) if c.is_ascii_whitespace() || matches!(c, ';' | '{' | '}') => {
                    end = at;
                    break;
                }
                (_, c) => text.push(c),
            }
        }
        self.at += end;
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Word { text: text.into(), span: Span::new(offset(start), offset(self.at)) }
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip_space();
        let sign = match self.rest().chars().next()? {
            ';' => Token::End,
            '{' => Token::Open,
            '}' => Token::Close,
            _ => return Some(Token::Word(self.word())),
        };
        self.at += 1;
        Some(sign)
    }
}

//! The state machine that reads values since 2.6: quotes, escapes, then nothing but whitespace and a comment.

use super::error::Problem;
use super::value::{Quote, Scan};
use super::version::{ValueRule, Version};
use super::{is_space, part, trimmed};

/// A run of whitespace at the start of a value is one token of at most this many bytes (5.x `Parser/Lexer.php`).
const TOKEN_LIMIT: usize = 1000;

pub(super) struct Machine<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    position: usize,
    version: Version,
    scan: Scan,
}

impl<'a> Machine<'a> {
    /// A machine over a range that is not empty and not surrounded by whitespace.
    pub(super) fn new(text: &'a str, start: usize, end: usize, version: Version) -> Self {
        Self { text, start, end, position: start, version, scan: Scan::empty(start) }
    }

    pub(super) fn run(mut self) -> Scan {
        let rule = self.version.value_rule();
        match self.peek() {
            Some(b'"') => self.quoted(b'"'),
            Some(b'\'') if rule == ValueRule::Distinct => self.literal(),
            Some(b'\'') if rule != ValueRule::DoubleOnly => self.quoted(b'\''),
            Some(b'#') if self.version.major >= 3 => {}
            _ => self.unquoted(),
        }
        if self.scan.problem.is_none() {
            self.trailing();
        }
        if self.version.major == 2 {
            self.scan.text = trimmed(&self.scan.text).to_owned();
        }
        self.scan
    }

    fn peek(&self) -> Option<u8> {
        if self.position >= self.end { None } else { self.text.as_bytes().get(self.position).copied() }
    }

    /// Moves on to the next byte that `stop` accepts and keeps everything before it.
    fn keep_until(&mut self, stop: impl Fn(u8) -> bool) -> Option<u8> {
        let rest = part(self.text, self.position, self.end);
        let length = rest.bytes().position(stop).unwrap_or(rest.len());
        self.scan.text.push_str(rest.get(..length).unwrap_or_default());
        self.position += length;
        self.peek()
    }

    fn unquoted(&mut self) {
        let rest = part(self.text, self.position, self.end).as_bytes();
        // The first token is kept whatever it is: one byte, or in version 5 a whole run of whitespace.
        let spaces = rest
            .iter()
            .take(TOKEN_LIMIT)
            .take_while(|&&byte| is_space(byte) && !matches!(byte, b'\r' | b'\n'));
        let kept = match spaces.count() {
            0 => usize::from(rest.first().is_some_and(u8::is_ascii)),
            run if self.version.major >= 5 => run,
            _ => 1,
        };
        self.scan.text.push_str(part(self.text, self.position, self.position + kept));
        self.position += kept;
        self.keep_until(|byte| byte == b'#' || is_space(byte));
        self.scan.end = self.position;
    }

    fn literal(&mut self) {
        self.scan.quote = Quote::Single;
        self.position += 1;
        loop {
            match self.keep_until(|byte| matches!(byte, b'\'' | b'\r')) {
                None => return self.unclosed(),
                Some(b'\r') => self.line_end(),
                Some(_) => break,
            }
        }
        self.position += 1;
        self.scan.end = self.position;
    }

    fn quoted(&mut self, quote: u8) {
        self.scan.quote = Quote::of(quote);
        self.position += 1;
        loop {
            match self.keep_until(|byte| byte == quote || matches!(byte, b'\\' | b'\r')) {
                None => return self.unclosed(),
                Some(b'\r') => self.line_end(),
                Some(b'\\') => {
                    self.position += 1;
                    self.escape(quote);
                    if self.scan.problem.is_some() {
                        return;
                    }
                }
                Some(_) => break,
            }
        }
        self.position += 1;
        self.scan.end = self.position;
    }

    /// A `\r` in a value. Since version 3 lines are joined by `\n` alone.
    fn line_end(&mut self) {
        self.position += 1;
        if self.version.major < 3 {
            self.scan.text.push('\r');
            return;
        }
        self.scan.text.push('\n');
        if self.peek() == Some(b'\n') {
            self.position += 1;
        }
    }

    fn escape(&mut self, quote: u8) {
        let Some(byte) = self.peek() else { return };
        let controls = self.version.has_control_escapes();
        let meaning = match byte {
            b'\\' => '\\',
            b'$' if self.version.value_rule() == ValueRule::Distinct => {
                self.scan.escaped.push(u32::try_from(self.scan.text.len()).unwrap_or(u32::MAX));
                '$'
            }
            _ if byte == quote => char::from(quote),
            b'f' if controls => '\u{c}',
            b'n' if controls => '\n',
            b'r' if controls => '\r',
            b't' if controls => '\t',
            b'v' if controls => '\u{b}',
            _ if self.version.keeps_unknown_escapes() => {
                self.scan.text.push('\\');
                if !byte.is_ascii() {
                    return;
                }
                char::from(byte)
            }
            _ => return self.scan.problem = Some(Problem::Escape),
        };
        self.scan.text.push(meaning);
        self.position += 1;
    }

    fn unclosed(&mut self) {
        if self.version.needs_closing_quote() {
            self.scan.problem = Some(Problem::Unclosed);
        }
        self.scan.end = self.end;
    }

    fn trailing(&mut self) {
        let rest = part(self.text, self.position, self.end).as_bytes();
        match rest.iter().find(|&&byte| !is_space(byte)) {
            None | Some(b'#') => {}
            // 2.6.0 alone: a word that begins with `#`, then a space, is a comment too.
            Some(_) if self.version == Version::new(2, 6, 0) && self.scan.text.starts_with('#') => {
                self.scan = Scan::empty(self.start);
            }
            Some(_) if self.scan.quote == Quote::None => self.scan.problem = Some(Problem::Space),
            Some(_) => self.scan.problem = Some(Problem::AfterQuote),
        }
    }
}

//! From PCRE's syntax to that of the `regex` crate, sign by sign.

use super::pattern::{Flags, refused};
use crate::facts::Reason;

/// What stands before a sign that may repeat it.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// Nothing that can be repeated.
    Nothing,
    /// Something that can be repeated.
    Item,
    /// Something that is repeated already.
    Quantifier,
}

/// A translation under way.
pub struct Translate {
    letters: Vec<char>,
    at: usize,
    /// The pattern for the `regex` crate.
    pub out: String,
    /// The flags it was given.
    pub flags: Flags,
    /// Whether an end of line matters.
    pub ends: bool,
    /// Whether an edge of a word matters.
    pub words: bool,
}

impl Translate {
    /// Before the first letter.
    pub fn new(body: &str, flags: Flags) -> Self {
        Self { letters: body.chars().collect(), at: 0, out: String::new(), flags, ends: false, words: false }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).copied()
    }

    /// Translates all of it.
    pub fn run(&mut self) -> Result<(), Reason> {
        let mut before = Before::Nothing;
        while let Some(letter) = self.peek(0) {
            self.at += 1;
            before = match letter {
                '\\' => self.escape_outside()?,
                '[' => {
                    self.class()?;
                    Before::Item
                }
                '(' => {
                    self.group()?;
                    Before::Nothing
                }
                '*' | '+' | '?' => self.quantifier(letter, before)?,
                '{' if self.counts()? => {
                    // What repeats nothing, or what is repeated already, PCRE refuses.
                    if before != Before::Item {
                        return Err(refused());
                    }
                    Before::Quantifier
                }
                '{' | '}' | ']' => {
                    self.out.extend(['\\', letter]);
                    Before::Item
                }
                '$' => {
                    self.ends |= !self.flags.dollar_end || self.flags.multiline;
                    self.out.push('$');
                    Before::Nothing
                }
                '^' => {
                    self.ends |= self.flags.multiline;
                    self.out.push('^');
                    Before::Nothing
                }
                '|' => {
                    self.out.push('|');
                    Before::Nothing
                }
                ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c' if self.flags.extended => {
                    self.after_space(before)?
                }
                '#' if self.flags.extended => {
                    while self.peek(0).is_some_and(|letter| letter != '\n') {
                        self.at += 1;
                    }
                    self.after_space(before)?
                }
                _ => {
                    self.literal(letter);
                    Before::Item
                }
            };
        }
        Ok(())
    }

    /// Nothing repeats across white space: versions of PCRE differ there.
    fn after_space(&self, before: Before) -> Result<Before, Reason> {
        if matches!(self.peek(0), Some('*' | '+' | '?' | '{')) { Err(refused()) } else { Ok(before) }
    }

    fn escape_outside(&mut self) -> Result<Before, Reason> {
        let edge = matches!(self.peek(0), Some('b' | 'B' | 'A' | 'z'));
        self.escape(false)?;
        Ok(if edge { Before::Nothing } else { Before::Item })
    }

    /// A sign that repeats. After another one only `?` has a meaning we share: laziness.
    fn quantifier(&mut self, letter: char, before: Before) -> Result<Before, Reason> {
        let next = match (before, letter) {
            (Before::Item, _) => Before::Quantifier,
            (Before::Quantifier, '?') => Before::Nothing,
            _ => return Err(refused()),
        };
        self.out.push(letter);
        Ok(next)
    }

    fn literal(&mut self, letter: char) {
        if self.flags.unicode || letter.is_ascii() {
            if letter == '#' || letter == ' ' || !letter.is_ascii_punctuation() || "|.)".contains(letter) {
                self.out.push(letter);
            } else {
                self.out.push_str(&regex::escape(letter.encode_utf8(&mut [0; 4])));
            }
            return;
        }
        // Without `u` PCRE sees bytes: a quantifier after this letter takes its last byte only.
        for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
            self.out.push_str(&format!("\\x{byte:02x}"));
        }
    }

    /// `{n}`, `{n,}` or `{n,m}`, copied; otherwise the brace stands for itself.
    fn counts(&mut self) -> Result<bool, Reason> {
        let rest: String = self.letters.iter().skip(self.at).take_while(|letter| **letter != '}').collect();
        let closed = self.letters.get(self.at + rest.chars().count()) == Some(&'}');
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let valid = match rest.split_once(',') {
            None => digits(&rest),
            Some((low, high)) => digits(low) && (high.is_empty() || digits(high)),
        };
        if !closed || !valid {
            // PCRE 10.43 and later read `{,n}` as a count too.
            return if rest.starts_with(',') { Err(refused()) } else { Ok(false) };
        }
        self.out.push_str(&format!("{{{rest}}}"));
        self.at += rest.chars().count() + 1;
        Ok(true)
    }

    fn group(&mut self) -> Result<(), Reason> {
        self.out.push('(');
        if self.peek(0) == Some('*') {
            return Err(refused());
        }
        if self.peek(0) != Some('?') {
            return Ok(());
        }
        let named = match (self.peek(1), self.peek(2)) {
            (Some(':'), _) => {
                self.out.push_str("?:");
                self.at += 2;
                return Ok(());
            }
            (Some('<'), Some(letter)) if letter.is_ascii_alphabetic() || letter == '_' => 2,
            (Some('P'), Some('<')) => 3,
            _ => return Err(refused()),
        };
        self.at += named;
        self.out.push_str("?P<");
        while let Some(letter) = self.peek(0) {
            self.at += 1;
            self.out.push(letter);
            if letter == '>' {
                return Ok(());
            }
        }
        Err(refused())
    }

    fn escape(&mut self, in_class: bool) -> Result<(), Reason> {
        let letter = self.peek(0).ok_or_else(refused)?;
        self.at += 1;
        match letter {
            'n' | 'r' | 't' | 'f' | 'a' => self.out.extend(['\\', letter]),
            'e' => self.out.push_str("\\x1b"),
            'A' | 'z' if !in_class => self.out.extend(['\\', letter]),
            'b' | 'B' if !in_class => {
                self.words = true;
                self.out.extend(['\\', letter]);
            }
            'd' | 's' | 'D' | 'S' => self.out.extend(['\\', letter]),
            'w' if self.flags.unicode => self.out.push_str("[\\p{L}\\p{N}_]"),
            'W' if self.flags.unicode => self.out.push_str("[^\\p{L}\\p{N}_]"),
            'w' | 'W' => self.out.extend(['\\', letter]),
            'h' if !self.flags.unicode && !in_class => self.out.push_str("[\\t \\xa0]"),
            'p' | 'P' if self.flags.unicode => self.property(letter)?,
            'x' => self.hexadecimal()?,
            _ if letter.is_ascii_punctuation() || letter == ' ' => {
                self.out.push_str(&regex::escape(letter.encode_utf8(&mut [0; 4])));
                if !self.out.ends_with('\\') && !letter.is_ascii_alphanumeric() && in_class {
                    // Inside a class a few more signs have a meaning of their own.
                    self.out.pop();
                    if self.out.ends_with('\\') {
                        self.out.pop();
                    }
                    self.out.extend(['\\', letter]);
                }
            }
            _ => return Err(refused()),
        }
        Ok(())
    }

    /// General categories mean the same to both.
    fn property(&mut self, letter: char) -> Result<(), Reason> {
        let name: String = if self.peek(0) == Some('{') {
            let name: String =
                self.letters.iter().skip(self.at + 1).take_while(|letter| **letter != '}').collect();
            self.at += name.chars().count() + 2;
            name
        } else {
            let name = self.peek(0).ok_or_else(refused)?.to_string();
            self.at += 1;
            name
        };
        const CATEGORIES: [&str; 18] = [
            "L", "Lu", "Ll", "Lt", "Lm", "Lo", "N", "Nd", "Nl", "No", "P", "S", "Z", "Zs", "M", "Mn", "Pd",
            "Sc",
        ];
        let cased = matches!(&*name, "Lu" | "Ll" | "Lt");
        if !CATEGORIES.contains(&&*name) || (cased && self.flags.caseless) {
            return Err(refused());
        }
        self.out.push_str(&format!("\\{letter}{{{name}}}"));
        Ok(())
    }

    fn hexadecimal(&mut self) -> Result<(), Reason> {
        let digits: String = if self.peek(0) == Some('{') {
            let digits: String =
                self.letters.iter().skip(self.at + 1).take_while(|letter| **letter != '}').collect();
            self.at += digits.len() + 2;
            digits
        } else {
            let rest = self.letters.iter().skip(self.at).take(2);
            let digits: String = rest.take_while(|letter| letter.is_ascii_hexdigit()).collect();
            self.at += digits.len();
            digits
        };
        let number = u32::from_str_radix(&digits, 16).map_err(|_| refused())?;
        if !self.flags.unicode && number > 255 {
            return Err(refused());
        }
        self.out.push_str(&if number < 256 {
            format!("\\x{number:02x}")
        } else {
            format!("\\x{{{number:x}}}")
        });
        Ok(())
    }

    fn class(&mut self) -> Result<(), Reason> {
        self.out.push('[');
        if self.peek(0) == Some('^') {
            self.out.push('^');
            self.at += 1;
        }
        let mut first = true;
        while let Some(letter) = self.peek(0) {
            self.at += 1;
            match letter {
                ']' if !first => {
                    self.out.push(']');
                    return Ok(());
                }
                '[' if matches!(self.peek(0), Some(':' | '.' | '=')) => self.named_class()?,
                '\\' => self.escape(true)?,
                '-' => self.out.push_str(if first || self.peek(0) == Some(']') { "\\-" } else { "-" }),
                '[' | ']' | '&' | '~' | '^' => self.out.extend(['\\', letter]),
                _ if letter.is_ascii() || self.flags.unicode => self.out.push(letter),
                _ => return Err(refused()),
            }
            first = false;
        }
        Err(refused())
    }

    fn named_class(&mut self) -> Result<(), Reason> {
        const NAMES: [&str; 9] =
            ["alpha", "digit", "alnum", "lower", "upper", "space", "xdigit", "punct", "cntrl"];
        let rest: String = self.letters.iter().skip(self.at + 1).take(8).collect();
        let name =
            NAMES.iter().find(|name| rest.strip_prefix(**name).is_some_and(|rest| rest.starts_with(":]")));
        let Some(name) = name.filter(|_| !self.flags.unicode && self.peek(0) == Some(':')) else {
            return Err(refused());
        };
        self.out.push_str(&format!("[:{name}:]"));
        self.at += name.len() + 3;
        Ok(())
    }
}

//! Words and operators to commands.

use std::mem;
use std::sync::Arc;

use super::keywords::{Keyword, keyword};
use super::lexer::{End, Lexer, Token};
use super::{Command, Word};
use crate::text::Span;

/// The commands of a script, in the order they are written. Those within `$(..)` are not among them.
#[must_use]
pub fn commands(text: &str) -> Vec<Command> {
    let mut reader = Reader::default();
    let mut lexer = Lexer::new(text);
    while let Some(token) = lexer.next() {
        reader.take(token);
    }
    reader.end();
    reader.commands
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    /// `if`, a loop, a function.
    Sometimes,
    /// `{`, `(`
    Group,
    Case,
}

#[derive(Debug, Default)]
struct Reader {
    commands: Vec<Command>,
    words: Vec<Word>,
    /// From the first of them to the last.
    place: Option<Span>,
    assignments: Vec<(Arc<str>, Word)>,
    redirects: Vec<Word>,
    exec: bool,
    /// The blocks around this place; how many of them make a command conditional.
    blocks: Vec<Block>,
    sometimes: usize,
    after_or: bool,
    /// A redirection's word comes next.
    redirecting: bool,
    /// The rest of this line is no command.
    ignoring: bool,
    /// A pattern of `case` comes next, up to `)`.
    in_pattern: bool,
    /// `name()` was read: the next block is a function's.
    function: bool,
    /// `(` was read right behind a single word.
    parens: bool,
}

impl Reader {
    fn take(&mut self, token: Token) {
        let parens = mem::take(&mut self.parens);
        match token {
            Token::Close if parens => {
                self.function = true;
                self.ignoring = false;
            }
            Token::Open if self.ignoring && self.function => self.parens = true,
            Token::Close if self.in_pattern => self.in_pattern = false,
            Token::Open if self.in_pattern => {}
            Token::Word { word, bare, name } => self.word(word, bare, name),
            Token::Redirect => self.redirecting = true,
            Token::Open if self.words.len() == 1 && self.assignments.is_empty() => {
                self.words.clear();
                self.place = None;
                self.parens = true;
            }
            Token::Open => {
                self.end();
                self.open_group();
            }
            Token::Close => {
                self.end();
                self.close();
            }
            Token::End(end) => {
                self.end();
                self.after_or |= end == End::Or;
                if end == End::Case && self.blocks.last() == Some(&Block::Case) {
                    self.in_pattern = true;
                }
            }
        }
    }

    fn word(&mut self, word: Word, bare: bool, name: Option<(Arc<str>, usize)>) {
        if mem::take(&mut self.redirecting) {
            self.redirects.push(word);
            return;
        }
        let plain = word.text.as_deref().filter(|_| bare).unwrap_or_default();
        if self.in_pattern {
            if plain == "esac" {
                self.in_pattern = false;
                self.close();
            }
            return;
        }
        if self.ignoring && self.function && plain == "{" {
            self.ignoring = false;
            self.open_group();
            return;
        }
        if self.ignoring {
            // `case x in`
            self.in_pattern = plain == "in" && self.blocks.last() == Some(&Block::Case);
            self.ignoring = !self.in_pattern;
            return;
        }
        if self.words.is_empty() && !self.exec {
            if let (true, Some(keyword)) = (self.assignments.is_empty(), keyword(plain)) {
                self.keyword(keyword);
                return;
            }
            if plain == "exec" {
                self.exec = true;
                return;
            }
        }
        let place = self.place.get_or_insert(word.span);
        place.end = word.span.end;
        match name {
            Some((name, from)) if self.words.is_empty() => {
                let value = word.text.as_deref().and_then(|text| text.get(name.len() + 1..)).map(Arc::from);
                let start = u32::try_from(from).unwrap_or(u32::MAX).min(word.span.end);
                let value = Word { text: value, span: Span::new(start, word.span.end) };
                self.assignments.push((name, value));
            }
            _ => self.words.push(word),
        }
    }

    fn keyword(&mut self, keyword: Keyword) {
        match keyword {
            Keyword::Skip => {}
            Keyword::Open => self.open(Block::Sometimes),
            Keyword::Close => self.close(),
            Keyword::Loop => {
                self.open(Block::Sometimes);
                self.ignoring = true;
            }
            Keyword::Case => {
                self.open(Block::Case);
                self.ignoring = true;
            }
            Keyword::Function => {
                self.function = true;
                self.ignoring = true;
            }
            Keyword::Brace => self.open_group(),
        }
    }

    /// Opens `{` or `(`: the body of a function, or a group that is conditional as a command would be here.
    fn open_group(&mut self) {
        let function = mem::take(&mut self.function);
        let after_or = mem::take(&mut self.after_or);
        self.open(if function || after_or { Block::Sometimes } else { Block::Group });
    }

    fn open(&mut self, block: Block) {
        self.blocks.push(block);
        self.sometimes += usize::from(block != Block::Group);
    }

    fn close(&mut self) {
        if let Some(block) = self.blocks.pop() {
            self.sometimes -= usize::from(block != Block::Group);
        }
    }

    /// Ends the command, if there is one.
    fn end(&mut self) {
        self.ignoring = false;
        self.redirecting = false;
        let words = mem::take(&mut self.words);
        let assignments = mem::take(&mut self.assignments);
        let redirects = mem::take(&mut self.redirects);
        let exec = mem::take(&mut self.exec);
        let (false, Some(span)) = (words.is_empty() && assignments.is_empty(), self.place.take()) else {
            // A line break behind `||` changes nothing.
            return;
        };
        let after_or = mem::take(&mut self.after_or);
        self.function = false;
        let conditional = after_or || self.sometimes > 0;
        self.commands.push(Command { assignments, words, redirects, exec, conditional, span });
    }
}

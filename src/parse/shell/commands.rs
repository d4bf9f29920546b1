//! Words and operators to commands.

use std::mem;
use std::sync::Arc;

use super::blocks::{BlockKind, Blocks};
use super::keywords::{Keyword, keyword};
use super::lexer::{End, Lexer, Token};
use super::{Command, Guard, GuardKind, Word};
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

#[derive(Debug, Default)]
struct Reader {
    commands: Vec<Command>,
    words: Vec<Word>,
    /// From the first of them to the last.
    place: Option<Span>,
    assignments: Vec<(Arc<str>, Word)>,
    redirects: Vec<Word>,
    exec: bool,
    blocks: Blocks,
    /// The command before `||`, when one stands before this place.
    after_or: Option<Span>,
    /// The tests before `&&` in this list of commands, and where the list starts.
    tests: Option<Span>,
    list: Option<u32>,
    /// Where the last word ended.
    last: u32,
    /// `!` stands before the command.
    negated: bool,
    /// A redirection's word comes next.
    redirecting: bool,
    /// The rest of this line is no command.
    ignoring: bool,
    /// A pattern of `case` comes next, up to `)`.
    in_pattern: bool,
    /// `name()` was read: the next block is a function's, and this its name.
    function: bool,
    name: Option<Span>,
    /// Where the pattern of a `case` starts.
    pattern: Option<Span>,
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
            Token::Close if self.in_pattern => {
                self.in_pattern = false;
                let pattern = self.pattern.take();
                self.blocks.pattern(pattern);
            }
            Token::Open if self.in_pattern => {}
            Token::Word { word, bare, name } => self.word(word, bare, name),
            Token::Redirect => self.redirecting = true,
            Token::Open if self.words.len() == 1 && self.assignments.is_empty() => {
                self.words.clear();
                self.name = self.place.take();
                self.parens = true;
            }
            Token::Open => {
                self.end();
                self.open_group();
            }
            Token::Close => {
                self.end();
                self.end_list();
                self.blocks.close();
            }
            Token::End(end) => {
                let test = self.is_test();
                let ended = self.end();
                self.separate(end, ended, test);
            }
        }
    }

    /// What `;`, `&&` and the like mean for the commands behind them.
    fn separate(&mut self, end: End, ended: bool, test: bool) {
        let list = Span::new(self.list.unwrap_or(self.last), self.last);
        match end {
            End::Or => {
                self.after_or = Some(list);
                self.tests = None;
            }
            End::And if test => self.tests = Some(list),
            End::And | End::Pipe => {}
            // A line break behind `||` or `&&` changes nothing.
            End::Plain if ended || self.list.is_none() => self.end_list(),
            End::Plain => {}
            End::Case => {
                self.end_list();
                if self.blocks.in_case() {
                    self.in_pattern = true;
                    self.blocks.pattern(None);
                }
            }
        }
    }

    fn end_list(&mut self) {
        self.tests = None;
        self.list = None;
    }

    /// Whether the command that is being read only asks something.
    fn is_test(&self) -> bool {
        let program = self.words.first().and_then(|word| word.text.as_deref());
        self.negated || matches!(program, Some("[" | "[[" | "test"))
    }

    fn word(&mut self, word: Word, bare: bool, name: Option<(Arc<str>, usize)>) {
        let before = mem::replace(&mut self.last, word.span.end);
        if mem::take(&mut self.redirecting) {
            self.redirects.push(word);
            return;
        }
        let plain = word.text.as_deref().filter(|_| bare).unwrap_or_default();
        if self.in_pattern {
            if plain == "esac" {
                self.in_pattern = false;
                self.blocks.close();
            } else {
                self.pattern.get_or_insert(word.span).end = word.span.end;
            }
            return;
        }
        if self.ignoring && self.function && plain == "{" {
            self.ignoring = false;
            self.open_group();
            return;
        }
        if self.ignoring {
            if self.function {
                self.name.get_or_insert(word.span);
            }
            // `case x in`
            self.in_pattern = plain == "in" && self.blocks.in_case();
            self.ignoring = !self.in_pattern;
            if self.in_pattern {
                self.blocks.then(before);
            }
            return;
        }
        if self.words.is_empty() && !self.exec {
            if let (true, Some(keyword)) = (self.assignments.is_empty(), keyword(plain)) {
                self.keyword(keyword, word.span, before);
                return;
            }
            if plain == "exec" {
                self.exec = true;
                return;
            }
        }
        self.list.get_or_insert(word.span.start);
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

    fn keyword(&mut self, keyword: Keyword, span: Span, before: u32) {
        let guard = |kind: GuardKind| Some(Guard { kind, span });
        match keyword {
            Keyword::Skip => {
                self.list.get_or_insert(span.start);
                self.negated |= span.end - span.start == 1;
            }
            Keyword::Then => self.blocks.then(before),
            Keyword::ElseIf => self.blocks.else_if(span),
            Keyword::Else => self.blocks.otherwise(),
            Keyword::Open => self.open(BlockKind::Sometimes, guard(GuardKind::Holds), true),
            Keyword::Close => {
                self.end_list();
                self.blocks.close();
            }
            Keyword::Loop => {
                self.open(BlockKind::Sometimes, guard(GuardKind::Each), true);
                self.ignoring = true;
            }
            Keyword::Case => {
                self.open(BlockKind::Case, guard(GuardKind::Case), true);
                self.ignoring = true;
            }
            Keyword::Function => {
                self.function = true;
                self.name = None;
                self.ignoring = true;
            }
            Keyword::Brace => self.open_group(),
        }
    }

    /// Opens `{` or `(`: the body of a function, or a group that is conditional as a command would be here.
    fn open_group(&mut self) {
        let name = self.name.take();
        if mem::take(&mut self.function) {
            let guard = name.map(|span| Guard { kind: GuardKind::Function, span });
            self.open(BlockKind::Sometimes, guard, false);
        } else if let Some(span) = self.after_or.take() {
            self.open(BlockKind::Sometimes, Some(Guard { kind: GuardKind::Or, span }), false);
        } else {
            let guard = self.tests.map(|span| Guard { kind: GuardKind::Holds, span });
            self.open(BlockKind::Group, guard, false);
        }
    }

    fn open(&mut self, kind: BlockKind, guard: Option<Guard>, is_condition: bool) {
        self.end_list();
        self.blocks.open(kind, guard, is_condition);
    }

    /// Ends the command, if there is one; whether there was.
    fn end(&mut self) -> bool {
        self.ignoring = false;
        self.redirecting = false;
        self.negated = false;
        let words = mem::take(&mut self.words);
        let assignments = mem::take(&mut self.assignments);
        let redirects = mem::take(&mut self.redirects);
        let exec = mem::take(&mut self.exec);
        let (false, Some(span)) = (words.is_empty() && assignments.is_empty(), self.place.take()) else {
            return false;
        };
        let after_or = self.after_or.take();
        self.function = false;
        let conditional = after_or.is_some() || self.blocks.is_conditional();
        let mut guards = self.blocks.guards();
        let own = after_or.map(|span| Guard { kind: GuardKind::Or, span });
        let own = own.or_else(|| self.tests.map(|span| Guard { kind: GuardKind::Holds, span }));
        guards.extend(own);
        self.commands.push(Command { assignments, words, redirects, exec, conditional, guards, span });
        true
    }
}

//! One line to one instruction.

use std::ops::Range;

use super::heredoc::Heredocs;
use super::lines::Line;
use super::shell_form::ShellForm;
use super::words::{plain_words, quoted_word, quoted_words, word};
use super::{CommandLine, Copy, Flag, Instruction, Kind, Pair, Word, heredoc, json};
use crate::text::Span;

/// What a line is.
pub(super) enum Parsed {
    From { image: Word, name: Option<Word>, flags: Vec<Flag> },
    Instruction(Instruction),
}

/// Where the instruction's name ends, in lower case, and its arguments start.
pub(super) fn keyword(text: &str, start: usize) -> (String, usize) {
    let rest = text.get(start..).unwrap_or_default();
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let name = rest.get(..length).unwrap_or_default().to_ascii_lowercase();
    let arguments = rest.get(length..).unwrap_or_default().trim_start();
    (name, text.len() - arguments.len())
}

/// Parses the part of a line from `start` on.
pub(super) fn parse(line: &Line, start: usize, heredocs: Heredocs, escape: char) -> Parsed {
    let (name, at) = keyword(&line.text, start);
    let reader = Reader { line, escape };
    let (flags, at) = match name.as_str() {
        "from" | "run" | "copy" | "add" | "healthcheck" => reader.flags(at),
        _ => (Vec::new(), at),
    };
    let end = heredocs.end.max(line.end);
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let from = line.span(start, start).start;
    let span = Span::new(from, place(end).max(from));
    if name == "from" {
        let mut words = plain_words(&line.text, at).into_iter().map(|range| word(line, range, escape));
        match (words.next(), words.next(), words.next(), words.next()) {
            (Some(image), None, ..) => return Parsed::From { image, name: None, flags },
            (Some(image), Some(as_), Some(name), None) if as_.written.eq_ignore_ascii_case("as") => {
                return Parsed::From { image, name: Some(name), flags };
            }
            _ => {}
        }
    }
    let kind = reader.kind(&name, at, heredocs).unwrap_or_else(|| Kind::Other(name.into()));
    Parsed::Instruction(Instruction { kind, flags, span })
}

struct Reader<'l> {
    line: &'l Line,
    escape: char,
}

impl Reader<'_> {
    fn kind(&self, name: &str, at: usize, heredocs: Heredocs) -> Option<Kind> {
        let rest = self.line.text.get(at..).unwrap_or_default().trim_end();
        if rest.is_empty() {
            return None;
        }
        let all = || word(self.line, at..at + rest.len(), self.escape);
        Some(match name {
            "env" => Kind::Env(self.pairs(at)?),
            "label" => Kind::Label(self.pairs(at)?),
            "arg" => Kind::Arg(
                quoted_words(&self.line.text, at, self.escape)
                    .into_iter()
                    .map(|range| self.pair(range))
                    .collect(),
            ),
            "run" => Kind::Run(self.command(at), heredocs.all),
            "cmd" => Kind::Cmd(self.command(at)),
            "entrypoint" => Kind::Entrypoint(self.command(at)),
            "shell" => Kind::Shell(json::list(self.line, at, None)?),
            "copy" => Kind::Copy(self.copy(at, heredocs)?),
            "add" => Kind::Add(self.copy(at, heredocs)?),
            "healthcheck" => {
                let (form, behind) = keyword(&self.line.text, at);
                match form.as_str() {
                    "none" if rest.len() == form.len() => Kind::Healthcheck(None),
                    "cmd" if rest.len() > form.len() => Kind::Healthcheck(Some(self.command(behind))),
                    _ => return None,
                }
            }
            "workdir" => Kind::Workdir(all()),
            "user" => Kind::User(all()),
            "stopsignal" => Kind::StopSignal(all()),
            "expose" => Kind::Expose(self.words(at)),
            "volume" => Kind::Volume(self.list_or_words(at)),
            "onbuild" => {
                let (inner, _) = keyword(&self.line.text, at);
                // The builder refuses these two behind it, and so nothing here recurses.
                match inner.as_str() {
                    "onbuild" | "from" => return None,
                    _ => match parse(self.line, at, heredocs, self.escape) {
                        Parsed::Instruction(instruction) => Kind::OnBuild(Box::new(instruction)),
                        Parsed::From { .. } => return None,
                    },
                }
            }
            _ => return None,
        })
    }

    fn words(&self, at: usize) -> Vec<Word> {
        plain_words(&self.line.text, at)
            .into_iter()
            .map(|range| word(self.line, range, self.escape))
            .collect()
    }

    fn list_or_words(&self, at: usize) -> Vec<Word> {
        json::list(self.line, at, Some(self.escape)).unwrap_or_else(|| self.words(at))
    }

    fn command(&self, at: usize) -> CommandLine {
        json::list(self.line, at, None)
            .map_or_else(|| CommandLine::Shell(ShellForm::new(self.line, at)), CommandLine::Exec)
    }

    fn copy(&self, at: usize, heredocs: Heredocs) -> Option<Copy> {
        let mut words = self.list_or_words(at);
        let destination = words.pop()?;
        words.retain(|word| !heredoc::is_announced(&word.written));
        (!words.is_empty() || !heredocs.all.is_empty()).then_some(Copy {
            sources: words,
            destination,
            heredocs: heredocs.all,
        })
    }

    /// `NAME=value ..`, or `NAME value`.
    fn pairs(&self, at: usize) -> Option<Vec<Pair>> {
        let text = &self.line.text;
        let words = quoted_words(text, at, self.escape);
        let first = words.first()?;
        if text.get(first.clone())?.contains('=') {
            return words
                .into_iter()
                .map(|range| Some(self.pair(range)).filter(|pair| pair.value.is_some()))
                .collect();
        }
        let (_, value) = keyword(text, at);
        let rest = text.get(value..)?.trim_end();
        // Only blanks part the two here: a quoted name with a blank is cut, as the builder does.
        let name = word(
            self.line,
            at..text.get(at..)?.find(char::is_whitespace).map(|length| at + length)?,
            self.escape,
        );
        let end = value + rest.len();
        (!rest.is_empty()).then(|| {
            let value = word(self.line, value..end, self.escape);
            vec![Pair { name, value: Some(value), span: self.line.span(at, end) }]
        })
    }

    /// `NAME=value`, or `NAME` alone.
    fn pair(&self, range: Range<usize>) -> Pair {
        let written = self.line.text.get(range.clone()).unwrap_or_default();
        let span = self.line.span(range.start, range.end);
        match written.find('=') {
            Some(sign) => Pair {
                name: word(self.line, range.start..range.start + sign, self.escape),
                value: Some(word(self.line, range.start + sign + 1..range.end, self.escape)),
                span,
            },
            None => Pair { name: word(self.line, range, self.escape), value: None, span },
        }
    }

    /// The flags at `at`, and where the arguments start.
    fn flags(&self, at: usize) -> (Vec<Flag>, usize) {
        let text = &self.line.text;
        let mut flags = Vec::new();
        let mut at = at;
        while let Some(range) = quoted_word(text, at, self.escape) {
            let written = text.get(range.clone()).unwrap_or_default();
            let Some(body) = written.strip_prefix("--").filter(|body| !body.is_empty()) else { break };
            let pair = self.pair(range.start + 2..range.end);
            let name = body.split('=').next().unwrap_or_default();
            flags.push(Flag {
                name: name.into(),
                value: pair.value,
                span: self.line.span(range.start, range.end),
            });
            at = range.end;
        }
        let rest = text.get(at..).unwrap_or_default();
        (flags, text.len() - rest.trim_start().len())
    }
}

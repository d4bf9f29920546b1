//! nginx configurations: directives with their words, and blocks of them. What is not well formed is read as far as it
//! makes sense.
//!
//! nginx/nginx, src/core/ngx_conf_file.c: words are separated by white space and end at `;`, `{` and `}`; quotes of
//! both kinds and backslashes keep characters in a word; `#` starts a comment where a word could start; `${` belongs to
//! a variable.

mod lexer;

use std::sync::Arc;

use crate::text::Span;
use lexer::{Lexer, Token};

/// A directive: `listen 80;`, `upstream app { .. }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Its words, the name first; never empty.
    pub words: Vec<Word>,
    /// What stands in its braces; `None` when it ends in `;`.
    pub block: Option<Vec<Directive>>,
    /// From the first word to the last.
    pub span: Span,
}

/// A word of a directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its text without quotes; variables stay as they are written.
    pub text: Arc<str>,
    /// Where, with its quotes.
    pub span: Span,
}

/// How deep blocks are nested at most; what is deeper belongs to the last block.
const MAX_DEPTH: usize = 32;

impl Directive {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.words.first().map_or("", |word| &word.text)
    }

    /// Its words behind the name.
    pub fn arguments(&self) -> impl Iterator<Item = &str> {
        self.words.iter().skip(1).map(|word| &*word.text)
    }

    /// What stands in its braces.
    #[must_use]
    pub fn inner(&self) -> &[Self] {
        self.block.as_deref().unwrap_or_default()
    }

    /// The directives of a name in its braces.
    pub fn all<'d>(&'d self, name: &'d str) -> impl Iterator<Item = &'d Self> {
        self.inner().iter().filter(move |directive| directive.name() == name)
    }
}

/// Reads a configuration.
#[must_use]
pub fn read(text: &str) -> Vec<Directive> {
    // The blocks that are open, each with the directive that opened it.
    let mut open: Vec<(Directive, Vec<Directive>)> = Vec::new();
    let mut list: Vec<Directive> = Vec::new();
    let mut words: Vec<Word> = Vec::new();
    let mut too_deep = 0_usize;
    for token in Lexer::new(text) {
        match token {
            Token::Word(word) => words.push(word),
            Token::End => list.extend(directive(&mut words, None)),
            Token::Open if open.len() >= MAX_DEPTH => {
                words.clear();
                too_deep += 1;
            }
            Token::Open => {
                let opening = directive(&mut words, None).unwrap_or_else(nameless);
                open.push((opening, std::mem::take(&mut list)));
            }
            Token::Close if too_deep > 0 => {
                words.clear();
                too_deep -= 1;
            }
            Token::Close => {
                list.extend(directive(&mut words, None));
                close(&mut open, &mut list);
            }
        }
    }
    list.extend(directive(&mut words, None));
    while !open.is_empty() {
        close(&mut open, &mut list);
    }
    list
}

fn close(open: &mut Vec<(Directive, Vec<Directive>)>, list: &mut Vec<Directive>) {
    if let Some((mut opening, before)) = open.pop() {
        opening.block = Some(std::mem::replace(list, before));
        list.push(opening);
    }
}

fn directive(words: &mut Vec<Word>, block: Option<Vec<Directive>>) -> Option<Directive> {
    let (first, last) = (words.first()?.span.start, words.last()?.span.end);
    Some(Directive { words: std::mem::take(words), block, span: Span::new(first, last) })
}

/// Braces without a name in front, as templates have them.
fn nameless() -> Directive {
    let word = Word { text: "".into(), span: Span::default() };
    Directive { words: vec![word], block: None, span: Span::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(list: &[Directive]) -> String {
        let one = |directive: &Directive| {
            let words: Vec<&str> = directive.words.iter().map(|word| &*word.text).collect();
            let block =
                directive.block.as_ref().map_or_else(String::new, |block| format!("{{{}}}", shown(block)));
            format!("{}{block}", words.join(" "))
        };
        list.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn configurations_are_read() {
        for (text, expected) in [
            ("", ""),
            ("listen 80;", "listen 80"),
            (
                "# a { b\nhttp { upstream x { server a:1 weight=2; ip_hash; } }",
                "http{upstream x{server a:1 weight=2; ip_hash}}",
            ),
            ("a \"b; {c}\" 'd\\'e' f\\;g;", "a b; {c} d'e f\\;g"),
            ("set $x ${y}z; return 200 \"$x#\";", "set $x ${y}z; return 200 $x#"),
            ("location ~ \\.php$ { fastcgi_pass x; }", "location ~ \\.php${fastcgi_pass x}"),
            ("a { b", "a{b}"),
            ("a; } b;", "a; b"),
            ("server {{ host }};", "server{{host}}"),
            ("a#b c;", "a#b c"),
            ("x \"é", "x é"),
        ] {
            assert_eq!(shown(&read(text)), expected, "{text}");
        }
    }

    #[test]
    fn words_have_their_places() {
        let text = "é \"a b\" c;";
        let found = read(text);
        let slices: Vec<&str> = found[0].words.iter().map(|word| &text[word.span.range()]).collect();
        assert_eq!(slices, ["é", "\"a b\"", "c"]);
        assert_eq!(&text[found[0].span.range()], "é \"a b\" c");
    }

    #[test]
    fn deep_and_long_texts_end() {
        let deep = "a {".repeat(100_000);
        assert_eq!(read(&deep).len(), 1);
        let mixed = format!("{}b 1;{}c;", "a {".repeat(200), "}".repeat(200));
        assert_eq!(read(&mixed).last().map(|last| last.name().to_owned()).as_deref(), Some("c"));
        let _ = read(&"\"".repeat(100_001));
        let _ = read(&"\\".repeat(100_001));
    }
}

//! TOML to [`Node`]s.

use std::panic;

use ::toml::de::{DeTable, DeValue, Error};

use super::node::{Kind, Node};
use crate::text::Span;

/// How deep a table is at most: a walk by recursion is safe.
pub const MAX_DEPTH: usize = 128;

/// What a text holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toml {
    /// The tables and values; of a text with an error, what could be read.
    pub root: Node,
    /// What is wrong first.
    pub error: Option<TomlError>,
}

/// What is wrong with a text, and where. The message quotes nothing of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TomlError {
    /// In words.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// Reads a TOML text.
#[must_use]
pub fn read(text: &str) -> Toml {
    // A fault of the parser crate must not end the program: it costs that one file.
    panic::catch_unwind(|| read_here(text)).unwrap_or_else(|_| Toml {
        root: Node::new(Span::default(), Kind::Map(Vec::new())),
        error: Some(TomlError {
            message: "the parser failed on this file".to_owned(),
            span: Span::default(),
        }),
    })
}

fn read_here(text: &str) -> Toml {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { text, error: errors.first().map(|error| reader_error(text, error)) };
    let root = Node::new(reader.span(0..text.len()), reader.table(table.get_ref(), 0));
    Toml { root, error: reader.error }
}

fn reader_error(text: &str, error: &Error) -> TomlError {
    let place = error.span().unwrap_or(text.len()..text.len());
    TomlError { message: error.message().to_owned(), span: fitted(text, place) }
}

/// A range as a span that fits the text.
fn fitted(text: &str, range: std::ops::Range<usize>) -> Span {
    let place = |at: usize| u32::try_from(text.floor_char_boundary(at)).unwrap_or(u32::MAX);
    let start = place(range.start);
    Span::new(start, place(range.end).max(start))
}

struct Reader<'t> {
    text: &'t str,
    error: Option<TomlError>,
}

impl Reader<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        fitted(self.text, range)
    }

    fn table(&mut self, table: &DeTable<'_>, depth: usize) -> Kind {
        let entries = table.iter().map(|(key, value)| {
            let name = Node::new(self.span(key.span()), Kind::Str(key.get_ref().as_ref().into()));
            (name, self.value(value.get_ref(), value.span(), depth + 1))
        });
        Kind::Map(entries.collect())
    }

    fn value(&mut self, value: &DeValue<'_>, range: std::ops::Range<usize>, depth: usize) -> Node {
        let span = self.span(range);
        let written = self.text.get(span.range()).unwrap_or_default();
        if depth >= MAX_DEPTH {
            let message = "the file is nested too deeply".to_owned();
            self.error.get_or_insert(TomlError { message, span });
            return Node::new(span, Kind::Null);
        }
        match value {
            DeValue::String(text) => Node::new(span, Kind::Str(text.as_ref().into())),
            DeValue::Integer(number) => {
                let parsed = i64::from_str_radix(number.as_str(), number.radix());
                Node::plain(span, parsed.map_or(Kind::Float, Kind::Int), written)
            }
            DeValue::Float(_) => Node::plain(span, Kind::Float, written),
            DeValue::Boolean(value) => Node::plain(span, Kind::Bool(*value), written),
            DeValue::Datetime(_) => Node::new(span, Kind::Str(written.into())),
            DeValue::Array(items) => {
                let items = items.iter().map(|item| self.value(item.get_ref(), item.span(), depth + 1));
                Node::new(span, Kind::List(items.collect()))
            }
            DeValue::Table(table) => Node::new(span, self.table(table, depth)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(node: &Node) -> String {
        match &node.kind {
            Kind::Str(text) => format!("'{text}'"),
            Kind::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
            Kind::Map(entries) => {
                let entry = |(key, value): &(Node, Node)| format!("{}: {}", shown(key), shown(value));
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", ")).replace("'", "")
            }
            Kind::Int(number) => format!("{number} {}", node.scalar_text().unwrap()),
            _ => node.scalar_text().unwrap_or("~").to_owned(),
        }
    }

    #[test]
    fn texts_are_read() {
        for (text, expected) in [
            ("", "{}"),
            ("app = 'é'\n[env]\nA = \"b\\n\"\n", "{app: é, env: {A: b\n}}"),
            ("[[mounts]]\nsource = 'x'\n[[mounts]]\n", "{mounts: [{source: x}, {}]}"),
            (
                "a.b = 1_000\na.c = 0x1F\nd = 1.50\ne = true\n",
                "{a: {b: 1000 1_000, c: 31 0x1F}, d: 1.50, e: true}",
            ),
            ("a = [1, {b = 2}]\nd = 2024-01-02\n", "{a: [1 1, {b: 2 2}], d: 2024-01-02}"),
            ("z = 1\na = 2\n", "{z: 1 1, a: 2 2}"),
            ("\u{feff}a = 1\r\n", "{a: 1 1}"),
        ] {
            let toml = read(text);
            assert_eq!(toml.error, None, "{text:?}");
            assert_eq!(shown(&toml.root), expected, "{text:?}");
        }
    }

    #[test]
    fn values_have_their_places() {
        let text = "# é\n[env]\nA = \"b\" # c\n[http]\nmin = 0\nlist = [ 'x', 2 ]\n";
        let root = read(text).root;
        for (path, expected) in
            [(&["env", "A"][..], "\"b\""), (&["http", "min"], "0"), (&["http", "list"], "[ 'x', 2 ]")]
        {
            assert_eq!(&text[root.path(path).unwrap().span.range()], expected);
        }
        let keys: Vec<&str> = root.entries().iter().map(|(key, _)| &text[key.span.range()]).collect();
        assert_eq!(keys, ["env", "http"]);
    }

    #[test]
    fn an_error_has_a_place_and_quotes_nothing() {
        for (text, start) in [
            ("a = 1\nb = hunter2\n", 10),
            ("a = 1\nb = \n", 10),
            ("a = 1\na = 2\n", 6),
            ("[a\nb = 1", 2),
            ("a = \"x", 6),
        ] {
            let toml = read(text);
            let error = toml.error.unwrap_or_else(|| panic!("{text:?}"));
            assert_eq!(error.span.start, start, "{text:?} {error:?}");
            assert!(!error.message.contains("hunter2") && !error.message.is_empty(), "{error:?}");
        }
        let recovered = read("a = 1\nb = \nc = 3\n").root;
        assert_eq!(recovered.get("c").and_then(Node::as_int), Some(3));
    }

    #[test]
    fn depth_is_bounded() {
        let key = vec!["k"; 79].join(".");
        let deep = format!("[{key}]\n{}1{}\n", format!("{key} = {{").repeat(79) + "k = ", "}".repeat(79));
        for text in
            [deep, "a = ".to_owned() + &"[".repeat(100_000), format!("{} = 1", vec!["k"; 9999].join("."))]
        {
            assert!(read(&text).error.is_some());
        }
    }
}

//! INI files: php.ini, and the pools of php-fpm.
//!
//! What the reader of each file makes of its values is left to the caller: a line is a name, an index and a text.

use std::sync::Arc;

use crate::text::Span;

/// An INI file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ini {
    /// The entries in order.
    pub entries: Vec<Entry>,
    /// Lines that are none of what there may be.
    pub broken: Vec<Span>,
}

/// `name = value` or `name[index] = value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The section it stands in; empty before the first.
    pub section: Arc<str>,
    /// The name without its index.
    pub name: Arc<str>,
    /// What stands in brackets behind the name, such as the variable of `env[NAME]`. It may be empty.
    pub index: Option<Arc<str>>,
    /// The value; `None` for a name without `=`.
    pub value: Option<Value>,
    /// The whole entry, without a comment.
    pub span: Span,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The text without its quotes. Of a quoted value `\"` and `\\` are resolved when the quotes are double.
    pub text: Arc<str>,
    /// Whether `$NAME` or `${NAME}` may stand for something: not within single quotes.
    pub expands: bool,
    /// Where, with its quotes.
    pub span: Span,
}

impl Ini {
    /// The last value of a name in a section.
    #[must_use]
    pub fn get(&self, section: &str, name: &str) -> Option<&Entry> {
        let found =
            |entry: &&Entry| &*entry.section == section && &*entry.name == name && entry.index.is_none();
        self.entries.iter().rev().find(found)
    }
}

/// Reads an INI text. Comments start with `;`, and with `#` at the start of a line.
#[must_use]
pub fn read(text: &str) -> Ini {
    let mut ini = Ini::default();
    let mut section: Arc<str> = Arc::from("");
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let length = rest.find(['\n', '\r']).map_or(rest.len(), |end| end + 1);
        let (start, end) = trimmed(text, at, at + length);
        at += length;
        let line = part(text, start, end);
        if line.is_empty() || line.starts_with([';', '#']) {
            continue;
        }
        if let Some(inner) = line.strip_prefix('[') {
            match inner.find(']').filter(|close| is_end(part(inner, close + 1, inner.len()))) {
                Some(close) => section = part(inner, 0, close).trim().into(),
                None => ini.broken.push(span(start, end)),
            }
            continue;
        }
        match entry(text, start, end, &section) {
            Some(entry) => ini.entries.push(entry),
            None => ini.broken.push(span(start, end)),
        }
    }
    ini
}

fn entry(text: &str, start: usize, end: usize, section: &Arc<str>) -> Option<Entry> {
    let line = part(text, start, end);
    let sign = line.find('=');
    // Without a value a comment may follow the name.
    let name_end = start + sign.unwrap_or_else(|| line.find(';').unwrap_or(line.len()));
    let (_, name_end) = trimmed(text, start, name_end);
    let full = part(text, start, name_end);
    let (name, index) = match full.strip_suffix(']').and_then(|full| full.split_once('[')) {
        Some((name, index)) => (name.trim_end(), Some(Arc::from(index.trim()))),
        None => (full, None),
    };
    if name.is_empty() {
        return None;
    }
    let value = match sign {
        Some(sign) => Some(value(text, start + sign + 1, end)?),
        None => None,
    };
    let last = value.as_ref().map_or(name_end, |value| value.span.end as usize);
    Some(Entry { section: Arc::clone(section), name: name.into(), index, value, span: span(start, last) })
}

fn value(text: &str, start: usize, end: usize) -> Option<Value> {
    let (start, end) = trimmed(text, start, end);
    let whole = part(text, start, end);
    let Some(quote) = whole.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        let length = whole.find(';').unwrap_or(whole.len());
        let (start, end) = trimmed(text, start, start + length);
        return Some(Value { text: part(text, start, end).into(), expands: true, span: span(start, end) });
    };
    let mut value = String::new();
    let mut chars = whole.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            _ if c == quote => {
                // Something behind the quotes that is no comment: joined values are not read.
                return is_end(part(whole, at + 1, whole.len())).then(|| Value {
                    text: value.into(),
                    expands: quote == '"',
                    span: span(start, start + at + 1),
                });
            }
            '\\' if quote == '"' => match chars.next_if(|(_, next)| matches!(next, '"' | '\\')) {
                Some((_, next)) => value.push(next),
                None => value.push(c),
            },
            _ => value.push(c),
        }
    }
    None
}

/// Whether nothing but a comment is left.
fn is_end(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with(';')
}

fn part(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// A range without the white space around it.
fn trimmed(text: &str, start: usize, end: usize) -> (usize, usize) {
    let whole = part(text, start, end);
    let inner = whole.trim();
    let start = start + (whole.len() - whole.trim_start().len());
    (start, start + inner.len())
}

fn span(start: usize, end: usize) -> Span {
    Span::new(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let ini = read(text);
        let entry = |entry: &Entry| {
            let index = entry.index.as_ref().map_or_else(String::new, |index| format!("[{index}]"));
            let value = entry.value.as_ref().map_or_else(
                || "<none>".to_owned(),
                |value| format!("={}{}", if value.expands { "" } else { "literally " }, value.text),
            );
            format!("{}.{}{index}{value}", entry.section, entry.name)
        };
        let mut found: Vec<String> = ini.entries.iter().map(entry).collect();
        found.extend(ini.broken.iter().map(|span| format!("broken {}", &text[span.range()])));
        found.join("|")
    }

    #[test]
    fn entries_are_read() {
        for (text, expected) in [
            ("", ""),
            (
                "a = b\n[www]\npm.max_children=5 ; c\r\nuser = www-data",
                ".a=b|www.pm.max_children=5|www.user=www-data",
            ),
            (
                "[www]\nenv[APP_ENV] = $APP_ENV\nenv[É] = \"x ; y\" ; c",
                "www.env[APP_ENV]=$APP_ENV|www.env[É]=x ; y",
            ),
            (
                "php_admin_value[session.save_path] = 'tcp://x'",
                ".php_admin_value[session.save_path]=literally tcp://x",
            ),
            ("extension[] = a", ".extension[]=a"),
            ("; c\n# c\n  ;c\n", ""),
            ("a =\nb\nc ; d\n", ".a=|.b<none>|.c<none>"),
            ("a = \"b\\\"c\\d\"", ".a=b\"c\\d"),
            ("[ a ] ; c\nb=1\rc=2", "a.b=1|a.c=2"),
            ("a = x#y", ".a=x#y"),
            ("[a\n= b\nc = \"d\ne = 'f' g", "broken [a|broken = b|broken c = \"d|broken e = 'f' g"),
            ("\u{feff}a=1", ".a=1"),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_last_of_a_name_is_found_and_has_its_place() {
        let text = "[é]\na = 1\na = \"2\" ; c\na[x] = 3\n[f]\na = 4\n";
        let ini = read(text);
        let entry = ini.get("é", "a").unwrap();
        assert_eq!(&text[entry.span.range()], "a = \"2\"");
        assert_eq!(&text[entry.value.as_ref().unwrap().span.range()], "\"2\"");
        assert_eq!(ini.get("é", "b"), None);
    }
}

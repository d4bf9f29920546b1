//! `parse_url` and `http_build_query` (php-src, ext/standard/url.c and http.c, 8.2).

use super::super::{Array, Key, Kind, Value, convert};
use super::encodings::percent;
use super::{Builtin, MAX_DEPTH, MAX_TEXT, array_kind, input, text_kind, too_large};
use crate::facts::Reason;

/// URLs.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::new("parse_url", &["url", "component"], 1, parse_url),
    Builtin::new(
        "http_build_query",
        &["data", "numeric_prefix", "arg_separator", "encoding_type"],
        1,
        http_build_query,
    ),
];

/// The parts of a URL, as bytes of it.
#[derive(Debug, Default)]
pub struct Url {
    pub scheme: Option<Vec<u8>>,
    pub host: Option<Vec<u8>>,
    pub port: Option<u16>,
    pub user: Option<Vec<u8>>,
    pub pass: Option<Vec<u8>>,
    pub path: Option<Vec<u8>>,
    pub query: Option<Vec<u8>>,
    pub fragment: Option<Vec<u8>>,
}

/// Control characters are replaced by `_`.
fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    Some(bytes.iter().map(|byte| if byte.is_ascii_control() { b'_' } else { *byte }).collect())
}

fn port_number(digits: &[u8]) -> Option<u16> {
    let text = std::str::from_utf8(digits).ok()?;
    let text = text.trim_start_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']);
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let number: u32 = digits.parse().ok()?;
    if negative && number > 0 { None } else { u16::try_from(number).ok() }
}

/// Where the search for the parts goes on.
enum Next {
    Host(usize),
    Path(usize),
    Done,
}

impl Url {
    /// The parts of `text`; `None` where PHP gives false.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let mut url = Self::default();
        let start = match url.scheme(text)? {
            Next::Host(at) => url.authority(text, at)?,
            Next::Path(at) => Some(at),
            Next::Done => None,
        };
        if let Some(start) = start {
            url.tail(text.get(start..).unwrap_or_default());
        }
        Some(url)
    }

    fn scheme(&mut self, text: &[u8]) -> Option<Next> {
        let relative = text.starts_with(b"//");
        let after = if relative { Next::Host(2) } else { Next::Path(0) };
        let Some(colon) = text.iter().position(|byte| *byte == b':') else { return Some(after) };
        if colon == 0 {
            return self.port_first(text, colon, relative);
        }
        let name = text.get(..colon).unwrap_or_default();
        if !name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-')) {
            let end = text.iter().position(|byte| matches!(byte, b'?' | b'#')).unwrap_or(text.len());
            if colon + 1 < text.len() && colon < end {
                return self.port_first(text, colon, relative);
            }
            return Some(after);
        }
        let rest = text.get(colon + 1..).unwrap_or_default();
        if rest.is_empty() {
            self.scheme = clean(name);
            return Some(Next::Done);
        }
        if rest.first() != Some(&b'/') {
            let digits = rest.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
            if digits < 6 && matches!(rest.get(digits), None | Some(b'/')) {
                return self.port_first(text, colon, relative);
            }
            self.scheme = clean(name);
            return Some(Next::Path(colon + 1));
        }
        self.scheme = clean(name);
        if rest.get(1) != Some(&b'/') {
            return Some(Next::Path(colon + 1));
        }
        if name.eq_ignore_ascii_case(b"file") && rest.get(2) == Some(&b'/') {
            // A drive letter: file:///c:/directory
            let drive = rest.get(4) == Some(&b':');
            return Some(Next::Path(if drive { colon + 4 } else { colon + 3 }));
        }
        Some(Next::Host(colon + 3))
    }

    fn port_first(&mut self, text: &[u8], colon: usize, relative: bool) -> Option<Next> {
        let rest = text.get(colon + 1..).unwrap_or_default();
        let digits = rest.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
        if (1..6).contains(&digits) && matches!(rest.get(digits), None | Some(b'/')) {
            self.port = Some(port_number(rest.get(..digits)?)?);
            return Some(Next::Host(if relative { 2 } else { 0 }));
        }
        if rest.is_empty() {
            return None;
        }
        Some(if relative { Next::Host(2) } else { Next::Path(0) })
    }

    /// User, password, host and port; where the path begins.
    fn authority(&mut self, text: &[u8], start: usize) -> Option<Option<usize>> {
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.iter().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(rest.len());
        let mut host = rest.get(..end).unwrap_or_default();
        if let Some(at) = host.iter().rposition(|byte| *byte == b'@') {
            let (login, after) = host.split_at_checked(at)?;
            host = after.get(1..).unwrap_or_default();
            match login.iter().position(|byte| *byte == b':') {
                Some(colon) => {
                    self.user = clean(login.get(..colon)?);
                    self.pass = clean(login.get(colon + 1..)?);
                }
                None => self.user = clean(login),
            }
        }
        let literal = host.first() == Some(&b'[') && host.last() == Some(&b']');
        if let Some(colon) = host.iter().rposition(|byte| *byte == b':').filter(|_| !literal) {
            let digits = host.get(colon + 1..).unwrap_or_default();
            if self.port.is_none_or(|port| port == 0) {
                if digits.len() > 5 {
                    return None;
                }
                if !digits.is_empty() {
                    self.port = Some(port_number(digits)?);
                }
            }
            host = host.get(..colon).unwrap_or_default();
        }
        if host.is_empty() {
            return None;
        }
        self.host = clean(host);
        Some((end < rest.len()).then_some(start + end))
    }

    fn tail(&mut self, text: &[u8]) {
        let mut rest = text;
        if let Some(at) = rest.iter().position(|byte| *byte == b'#') {
            self.fragment = rest.get(at + 1..).and_then(clean);
            rest = rest.get(..at).unwrap_or_default();
        }
        if let Some(at) = rest.iter().position(|byte| *byte == b'?') {
            self.query = rest.get(at + 1..).and_then(clean);
            rest = rest.get(..at).unwrap_or_default();
        }
        if !rest.is_empty() || text.is_empty() {
            self.path = clean(rest);
        }
    }
}

fn parse_url(args: &[Value]) -> Result<Kind, Reason> {
    let (text, component) = (input::text(args, 0)?, input::int_or(args, 1, -1)?);
    let Some(url) = Url::parse(text.as_bytes()) else { return Ok(Kind::Bool(false)) };
    let part = |bytes: Option<Vec<u8>>| -> Result<Option<Value>, Reason> {
        let Some(bytes) = bytes else { return Ok(None) };
        Ok(Some(Value::new(super::bytes_kind(bytes)?)))
    };
    let parts = [
        ("scheme", part(url.scheme)?),
        ("host", part(url.host)?),
        ("port", url.port.map(|port| Value::int(i64::from(port)))),
        ("user", part(url.user)?),
        ("pass", part(url.pass)?),
        ("path", part(url.path)?),
        ("query", part(url.query)?),
        ("fragment", part(url.fragment)?),
    ];
    if component >= 0 {
        let index = usize::try_from(component).unwrap_or(usize::MAX);
        let (_, value) = parts.get(index).ok_or_else(|| Reason::new("a part of a URL that PHP refuses"))?;
        return Ok(value.as_ref().map_or(Kind::Null, |value| value.kind.clone()));
    }
    let mut result = Array::new();
    for (name, value) in parts {
        if let Some(value) = value {
            result.insert(Key::Str(name.into()), value);
        }
    }
    array_kind(result)
}

struct Query {
    out: String,
    prefix: String,
    separator: String,
    raw: bool,
}

fn http_build_query(args: &[Value]) -> Result<Kind, Reason> {
    let separator = if input::given(args, 2) { input::text(args, 2)? } else { "&".into() };
    let mut query = Query {
        out: String::new(),
        prefix: input::text_or(args, 1, "")?.as_ref().into(),
        separator: separator.as_ref().into(),
        raw: input::int_or(args, 3, 1)? == 2,
    };
    query.entries(input::array(args, 0)?, None, 0)?;
    text_kind(query.out)
}

impl Query {
    fn entries(&mut self, array: &Array, above: Option<&str>, depth: usize) -> Result<(), Reason> {
        if depth > MAX_DEPTH {
            return Err(Reason::new("arrays nested too deep"));
        }
        for (key, value) in array.iter() {
            let name = percent(&key.text(), self.raw);
            let name = match (above, key) {
                (None, Key::Int(_)) => format!("{}{name}", percent(&self.prefix, self.raw)),
                (None, Key::Str(_)) => name,
                (Some(above), _) => format!("{above}%5B{name}%5D"),
            };
            let text = match &value.kind {
                Kind::Null => continue,
                Kind::Array(inner) => {
                    self.entries(inner, Some(&name), depth + 1)?;
                    continue;
                }
                Kind::Bool(truth) => i64::from(*truth).to_string(),
                other => convert::to_text(other)?.as_ref().into(),
            };
            if !self.out.is_empty() {
                self.out.push_str(&self.separator);
            }
            self.out.push_str(&name);
            self.out.push('=');
            self.out.push_str(&percent(&text, self.raw));
            if self.out.len() > MAX_TEXT {
                return Err(too_large());
            }
        }
        Ok(())
    }
}

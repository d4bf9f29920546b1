//! `filter_var` (php-src, ext/filter/logical_filters.c, 8.2): the filters that configs use; the rest is not followed.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::super::convert::{self, Number};
use super::super::{Kind, Value};
use super::urls::Url;
use super::{Builtin, input, text_kind};
use crate::facts::Reason;

/// Filters.
pub const FUNCTIONS: &[Builtin] =
    &[Builtin::new("filter_var", &["value", "filter", "options"], 1, filter_var)];

const INT: i64 = 257;
const BOOL: i64 = 258;
const FLOAT: i64 = 259;
const URL: i64 = 273;
const EMAIL: i64 = 274;
const IP: i64 = 275;
const RAW: i64 = 516;

const NULL_ON_FAILURE: i64 = 1 << 27;
const IPV4: i64 = 1 << 20;
const IPV6: i64 = 1 << 21;
const SCALAR: i64 = 1 << 25;

fn unfollowed() -> Reason {
    Reason::new("a filter that we do not follow")
}

struct Options<'a> {
    flags: i64,
    lowest: Option<&'a Kind>,
    highest: Option<&'a Kind>,
    default: Option<&'a Kind>,
}

fn options(args: &[Value]) -> Result<Options<'_>, Reason> {
    let mut result = Options { flags: 0, lowest: None, highest: None, default: None };
    let Some(given) = args.get(2) else { return Ok(result) };
    let Kind::Array(array) = &given.kind else {
        result.flags = input::int(args, 2)?;
        return Ok(result);
    };
    for (key, value) in array.iter() {
        match (&*key.text(), &value.kind) {
            ("flags", kind) => result.flags = convert::to_int(kind)?,
            ("options", Kind::Array(inner)) => {
                for (key, value) in inner.iter() {
                    let slot = match &*key.text() {
                        "min_range" => &mut result.lowest,
                        "max_range" => &mut result.highest,
                        "default" => &mut result.default,
                        _ => return Err(unfollowed()),
                    };
                    *slot = Some(&value.kind);
                }
            }
            _ => return Err(unfollowed()),
        }
    }
    Ok(result)
}

fn filter_var(args: &[Value]) -> Result<Kind, Reason> {
    let filter = input::int_or(args, 1, RAW)?;
    let options = options(args)?;
    if options.flags & !(NULL_ON_FAILURE | IPV4 | IPV6 | SCALAR) != 0 {
        return Err(unfollowed());
    }
    let failure = if options.flags & NULL_ON_FAILURE == 0 { Kind::Bool(false) } else { Kind::Null };
    let value = &input::any(args, 0)?.kind;
    let accepted: Option<Kind> = match value {
        Kind::Array(_) => None,
        _ => accept(&convert::to_text(value)?, filter, &options)?,
    };
    // PHP sees only that the result is false, so the default also replaces a `false` that was accepted.
    let accepted =
        accepted.filter(|kind| !(matches!(kind, Kind::Bool(false)) && matches!(failure, Kind::Bool(_))));
    Ok(accepted.unwrap_or_else(|| options.default.cloned().unwrap_or(failure)))
}

fn accept(text: &str, filter: i64, options: &Options<'_>) -> Result<Option<Kind>, Reason> {
    if filter == RAW {
        return text_kind(text).map(Some);
    }
    let ranged = options.lowest.is_some() || options.highest.is_some();
    if ranged && filter != INT {
        return Err(unfollowed());
    }
    let trimmed = text.trim_matches([' ', '\t', '\r', '\x0b', '\n']);
    match filter {
        INT => Ok(integer(trimmed)
            .filter(|number| {
                let within = |limit: Option<&Kind>| limit.map(convert::to_int).transpose().ok();
                let lowest = within(options.lowest).flatten().is_none_or(|lowest| *number >= lowest);
                lowest && within(options.highest).flatten().is_none_or(|highest| *number <= highest)
            })
            .map(Kind::Int)),
        BOOL => Ok(boolean(trimmed)),
        FLOAT => Ok(float(trimmed).map(Kind::Float)),
        URL => url(trimmed),
        EMAIL => email(trimmed),
        IP => Ok(ip(trimmed, options.flags).then(|| Kind::Str(trimmed.into()))),
        _ => Err(unfollowed()),
    }
}

fn boolean(text: &str) -> Option<Kind> {
    Some(Kind::Bool(match &*text.to_ascii_lowercase() {
        "1" | "true" | "on" | "yes" => true,
        "" | "0" | "false" | "off" | "no" => false,
        _ => return None,
    }))
}

fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain =
        digits == "0" || (!digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit()));
    if plain && !digits.is_empty() { text.parse().ok() } else { None }
}

fn float(text: &str) -> Option<f64> {
    let numeric = convert::numeric_prefix(text).filter(|numeric| numeric.whole)?;
    let spaced = text.ends_with(|letter: char| letter.is_ascii_whitespace() || letter == '\x0b')
        || text.starts_with(|letter: char| letter.is_ascii_whitespace() || letter == '\x0b');
    match numeric.number {
        _ if spaced => None,
        // A zero that other digits made, as `0e5`, is refused.
        Number::Float(0.0) if text.contains(|letter| ('1'..='9').contains(&letter)) => None,
        Number::Int(number) => Some(number as f64),
        Number::Float(number) => number.is_finite().then_some(number),
    }
}

fn ip(text: &str, flags: i64) -> bool {
    let both = flags & (IPV4 | IPV6);
    let four = both != IPV6 && text.parse::<Ipv4Addr>().is_ok();
    let six = both != IPV4 && text.parse::<Ipv6Addr>().is_ok();
    four || six
}

/// A host name as `FILTER_FLAG_HOSTNAME` wants it.
fn hostname(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let label = |label: &str| {
        let edge = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
        label.len() <= 63
            && edge(label.bytes().next())
            && edge(label.bytes().next_back())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    host.len() <= 253 && host.split('.').all(label)
}

fn url(text: &str) -> Result<Option<Kind>, Reason> {
    let allowed = |byte: u8| byte.is_ascii_graphic();
    if !text.bytes().all(allowed) {
        return Ok(None);
    }
    let Some(url) = Url::parse(text.as_bytes()) else { return Ok(None) };
    let part =
        |bytes: &Option<Vec<u8>>| bytes.as_ref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let (Some(scheme), host) = (part(&url.scheme), part(&url.host)) else { return Ok(None) };
    if matches!(&*scheme, "http" | "https") {
        let Some(host) = &host else { return Ok(None) };
        let literal = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        if host.ends_with('.') {
            return Err(Reason::new("a host that we do not check"));
        }
        let good = literal.is_some_and(|literal| literal.parse::<Ipv6Addr>().is_ok()) || hostname(host);
        if !good {
            return Ok(None);
        }
    }
    if host.is_none() && !matches!(&*scheme, "mailto" | "news" | "file") {
        return Ok(None);
    }
    let plain = |part: Option<String>| {
        part.is_none_or(|part| {
            part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
        })
    };
    if !plain(part(&url.user)) || !plain(part(&url.pass)) {
        return Err(Reason::new("a URL with a login that we do not check"));
    }
    text_kind(text).map(Some)
}

/// Addresses that are plainly right or plainly wrong; PHP's pattern for the rest is not followed.
fn email(text: &str) -> Result<Option<Kind>, Reason> {
    let Some((local, domain)) = text.rsplit_once('@') else { return Ok(None) };
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte))
    };
    let label = |label: &str| {
        word(label)
            && label.len() <= 63
            && !label.contains(['_', '+'])
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let labels: Vec<&str> = domain.split('.').collect();
    let lettered = labels.last().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let fits = local.len() <= 64 && domain.len() <= 253 && labels.len() >= 2 && lettered;
    if fits && local.split('.').all(word) && labels.into_iter().all(label) {
        return text_kind(text).map(Some);
    }
    Err(Reason::new("an address that we do not check"))
}

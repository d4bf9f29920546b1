//! Masking: what may be shown of a line that is not ours.

use std::borrow::Cow;
use std::sync::OnceLock;

use regex::Regex;

/// Stands for a value that is not shown.
pub const MASK: &str = "***";

/// Parts of names of variables and keys whose values are secrets.
const SECRET_NAMES: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "api_key",
    "private",
    "credential",
    "_key",
    "-key",
    ".key",
    "auth",
    "salt",
    "signature",
    "cert",
    "dsn",
    "pass",
    "pwd",
    "hash",
    "bearer",
    "webhook",
    "license",
];
/// Names that hold one of those parts and are no secret.
const PLAIN_NAMES: &[&str] =
    &["foreign_key", "passwords", "hashing", "author", "compass", "bypass", "passport"];

/// Ends of names of variables that name a thing and hold no secret.
const PLAIN_ENDS: &[&str] = &["_driver", "_disk", "_store", "_channel", "_connection"];

/// Whether a name is one whose value is a secret.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // `PRIVATE_FILESYSTEM_DISK` names a disk.
    if PLAIN_ENDS.iter().any(|end| name.ends_with(end)) {
        return false;
    }
    let name = PLAIN_NAMES.iter().fold(name, |name, plain| name.replace(plain, ""));
    name == "key" || SECRET_NAMES.iter().any(|part| name.contains(part))
}

/// Last parts of keys that hold no secret, whatever they stand under: a disk may be called `private`.
const PLAIN_LEAVES: &[&str] = &[
    "driver",
    "root",
    "visibility",
    "throw",
    "report",
    "serve",
    "connection",
    "store",
    "table",
    "provider",
    "expire",
    "throttle",
    "disk",
    "queue",
];

/// Whether a dot key is one whose value is a secret.
#[must_use]
pub fn is_secret_key(key: &str) -> bool {
    let leaf = key.rsplit('.').next().unwrap_or(key);
    // config/auth.php is about guards, and aliases are class names.
    let key = key.strip_prefix("auth.").unwrap_or(key);
    !PLAIN_LEAVES.contains(&leaf) && !key.starts_with("app.aliases.") && is_secret_name(key)
}

/// The same text without what is secret in urls: users and passwords, queries and fragments. Urls that are not well
/// formed lose more rather than less. `password=..` and `user:password@host` without a scheme are masked too.
#[must_use]
pub fn mask_urls(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(found) = rest.find("://") {
        let (before, after) = rest.split_at(found + 3);
        masked.push_str(&mask_pairs(before));
        rest = mask_url(after, &mut masked);
    }
    masked.push_str(&mask_pairs(rest));
    masked
}

/// Masks the url whose scheme is written already, and gives what comes after it.
fn mask_url<'a>(text: &'a str, masked: &mut String) -> &'a str {
    let ends = |c: char| c.is_whitespace() || matches!(c, '\'' | '"');
    let (url, rest) = text.split_at(text.find(ends).unwrap_or(text.len()));
    let (authority, path) = url.split_at(url.find(['/', '?', '#']).unwrap_or(url.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    // A `/`, a quote or a space that is part of a password makes the password look like a host and its port.
    let this_one = text.get(..text.find("://").unwrap_or(text.len())).unwrap_or_default();
    let goes_on = this_one.get(authority.len()..).is_some_and(|more| more.contains('@'));
    // `u://secret@host`: what looks like a port and a path is a password too.
    let goes_on = goes_on || (authority.ends_with(':') && path.starts_with("//") && path.contains('@'));
    let is_odd = url.contains(':') || authority.is_empty() || rest.starts_with(['\'', '"']);
    if !is_host(host) || (goes_on && is_odd) {
        masked.push_str(MASK);
        return text.rfind('@').map_or(rest, |at| text.get(at..).unwrap_or_default());
    }
    if host.len() < authority.len() {
        masked.push_str(MASK);
        masked.push('@');
    }
    masked.push_str(host);
    let (path, query) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    masked.push_str(path);
    if let Some(mark) = query.chars().next() {
        masked.push(mark);
        masked.push_str(MASK);
    }
    rest
}

/// The passwords that stand in the urls of a text, as they are written and decoded.
pub fn secrets_of_urls(text: &str) -> impl Iterator<Item = String> + '_ {
    let user_infos = text.split("://").skip(1).filter_map(|after| after.split_once('@'));
    let passwords = user_infos.filter_map(|(user_info, _)| user_info.split_once(':'));
    passwords.flat_map(|(_, password)| [password.to_owned(), decoded(password)])
}

/// `%41` as `A`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `host`, `host:port`, `[::1]:port`.
fn is_host(text: &str) -> bool {
    let (name, port) = match text.strip_prefix('[').and_then(|text| text.split_once(']')) {
        Some((_, after)) => ("", after.strip_prefix(':').unwrap_or(after)),
        None => text.split_once(':').unwrap_or((text, "")),
    };
    !(name.is_empty() && text.starts_with(':')) && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Masks `password=..` and `user:password@` in text without urls.
fn mask_pairs(text: &str) -> Cow<'_, str> {
    static PAIRS: OnceLock<Option<(Regex, Regex)>> = OnceLock::new();
    if !text.contains(['=', '@']) {
        return Cow::Borrowed(text);
    }
    let patterns = PAIRS.get_or_init(|| {
        let named =
            Regex::new(r#"(?i)((?:pass(?:word|wd|phrase)?|pwd|secret|token|key|auth)=)[^\s;,&'"]+"#).ok()?;
        Some((named, Regex::new(r#"[^\s'"/=]*:[^\s]*@"#).ok()?))
    });
    let Some((named, user_info)) = patterns else { return Cow::Borrowed(MASK) };
    let text = named.replace_all(text, format!("${{1}}{MASK}")).into_owned();
    Cow::Owned(user_info.replace_all(&text, format!("{MASK}@")).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets() {
        for name in [
            "DB_PASSWORD",
            "APP_KEY",
            "key",
            "AWS_SECRET_ACCESS_KEY",
            "mail.password",
            "SENTRY_DSN",
            "github.token",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["SESSION_DRIVER", "auth_x".trim_start_matches("auth_"), "DB_HOST", "cache.default"] {
            assert!(!is_secret_name(name), "{name}");
            assert!(!is_secret_key(name), "{name}");
        }
    }

    #[test]
    fn urls_keep_their_host_only() {
        for (url, masked) in [
            ("redis://user:p@ss@host:1/0", "redis://***@host:1/0"),
            ("redis://user:p/ss@host:1/0", "redis://***@host:1/0"),
            ("redis://:1/2@host", "redis://***@host"),
            ("redis://u:p ss@host", "redis://***@host"),
            ("'redis://u:p\\'ss@host'", "'redis://***@host'"),
            ("redis://host:pass", "redis://***"),
            ("redis://[::1]:6379", "redis://[::1]:6379"),
            ("redis://host?password=x y", "redis://host?*** y"),
            ("redis://a:b@c, redis://d:e@f", "redis://***@c, redis://***@f"),
            ("https://host/a@b", "https://host/a@b"),
            ("user:pass@host", "***@host"),
            ("host=h;password=x;port=1", "host=h;password=***;port=1"),
            ("env('APP_NAME', 'x')", "env('APP_NAME', 'x')"),
            ("", ""),
        ] {
            assert_eq!(mask_urls(url), masked);
        }
    }
}

//! Masking: what may be shown of a line that is not ours.

use std::sync::OnceLock;

use regex::Regex;

/// Stands for a value that is not shown.
pub const MASK: &str = "***";

/// Parts of names of variables and keys whose values are secrets.
const SECRET_NAMES: &[&str] = &[
    "password", "passwd", "passphrase", "secret", "token", "apikey", "api_key", "private", "credential", "_key", "-key",
    ".key", "auth", "salt", "signature", "cert", "dsn", "pass", "pwd", "hash", "bearer", "webhook", "license",
];
/// Names that hold one of those parts and are no secret.
const PLAIN_NAMES: &[&str] = &["foreign_key", "passwords", "hashing", "author", "compass", "bypass", "passport"];

/// Whether a name is one whose value is a secret.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = PLAIN_NAMES.iter().fold(name, |name, plain| name.replace(plain, ""));
    name == "key" || SECRET_NAMES.iter().any(|part| name.contains(part))
}

/// The same text without users and passwords in urls.
#[must_use]
pub fn mask_urls(text: &str) -> String {
    static USER_INFO: OnceLock<Option<Regex>> = OnceLock::new();
    let user_info = USER_INFO.get_or_init(|| Regex::new(r#"(://)[^/\s'"]*@"#).ok());
    match user_info {
        Some(pattern) => pattern.replace_all(text, format!("${{1}}{MASK}@")).into_owned(),
        None => MASK.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets() {
        for name in ["DB_PASSWORD", "APP_KEY", "key", "AWS_SECRET_ACCESS_KEY", "mail.password", "SENTRY_DSN", "github.token"] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["SESSION_DRIVER", "auth_x".trim_start_matches("auth_"), "DB_HOST", "cache.default"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn urls_keep_their_host_only() {
        assert_eq!(mask_urls("redis://user:p@ss@host:1/0"), "redis://***@host:1/0");
        assert_eq!(mask_urls("https://host/a@b"), "https://host/a@b");
    }
}

//! Names of environments: which of them are production's, and which are a developer's.

use std::sync::Arc;

/// What a name says about an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::deploy) enum Named {
    /// It is deployed under this name; `production` and `staging` for what means that.
    Deployed(Arc<str>),
    /// A developer's, a test's or a preview.
    Development,
}

const DEVELOPMENT: &[&str] = &[
    "dev",
    "develop",
    "development",
    "local",
    "localhost",
    "test",
    "tests",
    "testing",
    "ci",
    "e2e",
    "review",
    "preview",
    "sandbox",
];

/// The environment that one of the words of a name means: `shop-prod` is production.
pub(in crate::deploy) fn kind_of(name: &str) -> Option<Named> {
    let mut words = name.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_ascii_lowercase);
    words.find_map(|word| match word.as_str() {
        "production" | "prod" | "prd" | "live" => Some(Named::Deployed("production".into())),
        "staging" | "stage" | "stg" => Some(Named::Deployed("staging".into())),
        word if DEVELOPMENT.contains(&word) => Some(Named::Development),
        _ => None,
    })
}

/// The environment that a name stands for: by one of its words, else by the name itself.
pub(in crate::deploy) fn named(name: &str) -> Named {
    kind_of(name).unwrap_or_else(|| Named::Deployed(name.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_understood_by_their_words() {
        for (name, expected) in [
            ("prod", Some("production")),
            ("Shop-PRD", Some("production")),
            ("shop.live", Some("production")),
            ("stg", Some("staging")),
            ("shop_dev", None),
            ("ci", None),
            ("reproduction", Some("reproduction")),
            ("shop", Some("shop")),
            ("é", Some("é")),
        ] {
            let expected = expected.map_or(Named::Development, |name| Named::Deployed(name.into()));
            assert_eq!(named(name), expected, "{name}");
        }
        assert_eq!(kind_of("shop"), None);
    }
}

use std::sync::Arc;

/// What a word says about an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// One that is deployed for people: its name.
    Deployed(Arc<str>),
    /// One of developers or of tests.
    Developers,
}

/// Names that developers' and test environments have.
const DEVELOPERS: &[&str] = &[
    "dev",
    "devel",
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
    "pr",
    "uffizzi",
];

/// The environment that a name stands for: `prod` is `production`, any other one is itself.
#[must_use]
pub fn named(name: &str) -> Stage {
    known(name).unwrap_or_else(|| Stage::Deployed(name.into()))
}

/// The environment that a text speaks of in one of its words: `fly.production.toml`, `shop-staging`.
#[must_use]
pub fn within(text: &str) -> Option<Stage> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).find_map(known)
}

fn known(word: &str) -> Option<Stage> {
    let word = word.to_ascii_lowercase();
    match word.as_str() {
        "production" | "prod" | "prd" | "live" => Some(Stage::Deployed("production".into())),
        "staging" | "stage" | "stg" => Some(Stage::Deployed("staging".into())),
        "qa" | "uat" | "demo" | "preprod" => Some(Stage::Deployed(word.into())),
        word if DEVELOPERS.contains(&word) => Some(Stage::Developers),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_environments() {
        let deployed = |name: &str| Stage::Deployed(name.into());
        for (name, expected) in [
            ("prod", deployed("production")),
            ("Live", deployed("production")),
            ("stg", deployed("staging")),
            ("eu-west", deployed("eu-west")),
            ("testing", Stage::Developers),
        ] {
            assert_eq!(named(name), expected, "{name}");
        }
        for (text, expected) in [
            ("fly.production.toml", Some(deployed("production"))),
            ("shop-staging", Some(deployed("staging"))),
            ("shop_dev", Some(Stage::Developers)),
            ("products", None),
            ("", None),
        ] {
            assert_eq!(within(text), expected, "{text}");
        }
    }
}

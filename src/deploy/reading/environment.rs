use std::sync::Arc;

/// What a word says about an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// One that is deployed for people: its name.
    Deployed(Arc<str>),
    /// One of developers or of tests.
    Developers,
}

/// Names that deployed environments have, under the one they go by here.
const DEPLOYED: &[(&str, &[&str])] = &[
    ("production", &["production", "prod", "prd", "live"]),
    ("staging", &["staging", "stage", "stg"]),
    ("preproduction", &["preproduction", "preprod"]),
    ("acceptance", &["acceptance", "acc"]),
    ("uat", &["uat"]),
    ("qa", &["qa"]),
];
/// Names that developers' and test environments have.
const DEVELOPERS: &[&str] = &[
    "dev",
    "devel",
    "develop",
    "development",
    "developer",
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
    "minikube",
    "k3d",
    "skaffold",
    "tilt",
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

/// What a single word says; `None`: nothing.
#[must_use]
pub fn known(word: &str) -> Option<Stage> {
    let word = word.to_ascii_lowercase();
    let deployed = DEPLOYED.iter().find(|(_, words)| words.contains(&word.as_str()));
    match deployed {
        Some((name, _)) => Some(Stage::Deployed((*name).into())),
        None => DEVELOPERS.contains(&word.as_str()).then_some(Stage::Developers),
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

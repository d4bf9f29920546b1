//! The names of environments: which are deployments, which are a developer's or for tests.

use std::sync::Arc;

use crate::deploy::reading::{Stage, known};

/// What a name says about an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::deploy) enum Named {
    /// A deployment of this name.
    Deployed(Arc<str>),
    /// A developer's own, or one for tests.
    Developer,
    /// Nothing.
    Nothing,
}

/// A single word.
pub(in crate::deploy) fn word(word: &str) -> Named {
    match known(word) {
        Some(Stage::Deployed(name)) => Named::Deployed(name),
        Some(Stage::Developers) => Named::Developer,
        None => Named::Nothing,
    }
}

/// Words with dashes, dots or underscores between them: `production-eu`, `shop_prod`.
pub(in crate::deploy) fn phrase(text: &str) -> Named {
    let words: Vec<&str> = text.split(['-', '_', '.', ' ']).filter(|word| !word.is_empty()).collect();
    let named: Vec<Named> = words.iter().map(|text| word(text)).collect();
    if named.iter().any(|name| matches!(name, Named::Deployed(_))) {
        let words: Vec<&str> = words
            .iter()
            .zip(&named)
            .map(|(word, name)| match name {
                Named::Deployed(name) => name,
                _ => *word,
            })
            .collect();
        return Named::Deployed(words.join("-").into());
    }
    if named.contains(&Named::Developer) { Named::Developer } else { Named::Nothing }
}

/// The folders of a path, the innermost that says something first; a developer's anywhere wins.
pub(in crate::deploy) fn folders(folder: &str) -> Named {
    let named: Vec<Named> = folder.split('/').map(phrase).collect();
    if named.contains(&Named::Developer) {
        return Named::Developer;
    }
    named.into_iter().rev().find(|name| *name != Named::Nothing).unwrap_or(Named::Nothing)
}

/// The last word of a file's name before its ending: `deployment.prod.yaml`.
pub(in crate::deploy) fn file(path: &str) -> Named {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.rsplit(['-', '_', '.']).next().map_or(Named::Nothing, word)
}

/// Whether a path is of an example.
pub(in crate::deploy) fn is_example(path: &str) -> bool {
    path.split(['/', '-', '_', '.'])
        .any(|word| matches!(word, "example" | "examples" | "sample" | "samples" | "demo" | "dist" | "stub"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        let deployed = |name: &str| Named::Deployed(name.into());
        for (text, expected) in [
            ("prod", deployed("production")),
            ("prod-eu", deployed("production-eu")),
            ("Staging", deployed("staging")),
            ("aws-dev", Named::Developer),
            ("dev-production", deployed("dev-production")),
            ("k8s", Named::Nothing),
            ("é-prd", deployed("é-production")),
            ("", Named::Nothing),
        ] {
            assert_eq!(phrase(text), expected, "{text}");
        }
        assert_eq!(folders("k8s/overlays/production/shop"), deployed("production"));
        assert_eq!(folders("k8s/dev/live"), Named::Developer);
        assert_eq!(file("a/deployment.prod.yaml"), deployed("production"));
        assert_eq!(file("production-cert.yaml"), Named::Nothing);
    }
}

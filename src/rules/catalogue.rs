use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::rule::Rule;

/// Every rule, by id.
pub fn all() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        // The build packs this text from our own data and a test reads it, so it cannot fail on a user's machine.
        let rules: BTreeMap<String, Rule> =
            serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/rules.json"))).unwrap_or_default();
        rules.into_values().collect()
    })
}

/// The rule with an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    all().iter().find(|rule| rule.id == id)
}

/// Rules whose symptom fits some words, the best first.
#[must_use]
pub fn search(words: &str) -> Vec<&'static Rule> {
    let wanted: Vec<String> = words_of(words).collect();
    let mut scored: Vec<(usize, &Rule)> = all()
        .iter()
        .map(|rule| {
            let text = [&rule.title, &rule.symptom].into_iter().chain(&rule.also_seen_as);
            let known: Vec<String> = text.flat_map(|text| words_of(text).collect::<Vec<_>>()).collect();
            let hits = wanted.iter().filter(|word| known.iter().any(|other| alike(word, other))).count();
            (hits, rule)
        })
        .filter(|(hits, _)| *hits > 0)
        .collect();
    scored.sort_by_key(|(hits, rule)| (std::cmp::Reverse(*hits), rule.id.as_str()));
    let best = scored.first().map_or(0, |(hits, _)| *hits);
    scored.into_iter().filter(|(hits, _)| *hits * 2 >= best).map(|(_, rule)| rule).collect()
}

/// Words that say nothing about a symptom.
const EMPTY_WORDS: &[&str] = &[
    "the", "are", "and", "for", "not", "our", "from", "with", "out", "get", "gets", "was", "were", "they", "have", "has",
    "that", "this", "users", "user", "app", "server", "servers", "sometimes", "every", "one", "each", "other",
];

fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 2)
        .map(str::to_lowercase)
        .filter(|word| !EMPTY_WORDS.contains(&word.as_str()))
}

/// `upload` and `uploads`, `log` and `logged`: equal but for an ending.
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.starts_with(short) && long.len() - short.len() <= 4 && (short.len() > 3 || long.len() - short.len() <= 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_read_and_named_like_its_file() {
        let rules: BTreeMap<String, Rule> =
            serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/rules.json"))).unwrap();
        assert!(rules.len() >= 13, "{}", rules.len());
        for (file, rule) in rules {
            assert_eq!(rule.id, file);
            assert!(!rule.title.ends_with('.'), "{file}: a title has no full stop");
            assert!(!rule.examples.is_empty(), "{file}: no example");
        }
    }

    #[test]
    fn symptoms_find_their_rule() {
        let first = |words| search(words).first().map(|rule| rule.id.as_str());
        assert_eq!(first("users are logged out"), Some("local-session"));
        assert_eq!(first("uploaded image 404"), Some("local-disk"));
        assert_eq!(first("zzzz"), None);
    }
}

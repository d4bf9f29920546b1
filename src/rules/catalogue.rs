use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::rule::{Example, Rule};

/// Every rule, by id.
pub fn all() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        let rules: BTreeMap<String, Rule> = packed!("rules.json").unwrap_or_default();
        rules.into_values().collect()
    })
}

/// The examples of a rule.
#[must_use]
pub fn examples(id: &str) -> &'static [Example] {
    static EXAMPLES: OnceLock<BTreeMap<String, Vec<Example>>> = OnceLock::new();
    EXAMPLES.get_or_init(|| packed!("examples.json").unwrap_or_default()).get(id).map_or(&[], Vec::as_slice)
}

/// The rule with an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    all().iter().find(|rule| rule.id == id)
}

/// Rules whose symptom fits some words, the best first. A word counts for more the fewer rules use it, and words that
/// stand in one phrase count for more than words scattered over several.
#[must_use]
pub fn search(words: &str) -> Vec<&'static Rule> {
    let wanted: Vec<String> = words_of(words).collect();
    let rules: Vec<(&Rule, Vec<Vec<String>>)> = all().iter().map(|rule| (rule, phrases(rule))).collect();
    let weight = |word: &String| {
        let users = rules
            .iter()
            .filter(|(_, phrases)| phrases.iter().flatten().any(|known| alike(word, known)))
            .count();
        if users == 0 { 0.0 } else { (1.0 + rules.len() as f64 / users as f64).ln() }
    };
    let weights: Vec<(&String, f64)> = wanted.iter().map(|word| (word, weight(word))).collect();
    let score_of = |known: &mut dyn Iterator<Item = &String>| -> f64 {
        let known: Vec<&String> = known.collect();
        let hits = weights.iter().filter(|(word, _)| known.iter().any(|other| alike(word, other)));
        hits.map(|(_, weight)| weight).sum()
    };
    let mut scored: Vec<(f64, &Rule)> = rules
        .iter()
        .map(|(rule, phrases)| {
            let best = phrases.iter().map(|phrase| score_of(&mut phrase.iter())).fold(0.0, f64::max);
            (best + score_of(&mut phrases.iter().flatten()) / 4.0, *rule)
        })
        .filter(|(score, _)| *score > 0.0)
        .collect();
    scored.sort_by(|(a, left), (b, right)| b.total_cmp(a).then_with(|| left.id.cmp(&right.id)));
    let best = scored.first().map_or(0.0, |(score, _)| *score);
    scored.into_iter().filter(|(score, _)| *score >= best * 0.7).map(|(_, rule)| rule).collect()
}

fn phrases(rule: &Rule) -> Vec<Vec<String>> {
    let sentences = rule.symptom.split(['.', ';', ':']);
    let all = sentences.chain([rule.title.as_str()]).chain(rule.also_seen_as.iter().map(String::as_str));
    all.map(|phrase| words_of(phrase).collect()).collect()
}

/// Words that say nothing about a symptom.
const EMPTY_WORDS: &[&str] = &[
    "the",
    "are",
    "and",
    "for",
    "not",
    "our",
    "from",
    "with",
    "out",
    "get",
    "gets",
    "was",
    "were",
    "they",
    "have",
    "has",
    "that",
    "this",
    "users",
    "user",
    "app",
    "server",
    "servers",
    "sometimes",
    "every",
    "one",
    "each",
    "other",
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
    long.starts_with(short)
        && long.len() - short.len() <= 4
        && (short.len() > 3 || long.len() - short.len() <= 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_read_and_named_like_its_file() {
        let rules: Result<BTreeMap<String, Rule>, _> = packed!("rules.json");
        let examples: Result<BTreeMap<String, Vec<Example>>, _> = packed!("examples.json");
        let (rules, examples) = (rules.unwrap(), examples.unwrap());
        assert!(rules.len() >= 13, "{}", rules.len());
        for (file, rule) in rules {
            assert_eq!(rule.id, file);
            assert!(!rule.title.ends_with('.'), "{file}: a title has no full stop");
            assert!(examples.contains_key(&file), "{file}: no example");
        }
    }

    #[test]
    fn symptoms_find_their_rule() {
        let first = |words| search(words).first().map(|rule| rule.id.as_str());
        assert_eq!(first("users are logged out"), Some("local-session"));
        assert_eq!(first("uploaded image 404"), Some("local-disk"));
        assert_eq!(first("zzzz"), None);
        for rule in all() {
            for phrase in &rule.also_seen_as {
                assert!(search(phrase).iter().any(|found| found.id == rule.id), "{}: {phrase}", rule.id);
            }
        }
    }
}

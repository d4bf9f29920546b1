//! The literals of a search: at least one of them stands in each file that can matter.

use regex::bytes::Regex;

/// The literals that a search looks for. At least one of them stands in each file that can matter.
#[derive(Debug, Default)]
pub struct Needles {
    /// Any of these.
    any: Vec<Regex>,
    /// Or the first and the second.
    both: Option<(Regex, Regex)>,
}

/// The search for any of more literals than this is no longer a packed one (aho-corasick 1.1.5 `packed/api.rs`), and
/// two packed ones are faster.
const PACKED: usize = 60;

impl Needles {
    /// The search for any of these literals, in the case that they have.
    #[must_use]
    pub fn new<'a>(literals: impl IntoIterator<Item = &'a str>) -> Self {
        let shortest = shortest(literals);
        Self { any: shortest.chunks(PACKED).filter_map(alternation).collect(), both: None }
    }

    /// The same search, and for files that hold one of `first` and one of `second`.
    #[must_use]
    pub fn or_both<'a>(
        self,
        first: impl IntoIterator<Item = &'a str>,
        second: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Self { both: alternation(&shortest(first)).zip(alternation(&shortest(second))), ..self }
    }

    pub(super) fn are_in(&self, bytes: &[u8]) -> bool {
        self.any.iter().any(|regex| regex.is_match(bytes))
            || self
                .both
                .as_ref()
                .is_some_and(|(first, second)| first.is_match(bytes) && second.is_match(bytes))
    }
}

/// The literals without those that hold a shorter one: they find no file that the shorter one does not.
fn shortest<'a>(literals: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut all: Vec<&str> = literals.into_iter().filter(|literal| !literal.is_empty()).collect();
    all.sort_unstable_by_key(|literal| (literal.len(), *literal));
    let mut shortest: Vec<&str> = Vec::new();
    for literal in all {
        if !shortest.iter().any(|short| literal.contains(short)) {
            shortest.push(literal);
        }
    }
    shortest
}

fn alternation(literals: &[&str]) -> Option<Regex> {
    let pattern: Vec<String> = literals.iter().copied().map(regex::escape).collect();
    if pattern.is_empty() { None } else { Regex::new(&pattern.join("|")).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_plain_text_and_none_is_lost() {
        let needles = Needles::new(["a.b", "$_SESSION", "ab", "xaby"]);
        for (text, found) in [("a.b", true), ("axb", false), ("$_SESSION", true), ("-ab-", true), ("", false)]
        {
            assert_eq!(needles.are_in(text.as_bytes()), found, "{text}");
        }
        assert!(!Needles::new([]).are_in(b"anything"));
        let many: Vec<String> = (100..400).map(|number| format!("<{number}>")).collect();
        let needles = Needles::new(many.iter().map(String::as_str));
        assert!(many.iter().all(|one| needles.are_in(format!("..{one}..").as_bytes())));
        assert!(!needles.are_in(b"<99> <400>"));
    }

    #[test]
    fn two_literals_of_which_both_must_be_there() {
        let needles = Needles::new(["x"]).or_both(["_path("], ["->save(", "->saveAs("]);
        for (text, found) in [
            ("a_path(b)", false),
            ("->save(a_path(b))", true),
            ("->saveAs( a_path(", true),
            ("->save(", false),
            ("x", true),
        ] {
            assert_eq!(needles.are_in(text.as_bytes()), found, "{text}");
        }
    }
}

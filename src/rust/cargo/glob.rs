//! The globs of `workspace.members`, as the crate `glob` matches them: `*`, `?`, `[a-z]`, and `**` for folders.

/// How many folders a pattern or a path may have; more match nothing.
const MAX_PARTS: usize = 64;

/// Whether a pattern matches a path in full.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let parts = |text: &'_ str| -> Vec<Vec<char>> {
        let parts = text.split('/').filter(|part| !part.is_empty() && *part != ".");
        parts.take(MAX_PARTS + 1).map(|part| part.chars().collect()).collect()
    };
    let (pattern, path) = (parts(pattern), parts(path));
    if pattern.len() > MAX_PARTS || path.len() > MAX_PARTS {
        return false;
    }
    // What of the path the parts of the pattern read so far may have taken: no going back, so no explosion.
    let mut ends = vec![false; path.len() + 1];
    ends[0] = true;
    for part in &pattern {
        let mut next = vec![false; path.len() + 1];
        let is_any = part.iter().collect::<String>() == "**";
        let mut open = false;
        for at in 0..=path.len() {
            open |= ends[at];
            next[at] = if is_any {
                open
            } else {
                at > 0 && ends[at - 1] && path.get(at - 1).is_some_and(|name| matches_name(part, name))
            };
        }
        ends = next;
    }
    ends.last().copied().unwrap_or(false)
}

/// One folder's name. A `*` goes back only to the last `*`, so the work is at most the product of the lengths.
fn matches_name(pattern: &[char], name: &[char]) -> bool {
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        let step = match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
                continue;
            }
            Some('?') => Some(1),
            Some('[') => name.get(n).and_then(|c| class(&pattern[p..], *c)),
            Some(c) => (name.get(n) == Some(c)).then_some(1),
            None => None,
        };
        match (step, star) {
            (Some(length), _) => (p, n) = (p + length, n + 1),
            (None, Some((at, from))) => {
                star = Some((at, from + 1));
                (p, n) = (at + 1, from + 1);
            }
            (None, None) => return false,
        }
    }
    pattern.get(p..).is_some_and(|rest| rest.iter().all(|c| *c == '*'))
}

/// The length of a class such as `[a-c]` or `[!x]` when it has the character.
fn class(pattern: &[char], c: char) -> Option<usize> {
    let is_not = pattern.get(1) == Some(&'!');
    let start = if is_not { 2 } else { 1 };
    // A `]` right at the start is one of the characters.
    let end = start + 1 + pattern.get(start + 1..)?.iter().position(|c| *c == ']')?;
    let set = pattern.get(start..end)?;
    let mut found = false;
    let mut at = 0;
    while at < set.len() {
        if let (Some(low), Some('-'), Some(high)) = (set.get(at), set.get(at + 1), set.get(at + 2)) {
            found |= (*low..=*high).contains(&c);
            at += 3;
        } else {
            found |= set.get(at) == Some(&c);
            at += 1;
        }
    }
    (found != is_not).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_folders() {
        for (pattern, path, expected) in [
            ("crates/*", "crates/api", true),
            ("crates/*", "crates/api/x", false),
            ("crates/*", "crates", false),
            ("./crates/api/", "crates/api", true),
            ("crates/**", "crates/a/b", true),
            ("**/api", "api", true),
            ("**/api", "a/b/api", true),
            ("crates/**/api", "crates/x/y", false),
            ("lib-?", "lib-é", true),
            ("lib-[a-c]", "lib-b", true),
            ("lib-[!a-c]", "lib-b", false),
            ("lib-[a", "lib-a", false),
            ("lib-[]]x", "lib-]x", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
            ("", "", true),
            ("*", "", false),
            (".", "", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn hostile_globs_end() {
        let name = "a".repeat(2_000);
        assert!(!matches(&("a*".repeat(1_000) + "b"), &name));
        assert!(!matches(&"**/".repeat(5_000), &"a/".repeat(5_000)));
        assert!(!matches(&("**/".repeat(60) + "b"), &"a/".repeat(60)));
    }
}

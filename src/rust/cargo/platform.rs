//! Whether a dependency of `[target.'cfg(..)'.dependencies]` is part of a server's build. Servers run on Linux.

/// How deep `all(any(not(..)))` is read.
const MAX_DEPTH: usize = 32;

/// Whether a target holds for Linux; `None` when it holds for some.
pub(super) fn holds_on_linux(target: &str) -> Option<bool> {
    let target = target.trim();
    let Some(inner) = target.strip_prefix("cfg(").and_then(|rest| rest.strip_suffix(')')) else {
        // A triple, or the name of a target of one's own.
        let is_other = ["windows", "apple", "darwin", "wasm", "android", "-none", "bsd", "uefi"]
            .iter()
            .any(|other| target.contains(other));
        return if is_other { Some(false) } else { None };
    };
    condition(inner.trim(), 0)
}

fn condition(text: &str, depth: usize) -> Option<bool> {
    if depth > MAX_DEPTH {
        return None;
    }
    if let Some((name, rest)) = text.split_once('(') {
        let inner = rest.trim_end().strip_suffix(')')?;
        let mut parts = arguments(inner).into_iter().map(|part| condition(part, depth + 1));
        return match name.trim() {
            "not" => parts.next().flatten().map(|holds| !holds),
            "all" => fold(parts, false),
            "any" => fold(parts, true),
            _ => None,
        };
    }
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name.trim(), Some(value.trim().trim_matches('"'))),
        None => (text, None),
    };
    match (name, value) {
        ("unix" | "true", None) => Some(true),
        ("windows" | "false" | "test" | "miri", None) => Some(false),
        ("target_os", Some(value)) => Some(value == "linux"),
        ("target_family", Some(value)) => Some(value == "unix"),
        ("target_env", Some("gnu" | "musl")) => None,
        ("target_env", Some(_)) => Some(false),
        ("target_vendor", Some("unknown")) => Some(true),
        ("target_vendor", Some("apple" | "pc" | "uwp")) => Some(false),
        ("target_arch", Some("wasm32" | "wasm64" | "msp430" | "avr")) => Some(false),
        ("target_pointer_width", Some("16")) => Some(false),
        _ => None,
    }
}

/// `all` with `decided` false, `any` with `decided` true.
fn fold(parts: impl Iterator<Item = Option<bool>>, decided: bool) -> Option<bool> {
    let mut result = Some(!decided);
    for part in parts {
        match part {
            Some(value) if value == decided => return Some(decided),
            Some(_) => {}
            None => result = None,
        }
    }
    result
}

/// The parts between commas that are in no parentheses.
fn arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut start) = (0_usize, 0);
    let mut parts = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(text.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default().trim());
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_hold_on_linux_or_not() {
        for (target, expected) in [
            ("cfg(unix)", Some(true)),
            ("cfg(windows)", Some(false)),
            ("cfg(not(windows))", Some(true)),
            ("cfg(target_os = \"macos\")", Some(false)),
            ("cfg(any(target_os = \"macos\", target_os=\"linux\"))", Some(true)),
            ("cfg(all(unix, not(target_os = \"macos\")))", Some(true)),
            ("cfg(not(target_env = \"msvc\"))", Some(true)),
            ("cfg(all(target_env = \"musl\", target_pointer_width = \"64\"))", None),
            ("cfg(any(unix, target_env = \"musl\"))", Some(true)),
            ("cfg(target_arch = \"wasm32\")", Some(false)),
            ("cfg(not(target_arch = \"wasm32\"))", Some(true)),
            ("cfg(target_arch = \"x86_64\")", None),
            ("cfg(tokio_unstable)", None),
            ("cfg(all())", Some(true)),
            ("cfg(any())", Some(false)),
            ("cfg(not())", None),
            ("cfg(all(unix)", None),
            ("x86_64-unknown-linux-gnu", None),
            ("x86_64-pc-windows-msvc", Some(false)),
            ("wasm32-unknown-unknown", Some(false)),
            ("aarch64-apple-darwin", Some(false)),
            ("", None),
        ] {
            assert_eq!(holds_on_linux(target), expected, "{target}");
        }
        let deep = format!("cfg({}unix{})", "not(".repeat(10_000), ")".repeat(10_000));
        assert_eq!(holds_on_linux(&deep), None);
    }
}

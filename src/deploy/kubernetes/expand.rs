//! `$(NAME)` in the values of variables.
//!
//! kubernetes/kubernetes, third_party/forked/golang/expansion/expand.go: `$$` is one `$`, and what names no variable
//! stays as it is written.

/// A part of a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Text(&'a str),
    /// A variable, and how it is written.
    Variable(&'a str, &'a str),
}

/// The parts of a value in order.
pub(super) fn parts(value: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = value;
    while let Some(dollar) = rest.find('$') {
        let (before, from) = rest.split_at(dollar);
        if !before.is_empty() {
            parts.push(Part::Text(before));
        }
        let behind = from.get(1..).unwrap_or_default();
        if let Some(after) = behind.strip_prefix('$') {
            parts.push(Part::Text("$"));
            rest = after;
        } else if let Some((name, after)) = behind.strip_prefix('(').and_then(|open| open.split_once(')')) {
            let written = from.get(..name.len() + 3).unwrap_or_default();
            parts.push(Part::Variable(name, written));
            rest = after;
        } else {
            parts.push(Part::Text("$"));
            rest = behind;
        }
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    parts
}

/// Whether a value waits for a tool that fills it in before it is applied: `${NAME}`, `__NAME__`, `#{NAME}#`.
pub(super) fn is_placeholder(value: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let within = |open: &str, close: &str| {
        value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).is_some_and(is_name)
    };
    let braced = value.split("${").skip(1).any(|rest| {
        let name = rest.split(['}', ':', '-']).next().unwrap_or_default();
        rest.contains('}') && is_name(name)
    });
    braced
        || within("$", "")
        || within("__", "__")
        || within("#{", "}#")
        || within("%", "%")
        || within("<", ">")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_found_as_kubernetes_finds_them() {
        use Part::{Text, Variable};
        for (value, expected) in [
            ("a", vec![Text("a")]),
            ("$(A)/b", vec![Variable("A", "$(A)"), Text("/b")]),
            ("$$(A)", vec![Text("$"), Text("(A)")]),
            ("$(A", vec![Text("$"), Text("(A")]),
            ("é$x$", vec![Text("é"), Text("$"), Text("x"), Text("$")]),
            ("", vec![]),
        ] {
            assert_eq!(parts(value), expected, "{value}");
        }
    }

    #[test]
    fn what_a_tool_fills_in_is_told_apart() {
        for (value, expected) in [
            ("${APP_ENV}", true),
            ("redis://${HOST:-x}:6379", true),
            ("$IMAGE", true),
            ("__TAG__", true),
            ("#{Tag}#", true),
            ("<token>", true),
            ("$5", false),
            ("pa$$word", false),
            ("$(A)", false),
            ("<a b>", false),
            ("__", false),
            ("file", false),
        ] {
            assert_eq!(is_placeholder(value), expected, "{value}");
        }
    }
}

//! The actions of a template and the blocks that some of them open.

/// What an action does to blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    If,
    With,
    Range,
    /// `define` and `block`
    Define,
    Else,
    End,
    /// All else.
    Other,
}

/// An action and its words, without the marks that trim white space.
#[derive(Debug, Clone, Copy)]
pub(super) struct Action<'a> {
    pub start: usize,
    pub end: usize,
    pub does: Does,
    /// What stands behind the word that says what it does.
    pub rest: &'a str,
}

/// All actions of a text, in order. Behind one that is not closed there are none.
pub(super) fn all(text: &str) -> Vec<Action<'_>> {
    let mut actions = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("{{")) {
        let start = at + found;
        let Some(length) = text.get(start + 2..).and_then(length) else { break };
        let end = start + 2 + length + 2;
        let body = text.get(start + 2..start + 2 + length).unwrap_or_default();
        actions.push(action(start, end, inner(body)));
        at = end;
    }
    actions
}

/// The words of an action.
pub(super) fn inner(body: &str) -> &str {
    let body = body.strip_prefix('-').filter(|rest| rest.starts_with(char::is_whitespace)).unwrap_or(body);
    let body = body.strip_suffix('-').filter(|rest| rest.ends_with(char::is_whitespace)).unwrap_or(body);
    body.trim()
}

fn action(start: usize, end: usize, body: &str) -> Action<'_> {
    let (word, rest) = body.split_once(|c: char| c.is_whitespace() || c == '(').unwrap_or((body, ""));
    let rest = body.get(word.len()..).map_or(rest, str::trim);
    let does = match word {
        "if" => Does::If,
        "with" => Does::With,
        "range" => Does::Range,
        "define" | "block" => Does::Define,
        "else" => Does::Else,
        "end" => Does::End,
        _ => Does::Other,
    };
    Action { start, end, does, rest }
}

/// How long the body of an action is, up to what closes it.
fn length(text: &str) -> Option<usize> {
    let start = text.trim_start_matches('-').trim_start();
    if start.starts_with("/*") {
        let comment = text.len() - start.len() + start.find("*/")?;
        return text.get(comment..)?.find("}}").map(|found| comment + found);
    }
    let bytes = text.as_bytes();
    let (mut at, mut quote) = (0, None);
    while at < bytes.len() {
        let byte = *bytes.get(at)?;
        match quote {
            None if bytes.get(at..)?.starts_with(b"}}") => return Some(at),
            None if matches!(byte, b'"' | b'`') => quote = Some(byte),
            Some(b'"') if byte == b'\\' => at += 1,
            Some(open) if open == byte => quote = None,
            // A text in quotes ends on its line.
            Some(b'"') if byte == b'\n' => return None,
            _ => {}
        }
        at += 1;
    }
    None
}

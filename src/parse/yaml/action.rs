//! The actions of a template: where each is and what it does.

/// What an action does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    /// Prints something.
    Output,
    /// Prints nothing and decides nothing: a comment, a variable.
    Nothing,
    /// Starts a part that may be left out or repeated.
    Open,
    /// Starts a part that stands for nothing where it is.
    Define,
    /// Ends one part of a choice and starts the next.
    Else,
    /// Ends a part.
    End,
}

/// An action, `{{ .. }}`, `{% .. %}` or `<% .. %>`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Action {
    pub start: usize,
    pub end: usize,
    pub does: Does,
    /// The column at which its lines start, when it says so with `indent` or `nindent`.
    pub indent: Option<usize>,
}

const DELIMITERS: &[(&str, &str)] = &[("{{", "}}"), ("{%", "%}"), ("<%", "%>")];

/// All actions in order. Behind one that is not closed there are none.
pub(super) fn all(text: &str) -> Vec<Action> {
    let mut actions = Vec::new();
    let mut at = 0;
    while let Some((start, open, close)) = next_opening(text, at) {
        let Some(length) = body_length(text.get(start + open.len()..).unwrap_or_default(), close) else {
            break;
        };
        let end = start + open.len() + length + close.len();
        let body = text.get(start + open.len()..end - close.len()).unwrap_or_default();
        let does = match open {
            "{{" => go(body),
            "{%" => jinja(body),
            _ => erb(body),
        };
        actions.push(Action { start, end, does, indent: indent(body) });
        at = end;
    }
    actions
}

fn next_opening(text: &str, from: usize) -> Option<(usize, &'static str, &'static str)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| matches!(byte, b'{' | b'<'))?;
        let rest = bytes.get(at..)?;
        if let Some((open, close)) = DELIMITERS.iter().find(|(open, _)| rest.starts_with(open.as_bytes())) {
            return Some((at, open, close));
        }
        at += 1;
    }
}

/// How long an action's body is. What closes it inside a comment or a quoted text does not count; a quote that is
/// not closed on its line is no quote.
fn body_length(text: &str, close: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let start = text.strip_prefix('-').unwrap_or(text).trim_start();
    if start.starts_with("/*") {
        let comment = text.len() - start.len() + start.find("*/")?;
        return text.get(comment..)?.find(close).map(|length| comment + length);
    }
    let (mut at, mut quotes_from) = (0, 0);
    while at < bytes.len() {
        let rest = bytes.get(at..)?;
        if rest.starts_with(close.as_bytes()) {
            return Some(at);
        }
        at += match rest.first() {
            Some(quote @ (b'"' | b'`')) if at >= quotes_from => match quoted(rest, *quote) {
                Ok(length) => length,
                Err(line) => {
                    quotes_from = at + line;
                    1
                }
            },
            _ => 1,
        };
    }
    None
}

/// The length of a quoted text, or that of its line when it is not closed there.
fn quoted(text: &[u8], quote: u8) -> Result<usize, usize> {
    let mut at = 1;
    loop {
        match text.get(at) {
            None | Some(b'\n') => return Err(at),
            Some(b'\\') if quote == b'"' => at += 1,
            Some(byte) if *byte == quote => return Ok(at + 1),
            Some(_) => {}
        }
        at += 1;
    }
}

fn first_word(body: &str) -> &str {
    let body = body.trim_start_matches(['-', '+', '~']).trim_start();
    body.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').next().unwrap_or_default()
}

/// text/template of Go's standard library.
fn go(body: &str) -> Does {
    let inner = body.trim_start_matches('-').trim_start();
    match first_word(body) {
        "if" | "range" | "with" | "block" => Does::Open,
        "define" => Does::Define,
        "else" => Does::Else,
        "end" => Does::End,
        "break" | "continue" => Does::Nothing,
        _ if inner.starts_with("/*") || assigns(inner) => Does::Nothing,
        _ => Does::Output,
    }
}

/// `$x := ..` and `$x = ..`
fn assigns(inner: &str) -> bool {
    let Some(rest) = inner.strip_prefix('$') else { return false };
    let rest = rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_' || c == ',' || c == '$');
    let rest = rest.trim_start();
    rest.starts_with(":=") || rest.starts_with('=') && !rest.starts_with("==")
}

fn jinja(body: &str) -> Does {
    match first_word(body) {
        "macro" => Does::Define,
        "if" | "for" | "block" | "filter" | "call" | "with" | "raw" => Does::Open,
        "else" | "elif" => Does::Else,
        word if word.starts_with("end") => Does::End,
        "include" => Does::Output,
        _ => Does::Nothing,
    }
}

fn erb(body: &str) -> Does {
    if body.starts_with('=') || body.starts_with("-=") {
        return Does::Output;
    }
    if body.starts_with('#') {
        return Does::Nothing;
    }
    let code = body.trim_end_matches('-').trim_end();
    let is_block = code.ends_with(" do") || code.ends_with('|') && code.contains(" do ");
    match first_word(body) {
        "if" | "unless" | "case" | "while" | "until" | "for" | "begin" => Does::Open,
        "else" | "elsif" | "when" | "in" | "rescue" => Does::Else,
        "end" => Does::End,
        _ if is_block => Does::Open,
        _ => Does::Nothing,
    }
}

fn indent(body: &str) -> Option<usize> {
    let (_, after) = body.rsplit_once("indent ")?;
    let digits: String = after.trim_start().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|column| *column < 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_action_does_its_thing() {
        for (text, does) in [
            ("{{ .Values.x }}", Does::Output),
            ("{{- if .x }}", Does::Open),
            ("{{-if .x }}", Does::Open),
            ("{{- else if .x }}", Does::Else),
            ("{{ end -}}", Does::End),
            ("{{- define \"x\" -}}", Does::Define),
            ("{{/* }} is not in here */}}", Does::Nothing),
            ("{{- /* don't \"do */ -}}", Does::Nothing),
            ("{{- $x := .y }}", Does::Nothing),
            ("{{ $x }}", Does::Output),
            ("{{ iffy }}", Does::Output),
            ("{% for a in b %}", Does::Open),
            ("{% endfor %}", Does::End),
            ("<%= ENV[\"X\"] %>", Does::Output),
            ("<% if x %>", Does::Open),
            ("<% xs.each do |x| %>", Does::Open),
        ] {
            let actions = all(text);
            assert_eq!(actions.first().map(|action| action.does), Some(does), "{text}");
        }
    }

    #[test]
    fn a_quoted_end_does_not_end_it() {
        let ends = |text: &str| all(text).iter().map(|action| (action.start, action.end)).collect::<Vec<_>>();
        assert_eq!(ends(r#"a {{ "}}" }} b {{ c }}"#), [(2, 12), (15, 22)]);
        assert_eq!(ends("{{ \"a }} b"), [(0, 8)]);
        assert_eq!(ends("{{ a"), []);
        assert_eq!(all("{{ include \"x\" . | nindent 12 }}")[0].indent, Some(12));
    }
}

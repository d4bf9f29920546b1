//! Flow collections, `[..]` and `{..}`, that are written over several lines.

/// The text with the line breaks and comments blanked of the flow collection that comes next behind `from`: as long as
/// before. `None` when there is none, it does not end, or it is on one line.
pub(super) fn on_one_line(text: &str, from: usize) -> Option<String> {
    let start = next(text, from)?;
    let mut bytes = text.as_bytes().to_vec();
    let mut depth = 0_usize;
    let mut changed = false;
    let mut chars = text.get(start..)?.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => {
                depth -= 1;
                if depth == 0 {
                    return String::from_utf8(bytes).ok().filter(|_| changed);
                }
            }
            // A quote within a plain text is none.
            '"' | '\'' if matches!(before, ' ' | '\t' | '\n' | '[' | '{' | ',' | ':') => {
                while let Some((_, inner)) = chars.next() {
                    if inner == '\\' && c == '"' {
                        chars.next();
                    } else if inner == c && chars.next_if(|(_, next)| *next == c && c == '\'').is_none() {
                        break;
                    }
                }
            }
            '#' if matches!(before, ' ' | '\t' | '\n') => {
                let mut end = at + 1;
                while let Some((next, c)) = chars.next_if(|(_, c)| *c != '\n') {
                    end = next + c.len_utf8();
                }
                bytes.get_mut(start + at..start + end)?.fill(b' ');
            }
            '\n' | '\r' => {
                *bytes.get_mut(start + at)? = b' ';
                changed = true;
            }
            _ => {}
        }
        before = c;
    }
    None
}

/// Where a flow collection starts, when nothing but indicators, comments, anchors and tags stand before it.
fn next(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        match rest.chars().next()? {
            '[' | '{' => return Some(at),
            ' ' | '\t' | '\r' | '\n' | ':' | '-' | '?' => at += 1,
            '#' => at += rest.find('\n')?,
            '&' | '!' => at += rest.find(char::is_whitespace)?,
            _ => return None,
        }
    }
}

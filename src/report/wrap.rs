/// Text in lines of at most `width` characters, each after `indent`. A word longer than that stays whole.
pub fn wrap(body: &str, indent: &str, width: usize) -> String {
    hang("", body, indent, width)
}

/// The same with `first` before the first line.
pub fn hang(first: &str, body: &str, indent: &str, width: usize) -> String {
    let mut text = String::new();
    let mut line = if first.is_empty() { indent.to_owned() } else { first.to_owned() };
    let mut is_empty = true;
    for word in body.split_whitespace() {
        if !is_empty && line.chars().count() + word.chars().count() > width {
            text.push_str(line.trim_end());
            text.push('\n');
            indent.clone_into(&mut line);
        }
        line.push_str(word);
        line.push(' ');
        is_empty = false;
    }
    text.push_str(line.trim_end());
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hang_under_their_title() {
        assert_eq!(hang("  a: ", "one two three", "     ", 13), "  a: one two\n     three\n");
        assert_eq!(wrap("averylongword x", " ", 5), " averylongword\n x\n");
    }
}

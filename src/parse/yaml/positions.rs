//! From the parser crate's character indexes to bytes.

/// Every how many characters a byte offset is kept.
const STEP: usize = 128;

/// Where the characters of a text are.
pub(super) struct Positions<'t> {
    text: &'t str,
    /// The byte offset of every [`STEP`]th character; nothing when every character is one byte.
    marks: Vec<usize>,
}

impl<'t> Positions<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect()
        };
        Self { text, marks }
    }

    /// The byte at which a character starts; the end of the text when there is none.
    pub(super) fn byte(&self, index: usize) -> usize {
        if self.marks.is_empty() {
            return index.min(self.text.len());
        }
        let Some(&mark) = self.marks.get(index / STEP) else {
            return self.text.len();
        };
        let rest = self.text.get(mark..).unwrap_or_default();
        rest.char_indices().nth(index % STEP).map_or(self.text.len(), |(byte, _)| mark + byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_its_byte() {
        for text in
            [String::new(), "abc".to_owned(), "é".repeat(300), format!("a{}\u{1F600}", "ü".repeat(127))]
        {
            let positions = Positions::new(&text);
            for (index, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(positions.byte(index), byte, "{text} {index}");
            }
            assert_eq!(positions.byte(text.chars().count()), text.len());
            assert_eq!(positions.byte(99_999), text.len());
        }
    }
}

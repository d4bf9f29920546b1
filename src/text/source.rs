use std::sync::{Arc, OnceLock};

use super::Span;

/// A line and a column, both counted from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// One file as text, with the path that people see.
#[derive(Debug)]
pub struct Source {
    path: Arc<str>,
    text: String,
    lossy: bool,
    foreign: bool,
    line_starts: OnceLock<Vec<u32>>,
}

impl Source {
    /// A source of text that is known to be UTF-8.
    #[must_use]
    pub fn new(path: &str, text: String) -> Self {
        Self { path: path.into(), text, lossy: false, foreign: false, line_starts: OnceLock::new() }
    }

    /// A source of raw bytes. A byte that is not part of UTF-8 becomes one `?`, so offsets stay true.
    #[must_use]
    pub fn from_bytes(path: &str, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::new(path, text),
            Err(error) => Self {
                path: path.into(),
                text: replace_invalid(error.as_bytes()),
                lossy: true,
                foreign: false,
                line_starts: OnceLock::new(),
            },
        }
    }

    /// A source that is no file of the repository, such as the defaults of a framework. `origin` says whose it is.
    #[must_use]
    pub fn foreign(origin: &str, text: String) -> Self {
        Self { foreign: true, ..Self::new(origin, text) }
    }

    /// Whether this is no file of the repository.
    #[must_use]
    pub const fn is_foreign(&self) -> bool {
        self.foreign
    }

    /// The path as it is shown, relative to where the command was started.
    #[must_use]
    pub fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether bytes that are not UTF-8 were replaced.
    #[must_use]
    pub const fn is_lossy(&self) -> bool {
        self.lossy
    }

    /// The text under a span; empty when the span does not fit the text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Where a byte offset stands. An offset past the end stands at the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let starts = self.line_starts();
        let offset = (offset as usize).min(self.text.len());
        let line = starts.partition_point(|&start| start as usize <= offset).max(1);
        let start = starts[line - 1] as usize;
        let column = self.text.get(start..offset).map_or(offset - start, |before| before.chars().count());
        Position { line: line as u32, column: column as u32 + 1 }
    }

    /// The text of a line (from 1) without its line ending; empty when there is no such line.
    #[must_use]
    pub fn line(&self, line: u32) -> &str {
        let starts = self.line_starts();
        let Some(&start) = (line as usize).checked_sub(1).and_then(|index| starts.get(index)) else {
            return "";
        };
        let end = starts.get(line as usize).map_or(self.text.len(), |&next| next as usize);
        self.text.get(start as usize..end).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }

    /// Byte offset of the start of each line. `\n`, `\r\n` and a lone `\r` each end a line, as they do in a `.env`.
    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let mut starts = vec![0];
            for (index, byte) in bytes.iter().enumerate() {
                if *byte == b'\n' || (*byte == b'\r' && bytes.get(index + 1) != Some(&b'\n')) {
                    starts.push(index as u32 + 1);
                }
            }
            starts
        })
    }
}

fn replace_invalid(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters() {
        let source = Source::new("a", "é=1\r\nb\rc\nd".to_owned());
        let at = |offset| (source.position(offset).line, source.position(offset).column);
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(2), (1, 2));
        assert_eq!(at(6), (2, 1));
        assert_eq!(at(8), (3, 1));
        assert_eq!(at(10), (4, 1));
        assert_eq!(at(99), (4, 2));
        assert_eq!(source.line(1), "é=1");
        assert_eq!(source.line(3), "c");
        assert_eq!(source.line(9), "");
    }

    #[test]
    fn bytes_that_are_not_utf8_keep_offsets() {
        let source = Source::from_bytes("a", b"a\xff\xfeb".to_vec());
        assert_eq!(source.text(), "a??b");
        assert!(source.is_lossy());
    }
}

use super::Span;

/// One replacement in a text: what stands under `span` becomes `new`. An empty span inserts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced, as offsets into the text before any edit.
    pub span: Span,
    /// What stands there afterwards.
    pub new: String,
}

/// Bytes with edits applied, in any order. `None` when two of them overlap or one does not fit.
///
/// It works on bytes, so that a file whose text is not UTF-8 keeps every byte that is not edited. Insertions at one
/// offset keep the order in which they are given, and stand before what replaces the text from there on.
#[must_use]
pub fn apply(bytes: &[u8], edits: &[Edit]) -> Option<Vec<u8>> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    let added: usize = edits.iter().map(|edit| edit.new.len()).sum();
    let mut result = Vec::with_capacity(bytes.len() + added);
    let mut position = 0;
    for edit in sorted {
        let range = edit.span.range();
        bytes.get(range.clone())?;
        result.extend_from_slice(bytes.get(position..range.start)?);
        result.extend_from_slice(edit.new.as_bytes());
        position = range.end;
    }
    result.extend_from_slice(bytes.get(position..)?);
    Some(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(bytes: &[u8], edits: &[(u32, u32, &str)]) -> Option<Vec<u8>> {
        let edits: Vec<Edit> = edits
            .iter()
            .map(|&(start, end, new)| Edit { span: Span::new(start, end), new: new.to_owned() })
            .collect();
        apply(bytes, &edits)
    }

    #[test]
    fn edits_in_any_order() {
        for (edits, expected) in [
            (&[][..], Some("abcdef")),
            (&[(1, 3, "X")], Some("aXdef")),
            (&[(4, 6, "Y"), (0, 1, ""), (2, 2, "-")], Some("b-cdY")),
            (&[(2, 2, "1"), (2, 2, "2"), (0, 0, "0")], Some("0ab12cdef")),
            (&[(6, 6, "!")], Some("abcdef!")),
            // An insertion at either end of what is replaced does not overlap it.
            (&[(1, 3, "X"), (1, 1, "<"), (3, 3, ">")], Some("a<X>def")),
            (&[(1, 3, "X"), (3, 4, "Y")], Some("aXYef")),
            (&[(1, 3, "X"), (2, 2, "-")], None),
            (&[(1, 3, "X"), (1, 3, "X")], None),
            (&[(1, 4, "X"), (3, 5, "Y")], None),
            (&[(5, 7, "X")], None),
            (&[(7, 7, "X")], None),
            (&[(3, 2, "X")], None),
        ] {
            let found = applied(b"abcdef", edits);
            assert_eq!(found.as_deref(), expected.map(str::as_bytes), "{edits:?}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_stay() {
        let bytes = b"# caf\xe9\nA=1 # \xff\n";
        assert_eq!(applied(bytes, &[(9, 10, "2")]).unwrap(), b"# caf\xe9\nA=2 # \xff\n");
        // Offsets may stand inside a character too: they are only bytes here.
        assert_eq!(applied("é".as_bytes(), &[(1, 2, "")]).unwrap(), b"\xc3");
    }
}

use super::super::{ErrorKind, read};
use super::shown;
use crate::text::Source;

#[test]
fn an_error_has_a_line_and_keeps_the_documents_before_it() {
    for (text, line, kept) in [
        ("a: 1\n---\nb:\n\tc: 1\n", 4, "{a: 1}"),
        ("a: 1\n---\né: [1, 2\nb: 3\n", 4, "{a: 1}"),
        ("a: 1\n---\nb: {{ x }}: y\n", 3, "{a: 1}"),
        ("a: 1\n b: 2\n", 2, ""),
        ("a: 'x", 1, ""),
        ("a: \"\\q\"", 1, ""),
        ("a: b: c", 1, ""),
        ("@a", 1, ""),
        ("a\0b", 1, ""),
    ] {
        let yaml = read(text);
        let error = yaml.error.unwrap_or_else(|| panic!("no error in {text:?}: {:?}", yaml.documents));
        let source = Source::from_bytes("x", text.as_bytes().to_vec());
        assert_eq!(source.position(error.span.start).line, line, "{text:?} {error:?}");
        assert_eq!(error.kind, ErrorKind::Syntax);
        assert_eq!(yaml.documents.iter().map(shown).collect::<String>(), kept, "{text:?}");
        assert!(!error.message.contains('`') && !error.message.is_empty(), "{error:?}");
    }
}

#[test]
fn depth_is_bounded() {
    for text in ["[".repeat(5000), "- ".repeat(5000), "{a: ".repeat(200), "!x [".repeat(100)] {
        let yaml = read(&text);
        assert!(yaml.error.is_some() && yaml.documents.is_empty());
    }
    let deepest = format!("{}{}", "[".repeat(127), "]".repeat(127));
    assert_eq!(read(&deepest).error, None);
}

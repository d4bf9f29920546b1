use super::super::{ErrorKind, read};
use super::{read_one, shown};

#[test]
fn anchors_and_merge_keys_are_resolved() {
    for (text, shown) in [
        ("a: &x [1, 2]\nb: *x", "{a: [1, 2], b: [1, 2]}"),
        ("a: &x\n  k: 1\nb: *x", "{a: {k: 1}, b: {k: 1}}"),
        ("&k a: 1\nb: *k", "{a: 1, b: 'a'}"),
        ("a: &x 1\nb: &x 2\nc: *x", "{a: 1, b: 2, c: 2}"),
        ("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  l: 3", "{a: {k: 1, l: 2}, b: {l: 3, k: 1}}"),
        ("a: &x {k: 1}\nb:\n  l: 3\n  k: 9\n  <<: *x", "{a: {k: 1}, b: {l: 3, k: 9}}"),
        (
            "a: &x {k: 1}\nb: &y {k: 2, m: 3}\nc:\n  <<: [*x, *y]",
            "{a: {k: 1}, b: {k: 2, m: 3}, c: {k: 1, m: 3}}",
        ),
        (
            "a: &x {k: 1}\nb: &y\n  <<: *x\n  l: 2\nc:\n  <<: *y",
            "{a: {k: 1}, b: {l: 2, k: 1}, c: {l: 2, k: 1}}",
        ),
        ("<<: {k: 1}\n<<: {l: 2}", "{k: 1, l: 2}"),
        ("\"<<\": {k: 1}", "{<<: {k: 1}}"),
        ("<<: 1", "error: a merge key needs a map or a list of maps"),
        ("<<: [1]", "error: a merge key needs a map or a list of maps"),
        ("a: &x\n  b: *x", "error: an alias of what is not defined before it"),
        ("a: &x 1\n---\nb: *x", "error: an alias of what is not defined before it"),
    ] {
        assert_eq!(read_one(text), shown, "{text:?}");
    }
}

#[test]
fn a_repeated_key_is_told_and_the_last_counts() {
    let text = "a: 1\nb: 2\na: 3\n---\nc: 4\n";
    let yaml = read(text);
    let error = yaml.error.unwrap();
    assert_eq!((error.kind, error.span.range()), (ErrorKind::Duplicate, 10..11));
    assert_eq!(yaml.documents.iter().map(shown).collect::<Vec<_>>(), ["{a: 3, b: 2}", "{c: 4}"]);
}

#[test]
fn aliases_cannot_multiply_without_bound() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let before = vec![format!("*a{}", level - 1); 10].join(", ");
        text += &format!("a{level}: &a{level} [{before}]\n");
    }
    let yaml = read(&text);
    let error = yaml.error.unwrap();
    assert_eq!(
        (error.kind, error.message.as_str()),
        (ErrorKind::Limit, "the file has too many values, aliases followed")
    );
    assert!(yaml.documents.is_empty());

    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..200 {
        text += &format!("a{level}: &a{level} [*a{}]\n", level - 1);
    }
    assert_eq!(read_one(&text), "error: the file is nested too deeply");
}

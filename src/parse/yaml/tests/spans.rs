use super::super::super::node::{Kind, Node};
use super::super::read;

/// The text at each value's span, collections too, in order.
fn texts<'t>(text: &'t str, node: &Node, into: &mut Vec<&'t str>) {
    into.push(text.get(node.span.range()).unwrap_or("<outside>"));
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| texts(text, item, into)),
        Kind::Map(entries) => {
            for (key, value) in entries {
                texts(text, key, into);
                texts(text, value, into);
            }
        }
        Kind::Tagged(_, inner) => texts(text, inner, into),
        _ => {}
    }
}

#[test]
fn a_span_is_the_text_of_its_value() {
    for (text, expected) in [
        ("é: ü # c\nk: \"v\"  # c\n", vec!["é: ü # c\nk: \"v\"", "é", "ü", "k", "\"v\""]),
        ("é: 'it''s'   \n", vec!["é: 'it''s'", "é", "'it''s'"]),
        (
            "é:\n  - \"a\\\"b\"\n  - c\n\nx: y",
            vec![
                "é:\n  - \"a\\\"b\"\n  - c\n\nx: y",
                "é",
                "- \"a\\\"b\"\n  - c",
                "\"a\\\"b\"",
                "c",
                "x",
                "y",
            ],
        ),
        ("a:\n- 1\n- 2\n", vec!["a:\n- 1\n- 2", "a", "- 1\n- 2", "1", "2"]),
        ("a: [ü, {b: c}] # x", vec!["a: [ü, {b: c}]", "a", "[ü, {b: c}]", "ü", "{b: c}", "b", "c"]),
        ("a: &x !t \"v\"", vec!["a: &x !t \"v\"", "a", "&x !t \"v\"", "\"v\""]),
        ("a: &x v # c", vec!["a: &x v", "a", "v"]),
        ("a: &x\n  k: v\nb: 1", vec!["a: &x\n  k: v\nb: 1", "a", "k: v", "k", "v", "b", "1"]),
        ("a: !t\n  k: v\n", vec!["a: !t\n  k: v", "a", "!t\n  k: v", "k: v", "k", "v"]),
        ("a: &x [1]", vec!["a: &x [1]", "a", "[1]", "1"]),
        ("a: |\n  x\n  y\n\nb: z", vec!["a: |\n  x\n  y\n\nb: z", "a", "x\n  y", "b", "z"]),
        ("a: multi\n  line\n\nb:", vec!["a: multi\n  line\n\nb:", "a", "multi\n  line", "b", ""]),
        ("a: {}\nb: []", vec!["a: {}\nb: []", "a", "{}", "b", "[]"]),
        ("[a: b]", vec!["[a: b]", "a: b", "a", "b"]),
    ] {
        let yaml = read(text);
        assert_eq!(yaml.error, None, "{text}");
        let mut found = Vec::new();
        texts(text, &yaml.documents[0], &mut found);
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn an_empty_value_stands_behind_its_colon() {
    let yaml = read("é:\nb:\n  - \n");
    assert_eq!(yaml.documents[0].get("é").unwrap().span.range(), 3..3);
}

#[test]
fn what_an_alias_brings_keeps_its_place() {
    let yaml = read("a: &x {k: v}\nb:\n  <<: *x\nc: *x\n");
    for key in ["b", "c"] {
        assert_eq!(yaml.documents[0].path(&[key, "k"]).unwrap().span.range(), 10..11, "{key}");
    }
    assert_eq!(yaml.documents[0].span.range(), 0..30);
}

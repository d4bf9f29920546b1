use super::super::read;
use super::read_one;

#[test]
fn documents_are_read() {
    for (text, shown) in [
        ("a: 1\n---\nb: 2\n--- c\n", "{a: 1} --- {b: 2} --- 'c'"),
        ("---\n---\na: 1\n...\n", "~ --- {a: 1}"),
        ("# nothing\n", ""),
        ("\u{feff}a: 1\n", "{a: 1}"),
        ("a:\r\n  - 1\r\n  - b\r\n", "{a: [1, 'b']}"),
        ("a:\n- 1\n- - 2\n  - 3\nb:\n", "{a: [1, [2, 3]], b: ~}"),
        ("- a: 1\n  b: 2\n-\n  c: 3\n-\n", "[{a: 1, b: 2}, {c: 3}, ~]"),
        ("a: [x: 1, y, {z: 2}]", "{a: [{x: 1}, 'y', {z: 2}]}"),
        ("a: |\n  x\n   y\nb: >-\n  c\n  d\n", "{a: 'x\n y\n', b: 'c d'}"),
        ("a: b # c\nd: \"e # f\"", "{a: 'b', d: 'e # f'}"),
        ("1: a\ntrue: b\n~: c", "{1: 'a', true: 'b', ~: 'c'}"),
        ("? [a, b]\n: 1", "{['a', 'b']: 1}"),
        ("{\n\t\"a\":\t[\n\t\t1,\n\t\tnull\n\t],\n\t\"b\": {}\n}\n", "{a: [1, ~], b: {}}"),
        ("{\"a\":{\"b\":[true,\"x\\u00e9\"]}}", "{a: {b: [true, 'xé']}}"),
        ("b: [\n \"x\", # é ]\n'y''z',\nw\n]\nc: {\n}\n", "{b: ['x', 'y'z', 'w'], c: {}}"),
        ("\"a\": &x [\n]\nb: 1 # é\nc:\n- {d: [\ne]\n}\n", "{a: [], b: 1, c: [{d: ['e']}]}"),
        ("a: *b", "error: while parsing node, found unknown anchor"),
    ] {
        assert_eq!(read_one(text), shown, "{text:?}");
    }
}

#[test]
fn paths_lead_to_values() {
    let yaml = read("spec:\n  replicas: 3\n  list: [a]\n  on: yes\n8080: x\n");
    let root = &yaml.documents[0];
    assert_eq!(root.path(&["spec", "replicas"]).and_then(super::Node::as_int), Some(3));
    assert_eq!(root.path(&["spec", "on"]).and_then(super::Node::as_str), Some("yes"));
    assert_eq!(root.get("8080").and_then(super::Node::as_str), Some("x"));
    assert_eq!(root.path(&["spec", "none"]), None);
    assert_eq!(root.path(&["spec", "replicas", "x"]), None);
    assert_eq!(root.path(&["spec", "list"]).unwrap().items().len(), 1);
    assert_eq!(root.entries().len(), 2);
    assert!(!root.is_open());
}

#[test]
fn large_json_with_tabs_is_read() {
    let entry = |index: usize| format!("\t\t{{\n\t\t\t\"name\": \"n{index}\",\n\t\t\t\"on\": true\n\t\t}}");
    let entries: Vec<String> = (0..5000).map(entry).collect();
    let text = format!("{{\n\t\"all\": [\n{}\n\t]\n}}\n", entries.join(",\n"));
    let yaml = read(&text);
    assert_eq!(yaml.error, None);
    let all = yaml.documents[0].get("all").unwrap();
    assert_eq!(all.items().len(), 5000);
    let last = all.items()[4999].get("name").unwrap();
    assert_eq!(&text[last.span.range()], "\"n4999\"");
}

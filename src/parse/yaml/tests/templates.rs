use super::super::super::node::Kind;
use super::super::read_templated;
use super::shown;

fn read(text: &str) -> String {
    let yaml = read_templated(text);
    match yaml.error {
        Some(error) => format!("error: {} at {:?}", error.message, error.span),
        None => yaml.documents.iter().map(shown).collect::<Vec<_>>().join(" --- "),
    }
}

#[test]
fn a_value_that_a_template_fills_is_unknown() {
    for (text, expected) in [
        ("a: 1\nb: {{ .x }}\n", "{a: 1, b: ?}"),
        ("a: \"{{ .x | default \"y\" }}\"\nb: 2\n", "{a: ?, b: 2}"),
        ("a: pre-{{ .x }}-post\n", "{a: ?}"),
        ("a: {{ if .x }}1{{ else }}2{{ end }}\nb: 3\n", "{a: ?, b: 3}"),
        ("a: [{{ .x }}, 1]\nb: {c: {{ .y }}}\n", "{a: [?, 1], b: {c: ?}}"),
        ("{{ .k }}: 1\nb: 2\n", "{?: 1, b: 2}"),
        ("a: |\n  x\n  {{ .y }}\nb: 1\n", "{a: ?, b: 1}"),
        ("a: |\n  x\n  {{- if .y }}\n  z\n  {{- end }}\nb: 1\n", "{a: ?, b: 1}"),
        ("a: |\n    {{- range .xs }}\n  {{ .k }} = 1\n    {{- end }}\nb: 1\n", "{a: ?, b: 1}"),
        ("a: {{/* why */}} 1\n", "{a: 1}"),
        ("a: !t {{ .x }}\nb: !{{ .x }} y\n", "{a: !t ?, b: ?}"),
        ("a: {% if x %}1{% endif %}\nb: <%= ENV[\"B\"] %>\n", "{a: ?, b: ?}"),
        ("a: ${{ x }}\n", "{a: ?}"),
        ("<<: {{ .x }}\na: 1\n", "{?: ?, a: 1}"),
        (
            "a: {{ .x",
            "error: while parsing a flow mapping, did not find expected ',' or '}' at Span { start: 8, end: 8 }",
        ),
    ] {
        assert_eq!(read(text), expected, "{text:?}");
    }
}

#[test]
fn an_entry_that_may_be_left_out_is_unknown() {
    for (text, expected) in [
        ("s:\n  {{- if .x }}\n  r: 3\n  {{- end }}\n  k: 1\n", "{s: {r: ?, k: 1}}"),
        ("s:\n  {{- if .x }}\n  r: 3\n  {{- else }}\n  r: 4\n  {{- end }}\n", "{s: {r: ?}}"),
        ("s:\n  - a\n  {{- range .xs }}\n  - {{ . }}\n  {{- end }}\n", "{s: ['a', ?]}"),
        ("e:\n  {{ if .x }}\n  - name: A\n    value: b\n  {{ end }}\n  - name: C\n", "{e: [?, {name: 'C'}]}"),
        ("{{- if .on }}\na: 1\nb:\n  c: 2\n{{- end }}\n", "{a: 1, b: {c: 2}}"),
        ("{{- if .on }}\na: 1\n{{- if .x }}\nb: 2\n{{- end }}\n{{- end }}\n", "{a: 1, b: ?}"),
        ("{{- define \"x\" }}\n  bad: [\n{{- end }}\na: 1\n", "{a: 1}"),
        ("{{- /*\n a: [\n*/}}\na: 1\n", "{a: 1}"),
        ("{{- $x := .y -}}\na: 1\n", "{a: 1}"),
        ("<% if x %>\na: 1\n<% end %>\nb: 2\n", "{a: ?, b: 2}"),
        ("a: 1\n{{- if .x }}\n---\nb: 2\n{{- end }}\n", "{a: 1} --- {b: 2}"),
    ] {
        assert_eq!(read(text), expected, "{text:?}");
    }
}

#[test]
fn lines_of_a_template_open_what_they_stand_in() {
    for (text, expected) in [
        ("m:\n  l:\n    {{- include \"l\" . | nindent 4 }}\ns:\n  r: 1\n", "{m: {l: ?}, s: {r: 1}}"),
        (
            "m:\n  l:\n    a: 1\n    {{- include \"l\" . | nindent 4 }}\ns: 1\n",
            "{m: {l: {a: 1, ?: ?}}, s: 1}",
        ),
        ("m:\n  l:\n    a: 1\n{{ toYaml .x | indent 4 }}\ns: 1\n", "{m: {l: {a: 1, ?: ?}}, s: 1}"),
        ("m:\n  l:\n    a: 1\n  {{- toYaml .x | nindent 2 }}\ns: 1\n", "{m: {l: {a: 1}, ?: ?}, s: 1}"),
        ("c:\n  {{- toYaml .x | nindent 2 }}\n  - name: a\n", "{c: [{name: 'a'}, ?]}"),
        ("c:\n  - name: a\n    {{- toYaml .x | nindent 4 }}\n", "{c: [{name: 'a', ?: ?}]}"),
        (
            "c:\n  - name: a\n    e:\n      {{- toYaml .x | nindent 6 }}\n  - name: b\n",
            "{c: [{name: 'a', e: ?}, {name: 'b'}]}",
        ),
        ("c:\n- a\n{{- toYaml .x | nindent 0 }}\n", "{c: ['a', ?], ?: ?}"),
        ("e: {}\n  {{- toYaml .x | nindent 2 }}\nf: 1\n", "{e: ?, f: 1}"),
        ("{{- include \"all\" . }}\n", "?"),
        ("a: 1\n---\n{{ include \"x\" . }}\nb: 2\n", "{a: 1} --- {b: 2, ?: ?}"),
        ("a: 1\n---\n{{ include \"x\" . }}\n", "{a: 1} --- ?"),
        ("a:\n  {{- with .x }}\n  {{- toYaml . | nindent 2 }}\n  {{- end }}\nb: 1\n", "{a: ?, b: 1}"),
    ] {
        assert_eq!(read(text), expected, "{text:?}");
    }
}

#[test]
fn what_may_be_there_is_found_as_unknown() {
    let text = "s:\n  k: 1\n  {{- include \"x\" . | nindent 2 }}\nt: {{ .t }}\n";
    let yaml = read_templated(text);
    let root = &yaml.documents[0];
    let templated = |path: &[&str]| match &root.path(path)?.kind {
        Kind::Templated(text) => Some(text.to_string()),
        _ => None,
    };
    assert_eq!(templated(&["s", "k"]), None);
    assert_eq!(root.path(&["s", "k"]).and_then(super::Node::as_int), Some(1));
    assert_eq!(templated(&["s", "r"]).as_deref(), Some("{{- include \"x\" . | nindent 2 }}"));
    assert_eq!(templated(&["t", "deeper"]).as_deref(), Some("{{ .t }}"));
    assert!(root.get("s").unwrap().is_open() && !root.is_open());
    assert_eq!(root.get("u"), None);
    // What is printed where nothing is written is known by how it is printed.
    for (text, expected) in [
        ("s:\n  {{- include \"x\" . | nindent 2 }}\nt: 1\n", "{{- include \"x\" . | nindent 2 }}"),
        ("s:\n  {{- toYaml .a }}\n  {{- toYaml .b }}\nt: 1\n", "{{- toYaml .a }}\n  {{- toYaml .b }}"),
    ] {
        let yaml = read_templated(text);
        let Some(Kind::Templated(written)) = yaml.documents[0].get("s").map(|node| &node.kind) else {
            panic!("{text}")
        };
        assert_eq!(&**written, expected);
    }
}

//! What the values fill in, and what stays unknown.

use super::*;

fn with(env: &str, values: &str) -> Deployment {
    let text = format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{ name: web }}\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          image: acme/shop\n          env:\n{env}"
    );
    let (found, skipped) =
        read(&[("c/Chart.yaml", CHART), ("c/values.yaml", values), ("c/templates/a.yaml", &text)]);
    assert!(skipped.is_empty(), "{text} {skipped:?}");
    found[0].clone()
}

#[test]
fn expressions_come_to_what_the_values_say() {
    let values = "a: file\nb: { c: redis }\nempty: ''\nnone: ~\nnumber: 5\nlarge: 12345678\nfloat: 1.50\non: true\noff: false\nodd: 'a: b'\nlist: [1]\nquoted: 'x\"y'\n";
    for (value, expected) in [
        ("{{ .Values.a }}", "file"),
        ("{{.Values.a}}", "file"),
        ("{{- .Values.a -}}", "file"),
        ("{{ $.Values.b.c | quote }}", "redis"),
        ("\"{{ .Values.a }}\"", "file"),
        ("'{{ .Values.a }}'", "file"),
        ("{{ quote .Values.a }}", "file"),
        ("{{ .Values.number | quote }}", "5"),
        ("{{ .Values.on | toString | quote }}", "true"),
        ("{{ default \"x\" .Values.gone | quote }}", "x"),
        ("{{ .Values.gone | default .Values.a | quote }}", "file"),
        ("{{ .Values.empty | default \"x\" }}", "x"),
        ("{{ .Values.off | default true }}", "true"),
        ("{{ required \"say it\" .Values.a }}", "file"),
        ("{{ (.Values.a) }}", "file"),
        ("{{ .Values.a }}-{{ .Values.b.c }}", "file-redis"),
        ("redis://{{ .Values.b.c }}:6379", "redis://redis:6379"),
        ("{{ .Chart.Name }}", "shop"),
        ("{{ .Chart.AppVersion }}", "1.4"),
        ("{{ .Values.odd | quote }}", "a: b"),
        // What follows cannot be told from the values.
        ("{{ .Values.gone }}", "?"),
        ("{{ .Values.empty }}", "?"),
        ("{{ .Values.none }}", "?"),
        ("{{ .Values.large }}", "?"),
        ("{{ .Values.float }}", "?"),
        ("{{ .Values.odd }}", "?"),
        ("{{ .Values.list }}", "?"),
        ("\"{{ .Values.quoted }}\"", "?"),
        ("\"{{ .Values.a | quote }}\"", "?"),
        ("{{ .Values.a | upper }}", "?"),
        ("{{ .Values.a | default }}", "?"),
        ("{{ include \"x\" . }}", "?"),
        ("{{ tpl .Values.a . }}", "?"),
        ("{{ .Release.Name }}", "?"),
        ("{{ printf \"%s\" .Values.a }}", "?"),
        ("{{ if .Values.a }}x{{ end }}", "?"),
        ("{{ (.Values.a }}", "?"),
        ("{{ .Values.b.c.d.e }}", "?"),
        ("{{ index .Values \"a\" }}", "?"),
    ] {
        let found = with(&format!("            - name: X\n              value: {value}\n"), values);
        let shown = variable(&found, "X");
        let text = shown.split(" @ ").next().unwrap_or_default();
        let text = if text.starts_with('?') { "?" } else { text };
        // `if` is decided, and leaves its text.
        let expected = if value.starts_with("{{ if") { "x" } else { expected };
        assert_eq!(text, expected, "{value}: {shown}");
    }
}

#[test]
fn conditions_are_decided_or_leave_it_unknown() {
    let values = "on: true\noff: false\nempty: {}\nname: redis\nnumber: 1\n";
    for (condition, expected) in [
        (".Values.on", "yes"),
        (".Values.off", "no"),
        (".Values.empty", "no"),
        ("not .Values.on", "no"),
        ("and .Values.on .Values.off", "no"),
        ("and .Values.off .Values.gone", "no"),
        ("or .Values.off .Values.on", "yes"),
        ("eq .Values.name \"redis\"", "yes"),
        ("ne .Values.name \"redis\"", "no"),
        ("and .Values.on (eq .Values.name \"redis\")", "yes"),
        ("not (or .Values.off .Values.empty)", "yes"),
        (".Values.gone", "?"),
        ("and .Values.on .Values.gone", "?"),
        ("eq .Values.number \"1\"", "?"),
        (".Capabilities.APIVersions.Has \"v1\"", "?"),
        ("gt .Values.number 0", "?"),
    ] {
        let env = format!(
            "            {{{{- if {condition} }}}}\n            - name: X\n              value: \"yes\"\n            {{{{- else }}}}\n            - name: X\n              value: \"no\"\n            {{{{- end }}}}\n"
        );
        let found = with(&env, values);
        let shown = variable(&found, "X");
        let text = shown.split(" @ ").next().unwrap_or_default();
        if expected == "?" {
            assert_eq!(text, "absent", "{condition}");
            assert!(found.layers[0].more.is_some(), "{condition}");
        } else {
            assert_eq!(text, expected, "{condition}");
        }
    }
    let chain = "            - name: X\n              {{- if .Values.off }}\n              value: a\n              {{- else if .Values.gone }}\n              value: b\n              {{- else }}\n              value: c\n              {{- end }}\n            - name: Y\n              {{- if .Values.off }}\n              value: a\n              {{- else if .Values.on }}\n              value: b\n              {{- else }}\n              value: c\n              {{- end }}\n";
    let found = with(chain, values);
    assert!(variable(&found, "X").starts_with('?'), "{}", variable(&found, "X"));
    assert!(variable(&found, "Y").starts_with("b @ c/templates/a.yaml:23"), "{}", variable(&found, "Y"));
}

#[test]
fn loops_and_whole_lists_are_read() {
    let values =
        "env:\n  - name: A\n    value: a\n  - name: B\n    value: b\nmap:\n  C: c\n  D: 2\nextra: {}\n";
    let env = "            {{- toYaml .Values.env | nindent 12 }}\n            {{- range $name, $value := .Values.map }}\n            - name: {{ $name | quote }}\n              value: {{ $value | quote }}\n            {{- end }}\n            {{- range .Values.env }}\n            - name: \"X_{{ .name }}\"\n              value: {{ .value }}\n            {{- end }}\n";
    let found = with(env, values);
    for (name, expected) in [
        ("A", "a @ c/values.yaml:3"),
        ("C", "c @ c/templates/a.yaml:14 < c/values.yaml:7"),
        ("D", "2 @ c/templates/a.yaml:14 < c/values.yaml:8"),
        ("X_B", "b @ c/templates/a.yaml:18 < c/values.yaml:5"),
    ] {
        assert_eq!(variable(&found, name), expected, "{name}");
    }
    assert!(found.layers[0].more.is_none());
    // Within a loop, a condition leaves it open.
    let env = "            {{- range $name, $value := .Values.map }}\n            {{- if $value }}\n            - name: {{ $name }}\n              value: {{ $value | quote }}\n            {{- end }}\n            {{- end }}\n";
    let found = with(env, values);
    assert_eq!(variable(&found, "C"), "absent");
    assert!(found.layers[0].more.is_some());
    for over in [".Values.gone", ".Files.Get \"x\"", "$k := .Values.map"] {
        let env = format!(
            "            {{{{- range $a, $b := {over} }}}}\n            - name: {{{{ $a }}}}\n              value: {{{{ $b }}}}\n            {{{{- end }}}}\n"
        );
        assert!(with(&env, values).layers[0].more.is_some(), "{over}");
    }
    // Neither is a loop within a condition, nor one around the whole document, read.
    let env = "            {{- if .Values.gone }}\n            {{- range $name, $value := .Values.map }}\n            - name: {{ $name }}\n              value: {{ $value | quote }}\n            {{- end }}\n            {{- end }}\n";
    let found = with(env, values);
    assert_eq!((variable(&found, "C"), found.layers[0].more.is_some()), ("absent".to_owned(), true));
    let text = "{{- range .Values.workers }}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .name }}\nspec:\n  template:\n    spec:\n      containers:\n        - name: {{ .name }}\n          image: acme/shop\n          command: [sh, -c]\n          args:\n            - {{ .cmd }}\n{{- end }}\n";
    let (found, _) = read(&[
        ("c/Chart.yaml", CHART),
        ("c/values.yaml", "workers: [{ name: a, cmd: b }]\n"),
        ("c/templates/a.yaml", text),
    ]);
    let words = found[0].commands.iter().map(|command| command.words.len()).collect::<Vec<_>>();
    assert_eq!((&*found[0].service, words), ("deployment/shop", vec![]));
    // A whole list that is there under a condition only.
    let env = "            - name: Z\n              value: z\n            {{- if .Values.gone }}\n            {{- toYaml .Values.env | nindent 12 }}\n            {{- end }}\n";
    let found = with(env, values);
    assert_eq!((variable(&found, "A"), found.layers[0].more.is_some()), ("absent".to_owned(), true));
}

#[test]
fn replicas_that_a_template_decides_are_not_one() {
    for (replicas_line, expected) in [
        ("  replicas: {{ .Values.gone }}\n", "?..?"),
        ("  replicas: {{ .Values.n | default 2 }}\n", "2..2"),
        ("  {{- if .Values.gone }}\n  replicas: 3\n  {{- end }}\n", "?..?"),
        ("  {{- include \"x\" . | nindent 2 }}\n", "?..?"),
        ("", "1..1"),
    ] {
        let text = format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{ name: web }}\nspec:\n{replicas_line}  template:\n    spec:\n      containers:\n        - name: a\n          image: acme/shop\n"
        );
        let (found, skipped) = read(&[("c/Chart.yaml", CHART), ("c/templates/a.yaml", &text)]);
        assert!(replicas(&found[0]).starts_with(expected), "{text} {} {skipped:?}", replicas(&found[0]));
    }
}

#[test]
fn a_pod_that_a_template_makes_is_there_and_not_known() {
    let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n    spec:\n      {{- include \"pod\" . | nindent 6 }}\n";
    let (found, _) = read(&[("c/Chart.yaml", CHART), ("c/templates/a.yaml", text)]);
    assert_eq!((found.len(), found[0].runs.role), (1, Role::Web));
    assert!(found[0].layers.iter().all(|layer| layer.more.is_some()) && !found[0].layers.is_empty());
    let text = text.replace("{{- include", "containers:\n        - name: a\n          image: acme/shop\n          env:\n          - name: X\n            value: y\n            {{- if .Values.gone }}\n            valueFrom: { secretKeyRef: { name: s, key: k } }\n            {{- end }}\n      {{- include");
    let (found, _) = read(&[("c/Chart.yaml", CHART), ("c/templates/a.yaml", &text)]);
    assert!(variable(&found[0], "X").starts_with("?a template") && problems(&found[0]).is_empty());
}

#[test]
fn what_may_not_be_there_is_in_doubt() {
    let deployment = "{{- if .Values.gone }}\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  replicas: {{ .Values.n }}\n  template: { spec: { containers: [{ name: a, image: acme/shop }] } }\n{{- end }}\n";
    let scaler = "{{- if .Values.scaled }}\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: h }\nspec: { scaleTargetRef: { kind: Deployment, name: web }, maxReplicas: 3 }\n{{- end }}\n";
    let files = |values: &'static str| {
        [
            ("c/Chart.yaml", CHART),
            ("c/values-prod.yaml", values),
            ("c/templates/a.yaml", deployment),
            ("c/templates/b.yaml", scaler),
        ]
    };
    for (values, expected, confidence) in [
        ("n: 2\nscaled: false\ngone: true\n", "2..2", Confidence::High),
        ("n: 2\nscaled: false\n", "2..2", Confidence::Medium),
        ("n: 2\nscaled: true\ngone: true\n", "1..3", Confidence::High),
        ("n: 2\ngone: true\n", "?..?", Confidence::High),
    ] {
        let (found, _) = read(&files(values));
        assert!(replicas(&found[0]).starts_with(expected), "{values} {}", replicas(&found[0]));
        assert_eq!(found[0].confidence, confidence, "{values}");
    }
    assert!(read(&files("gone: false\n")).0.is_empty());
}

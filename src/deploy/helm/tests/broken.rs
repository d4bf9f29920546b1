//! Charts that are broken or hostile.

use super::*;

#[test]
fn broken_charts_cost_themselves_only() {
    let template = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: a, image: acme/shop }] } } }\n";
    for (path, text) in [
        ("c/Chart.yaml", "name: [\n"),
        ("c/values.yaml", "a: [\n"),
        ("c/values.yaml", "- a\n"),
        ("c/values.yaml", ""),
        ("c/values-prod.yaml", "\t\n"),
        ("c/templates/b.yaml", "apiVersion: v1\nkind: {{ if }}\n"),
        ("c/templates/b.yaml", "apiVersion: v1\nkind: {{ .Values.x\n"),
        (
            "c/templates/b.yaml",
            "apiVersion: v1\n{{ end }}{{ else }}{{ else if }}{{ range }}{{ with }}kind: x\n",
        ),
        ("c/templates/b.yaml", "apiVersion: v1\nkind: {{ \"\\\" }}\n"),
        (
            "c/templates/b.yaml",
            "{{- /* apiVersion: \nkind */ -}}{{- range $é, $ü := .Values.ö }}\napiVersion: v1\nkind: é{{ $é }}\n{{- end }}\n",
        ),
    ] {
        let mut files = vec![("c/Chart.yaml", CHART), ("c/templates/a.yaml", template)];
        files.retain(|(known, _)| *known != path);
        files.push((path, text));
        let (found, _) = read(&files);
        assert_eq!(found.len(), 1, "{path} {text}");
    }
    let library = "name: l\ntype: library\n";
    assert!(read(&[("c/Chart.yaml", library), ("c/templates/a.yaml", template)]).0.is_empty());
}

#[test]
fn hostile_charts_end() {
    let keys: String = (0..3_000).map(|at| format!("  K{at}: v\n")).collect();
    let values = format!("map:\n{keys}");
    let loops: String = (0..200).map(|at| format!("  {{{{- range $k{at}, $v := .Values.map }}}}\n  {{{{ $k{at} }}}}: {{{{ $v }}}}\n  {{{{- end }}}}\n")).collect();
    let nested = format!(
        "{}{}{}",
        "{{- range $k, $v := .Values.map }}\n".repeat(500),
        "  {{ $k }}: x\n",
        "{{- end }}\n".repeat(500)
    );
    let map =
        |inner: &str| format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: c }}\ndata:\n{inner}");
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ image: acme/shop, envFrom: [{ configMapRef: { name: c } }] }] }\n";
    let open = format!("apiVersion: v1\nkind: {}", "{{ if (".repeat(5_000));
    let (found, _) = read(&[
        ("c/Chart.yaml", CHART),
        ("c/values.yaml", &values),
        ("c/templates/a.yaml", &map(&loops)),
        ("c/templates/b.yaml", &map(&nested)),
        ("c/templates/c.yaml", pod),
        ("c/templates/d.yaml", &open),
    ]);
    assert_eq!(found.len(), 1);
}

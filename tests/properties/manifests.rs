//! Deploy manifests: any text, and manifests with something wrong in them.

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use unstick::parse::node::{Kind, Node};
use unstick::parse::yaml::{self, Yaml};
use unstick::text::Span;

use super::holds;
use super::mutate::mutated;

const YAML: &[&str] = &[
    "services:\n  app: &app\n    image: \"x:${TAG:-1}\"\n    environment:\n      - A=b\n      - 'C'\n    deploy: {replicas: 3}\n  b:\n    <<: *app\n    command: |\n      run é\n      that\n",
    "apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: 2 # two\n  template:\n    spec:\n      containers:\n      - name: é\n        env:\n        - {name: A, value: \"1\"}\n---\n# next\n? [a, b]\n: !Ref x\n",
    "{\n\t\"family\": \"web\",\n\t\"containerDefinitions\": [{\"name\": \"a\", \"memory\": 1e3, \"essential\": true}]\n}\n",
];

const HELM: &[&str] = &[
    "{{- if .Values.on }}\nspec:\n  {{- if not .x }}\n  replicas: {{ .Values.n }}\n  {{- else }}\n  replicas: 1\n  {{- end }}\n  l:\n    {{- include \"l\" . | nindent 4 }}\n    a: b\n  list:\n  {{- range .xs }}\n  - {{ . | quote }}\n  {{- end }}\n{{- end }}\n",
    "{{- define \"x\" -}}\na: é\n{{- end -}}\n{{/* c */}}\nk: \"{{ .a | default \"b\" }}\"\n{% if x %}\n<%= y %>: 1\n{% endif %}\n",
];

fn fits(text: &str, span: Span) -> bool {
    span.start <= span.end && text.get(span.range()).is_some()
}

fn any_text(characters: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,60}",
        characters,
        prop::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter)
    ]
}

/// Every span fits, and no node is deeper than it may be.
fn check_node(text: &str, node: &Node, depth: usize) -> TestCaseResult {
    prop_assert!(fits(text, node.span), "{:?}", node);
    prop_assert!(depth < yaml::MAX_DEPTH);
    if let Kind::Tagged(_, inner) = &node.kind {
        check_node(text, inner, depth + 1)?;
    }
    node.items().iter().try_for_each(|item| check_node(text, item, depth + 1))?;
    node.entries().iter().try_for_each(|(key, value)| {
        check_node(text, key, depth + 1)?;
        check_node(text, value, depth + 1)
    })
}

fn check_yaml(text: &str, yaml: &Yaml) -> TestCaseResult {
    if let Some(error) = &yaml.error {
        prop_assert!(fits(text, error.span), "{:?}", error);
        prop_assert!(
            !error.message.is_empty() && error.message != "the parser failed on this file",
            "{:?}",
            error
        );
    }
    yaml.documents.iter().try_for_each(|document| check_node(text, document, 0))
}

fn yaml_property(text: String) -> TestCaseResult {
    for read in [yaml::read, yaml::read_templated] {
        let yaml = read(&text);
        check_yaml(&text, &yaml)?;
        prop_assert_eq!(&yaml, &read(&text));
    }
    Ok(())
}

#[test]
fn yaml_reads_any_text() {
    holds(2000, || any_text("[a-c:\\-\\[\\]\\{\\},&*!|>'\"#%?~< \t\r\n]{0,60}"), yaml_property);
    holds(2000, || prop_oneof![mutated(YAML), mutated(HELM)], yaml_property);
}

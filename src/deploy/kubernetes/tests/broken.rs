//! Files that are broken, hostile, or something else.

use super::*;

const GOOD: &str =
    "apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ image: acme/shop }] }\n";

#[test]
fn a_broken_file_costs_itself_only() {
    for (broken, reason) in [
        ("apiVersion: v1\nkind: Pod\n\tmetadata: {}\n", "line 2"),
        ("apiVersion: v1\nkind: [\n", "line"),
        ("apiVersion: v1\nkind: Pod\nspec: *nothing\n", "line 3"),
    ] {
        let (found, skipped) = read(&[("a.yaml", GOOD), ("b.yaml", broken)]);
        assert_eq!(found.len(), 1, "{broken}");
        assert!(
            skipped.len() == 1 && skipped[0].starts_with("b.yaml: not YAML: ") && skipped[0].contains(reason),
            "{skipped:?}"
        );
    }
    // The documents before the mistake are read.
    let (found, skipped) = read(&[("a.yaml", &format!("{GOOD}---\na: [\n"))]);
    assert_eq!((found.len(), skipped.len()), (1, 1));
}

#[test]
fn what_is_no_manifest_is_passed_over() {
    for text in [
        "",
        "- a\n",
        "apiVersion: v1\n",
        "kind: Deployment\n",
        "apiVersion: v1\nkind: Foo\n",
        "apiVersion: v1\nkind: Deployment\n",
        "apiVersion: v1\nkind: Deployment\nspec: []\n",
        "apiVersion: v1\nkind: Deployment\nspec: { template: { spec: { containers: x } } }\n",
        "apiVersion: v1\nkind: Deployment\nspec: { template: { spec: { containers: [~, 1, x] } } }\n",
        "apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: List, items: ~ }]\n",
        "apiVersion: v1\nkind: { a: b }\nspec: 1\n",
        "{{ if }}\napiVersion: v1\nkind: Pod\nspec: {{ x }}\n",
    ] {
        let (found, _) = read(&[("a.yaml", text)]);
        let is_bare = |one: &Deployment| one.layers.iter().all(|layer| layer.variables.is_empty());
        assert!(found.iter().all(|one| is_bare(one) && one.mounts.is_empty()), "{text}");
    }
    let (found, skipped) = read(&[("docker-compose.yml", "services: [\n"), ("a.json", "{ \"kind\": ")]);
    assert!(found.is_empty() && skipped.is_empty(), "{skipped:?}");
}

#[test]
fn hostile_texts_end() {
    let mut bomb = "apiVersion: v1\nkind: Pod\na0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for at in 1..12 {
        let alias = format!("*a{}", at - 1);
        bomb.push_str(&format!("a{at}: &a{at} [{}]\n", [alias.as_str(); 9].join(", ")));
    }
    let env: String = (0..6_000)
        .map(|at| format!("    - {{ name: V{at}, value: $(V{})$(V{}) }}\n", at.max(1) - 1, at.max(1) - 1))
        .collect();
    let doubling = format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{ name: p }}\nspec:\n  containers:\n  - image: acme/shop\n    env:\n    - {{ name: V0, value: aa }}\n{env}"
    );
    let deep = format!("apiVersion: v1\nkind: Pod\nspec: {}", "[".repeat(10_000));
    let keys: String = (0..20_000).map(|at| format!("  K{at}: \"{at}\"\n")).collect();
    let long = format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: c }}\ndata:\n{keys}");
    let (found, _) = read(&[("a.yaml", &bomb), ("b.yaml", &doubling), ("c.yaml", &deep), ("d.yaml", &long)]);
    assert_eq!(found.len(), 1);
    let layer = &found[0].layers[0];
    assert!(layer.more.is_some() && layer.variables.len() <= 1_000);
}

//! Kustomizations that are broken or hostile.

use super::*;

#[test]
fn kustomizations_that_use_each_other_end() {
    let (found, _) = read(&[
        ("a/kustomization.yaml", "resources: [../b]\n"),
        ("b/kustomization.yaml", "resources: [../a]\n"),
        ("c/kustomization.yaml", "resources: [../c, ., '', /etc, ../../out]\n"),
        ("d/kustomization.yaml", "resources: [../a, app.yaml]\n"),
        ("d/app.yaml", APP),
    ]);
    assert_eq!(found.len(), 1);
    assert!(problems(&found[0]).iter().any(|problem| problem.contains("uses itself")));
}

#[test]
fn a_tower_of_kustomizations_is_bounded() {
    let twice: Vec<(String, String)> = (0..20)
        .map(|at| {
            (
                format!("k{at}/kustomization.yaml"),
                format!("resources: [../k{0}, ../k{0}]\nnamePrefix: aaaaaaaaaaaa\n", at + 1),
            )
        })
        .chain([
            ("k20/kustomization.yaml".to_owned(), "resources: [app.yaml]\n".to_owned()),
            ("k20/app.yaml".to_owned(), APP.to_owned()),
        ])
        .collect();
    let files: Vec<(&str, &str)> = twice.iter().map(|(path, text)| (&**path, &**text)).collect();
    let (found, _) = read(&files);
    assert!(!found.is_empty() && found.len() <= 300);
}

#[test]
fn broken_files_cost_themselves_only() {
    for overlay in [
        "resources: [\n",
        "resources: ../../base\n",
        "- a\n",
        "",
        "resources: [../../base]\npatches: [{ patch: 'a: [' }, { patch: '- 1' }, 1, ~, { target: {}, patch: '[1, {op: add}, {op: add, path: x}]' }]\n",
        "resources: [../../base]\nconfigMapGenerator: [1, {}, { name: [] }, { name: x, literals: [=, a], files: [=], envs: [''] }]\n",
        "resources: [../../base]\nreplicas: [1, { name: shop }]\nimages: [{ name: 1 }]\nreplacements: [1, { path: x }, { targets: [{ select: { name: '[' }, fieldPaths: [a, '', '[x'] }] }]\n",
    ] {
        let (found, _) = with(overlay, &[]);
        for one in &found {
            assert_eq!(variable(one, "CACHE_STORE"), "file @ k8s/base/app.yaml:19", "{overlay}");
        }
    }
}

//! Patches.

use super::*;

fn patched(patches: &str, others: &[(&str, &str)]) -> Deployment {
    let (found, skipped) = with(&format!("resources: [../../base]\n{patches}"), others);
    assert!(skipped.is_empty(), "{skipped:?}");
    service(&found, "deployment/shop").clone()
}

const HERE: &str = "k8s/overlays/production";

#[test]
fn a_merge_patch_keeps_its_lines_and_those_of_the_base() {
    let inline = "patches:
  - patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: shop
      spec:
        replicas: 3
        template:
          spec:
            containers:
              - name: app
                env:
                  - name: CACHE_STORE
                    value: redis
                  - name: NEW
                    value: $(CACHE_STORE)
                  - name: SESSION_DRIVER
                    $patch: delete
";
    let shop = patched(inline, &[]);
    let here = format!("{HERE}/kustomization.yaml");
    assert_eq!(replicas(&shop), format!("3..3 @ {here}:9"));
    assert_eq!(variable(&shop, "CACHE_STORE"), format!("redis @ {here}:16 < k8s/base/app.yaml:19"));
    assert_eq!(variable(&shop, "SESSION_DRIVER"), "absent");
    // The items of the patch come first, in its order.
    assert!(variable(&shop, "NEW").starts_with("redis @ "), "{}", variable(&shop, "NEW"));
    assert_eq!(variable(&shop, "QUEUE_CONNECTION"), "sync @ k8s/base/kustomization.yaml:7");
    assert_eq!(shop.mounts.len(), 1);

    let file = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop }\nspec:\n  replicas: ~\n  template: { spec: { containers: [{ name: app, env: [{ name: CACHE_STORE, value: database }] }] } }\n";
    for patches in ["patchesStrategicMerge: [p.yaml]\n", "patches: [{ path: p.yaml }]\n"] {
        let shop = patched(patches, &[("k8s/overlays/production/p.yaml", file)]);
        assert_eq!(replicas(&shop), "1..1 @ k8s/base/app.yaml:2");
        assert_eq!(
            variable(&shop, "CACHE_STORE"),
            format!("database @ {HERE}/p.yaml:6 < k8s/base/app.yaml:19")
        );
    }
    // With a target the name in the patch is nobody's.
    let any = file.replace("name: shop", "name: whatever");
    let target = "patches: [{ path: p.yaml, target: { kind: Deployment, name: 'sh.*' } }]\n";
    let shop = patched(target, &[("k8s/overlays/production/p.yaml", &any)]);
    assert!(variable(&shop, "CACHE_STORE").starts_with("database"));
}

#[test]
fn operations_change_single_values() {
    for (operations, name, expected) in [
        ("      - { op: replace, path: /spec/replicas, value: 5 }\n", "", "5..5 @ HERE:5"),
        ("      - { op: remove, path: /spec/replicas }\n", "", "1..1 @ k8s/base/app.yaml:2"),
        (
            "      - op: replace\n        path: /spec/template/spec/containers/0/env/1/value\n        value: redis\n",
            "SESSION_DRIVER",
            "redis @ HERE:7 < k8s/base/app.yaml:21",
        ),
        (
            "      - { op: add, path: /spec/template/spec/containers/0/env/-, value: { name: X, value: y } }\n",
            "X",
            "y @ HERE:5",
        ),
        ("      - { op: remove, path: /spec/template/spec/containers/0/env/0 }\n", "CACHE_STORE", "absent"),
        (
            "      - { op: add, path: /spec/template/spec/containers/0/env, value: [] }\n",
            "SESSION_DRIVER",
            "absent",
        ),
        (
            "      - { op: copy, from: /metadata/name, path: /spec/template/spec/containers/0/env/0/value }\n",
            "CACHE_STORE",
            "shop @ k8s/base/app.yaml:4 < k8s/base/app.yaml:19",
        ),
    ] {
        let patches = format!("patches:\n  - target: {{ kind: Deployment }}\n    patch: |-\n{operations}");
        let shop = patched(&patches, &[]);
        let expected = expected.replace("HERE", &format!("{HERE}/kustomization.yaml"));
        let found = if name.is_empty() { replicas(&shop) } else { variable(&shop, name) };
        assert_eq!(found, expected, "{operations}");
        assert!(problems(&shop).is_empty(), "{operations}");
    }
}

#[test]
fn a_patch_without_a_target_is_a_problem() {
    for (patches, message) in [
        ("patches: [{ path: p.yaml }]\n", "there is no `nobody` that the patch could change"),
        ("patches: [{ path: no.yaml }]\n", "the patch `no.yaml` is not in the repository"),
        ("replicas: [{ name: nobody, count: 2 }]\n", "there is no `nobody` to set the replicas of"),
        ("resources: [../../base, ../../gone]\n", "`k8s/gone` has no kustomization"),
        (
            "resources: [../../base, gone.yaml]\n",
            "`k8s/overlays/production/gone.yaml` is not in the repository",
        ),
        (
            "patches: [{ target: { name: shop }, patch: '[{ op: replace, path: /spec/no, value: 1 }]' }]\n",
            "the patch changes `/spec/no`, and there is nothing",
        ),
    ] {
        let overlay = if patches.starts_with("resources") {
            patches.to_owned()
        } else {
            format!("resources: [../../base]\n{patches}")
        };
        let patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: nobody }\nspec: {}\n";
        let (found, _) = with(&overlay, &[("k8s/overlays/production/p.yaml", patch)]);
        assert!(
            problems(&found[0]).iter().any(|problem| problem.starts_with(message)),
            "{:?}",
            problems(&found[0])
        );
    }
}

#[test]
fn a_remote_base_is_not_known() {
    let patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop }\nspec:\n  template:\n    spec:\n      containers:\n        - name: app\n          image: acme/shop\n          env: [{ name: CACHE_STORE, value: redis }]\n          envFrom: [{ configMapRef: { name: far } }]\n";
    let (found, _) = read(&[
        (
            "prod/kustomization.yaml",
            "resources: ['https://token@example.com/base?ref=v1']\npatches: [{ path: p.yaml }]\n",
        ),
        ("prod/p.yaml", patch),
    ]);
    let shop = service(&found, "deployment/shop");
    assert_eq!(variable(shop, "CACHE_STORE"), "redis @ prod/p.yaml:10");
    assert_eq!(replicas(shop), "?..? @ prod/p.yaml:5");
    let more = shop.layers[0].more.as_ref().map(|reason| (reason.text(), reason.place().map(at)));
    assert_eq!(
        more,
        Some((
            "a base of the kustomization is not in the repository",
            Some("prod/kustomization.yaml:1".to_owned())
        ))
    );
    assert_eq!(problems(shop), Vec::<String>::new());
}

#[test]
fn replacements_and_variables_are_followed_or_unknown() {
    let replace = |source: &str, target: &str| {
        format!(
            "configMapGenerator: [{{ name: values, literals: [STORE=redis] }}]\nreplacements:\n  - source: {source}\n    targets:\n      - select: {{ kind: Deployment }}\n        fieldPaths: ['spec.template.spec.containers.[name=app].env.[name=CACHE_STORE].value']\n{target}"
        )
    };
    let known = replace("{ kind: ConfigMap, name: values, fieldPath: data.STORE }", "");
    let here = format!("{HERE}/kustomization.yaml");
    assert_eq!(
        variable(&patched(&known, &[]), "CACHE_STORE"),
        format!("redis @ {here}:4 < k8s/base/app.yaml:19 < {here}:2")
    );
    let cut = replace(
        "{ kind: ConfigMap, name: values, fieldPath: data.STORE }",
        "        options: { delimiter: '/' }\n",
    );
    let gone = replace("{ kind: ConfigMap, name: gone }", "");
    for patches in [cut, gone] {
        assert!(
            variable(&patched(&patches, &[]), "CACHE_STORE")
                .starts_with("?a replacement of the kustomization")
        );
    }
    let vars = "vars: [{ name: STORE, objref: { kind: ConfigMap, name: shop-config } }]\npatches: [{ target: { kind: Deployment }, patch: '[{ op: replace, path: /spec/template/spec/containers/0/env/0/value, value: $(STORE) }]' }]\n";
    assert!(variable(&patched(vars, &[]), "CACHE_STORE").starts_with("?a variable of the kustomization"));
}

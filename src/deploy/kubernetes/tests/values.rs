//! The values of variables.

use super::*;

/// A deployment with this container, in a file of its own, and other objects beside it.
fn with(container: &str, others: &str) -> (Vec<Deployment>, Vec<String>) {
    let text = format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{ name: shop }}\nspec:\n  template:\n    spec:\n      \
         containers:\n      - image: acme/shop\n{container}"
    );
    read(&[("a.yaml", &text), ("b.yaml", others)])
}

#[test]
fn env_is_read_as_the_kubelet_does() {
    let config =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata:\n  A: a\n  N: \"1\"\n  T: $(A)\n";
    for (env, name, expected) in [
        ("        - { name: X, value: file }\n", "X", "file @ a.yaml:10"),
        ("        - { name: X }\n", "X", " @ a.yaml:10"),
        ("        - { name: X, value: ~ }\n", "X", " @ a.yaml:10"),
        ("        - { name: X, value: a }\n        - { name: X, value: b }\n", "X", "b @ a.yaml:11"),
        (
            "        - { name: A, value: a }\n        - { name: X, value: $(A)b }\n",
            "X",
            "ab @ a.yaml:11 < a.yaml:10",
        ),
        ("        - { name: X, value: $(A)b }\n        - { name: A, value: a }\n", "X", "$(A)b @ a.yaml:10"),
        ("        - { name: X, value: $$(A) }\n", "X", "$(A) @ a.yaml:10"),
        (
            "        - { name: X, value: $(DB_SERVICE_HOST) }\n",
            "X",
            "?the cluster may set `DB_SERVICE_HOST` for a service @ a.yaml:10",
        ),
        (
            "        - { name: X, value: \"${APP}\" }\n",
            "X",
            "?it is filled in before it is applied @ a.yaml:10",
        ),
        ("        - { name: X, value: \"{{ app }}\" }\n", "X", "?a template fills it in @ a.yaml:10"),
        ("        - { name: X, value: 1 }\n", "X", "1 @ a.yaml:10"),
        (
            "        - { name: X, valueFrom: { configMapKeyRef: { name: c, key: N } } }\n",
            "X",
            "1 @ a.yaml:10 < b.yaml:6",
        ),
        (
            "        - { name: X, valueFrom: { configMapKeyRef: { name: c, key: T } } }\n",
            "X",
            "$(A) @ a.yaml:10 < b.yaml:7",
        ),
        (
            "        - { name: X, valueFrom: { configMapKeyRef: { name: c, key: Z, optional: true } } }\n",
            "X",
            "absent",
        ),
        (
            "        - { name: X, valueFrom: { configMapKeyRef: { name: c, key: Z } } }\n",
            "X",
            "?the ConfigMap `c` has no key `Z` @ a.yaml:10",
        ),
        (
            "        - { name: X, valueFrom: { configMapKeyRef: { name: d, key: Z } } }\n",
            "X",
            "?the ConfigMap `d` is not in the repository @ a.yaml:10",
        ),
        (
            "        - { name: X, value: a, valueFrom: { secretKeyRef: { name: c, key: Z } } }\n",
            "X",
            "?`X` has both a value and a source of its value @ a.yaml:10",
        ),
    ] {
        let (found, skipped) = with(&format!("        env:\n{env}"), config);
        assert_eq!(variable(&found[0], name), expected, "{env}");
        assert!(skipped.is_empty());
    }
}

#[test]
fn sources_are_read_as_the_kubelet_does() {
    let others = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { A: c, ON: true }\n---\n\
                  apiVersion: v1\nkind: ConfigMap\nmetadata: { name: d }\ndata: { A: d }\n---\n\
                  apiVersion: v1\nkind: Secret\nmetadata: { name: s }\ndata: { A: canary }\nstringData: { B: canary }\n---\n\
                  apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: e }\nspec: { data: [{ secretKey: A }] }\n";
    for (from, name, expected) in [
        ("[{ configMapRef: { name: c } }, { configMapRef: { name: d } }]", "A", "d @ b.yaml:9"),
        ("[{ configMapRef: { name: d } }, { configMapRef: { name: c } }]", "A", "c @ b.yaml:4"),
        ("[{ prefix: P_, configMapRef: { name: d } }]", "P_A", "d @ b.yaml:9"),
        (
            "[{ configMapRef: { name: d } }, { secretRef: { name: s } }]",
            "A",
            "?its value is kept in the secret `s` @ b.yaml:14",
        ),
        ("[{ secretRef: { name: s } }]", "B", "?its value is kept in the secret `s` @ b.yaml:15"),
        ("[{ secretRef: { name: e } }]", "A", "?its value is kept in the secret `e` @ b.yaml:20"),
        ("[{ prefix: \"{{ p }}\", configMapRef: { name: d } }]", "A", "absent"),
    ] {
        let (found, _) = with(&format!("        envFrom: {from}\n"), others);
        assert_eq!(variable(&found[0], name), expected, "{from}");
        assert!(!format!("{:?}", found[0].layers[0].variables).contains("Known(\"canary"), "{from}");
    }
    let (found, _) =
        with("        envFrom: [{ configMapRef: { name: c } }, { configMapRef: { name: no } }]\n", others);
    assert_eq!(
        problems(&found[0]),
        [
            "the value of `ON` must be in quotes: Kubernetes takes only texts @ b.yaml:4",
            "nothing defines the ConfigMap `no` @ a.yaml:9"
        ]
    );
    for optional in ["{ configMapRef: { name: no, optional: true } }", "{ secretRef: { name: no } }"] {
        let (found, _) = with(&format!("        envFrom: [{optional}]\n"), others);
        assert!(problems(&found[0]).is_empty() && found[0].layers[0].more.is_some(), "{optional}");
    }
}

#[test]
fn a_mounted_env_file_is_the_weakest_layer() {
    let mount = "        env: [{ name: A, value: env }]\n        volumeMounts: [{ name: v, mountPath: /app/.env, subPath: .env }]\n";
    let config = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata:\n  .env: |\n    A=file\n    # no\n    SESSION_DRIVER=\"file\"\n    B=${A}\n";
    let volumes = |volume: &str| format!("{mount}      volumes: [{volume}]\n");
    let (found, _) = with(&volumes("{ name: v, configMap: { name: c } }"), config);
    assert_eq!(variable(&found[0], "A"), "env @ a.yaml:9");
    assert_eq!(variable(&found[0], "SESSION_DRIVER"), "file @ b.yaml:8");
    assert_eq!(variable(&found[0], "B"), "?it names other variables @ b.yaml:9");
    assert!(found[0].mounts.is_empty());
    let (found, _) = with(&volumes("{ name: v, secret: { secretName: s } }"), config);
    let last = found[0].layers.last().and_then(|layer| layer.more.as_ref());
    assert_eq!(last.map(|reason| reason.text()), Some("its value is kept in the secret `s`"));
    let other = "        volumeMounts: [{ name: v, mountPath: /etc/secrets }]\n      volumes: [{ name: v, secret: { secretName: s } }]\n";
    assert!(with(other, config).0[0].layers.is_empty());
}

#[test]
fn services_set_no_variables_for_a_pod_that_does_not_want_them() {
    let service =
        "apiVersion: v1\nkind: Service\nmetadata: { name: my-redis }\nspec: { selector: { a: b } }\n";
    assert!(variable(&with("", service).0[0], "MY_REDIS_PORT").starts_with('?'));
    assert!(with("      enableServiceLinks: false\n", service).0[0].layers.is_empty());
    let headless = service.replace("spec: {", "spec: { clusterIP: None,");
    assert!(with("", &headless).0[0].layers.is_empty());
}

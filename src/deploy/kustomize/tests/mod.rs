//! Kustomizations and what they deploy.

mod broken;
mod patched;

use crate::deploy::kubernetes::tests::{at, problems, replicas, service, variable};
use crate::deploy::{Deployment, Files};

fn read(files: &[(&str, &str)]) -> (Vec<Deployment>, Vec<String>) {
    let files = Files::from_texts(files);
    let found = super::read(&files);
    assert!(crate::deploy::kubernetes::read(&files).is_empty(), "they are no plain manifests");
    (
        found,
        files.skipped().into_iter().map(|skipped| format!("{}: {}", skipped.path, skipped.reason)).collect(),
    )
}

const APP: &str = "apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 1
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers:
        - name: app
          image: acme/shop:dev
          envFrom:
            - configMapRef: { name: shop-config }
            - secretRef: { name: shop-secret }
          env:
            - name: CACHE_STORE
              value: file
            - name: SESSION_DRIVER
              value: file
          volumeMounts:
            - { name: storage, mountPath: /app/storage }
      volumes:
        - name: storage
          persistentVolumeClaim: { claimName: storage }
";
const CLAIM: &str = "apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: storage }
spec: { accessModes: [ReadWriteOnce] }
";
const BASE: &str = "resources:
  - app.yaml
  - claim.yaml
configMapGenerator:
  - name: shop-config
    literals:
      - QUEUE_CONNECTION=sync
      - LOG_CHANNEL='stack'
secretGenerator:
  - name: shop-secret
    envs: [secret.env]
    literals: [APP_KEY=canary]
";

fn with(overlay: &str, others: &[(&str, &str)]) -> (Vec<Deployment>, Vec<String>) {
    let mut files = vec![
        ("k8s/base/app.yaml", APP),
        ("k8s/base/claim.yaml", CLAIM),
        ("k8s/base/kustomization.yaml", BASE),
        ("k8s/overlays/production/kustomization.yaml", overlay),
    ];
    files.extend(others);
    read(&files)
}

#[test]
fn an_overlay_is_an_environment_and_its_base_is_none() {
    let (found, skipped) = with(
        "resources: [../../base]\nnamespace: shop\nnamePrefix: live-\n",
        &[("k8s/overlays/dev/kustomization.yaml", "resources: [../../base]\n")],
    );
    assert!(skipped.is_empty(), "{skipped:?}");
    assert_eq!(found.len(), 1);
    let shop = &found[0];
    assert_eq!(
        (shop.source, &*shop.environment, &*shop.service),
        ("kustomize", "production", "deployment/live-shop")
    );
    assert_eq!(problems(shop), Vec::<String>::new());
    assert_eq!(variable(shop, "QUEUE_CONNECTION"), "sync @ k8s/base/kustomization.yaml:7");
    assert_eq!(variable(shop, "LOG_CHANNEL"), "stack @ k8s/base/kustomization.yaml:8");
    assert_eq!(
        variable(shop, "APP_KEY"),
        "?its value is kept in the secret `live-shop-secret` @ k8s/base/kustomization.yaml:12"
    );
    assert!(!format!("{shop:?}").replace(shop.place.source.text(), "").contains("Known(\"canary"));
    assert_eq!(replicas(shop), "1..1 @ k8s/base/app.yaml:6");
    let files: Vec<&str> = shop.files.iter().map(|file| &**file).collect();
    assert_eq!(
        files,
        [
            "k8s/overlays/production/kustomization.yaml",
            "k8s/base/app.yaml",
            "k8s/base/claim.yaml",
            "k8s/base/kustomization.yaml"
        ]
    );
}

#[test]
fn generators_are_merged_and_read_files() {
    let overlay = "resources: [../../base]
configMapGenerator:
  - name: shop-config
    behavior: merge
    envs: [prod.env]
    literals: [LOG_CHANNEL=stderr]
  - name: extra
    files: [.env=.env.production, php.ini]
";
    let env = "\u{feff}# no\n  QUEUE_CONNECTION=redis\r\nQUOTED=\"a\"\nBARE\n";
    let (found, _) = with(
        overlay,
        &[
            ("k8s/overlays/production/prod.env", env),
            ("k8s/overlays/production/.env.production", "A=b\n"),
            ("k8s/overlays/production/php.ini", "x=1\n"),
        ],
    );
    let shop = &found[0];
    for (name, expected) in [
        ("QUEUE_CONNECTION", "redis @ k8s/overlays/production/prod.env:2 < k8s/base/kustomization.yaml:7"),
        ("QUOTED", "\"a\" @ k8s/overlays/production/prod.env:3"),
        ("BARE", " @ k8s/overlays/production/prod.env:4"),
        (
            "LOG_CHANNEL",
            "stderr @ k8s/overlays/production/kustomization.yaml:6 < k8s/base/kustomization.yaml:8",
        ),
    ] {
        assert_eq!(variable(shop, name), expected);
    }
    // An env file that a generator takes whole is that file of the repository.
    let patch = "patches:
  - patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: shop }
      spec:
        template:
          spec:
            containers:
              - name: app
                volumeMounts: [{ name: env, mountPath: /app/.env, subPath: .env }]
            volumes: [{ name: env, configMap: { name: extra } }]
";
    let overlay = format!("{overlay}{patch}");
    let (found, _) = with(&overlay, &[("k8s/overlays/production/.env.production", "A=b\n")]);
    let (path, place) = found[0].env_file.as_ref().expect("an env file");
    assert_eq!(
        (&**path, at(place)),
        (
            "k8s/overlays/production/.env.production",
            "k8s/overlays/production/kustomization.yaml:20".to_owned()
        )
    );
    assert_eq!(found[0].mounts.len(), 1);
    let missing = |name: &str| {
        format!(
            "the file `k8s/overlays/production/{name}` is not in the repository @ k8s/overlays/production/kustomization.yaml"
        )
    };
    assert_eq!(
        problems(&found[0]),
        [format!("{}:5", missing("prod.env")), format!("{}:8", missing("php.ini"))]
    );
}

#[test]
fn components_change_what_uses_them() {
    let component = "apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
replicas:
  - { name: shop, count: 4 }
images:
  - { name: acme/shop, newName: registry.example.com/shop, newTag: v2 }
";
    let (found, _) = with(
        "resources: [../../base]\ncomponents: [../../components/ha]\n",
        &[("k8s/components/ha/kustomization.yaml", component)],
    );
    assert_eq!(found.len(), 1);
    assert_eq!(replicas(&found[0]), "4..4 @ k8s/components/ha/kustomization.yaml:4");
    assert_eq!(found[0].runs.image.as_deref(), Some("registry.example.com/shop"));
}

#[test]
fn what_is_named_by_its_folder() {
    for (folder, expected) in [
        ("k8s/prd", Some("production")),
        ("deploy/overlays/eu-west", Some("eu-west")),
        ("deploy/staging/shop", Some("staging")),
        ("deploy", Some("kustomize")),
        ("", Some("kustomize")),
        ("overlays/testing", None),
    ] {
        assert_eq!(super::name(folder).as_deref(), expected, "{folder}");
    }
}

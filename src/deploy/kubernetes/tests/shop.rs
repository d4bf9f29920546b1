//! A shop with a web server, a worker, a scheduler and a migration, as such manifests are written.

use super::super::names::Named;
use super::*;
use crate::deploy::Role;
use crate::facts::Confidence;

const APP: &str = r#"apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  namespace: shop
spec:
  replicas: 3
  selector:
    matchLabels: { app: shop }
  template:
    metadata:
      labels: { app: shop, tier: web }
    spec:
      initContainers:
        - name: wait
          image: busybox
          command: ["sh", "-c", "until nc -z mysql 3306; do sleep 1; done"]
        - name: migrate
          image: registry.example.com:5000/acme/shop:1.4
          command: ["sh", "-c", "php artisan migrate --force && php artisan config:cache"]
      containers:
        - name: php
          image: registry.example.com:5000/acme/shop:1.4
          envFrom:
            - configMapRef: { name: shop-base }
            - configMapRef: { name: shop-config }
            - secretRef: { name: shop-secret }
          env:
            - name: CACHE_STORE
              value: "redis"
            - name: LOG_CHANNEL
              valueFrom:
                configMapKeyRef: { name: shop-base, key: LOG }
            - name: DB_PASSWORD
              valueFrom:
                secretKeyRef: { name: shop-secret, key: password }
            - name: POD_IP
              valueFrom: { fieldRef: { fieldPath: status.podIP } }
            - name: APP_URL
              value: https://$(APP_HOST)/$(NOPE)$$(X)
          readinessProbe:
            httpGet: { path: /up, port: 8080 }
          volumeMounts:
            - name: storage
              mountPath: /var/www/html/storage
            - name: tmp
              mountPath: /tmp
        - name: nginx
          image: nginx:1.27
          ports: [{ containerPort: 80 }]
      volumes:
        - name: storage
          persistentVolumeClaim: { claimName: shop-storage }
        - name: tmp
          emptyDir: {}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop-worker, namespace: shop }
spec:
  template:
    metadata: { labels: { app: shop-worker } }
    spec:
      containers:
        - name: worker
          image: acme/shop
          command: [php, artisan]
          args: ["queue:work", "--tries=3"]
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: shop-scheduler, namespace: shop }
spec:
  schedule: "* * * * *"
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: schedule
              image: acme/shop
              command: [php, artisan, "schedule:run"]
---
apiVersion: batch/v1
kind: Job
metadata: { name: migrate, namespace: shop }
spec:
  template:
    spec:
      containers:
        - { name: migrate, image: acme/shop, command: [php, artisan, migrate] }
"#;

const REST: &str = r#"apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: shop-base, namespace: shop }
    data:
      LOG: stderr
      SESSION_DRIVER: file
      QUEUE_CONNECTION: sync
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: shop-config, namespace: shop }
    data:
      SESSION_DRIVER: redis
      APP_HOST: shop.example.com
      nginx.conf: "server {}"
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: shop-config, namespace: other }
    data: { SESSION_DRIVER: array }
  - apiVersion: v1
    kind: Service
    metadata: { name: shop, namespace: shop }
    spec:
      selector: { app: shop }
      ports: [{ port: 80 }]
  - apiVersion: v1
    kind: Service
    metadata: { name: redis, namespace: shop }
    spec:
      selector: { app: redis }
  - apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: shop
      namespace: shop
      annotations:
        nginx.ingress.kubernetes.io/affinity: cookie
    spec:
      rules:
        - http:
            paths:
              - path: /
                backend: { service: { name: shop, port: { number: 80 } } }
  - apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: { name: shop-storage, namespace: shop }
    spec:
      accessModes: [ReadWriteMany]
  - apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: { name: worker, namespace: shop }
    spec:
      scaleTargetRef: { kind: Deployment, name: shop-worker }
      minReplicas: 2
      maxReplicas: 8
"#;

#[test]
fn a_whole_shop_is_read() {
    let (found, skipped) = read(&[("k8s/app.yaml", APP), ("k8s/rest/rest.yaml", REST)]);
    assert!(skipped.is_empty(), "{skipped:?}");
    let names: Vec<&str> = found.iter().map(|one| &*one.service).collect();
    assert_eq!(names, ["deployment/shop", "deployment/shop-worker", "cronjob/shop-scheduler", "job/migrate"]);
    assert!(found.iter().all(|one| &*one.environment == "kubernetes" && one.confidence == Confidence::High));
    assert!(found.iter().all(|one| one.problems.is_empty()), "{:?}", problems(&found[0]));
    let roles: Vec<Role> = found.iter().map(|one| one.runs.role).collect();
    assert_eq!(roles, [Role::Web, Role::Worker, Role::Scheduler, Role::Job]);
    let counts: Vec<String> = found.iter().map(replicas).collect();
    assert_eq!(
        counts,
        [
            "3..3 @ k8s/app.yaml:7",
            "2..8 @ k8s/rest/rest.yaml:57",
            "1..1 @ k8s/app.yaml:71",
            "1..1 @ k8s/app.yaml:85"
        ]
    );
}

#[test]
fn the_web_has_its_variables_and_what_is_around_it() {
    let (found, _) = read(&[("k8s/app.yaml", APP), ("k8s/rest/rest.yaml", REST)]);
    let web = service(&found, "deployment/shop");
    for (name, expected) in [
        ("SESSION_DRIVER", "redis @ k8s/rest/rest.yaml:15"),
        ("QUEUE_CONNECTION", "sync @ k8s/rest/rest.yaml:10"),
        ("CACHE_STORE", "redis @ k8s/app.yaml:30"),
        ("LOG_CHANNEL", "stderr @ k8s/app.yaml:31 < k8s/rest/rest.yaml:8"),
        ("DB_PASSWORD", "?its value is kept in the secret `shop-secret` @ k8s/app.yaml:34"),
        ("POD_IP", "?the cluster fills it in @ k8s/app.yaml:37"),
        ("APP_URL", "?the secret `shop-secret` is not in the repository @ k8s/app.yaml:40"),
        ("REDIS_PORT", "?Kubernetes sets it to the address of the service `redis` @ k8s/rest/rest.yaml:30"),
        ("nginx.conf", "absent"),
    ] {
        assert_eq!(variable(web, name), expected, "{name}");
    }
    let more: Vec<Option<&str>> =
        web.layers.iter().map(|layer| layer.more.as_ref().map(|reason| reason.text())).collect();
    assert_eq!(more, [None, Some("the secret `shop-secret` is not in the repository"), None, None, None]);
    assert_eq!(
        mounts(web),
        [
            "/var/www/html/storage volume claim `shop-storage`: shared @ k8s/app.yaml:44",
            "/tmp emptyDir volume `tmp`: one replica @ k8s/app.yaml:46"
        ]
    );
    assert_eq!(
        commands(web),
        [
            "Start: php artisan migrate --force @ k8s/app.yaml:20",
            "Start: php artisan config:cache @ k8s/app.yaml:20"
        ]
    );
    let sticky = web.sticky.as_ref().map(|sticky| (sticky.on, &*sticky.by, at(&sticky.place)));
    assert_eq!(sticky, Some((true, "a cookie of the load balancer", "k8s/rest/rest.yaml:39".to_owned())));
    assert_eq!(web.balanced.as_ref().map(at).as_deref(), Some("k8s/rest/rest.yaml:45"));
    assert_eq!(web.health.as_ref().map(at).as_deref(), Some("k8s/app.yaml:41"));
    assert_eq!(web.runs.image.as_deref(), Some("registry.example.com:5000/acme/shop"));
    let files: Vec<&str> = web.files.iter().map(|file| &**file).collect();
    assert_eq!(files, ["k8s/app.yaml", "k8s/rest/rest.yaml"]);
}

#[test]
fn environments_are_told_apart() {
    let app = |name: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{ name: {name} }}\nspec:\n  template:\n    spec:\n      \
             containers:\n        - name: app\n          image: acme/shop\n          envFrom: [{{ configMapRef: {{ name: c }} }}]\n"
        )
    };
    let config = |value: &str| {
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: c }}\ndata:\n  CACHE_STORE: {value}\n")
    };
    let (shop, prod, stage, dev) = (app("shop"), config("redis"), config("database"), config("array"));
    let (found, _) = read(&[
        ("k8s/app.yaml", &shop),
        ("k8s/prod/config.yaml", &prod),
        ("k8s/staging/config.yaml", &stage),
        ("k8s/dev/config.yaml", &dev),
        ("examples/k8s/all.yaml", &shop),
    ]);
    let shown: Vec<String> = found
        .iter()
        .map(|one| {
            format!(
                "{} {:?}: {} {:?}",
                one.environment,
                one.confidence,
                variable(one, "CACHE_STORE"),
                problems(one)
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "kubernetes Low: absent [\"nothing defines the ConfigMap `c` @ examples/k8s/all.yaml:10\"]",
            "production High: redis @ k8s/prod/config.yaml:5 []",
            "staging High: database @ k8s/staging/config.yaml:5 []",
        ]
    );
    // Only a developer's environment defines it: no mistake, and not known.
    let (found, _) = read(&[("k8s/app.yaml", &shop), ("k8s/config.dev.yaml", &dev)]);
    assert_eq!((found.len(), problems(&found[0])), (1, vec![]));
    assert!(found[0].layers[0].more.is_some());
    // Two of the same name in one namespace: neither is taken.
    let (found, _) = read(&[("k8s/a/app.yaml", &shop), ("k8s/b/c.yaml", &prod), ("k8s/c/c.yaml", &stage)]);
    assert_eq!(variable(&found[0], "CACHE_STORE"), "absent");
    assert_eq!(problems(&found[0]), ["the ConfigMap `c` is defined 2 times @ k8s/a/app.yaml:10"]);
    assert_eq!(super::super::names::phrase("prod"), Named::Deployed("production".into()));
}

#[test]
fn namespaces_name_environments() {
    let text = ["production", "staging", "dev"]
        .map(|namespace| {
            format!(
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{ name: shop, namespace: {namespace} }}\nspec:\n  \
                 template: {{ spec: {{ containers: [{{ name: app, image: acme/shop, envFrom: [{{ configMapRef: {{ name: c }} }}] }}] }} }}\n\
                 ---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: c, namespace: {namespace} }}\ndata: {{ APP_ENV: {namespace} }}\n"
            )
        })
        .join("---\n");
    let (found, _) = read(&[("all.yaml", &text)]);
    let shown: Vec<String> =
        found.iter().map(|one| format!("{}: {}", one.environment, variable(one, "APP_ENV"))).collect();
    assert_eq!(shown, ["production: production @ all.yaml:10", "staging: staging @ all.yaml:21"]);
}

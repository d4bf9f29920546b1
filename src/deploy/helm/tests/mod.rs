//! Charts and what they deploy.

mod broken;
mod filled;

use crate::deploy::kubernetes::tests::{at, mounts, problems, replicas, service, variable};
use crate::deploy::{Deployment, Files, Role};
use crate::facts::Confidence;

fn read(files: &[(&str, &str)]) -> (Vec<Deployment>, Vec<String>) {
    let files = Files::from_texts(files);
    let found = super::read(&files);
    assert!(crate::deploy::kubernetes::read(&files).is_empty(), "they are no plain manifests");
    (
        found,
        files.skipped().into_iter().map(|skipped| format!("{}: {}", skipped.path, skipped.reason)).collect(),
    )
}

const CHART: &str = "apiVersion: v2\nname: shop\nversion: 0.1.0\nappVersion: \"1.4\"\n";

const DEPLOYMENT: &str = r#"apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.fullname" . }}
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "shop.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      {{- with .Values.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      labels:
        {{- include "shop.labels" . | nindent 8 }}
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          ports:
            - name: http
              containerPort: {{ .Values.service.port }}
          env:
            - name: APP_ENV
              value: {{ .Values.app.env | quote }}
            - name: LOG_CHANNEL
              value: {{ .Values.app.log | default "stderr" | quote }}
            - name: APP_URL
              value: "https://{{ .Values.host }}/shop"
            {{- if .Values.app.debug }}
            - name: APP_DEBUG
              value: "true"
            {{- end }}
            {{- range $key, $value := .Values.env }}
            - name: {{ $key }}
              value: {{ $value | quote }}
            {{- end }}
          envFrom:
            - configMapRef:
                name: {{ include "shop.fullname" . }}-config
            - secretRef:
                name: {{ include "shop.fullname" . }}
          livenessProbe:
            httpGet: { path: /up, port: http }
          volumeMounts:
            - { name: storage, mountPath: /app/storage }
      volumes:
        - name: storage
          {{- if .Values.persistence.enabled }}
          persistentVolumeClaim:
            claimName: {{ include "shop.fullname" . }}
          {{- else }}
          emptyDir: {}
          {{- end }}
"#;

const REST: &str = r#"{{- if .Values.autoscaling.enabled }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "shop.fullname" . }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "shop.fullname" . }}
  minReplicas: {{ .Values.autoscaling.minReplicas }}
  maxReplicas: {{ .Values.autoscaling.maxReplicas }}
{{- end }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "shop.fullname" . }}-config
data:
  SESSION_DRIVER: {{ .Values.session }}
  {{- range $k, $v := .Values.config }}
  {{ $k }}: {{ $v | quote }}
  {{- end }}
  SECRET_LOOKING: {{ include "shop.thing" . }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "shop.fullname" . }}
spec:
  type: ClusterIP
  selector:
    {{- include "shop.selectorLabels" . | nindent 4 }}
---
{{- if .Values.ingress.enabled -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ include "shop.fullname" . }}
  {{- with .Values.ingress.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  rules:
    - http:
        paths:
          - backend:
              service:
                name: {{ include "shop.fullname" . }}
{{- end }}
"#;

const VALUES: &str = r#"replicaCount: 1
image:
  repository: registry.example.com/shop
  tag: ""
host: shop.example.com
app:
  env: local
  debug: false
env:
  CACHE_STORE: file
  QUEUE_CONNECTION: sync
config:
  FILESYSTEM_DISK: local
session: file
service: { port: 8080 }
ingress:
  enabled: true
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
persistence: { enabled: false }
autoscaling:
  enabled: false
  minReplicas: 2
  maxReplicas: 6
"#;

const PRODUCTION: &str =
    "replicaCount: 3\napp:\n  env: production\nenv:\n  CACHE_STORE: redis\nsession: redis\n";

fn chart(others: &[(&str, &str)]) -> (Vec<Deployment>, Vec<String>) {
    let mut files = vec![
        ("chart/Chart.yaml", CHART),
        ("chart/values.yaml", VALUES),
        ("chart/templates/deployment.yaml", DEPLOYMENT),
        ("chart/templates/rest.yaml", REST),
    ];
    files.extend(others);
    read(&files)
}

#[test]
fn a_chart_is_read_with_its_own_values() {
    let (found, skipped) = chart(&[]);
    assert!(skipped.is_empty(), "{skipped:?}");
    assert_eq!(found.len(), 1);
    let shop = &found[0];
    assert_eq!((shop.source, &*shop.environment, shop.confidence), ("helm", "helm", Confidence::Medium));
    assert_eq!((&*shop.service, shop.runs.role), ("deployment/shop", Role::Web));
    assert_eq!(shop.runs.image.as_deref(), Some("registry.example.com/shop"));
    assert_eq!(replicas(shop), "1..1 @ chart/templates/deployment.yaml:9");
    for (name, expected) in [
        ("APP_ENV", "local @ chart/templates/deployment.yaml:31 < chart/values.yaml:7"),
        ("LOG_CHANNEL", "stderr @ chart/templates/deployment.yaml:33 < chart/templates/deployment.yaml:33"),
        (
            "APP_URL",
            "https://shop.example.com/shop @ chart/templates/deployment.yaml:35 < chart/values.yaml:5",
        ),
        ("APP_DEBUG", "absent"),
        ("CACHE_STORE", "file @ chart/templates/deployment.yaml:42 < chart/values.yaml:10"),
        ("SESSION_DRIVER", "file @ chart/templates/rest.yaml:20 < chart/values.yaml:14"),
        ("FILESYSTEM_DISK", "local @ chart/templates/rest.yaml:22 < chart/values.yaml:13"),
        ("SECRET_LOOKING", "?a template fills it in @ chart/templates/rest.yaml:24"),
    ] {
        assert_eq!(variable(shop, name), expected, "{name}");
    }
    assert!(shop.layers[0].more.is_none() && shop.layers.iter().any(|layer| layer.more.is_some()));
    assert_eq!(problems(shop), Vec::<String>::new());
    assert_eq!(
        mounts(shop),
        ["/app/storage emptyDir volume `storage`: one replica @ chart/templates/deployment.yaml:52"]
    );
    let sticky = shop.sticky.as_ref().map(|sticky| (sticky.on, at(&sticky.place)));
    assert_eq!(sticky, Some((true, "chart/values.yaml:19".to_owned())));
    assert_eq!(shop.balanced.as_ref().map(at).as_deref(), Some("chart/templates/rest.yaml:50"));
    assert!(shop.health.is_some());
    let files: Vec<&str> = shop.files.iter().map(|file| &**file).collect();
    assert_eq!(files, ["chart/templates/deployment.yaml", "chart/templates/rest.yaml", "chart/values.yaml"]);
}

#[test]
fn each_values_file_is_an_environment() {
    let (found, _) = chart(&[
        ("chart/values-prod.yaml", PRODUCTION),
        ("chart/values-dev.yaml", "replicaCount: 1\n"),
        ("chart/values.staging.yml", "autoscaling: { enabled: true }\n"),
        ("chart/values-secrets.yaml", "x: canary\n"),
        ("chart/ci/test-values.yaml", "x: y\n"),
    ]);
    let names: Vec<(&str, Confidence)> =
        found.iter().map(|one| (&*one.environment, one.confidence)).collect();
    assert_eq!(names, [("production", Confidence::High), ("staging", Confidence::High)]);
    let production = &found[0];
    assert_eq!(replicas(production), "3..3 @ chart/templates/deployment.yaml:9");
    assert_eq!(
        variable(production, "CACHE_STORE"),
        "redis @ chart/templates/deployment.yaml:42 < chart/values.yaml:10 < chart/values-prod.yaml:5"
    );
    assert_eq!(
        variable(production, "QUEUE_CONNECTION"),
        "sync @ chart/templates/deployment.yaml:42 < chart/values.yaml:11"
    );
    assert_eq!(replicas(&found[1]), "2..6 @ chart/templates/rest.yaml:12");
}

#[test]
fn values_files_are_found_where_they_are_put() {
    for (path, expected) in [
        ("chart/values-prod.yaml", "production"),
        ("chart/values_production-eu.yaml", "production-eu"),
        ("chart/prod.values.yaml", "production"),
        ("chart/values/live.yaml", "production"),
        ("chart/environments/staging/values.yaml", "staging"),
        ("values-prod.yaml", "production"),
        ("chart/values-customer.yaml", "customer"),
        ("chart/values-example.yaml", "helm"),
        ("chart/other/prod.yaml", "helm"),
        ("else/values-prod.yaml", "helm"),
    ] {
        let (found, _) = chart(&[(path, "replicaCount: 2\n")]);
        assert_eq!(found.iter().map(|one| &*one.environment).collect::<Vec<_>>(), [expected], "{path}");
    }
}

#[test]
fn charts_in_a_chart_see_its_values() {
    let template = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  replicas: {{ .Values.count }}\n  template: { spec: { containers: [{ name: a, image: acme/shop, env: [{ name: A, value: {{ .Values.global.a }} }] }] } }\n";
    let files = [
        ("c/Chart.yaml", "name: all\ndependencies: [{ name: web, condition: web.enabled }]\n"),
        ("c/values.yaml", "web: { count: 4 }\nglobal: { a: b }\n"),
        ("c/charts/web/Chart.yaml", "name: web\n"),
        ("c/charts/web/values.yaml", "count: 1\n"),
        ("c/charts/web/templates/web.yaml", template),
    ];
    let (found, _) = read(&files);
    assert_eq!(replicas(service(&found, "deployment/web")), "4..4 @ c/charts/web/templates/web.yaml:5");
    assert_eq!(variable(&found[0], "A"), "b @ c/charts/web/templates/web.yaml:6 < c/values.yaml:2");
    let mut files = files;
    files[1].1 = "web: { enabled: false }\n";
    assert!(read(&files).0.is_empty());
}

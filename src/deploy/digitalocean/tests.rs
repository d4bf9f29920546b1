use super::read;
use crate::deploy::Files;
use crate::deploy::reading::{shown, skips};

fn of(path: &str, text: &str) -> String {
    shown(&read(&Files::from_texts(&[(path, text)])))
}

#[test]
fn components_are_read() {
    let text = "\
name: shop
region: fra
envs:
  - key: APP_ENV
    value: production
    scope: RUN_TIME
  - key: NPM_TOKEN
    value: x
    scope: BUILD_TIME
services:
  - name: web
    source_dir: /apps/shop
    dockerfile_path: apps/shop/Dockerfile
    http_port: 8080
    instance_count: 2
    build_command: npm run build
    run_command: heroku-php-apache2 public/
    health_check:
      http_path: /up
    envs:
      - key: SESSION_DRIVER
        value: file
      - key: APP_KEY
        type: SECRET
        value: EV[1:abc:def]
      - key: DB_HOST
        value: ${db.HOSTNAME}
workers:
  - name: queue
    image: { registry_type: DOCKER_HUB, repository: shop, tag: '1' }
    autoscaling: { min_instance_count: 1, max_instance_count: 4, metrics: {} }
    run_command: php artisan queue:work
jobs:
  - name: migrate
    kind: PRE_DEPLOY
    run_command: php artisan migrate --force
  - name: clock
    kind: SCHEDULED
    run_command: php artisan schedule:run
static_sites:
  - name: docs
";
    let app = "  layer .do/app.yaml envs of the app\n    APP_ENV=production @5\n";
    let expected = format!(
        "digitalocean/digitalocean/web Web high @11 folder=apps/shop dockerfile=apps/shop/Dockerfile [.do/app.yaml]
  layer .do/app.yaml envs of the component
    SESSION_DRIVER=file @22
    APP_KEY: it is a secret of the app @25
    DB_HOST: another component or variable of the app gives its value @27
{app}  replicas 2..2 @15
  balanced @14
  health @19
  build npm|run|build @16
  start heroku-php-apache2|public/ @17
digitalocean/digitalocean/queue Worker high @29 image=shop [.do/app.yaml]
{app}  replicas 1..4 @31
  start php|artisan|queue:work @32
digitalocean/digitalocean/migrate Job high @34 folder= [.do/app.yaml]
{app}  release php|artisan|migrate|--force @36
digitalocean/digitalocean/clock Scheduler high @37 folder= [.do/app.yaml]
{app}  clock php|artisan|schedule:run @39
"
    );
    assert_eq!(of(".do/app.yaml", text), expected);
}

#[test]
fn environments_are_told_by_names() {
    let text = "services: [{ name: web }]\n";
    for (path, text, expected) in [
        (".do/app.staging.yaml", text, "digitalocean/staging/web Web high"),
        (
            ".do/app.yml",
            "name: shop-prod\nservices: [{ name: web }]\n",
            "digitalocean/production/web Web high",
        ),
        (
            "api/.do/deploy.template.yaml",
            "spec: { services: [{ name: web }] }\n",
            "digitalocean/digitalocean/web Web medium @1 folder=api",
        ),
        (".do/app.dev.yaml", text, ""),
        ("app.yaml", text, ""),
    ] {
        assert!(of(path, text).starts_with(expected), "{path} {}", of(path, text));
        assert_eq!(of(path, text).is_empty(), expected.is_empty(), "{path}");
    }
}

#[test]
fn what_is_broken_or_odd_does_no_harm() {
    let files = Files::from_texts(&[(".do/app.yaml", "services: {")]);
    assert!(read(&files).is_empty());
    assert!(skips(&files)[0].starts_with(".do/app.yaml: not YAML: line 1: "), "{:?}", skips(&files));
    for text in ["", "services: 1", "services: [1, {name: []}]", "spec: 1"] {
        assert_eq!(of(".do/app.yaml", text), "", "{text}");
    }
    let odd = "services: [{name: a, envs: [1, {key: A}], instance_count: 99999999999, autoscaling: 3, source_dir: ../../x}]";
    let expected = "digitalocean/digitalocean/a Web high @1 [.do/app.yaml]\n  layer .do/app.yaml envs of the component\n    \
                    A: its value is asked for when the app is made @1\n  balanced @1\n";
    assert_eq!(of(".do/app.yaml", odd), expected);
}

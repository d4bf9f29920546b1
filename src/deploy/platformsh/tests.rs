use super::read;
use crate::deploy::Files;
use crate::deploy::reading::{shown, skips};

fn of(files: &[(&str, &str)]) -> String {
    shown(&read(&Files::from_texts(files)))
}

#[test]
fn an_app_has_workers_and_crons() {
    let app = "\
name: app
type: 'php:8.2'
variables:
  env:
    LOG_CHANNEL: stderr
    SESSION_DRIVER: file
relationships: { database: 'db:mysql' }
mounts:
  'storage': { source: local, source_path: storage }
  '/bootstrap/cache': 'shared:files/cache'
  'public/media': { source: service, service: files, source_path: media }
  'elsewhere': { source: service, service: nowhere }
hooks:
  build: |
    set -e
    composer install --no-dev
  deploy: |
    php artisan migrate --force
web:
  commands:
    start: php-fpm
workers:
  queue:
    variables: { env: { QUEUE: high } }
    mounts: {}
    commands:
      start: |
        php artisan queue:work
crons:
  scheduler:
    spec: '*/5 * * * *'
    cmd: 'php artisan schedule:run'
";
    let services = "db: { type: 'mariadb:10.6' }\nfiles: { type: 'network-storage:2.0', disk: 256 }\n";
    let routes =
        "'https://{default}/':\n  type: upstream\n  upstream: 'app:http'\n  sticky: { enabled: true }\n";
    let script = "export APP_URL=\"$A\" SESSION_DRIVER=redis\nif x; then export B=c; fi\n";
    let exported = "  layer .environment\n    APP_URL: a script works its value out @1\n    SESSION_DRIVER=redis @1\n    \
                    B: a script works its value out @2\n";
    let variables = "  layer .platform.app.yaml variables.env and more\n    LOG_CHANNEL=stderr @5\n    SESSION_DRIVER=file @6\n";
    let mounts = "  mount /app/storage: local mount, OneReplica @9\n  mount /app/bootstrap/cache: local mount, OneReplica @10\n  \
                  mount /app/public/media: network storage files, Shared @11\n  \
                  mount /app/elsewhere: network storage nowhere, Shared @12\n";
    let problem = "  problem the mount needs the service `nowhere`, which the project does not have @12\n";
    let expected = format!(
        "platform.sh/platform.sh/app Web high @1 folder= [.platform.app.yaml .platform/routes.yaml]\n{exported}{variables}  \
         sticky true by the router @4\n  balanced @3\n{mounts}  build set|-e @15\n  build composer|install|--no-dev @16\n  \
         release php|artisan|migrate|--force @18\n  start php-fpm @21\n{problem}\
         platform.sh/platform.sh/app--queue Worker high @23 folder= [.platform.app.yaml]\n{exported}  \
         layer .platform.app.yaml variables.env and more\n    QUEUE=high @24\n  start php|artisan|queue:work @28\n\
         platform.sh/platform.sh/app--crons Scheduler high @30 folder= [.platform.app.yaml]\n{exported}{variables}  \
         replicas 1..1 @30\n{mounts}  clock php|artisan|schedule:run @32\n{problem}"
    );
    assert_eq!(
        of(&[
            (".platform.app.yaml", app),
            (".platform/services.yaml", services),
            (".platform/routes.yaml", routes),
            (".environment", script),
        ]),
        expected
    );
}

#[test]
fn upsun_has_its_apps_in_one_file() {
    let text = "\
applications:
  shop:
    type: 'php:8.4'
    source: { root: /apps/shop }
    variables: { env: { CACHE_STORE: redis, N: 1 } }
    mounts:
      storage: { source: storage }
      logs: { source: instance }
      tmp: { source: tmp }
      odd: { source: other }
      bad: 1
  api: {}
services: {}
routes:
  'https://{default}/': { type: upstream, upstream: 'shop:http' }
";
    let expected = "\
platform.sh/platform.sh/shop Web high @3 folder=apps/shop [.upsun/config.yaml]
  layer .upsun/config.yaml variables.env and more
    CACHE_STORE=redis @5
    N=1 @5
  balanced @15
  mount /app/storage: storage mount, Shared @7
  mount /app/logs: instance mount, OneReplica @8
  mount /app/tmp: temporary mount, OneReplica @9
  mount /app/odd: mount, the kind of the mount is not known @10
  mount /app/bad: mount, the kind of the mount is not known @11
platform.sh/platform.sh/api Web high @12 folder= [.upsun/config.yaml]
  layer .upsun/config.yaml variables.env and more
";
    assert_eq!(of(&[(".upsun/config.yaml", text)]), expected);
}

#[test]
fn what_is_broken_or_odd_does_no_harm() {
    for text in ["name: [", "a: *b", "name: app\n\tx: y"] {
        let files = Files::from_texts(&[(".platform.app.yaml", text)]);
        assert!(read(&files).is_empty(), "{text}");
        assert!(skips(&files)[0].starts_with(".platform.app.yaml: not YAML: line "), "{:?}", skips(&files));
    }
    for (path, text) in [
        (".upsun/config.yaml", "name: x"),
        (".upsun/config.yaml", "applications: 1"),
        (".platform/applications.yaml", "a"),
        ("platform.app.yaml", "name: a"),
    ] {
        assert_eq!(of(&[(path, text)]), "", "{path} {text}");
    }
    let odd = "name: 1\nmounts: [1]\nhooks: x\nworkers: {1: 2, a: 3}\ncrons: {b: 4}\nvariables: []\nroutes: 1\nservices: 2\n";
    let found = of(&[("a/.platform.app.yaml", odd)]);
    assert!(found.starts_with("platform.sh/platform.sh/app Web high @1 folder=a"), "{found}");
    assert_eq!(found.matches("platform.sh/platform.sh/").count(), 3, "{found}");
}

#[test]
fn a_list_of_applications_is_read() {
    let text =
        "applications:\n  - name: a\n    source: { root: '../x' }\n  - name: b\n    source: { root: b }\n";
    let found = of(&[(".platform/applications.yaml", text)]);
    assert!(
        found.contains("/a Web high @2 folder= ") && found.contains("/b Web high @4 folder=b "),
        "{found}"
    );
}

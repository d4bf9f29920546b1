use super::read;
use crate::deploy::Files;
use crate::deploy::reading::{shown, skips};

fn of(text: &str) -> String {
    shown(&read(&Files::from_texts(&[("render.yaml", text)])))
}

#[test]
fn a_blueprint_is_read() {
    let text = "\
services:
  - type: web
    name: shop
    runtime: docker
    rootDir: apps/shop
    dockerfilePath: ./docker/Dockerfile
    healthCheckPath: /up
    numInstances: 3
    buildCommand: composer install --no-dev
    preDeployCommand: php artisan migrate --force
    envVars:
      - key: SESSION_DRIVER
        value: file
      - key: APP_KEY
        generateValue: true
      - key: DB_URL
        fromDatabase:
          name: db
          property: connectionString
      - key: REDIS_HOST
        fromService: { type: keyvalue, name: cache, property: host }
      - key: MAIL_PASSWORD
        sync: false
      - fromGroup: shared
  - type: worker
    name: queue
    env: php
    startCommand: php artisan queue:work
    scaling:
      minInstances: 1
      maxInstances: 5
    envVars:
      - fromGroup: elsewhere
  - type: cron
    name: clock
    runtime: docker
    schedule: '* * * * *'
    dockerCommand: php artisan schedule:run
  - type: keyvalue
    name: cache
  - type: web
    runtime: static
    name: docs
envVarGroups:
  - name: shared
    envVars:
      - key: LOG_CHANNEL
        value: stderr
";
    let expected = "\
render/render/shop Web high @3 folder=apps/shop dockerfile=apps/shop/docker/Dockerfile [render.yaml]
  layer render.yaml envVars and more
    SESSION_DRIVER=file @13
    APP_KEY: Render generates its value once for this service @14
    DB_URL: it is taken from the database `db` @16
    REDIS_HOST: it is taken from the service `cache` @20
    MAIL_PASSWORD: its value is set in Render's dashboard @22
  layer render.yaml envVarGroups shared
    LOG_CHANNEL=stderr @48
      read the group `shared` @24
  replicas 3..3 @8
  balanced @2
  health @7
  build composer|install|--no-dev @9
  release php|artisan|migrate|--force @10
render/render/queue Worker high @26 folder= [render.yaml]
  layer render.yaml envVars and more
  replicas 1..5 @31
  start php|artisan|queue:work @28
render/render/clock Scheduler high @35 folder= [render.yaml]
  layer render.yaml envVars and more
  replicas 1..1 @34
  clock php|artisan|schedule:run @38
";
    assert_eq!(of(text), expected);
}

#[test]
fn a_disk_pins_a_service() {
    let text = "\
services:
  - type: web
    name: shop-prod
    runtime: image
    image: { url: 'ghcr.io/a/shop:1.2' }
    numInstances: 3
    disk:
      name: data
      mountPath: /var/www/html/storage
";
    let expected = "\
render/production/shop-prod Web high @3 image=ghcr.io/a/shop [render.yaml]
  layer render.yaml envVars and more
  replicas 1..1 @9
  balanced @2
  mount /var/www/html/storage: render disk data, OneReplica @9
";
    assert_eq!(of(text), expected);
}

#[test]
fn environments_of_projects_have_their_own_groups() {
    let text = "\
projects:
  - name: p
    envVarGroups: [{ name: g, envVars: [{ key: A, value: project }] }]
    environments:
      - name: Production
        envVarGroups: [{ name: g, envVars: [{ key: A, value: narrow }] }]
        services: [{ type: web, name: a, envVars: [{ fromGroup: g }] }]
      - name: staging
        services: [{ type: web, name: b, envVars: [{ fromGroup: g }, { key: B, value: 1 }, { key: B, value: 2 }] }]
      - name: dev
        services: [{ type: web, name: c }]
";
    let expected = "\
render/production/a Web high @7 folder= [render.yaml]
  layer render.yaml envVars and more
  layer render.yaml envVarGroups g
    A=narrow @6
      read the group `g` @7
  balanced @7
render/staging/b Web high @9 folder= [render.yaml]
  layer render.yaml envVars and more
    B=2 @9
  layer render.yaml envVarGroups g
    A=project @3
      read the group `g` @9
  balanced @9
";
    assert_eq!(of(text), expected);
}

#[test]
fn groups_that_disagree_are_not_guessed() {
    let text = "\
services: [{ type: web, name: a, envVars: [{ fromGroup: g }, { fromGroup: h }] }]
envVarGroups:
  - { name: g, envVars: [{ key: A, value: 1 }, { key: B, value: 1 }] }
  - { name: h, envVars: [{ key: A, value: 2 }, { key: B, value: 1 }] }
";
    let found = of(text);
    assert!(found.contains("    A: two groups set it, and which one wins is not said @4\n"), "{found}");
    assert!(found.contains("    B=1 @4\n"), "{found}");
}

#[test]
fn what_is_broken_or_odd_does_no_harm() {
    for (text, expected) in [
        ("services: [", "render.yaml: not YAML: line 1: "),
        ("services:\n\t- a", "render.yaml: not YAML: line 2: "),
        ("a: &a [*a]", "render.yaml: not YAML: line 1: "),
    ] {
        let files = Files::from_texts(&[("render.yaml", text)]);
        assert!(read(&files).is_empty(), "{text}");
        assert!(skips(&files)[0].starts_with(expected), "{text} {:?}", skips(&files));
    }
    for text in
        ["", "a", "- 1", "services: 1", "services: [1, {}, {type: 1}]", "projects: [{environments: [1]}]"]
    {
        assert_eq!(of(text), "", "{text}");
    }
    let odd = "services: [{type: web, name: [], disk: 1, scaling: 2, numInstances: -1, envVars: [1, {key: []}, {key: A}], rootDir: ../x}]";
    let expected = "render/render/service Web high @1 [render.yaml]\n  layer render.yaml envVars and more\n    \
                    A: its value is set in Render's dashboard @1\n  balanced @1\n";
    assert_eq!(of(odd), expected);
    let many = format!("services:\n{}", "- {type: web, name: a}\n".repeat(5_000));
    assert_eq!(read(&Files::from_texts(&[("render.yaml", &many)])).len(), super::MAX_PARTS);
}

#[test]
fn a_key_given_twice_is_a_problem() {
    let found = of("services:\n  - type: web\n    name: a\n    numInstances: 1\n    numInstances: 2\n");
    assert!(found.contains("replicas 2..2 @5\n"), "{found}");
    assert!(found.contains("the last one is taken @5\n"), "{found}");
}

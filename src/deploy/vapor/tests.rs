use super::read;
use crate::deploy::reading::{shown, skips};
use crate::deploy::{Files, Value};

fn of(files: &[(&str, &str)]) -> String {
    shown(&read(&Files::from_texts(files)))
}

const MANIFEST: &str = "\
id: 3
name: shop
environments:
  production:
    memory: 1024
    concurrency: 50
    database: shop-db
    cache: shop-cache
    storage: shop-files
    runtime: docker
    queues:
      - emails: 10
      - invoices
    build:
      - 'composer install --no-dev'
      - 'php artisan event:cache'
    deploy:
      - 'php artisan migrate --force'
  development:
    memory: 512
";

#[test]
fn an_environment_is_three_deployments() {
    let text = of(&[("vapor.yml", MANIFEST), (".env.production.encrypted", "x")]);
    let web = "\
vapor/production/web Web high @4 folder= dockerfile=production.Dockerfile [vapor.yml]
  layer variables of the Vapor environment production and more
  layer Laravel Vapor
";
    assert!(text.starts_with(web), "{text}");
    let end = "  replicas 1..50 @6
  balanced @4
  build composer|install|--no-dev @15
  build php|artisan|event:cache @16
  release php|artisan|migrate|--force @18
";
    let second = text.find("vapor/production/queue Worker high @4").unwrap();
    assert!(text[..second].ends_with(end), "{text}");
    assert!(text.contains("vapor/production/scheduler Scheduler high @4"), "{text}");
    assert_eq!(text.matches("  replicas 1..1 @4\n").count(), 1);
    assert_eq!(text.matches("  replicas 1..4294967295 @4\n").count(), 1);
    assert!(!text.contains("development"), "{text}");
}

#[test]
fn vapor_injects_variables() {
    for (manifest, expected) in [
        (
            MANIFEST,
            "APP_ENV=production@4 CACHE_DRIVER=redis@8 DB_HOST=?@7 MAIL_MAILER=ses@4 QUEUE_CONNECTION=sqs@12 REDIS_HOST=?@8 \
             SESSION_DRIVER=cookie@4 SQS_QUEUE=emails@12",
        ),
        (
            "environments:\n  stg:\n    queues: false\n    scheduler: false\n",
            "APP_ENV=stg@2 CACHE_DRIVER=dynamodb@2 MAIL_MAILER=log@2 QUEUE_CONNECTION=?@3 SESSION_DRIVER=cookie@2",
        ),
        (
            "environments:\n  production:\n",
            "APP_ENV=production@2 CACHE_DRIVER=dynamodb@2 MAIL_MAILER=ses@2 QUEUE_CONNECTION=sqs@2 SESSION_DRIVER=cookie@2",
        ),
    ] {
        let found = read(&Files::from_texts(&[("vapor.yml", manifest)]));
        let mut shown: Vec<String> = found[0].layers[1]
            .variables
            .iter()
            .map(|given| {
                let value = match &given.value {
                    Value::Known(value) => value,
                    _ => "?",
                };
                format!("{}={value}@{}", given.name, given.place.start().line)
            })
            .filter(|shown| {
                ["APP_ENV", "CACHE_", "DB_HOST", "MAIL_MAILER", "QUEUE", "REDIS_HOST", "SESSION", "SQS"]
                    .iter()
                    .any(|name| shown.starts_with(name))
            })
            .collect();
        shown.sort();
        assert_eq!(shown.join(" "), expected);
    }
}

#[test]
fn the_users_own_variables_come_first() {
    let text =
        of(&[("api/vapor.yml", "environments:\n  prod:\n    variables:\n      SESSION_DRIVER: redis\n")]);
    let expected = "\
vapor/production/web Web high @2 folder=api [api/vapor.yml]
  layer variables of the Vapor environment prod and more
    SESSION_DRIVER=redis @4
  layer Laravel Vapor
";
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn what_is_broken_or_odd_does_no_harm() {
    for text in ["", "environments: 1", "environments: [a]", "environments:\n  dev: {}", "a: b"] {
        assert_eq!(of(&[("vapor.yml", text)]), "", "{text}");
    }
    let files = Files::from_texts(&[("vapor.yml", "environments:\n\tproduction:\n")]);
    assert!(read(&files).is_empty());
    assert!(skips(&files)[0].starts_with("vapor.yml: not YAML: line 2: "), "{:?}", skips(&files));
    let odd = of(&[(
        "vapor.yml",
        "environments:\n  production: {concurrency: -5, cache: [], queues: [[]], build: 1, deploy: [1, '']}\n",
    )]);
    assert!(odd.contains("replicas 1..4294967295 @2") && odd.contains("CACHE_DRIVER=dynamodb"), "{odd}");
}

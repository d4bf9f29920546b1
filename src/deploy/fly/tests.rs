use super::read;
use crate::deploy::Files;
use crate::deploy::reading::{shown, skips};

fn check(files: &[(&str, &str)], expected: &str) {
    assert_eq!(shown(&read(&Files::from_texts(files))), expected, "{files:?}");
}

#[test]
fn groups_take_their_sections() {
    let text = r#"app = "shop-production"
primary_region = "ams"

[build]
  dockerfile = "docker/fly.Dockerfile"
  build-target = "runtime"

[deploy]
  release_command = "php /var/www/html/artisan migrate --force"

[env]
  APP_ENV = "production"
  SESSION_DRIVER = "cookie"

[processes]
  app = ""
  cron = "supercronic /app/crontab"
  worker = "sh -c 'php artisan queue:work'"

[[mounts]]
  source = "storage_vol"
  destination = "/var/www/html/storage"
  processes = ["app", "worker"]

[http_service]
  internal_port = 8080
  auto_stop_machines = "stop"
  min_machines_running = 2
  processes = ["app"]

  [[http_service.checks]]
    path = "/up"
"#;
    let layer =
        "  layer fly.toml [env] and more\n    APP_ENV=production @12\n    SESSION_DRIVER=cookie @13\n";
    let runs = "folder= dockerfile=docker/fly.Dockerfile stage=runtime [fly.toml]";
    let mount = "  mount /var/www/html/storage: fly volume storage_vol, OneReplica @22\n";
    check(
        &[("fly.toml", text)],
        &format!(
            "fly/production/app Web high @16 {runs}\n{layer}  replicas 2..? @28\n  balanced @26\n  health @32\n{mount}  \
             release php|/var/www/html/artisan|migrate|--force @9\n\
             fly/production/cron Scheduler high @17 {runs}\n{layer}  start supercronic|/app/crontab @17\n\
             fly/production/worker Worker high @18 {runs}\n{layer}{mount}  start php|artisan|queue:work @18\n",
        ),
    );
}

#[test]
fn a_section_without_processes_belongs_to_the_default_group() {
    let text = "app = 'x'\n[processes]\nweb = 'php-fpm'\nqueue = 'run'\n[mounts]\nsource = 'd'\ndestination = '/d'\n";
    let deployments = read(&Files::from_texts(&[("fly.toml", text)]));
    let mounts: Vec<_> = deployments.iter().map(|d| (&*d.service, d.mounts.len())).collect();
    assert_eq!(mounts, [("queue", 1), ("web", 0)]);
}

#[test]
fn numbers_that_do_not_count_are_not_known() {
    for (service, expected) in [
        ("min_machines_running = 2", "?..?"),
        ("min_machines_running = 2\nauto_stop_machines = 'off'", "?..?"),
        ("min_machines_running = 0\nauto_stop_machines = true", "?..?"),
        ("min_machines_running = -1\nauto_stop_machines = true", "?..?"),
        ("min_machines_running = 1\nauto_stop_machines = true", "1..?"),
        ("min_machines_running = 3\nauto_stop_machines = 'suspend'", "3..?"),
    ] {
        let text = format!("app = 'x'\n[[services]]\n{service}\n");
        let replicas = read(&Files::from_texts(&[("fly.toml", &text)]))[0].replicas.clone();
        let bound = |bound: Option<u32>| bound.map_or("?".to_owned(), |bound| bound.to_string());
        assert_eq!(format!("{}..{}", bound(replicas.min), bound(replicas.max)), expected, "{service}");
    }
}

#[test]
fn environments_are_told_by_names() {
    for (path, app, expected) in [
        ("fly.toml", "shop", "fly high"),
        ("fly.toml", "shop-staging", "staging high"),
        ("fly.toml", "shop-dev", "development low"),
        ("fly.prod.toml", "shop-staging", "production high"),
        ("deploy/production/fly.toml", "shop", "production high"),
        ("fly-staging.toml", "", "staging high"),
        ("fly.dev.toml", "shop", ""),
        ("flyer.toml", "shop", ""),
        ("fly.json", "shop", "fly high"),
    ] {
        let text =
            if path.ends_with("json") { format!("{{\"app\": \"{app}\"}}") } else { format!("app = '{app}'") };
        let found = read(&Files::from_texts(&[(path, &text)]));
        let found: Vec<String> =
            found.iter().map(|d| format!("{} {}", d.environment, d.confidence.name())).collect();
        assert_eq!(found.join(" "), expected, "{path} {app}");
    }
}

#[test]
fn what_is_broken_or_odd_does_no_harm() {
    let deep = "a.".repeat(10_000) + "b = 1";
    for (text, reason) in [
        ("app = \n", "fly.toml: not TOML: line 1: "),
        ("[env\nA = 'hunter2'", "fly.toml: not TOML: line 1: "),
        (deep.as_str(), "fly.toml: not TOML: line 1: "),
    ] {
        let files = Files::from_texts(&[("fly.toml", text)]);
        assert!(read(&files).is_empty());
        let skipped = skips(&files);
        assert!(skipped[0].starts_with(reason) && !skipped[0].contains("hunter2"), "{skipped:?}");
    }
    check(
        &[(
            "fly.toml",
            "app = 1\nenv = 2\nmounts = [1, {}]\nservices = 'x'\nprocesses = [1]\n[build]\nimage = 'r:5/a/b:1@sha256:0'\n[checks]\na = 1\n",
        )],
        "fly/fly/app Web high @1 image=r:5/a/b [fly.toml]\n  layer fly.toml [env] and more\n  balanced @4\n  health @9\n",
    );
    check(
        &[("fly.toml", "[env]\nA = 0x10\nB = true\nC = 1.50\nD = []\n")],
        "fly/fly/app Web high @1 folder= [fly.toml]\n  layer fly.toml [env] and more\n    \
         A: a number that is written in a way tools read differently @2\n    B=true @3\n    \
         C: a number that is written in a way tools read differently @4\n    D: a list is given for it @5\n",
    );
    check(
        &[("fly.toml", "")],
        "fly/fly/app Web high @1 folder= [fly.toml]\n  layer fly.toml [env] and more\n",
    );
}

use super::read;
use crate::deploy::Files;
use crate::deploy::reading::{shown, skips};

fn of(files: &[(&str, &str)]) -> String {
    shown(&read(&Files::from_texts(files)))
}

#[test]
fn a_service_is_read_for_each_environment() {
    let railway = r#"[build]
builder = "NIXPACKS"
buildCommand = "npm run build"

[deploy]
startCommand = "php artisan serve --host=0.0.0.0"
preDeployCommand = ["php artisan migrate --force"]
healthcheckPath = "/up"
numReplicas = 3

[environments.staging.deploy]
numReplicas = 1

[environments.pr.deploy]
numReplicas = 9
"#;
    let nixpacks =
        "[variables]\nLOG_CHANNEL = 'stderr'\n[phases.setup]\ncmds = ['echo']\n[start]\ncmd = 'x'\n";
    let rest = |line: &str, replicas: &str| {
        format!(
            "railway/{line} Web high @6 folder=api [api/railway.toml api/nixpacks.toml]\n  layer railway variables and more\n  \
             layer api/nixpacks.toml [variables]\n    LOG_CHANNEL=stderr @2\n  replicas {replicas}\n  health @8\n  \
             build npm|run|build @3\n  release php|artisan|migrate|--force @7\n  \
             start php|artisan|serve|--host=0.0.0.0 @6\n"
        )
    };
    let expected = rest("production/service", "3..3 @9") + &rest("staging/service", "1..1 @12");
    assert_eq!(of(&[("api/railway.toml", railway), ("api/nixpacks.toml", nixpacks)]), expected);
}

#[test]
fn json_regions_and_crons_are_read() {
    let text = r#"{
  "$schema": "https://railway.com/railway.schema.json",
  "build": { "builder": "DOCKERFILE", "dockerfilePath": "/docker/Dockerfile", "buildCommand": null },
  "deploy": {
    "numReplicas": 1,
    "multiRegionConfig": { "us-west2": { "numReplicas": 2 }, "europe-west4": { "numReplicas": 3 } }
  }
}
"#;
    let expected = "\
railway/railway/service Unknown high @4 folder= dockerfile=docker/Dockerfile [railway.json]
  layer railway variables and more
  replicas 5..5 @6
";
    assert_eq!(of(&[("railway.json", text)]), expected);
    let clock =
        "[deploy]\ncronSchedule = '* * * * *'\nstartCommand = 'php artisan schedule:run'\nnumReplicas = 4\n";
    let expected = "\
railway/railway/service Scheduler high @3 folder= [railway.toml]
  layer railway variables and more
  replicas 1..1 @2
  clock php|artisan|schedule:run @3
";
    assert_eq!(of(&[("railway.toml", clock)]), expected);
}

#[test]
fn nixpacks_alone_says_what_the_image_has() {
    let text = "[variables]\nA = '1'\n[phases.build]\ncmds = ['php artisan optimize', 'npm ci && npm run build']\n[start]\ncmd = 'php artisan queue:work'\n";
    let expected = "\
nixpacks/nixpacks/web Worker medium @1 folder= [nixpacks.toml]
  layer nixpacks.toml [variables] and more
    A=1 @2
  build php|artisan|optimize @4
  build npm|ci @4
  build npm|run|build @4
  start php|artisan|queue:work @6
";
    assert_eq!(of(&[("nixpacks.toml", text)]), expected);
}

#[test]
fn what_is_broken_or_odd_does_no_harm() {
    let files = Files::from_texts(&[("railway.toml", "[deploy\n"), ("nixpacks.toml", "a = \n")]);
    assert!(read(&files).is_empty());
    assert_eq!(skips(&files).len(), 2, "{:?}", skips(&files));
    let odd = "build = 1\nenvironments = 2\n[deploy]\nnumReplicas = -1\nmultiRegionConfig = { a = { numReplicas = 4294967295 }, b = { numReplicas = 1 } }\nstartCommand = [1]\n";
    let expected = "railway/railway/service Unknown high @6 folder= [railway.toml]\n  layer railway variables and more\n";
    assert_eq!(of(&[("railway.toml", odd)]), expected);
}

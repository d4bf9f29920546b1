//! Every reader here, on manifests that are cut off, twisted or made to be slow.

use crate::deploy::{
    Deployment, Files, appengine, bref, deployer, digitalocean, fly, heroku, platformsh, railway, render,
    scripts, vapor,
};

type Reader = fn(&Files<'_>) -> Vec<Deployment>;

const READERS: &[(Reader, &str, &str)] = &[
    (
        fly::read,
        "fly.toml",
        "app = 'é'\n[env]\nA = \"b\"\n[[mounts]]\ndestination = '/d'\nprocesses = ['app']\n",
    ),
    (
        render::read,
        "render.yaml",
        "services:\n- type: web\n  name: é\n  envVars:\n  - key: A\n    value: \"b\\n\"\n  - fromGroup: g\n",
    ),
    (heroku::read, "Procfile", "web: php -S é \"$A\" 'b'\nrelease: sh -c 'a && b'\n"),
    (
        heroku::read,
        "app.json",
        "{\"env\": {\"A\": {\"value\": \"é\"}}, \"formation\": {\"web\": {\"quantity\": 1}}}",
    ),
    (
        vapor::read,
        "vapor.yml",
        "environments:\n  production:\n    cache: é\n    queues: [a: 1]\n    build:\n      - 'a b'\n",
    ),
    (
        bref::read,
        "serverless.yml",
        "plugins: [bref]\nprovider:\n  environment:\n    A: é${self:custom.a, 'x'}\ncustom: {a: '${sls:stage}'}\nfunctions: {w: {}}\n",
    ),
    (
        platformsh::read,
        ".platform.app.yaml",
        "name: é\nmounts: {'/x': 'shared:files/x'}\nhooks:\n  build: |\n    é a\n    b\ncrons: {a: {cmd: b}}\n",
    ),
    (railway::read, "railway.json", "{\"deploy\": {\"numReplicas\": 2, \"startCommand\": \"é a\"}}"),
    (
        digitalocean::read,
        ".do/app.yaml",
        "services:\n- name: é\n  envs: [{key: A, value: '${b}'}]\n  run_command: a b\n",
    ),
    (appengine::read, "app.yaml", "runtime: php82\nenv_variables: {A: é}\nmanual_scaling: {instances: 2}\n"),
    (
        deployer::read,
        "deploy.php",
        "<?php namespace Deployer; host('é[1:2]')->stage('a'); task('b', function () { run('é a'); });",
    ),
    (scripts::read, "Envoy.blade.php", "@servers(['é' => ['a', 'b']])\n@task('x')\n é b\n@endtask\n"),
    (scripts::read, "deploy.sh", "cd é\ngit pull && php artisan é\n"),
];

/// Whatever a reader says must have a place in the file.
fn read(reader: Reader, path: &str, text: &str) {
    let files = Files::from_texts(&[(path, text)]);
    let shown = super::shown(&reader(&files));
    assert!(shown.len() < 100_000_000);
}

#[test]
fn each_sample_says_something() {
    for (reader, path, text) in READERS {
        assert!(!reader(&Files::from_texts(&[(path, text)])).is_empty(), "{path}");
    }
}

#[test]
fn manifests_that_are_cut_off_or_twisted_do_no_harm() {
    for (reader, path, text) in READERS {
        for (at, _) in text.char_indices() {
            let (before, behind) = text.split_at(at);
            let rest = behind.get(behind.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
            read(*reader, path, before);
            for odd in
                ["", "\t", "\0", "é", "[", "{", "}", "\"", "'", "&a *a", "${", "-", "99999999999999999999"]
            {
                read(*reader, path, &format!("{before}{odd}{rest}"));
            }
        }
    }
}

#[test]
fn manifests_that_are_made_to_be_slow_are_read() {
    let bomb = (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, at| {
        let before = at - 1;
        text + &format!("a{at}: &a{at} [*a{before}, *a{before}]\n")
    });
    let texts = [
        bomb,
        "[".repeat(200_000),
        "{".repeat(200_000),
        format!("services:\n{}", "- {type: web, name: a}\n".repeat(1_000)),
        format!("functions:\n{}", "  a: &a {runtime: php-82}\n".repeat(1_000)),
    ];
    for (reader, path, _) in READERS {
        for text in &texts {
            read(*reader, path, text);
        }
    }
    let large = format!("a: '{}'\n", "x".repeat(5_000_000));
    read(render::read, "render.yaml", &large);
    read(fly::read, "fly.toml", &large);
    read(scripts::read, "deploy.sh", &format!("git pull\nphp artisan up\n{large}"));
    read(deployer::read, "deploy.php", &format!("<?php // Deployer host(\n{large}"));
}

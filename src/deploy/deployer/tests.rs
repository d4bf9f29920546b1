use super::hosts::count;
use super::read;
use crate::deploy::Files;
use crate::deploy::reading::{shown, skips};

fn of(files: &[(&str, &str)]) -> String {
    shown(&read(&Files::from_texts(files)))
}

#[test]
fn a_recipe_is_read() {
    let recipe = "<?php
namespace Deployer;

require 'recipe/laravel.php';

set('deploy_path', '/var/www/shop');
add('shared_dirs', ['public/uploads']);

host('10.0.0.1', '10.0.0.2')
    ->stage('production')
    ->roles('app');
host('10.0.0.3')->stage('production')->roles(['db']);
host('staging.example.org')
    ->set('labels', ['stage' => 'staging'])
    ->set('deploy_path', '/srv/shop/');
host('dev.example.org');
localhost();

task('env', function () {
    upload('.env.{{stage}}', '{{release_path}}/.env');
    run('cd {{release_path}} && {{bin/php}} artisan config:cache');
});
after('deploy:symlink', 'artisan:queue:restart');
task('deploy', ['deploy:prepare', 'artisan:migrate', 'deploy:publish'])->once();
";
    let commands = "  release* cd|{{release_path}} @21\n  release* php|artisan|config:cache @21\n  \
                    release php|artisan|queue:restart @23\n  release php|artisan|migrate @24\n";
    let mounts = |root: &str| {
        format!(
            "  mount {root}/current/storage: directory that the releases on a host share, OneServer @4\n  \
             mount {root}/current/public/uploads: directory that the releases on a host share, OneServer @7\n"
        )
    };
    let expected = format!(
        "deployer/production/app Web high @9 folder= [deploy.php]\n  layer the hosts of deploy.php and more\n  \
         replicas 2..2 @9\n{}{commands}\
         deployer/staging/app Web high @13 folder= [deploy.php]\n  layer the hosts of deploy.php and more\n  \
         replicas 1..1 @13\n{}{commands}",
        mounts("/var/www/shop"),
        mounts("/srv/shop"),
    );
    let files = [("deploy.php", recipe), (".env.production", "A=1"), ("composer.json", "{}")];
    assert_eq!(of(&files), expected);
    let found = read(&Files::from_texts(&files));
    let env_files: Vec<_> =
        found.iter().map(|d| d.env_file.as_ref().map(|(path, _)| path.to_string())).collect();
    assert_eq!(env_files, [Some(".env.production".to_owned()), None]);
}

#[test]
fn hosts_are_counted_as_far_as_they_are_written() {
    let recipe = |hosts: &str| {
        let text = format!("<?php\nnamespace Deployer;\n{hosts}\n// host(");
        let found = read(&Files::from_texts(&[
            ("deploy.php", &text),
            ("hosts.yml", "a.example:\n  stage: production\nb.example:\n  stage: production\n.base: {}\n"),
            ("seven.yml", "hosts:\n  prod-1: { labels: { stage: production } }\n  me: { local: true }\n"),
        ]));
        let bound = |bound: Option<u32>| bound.map_or("?".to_owned(), |bound| bound.to_string());
        let line = |d: &crate::deploy::Deployment| {
            format!("{} {}..{}", d.environment, bound(d.replicas.min), bound(d.replicas.max))
        };
        found.iter().map(line).collect::<Vec<_>>().join(", ")
    };
    for (hosts, expected) in [
        ("host('a');", "deployer 1..1"),
        ("host('a'); host('b');", "deployer 2..2"),
        ("host('prod');", "production 1..1"),
        ("host('www[01:10].example.org')->stage('prod');", "production 10..10"),
        ("host($name, 'a');", "deployer 1..?"),
        ("foreach ($all as $one) { host('x')->set('hostname', $one); }", "deployer 1..?"),
        ("inventory('hosts.yml');", "production 2..2"),
        ("import('seven.yml'); host('a')->setLabels(['stage' => 'production']);", "production 2..2"),
        ("import('missing.yml'); host('a');", "deployer 1..?"),
        ("host('a')->stage('dev');", ""),
        ("", ""),
    ] {
        assert_eq!(recipe(hosts), expected, "{hosts}");
    }
}

#[test]
fn a_recipe_may_be_yaml() {
    let text = "\
import:
  - recipe/laravel.php
config:
  deploy_path: '~/shop'
hosts:
  web-1:
    labels: { stage: production, role: web }
  web-2:
    labels: { stage: production, role: web }
  jobs:
    labels: { stage: production, role: worker }
";
    let expected = "\
deployer/production/app Web high @6 folder=api [api/deploy.yaml]
  layer the hosts of api/deploy.yaml and more
  replicas 2..2 @6
  mount ~/shop/current/storage: directory that the releases on a host share, OneServer @2
";
    assert_eq!(of(&[("api/deploy.yaml", text)]), expected);
}

#[test]
fn what_is_broken_or_odd_does_no_harm() {
    let files = Files::from_texts(&[("deploy.php", "<?php namespace Deployer; host('hunter2'")]);
    assert!(read(&files).is_empty());
    assert!(skips(&files)[0].starts_with("deploy.php: not PHP: line 1: "), "{:?}", skips(&files));
    assert!(!skips(&files)[0].contains("hunter2"));
    for (path, text) in [
        ("deploy.php", "<?php echo 'Deployer';"),
        ("deploy.php", "<?php host('a');"),
        ("deploy.yaml", "name: x"),
        ("deploy.yaml", "hosts: 1"),
        ("deploy.yaml", "hosts: {a: 1, .b: {}}"),
    ] {
        assert_eq!(of(&[(path, text)]), "", "{path} {text}");
    }
    for (name, expected) in [
        ("a", Some(1)),
        ("a[1:3]b", Some(3)),
        ("a[a:c]", Some(3)),
        ("a[3:1]", None),
        ("a[1:2][1:2]", None),
        ("a[", None),
        ("a[é:ü]", None),
        ("a[0:4294967295]", None),
        ("{{x}}", None),
    ] {
        assert_eq!(count(name), expected, "{name}");
    }
}

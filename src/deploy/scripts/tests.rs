use super::read;
use crate::deploy::Files;
use crate::deploy::reading::shown;

fn of(files: &[(&str, &str)]) -> String {
    shown(&read(&Files::from_texts(files)))
}

#[test]
fn envoy_names_its_servers() {
    let text = "\
@servers(['local' => '127.0.0.1', 'web' => ['a@10.0.0.1', 'a@10.0.0.2'], 'worker' => 'a@10.0.0.3', 'staging' => 's'])

@story('deploy')
    migrate
@endstory

@task('migrate', ['on' => 'web'])
    cd {{ $release }}
    php artisan migrate --force
@endtask
";
    let commands = "  release* cd|{{|?|}} @8\n  release* php|artisan|migrate|--force @9\n";
    let expected = format!(
        "envoy/envoy/app Web medium @1 folder= [Envoy.blade.php]\n  layer the servers of Envoy.blade.php and more\n  \
         replicas 2..? @1\n{commands}\
         envoy/staging/app Web medium @1 folder= [Envoy.blade.php]\n  layer the servers of Envoy.blade.php and more\n{commands}"
    );
    assert_eq!(of(&[("Envoy.blade.php", text)]), expected);
}

#[test]
fn a_script_that_pulls_the_code_deploys() {
    let text = "#!/bin/sh\ncd /home/forge/shop\ngit pull origin main\nif [ -f artisan ]; then\n  php artisan migrate --force\nfi\n";
    let expected = "\
deploy script/production/app Web low @3 folder= [deploy-prod.sh]
  layer the servers of deploy-prod.sh and more
  release cd|/home/forge/shop @2
  release git|pull|origin|main @3
  release [|-f|artisan|] @4
  release* php|artisan|migrate|--force @5
";
    assert_eq!(of(&[("deploy-prod.sh", text)]), expected);
    assert!(of(&[(".forge-deploy", text)]).starts_with("deploy script/deploy script/app Web low @3"));
}

#[test]
fn what_is_something_else_or_odd_does_no_harm() {
    for (path, text) in [
        ("deploy.sh", "kubectl apply -f artisan.yaml"),
        ("deploy.sh", "# git pull artisan"),
        ("deploy-dev.sh", "git pull; php artisan migrate"),
        ("deployment.sh", "git pull; php artisan migrate"),
        ("Envoy.blade.php", "@servers([)"),
        ("Envoy.blade.php", "@servers("),
        ("Envoy.blade.php", "@servers(['web' => $servers])"),
        ("Envoy.blade.php", "@servers(['dev' => 'a'])"),
        ("Envoy.blade.php", "@task('x')"),
        ("Envoy.blade.php", "é@servers(é)"),
    ] {
        assert_eq!(of(&[(path, text)]), "", "{path} {text}");
    }
    let unclosed = "@servers(['web' => 'a'])\n@task('x')\n php artisan up\n@task('y')\n";
    assert!(!of(&[("Envoy.blade.php", unclosed)]).contains("release"));
}

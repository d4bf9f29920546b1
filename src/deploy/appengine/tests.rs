use super::read;
use crate::deploy::Files;
use crate::deploy::reading::{shown, skips};

fn of(path: &str, text: &str) -> String {
    shown(&read(&Files::from_texts(&[(path, text)])))
}

#[test]
fn a_service_is_read() {
    let text = "\
runtime: php82
service: api
entrypoint: serve public/index.php
env_variables:
  APP_STORAGE: /tmp
  SESSION_DRIVER: cookie
  PORT: 8080
automatic_scaling:
  min_instances: 1
  max_instances: 4
";
    let expected = "\
app engine/production/api Web high @2 folder= [app.production.yaml]
  layer app.production.yaml env_variables
    APP_STORAGE=/tmp @5
    SESSION_DRIVER=cookie @6
    PORT=8080 @7
  replicas 1..4 @10
  balanced @1
  start serve|public/index.php @3
";
    assert_eq!(of("app.production.yaml", text), expected);
    let text = "\
runtime: custom
env: flex
network:
  session_affinity: true
readiness_check:
  path: /up
";
    let expected = "\
app engine/app engine/default Web high @1 folder= [app.yaml]
  layer app.yaml env_variables
  replicas ?..20 @1
  sticky true by a cookie of the load balancer @4
  balanced @1
  health @6
";
    assert_eq!(of("app.yaml", text), expected);
}

#[test]
fn scaling_says_how_many_there_may_be() {
    for (scaling, expected) in [
        ("", "  replicas ?..4294967295 @1\n"),
        ("manual_scaling: { instances: 3 }", "  replicas 3..3 @2\n"),
        ("manual_scaling: { instances: x }", ""),
        ("basic_scaling: { max_instances: 5 }", "  replicas ?..5 @2\n"),
        ("automatic_scaling: { max_instances: 1, min_instances: 0 }", "  replicas ?..1 @2\n"),
        ("automatic_scaling: { max_instances: -1 }", "  replicas ?..4294967295 @1\n"),
    ] {
        let found = of("app.yaml", &format!("runtime: php83\n{scaling}\n"));
        let line: String =
            found.split_inclusive('\n').filter(|line| line.starts_with("  replicas")).collect();
        assert_eq!(line, expected, "{scaling}");
    }
}

#[test]
fn other_files_and_broken_ones_do_no_harm() {
    for (path, text) in [
        ("app.yaml", "runtime: nodejs20"),
        ("app.yaml", "runtime: custom"),
        ("app.yaml", "name: x"),
        ("app.yaml", "- runtime: php82"),
        ("application.yaml", "runtime: php82"),
        ("app.dev.yaml", "runtime: php82"),
        (".do/app.yaml", "runtime: php82"),
    ] {
        assert_eq!(of(path, text), "", "{path} {text}");
    }
    let files = Files::from_texts(&[("app.yaml", "runtime: [")]);
    assert!(read(&files).is_empty());
    assert!(skips(&files)[0].starts_with("app.yaml: not YAML: line 1: "), "{:?}", skips(&files));
}

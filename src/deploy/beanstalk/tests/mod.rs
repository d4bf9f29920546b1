mod scripts;

use super::*;
use crate::deploy::Command;

fn only(files: &[(&str, &str)]) -> Deployment {
    let mut found = read(&Files::from_texts(files));
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

fn line(place: &Place) -> String {
    format!("{}:{}", place.path(), place.start().line)
}

fn variables(deployment: &Deployment) -> Vec<String> {
    let of = |layer: &Layer| {
        let given = |given: &Given| {
            let value = match &given.value {
                Value::Known(text) => format!("={text}"),
                Value::Unknown(reason) => format!(" ({})", reason.text()),
                Value::Unset => " unset".to_owned(),
            };
            format!("{} {}{value}", line(&given.place), given.name)
        };
        layer.variables.iter().map(given).collect::<Vec<_>>()
    };
    deployment.layers.iter().flat_map(of).collect()
}

fn run(commands: &[Command]) -> Vec<String> {
    let word = |word: &Option<Arc<str>>| word.as_deref().unwrap_or("?").to_owned();
    let of = |command: &Command| {
        let words: Vec<String> = command.words.iter().map(word).collect();
        let guard = command.guard.as_deref().map_or_else(String::new, |guard| format!(" <{guard}>"));
        format!("{} {:?} {}{guard}", line(&command.place), command.when, words.join(" "))
    };
    commands.iter().map(of).collect()
}

fn sizes(deployment: &Deployment) -> (Option<u32>, Option<u32>, Option<String>) {
    let replicas = &deployment.replicas;
    (replicas.min, replicas.max, replicas.place.as_ref().map(line))
}

const LIST: &str = r#"option_settings:
  - option_name: APP_ENV
    value: production
  - namespace: aws:elasticbeanstalk:application:environment
    option_name: SESSION_DRIVER
    value: file
  - namespace: aws:autoscaling:asg
    option_name: MinSize
    value: 2
  - namespace: aws:autoscaling:asg
    option_name: MaxSize
    value: "6"
  - namespace: aws:elasticbeanstalk:environment:process:default
    option_name: StickinessEnabled
    value: 'true'
  - namespace: aws:elasticbeanstalk:environment
    option_name: LoadBalancerType
    value: application
  - namespace: aws:elasticbeanstalk:environment:process:default
    option_name: HealthCheckPath
    value: /up
  - option_name: QUEUE_CONNECTION
"#;

#[test]
fn a_list_of_options_is_read() {
    let deployment = only(&[(".ebextensions/01-laravel.config", LIST)]);
    let file = ".ebextensions/01-laravel.config";
    assert_eq!(
        variables(&deployment),
        [
            format!("{file}:3 APP_ENV=production"),
            format!("{file}:6 SESSION_DRIVER=file"),
            format!("{file}:22 QUEUE_CONNECTION (no value is given here)"),
        ]
    );
    assert_eq!(sizes(&deployment), (Some(2), Some(6), Some(format!("{file}:12"))));
    let sticky = deployment.sticky.unwrap();
    assert_eq!(
        (sticky.on, &*sticky.by, line(&sticky.place)),
        (true, "a cookie of the load balancer", format!("{file}:15"))
    );
    assert_eq!(line(&deployment.balanced.unwrap()), format!("{file}:18"));
    assert_eq!(line(&deployment.health.unwrap()), format!("{file}:21"));
    assert_eq!((&*deployment.environment, deployment.runs.role), (SOURCE, Role::Web));
    assert_eq!(deployment.problems.len(), 1);
    assert_eq!(deployment.confidence, Confidence::High);
}

#[test]
fn later_files_win_and_json_is_read() {
    let deployment = only(&[
        (
            "api/.ebextensions/10-json.config",
            "{\"option_settings\": {\"aws:elasticbeanstalk:application:environment\": {\n\"A\": \"1\",\n\"B\": \"`{\\\"Ref\\\": \\\"X\\\"}`\"}}}",
        ),
        (
            "api/.ebextensions/20.config",
            "option_settings:\n  aws:elasticbeanstalk:application:environment:\n    A: 2\n    C: yes\n    D: \"yes\"\n  aws:elb:policies:\n    Stickiness Policy: true\n",
        ),
        ("api/.ebextensions/not.yml", "option_settings:\n  - option_name: Z\n    value: 1\n"),
        ("api/.ebextensions/deeper/z.config", "option_settings:\n  - option_name: Z\n    value: 1\n"),
    ]);
    assert_eq!(
        variables(&deployment),
        [
            "api/.ebextensions/20.config:3 A=2",
            "api/.ebextensions/20.config:4 C (without quotes this word is a boolean in YAML 1.1)",
            "api/.ebextensions/20.config:5 D=yes",
            "api/.ebextensions/10-json.config:2 A=1",
            "api/.ebextensions/10-json.config:3 B (a reference to a resource of the environment fills it in)",
        ]
    );
    assert_eq!(deployment.runs.folder.as_deref(), Some("api"));
    assert!(deployment.sticky.unwrap().on);
    assert_eq!((deployment.replicas.min, deployment.replicas.max), (Some(1), Some(4)));
}

#[test]
fn sizes_follow_what_is_said() {
    let options = |text: &str| {
        let file = format!("option_settings:\n{text}");
        sizes(&only(&[(".ebextensions/a.config", &file)]))
    };
    let at = |line: u32| Some(format!(".ebextensions/a.config:{line}"));
    for (text, expected) in [
        (
            "  aws:elasticbeanstalk:environment:\n    EnvironmentType: SingleInstance\n  aws:autoscaling:asg:\n    MinSize: 3\n",
            (Some(1), Some(1), at(3)),
        ),
        (
            "  aws:elasticbeanstalk:environment:\n    EnvironmentType: LoadBalanced\n",
            (Some(1), Some(4), None),
        ),
        (
            "  aws:elasticbeanstalk:environment:\n    EnvironmentType: '`{\"Ref\": \"T\"}`'\n",
            (None, None, None),
        ),
        ("  aws:autoscaling:asg:\n    MinSize: 6\n", (Some(6), Some(6), at(3))),
        ("  aws:autoscaling:asg:\n    MinSize: 1\n    MaxSize: 1\n", (Some(1), Some(1), at(4))),
        ("  aws:autoscaling:asg:\n    MinSize: many\n    MaxSize: 99999999999\n", (None, None, at(4))),
        (
            "  - namespace: aws:autoscaling:scheduledaction\n    resource_name: Peak\n    option_name: MaxSize\n    value: 9\n",
            (Some(1), Some(9), at(5)),
        ),
        ("  - option_name: A\n    value: 1\n", (Some(1), Some(4), None)),
    ] {
        assert_eq!(options(text), expected, "{text}");
    }
}

#[test]
fn nothing_said_is_less_sure() {
    let deployment =
        only(&[(".ebextensions/a.config", "option_settings:\n  - option_name: A\n    value: 1\n")]);
    assert!(deployment.balanced.is_none());
    assert_eq!(deployment.confidence, Confidence::Medium);
}

#[test]
fn stickiness_for_another_load_balancer_has_no_effect() {
    let text = "option_settings:\n  aws:elasticbeanstalk:environment:\n    LoadBalancerType: application\n  aws:elb:policies:\n    Stickiness Policy: true\n";
    let deployment = only(&[(".ebextensions/a.config", text)]);
    assert!(deployment.sticky.is_none());
    let problem = &deployment.problems[0];
    assert_eq!(line(&problem.place), ".ebextensions/a.config:5");
    assert!(problem.message.contains("is for a classic load balancer"), "{}", problem.message);
}

#[test]
fn saved_configurations_are_environments() {
    let saved = "AWSConfigurationTemplateVersion: 1.1.0.0\nEnvironmentTier:\n  Name: WebServer\nOptionSettings:\n  aws:elasticbeanstalk:application:environment:\n    SESSION_DRIVER: redis\n  AWSEBAutoScalingGroup.aws:autoscaling:asg:\n    MinSize: '2'\n";
    let files = Files::from_texts(&[
        (".ebextensions/a.config", "option_settings:\n  - option_name: SESSION_DRIVER\n    value: file\n"),
        (".elasticbeanstalk/saved_configs/shop-prod.cfg.yml", saved),
        (".elasticbeanstalk/saved_configs/shop-dev.cfg.yml", saved),
        (".elasticbeanstalk/saved_configs/worker-stage.cfg.yml", &saved.replace("WebServer", "Worker")),
    ]);
    let found = read(&files);
    let shown: Vec<_> =
        found.iter().map(|d| (&*d.environment, &*d.service, d.runs.role, d.replicas.min)).collect();
    assert_eq!(
        shown,
        [("production", "shop-prod", Role::Web, Some(2)), ("staging", "worker-stage", Role::Worker, Some(2))]
    );
    assert_eq!(
        variables(&found[0]),
        [
            ".elasticbeanstalk/saved_configs/shop-prod.cfg.yml:6 SESSION_DRIVER=redis",
            ".ebextensions/a.config:3 SESSION_DRIVER=file"
        ]
    );
    assert!(found[1].balanced.is_none() && found[0].balanced.is_some());
}

#[test]
fn the_name_is_from_the_cli_or_the_manifest() {
    let extension = (".ebextensions/a.config", "option_settings:\n  - option_name: A\n    value: 1\n");
    let cli =
        "branch-defaults:\n  develop:\n    environment: shop-dev\n  main:\n    environment: shop-live\n";
    let deployment = only(&[extension, (".elasticbeanstalk/config.yml", cli)]);
    assert_eq!((&*deployment.environment, &*deployment.service), ("production", "shop-live"));
    let manifest = "AWSConfigurationTemplateVersion: 1.1.0.0\nEnvironmentName: front+\nOptionSettings:\n  aws:elasticbeanstalk:application:environment:\n    B: 2\n";
    let deployment = only(&[extension, ("env.yaml", manifest)]);
    assert_eq!((&*deployment.environment, &*deployment.service), (SOURCE, "front"));
    assert_eq!(variables(&deployment), ["env.yaml:5 B=2", ".ebextensions/a.config:3 A=1"]);
    // A developer's environment is left out; a file of that name of another tool is none.
    let development = manifest.replace("front+", "front-dev");
    assert!(read(&Files::from_texts(&[("env.yaml", &development)])).is_empty());
    assert!(read(&Files::from_texts(&[("env.yaml", "A: 1\n")])).is_empty());
}

#[test]
fn resources_of_the_platform_are_changed() {
    let text = "option_settings:\n  aws:autoscaling:asg:\n    MinSize: 1\n    MaxSize: 1\nResources:\n  AWSEBAutoScalingGroup:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties:\n      MaxSize: '3'\n  AWSEBV2LoadBalancerTargetGroup:\n    Properties:\n      TargetGroupAttributes:\n        - Key: stickiness.enabled\n          Value: 'true'\n        - Key: stickiness.type\n          Value: app_cookie\n";
    let deployment = only(&[(".ebextensions/a.config", text)]);
    assert_eq!(sizes(&deployment), (Some(1), Some(3), Some(".ebextensions/a.config:9".to_owned())));
    let sticky = deployment.sticky.unwrap();
    assert_eq!(
        (&*sticky.by, line(&sticky.place)),
        ("a cookie of the app", ".ebextensions/a.config:14".to_owned())
    );
}

#[test]
fn broken_and_hostile_files_are_survived() {
    let files = [
        (".ebextensions/a.config", "option_settings:\n\t- bad: tab\n"),
        (
            ".ebextensions/b.config",
            "option_settings: [1, {a: b}, ~]\ncontainer_commands: text\nfiles: [1]\ncommands: {a: 1, b: {command: {x: y}}, 1: {}}\nResources: 5\n",
        ),
        (
            ".ebextensions/c.config",
            "option_settings:\n  - option_name: A\n    value: 1\noption_settings:\n  - option_name: B\n    value: é\n",
        ),
        (".ebextensions/d.config", ""),
        (".platform/hooks/prebuild/x.sh", "if [ \u{0}é ] ; then $( ` ${ "),
        (".elasticbeanstalk/config.yml", "branch-defaults: 3\n"),
    ];
    let texts = Files::from_texts(&files);
    let found = read(&texts);
    assert_eq!(found.len(), 1);
    assert_eq!(variables(&found[0]), [".ebextensions/c.config:6 B=é"]);
    assert!(found[0].problems.iter().any(|problem| problem.message.contains("given twice")));
    assert!(
        texts.skipped().iter().any(|skipped| skipped.reason.starts_with("not YAML: line")),
        "{:?}",
        texts.skipped()
    );

    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\noption_settings: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n";
    let long = "# é\n".repeat(300_000);
    let _ = read(&Files::from_texts(&[
        (".ebextensions/a.config", bomb),
        (".platform/hooks/prebuild/y.sh", &long),
    ]));
}

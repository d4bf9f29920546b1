use super::*;
use crate::deploy::{Command, Sharing, When};

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
fn commands_are_read_with_who_runs_them() {
    let text = r#"commands:
  01_install:
    command: yum install -y git
container_commands:
  02_cache:
    command: |
      php artisan config:cache
      php artisan route:cache
  01_migrate:
    command: "php artisan migrate --force"
    leader_only: true
    test: never counted
  03_link:
    command: [php, artisan, "storage:link"]
  04_key:
    command: php artisan key:generate
    test: '[ -z "$APP_KEY" ]'
  05_seed:
    command: if [ "$EB_IS_COMMAND_LEADER" = true ]; then php artisan db:seed; else php artisan about; fi
files:
  "/etc/cron.d/laravel":
    mode: "000644"
    content: |
      SHELL=/bin/bash
      * * * * * webapp php /var/app/current/artisan schedule:run >> /dev/null 2>&1
  "/etc/cron.d/leader":
    content: |
      * * * * * root /usr/local/bin/is_leader && php artisan backup:run
  "/etc/systemd/system/worker.service":
    content: |
      [Service]
      ExecStart=/usr/bin/php /var/app/current/artisan queue:work
"#;
    let deployment = only(&[
        (".ebextensions/a.config", text),
        (".platform/hooks/postdeploy/01.sh", "#!/bin/bash\nphp artisan queue:restart\n"),
        (".platform/hooks/postdeploy/02.py", "#!/usr/bin/python3\nimport os\n"),
        (".platform/confighooks/predeploy/01.sh", "php artisan config:cache\n"),
    ]);
    assert_eq!(
        run(&deployment.commands),
        [
            ".ebextensions/a.config:3 Start yum install -y git",
            ".ebextensions/a.config:10 Release php artisan migrate --force",
            ".ebextensions/a.config:7 Start php artisan config:cache",
            ".ebextensions/a.config:8 Start php artisan route:cache",
            ".ebextensions/a.config:14 Start php artisan storage:link",
            ".ebextensions/a.config:16 Start php artisan key:generate <[ -z \"$APP_KEY\" ]>",
            ".ebextensions/a.config:19 Start [ ? = true ]",
            ".ebextensions/a.config:19 Release php artisan db:seed <if [ \"$EB_IS_COMMAND_LEADER\" = true ]>",
            ".ebextensions/a.config:19 Start php artisan about <unless [ \"$EB_IS_COMMAND_LEADER\" = true ]>",
            ".platform/confighooks/predeploy/01.sh:1 Start php artisan config:cache",
            ".platform/hooks/postdeploy/01.sh:2 Start php artisan queue:restart",
            ".ebextensions/a.config:25 Clock php /var/app/current/artisan schedule:run",
            ".ebextensions/a.config:28 Clock /usr/local/bin/is_leader <a test for the leader>",
            ".ebextensions/a.config:28 Clock php artisan backup:run <a test for the leader>",
            ".ebextensions/a.config:32 Start /usr/bin/php /var/app/current/artisan queue:work",
        ]
    );
}

#[test]
fn crontabs_of_the_repository_are_followed_unless_only_the_leader_has_them() {
    let config = |leader: &str| {
        format!(
            "container_commands:\n  cron:\n    command: cat .ebextensions/cron.txt > /etc/cron.d/app\n    leader_only: {leader}\n"
        )
    };
    let cron = (".ebextensions/cron.txt", "* * * * * root php artisan schedule:run\n");
    let clocks = |leader: &str| {
        let text = config(leader);
        let deployment = only(&[(".ebextensions/a.config", &text), cron]);
        deployment
            .commands
            .iter()
            .filter(|c| c.when == When::Clock)
            .map(|c| line(&c.place))
            .collect::<Vec<_>>()
    };
    assert_eq!(clocks("false"), [".ebextensions/cron.txt:1"]);
    assert!(clocks("true").is_empty());
}

const EFS: &str = r#"option_settings:
  aws:elasticbeanstalk:application:environment:
    FILE_SYSTEM_ID: fs-1
    MOUNT_DIRECTORY: '/efs'
commands:
  01_mount:
    command: "/tmp/mount-efs.sh"
files:
  "/tmp/mount-efs.sh":
    mode: "000755"
    content: |
      #!/bin/bash
      EFS_MOUNT_DIR=$(/opt/elasticbeanstalk/bin/get-config environment -k MOUNT_DIRECTORY)
      mkdir -p ${EFS_MOUNT_DIR}
      mountpoint -q ${EFS_MOUNT_DIR}
      if [ $? -ne 0 ]; then
        mount -t efs -o tls ${EFS_FILE_SYSTEM_ID}:/ ${EFS_MOUNT_DIR}
      fi
container_commands:
  01_link:
    command: rm -rf storage/app && ln -sfn /efs/app storage/app
"#;

#[test]
fn network_file_systems_are_shared() {
    let deployment = only(&[(".ebextensions/efs.config", EFS)]);
    let mounts: Vec<_> =
        deployment.mounts.iter().map(|m| (&*m.path, &*m.what, m.sharing.clone(), line(&m.place))).collect();
    let file = |line: u32| format!(".ebextensions/efs.config:{line}");
    assert_eq!(
        mounts,
        [
            ("/efs", "EFS file system", Sharing::Shared, file(17)),
            ("/var/app/current/storage/app", "a link into a network file system", Sharing::Shared, file(21)),
        ]
    );
    // The script that a command calls is what it runs.
    assert!(run(&deployment.commands).iter().any(|line| line.contains("mkdir -p ?")));
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

#[test]
fn the_env_file_may_be_put_in_place() {
    let of = |command: &str| {
        let text = format!("container_commands:\n  env:\n    command: {command}\n");
        let deployment = only(&[("api/.ebextensions/a.config", &text)]);
        let file = deployment.env_file.map(|(path, place)| format!("{path} {}", line(&place)));
        let more = deployment.layers.iter().find_map(|layer| layer.more.as_ref());
        (file, more.and_then(|more| more.place().map(line)))
    };
    let here = || Some("api/.ebextensions/a.config:3".to_owned());
    let file = |path: &str| Some(format!("{path} api/.ebextensions/a.config:3"));
    for (command, expected) in [
        ("cp .env.production .env", (file("api/.env.production"), None)),
        ("sudo mv /var/app/staging/.env.eb /var/app/staging/.env", (file("api/.env.eb"), None)),
        ("mv /tmp/.env /var/app/staging/.env", (None, here())),
        ("aws s3 cp s3://bucket/.env .env", (None, here())),
        ("echo APP_ENV=production > .env", (None, here())),
        ("/opt/elasticbeanstalk/bin/get-config environment > .env", (None, None)),
        ("cp .env.production .env.backup", (None, None)),
    ] {
        assert_eq!(of(command), expected, "{command}");
    }
}

#[test]
fn crontabs_that_hooks_print_are_read() {
    let hook = "#!/bin/sh\necho hello\necho \"* * * * * root php /var/app/current/artisan schedule:run\" \\\n  | sudo tee /etc/cron.d/app\n";
    let deployment = only(&[(".platform/hooks/postdeploy/cron.sh", hook)]);
    let clocks: Vec<String> =
        run(&deployment.commands).into_iter().filter(|line| line.contains("Clock")).collect();
    assert_eq!(
        clocks,
        [".platform/hooks/postdeploy/cron.sh:3 Clock php /var/app/current/artisan schedule:run"]
    );
}

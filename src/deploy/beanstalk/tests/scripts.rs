use super::*;
use crate::deploy::{Sharing, When};

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

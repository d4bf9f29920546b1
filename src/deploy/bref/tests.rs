use super::read;
use crate::deploy::Files;
use crate::deploy::reading::{shown, skips};

fn of(text: &str) -> String {
    shown(&read(&Files::from_texts(&[("serverless.yml", text)])))
}

#[test]
fn functions_are_read_for_each_stage() {
    let text = "\
service: shop
plugins: [./vendor/bref/bref, serverless-lift]
provider:
  name: aws
  environment:
    APP_ENV: ${sls:stage}
    APP_KEY: ${ssm:/shop/app-key}
    SESSION_DRIVER: ${param:session}
    BUCKET: ${self:custom.prefix}-${sls:stage}-files
    TOKEN: ${env:TOKEN, 'hunter2'}
custom:
  prefix: shop-${self:provider.name}
params:
  default: { session: cookie }
  prod: { session: dynamodb }
  dev: { session: file }
functions:
  web:
    handler: public/index.php
    runtime: php-84-fpm
    reservedConcurrency: 20
    environment:
      LOG_CHANNEL: stderr
    fileSystemConfig: { localMountPath: /mnt/efs, arn: 'arn:x' }
    events:
      - httpApi: '*'
  artisan:
    handler: artisan
    runtime: php-84-console
    events:
      - schedule:
          rate: rate(1 minute)
          input: '\"schedule:run --verbose\"'
constructs:
  jobs:
    type: queue
    worker:
      handler: Bref\\LaravelBridge\\Queue\\QueueHandler
      runtime: php-84
";
    let all = "  layer serverless.yml provider.environment
    APP_ENV=prod @6
    APP_KEY: its value is kept in the parameter store, at `/shop/app-key` @7
    SESSION_DRIVER=dynamodb @8
      set session @15
    BUCKET=shop-aws-prod-files @9
      set provider.name @4
      set custom.prefix @12
    TOKEN: it is taken from the variable `TOKEN` of the machine that deploys @10
  layer Bref
";
    let expected = format!(
        "bref/production/web Web high @18 folder= [serverless.yml]
  layer serverless.yml environment of the function
    LOG_CHANNEL=stderr @23
{all}  replicas 1..20 @21
  balanced @26
  mount /mnt/efs: EFS file system, Shared @24
bref/production/artisan Scheduler high @27 folder= [serverless.yml]
{all}  replicas 1..1 @32
  clock php|artisan|schedule:run|--verbose @33
bref/production/jobs Worker high @35 folder= [serverless.yml]
{all}  replicas 1..4294967295 @35
"
    );
    assert_eq!(of(text), expected);
}

#[test]
fn a_stage_that_the_command_line_gives_is_not_known() {
    let value = |provider: &str, value: &str| {
        let text = format!(
            "plugins: [./vendor/bref/bref]\nprovider:\n  name: aws\n{provider}  environment:\n    A: {value}\ncustom:\n  loop: ${{self:custom.loop}}\n  \
             list: [x, y]\n  stages: {{ production: p }}\nfunctions: {{ web: {{ handler: x }} }}\n"
        );
        let found = read(&Files::from_texts(&[("serverless.yml", &text)]));
        let given = &found[0].layers[0].variables[0];
        match &given.value {
            crate::deploy::Value::Known(value) => format!("{} {value}", found[0].environment),
            crate::deploy::Value::Unknown(reason) => format!("{}: {}", found[0].environment, reason.text()),
            crate::deploy::Value::Unset => "unset".to_owned(),
        }
    };
    for (provider, text, expected) in [
        ("", "${sls:stage}", "bref: the stage is given when it is deployed"),
        ("  stage: dev\n", "${opt:stage}", "bref: the stage is given when it is deployed"),
        ("  stage: ${opt:stage, 'prod'}\n", "${opt:stage}", "production prod"),
        ("  stage: production\n", "${self:custom.stages.${sls:stage}}", "production p"),
        ("  stage: production\n", "${self:provider.stage}", "production production"),
        ("", "${self:custom.stages.${sls:stage}}", "bref: the stage is given when it is deployed"),
        ("", "${self:custom.list.1}", "bref y"),
        ("", "${self:custom.no, 'd'}", "bref d"),
        ("", "${self:custom.no, self:custom.list.0}", "bref x"),
        ("", "${self:custom.no}", "bref: `custom.no` is not in the file"),
        ("", "${self:custom.list}", "bref: `custom.list` is not a text"),
        ("", "${self:custom.loop}", "bref: its variables lead too far"),
        ("", "${param:x}", "bref: the parameter `x` is given when it is deployed"),
        ("", "${file(x.yml):a}", "bref: a variable of the kind `file(x.yml)` gives its value"),
        (
            "",
            "${ssm:/a/${self:custom.list.0}}",
            "bref: its value is kept in the parameter store, at `/a/${self:custom.list.0}`",
        ),
        ("", "${${self:custom.list.0}(x)}", "bref: a variable of another kind gives its value"),
        ("", "'a ${'", "bref: a variable in it is not closed"),
        ("", "'${}'", "bref: a variable in it is empty"),
        ("", "$${x", "bref: a variable in it is not closed"),
        ("", "plain $x", "bref plain $x"),
        ("", "!Ref Bucket", "bref: a parameter or another resource fills it in"),
    ] {
        assert_eq!(value(provider, text), expected, "{provider} {text}");
    }
}

#[test]
fn only_bref_is_read() {
    for (text, count) in [
        ("functions: { a: { runtime: nodejs20.x } }", 0),
        ("functions: { a: { runtime: php-82 } }", 1),
        ("functions: { a: { layers: ['${bref:layer.php-74-fpm}'] } }", 1),
        ("plugins: { modules: [./vendor/bref/bref] }\nfunctions: { a: {} }", 1),
        ("provider: { runtime: php-83-fpm }\nfunctions: { a: {}, b: {} }", 2),
        ("plugins: [./vendor/bref/bref]", 0),
        ("plugins: bref\nfunctions: 1", 0),
    ] {
        assert_eq!(read(&Files::from_texts(&[("serverless.yml", text)])).len(), count, "{text}");
    }
    assert!(
        read(&Files::from_texts(&[("serverless.dev.yml", "functions: {a: {runtime: php-82}}")])).is_empty()
    );
}

#[test]
fn what_is_broken_or_odd_does_no_harm() {
    let files = Files::from_texts(&[("serverless.yml", "functions:\n  a: ]\n")]);
    assert!(read(&files).is_empty());
    assert!(skips(&files)[0].starts_with("serverless.yml: not YAML: line 2: "), "{:?}", skips(&files));
    let odd = "plugins: [./vendor/bref/bref]\nprovider: { environment: '${file(env.yml)}' }\nfunctions:\n  web: { events: [1, {schedule: 2}, {schedule: {input: [1]}}], reservedConcurrency: 0, environment: [1] }\n";
    let expected = "bref/bref/web Unknown high @4 folder= [serverless.yml]\n  layer serverless.yml environment of the function\n  \
                    layer serverless.yml provider.environment and more\n  layer Bref\n  replicas 1..4294967295 @4\n";
    assert_eq!(of(odd), expected);
    let wide = format!(
        "plugins: [./vendor/bref/bref]\nprovider: {{environment: {{A: '{}'}}}}\ncustom: {{a: '{}', b: '{}'}}\nfunctions: {{w: {{}}}}\n",
        "${self:custom.a}".repeat(1000),
        "${self:custom.b}".repeat(1000),
        "x".repeat(1000),
    );
    assert!(of(&wide).contains("A: its variables lead too far"));
}

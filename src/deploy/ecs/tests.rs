use super::*;
use crate::deploy::reading::{shown, skips};

fn all(files: &[(&str, &str)]) -> String {
    shown(&read(&Files::from_texts(files)))
}

const TASK: &str = r#"{
  "family": "shop-prod",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "1.dkr.ecr.eu-west-1.amazonaws.com/shop:12",
      "environment": [
        { "name": "SESSION_DRIVER", "value": "file" },
        { "name": "DB_HOST", "value": "${DB_HOST}" }
      ],
      "secrets": [{ "name": "APP_KEY", "valueFrom": "arn:aws:ssm:x" }],
      "environmentFiles": [{ "type": "s3", "value": "arn:aws:s3:::b/prod.env" }],
      "mountPoints": [
        { "sourceVolume": "storage", "containerPath": "/var/www/storage" },
        { "sourceVolume": "logs", "containerPath": "/logs" },
        { "sourceVolume": "gone", "containerPath": "/gone" }
      ],
      "healthCheck": { "command": ["CMD-SHELL", "curl -f localhost/up"] },
      "entryPoint": ["sh", "-c"],
      "command": ["php artisan migrate --force && php-fpm"]
    },
    { "name": "nginx", "image": "public.ecr.aws/nginx/nginx:1", "portMappings": [{ "containerPort": 80 }] }
  ],
  "volumes": [
    { "name": "storage", "efsVolumeConfiguration": { "fileSystemId": "fs-1" } },
    { "name": "logs", "host": { "sourcePath": "/var/log/shop" } }
  ]
}"#;
const SERVICE: &str = r#"{
  "serviceName": "shop",
  "taskDefinition": "arn:aws:ecs:eu-west-1:1:task-definition/shop-prod:7",
  "desiredCount": 3,
  "loadBalancers": [{ "containerName": "nginx", "containerPort": 80 }]
}"#;

#[test]
fn a_task_and_its_service() {
    let found = all(&[("ecs/task.json", TASK), ("ecs/service.json", SERVICE)]);
    assert_eq!(
        found,
        "ecs/production/app Web high @4 image=1.dkr.ecr.eu-west-1.amazonaws.com/shop [ecs/task.json ecs/service.json]
  layer ecs/task.json
    SESSION_DRIVER=file @8
    DB_HOST: a template fills it in @9
    APP_KEY: its value is kept in a secret store @11
  layer ecs/task.json (environmentFiles) and more
  replicas 3..3 @4
  balanced @5
  health @18
  mount /var/www/storage: EFS file system, Shared @14
  mount /logs: folder of the host, OneServer @15
  start php|artisan|migrate|--force @20
  start php-fpm @20
  problem no volume is named `gone` @16
"
    );
}

#[test]
fn services_belong_to_their_environment() {
    let task = |family: &str| TASK.replace("shop-prod", family);
    let files = [
        (".aws/task-definition-staging.json", task("shop")),
        (".aws/task-definition-prod.json", task("shop")),
        (".aws/task-definition-dev.json", task("shop")),
        (
            ".aws/service-prod.json",
            SERVICE.replace("arn:aws:ecs:eu-west-1:1:task-definition/shop-prod:7", "shop"),
        ),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let found = read(&Files::from_texts(&files));
    let environments: Vec<_> = found.iter().map(|d| (&*d.environment, d.replicas.max)).collect();
    assert_eq!(environments, [("production", Some(3)), ("staging", None)]);
}

const TEMPLATE: &str = r#"AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Count: { Type: Number, Default: 2 }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: shop
      ContainerDefinitions:
        - Name: web
          Image: !Sub "${AWS::AccountId}.dkr.ecr/shop:${Tag}"
          PortMappings: [{ ContainerPort: 8000 }]
          Environment:
            - { Name: CACHE_STORE, Value: redis }
            - Name: REDIS_HOST
              Value: !GetAtt Redis.Address
            - { Name: DEBUG, Value: false }
          MountPoints: [{ SourceVolume: tmp, ContainerPath: /data }]
          Command: [php, artisan, octane:start]
      Volumes:
        - Name: tmp
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      DesiredCount: !Ref Count
      LoadBalancers:
        - TargetGroupArn: !Ref Group
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      HealthCheckPath: /up
      TargetGroupAttributes:
        - { Key: stickiness.enabled, Value: "true" }
        - { Key: stickiness.type, Value: lb_cookie }
"#;
const SCALING: &str = r#"  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ResourceId: !Sub "service/${Cluster}/${Service.Name}"
      MinCapacity: 2
      MaxCapacity: 10
"#;

#[test]
fn a_template_with_a_parameter_and_then_with_a_range() {
    let expected = "ecs/production/web Web high @10 [infra/production.yml]
  layer infra/production.yml
    CACHE_STORE=redis @14
    REDIS_HOST: a parameter or another resource fills it in @16
    DEBUG=false @17
  sticky true by a cookie of the load balancer @34
  balanced @28
  health @32
  mount /data: volume tmp, OneReplica @18
  start php|artisan|octane:start @19
";
    assert_eq!(all(&[("infra/production.yml", TEMPLATE)]), expected);
    let scaled = format!("{TEMPLATE}{SCALING}");
    let found = read(&Files::from_texts(&[("infra/production.yml", &scaled)]));
    let replicas = &found[0].replicas;
    assert_eq!((replicas.min, replicas.max), (Some(2), Some(10)));
    assert_eq!(replicas.place.as_ref().unwrap().start().line, 41);
}

#[test]
fn a_template_in_json() {
    let text = r#"{"Resources": {
      "T": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"ContainerDefinitions": [
        {"Name": "app", "Image": "shop", "Environment": {"Ref": "Variables"}}]}},
      "S": {"Type": "AWS::ECS::Service", "Properties": {"TaskDefinition": {"Ref": "T"}, "SchedulingStrategy": "DAEMON"}}
    }}"#;
    assert_eq!(
        all(&[("stack.template", text)]),
        "ecs/ecs/app Unknown high @3 image=shop [stack.template]\n  layer stack.template and more\n  replicas 1..? @4\n"
    );
}

#[test]
fn copilot_manifests_by_environment() {
    let text = "name: web\ntype: Load Balanced Web Service\nimage:\n  build:\n    dockerfile: docker/Dockerfile\n    context: .\n    target: prod\nhttp:\n  path: '/'\n  healthcheck: '/up'\n  stickiness: true\ncount: 1\nvariables:\n  SESSION_DRIVER: file\n  APP_ENV: ${COPILOT_ENVIRONMENT_NAME}\nsecrets:\n  APP_KEY: /copilot/key\nstorage:\n  volumes:\n    files:\n      path: /var/www/storage\n      efs: true\n    scratch: { path: /tmp/x }\nenvironments:\n  test:\n    count: 1\n  prod:\n    count: { range: 2-6 }\n    variables:\n      SESSION_DRIVER: redis\n";
    assert_eq!(
        all(&[("copilot/web/manifest.yml", text), ("copilot/environments/prod/manifest.yml", "name: prod\ntype: Environment\n")]),
        "copilot/production/web Web high @28 folder= dockerfile=docker/Dockerfile stage=prod [copilot/web/manifest.yml]
  layer copilot/web/manifest.yml
    SESSION_DRIVER=redis @30
  layer copilot/web/manifest.yml
    SESSION_DRIVER=file @14
    APP_ENV: an interpolation fills it in @15
    APP_KEY: its value is kept in a secret store @17
  replicas 2..6 @28
  sticky true by a cookie of the load balancer @11
  balanced @9
  health @10
  mount /var/www/storage: EFS file system, Shared @21
  mount /tmp/x: volume scratch, OneReplica @23
"
    );
}

#[test]
fn other_and_broken_files_are_survived() {
    let files = Files::from_texts(&[
        ("a.json", "{\"containerDefinitions\": ["),
        ("b.yml", "containerDefinitions: 5\nvolumes: x\n"),
        (
            "c.yml",
            "Resources:\n  A: 1\n  B: { Type: AWS::ECS::TaskDefinition }\n  C: { Type: 'AWS::ECS::TaskDefinition', Properties: [1] }\n",
        ),
        (
            "d.yml",
            "containerDefinitions: [1, {name: [], image: 2, environment: {a: b}, mountPoints: [x, {}], command: x}]\n",
        ),
        ("e.json", "{\"desiredCount\": 3, \"taskDefinition\": []}"),
        (
            "copilot/x/manifest.yml",
            "type: Backend Service\ncount: {range: a-b}\nvariables: [1]\nenvironments: 1\nstorage: {volumes: {a: 1}}\n",
        ),
        ("package.json", "containerDefinitions"),
    ]);
    let found = read(&files);
    assert_eq!(found.len(), 2, "{}", shown(&found));
    assert_eq!(skips(&files).len(), 1, "{:?}", skips(&files));
}

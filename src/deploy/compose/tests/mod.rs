mod parts;

use super::read;
use crate::deploy::Files;
use crate::deploy::reading::shown;

fn all(files: &[(&str, &str)]) -> String {
    shown(&read(&Files::from_texts(files)))
}

const PRODUCTION: &str = r#"x-app: &app
  build:
    context: .
    dockerfile: docker/Dockerfile
    target: production
    args:
      VERSION: ${VERSION:-1.2}
  image: acme/shop:${TAG:-latest}
  env_file:
    - .env.production
    - path: ./local.env
      required: false
  environment: &env
    APP_ENV: production
    CACHE_STORE: ${CACHE_STORE:-redis}
    APP_KEY: ${APP_KEY:?set it}
    LOG_CHANNEL:
    DEBUG: false
    RATIO: 8.0

services:
  web:
    <<: *app
    ports: ["80:8080"]
    volumes:
      - storage:/app/storage
      - type: volume
        source: uploads
        target: /app/public/uploads
      - ./config:/app/config:ro
      - ${DATA:-/mnt/efs/x}:/data
      - type: tmpfs
        target: /app/cache
      - /anonymous
      - missing:/m
    tmpfs: /run:size=1m
    healthcheck:
      test: ["CMD", "curl", "-f", "localhost/up"]
    labels:
      - traefik.enable=true
      - traefik.http.services.web.loadbalancer.sticky.cookie=true
    deploy:
      replicas: 3
  worker:
    <<: *app
    command: php artisan queue:work --tries=${TRIES}
    environment:
      <<: *env
      QUEUE: high
    scale: 2
  scheduler:
    <<: *app
    container_name: cron
    command: ["php", "artisan", "schedule:work"]
    healthcheck:
      disable: true
  agent:
    image: acme/agent
    deploy:
      mode: global
  debug:
    <<: *app
    profiles: [dev]
  mysql:
    image: mysql:8
  nginx:
    image: nginx:alpine
    ports: ["443:443"]

volumes:
  storage:
  uploads:
    driver: local
    driver_opts:
      type: nfs
      o: addr=10.0.0.1,rw
      device: ":/export"
"#;

const DOCKERFILE: &str = r#"FROM php:8.3-fpm AS base
WORKDIR /app
ENV LOG_CHANNEL=stderr APP_ENV=local
FROM base AS production
ARG VERSION
ENV APP_VERSION=$VERSION
COPY . .
RUN php artisan config:cache
HEALTHCHECK CMD curl -f localhost
CMD ["php-fpm"]
FROM base AS dev
ENV APP_DEBUG=true
"#;

#[test]
fn a_production_file_is_read_whole() {
    let files = [
        ("docker-compose.prod.yml", PRODUCTION),
        ("docker/Dockerfile", DOCKERFILE),
        (".env.production", "CACHE_STORE=file\nDB_HOST=db\nQUOTED=\"a b\" # c\n"),
    ];
    let text = all(&files);
    let parts: Vec<&str> = text.split("docker compose/production/").skip(1).collect();
    let names: Vec<&str> = parts.iter().map(|part| part.split(' ').next().unwrap()).collect();
    assert_eq!(names, ["web", "worker", "scheduler"]);
    assert_eq!(
        parts[0],
        "\
web Web medium @22 folder= dockerfile=docker/Dockerfile stage=production image=acme/shop [docker-compose.prod.yml .env.production docker/Dockerfile]
  layer docker-compose.prod.yml (environment of web)
    APP_ENV=production @14
    CACHE_STORE=redis @15
      default the default when CACHE_STORE is not set where compose is started @15
    APP_KEY: `APP_KEY` is given where compose is started; its value is not in the repository @16
    LOG_CHANNEL: it is taken from where compose is started; its value is not in the repository @17
    DEBUG=false @18
    RATIO=8 @19
  layer local.env and more
  layer .env.production
    CACHE_STORE=file @1
    DB_HOST=db @2
    QUOTED=a b @3
  layer docker/Dockerfile
    LOG_CHANNEL=stderr @3
    APP_ENV=local @3
    APP_VERSION=1.2 @6
      default the default when VERSION is not set where compose is started @7
      set VERSION @7
  replicas 3..3 @43
  sticky true by a cookie of Traefik @41
  balanced @40
  health @38
  mount /app/storage: named volume storage, OneServer @26
  mount /app/public/uploads: named volume uploads, Shared @27
  mount /app/config: ./config of the machine, OneServer @30
  mount /data: /mnt/efs/x of the machine, `/mnt/efs/x` may be a network file system of the machine @31
  mount /app/cache: a folder in memory (tmpfs), OneReplica @32
  mount /anonymous: a volume without a name, OneReplica @34
  mount /m: named volume missing, OneServer @35
  mount /run: a folder in memory (tmpfs), OneReplica @36
  build php|artisan|config:cache @8
  start php-fpm @10
  problem the volume `missing` is not declared under `volumes` @35
"
    );
    for line in [
        "worker Worker high @44",
        "    QUEUE=high @49",
        "  replicas 2..2 @50",
        "  start php|artisan|queue:work|? @46",
        "  health @9",
    ] {
        assert!(parts[1].contains(line), "{line}\n{}", parts[1]);
    }
    for line in
        ["scheduler Scheduler high @51", "  replicas 1..1 @53", "  start php|artisan|schedule:work @54"]
    {
        assert!(parts[2].contains(line), "{line}\n{}", parts[2]);
    }
    assert!(!parts[2].contains("health"));
}

#[test]
fn files_are_merged_as_compose_merges_them() {
    let base = "\
services:
  app:
    image: acme/shop
    command: base
    environment: [A=base, B=base]
    env_file: a.env
    volumes: [\"one:/x\", \"two:/y\"]
    ports: [\"1:1\"]
    labels: {x: y}
  gone:
    image: acme/shop
volumes: {one: , two: , three: }
";
    let over = "\
services:
  app:
    command: php-fpm
    environment:
      B: over
      C: over
    env_file: [b.env]
    volumes: [\"three:/y\"]
    ports: !override [\"2:2\"]
    deploy: {replicas: 2}
  gone: !reset null
";
    let files = [
        ("docker-compose.yml", base),
        ("docker-compose.prod.yml", over),
        ("docker-compose.override.yml", "services: {app: {command: nothing}}"),
        ("a.env", "F=a\nG=a\n"),
        ("b.env", "F=b\n"),
    ];
    assert_eq!(
        all(&files),
        "\
docker compose/production/app Web high @2 image=acme/shop [docker-compose.yml docker-compose.prod.yml a.env b.env]
  layer docker-compose.prod.yml (environment of app)
    A=base @5
    B=over @5
    C=over @6
  layer b.env
    F=b @1
  layer a.env
    F=a @1
    G=a @2
  layer the image of app and more
  replicas 2..2 @10
  balanced @9
  mount /x: named volume one, OneServer @7
  mount /y: named volume three, OneServer @8
  start php-fpm @3
"
    );
}

#[test]
fn services_extend_each_other() {
    let files = [
        (
            "deploy/compose.yml",
            "\
include: [extra/compose.yml]
services:
  web:
    extends: {file: ../common/base.yml, service: app}
    environment: {B: web}
  worker:
    extends: web
    command: php artisan queue:work
  lost:
    extends: nothing
    image: x/y
  loop:
    extends: loop
    image: x/y
",
        ),
        (
            "common/base.yml",
            "services:\n  app:\n    build: ./php\n    env_file: app.env\n    environment: {A: base, B: base}\n    volumes: [\"./data:/data\"]\n",
        ),
        ("common/app.env", "E=1"),
        ("common/php/Dockerfile", "FROM php:8\nENV D=1\nCMD [\"php-fpm\"]"),
        ("deploy/extra/compose.yml", "services:\n  more:\n    build: .\n"),
        ("deploy/extra/Dockerfile", "FROM php:8\n"),
    ];
    let text = all(&files);
    for part in [
        "docker compose/docker compose/web Web medium @3 folder=common/php dockerfile=common/php/Dockerfile",
        "    A=base @5\n    B=web @5\n  layer common/app.env\n    E=1 @1\n  layer common/php/Dockerfile\n    D=1 @2\n",
        "  mount /data: ./common/data of the machine, OneServer @6\n",
        "docker compose/docker compose/worker Worker medium @6 folder=common/php",
        "  start php|artisan|queue:work @8\n",
        "docker compose/docker compose/more Unknown medium @2 folder=deploy/extra",
        "  problem it extends the service `nothing`, which is not there @10\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn variables_of_the_env_file_beside_are_put_in() {
    let compose = "services:\n  app:\n    image: acme/shop\n    environment:\n      - A=${X}\n      - B=$Y-$$Z\n      - C=${Q}\n      - D\n      - E=${BAD\n      - X\n      - F: g\n";
    let files = [("compose.yml", compose), (".env", "X=1\nY='a$b'\nQ=\"\\a\"\n")];
    let text = all(&files);
    assert!(
        text.contains(
            "    A=1 @5
      set X @1
    B=a$b-$Z @6
      set Y @2
    C: the escapes in its quotes are not followed @7
    D: it is taken from where compose is started; its value is not in the repository @8
    E: compose refuses how a variable is written here, or its releases read it differently @9
    X=1 @10
      set X @1
"
        ),
        "{text}"
    );
    assert!(
        text.contains("  problem compose refuses this: a variable of a list is written `NAME=value` @11\n"),
        "{text}"
    );
}

#[test]
fn an_env_file_that_is_missing_is_a_problem_unless_it_is_expected_to() {
    for (file, others, problem) in [
        ("app.env", vec![], true),
        (".env", vec![(".env.example", "")], false),
        ("docker/app.env", vec![(".gitignore", "*.env\n")], false),
        ("docker/app.env", vec![("docker/.gitignore", "# x\n/app.env\n")], false),
        ("docker/app.env", vec![("other/.gitignore", "app.env\n")], true),
        ("/etc/app.env", vec![], false),
        ("../app.env", vec![], false),
        ("${X}", vec![], false),
    ] {
        let text = format!("services:\n  a:\n    image: acme/a\n    env_file: {file}\n");
        let mut files = vec![("compose.yml", text.as_str())];
        files.extend(others);
        let found = read(&Files::from_texts(&files));
        assert_eq!(!found[0].problems.is_empty(), problem, "{file}");
        assert!(found[0].layers[0].more.is_some(), "{file}");
    }
}

#[test]
fn the_env_file_that_is_mounted_is_known() {
    for (volume, file) in [
        ("./.env.production:/app/.env", Some(".env.production")),
        ("./.env:/app/.env", None),
        ("/data/.env:/app/.env:ro", None),
    ] {
        let text = format!("services:\n  a:\n    image: acme/a\n    volumes: [\"{volume}\"]\n");
        let found = read(&Files::from_texts(&[("compose.yml", &text), (".env.production", "")]));
        assert_eq!(found[0].env_file.as_ref().map(|(path, _)| &**path), file, "{volume}");
    }
}

//! Apps as their repositories deploy them: which environments are judged, and what is said of them.

mod common;

use common::Folder;

/// What `check` says of an app with these files, one line a finding; `.env` is a developer's.
fn lines(files: &[(&str, &str)]) -> String {
    let app = Folder::laravel().without(".env");
    for (path, text) in files {
        app.write(path, text);
    }
    app.run(&["check", "--format", "concise"]).out
}

const DOCKERFILE: &str = "FROM php:8.3-apache\nWORKDIR /var/www/html\nCOPY . .\n";
const FROZEN: &str = "FROM php:8.3-apache\nWORKDIR /var/www/html\nCOPY . .\nRUN php artisan config:cache\n";

#[test]
fn what_is_said_and_what_is_not() {
    for (name, files, says, does_not_say) in [
        (
            "Vapor caches the configuration again when a function starts, and no load balancer is asked",
            &[("vapor.yml", "id: 1\nenvironments:\n  production:\n    build: ['php artisan optimize']\n")][..],
            &["unknown[session.driver]", "(environment production)"][..],
            &["frozen-config", "missing-health-check", "local-session"][..],
        ),
        (
            "Render gives the variables to the build too",
            &[(
                "render.yaml",
                "services:\n  - type: web\n    name: shop\n    runtime: php\n    buildCommand: php artisan config:cache\n    envVars:\n      - key: SESSION_DRIVER\n        value: file\n",
            )],
            &["render.yaml:8", "local-session"],
            &["frozen-config", "missing-health-check"],
        ),
        (
            "an image is built without the variables it runs with",
            &[
                ("Dockerfile", FROZEN),
                (
                    "docker-compose.prod.yml",
                    "services:\n  web:\n    build: .\n    ports: ['80:80']\n    environment:\n      SESSION_DRIVER: redis\n",
                ),
            ],
            &["frozen-config"],
            &[],
        ),
        (
            "two compose files are two ways to run it",
            &[
                ("Dockerfile", DOCKERFILE),
                (
                    "deploy/production/docker-compose.a.yml",
                    "services:\n  web:\n    build: ../..\n    environment: {SESSION_DRIVER: file}\n",
                ),
                (
                    "deploy/production/docker-compose.b.yml",
                    "services:\n  web:\n    build: ../..\n    environment: {SESSION_DRIVER: cookie}\n",
                ),
            ],
            &["deploy/production/docker-compose.a.yml:4", "(environment production-a, high confidence)"],
            &["environment production-b, high"],
        ),
        (
            "mounted code comes with an env file that is not seen",
            &[
                ("Dockerfile", DOCKERFILE),
                (
                    "docker-compose.prod.yml",
                    "services:\n  web:\n    build: .\n    volumes: ['.:/var/www/html']\n    environment: {APP_ENV: production}\n",
                ),
            ],
            &["unknown[session.driver]", "the code is mounted from the machine"],
            &["local-"],
        ),
        (
            "folders of the code that are mounted are a developer's set-up",
            &[
                ("Dockerfile", DOCKERFILE),
                (
                    "docker-compose.yml",
                    "services:\n  web:\n    build: .\n    volumes: ['./config:/var/www/html/config']\n    environment: {SESSION_DRIVER: file}\n",
                ),
                (".env.example", "SESSION_DRIVER=cookie\n"),
            ],
            &[],
            &["local-session", "docker compose"],
        ),
        (
            "an image alone does not tell what it is given where it runs",
            &[
                ("Dockerfile", "FROM php:8.3-apache\nENV LOG_CHANNEL=stderr\nCOPY . .\n"),
                (".env.example", "SESSION_DRIVER=cookie\n"),
            ],
            &[],
            &["environment Dockerfile"],
        ),
        (
            "a preview is not production",
            &[
                (
                    "uffizzi/Dockerfile",
                    "FROM php:8.3-apache\nCOPY . /app\nCOPY uffizzi/.env.example /app/.env\n",
                ),
                ("uffizzi/.env.example", "SESSION_DRIVER=file\n"),
                (".env.example", "SESSION_DRIVER=cookie\n"),
            ],
            &[],
            &["local-session"],
        ),
        (
            "an env file in the image does not decide under one that is not seen",
            &[
                ("Dockerfile", "FROM php:8.3-apache\nWORKDIR /app\nCOPY . .\nCOPY .env.example .env\n"),
                (".env.example", "SESSION_DRIVER=file\n"),
                ("docker-compose.prod.yml", "services:\n  web:\n    build: .\n    env_file: .env\n"),
            ],
            &["unknown[session.driver]"],
            &["error[local-session]"],
        ),
        (
            "a template of the env file is judged with what compose sets over it",
            &[
                (".env.docker", "APP_ENV=production\nSESSION_DRIVER=file\nCACHE_STORE=redis\n"),
                (
                    "docker-compose.yml",
                    "services:\n  web:\n    image: acme/laravel\n    env_file: .env\n    environment: {SESSION_DRIVER: cookie}\n",
                ),
            ],
            &[],
            &["local-session"],
        ),
        (
            "an entrypoint that is named like a wrapper is followed through the stages",
            &[
                (
                    "Dockerfile",
                    "FROM node AS assets\nCOPY . /usr/src/app\nFROM php:8.3-apache\nCOPY --from=assets /usr/src/app /var/www/html\nENTRYPOINT [\"/var/www/html/docker-entrypoint.sh\"]\nCMD [\"apache2-foreground\"]\n",
                ),
                (
                    "docker-entrypoint.sh",
                    "#!/bin/sh\nRUN=\"php artisan\"\n$RUN migrate --force\nexec \"$@\"\n",
                ),
                (
                    "docker-compose.prod.yml",
                    "services:\n  web:\n    build: .\n    environment: {SESSION_DRIVER: cookie}\n",
                ),
            ],
            &["docker-entrypoint.sh:3:1: warning[replica-migrate]"],
            &[],
        ),
        (
            "a migration that a variable switches on",
            &[
                (
                    "Dockerfile",
                    "FROM php:8.3-apache\nCOPY . /app\nCOPY run.sh /run.sh\nENTRYPOINT [\"/run.sh\"]\n",
                ),
                (
                    "run.sh",
                    "#!/bin/sh\nif [ \"$MIGRATE\" = \"true\" ]; then\n  php artisan migrate --force\nfi\n",
                ),
                (
                    "docker-compose.prod.yml",
                    "services:\n  web:\n    build: .\n    environment: {SESSION_DRIVER: cookie, MIGRATE: 'false'}\n",
                ),
            ],
            &[],
            &["replica-migrate"],
        ),
    ] {
        let said = lines(files);
        for words in says {
            assert!(said.contains(words), "{name}: no {words:?} in\n{said}");
        }
        for words in does_not_say {
            assert!(!said.contains(words), "{name}: {words:?} in\n{said}");
        }
    }
}

mod starts;

use super::*;
use crate::deploy::Value;

fn shown(commands: &[Command]) -> Vec<String> {
    let word = |word: &Option<Arc<str>>| word.as_deref().unwrap_or("?").to_owned();
    let one = |command: &Command| {
        let words: Vec<String> = command.words.iter().map(word).collect();
        let place = &command.place;
        let guard = command.guard.as_ref().map_or_else(String::new, |guard| format!(" ({guard})"));
        let when = format!("{:?}", command.when).to_lowercase();
        format!("{when} {}{guard} {}:{}", words.join(" "), place.path(), place.start().line)
    };
    commands.iter().map(one).collect()
}

fn image(files: &[(&str, &str)]) -> Image {
    let files = Files::from_texts(files);
    read(&files, &Build { dockerfile: "Dockerfile", ..Build::default() }).unwrap()
}

fn variables(image: &Image) -> Vec<String> {
    let one = |given: &Given| {
        let value = match &given.value {
            Value::Known(text) => text.to_string(),
            Value::Unknown(reason) => format!("? {}", reason.text()),
            Value::Unset => "unset".to_owned(),
        };
        let before: Vec<String> = given
            .before
            .iter()
            .map(|step| format!(" < {} {}", step.step.name(), step.place.as_ref().unwrap().start().line))
            .collect();
        format!("{}={value} {}{}", given.name, given.place.start().line, before.concat())
    };
    image.layer.variables.iter().map(one).collect()
}

#[test]
fn variables_are_those_of_the_stage_and_of_those_it_is_built_on() {
    let text = "\
ARG PHP=8.3
ARG DRIVER=redis
FROM php:${PHP}-fpm AS base
ENV CACHE_STORE=file LOG_CHANNEL=stderr
ARG DRIVER
ENV SESSION_DRIVER=$DRIVER
FROM node AS assets
ENV CACHE_STORE=array
FROM base
ARG GIVEN
ARG SET=x
ENV CACHE_STORE=database \\
    A=${GIVEN:-none} B=$GIVEN
ENV COPY=$CACHE_STORE SET=$SET
ENV COPY=${COPY}s
";
    assert_eq!(
        variables(&image(&[("Dockerfile", text)])),
        [
            "LOG_CHANNEL=stderr 4",
            "SESSION_DRIVER=redis 6 < default 2",
            "CACHE_STORE=database 12",
            "A=none 13",
            "B=? `GIVEN` is a build argument that is given when the image is built, or is set by its base image 13",
            "SET=x 14 < default 11",
            "COPY=databases 15 < set 12 < set 14",
        ]
    );
}

#[test]
fn a_base_image_that_is_not_known_may_set_more() {
    for (text, more) in [
        ("FROM php:8.3-fpm", false),
        ("FROM docker.io/library/php:8", false),
        ("FROM serversideup/php@sha256:0a", false),
        ("FROM acme/base", true),
        ("FROM $BASE", true),
        ("FROM acme/base AS b\nFROM php", false),
        ("FROM acme/base AS b\nFROM b", true),
    ] {
        assert_eq!(image(&[("Dockerfile", text)]).layer.more.is_some(), more, "{text}");
    }
}

#[test]
fn a_stage_is_found() {
    let files =
        Files::from_texts(&[("Dockerfile", "FROM php AS Web\nUSER a\nFROM php\nUSER b\n"), ("Empty", "")]);
    for (dockerfile, stage, user) in [
        ("Dockerfile", None, Some("b")),
        ("Dockerfile", Some("web"), Some("a")),
        ("Dockerfile", Some("0"), Some("a")),
        ("Dockerfile", Some("nothing"), None),
        ("Empty", None, None),
        ("Missing", None, None),
    ] {
        let image = read(&files, &Build { dockerfile, stage, ..Build::default() });
        assert_eq!(image.and_then(|image| image.user).as_deref(), user, "{dockerfile} {stage:?}");
    }
}

#[test]
fn the_env_file_of_an_image_is_known() {
    for (text, expected) in [
        ("WORKDIR /app\nCOPY .env.production .env", Some((".env.production", 3))),
        ("WORKDIR /app\nCOPY .env.production /app/.env", Some((".env.production", 3))),
        ("WORKDIR /app\nCOPY .env.production ./.env\nCOPY . .", Some((".env.production", 4))),
        ("COPY docker/.env.prod /srv/app/.env", Some(("docker/.env.prod", 2))),
        ("WORKDIR /app\nCOPY . .\nRUN x && cp .env.example .env", Some((".env.example", 4))),
        ("WORKDIR /app\nCOPY . .\nRUN [ -f .env ] || cp .env.example .env", Some((".env.example", 4))),
        ("WORKDIR /app\nCOPY . .\nRUN cp .env.example .env && rm -rf .env", None),
        ("WORKDIR /app\nCOPY . .\nRUN mv .env.production .env", Some((".env.production", 4))),
        ("WORKDIR /app\nCOPY .env.* ./\nRUN cp .env.production .env", Some((".env.production", 4))),
        ("WORKDIR /app\nCOPY . .", None),
        ("WORKDIR /app\nCOPY secret .env", None),
        (
            "FROM x AS b\nWORKDIR /b\nCOPY . .\nRUN cp .env.example .env\nFROM php\nWORKDIR /app\nCOPY --from=b /b /app",
            Some((".env.example", 8)),
        ),
        ("WORKDIR /app\nCOPY . .\nCMD cp .env.example .env && php artisan serve", Some((".env.example", 4))),
    ] {
        let text = format!("FROM php\n{text}\n");
        let image = image(&[
            ("Dockerfile", &text),
            (".env.production", ""),
            (".env.example", ""),
            ("docker/.env.prod", ""),
        ]);
        let found = image.env_file.as_ref().map(|(path, place)| (&**path, place.start().line));
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn commands_of_the_build_are_known() {
    let text = "\
FROM php AS vendor
WORKDIR /app
COPY . .
RUN composer install && php artisan config:cache
FROM node AS assets
WORKDIR /web
RUN npx vite build
FROM php
WORKDIR /app
COPY --from=vendor /app /app
COPY --from=assets /web/public/build public/build
RUN set -ex; \\
    mkdir -p x; \\
    [ -n \"$X\" ] && php artisan route:cache
RUN [\"php\", \"artisan\", \"view:cache\"]
RUN ./docker/build.sh fast
";
    let files = [("Dockerfile", text), ("docker/build.sh", "#!/bin/sh\nphp artisan optimize \"$@\"\n")];
    assert_eq!(
        shown(&image(&files).commands),
        [
            "build composer install Dockerfile:4",
            "build php artisan config:cache Dockerfile:4",
            "build php artisan route:cache (if [ -n \"$X\" ]) Dockerfile:14",
            "build php artisan view:cache Dockerfile:15",
            "build php artisan optimize fast docker/build.sh:2",
        ]
    );
    for (path, counts) in [
        ("/app", true),
        ("/", true),
        ("/app/bootstrap/cache", true),
        ("/app/vendor", false),
        ("/other", false),
    ] {
        let text = format!(
            "FROM php AS b\nWORKDIR /app\nRUN php artisan config:cache\nFROM php\nCOPY --from=b {path} /app"
        );
        assert_eq!(image(&[("Dockerfile", &text)]).commands.len(), usize::from(counts), "{path}");
    }
}

#[test]
fn what_starts_is_followed_into_scripts() {
    let entrypoint = "\
#!/usr/bin/env bash
set -e
role=${CONTAINER_ROLE:-app}
migrate() {
    php artisan migrate --force
}
if [ -z \"$APP_KEY\" ]; then
    php artisan key:generate
fi
if [ \"$role\" = app ]; then
    migrate
elif [ \"$role\" = worker ]; then
    exec php artisan queue:work
else
    echo no
fi
. /usr/local/bin/more.sh
php artisan config:cache || true
exec gosu www-data \"$@\"
";
    let files = [
        (
            "Dockerfile",
            "FROM php\nWORKDIR /app\nCOPY docker/*.sh /usr/local/bin/\nENTRYPOINT [\"entrypoint.sh\"]\nCMD [\"php-fpm\", \"-F\"]\n",
        ),
        ("docker/entrypoint.sh", entrypoint),
        ("docker/more.sh", "[ -L x ] || php artisan storage:link\n"),
    ];
    assert_eq!(
        shown(&image(&files).commands),
        [
            "start php artisan key:generate (if [ -z \"$APP_KEY\" ]) docker/entrypoint.sh:8",
            "start php artisan migrate --force (if [ \"$role\" = app ]) docker/entrypoint.sh:5",
            "start php artisan queue:work (if [ \"$role\" = worker ]) docker/entrypoint.sh:13",
            "start php artisan storage:link (unless [ -L x ] succeeds) docker/more.sh:1",
            "start php artisan config:cache docker/entrypoint.sh:18",
            "start php-fpm -F Dockerfile:5",
        ]
    );
}

#[test]
fn entrypoints_and_commands_go_together_as_docker_has_them() {
    for (text, expected) in [
        ("CMD php artisan serve", vec!["start php artisan serve Dockerfile:2"]),
        (
            "CMD [\"sh\", \"-c\", \"php a && exec php b\"]",
            vec!["start php a Dockerfile:2", "start php b Dockerfile:2"],
        ),
        ("ENTRYPOINT php a\nCMD [\"b\"]", vec!["start php a Dockerfile:2"]),
        ("ENTRYPOINT [\"tini\", \"--\"]\nCMD php a", vec!["start php a Dockerfile:3"]),
        ("ENTRYPOINT [\"php\"]\nCMD [\"a\"]", vec!["start php a Dockerfile:3"]),
        ("CMD [\"a\"]\nCMD [\"b\"]", vec!["start b Dockerfile:3"]),
        ("CMD [\"a\"]\nFROM x\nCMD [\"b\"]", vec!["start b Dockerfile:4"]),
        (
            "ENTRYPOINT [\"docker-php-entrypoint\"]\nCMD [\"apache2-foreground\"]",
            vec!["start apache2-foreground Dockerfile:3"],
        ),
        ("CMD env A=b su-exec www-data php a", vec!["start php a Dockerfile:2"]),
    ] {
        assert_eq!(
            shown(&image(&[("Dockerfile", &format!("FROM x\n{text}\n"))]).commands),
            expected,
            "{text}"
        );
    }
    let inherited = "FROM x AS a\nCMD [\"a\"]\nFROM a\nENTRYPOINT [\"e\"]\n";
    assert_eq!(shown(&image(&[("Dockerfile", inherited)]).commands), ["start e Dockerfile:4"]);
}

#[test]
fn supervisors_and_crontabs_are_followed() {
    let files = [
        (
            "Dockerfile",
            "FROM php\nWORKDIR /app\nCOPY docker/supervisord.conf /etc/supervisord.conf\nCOPY docker/programs/ /etc/supervisor/conf.d/\nCOPY docker/crontab /etc/cron.d/app\nRUN echo '* * * * * php /app/artisan schedule:run >> /dev/null 2>&1' >> /etc/crontabs/root\nCMD [\"/usr/bin/supervisord\", \"-n\", \"-c\", \"/etc/supervisord.conf\"]\n",
        ),
        (
            "docker/supervisord.conf",
            "[supervisord]\nnodaemon=true\n[include]\nfiles = /etc/supervisor/conf.d/*.conf\n[program:fpm]\ncommand=php-fpm -F ; web\n",
        ),
        (
            "docker/programs/worker.conf",
            "[program:worker]\nnumprocs=4\ncommand=php /app/artisan queue:work --tries=3\n[program:off]\ncommand=x\nautostart=false\n[program:cron]\ncommand=cron -f\n",
        ),
        ("docker/programs/not.txt", "[program:x]\ncommand=y\n"),
        (
            "docker/crontab",
            "# m h\nSHELL=/bin/sh\n*/5 * * * * www-data cd /app && php artisan x:y\n@daily root /bin/z\n",
        ),
    ];
    assert_eq!(
        shown(&image(&files).commands),
        [
            "start php-fpm -F docker/supervisord.conf:6",
            "start php /app/artisan queue:work --tries=3 docker/programs/worker.conf:3",
            "start cron -f docker/programs/worker.conf:8",
            "start /usr/bin/supervisord -n -c /etc/supervisord.conf Dockerfile:7",
            "clock php /app/artisan schedule:run Dockerfile:6",
            "clock php artisan x:y docker/crontab:3",
            "clock /bin/z docker/crontab:4",
        ]
    );
}

#[test]
fn a_crontab_that_nothing_starts_says_so() {
    let text = "FROM php\nCOPY crontab /etc/cron.d/app\nCMD [\"php-fpm\"]\n";
    assert_eq!(
        shown(
            &image(&[("Dockerfile", text), ("crontab", "* * * * * root php artisan schedule:run\n")])
                .commands
        ),
        [
            "start php-fpm Dockerfile:3",
            "clock php artisan schedule:run (only when cron is started, and nothing seen here starts it) crontab:1",
        ]
    );
}

#[test]
fn scripts_that_base_images_run_are_followed() {
    let files = [
        (
            "Dockerfile",
            "FROM serversideup/php\nCOPY --chmod=755 docker/entrypoint.d/ /etc/entrypoint.d\nCOPY <<'E' /etc/entrypoint.d/30-x.sh\n#!/bin/sh\nphp artisan x\nE\n",
        ),
        ("docker/entrypoint.d/20-b.sh", "php artisan b\n"),
        ("docker/entrypoint.d/10-a.sh", "#!/bin/sh\nphp artisan a\n"),
        ("docker/entrypoint.d/deep/1.sh", "php artisan deep\n"),
    ];
    assert_eq!(
        shown(&image(&files).commands),
        [
            "start php artisan a docker/entrypoint.d/10-a.sh:2",
            "start php artisan b docker/entrypoint.d/20-b.sh:1",
            "start php artisan x Dockerfile:5",
        ]
    );
}

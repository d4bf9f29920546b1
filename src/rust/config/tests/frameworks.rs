//! Rocket, loco, cot, log4rs, actix-settings.

use super::{meant, settings};

const ROCKET: &str = "[default]\nlimits = { json = \"1 MiB\" }\n[default.databases.main]\nurl = \"db/dev.sqlite\"\npool_size = 2\n\
    [release.databases.main]\nurl = \"postgres://u:hunter2@db/app\"\n[debug]\nport = 1\n[global]\nport = 8000\n";

#[test]
fn tables_of_rocket_are_profiles() {
    assert_eq!(
        settings(&[("Rocket.toml", ROCKET)], &["rocket"], &[]),
        [
            "release limits.json=1 MiB high: set limits.json",
            "release databases.main.pool_size=2 high: set databases.main.pool_size",
            "release databases.main.url=postgres://u:hunter2@db/app high: set databases.main.url, override databases.main.url",
            "release port=8000 high: set port",
        ]
    );
    for (files, given, expected) in [
        (
            &[("Rocket.toml", ROCKET)][..],
            &[][..],
            &["release database shared database main of Rocket (db) error high @7"][..],
        ),
        (
            &[("Rocket.toml", ROCKET)],
            &["ROCKET_PROFILE=debug"],
            &["debug database disk database main of Rocket (db/dev.sqlite) error high @4"],
        ),
        (
            &[("Rocket.toml", ROCKET)],
            &["ROCKET_DATABASES={main={url=\"sqlite://x.db\"}}"],
            &["release database disk database main of Rocket (x.db) error high @0"],
        ),
        (
            &[("Rocket.toml", ROCKET)],
            &["ROCKET_DATABASES.main.url"],
            &[
                "release database unknown database main of Rocket error high @0: the value of ROCKET_DATABASES.main.url \
               is kept elsewhere",
            ],
        ),
        (
            &[(
                "Rocket.toml",
                "[default.databases.Main]\nurl = \"file:rusqlite?mode=memory&cache=shared\"\n",
            )],
            &[],
            &["release database memory database Main of Rocket error high @2"],
        ),
        (
            &[("conf/R.toml", "[default.databases.a]\nurl = 'a.db'")],
            &["ROCKET_CONFIG=conf/R.toml"],
            &["release database disk database a of Rocket (a.db) error high @2"],
        ),
        // Rocket 0.4.
        (
            &[(
                "Rocket.toml",
                "[development.databases]\na = { url = 'a.db' }\n[prod.databases.a]\nurl = 'mysql://localhost/a'\n",
            )],
            &[],
            &["prod database host database a of Rocket (localhost) error high @4"],
        ),
        (
            &[],
            &["ROCKET_DATABASES={a={url='a.db'}}"],
            &["release database disk database a of Rocket (a.db) error high @0"],
        ),
        (&[], &["ROCKET_PORT=1"], &[]),
    ] {
        assert_eq!(meant(files, &["rocket"], given), expected, "{files:?} {given:?}");
    }
}

const LOCO: &str = r#"logger: { enable: true, file_appender: { enable: true } }
server: { port: {{ get_env(name="PORT", default=5150) | int }} }
database:
  uri: {{ get_env(name="DATABASE_URL", default="sqlite://shop.sqlite?mode=rwc") }}
  auto_migrate: true
  dangerously_recreate: false
cache: { kind: InMem }
workers: { mode: BackgroundAsync }
queue: { kind: Redis, uri: "{{ get_env(name='REDIS_URL') }}" }
{# nothing: [ #}
auth: { jwt: { secret: "{{ secret }}" } }
settings: { cache_type: memory }
"#;

#[test]
fn templates_of_loco_are_filled_in() {
    assert_eq!(
        settings(
            &[("config/production.yaml", LOCO)],
            &["loco-rs"],
            &["DATABASE_URL=postgres://u:p@db/x # y"]
        ),
        [
            "production logger.enable=true high: set logger.enable",
            "production logger.file_appender.enable=true high: set logger.file_appender.enable",
            "production server.port=5150 medium: default PORT",
            "production database.uri=postgres://u:p@db/x high: read DATABASE_URL",
            "production database.auto_migrate=true high: set database.auto_migrate",
            "production database.dangerously_recreate=false high: set database.dangerously_recreate",
            "production cache.kind=InMem high: set cache.kind",
            "production workers.mode=BackgroundAsync high: set workers.mode",
            "production queue.kind=Redis high: set queue.kind",
            "production queue.uri=? the variable REDIS_URL is not set here high: read REDIS_URL",
            "production auth.jwt.secret=? a template fills in the value high: set auth.jwt.secret",
            "production settings.cache_type=memory high: set settings.cache_type",
        ]
    );
}

#[test]
fn loco_means() {
    let queue = "server: {}\nlogger: { enable: true }\nqueue:\n  kind: Postgres\n  uri: {{ get_env(name=\"Q\", default=\"postgres://localhost/q\") }}\n  \
                 dangerously_flush: true\n";
    for (files, given, expected) in [
        (
            &[("config/production.yaml", LOCO), ("config/development.yaml", "server: { port: 1 }")][..],
            &[][..],
            &[
                "production log disk file appender of loco (./logs) warning high @1",
                "production database disk the database of loco (shop.sqlite) error medium @4",
                "production replica-migrate database.auto_migrate warning high @5",
                "production cache memory cache InMem of loco error high @7",
                "production queue memory worker mode BackgroundAsync of loco error high @8",
                "production cache memory cache memory (settings.cache_type) error high @12",
            ][..],
        ),
        (
            &[("config/production.yaml", queue)],
            &["Q"],
            &[
                "production queue unknown queue Postgres of loco error high @4: the value of Q is kept elsewhere",
                "production replica-migrate queue.dangerously_flush error high @6",
            ],
        ),
        (
            &[
                ("config/production.yaml", "# to be written\n"),
                ("config/development.yaml", queue),
                ("config/test.yaml", LOCO),
            ],
            &[],
            &["development queue host queue Postgres of loco (localhost) error medium @4"],
        ),
        (
            &[
                ("config/production.yaml", queue),
                ("config/blue.yaml", "server: { port: 1 }\ncache: { kind: InMem }"),
            ],
            &["LOCO_ENV=blue"],
            &["blue cache memory cache InMem of loco error high @2"],
        ),
        (
            &[
                ("etc/production.yaml", queue),
                ("etc/production.local.yaml", "server: { port: 1 }\ncache: { kind: InMem }"),
            ],
            &["LOCO_CONFIG_FOLDER=etc"],
            &["production cache memory cache InMem of loco error high @2"],
        ),
    ] {
        assert_eq!(meant(files, &["loco-rs"], given), expected, "{files:?} {given:?}");
    }
}

#[test]
fn cot_means() {
    let base = "[database]\nurl = \"sqlite://db.sqlite3?mode=rwc\"\n[middlewares.session.store]\ntype = \"database\"\n";
    for (files, expected) in [
        (
            &[("config/dev.toml", base)][..],
            &[
                "dev database disk the database of cot (db.sqlite3) error medium @2",
                "dev session disk session store database of cot (db.sqlite3) error medium @4",
            ][..],
        ),
        (
            &[
                ("config/dev.toml", base),
                (
                    "config/prod.toml",
                    "[middlewares.session]\nsecure = true\n[cache.store]\ntype = 'redis'\nurl = 'redis://c'\n",
                ),
            ],
            &[
                "prod cache shared cache store redis of cot (c) error high @4",
                "prod session memory session store memory of cot error low @2",
            ],
        ),
        (
            &[
                ("config/dev.toml", base),
                (
                    "config/prod.toml.example",
                    "[middlewares.session.store]\ntype = 'file'\npath = '/var/s'\n[cache]\nprefix = 'x'\n",
                ),
            ],
            &[
                "prod session disk session store file of cot (/var/s) error low @2",
                "prod cache memory cache store memory of cot error low @5",
            ],
        ),
    ] {
        assert_eq!(meant(files, &["cot"], &[]), expected, "{files:?}");
    }
}

#[test]
fn log4rs_means() {
    let log = "appenders:\n  out: { kind: console }\n  app: { kind: rolling_file, path: log/app.log }\n  old: { kind: file, path: log/old.log }\n\
               root: { appenders: [out, app] }\n";
    let expected = "default log disk appender app of log4rs (log/app.log) warning high @3";
    for (files, expected) in [
        (&[("log4rs.yaml", log)][..], &[expected][..]),
        (&[("config/logging.yml", log), ("config/log4rs.test.yml", log)], &[expected]),
        (
            &[("log4rs.production.yaml", log)],
            &["production log disk appender app of log4rs (log/app.log) warning high @3"],
        ),
        (
            &[("log4rs.dev.yaml", log)],
            &["default log disk appender app of log4rs (log/app.log) warning medium @3"],
        ),
        (
            &[(
                "log.json",
                r#"{"appenders": {"a.b": {"kind": "file", "path": "x"}}, "loggers": {"l": {"appenders": ["a.b"]}}}"#,
            )],
            &["default log disk appender a.b of log4rs (x) warning high @1"],
        ),
        (
            &[("log4rs.toml", "[appenders.f]\nkind = 'file'\npath = 'x'\n[root]\nappenders = ['f']\n")],
            &["default log disk appender f of log4rs (x) warning high @2"],
        ),
        (&[("blog.yaml", "posts: 1")], &[]),
    ] {
        assert_eq!(meant(files, &["log4rs"], &[]), expected, "{files:?}");
    }
}

#[test]
fn actix_settings_means() {
    let text = "[actix]\nmode = 'production'\nhosts = [['0.0.0.0', 80]]\n[application]\ndatabase_url = 'sqlite:app.db'\n";
    assert_eq!(
        meant(&[("Settings.toml", text)], &["actix-settings"], &[]),
        ["default database disk sqlite of application.database_url (app.db) error high @5"]
    );
}

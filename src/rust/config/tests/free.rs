//! The crates `config` and figment, whose schemas are the app's own.

use super::{meant, settings};

#[test]
fn layers_lie_over_each_other() {
    let base = "[database]\nurl = 'postgres://localhost/app'\npool = 4\n[cache]\nkind = 'memory'\nnodes = ['a', 'b', 'c']\n";
    let production = "database:\n  url: postgres://db/app\ncache:\n  nodes: [x]\n  ttl: 5\n";
    assert_eq!(
        settings(
            &[
                ("config/default.toml", base),
                ("config/production.yaml", production),
                ("config/test.toml", "a = 1"),
                ("config/local.toml", "a = 1")
            ],
            &["config"],
            &[
                "APP_CACHE__TTL=7",
                "SHOP_SERVER_CACHE__KIND=redis",
                "DATABASE_URL",
                "POOL=9",
                "APP__NEW__KEY=x"
            ]
        ),
        [
            "production database.pool=4 medium: set database.pool",
            "production cache.nodes.0=x high: set cache.nodes.0, override cache.nodes.0",
            "production cache.ttl=7 medium: set cache.ttl, override APP_CACHE__TTL",
            "production new.key=x medium: read APP__NEW__KEY",
            "production database.url=? the value of DATABASE_URL is kept elsewhere medium: set database.url, override \
             database.url, override DATABASE_URL",
            "production cache.kind=redis medium: set cache.kind, override SHOP_SERVER_CACHE__KIND",
        ]
    );
}

#[test]
fn values_speak_for_themselves() {
    for (text, expected) in [
        ("cache_type = 'memory'", &["cache memory cache memory (cache_type)"][..]),
        ("queue_type = 'redis'", &["queue shared queue redis (queue_type)"]),
        ("[cache]\nkind = 'InMemory'", &["cache memory cache InMemory (cache.kind)"]),
        (
            "[session.store]\ntype = 'file'\npath = 'x'",
            &["session disk session file (session.store.type) (x)"],
        ),
        ("storage_backend = 'local'", &["files disk files local (storage_backend)"]),
        ("storageBackend = 's3'", &["files shared files s3 (storageBackend)"]),
        ("[storage]\ntype = 'fs'\nroot = '/data'", &["files disk files fs (storage.type) (/data)"]),
        (
            "database_url = 'sqlite:///data/users.db?mode=rwc'",
            &["database disk sqlite of database_url (/data/users.db)"],
        ),
        ("[database]\npath = 'app.db'", &["database disk sqlite of database.path (app.db)"]),
        (
            "[database]\nhost = '127.0.0.1'\nport = 5432",
            &["database host database of database.host (127.0.0.1)"],
        ),
        ("[redis]\nurl = 'redis://127.0.0.1'", &["redis host redis of redis.url (127.0.0.1)"]),
        ("[cache]\nurl = 'redis://cache'", &["cache shared redis of cache.url (cache)"]),
        (
            "db_dsn = 'postgresql://postgres:hunter2@pgbouncer/postgres'",
            &["database shared postgres of db_dsn (pgbouncer)"],
        ),
        ("amqp = 'amqp://u:hunter2@mq'", &["queue shared rabbitmq of amqp (mq)"]),
        ("[test.database]\nurl = 'sqlite::memory:'", &[]),
        ("[logging]\ntype = 'file'", &[]),
        ("type = 'memory'\nkind = 'file'\nhost = 'localhost'", &[]),
        ("[server]\nhost = '127.0.0.1'", &[]),
        ("[files]\nsize = 'local'", &[]),
        ("cache_dir = 'memory'", &[]),
        ("database_type = 'postgres'", &[]),
        ("database_type = 'sqlite'", &["database disk database sqlite (database_type)"]),
        ("site = 'https://db.example.db'\nname = 'x.db'", &[]),
    ] {
        let found = meant(&[("config.toml", text)], &["figment"], &[]);
        let found: Vec<&str> = found
            .iter()
            .map(|line| line.strip_prefix("default ").unwrap().split(" error ").next().unwrap())
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn profiles_are_those_that_are_deployed() {
    let memory = "cache_type = 'memory'\n";
    let redis = "cache_type = 'redis'\n";
    let means = |files: &[(&str, &str)], given: &[&str]| -> Vec<String> {
        meant(files, &["config"], given)
            .iter()
            .map(|line| {
                let words: Vec<&str> = line.split(' ').collect();
                format!("{} {} {}", words[0], words[2], words[words.len() - 2])
            })
            .collect()
    };
    for (files, given, expected) in [
        (&[("config/default.toml", memory)][..], &[][..], &["default memory medium"][..]),
        (
            &[("config/default.toml", memory), ("config/production.toml", redis)],
            &[],
            &["production shared high"],
        ),
        (
            &[("config/production.toml", redis), ("config/staging.toml", memory)],
            &[],
            &["production shared high", "staging memory high"],
        ),
        (
            &[("config/production.toml", redis), ("config/staging.toml", memory)],
            &["RUN_MODE=staging"],
            &["staging memory high"],
        ),
        (
            &[("config/development.toml", memory), ("config/test.toml", redis)],
            &[],
            &["development memory medium"],
        ),
        (
            &[("config/default.toml", redis), ("config/development.toml", memory)],
            &[],
            &["default shared medium"],
        ),
        (&[("config/production.toml.example", memory)], &[], &["production memory low"]),
        (&[("shop_config.docker_template.toml", memory)], &[], &["default memory low"]),
        (&[("config.example.toml", memory), ("config.toml", redis)], &[], &["default shared medium"]),
        (&[("config.ini", "[cache]\ntype = memory\n")], &[], &["default memory medium"]),
        (&[("config.json", "{\"cache\": {\"type\": \"memory\"}}")], &[], &["default memory medium"]),
        (&[("other.toml", memory)], &[], &[]),
        (
            &[("config.toml", "[build]\nrustflags = ['x']"), ("config.sample.toml", memory)],
            &[],
            &["default memory low"],
        ),
        (
            &[
                ("configuration/base.yaml", "database: { host: 127.0.0.1 }"),
                ("configuration/production.yaml", "a: 1"),
            ],
            &[],
            &["production host low"],
        ),
        (
            &[("configuration/base.yaml", "database: { host: 127.0.0.1 }")],
            &["APP_DATABASE__HOST=localhost"],
            &["default host medium"],
        ),
    ] {
        assert_eq!(means(files, given), expected, "{files:?}");
    }
}

#[test]
fn nothing_is_read_for_an_app_without_a_reader() {
    let files = [("config.toml", "cache_type = 'memory'"), ("Rocket.toml", "[default]\nport = 1")];
    assert_eq!(settings(&files, &["axum"], &[]), Vec::<String>::new());
}

#[test]
fn nested_profiles_of_figment() {
    let text = "[default]\ncache_type = 'memory'\n[release]\ncache_type = 'redis'\n[debug]\nport = 1\n";
    assert_eq!(
        meant(&[("App.toml", text)], &["figment"], &[]),
        ["default cache shared cache redis (cache_type) error medium @4"]
    );
}

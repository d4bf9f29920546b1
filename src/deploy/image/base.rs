//! Images by their name.

/// Images whose variables say how the image itself works, and nothing about an app.
const BASES: &[&str] = &[
    "scratch",
    "alpine",
    "debian",
    "ubuntu",
    "busybox",
    "php",
    "composer",
    "node",
    "nginx",
    "httpd",
    "caddy",
    "rust",
    "golang",
    "python",
    "ruby",
    "oven/bun",
    "serversideup/php",
    "dunglas/frankenphp",
    "webdevops/php",
    "webdevops/php-nginx",
    "webdevops/php-apache",
    "trafex/php-nginx",
    "richarvey/nginx-php-fpm",
    "spiralscout/roadrunner",
    "phpswoole/swoole",
    "openswoole/swoole",
    "amazonlinux",
    "rockylinux",
    "almalinux",
    "fedora",
    "thecodingmachine/php",
    "mlocati/php-extension-installer",
    "bref/php",
];

/// Parts of the names of images that hold no code of an app: databases, caches, proxies, tools.
const SERVICES: &[&str] = &[
    "mysql",
    "mariadb",
    "postgres",
    "postgresql",
    "postgis",
    "timescaledb",
    "pgvector",
    "pgbouncer",
    "percona",
    "mongo",
    "mongodb",
    "mssql",
    "redis",
    "redis-stack",
    "redis-stack-server",
    "valkey",
    "keydb",
    "dragonfly",
    "memcached",
    "rabbitmq",
    "kafka",
    "zookeeper",
    "nats",
    "beanstalkd",
    "elasticsearch",
    "opensearch",
    "meilisearch",
    "typesense",
    "minio",
    "mc",
    "mailpit",
    "mailhog",
    "mailcatcher",
    "maildev",
    "inbucket",
    "adminer",
    "phpmyadmin",
    "pgadmin4",
    "redis-commander",
    "redisinsight",
    "traefik",
    "haproxy",
    "envoy",
    "nginx-proxy",
    "nginx-proxy-manager",
    "letsencrypt-nginx-proxy-companion",
    "acme-companion",
    "certbot",
    "cloudflared",
    "soketi",
    "gotenberg",
    "browserless",
    "chrome",
    "chromium",
    "chromedriver",
    "playwright",
    "rsync",
    "standalone-chrome",
    "standalone-chromium",
    "selenium",
    "prometheus",
    "grafana",
    "loki",
    "promtail",
    "jaeger",
    "otel",
    "node-exporter",
    "cadvisor",
    "portainer",
    "watchtower",
    "dozzle",
    "localstack",
    "ngrok",
    "imgproxy",
    "clamav",
    "mailu",
    "postfix",
    "varnish",
    "buggregator",
    "ftp",
    "sftp",
    "clickhouse",
    "clickhouse-server",
    "influxdb",
    "autoheal",
    "ofelia",
    "db-backup",
    "postgres-backup-local",
    "mysql-backup",
    "docker-socket-proxy",
    "solr",
    "tika-server",
    "proxysql",
    "mysql-server",
    "azure-sql-edge",
    "dynamodb-local",
    "apprise",
    "swagger-ui",
];

/// The name of an image without its tag and digest.
#[must_use]
pub fn name_of(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or_default();
    match image.rsplit_once(':') {
        // A port of the registry is followed by a path.
        Some((name, tag)) if !tag.contains('/') => name,
        _ => image,
    }
}

/// The name without the registry and the parts that stand for Docker's own.
fn short(name: &str) -> &str {
    let name = match name.split_once('/') {
        Some((host, rest)) if host.contains(['.', ':']) || host == "localhost" => rest,
        _ => name,
    };
    name.strip_prefix("library/").or_else(|| name.strip_prefix("docker/library/")).unwrap_or(name)
}

/// Whether an image says nothing about an app: a language or a system.
#[must_use]
pub fn is_known_base(name: &str) -> bool {
    BASES.contains(&short(name_of(name)))
}

/// Words of names that do not belong to a database or a tool alone.
const APPS: &[&str] = &["php", "laravel", "app", "fpm", "api", "web", "worker"];

/// Whether an image holds no code of an app: a database, a proxy.
#[must_use]
pub fn carries_no_code(image: &str) -> bool {
    let name = name_of(image).to_ascii_lowercase();
    let last = name.rsplit('/').next().unwrap_or_default();
    let words = || last.split(['-', '_', '.']);
    SERVICES.contains(&last)
        || (words().any(|word| SERVICES.contains(&word)) && !words().any(|word| APPS.contains(&word)))
}

/// Whether a service of this name is a database or a proxy, when nothing says which image it runs.
#[must_use]
pub fn is_helper_by_name(service: &str) -> bool {
    let name = service.to_ascii_lowercase();
    matches!(name.as_str(), "db" | "database" | "cache" | "mail" | "proxy" | "search" | "adminer")
        || carries_no_code(&name)
        || is_web_server(&name)
}

/// Images of web servers and of the tools of a page's assets: no app answers from them.
const WEB_SERVERS: &[&str] = &[
    "nginx",
    "nginx-unprivileged",
    "httpd",
    "caddy",
    "node",
    "bun",
    "composer",
    "openresty",
    "lighttpd",
    "alpine-git",
    "curl",
    "busybox",
];

/// Whether an image is a web server or a tool, without an app of its own.
#[must_use]
pub fn is_web_server(image: &str) -> bool {
    let name = name_of(image).to_ascii_lowercase();
    let last = name.rsplit('/').next().unwrap_or_default();
    WEB_SERVERS.contains(&last)
}

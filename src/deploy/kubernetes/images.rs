//! Images by their names: what is a service that others made is not the app.

/// An image without its tag and digest.
pub(in crate::deploy) fn without_tag(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or_default();
    let name = image.rfind('/').map_or(0, |slash| slash + 1);
    let colon = image.get(name..).and_then(|last| last.find(':'));
    colon.and_then(|colon| image.get(..name + colon)).unwrap_or(image)
}

/// Names of images that run no app of the repository.
const OTHERS: &[&str] = &[
    "adminer",
    "alertmanager",
    "alpine",
    "beanstalkd",
    "blackbox-exporter",
    "busybox",
    "caddy",
    "centrifugo",
    "certbot",
    "chromium",
    "cloud-sql-proxy",
    "cloudflared",
    "consul",
    "curl",
    "dockerize",
    "elasticsearch",
    "envoy",
    "etcd",
    "filebeat",
    "fluent-bit",
    "fluentd",
    "gce-proxy",
    "git-sync",
    "gotenberg",
    "grafana",
    "haproxy",
    "k8s-wait-for",
    "kafka",
    "keycloak",
    "kibana",
    "kubectl",
    "laravel-echo-server",
    "localstack",
    "logstash",
    "loki",
    "mailcatcher",
    "mailhog",
    "mailpit",
    "mariadb",
    "mc",
    "meilisearch",
    "memcached",
    "metabase",
    "minio",
    "mongo",
    "mongo-express",
    "mongodb",
    "mysql",
    "mysql-server",
    "mysqld-exporter",
    "nats",
    "nginx",
    "nginx-ingress-controller",
    "nginx-prometheus-exporter",
    "nginx-unprivileged",
    "node-exporter",
    "oauth2-proxy",
    "opensearch",
    "pause",
    "percona",
    "percona-server",
    "pgadmin4",
    "pgbouncer",
    "php-fpm-exporter",
    "php-fpm_exporter",
    "phpmyadmin",
    "phpredisadmin",
    "postgis",
    "postgres",
    "postgresql",
    "prometheus",
    "promtail",
    "proxysql",
    "pushgateway",
    "quickwit",
    "rabbitmq",
    "redis",
    "redis-cluster",
    "redis-commander",
    "redis-exporter",
    "redis-sentinel",
    "redis-stack",
    "redis-stack-server",
    "redis_exporter",
    "redisinsight",
    "registry",
    "reloader",
    "sftp",
    "soketi",
    "solr",
    "statsd-exporter",
    "telegraf",
    "traefik",
    "typesense",
    "valkey",
    "varnish",
    "vault",
    "volume-permissions",
    "wait4x",
    "zookeeper",
];

/// Whether an image runs a service that is not the app: a database, a proxy.
pub(in crate::deploy) fn is_other(image: &str) -> bool {
    let name = without_tag(image).rsplit('/').next().unwrap_or_default();
    OTHERS.binary_search(&name).is_ok()
}

/// Whether an image is a web server that may be without the app: `nginx`, `shop-nginx`.
pub(in crate::deploy) fn is_web_server(image: &str) -> bool {
    let name = without_tag(image).rsplit('/').next().unwrap_or_default();
    let words = || name.split(['-', '_', '.']);
    let is_server = words().any(|word| matches!(word, "nginx" | "caddy" | "httpd" | "haproxy" | "envoy"));
    is_server && !words().any(|word| word.starts_with("php") || matches!(word, "fpm" | "exporter"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_digests_are_no_part_of_the_name() {
        for (image, name, other) in [
            ("nginx:1.27-alpine", "nginx", true),
            ("registry.example.com:5000/acme/shop", "registry.example.com:5000/acme/shop", false),
            ("registry.example.com:5000/acme/shop:v1", "registry.example.com:5000/acme/shop", false),
            ("docker.io/bitnami/redis@sha256:abc", "docker.io/bitnami/redis", true),
            ("webdevops/php-nginx:8.3", "webdevops/php-nginx", false),
            ("", "", false),
            (":é", "", false),
        ] {
            assert_eq!((without_tag(image), is_other(image)), (name, other), "{image}");
        }
        assert!(OTHERS.is_sorted());
        for (image, expected) in
            [("nginx:1", true), ("acme/shop-nginx", true), ("acme/php-nginx", false), ("shop", false)]
        {
            assert_eq!(is_web_server(image), expected, "{image}");
        }
    }
}

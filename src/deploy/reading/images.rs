//! Images by their names: what is a service that others made is not the app. Data: `rules/deploy/images.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

#[derive(Debug, Deserialize, Default)]
struct Images {
    services: Vec<String>,
    helpers: Vec<String>,
    web_servers: Vec<String>,
    bases: Vec<String>,
}

fn images() -> &'static Images {
    static DATA: OnceLock<Images> = OnceLock::new();
    DATA.get_or_init(|| packed!("deploy-images.json").unwrap_or_default())
}

fn has(list: &[String], name: &str) -> bool {
    list.iter().any(|known| known == name)
}

/// An image without its tag and digest.
#[must_use]
pub fn without_tag(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or_default();
    match image.rsplit_once(':') {
        // A port of the registry is followed by a path.
        Some((name, tag)) if !tag.contains('/') => name,
        _ => image,
    }
}

/// The last part of an image's name, in small letters.
fn last(image: &str) -> String {
    without_tag(image).rsplit('/').next().unwrap_or_default().to_ascii_lowercase()
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
pub fn is_known_base(image: &str) -> bool {
    has(&images().bases, short(without_tag(image)))
}

/// Words of names that do not belong to a database or a tool alone.
const APPS: &[&str] = &["php", "laravel", "app", "fpm", "api", "web", "worker"];

/// Whether an image holds no code of an app: a database, a proxy.
#[must_use]
pub fn carries_no_code(image: &str) -> bool {
    let name = last(image);
    let words = || name.split(['-', '_', '.']);
    let services = &images().services;
    has(services, &name)
        || (words().any(|word| has(services, word)) && !words().any(|word| APPS.contains(&word)))
}

/// Whether an image is by its whole name something that others made: a service, a helper, a web server.
#[must_use]
pub fn is_others(image: &str) -> bool {
    let name = last(image);
    let all = images();
    [&all.services, &all.helpers, &all.web_servers].into_iter().any(|list| has(list, &name))
}

/// Whether an image is a web server or a tool, without an app of its own.
#[must_use]
pub fn is_web_server(image: &str) -> bool {
    has(&images().web_servers, &last(image))
}

/// Whether a service of this name is a database or a proxy, when nothing says which image it runs.
#[must_use]
pub fn is_helper_by_name(service: &str) -> bool {
    let name = service.to_ascii_lowercase();
    matches!(name.as_str(), "db" | "database" | "cache" | "mail" | "proxy" | "search" | "adminer")
        || carries_no_code(&name)
        || is_web_server(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_known_by_their_names() {
        let read: Result<Images, _> = packed!("deploy-images.json");
        assert!(read.unwrap().services.len() > 50);
        for (image, name, others) in [
            ("nginx:1.27-alpine", "nginx", true),
            ("registry.example.com:5000/acme/shop", "registry.example.com:5000/acme/shop", false),
            ("registry.example.com:5000/acme/shop:v1", "registry.example.com:5000/acme/shop", false),
            ("docker.io/bitnami/redis@sha256:abc", "docker.io/bitnami/redis", true),
            ("webdevops/php-nginx:8.3", "webdevops/php-nginx", false),
            ("", "", false),
            (":é", "", false),
        ] {
            assert_eq!((without_tag(image), is_others(image)), (name, others), "{image}");
        }
        for (image, none) in [
            ("acme/shop-redis", true),
            ("acme/redis-api", false),
            ("postgres:16", true),
            ("acme/shop", false),
        ] {
            assert_eq!(carries_no_code(image), none, "{image}");
        }
        assert!(is_known_base("docker.io/library/php:8.3") && !is_known_base("acme/php"));
    }
}

//! Web servers beside an app in its pod.

use crate::deploy::reading::without_tag;

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
    fn web_servers_beside_an_app() {
        for (image, expected) in
            [("nginx:1", true), ("acme/shop-nginx", true), ("acme/php-nginx", false), ("shop", false)]
        {
            assert_eq!(is_web_server(image), expected, "{image}");
        }
    }
}

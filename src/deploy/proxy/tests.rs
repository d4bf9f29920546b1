use super::*;
use crate::deploy::reading::shown;

fn all(path: &str, text: &str) -> String {
    shown(&read(&Files::from_texts(&[(path, text)])))
}

const NGINX: &str = "http {
  upstream app {
    least_conn;
    # server 10.0.0.9:80;
    server 10.0.0.1:9000 weight=3;
    server 10.0.0.2:9000 max_fails=3;
    server 10.0.0.3:9000 backup;
    server 10.0.0.4:9000 down;
    ip_hash;
  }
  server {
    listen 443 ssl;
    location / { proxy_pass http://app; }
  }
}
";

#[test]
fn an_upstream_of_several_hosts() {
    assert_eq!(
        all("docker/nginx/production.conf", NGINX),
        "nginx/production/app Web medium @2 [docker/nginx/production.conf]
  replicas 2..? @2
  sticky true by the client's address @9
  balanced @13
"
    );
}

#[test]
fn which_upstreams_are_replicated_and_sticky() {
    let of = |servers: &str| {
        let text = format!("upstream app {{ {servers} }} server {{ location / {{ fastcgi_pass app; }} }}");
        let found = read(&Files::from_texts(&[("nginx.conf", &text)]));
        found
            .first()
            .map(|found| (found.replicas.min, found.sticky.as_ref().map(|sticky| sticky.by.to_string())))
    };
    for (servers, expected) in [
        ("server 127.0.0.1:9000;", None),
        ("server app:9000;", None),
        ("server 127.0.0.1:9000; server 127.0.0.1:9001;", None),
        ("server unix:/run/php.sock; server localhost:9001;", None),
        ("server 10.0.0.1:1; server 10.0.0.1:2;", None),
        ("server ${A}:80; server ${B}:80;", None),
        ("server a:3306; server b:3306;", None),
        ("server a; server b; hash $request_uri;", Some((Some(2), None))),
        (
            "server a; server b; hash $binary_remote_addr consistent;",
            Some((Some(2), Some("the client's address"))),
        ),
        ("server a; server b; hash $cookie_laravel_session;", Some((Some(2), Some("a cookie of the app")))),
        (
            "server a; server [2001:db8::1]:80; sticky cookie srv_id expires=1h;",
            Some((Some(2), Some("a cookie of the proxy"))),
        ),
        ("server 127.0.0.1:80; server b:80; server c:80", Some((Some(3), None))),
    ] {
        let expected = expected.map(|(min, by)| (min, by.map(str::to_owned)));
        assert_eq!(of(servers), expected, "{servers}");
    }
}

#[test]
fn developers_streams_and_data_are_none() {
    for (path, text) in [
        ("docker/dev/nginx.conf", NGINX.to_owned()),
        ("nginx.conf", format!("stream {{ {NGINX} }}")),
        ("nginx.conf", NGINX.replace("upstream app", "upstream redis_cluster")),
    ] {
        assert_eq!(all(path, &text), "", "{path}");
    }
    let unused = all("nginx.conf", "upstream x { server a; server b; }");
    assert!(unused.starts_with("nginx/nginx/x Web low"), "{unused}");
}

const HAPROXY: &str = "global
  daemon
defaults
  mode http
  option httpchk GET /up
frontend web
  bind *:443 ssl crt /etc/ssl/shop.pem
  default_backend shop
backend shop
  balance roundrobin
  cookie SERVERID insert indirect nocache
  server web1 10.0.0.1:80 check cookie w1
  server web2 10.0.0.2:80 check cookie w2
  server web3 10.0.0.3:80 check backup
  server web4 10.0.0.4:80 disabled
listen mysql
  bind *:3306
  mode tcp
  balance source
  server db1 10.0.1.1:3306
  server db2 10.0.1.2:3306
";

#[test]
fn a_backend_of_several_hosts() {
    assert_eq!(
        all("deploy/haproxy.cfg", HAPROXY),
        "haproxy/haproxy/shop Web medium @9 [deploy/haproxy.cfg]
  replicas 2..? @9
  sticky true by a cookie of the proxy @11
  balanced @8
  health @5
"
    );
}

#[test]
fn what_keeps_a_client_with_haproxy() {
    let by = |lines: &str, options: &str| {
        let text = format!(
            "backend app\n{lines}\n server a 10.0.0.1:80 {options}\n server b 10.0.0.2:80 {options}\n"
        );
        let found = read(&Files::from_texts(&[("haproxy.cfg", &text)]));
        assert_eq!(found.len(), 1, "{text}");
        found[0].sticky.as_ref().map(|sticky| sticky.by.to_string())
    };
    for (lines, options, expected) in [
        ("balance source", "", Some("the client's address")),
        ("balance leastconn", "", None),
        ("balance uri", "", None),
        ("cookie SERVERID insert", "", None),
        ("cookie SERVERID insert dynamic", "", Some("a cookie of the proxy")),
        ("cookie PHPSESSID prefix", "cookie x", Some("a cookie of the app")),
        ("stick-table type ip size 1m expire 30m", "", None),
        ("stick-table type ip size 1m\nstick on src", "", Some("the client's address")),
        ("stick on cookie(laravel_session)", "", Some("a cookie of the app")),
    ] {
        assert_eq!(by(lines, options).as_deref(), expected, "{lines}");
    }
}

#[test]
fn large_and_odd_files_end() {
    let servers: String = (0..20_000).map(|at| format!("server h{at}:80;\n")).collect();
    let found = read(&Files::from_texts(&[("a.conf", &format!("upstream app {{ {servers} }}"))]));
    assert_eq!(found[0].replicas.min, Some(20_000));
    let backends: String =
        (0..5_000).map(|at| format!("backend b{at}\n server a a:1\n server b b:1\n")).collect();
    let fronts: String = (0..5_000).map(|at| format!("frontend f{at}\n default_backend b{at}\n")).collect();
    assert_eq!(read(&Files::from_texts(&[("haproxy.cfg", &format!("{backends}{fronts}"))])).len(), 100);
    for text in [
        "upstream",
        "upstream { server",
        "upstream é { server; server a; server b",
        "\u{0}{}{}",
        "backend\nserver\nserver é",
    ] {
        let _ = read(&Files::from_texts(&[("nginx.conf", text), ("haproxy.cfg", text)]));
    }
}

use super::super::read;
use super::all;
use crate::deploy::Files;
use crate::deploy::reading::{shown, skips};

#[test]
fn volumes_say_who_shares_them() {
    for (volume, declared, expected) in [
        ("vol:/x", "vol:", "OneServer"),
        ("vol:/x", "vol: {driver: local}", "OneServer"),
        (
            "vol:/x",
            "vol: {external: true}",
            "the volume `vol` is made elsewhere, by a driver that is not known",
        ),
        ("vol:/x", "vol: {driver: rexray/efs}", "Shared"),
        ("vol:/x", "vol: {driver: \"cloudstor:aws\", driver_opts: {backing: shared}}", "Shared"),
        (
            "vol:/x",
            "vol: {driver: acme}",
            "whether the driver `acme` shares a volume between machines is not known",
        ),
        ("vol:/x", "vol: {driver_opts: {type: cifs}}", "Shared"),
        ("vol:/x", "vol: {driver_opts: {type: none, o: bind}}", "OneServer"),
        ("~/d:/x", "vol:", "OneServer"),
        ("${D}:/x", "vol:", "`D` is given where compose is started; its value is not in the repository"),
        ("${D:-./d}:/x:ro", "vol:", "OneServer"),
        ("/x", "vol:", "OneReplica"),
        (
            "{type: cluster, source: vol, target: /x}",
            "vol:",
            "what a volume of the type `cluster` is, is not known",
        ),
    ] {
        let volume = if volume.starts_with('{') { volume.to_owned() } else { format!("\"{volume}\"") };
        let text =
            format!("services:\n  a:\n    image: acme/a\n    volumes: [{volume}]\nvolumes: {{{declared}}}\n");
        let shown = all(&[("compose.yml", &text)]);
        assert!(
            shown.contains(&format!(", {expected} @4\n")) && shown.contains("mount /x: "),
            "{volume} {declared}\n{shown}"
        );
    }
}

#[test]
fn a_developers_file_is_not_sure() {
    for (text, confidence) in [
        ("services: {app: {build: .}}", "medium"),
        ("services: {app: {build: ., volumes: [\".:/var/www/html\"]}}", "low"),
        ("services: {app: {build: ., working_dir: /x, volumes: [\"./src:/x\"]}}", "low"),
        ("services: {app: {build: ., volumes: [\"./php.ini:/usr/local/etc/php.ini\"]}}", "medium"),
        ("services: {laravel.test: {build: ./vendor/laravel/sail/runtimes/8.4, image: sail-8.4/app}}", "low"),
        ("app: {build: .}", "medium"),
    ] {
        let shown = all(&[("docker-compose.yml", text), ("Dockerfile", "FROM php\n")]);
        assert!(shown.lines().next().unwrap().contains(&format!(" Web {confidence} @")), "{text}\n{shown}");
    }
}

#[test]
fn nothing_hostile_ends_it() {
    let bomb = (1..40)
        .fold("a0: &a0 [x, x]\n".to_owned(), |text, n| format!("{text}a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1));
    let large = format!("services:\n  a:\n    image: b/c\n    command: {}\n", "x".repeat(5 << 20));
    let many: String =
        (0..5_000).map(|n| format!("  s{n}:\n    extends: s{}\n    image: a/b\n", n + 1)).collect();
    let many = format!("services:\n{many}");
    for text in [
        "",
        "services:",
        "services: []",
        "services: {a: , b: 1, c: []}",
        "services:\n\ta: b",
        "services: {a: {image: [1], build: {context: {}}, environment: 5, env_file: {x: y}, volumes: x, deploy: 1, labels: 1, command: {}}}",
        "services: {a: {image: a/b, build: {context: ../../x, dockerfile: /etc/passwd}, env_file: [[], {}], volumes: ['', ':', '::', 'é:é', {}]}}",
        "services: &a {b: *a}",
        "include: [compose.yml]\nservices: {a: {extends: {file: compose.yml, service: a}, image: a/b}}",
        "%%%",
        &bomb,
        &large,
        &many,
    ] {
        let files = Files::from_texts(&[("compose.yml", text), ("Dockerfile", "FROM x")]);
        let found = read(&files);
        assert!(found.len() <= 200);
        shown(&found);
    }
    let files = Files::from_texts(&[("compose.yml", "services:\n  a:\n    image: [b\n")]);
    assert!(read(&files).is_empty());
    assert!(skips(&files)[0].starts_with("compose.yml: not YAML: line "), "{:?}", skips(&files));
}

//! The documents tell what is true: every dependency has its reason, every command its line.

use std::process::Command;

fn read(path: &str) -> String {
    std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn every_dependency_has_its_reason() {
    let (manifest, document) = (read("Cargo.toml"), read("CONTRIBUTING.md"));
    let mut section = String::new();
    let mut seen = 0;
    for line in manifest.lines() {
        if line.starts_with('[') {
            line.clone_into(&mut section);
        } else if section.ends_with("dependencies]")
            && let Some((name, _)) = line.split_once('=')
        {
            let name = name.trim();
            let named = |row: &str| {
                row.split('|').nth(1).is_some_and(|cell| cell.split([',', ' ']).any(|word| word == name))
            };
            assert!(document.lines().any(named), "CONTRIBUTING.md gives no reason for {name}");
            seen += 1;
        }
    }
    assert!(seen > 10, "the manifest was not read: {seen}");
}

#[test]
fn every_command_is_in_the_readme() {
    let readme = read("README.md");
    let help = Command::new(env!("CARGO_BIN_EXE_unstick")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let commands = help.split("Commands:").nth(1).unwrap().split("\n\n").next().unwrap();
    let names: Vec<&str> = commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains(&"check") && names.contains(&"state"), "{names:?}");
    for name in names.into_iter().filter(|name| *name != "help") {
        assert!(
            readme.contains(&format!("unstick {name}")) || readme.contains(&format!("unstick [{name}]")),
            "{name}"
        );
    }
}

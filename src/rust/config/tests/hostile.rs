//! Files that are broken, strange or too large.

use super::{Folder, meant, settings, variables};

#[test]
fn broken_files_are_skipped() {
    for (name, text, crates, expected) in [
        ("Rocket.toml", "[default]\nport = \n", "rocket", "release skipped Rocket.toml: not TOML: line 2: "),
        (
            "config/production.yaml",
            "server: {}\nlogger:\n  a: [1\nb: c: d",
            "loco-rs",
            "default skipped production.yaml: not YAML: line ",
        ),
        ("config.json", "{\n\"a\": [}", "config", "default skipped config.json: not JSON: line 2: "),
        ("log4rs.yaml", "a: 'x\n", "log4rs", "default skipped log4rs.yaml: not YAML: line "),
    ] {
        let given: &[&str] = if crates == "rocket" { &["ROCKET_PORT=1"] } else { &[] };
        let lines = settings(&[(name, text)], &[crates], given);
        let skipped: Vec<&String> = lines.iter().filter(|line| line.contains("skipped")).collect();
        assert_eq!(skipped.len(), 1, "{lines:?}");
        assert!(skipped[0].starts_with(expected), "{lines:?}");
    }
}

#[test]
fn any_template_is_read() {
    let whole = "server: { port: 1 }\na: {{ get_env(name=\"A\", default=\"é\") }}\n";
    let cut = (0..whole.len()).filter_map(|at| whole.get(..at)).map(str::to_owned);
    let odd = [
        "{{",
        "{{}}",
        "{#",
        "{##}",
        "{{ get_env( }}",
        "{{ get_env(name=) }}",
        "{{ get_env(name=\"A\" default=\"b\") }}",
        "{{ get_env(name=\"A\") | upper | }}",
        "server: {{ get_env(name=\"L\", default=\"{ a: 1 }\") }}",
        "{% if x %}server: { a: 1 }{% endif %}",
        "server: 1\n{{- get_env(name=\"A\") -}}\n",
        "{{ get_env(name=\"É\", default=é) }}",
    ];
    for text in cut.chain(odd.into_iter().map(str::to_owned)) {
        settings(&[("config/production.yaml", &text)], &["loco-rs"], &["A={{ x }}"]);
        meant(&[("config/production.yaml", &text)], &["loco-rs"], &["A=: ["]);
    }
}

#[test]
fn too_many_values_are_not_read() {
    let text: String = (0..30_000).map(|index| format!("k{index} = 1\n")).collect();
    assert_eq!(
        settings(&[("config.toml", &text)], &["config"], &[]),
        ["default skipped config.toml: not TOML: line 1: it holds too many values"]
    );
}

#[test]
fn a_folder_above_is_looked_into_and_nothing_out_of_the_tree() {
    let folder = Folder::new(&[("Rocket.toml", "[default.databases.a]\nurl = 'a.db'"), ("apps/shop/x", "")]);
    for (path, expected) in
        [("apps/shop", 1), ("apps/shop/", 1), (".", 1), ("./apps", 1), ("no/such", 1), ("../..", 1)]
    {
        assert_eq!(folder.read(path, &["rocket"], &variables(&[])).len(), expected, "{path}");
    }
    let given = variables(&["ROCKET_CONFIG=../../etc/passwd", "LOCO_CONFIG_FOLDER=/etc"]);
    let read = folder.read("", &["rocket", "loco-rs"], &given);
    assert!(read.iter().all(|configured| configured.files.is_empty()));
}

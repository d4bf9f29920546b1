//! Rust apps that are broken, huge or strange: what cannot be read is said, and the rest is judged.

use super::common::Folder;
use super::{each_names, look};

const MANIFEST: &str = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\naxum = \"0.8\"\n\
                        tower-sessions = \"0.14\"\ntokio = { version = \"1\", features = [\"full\"] }\n";
const MAIN: &str = "mod other;\nuse tower_sessions::{MemoryStore, SessionManagerLayer};\n\nfn main() {\n    \
                    let _ = SessionManagerLayer::new(MemoryStore::default());\n}\n";

fn app() -> Folder {
    Folder::new().file("Cargo.toml", MANIFEST).file("src/main.rs", MAIN)
}

/// The session of the app is found, whatever else there is.
#[track_caller]
fn still_judged(folder: &Folder) {
    look(folder);
    let report = folder.check();
    let findings = report["findings"].as_array().unwrap();
    assert!(findings.iter().any(|finding| finding["rule"] == "local-session"), "{report:#}");
}

#[test]
fn a_whole_app_is_judged() {
    still_judged(&app());
    app().run(&["check"]).exits(1);
}

#[test]
fn a_manifest_that_cannot_be_read() {
    let broken = || app().file("crates/other/Cargo.toml", "[package\nname = 1");
    still_judged(&broken());
    broken().run(&["check"]).says("crates/other/Cargo.toml:1");
    let alone = Folder::new().file("Cargo.toml", "[package\nname = \"canary\"");
    each_names(&alone, "", "no app here");
}

#[test]
fn code_that_cannot_be_parsed() {
    for text in [
        "use tower_sessions::MemoryStore; fn f( {",
        "use tower_sessions::MemoryStore; fn f() { \"open }",
        "use tower_sessions::MemoryStore; \u{0}",
        "use tower_sessions::MemoryStore; fn f() { let x = 99999999999999999999999999999999999999999999; }",
    ] {
        still_judged(&app().file("src/other.rs", text));
    }
    let broken = app().file("src/other.rs", "use tower_sessions::MemoryStore; fn f( {");
    broken.run(&["check"]).says("src/other.rs");
}

#[test]
fn code_that_is_nested_deep() {
    for (open, close) in
        [("(", ")"), ("{", "}"), ("[", "]"), ("Some(", ")"), ("-", ""), ("&", ""), ("if a {", "}")]
    {
        let depth = 20_000;
        let text = format!(
            "use tower_sessions::MemoryStore;\nfn f() {{ let x = {}1{}; }}\n",
            open.repeat(depth),
            close.repeat(depth)
        );
        still_judged(&app().file("src/other.rs", text));
    }
    let types = format!(
        "use tower_sessions::MemoryStore;\ntype T = {}u8{};\n",
        "Vec<".repeat(9_000),
        ">".repeat(9_000)
    );
    still_judged(&app().file("src/other.rs", types));
}

#[test]
fn modules_and_imports_that_go_round() {
    still_judged(&app().file("src/other.rs", "pub use crate::other::x as y; pub use crate::other::y as x; pub use self::*; pub use super::*;\ntype A = B; type B = A;\nstatic S: A = MemoryStore;\n"));
    still_judged(&app().file("src/other.rs", "#[path = \"main.rs\"] mod main; // MemoryStore\n"));
}

#[test]
fn packages_that_go_round() {
    let around = "[package]\nname = \"around\"\nversion = \"0.1.0\"\n[dependencies]\nshop = { path = \"..\" }\n[features]\ndefault = [\"a\"]\na = [\"b\"]\nb = [\"a\", \"shop/around\"]\n";
    still_judged(
        &app()
            .file("Cargo.toml", format!("{MANIFEST}around = {{ path = \"around\" }}\n"))
            .file("around/Cargo.toml", around)
            .file("around/src/lib.rs", ""),
    );
    let out = format!("{MANIFEST}[workspace]\nmembers = [\"../*\", \"/etc\", \"**/**/**\", \"around\"]\n");
    still_judged(
        &app().file("Cargo.toml", out).file("around/Cargo.toml", around).file("around/src/lib.rs", ""),
    );
}

#[test]
fn config_files_that_cannot_be_read() {
    for (path, text) in [
        ("Rocket.toml", "[release\n"),
        ("config/production.yaml", "a: [\n"),
        ("config/production.yaml", "a: &a [*a, *a]\nb: *b\n"),
        ("log4rs.yaml", "\u{0}"),
        (".env.production", "A=\"\n"),
    ] {
        let all = format!(
            "{MANIFEST}rocket = \"0.5\"\nloco-rs = \"0.16\"\nlog4rs = \"1\"\nconfig = \"0.15\"\ndotenvy = \"0.15\"\n"
        );
        still_judged(&app().file("Cargo.toml", all).file(path, text));
    }
}

#[test]
fn a_file_that_is_huge() {
    let huge = format!("use tower_sessions::MemoryStore;\n{}", "pub fn f() { g(\"x\"); }\n".repeat(400_000));
    let folder = app().file("src/other.rs", huge);
    still_judged(&folder);
    folder.run(&["check"]).says("src/other.rs");
}

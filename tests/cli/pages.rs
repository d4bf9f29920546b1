//! What needs no app: the pages of the rules, completions, the manual.

use crate::common::Folder;

#[test]
fn explain() {
    let folder = Folder::new();
    let rules = folder.run(&["rules", "--format", "json"]).json();
    let list = folder.run(&["rules"]);
    for rule in rules["rules"].as_array().unwrap() {
        let id = rule["id"].as_str().unwrap();
        list.says(id).says(rule["title"].as_str().unwrap());
        let page = folder.run(&["explain", id]);
        page.exits(0);
        assert!(page.out.starts_with(id), "{page:#?}");
        for part in ["What users see", "Why", "Docs: https://", "Example:"] {
            page.says(part);
        }
        assert_eq!(&folder.run(&["explain", id, "--format", "json"]).json()["rules"][0], rule);
    }
    for (words, rule) in
        [("users are logged out", "local-session"), ("uploaded image is a 404", "local-disk")]
    {
        let run = folder.run(&["explain", "--symptom", words]);
        run.exits(0);
        assert!(run.out.starts_with(rule), "{run:#?}");
    }
    folder.run(&["explain", "local-sesion"]).exits(2).says("did you mean `local-session`?");
    folder.run(&["explain", "Local-Session"]).exits(2).says("local-session");
    folder.run(&["explain", "--symptom", "xyzzy"]).exits(2).says("unstick rules");
    folder.run(&["explain", "local-session", "--symptom", "x"]).exits(2);
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let folder = Folder::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = folder.run(&["completions", shell]);
        run.exits(0);
        for word in ["unstick", "check", "state", "config", "explain", "env-file", "fail-on"] {
            run.says(word);
        }
    }
    let man = folder.run(&["man"]);
    man.exits(0).says(".TH unstick").says("Exit codes");
    let help = folder.run(&["--help"]);
    help.exits(0);
    for command in ["check", "state", "config", "env", "explain", "rules", "completions", "man"] {
        help.says(command);
        man.says(command);
        folder.run(&[command, "--help"]).exits(0).says("Usage: unstick");
    }
    assert_eq!(folder.run(&["--version"]).exits(0).out, format!("unstick {}\n", env!("CARGO_PKG_VERSION")));
}

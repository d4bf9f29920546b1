//! Precedence, duplicates, and what a variable was made of.

use super::{MAJORS, check};
use crate::parse::dotenv::{Document, Doubt, Loaded, Setting, Use, Version, read};

fn load(text: &str, version: Version) -> Loaded {
    read(text, &version).load(&|name| match name {
        "OUT" => Some("side".to_owned()),
        "EMPTY" => Some(String::new()),
        _ => None,
    })
}

#[test]
fn the_outer_environment_always_wins() {
    for version in MAJORS {
        let loaded = load("OUT=1\nOUT=2\nEMPTY=3\nA=4", version);
        let variable = loaded.get("OUT").unwrap();
        assert_eq!(variable.setting, Setting::Value("side".into()), "{version:?}");
        assert!(variable.outer_wins);
        assert_eq!(loaded.get("EMPTY").unwrap().setting, Setting::Value("".into()), "{version:?}");
        assert!(!loaded.get("A").unwrap().outer_wins);
    }
    check(Version::V5, &[("OUT", &["OUT=side"]), ("OUT=1\nOUT\nA=${OUT}", &["OUT=side", "A=side"])]);
}

#[test]
fn duplicates_shadow_each_other() {
    let text = "A=1\nB=x\nA=2\nA=3";
    for (version, entry, shadowed) in
        [(Version::V5, 3, [0, 2]), (Version::V2, 0, [2, 3]), (Version::new(3, 3, 0), 0, [2, 3])]
    {
        let loaded = load(text, version);
        let variable = loaded.get("A").unwrap();
        assert_eq!((variable.entry, &*variable.shadowed), (entry, &shadowed[..]), "{version:?}");
        assert_eq!(loaded.variables.len(), 2);
        assert_eq!(&*loaded.variables[0].name, "A");
    }
    let loaded = load("OUT=1\nOUT=2", Version::V5);
    assert_eq!((loaded.variables[0].entry, &*loaded.variables[0].shadowed), (1, &[0][..]));
    let loaded = load("A=1\nA", Version::V5);
    assert_eq!((loaded.variables[0].entry, &*loaded.variables[0].shadowed), (1, &[0][..]));
}

#[test]
fn references_are_recorded_once() {
    let loaded = load("A=1\nA=2\nB=${A}${OUT}${A}${NO}${NO}\nA=3", Version::V5);
    let variable = loaded.get("B").unwrap();
    let uses = [Use { name: "A".into(), entry: Some(1) }, Use { name: "OUT".into(), entry: None }];
    let found: Vec<_> = uses.iter().filter(|wanted| variable.uses.contains(wanted)).collect();
    assert_eq!((found.len(), variable.uses.len()), (2, 2));
    assert_eq!(variable.undefined, ["NO".into()]);
    assert_eq!(variable.setting, Setting::Value("2side2${NO}${NO}".into()));
    let literal = load("A=1\nB='${A}'", Version::V5);
    assert!(literal.get("B").unwrap().uses.is_empty());
}

#[test]
fn an_error_leaves_what_the_version_has_set() {
    let text = "A=1\nB=\"x\" y\nC=3";
    for (version, effective) in [(Version::V2, 1), (Version::V3, 1), (Version::V4, 1), (Version::V5, 0)] {
        let document = read(text, &version);
        assert!(document.error.is_some());
        assert_eq!(document.entries.len(), 1, "{version:?}");
        assert_eq!(document.effective().len(), effective, "{version:?}");
    }
}

#[test]
fn what_is_dropped_silently_is_pointed_at() {
    let under = |text: &'static str, document: &Document| {
        let unclosed = document.unclosed.map(|span| &text[span.range()]);
        let comments: Vec<_> = document.long_comments.iter().map(|span| &text[span.range()]).collect();
        (unclosed, comments)
    };
    let text = "A=1\nB=\"x\nC=3\n\n";
    assert_eq!(under(text, &read(text, &Version::V5)), (Some("B=\"x\nC=3\n"), vec![]));
    let text = "#A=\"x\nB=2\nC=\"3\"\nD=4";
    assert_eq!(under(text, &read(text, &Version::V4)), (None, vec!["#A=\"x\nB=2\nC=\"3\""]));
    assert_eq!(under(text, &read(text, &Version::V2)), (None, vec![]));
}

#[test]
fn values_that_multiply_stay_unknown() {
    let mut text = "A0=xxxxxxxxxx\n".to_owned();
    for step in 1..40 {
        text.push_str(&format!("A{step}=${{A{}}}${{A{}}}\n", step - 1, step - 1));
    }
    text.push_str("B=1\n");
    for version in [Version::V2, Version::V5] {
        let loaded = load(&text, version);
        assert_eq!(loaded.get("A3").unwrap().setting, Setting::Value("x".repeat(80).into()));
        assert_eq!(loaded.get("A39").unwrap().setting, Setting::Unknown(Doubt::TooLong));
        assert_eq!(loaded.get("B").unwrap().setting, Setting::Value("1".into()));
    }
}

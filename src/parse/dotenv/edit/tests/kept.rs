//! The comparison that every edit must pass, edits one after the other, and bytes that are not UTF-8.

use super::{edited, empty, rename, set};
use crate::parse::dotenv::Version;
use crate::parse::dotenv::edit::{keeps_others, plan};
use crate::text::{Source, apply};

#[test]
fn other_variables_are_compared() {
    let others = |names: &[&str]| Err(names.iter().map(|&name| name.into()).collect::<Vec<_>>());
    for (before, after, changed, expected) in [
        ("A=1\nB=2", "A=1\nB=2\n# note", &[][..], Ok(())),
        ("A=1\nB=2", "B=2\nA=1", &[], Ok(())),
        ("A=1\nB=2", "A=1\nB=3", &["B"], Ok(())),
        ("A=1\nB=2", "A=1", &["B"], Ok(())),
        ("A=1\nB=2\nC=3", "A=1\nB=3\nD=4", &["A"], others(&["B", "C", "D"])),
        ("A=1\nB=${A}", "A=2\nB=${A}", &["A"], others(&["B"])),
        ("A=1", "A", &[], others(&["A"])),
        ("A", "A=", &[], others(&["A"])),
        // What phpdotenv refuses or drops.
        ("A=1\nB=2", "A=1\nB=x y", &["B"], others(&["A"])),
        ("B=2", "B=x y", &["B"], others(&[])),
        ("B=2", "B=2\nB=\"x", &["B"], others(&[])),
        ("B=2", "B=2\n#B=\"x\n\"", &["B"], others(&[])),
    ] {
        assert_eq!(keeps_others(before, after, Version::V5, changed), expected, "{before:?} {after:?}");
    }
}

#[test]
fn a_value_too_long_to_tell_is_not_kept() {
    let mut text = "X=1\nA0=xxxxxxxxxx\n".to_owned();
    for step in 1..40 {
        text.push_str(&format!("A{step}=${{A{}}}${{A{}}}\n", step - 1, step - 1));
    }
    assert!(plan(&text, Version::V3, &set("X", "2")).is_err());
}

#[test]
fn one_after_the_other() {
    let mut text =
        "APP_ENV=production\r\nCACHE_DRIVER=file\r\nSESSION_DRIVER=\"file\" # sessions\r\n".to_owned();
    for change in [
        set("SESSION_DRIVER", "redis"),
        rename("CACHE_DRIVER", "CACHE_STORE"),
        set("CACHE_STORE", "redis"),
        set("SESSION_CONNECTION", "default"),
        empty(&["REDIS_HOST", "REDIS_PASSWORD"], "one Redis for all replicas", &["CACHE_STORE"]),
        empty(&["REDIS_PORT", "REDIS_HOST"], "one Redis for all replicas", &["REDIS_HOST"]),
    ] {
        text = edited(&text, &plan(&text, Version::V5, &change).unwrap());
    }
    assert_eq!(
        text,
        "APP_ENV=production\r\nCACHE_STORE=redis\r\n# one Redis for all replicas\r\nREDIS_HOST=\r\n# one Redis for \
         all replicas\r\nREDIS_PORT=\r\nREDIS_PASSWORD=\r\nSESSION_DRIVER=\"redis\" # sessions\r\n\
         SESSION_CONNECTION=default\r\n"
    );
}

#[test]
fn bytes_that_are_not_utf8_stay() {
    // Windows-1252.
    let bytes = b"# caf\xe9 \x80\r\nAPP_NAME=\"Caf\xe9\"\r\nSESSION_DRIVER=file # \xfcber\r\n".to_vec();
    let source = Source::from_bytes(".env", bytes.clone());
    let planned = plan(source.text(), Version::V5, &set("SESSION_DRIVER", "redis")).unwrap();
    let added = plan(source.text(), Version::V5, &set("SESSION_LIFETIME", "5")).unwrap();
    assert_eq!(
        apply(&bytes, &[added.edit, planned.edit]).unwrap(),
        b"# caf\xe9 \x80\r\nAPP_NAME=\"Caf\xe9\"\r\nSESSION_DRIVER=redis # \xfcber\r\nSESSION_LIFETIME=5\r\n"
    );
}

//! Tables of texts, a change, and the exact text after it, in every release that reads the text.

mod added;
mod kept;
mod refusals;
mod renamed;
mod values;

use std::collections::BTreeMap;

use super::{Change, Planned, Refused, plan};
use crate::parse::dotenv::{Setting, Version, read};
use crate::text::apply;

/// A release on either side of every change that matters here.
const RELEASES: &[&str] = &[
    "1.1.1", "2.0.1", "2.4.0", "2.5.0", "2.5.2", "2.6.0", "2.6.1", "2.6.9", "3.0.0", "3.3.0", "3.3.1",
    "3.3.2", "3.3.3", "3.4.0", "3.5.0", "3.6.0", "3.6.1", "3.6.10", "4.0.1", "4.1.8", "4.3.0", "5.0.0",
    "5.2.0", "5.3.1", "5.4.1", "5.6.4",
];
/// The range of all releases.
const ALL: (&str, &str) = ("1", "6");
const V5: (&str, &str) = ("5", "6");

/// The text before, the change, the text after, the first release and the one after the last.
type Row<'a> = (&'a str, Change, &'a str, (&'a str, &'a str));

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn set(name: &str, value: &str) -> Change {
    Change::Set { name: name.to_owned(), value: value.to_owned(), kin: Vec::new() }
}

fn below(kin: &[&str], name: &str, value: &str) -> Change {
    Change::Set { name: name.to_owned(), value: value.to_owned(), kin: owned(kin) }
}

fn rename(old: &str, new: &str) -> Change {
    Change::Rename { old: old.to_owned(), new: new.to_owned() }
}

fn empty(names: &[&str], comment: &str, kin: &[&str]) -> Change {
    Change::AddEmpty { names: owned(names), comment: comment.to_owned(), kin: owned(kin) }
}

/// The releases of a range that read a text without an error.
fn readers(text: &str, (from, to): (&str, &str)) -> Vec<Version> {
    let [from, to] = [from, to].map(|release| Version::from_text(release).unwrap());
    let releases = RELEASES.iter().filter_map(|release| Version::from_text(release));
    releases.filter(|version| (from..to).contains(version) && read(text, version).error.is_none()).collect()
}

fn edited(text: &str, planned: &Planned) -> String {
    String::from_utf8(apply(text.as_bytes(), std::slice::from_ref(&planned.edit)).unwrap()).unwrap()
}

fn settings(text: &str, version: Version) -> BTreeMap<String, Setting> {
    let variables = read(text, &version).load(&|_| None).variables;
    variables.into_iter().map(|variable| (variable.name.to_string(), variable.setting)).collect()
}

/// What a text leaves after a change, written down without the code under test.
fn wanted(text: &str, change: &Change, version: Version) -> BTreeMap<String, Setting> {
    let mut settings = settings(text, version);
    match change {
        Change::Set { name, value, .. } => {
            settings.insert(name.clone(), Setting::Value(value.as_str().into()));
        }
        Change::Rename { old, new } => {
            let setting = settings.remove(old).unwrap();
            settings.insert(new.clone(), setting);
        }
        Change::AddEmpty { names, .. } => {
            for name in names {
                settings.entry(name.clone()).or_insert(Setting::Value("".into()));
            }
        }
    }
    settings
}

fn check(rows: &[Row<'_>]) {
    for (before, change, after, range) in rows {
        let versions = readers(before, *range);
        assert!(!versions.is_empty(), "no release reads {before:?}");
        for version in versions {
            let at = format!("{before:?} {change:?} {version:?}");
            let planned = plan(before, version, change).unwrap_or_else(|refused| panic!("{at}: {refused:?}"));
            assert_eq!(edited(before, &planned), *after, "{at}");
            assert_eq!(settings(after, version), wanted(before, change, version), "{at}");
            assert_eq!(plan(after, version, change), Err(Refused::AlreadySo), "{at}");
        }
    }
}

/// A text and a change that every release of the range refuses for the same reason.
fn check_refused(rows: &[(&str, Change, Refused, (&str, &str))]) {
    for (text, change, refused, range) in rows {
        let [from, to] = [range.0, range.1].map(|release| Version::from_text(release).unwrap());
        let releases = RELEASES.iter().filter_map(|release| Version::from_text(release));
        let versions: Vec<_> = releases.filter(|version| (from..to).contains(version)).collect();
        assert!(!versions.is_empty(), "{range:?}");
        for version in versions {
            assert_eq!(plan(text, version, change).as_ref(), Err(refused), "{text:?} {change:?} {version:?}");
        }
    }
}

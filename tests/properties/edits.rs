//! Edits of `.env` files: one thing changes, every other byte and every other variable stays.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use unstick::parse::dotenv::edit::{Change, Planned, Refused, keeps_others, plan};
use unstick::parse::dotenv::{Entry, Setting, Version, read};
use unstick::text::{Source, apply};

use super::holds;
use super::mutate::{DOTENV, mutated};

const VERSIONS: &[&str] = &[
    "1.1.1", "2.0.1", "2.5.2", "2.6.0", "2.6.9", "3.3.0", "3.3.3", "3.6.10", "4.0.1", "4.3.0", "5.0.0",
    "5.4.1", "5.6.4",
];
const NAMES: &[&str] =
    &["A", "AB", "SESSION_DRIVER", "SESSION_LIFETIME", "SESSION", "REDIS_HOST", "REDIS_PORT", "B.C"];
const WRITTEN: &[&str] = &[
    "",
    "file",
    "s3cret",
    "\"s3cret s\"",
    "'s3cret'",
    "\"\"",
    "''",
    "\"a\\\"b\\\\\"",
    "\"a # b\"",
    "a#b",
    "a=b=",
    "0",
    "${A}",
    "\"${AB} y\"",
    "'${SESSION_DRIVER}'",
    "{$A}",
    "${NO}",
    "\"over\nSESSION_DRIVER=1\nlines\"",
    "'it",
    "\"open",
    "\u{e9}",
    " ",
    "\t\"x\"",
    "\"x\" y",
    "\\n",
];
const WANTED: &[&str] = &[
    "redis",
    "",
    "0",
    "file",
    "two words",
    "a#b",
    "it's",
    "a\"b\\",
    "${A}",
    "{$A}",
    " x ",
    "\u{e9}",
    "s3cret",
    "tcp://h:6379/0",
    "a\nb",
    "#",
    "\\",
    "'",
    "a=\"b",
];

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(NAMES).prop_map(str::to_owned)
}

fn line() -> impl Strategy<Value = String> {
    let left = (prop::sample::select(&["", "", "", "export ", " ", "\t", "# ", "#"][..]), name());
    let right = prop::sample::select(WRITTEN);
    let equals = prop::sample::select(&["=", "=", "=", " = ", "\t=", "= "][..]);
    let note = prop::sample::select(&["", "", "", " # note", "#note", "  "][..]);
    prop_oneof![
        12 => (left, equals, right, note)
            .prop_map(|((before, name), equals, value, note)| format!("{before}{name}{equals}{value}{note}")),
        1 => name(),
        1 => prop::sample::select(&["", " ", "# note", "# A=\"x", "\u{e9}", "'AB'=1", "A\"B=1"][..]).prop_map(str::to_owned),
    ]
}

fn file() -> impl Strategy<Value = String> {
    let lines = prop::collection::vec(line(), 0..8);
    let ending = prop::sample::select(&["\n", "\n", "\r\n", "\r"][..]);
    let whole = (lines, ending, any::<bool>(), prop::sample::select(&["", "", "\u{feff}"][..]));
    let generated = whole.prop_map(|(lines, ending, last, bom)| {
        let end = if last { ending } else { "" };
        format!("{bom}{}{end}", lines.join(ending).replace('\n', if ending == "\r" { "\r" } else { "\n" }))
    });
    prop_oneof![4 => generated, 1 => mutated(DOTENV)]
}

fn change() -> impl Strategy<Value = Change> {
    let kin = || prop::collection::vec(name(), 0..3);
    prop_oneof![
        4 => (name(), prop::sample::select(WANTED), kin())
            .prop_map(|(name, value, kin)| Change::Set { name, value: value.to_owned(), kin }),
        1 => (name(), name()).prop_map(|(old, new)| Change::Rename { old, new }),
        2 => (prop::collection::vec(name(), 1..4), "[ -~]{0,12}", kin())
            .prop_map(|(names, comment, kin)| Change::AddEmpty { names, comment, kin }),
    ]
}

fn settings(text: &str, version: Version) -> BTreeMap<String, Setting> {
    let variables = read(text, &version).load(&|_| None).variables;
    variables.into_iter().map(|variable| (variable.name.to_string(), variable.setting)).collect()
}

fn names(change: &Change) -> Vec<&str> {
    match change {
        Change::Set { name, .. } => vec![name],
        Change::Rename { old, new } => vec![old, new],
        Change::AddEmpty { names, .. } => names.iter().map(String::as_str).collect(),
    }
}

/// What the file must leave afterwards.
fn wanted(mut settings: BTreeMap<String, Setting>, change: &Change) -> BTreeMap<String, Setting> {
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

/// The rows of all entries as they are written.
fn rows<'a>(text: &'a str, entries: &[Entry]) -> Vec<&'a str> {
    entries.iter().map(|entry| &text[entry.line_span.range()]).collect()
}

/// At most one row differs, or rows were added and no other one is touched.
fn one_row_changes(before: &[&str], after: &[&str], change: &Change) -> bool {
    let same = before.iter().zip(after).take_while(|(before, after)| before == after).count();
    let (before, after) = (&before[same..], &after[same..]);
    if before.len() == after.len() {
        return !matches!(change, Change::AddEmpty { .. }) && before.get(1..) == after.get(1..);
    }
    after.len() > before.len() && after.ends_with(before)
}

static PLANNED: AtomicU32 = AtomicU32::new(0);

fn edit_property((text, version, change): (String, &'static str, Change)) -> TestCaseResult {
    let version = Version::from_text(version).unwrap();
    let Planned { edit, line, .. } = match plan(&text, version, &change) {
        Ok(planned) => planned,
        Err(refused) => {
            prop_assert!(!refused.to_string().contains("s3cret"), "{}", refused);
            return Ok(());
        }
    };
    PLANNED.fetch_add(1, Ordering::Relaxed);
    let after =
        apply(text.as_bytes(), std::slice::from_ref(&edit)).and_then(|bytes| String::from_utf8(bytes).ok());
    let after = after.unwrap();
    let (start, end) = (edit.span.start as usize, edit.span.end as usize);
    prop_assert!(after.starts_with(&text[..start]) && after.ends_with(&text[end..]));
    prop_assert_eq!(after.len(), text.len() - (end - start) + edit.new.len());
    let told = Source::new("", after.clone()).line(line).replace(['"', '\''], "");
    prop_assert!(names(&change).iter().any(|name| told.contains(name)) || told.contains('#'), "{}", told);
    prop_assert_eq!(settings(&after, version), wanted(settings(&text, version), &change), "{:?}", after);
    prop_assert_eq!(keeps_others(&text, &after, version, &names(&change)), Ok(()));
    let (old, new) = (read(&text, &version).entries, read(&after, &version).entries);
    let (old, new) = (rows(&text, &old), rows(&after, &new));
    prop_assert!(one_row_changes(&old, &new, &change), "{:?}", after);
    prop_assert_eq!(plan(&after, version, &change), Err(Refused::AlreadySo), "{:?}", after);
    Ok(())
}

#[test]
fn an_edit_changes_one_thing() {
    let cases = 3000;
    holds(cases, || (file(), prop::sample::select(VERSIONS), change()), edit_property);
    let planned = PLANNED.load(Ordering::Relaxed);
    assert!(planned > cases / 4, "too few of the files can be edited: {planned}");
}

//! Against what the crates themselves do: `table.json` was written by a program that loads each text with dotenvy
//! 0.15.7 and with dotenv 0.15.0 in a process that has `OUTER=outer` and `EMPTY=`.
//! A row: the text; for each crate the variables that are new, and whether it took the whole file.

use std::collections::BTreeMap;

use super::*;

type Row = (String, (BTreeMap<String, String>, bool), (BTreeMap<String, String>, bool));

fn outer(name: &str) -> Outer {
    match name {
        "OUTER" => Outer::Value("outer".into()),
        "EMPTY" => Outer::Value("".into()),
        "HIDDEN" => Outer::Unknown,
        _ => Outer::Unset,
    }
}

#[test]
fn texts_are_read_as_the_crates_read_them() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("table.json")).unwrap();
    assert!(rows.len() > 100);
    for (text, dotenvy, dotenv) in rows {
        for (reader, (expected, complete)) in [(Reader::Dotenvy, dotenvy), (Reader::Dotenv, dotenv)] {
            let loaded = load(&text, reader, &outer);
            let found: BTreeMap<String, String> = loaded
                .variables
                .iter()
                .filter(|variable| !variable.outer_wins)
                .map(|variable| {
                    (variable.entry.name.to_string(), variable.value.as_deref().unwrap_or("?").to_owned())
                })
                .collect();
            assert_eq!(found, expected, "{reader:?} {text:?}");
            assert_eq!(loaded.error.is_none(), complete, "{reader:?} {text:?} {:?}", loaded.error);
        }
    }
}

#[test]
fn entries_and_errors_have_their_places() {
    let text = "# é\nexport É=1\n  export A = \"x\ny\" # c\nB=\nC=x y\n D=z ;\nE='é\n";
    let found: Vec<String> = read(text, Reader::Dotenvy)
        .into_iter()
        .map(|entry| match entry {
            Ok(entry) => format!(
                "{}|{}|{}",
                &text[entry.name_span.range()],
                &text[entry.value_span.range()],
                &text[entry.span.range()]
            ),
            Err(error) => format!("error {}", &text[error.span.range()]),
        })
        .collect();
    assert_eq!(
        found,
        ["error É=1", "A|\"x\ny\"|export A = \"x\ny\"", "B||B=", "error x y", "error z ;", "error E='é\n"]
    );
}

#[test]
fn what_is_shadowed_used_and_unknown_is_told() {
    let loaded = load("A=1\nA=2\nB=$A$C\nOUTER=x\nD=${HIDDEN}\nE=$D\n", Reader::Dotenvy, &outer);
    let shown: Vec<String> = loaded
        .variables
        .iter()
        .map(|variable| {
            format!(
                "{}={} shadows {} uses {} lacks {}{}",
                variable.entry.name,
                variable.value.as_deref().unwrap_or("?"),
                variable.shadowed.len(),
                variable.uses.join(","),
                variable.undefined.join(","),
                if variable.outer_wins { " outer" } else { "" }
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "A=1 shadows 1 uses  lacks ",
            "B=1 shadows 0 uses A lacks C",
            "OUTER=outer shadows 0 uses  lacks  outer",
            "D=? shadows 0 uses HIDDEN lacks ",
            "E=? shadows 0 uses D lacks ",
        ]
    );
}

#[test]
fn growth_is_bounded() {
    let mut text = "A0=0123456789\n".to_owned();
    for index in 1..60 {
        text += &format!("A{index}=${{A{0}}}${{A{0}}}\n", index - 1);
    }
    let loaded = load(&text, Reader::Dotenvy, &outer);
    assert_eq!(loaded.variables.len(), 60);
    assert_eq!(loaded.variables.last().unwrap().value, None);
}

#[test]
fn any_text_is_read() {
    for text in ["$", "A=$é{", "A=\"\\", "A='\u{0}\u{feff}", "\r", "A=\r\n\r", "\u{feff}\u{feff}A", "A=${é"]
    {
        for reader in [Reader::Dotenvy, Reader::Dotenv] {
            for entry in read(text, reader) {
                let span = entry.map_or_else(|error| error.span, |entry| entry.span);
                assert!(text.get(span.range()).is_some(), "{text:?}");
            }
        }
    }
}

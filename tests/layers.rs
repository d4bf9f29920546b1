//! The map of the rooms, kept true: imports point one way, disk and terminals are touched where they may be, files stay
//! small.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order of `src/lib.rs`: each may import those before it, never one behind it.
const ROOMS: &[&str] = &[
    "text", "discover", "parse", "facts", "deploy", "eval", "laravel", "rust", "rules", "findings", "fix",
    "report", "cli", "lib", "main",
];
/// Rooms that do not know each other, though one comes before the other.
const STRANGERS: &[(&str, &str)] = &[("laravel", "rust"), ("report", "fix")];
/// Words that stand only in some rooms, or in one file of a room.
const ONLY_IN: &[(&[&str], &[&str])] = &[
    (&["clap::", "clap_complete", "clap_mangen"], &["cli"]),
    (&["miette"], &["report"]),
    (&["std::fs", "fs::", "File::", "OpenOptions"], &["discover", "fix", "cli"]),
    (&["std::env", "env::var", "env::args"], &["cli", "fix/fault"]),
    (
        &["std::process::Command", "Command::new", "TcpStream", "UdpSocket", "UnixStream", "ToSocketAddrs"],
        &[],
    ),
    (&["println!", "print!", "dbg!"], &[]),
    (&["unsafe {", "unsafe fn", "unsafe impl"], &[]),
    (&[".unwrap()", ".expect(", "todo!", "unimplemented!"], &[]),
];
const MAX_LINES: usize = 400;
const MAX_MEDIAN: usize = 150;

/// A source file: where it is, its module path, its code without comments and without tests.
struct Module {
    file: PathBuf,
    path: Vec<String>,
    code: String,
    lines: usize,
}

impl Module {
    fn room(&self) -> &str {
        &self.path[0]
    }

    /// The rooms that the code names, through `crate::` or enough `super::`.
    fn imports(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (index, _) in self.code.match_indices("crate::") {
            if !self.code[..index].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
                first_names(&self.code[index + "crate::".len()..], &mut found);
            }
        }
        for (index, _) in self.code.match_indices("super::") {
            if self.code[..index].ends_with("super::") {
                continue;
            }
            let mut rest = &self.code[index..];
            let mut ups = 0;
            while let Some(after) = rest.strip_prefix("super::") {
                (rest, ups) = (after, ups + 1);
            }
            if ups >= self.path.len() {
                first_names(rest, &mut found);
            }
        }
        // Macros of the crate's root, and the root's own names.
        found.retain(|name| name.chars().next().is_some_and(char::is_lowercase));
        found
    }
}

/// The name that a path starts with, or those of its group: `a::b` is `a`, `{a::{b, c}, d}` is `a` and `d`.
fn first_names(path: &str, found: &mut Vec<String>) {
    let name =
        |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = path.strip_prefix('{') else {
        found.push(name(path));
        return;
    };
    let (mut depth, mut start) = (0, 0);
    for (index, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                found.push(name(&group[start..index]));
                start = index + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found.retain(|name| !name.is_empty());
}

fn modules() -> Vec<Module> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut modules = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let file = entry.unwrap().path();
            if file.is_dir() {
                folders.push(file);
            } else if file.extension().is_some_and(|extension| extension == "rs") {
                modules.push(module(&root, &file));
            }
        }
    }
    modules.sort_by(|a, b| a.file.cmp(&b.file));
    assert!(modules.len() > 100, "the walk finds too little: {}", modules.len());
    modules
}

fn module(root: &Path, file: &Path) -> Module {
    let relative = file.strip_prefix(root).unwrap();
    let mut path: Vec<String> =
        relative.with_extension("").iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    if path.last().is_some_and(|name| name == "mod") {
        path.pop();
    }
    let text = fs::read_to_string(file).unwrap();
    let is_test = path.iter().any(|part| part == "tests");
    let own = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let code = own.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join("\n");
    Module {
        file: relative.to_owned(),
        path,
        code: if is_test { String::new() } else { code },
        lines: text.lines().count(),
    }
}

fn rank(room: &str) -> Option<usize> {
    ROOMS.iter().position(|known| *known == room)
}

#[test]
fn every_room_is_on_the_map() {
    for module in modules() {
        assert!(
            rank(module.room()).is_some(),
            "src/{}: the room `{}` is not in ROOMS of tests/layers.rs: add it where it belongs, and to src/lib.rs",
            module.file.display(),
            module.room()
        );
    }
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let map: Vec<&str> =
        text.split('`').find(|part| part.contains("<-")).unwrap().split("<-").map(str::trim).collect();
    let rooms: Vec<&str> = ROOMS.iter().copied().filter(|room| *room != "lib").collect();
    assert_eq!(map, rooms, "the map in src/lib.rs");
}

#[test]
fn imports_point_one_way() {
    let mut arrows = 0;
    let mut wrong = Vec::new();
    for module in modules() {
        let own = rank(module.room()).unwrap_or(usize::MAX);
        for room in module.imports() {
            if room == module.room() {
                continue;
            }
            arrows += 1;
            let runs_back = rank(&room).is_none_or(|other| other > own);
            let strangers =
                STRANGERS.iter().any(|(a, b)| [(*a, *b), (*b, *a)].contains(&(module.room(), room.as_str())));
            if runs_back || strangers {
                wrong.push(format!("src/{} imports {room}", module.file.display()));
            }
        }
    }
    assert!(arrows > 100, "the search finds too few imports: {arrows}");
    assert!(wrong.is_empty(), "arrows that run back: {wrong:#?}");
}

#[test]
fn some_words_stand_only_in_some_rooms() {
    let mut wrong = Vec::new();
    for module in modules() {
        for (words, rooms) in ONLY_IN {
            for word in words.iter().filter(|word| names(&module.code, word)) {
                let file = module.path.join("/");
                if !rooms.iter().any(|room| *room == module.room() || *room == file) {
                    wrong.push(format!("src/{}: `{word}`", module.file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether the word stands in the code, not as the end of a longer one (`eprintln!`, `Source::from_file::`).
fn names(code: &str, word: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(index, _)| word.starts_with('.') || !code[..index].ends_with(inside))
}

#[test]
fn files_are_small() {
    let mut lines: Vec<usize> = Vec::new();
    let mut long = BTreeMap::new();
    for module in modules() {
        lines.push(module.lines);
        if module.lines > MAX_LINES {
            long.insert(module.file, module.lines);
        }
    }
    lines.sort_unstable();
    assert!(long.is_empty(), "longer than {MAX_LINES} lines: {long:#?}");
    let median = lines[lines.len() / 2];
    assert!(median <= MAX_MEDIAN, "the median file has {median} lines");
}

#[test]
fn the_search_finds_what_it_must() {
    let module = |path: &[&str], code: &str| Module {
        file: PathBuf::new(),
        path: path.iter().map(|part| (*part).to_owned()).collect(),
        code: code.to_owned(),
        lines: 0,
    };
    for (code, found) in [
        ("use crate::cli::args;", vec!["cli"]),
        ("use crate::{laravel, report::{json, text}, rules as r};", vec!["laravel", "report", "rules"]),
        ("let x = crate::report::clean(y);", vec!["report"]),
        ("pub(crate) fn f() { $crate::x() }", vec![]),
        ("use super::mask;", vec![]),
        ("use super::super::cli::x;", vec!["cli"]),
        ("use super::super::{cli, report};", vec!["cli", "report"]),
    ] {
        assert_eq!(module(&["text", "mask"], code).imports(), found, "{code}");
    }
    assert!(names("std::fs::read(x)", "fs::") && !names("prefs::read", "fs::"));
    assert!(names("a.unwrap()", ".unwrap()") && !names("a.unwrap_or(b)", ".unwrap()"));
    assert!(!names("eprintln!(x)", "println!"));
}

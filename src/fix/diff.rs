//! The difference between two env files as a unified diff, without what is secret in them.
//!
//! It is for people: with masked values in it, no program can apply it.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

use super::masked::{Line, masked, split};
use crate::parse::dotenv::{Version, read};
use crate::text::escape::clean;
use crate::text::{MASK, is_secret_name};

/// Lines around a change.
const CONTEXT: usize = 3;

/// The difference, empty when there is none. Values are masked unless `shown` says yes to the variable's name, and so
/// is every text that no entry covers. Of comments only those are shown that the edit
/// brought, up to their first `=` or `:`. Whether a
/// line ends in `\n` or `\r\n` is compared, not shown.
#[must_use]
pub fn unified(path: &str, old: &str, new: &str, version: &Version, shown: &dyn Fn(&str) -> bool) -> String {
    let (old_lines, new_lines) = (split(old), split(new));
    let ops = capture_diff_slices(Algorithm::Myers, &texts(old, &old_lines), &texts(new, &new_lines));
    let groups = group_diff_ops(ops, CONTEXT);
    if groups.is_empty() {
        return String::new();
    }
    let olds = Side { lines: &old_lines, masked: masked(old, &old_lines, version, shown, &|_| false) };
    let secrets = secrets(old, version);
    let all_stay = comments_stay(old, &olds, new, &new_lines);
    let is_ours =
        |body: &str| all_stay && !old.contains(body) && !secrets.iter().any(|secret| body.contains(secret));
    let news = Side { lines: &new_lines, masked: masked(new, &new_lines, version, shown, &is_ours) };
    let path = clean(path);
    let mut out = format!("--- {path}\n+++ {path}\n");
    for group in groups {
        hunk(&mut out, &group, &olds, &news);
    }
    out
}

/// One of the two texts.
struct Side<'a> {
    lines: &'a [Line],
    masked: Vec<String>,
}

impl Side<'_> {
    fn text(&self, index: usize) -> &str {
        self.masked.get(index).map_or(MASK, String::as_str)
    }

    fn write(&self, out: &mut String, sign: char, index: usize, text: &str) {
        out.push(sign);
        out.push_str(text);
        out.push('\n');
        if self.lines.get(index).is_some_and(|line| line.end == line.next) {
            out.push_str("\\ No newline at end of file\n");
        }
    }
}

fn hunk(out: &mut String, ops: &[DiffOp], old: &Side<'_>, new: &Side<'_>) {
    let (Some(first), Some(last)) = (ops.first(), ops.last()) else { return };
    let old_range = range(first.old_range().start, last.old_range().end);
    let new_range = range(first.new_range().start, last.new_range().end);
    out.push_str(&format!("@@ -{old_range} +{new_range} @@\n"));
    for op in ops {
        if let DiffOp::Equal { .. } = op {
            for (before, after) in op.old_range().zip(op.new_range()) {
                // The same line may be a part of a value on one side only.
                let same = old.text(before) == new.text(after);
                old.write(out, ' ', before, if same { old.text(before) } else { MASK });
            }
            continue;
        }
        op.old_range().for_each(|index| old.write(out, '-', index, old.text(index)));
        op.new_range().for_each(|index| new.write(out, '+', index, new.text(index)));
    }
}

/// Lines as a hunk's head writes them: the first from 1, then how many unless it is one; an empty range stands after
/// the line before it.
fn range(start: usize, end: usize) -> String {
    match end.saturating_sub(start) {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        length => format!("{},{length}", start + 1),
    }
}

/// The lines with their ends.
fn texts<'a>(text: &'a str, lines: &[Line]) -> Vec<&'a str> {
    lines.iter().map(|line| text.get(line.start..line.next).unwrap_or_default()).collect()
}

/// Whether all lines that are no plain assignments are in the new text too. If not, a new comment may have been made
/// from one of them.
fn comments_stay(old: &str, olds: &Side<'_>, new: &str, new_lines: &[Line]) -> bool {
    let content =
        |text: &'_ str, line: &Line| text.get(line.start..line.end).unwrap_or_default().trim().to_owned();
    let mut there: HashMap<String, usize> = HashMap::new();
    for line in new_lines {
        *there.entry(content(new, line)).or_default() += 1;
    }
    let others = olds.lines.iter().zip(&olds.masked).filter(|(_, masked)| {
        let masked = masked.trim_start();
        masked == MASK || masked.starts_with('#')
    });
    others.map(|(line, _)| content(old, line)).all(|content| match there.get_mut(&content) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    })
}

/// Values that must not stand in a comment either.
fn secrets<'a>(text: &'a str, version: &Version) -> Vec<&'a str> {
    let entries = read(text, version).entries;
    let secret = entries.iter().filter(|entry| is_secret_name(&entry.name));
    let values = secret.filter_map(|entry| text.get(entry.value_span.range()));
    values.map(|value| value.trim_matches(['"', '\''])).filter(|value| !value.is_empty()).collect()
}

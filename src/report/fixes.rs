//! A fix in words.

use crate::facts::{Action, Applicability, Edit, Fix};

/// What a fix does, where, and whether `unstick fix` would: the line below a finding.
pub fn sentence(fix: &Fix) -> String {
    let at = fix.edits.first().map_or_else(String::new, |edit| format!(" in {}", edit.source.path()));
    let others: Vec<String> = fix.edits.iter().skip(1).map(change).collect();
    let more = if others.is_empty() { String::new() } else { format!(", and {}", others.join(", ")) };
    let why = fix.reasons().join("; ");
    let how = match fix.applicability {
        Applicability::Safe => "safe: unstick fix".to_owned(),
        Applicability::Unsafe => format!("unsafe: unstick fix --unsafe; {why}"),
        Applicability::Display => format!("by hand: {why}"),
    };
    let line = fix.by_hand.as_ref().map_or_else(String::new, |line| format!("; {line}"));
    if fix.by_hand.as_ref().is_some_and(|lines| lines.contains('\n')) {
        return format!("{}{more}{at} ({how})", fix.title);
    }
    format!("{}{more}{at} ({how}){line}", fix.title)
}

/// One edit in words: `SESSION_DRIVER: file -> redis`.
pub fn change(edit: &Edit) -> String {
    match &edit.action {
        Action::Set { variable, value, .. } => match &edit.old {
            Some(old) if old.is_empty() => format!("{variable}: set to {value}"),
            Some(old) => format!("{variable}: {old} -> {value}"),
            None => format!("{variable}={value}"),
        },
        Action::Rename { old, new } => format!("{old} is now {new}"),
    }
}

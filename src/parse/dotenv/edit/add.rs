//! Lines for people to fill in.

use super::{Original, Planned, Refused, place};
use crate::parse::dotenv::Setting;

pub(super) fn plan(
    file: &Original<'_>,
    names: &[String],
    comment: &str,
    kin: &[String],
) -> Result<Planned, Refused> {
    let mut missing: Vec<&str> = Vec::new();
    for name in names {
        if file.loaded.get(name).is_none() && !missing.contains(&&**name) {
            super::check_name(name)?;
            place::not_hidden(file, name)?;
            missing.push(name);
        }
    }
    let Some(first) = missing.first() else {
        return Err(Refused::AlreadySo);
    };
    if comment.contains(char::is_control) || comment.contains("=\"") {
        return Err(Refused::Comment);
    }
    let place = place::find(file, &missing, kin)?;
    let mut lines = Vec::new();
    let comment = comment.trim();
    if !comment.is_empty() {
        lines.push(format!("# {comment}"));
    }
    lines.extend(missing.iter().map(|name| format!("{name}=")));
    let edit = file.first_that_holds([place.insert(&lines)], &missing, first, |loaded| {
        missing.iter().all(|name| {
            loaded.get(name).is_some_and(|variable| variable.setting == Setting::Value("".into()))
        })
    })?;
    let line = place.line(file, &edit);
    Ok(Planned { edit, line, old: None, new: lines.join("\n") })
}

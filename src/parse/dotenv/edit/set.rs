//! A value for one variable.

use super::{Original, Planned, Refused, line_at, place, write};
use crate::parse::dotenv::lines::RowKind;
use crate::parse::dotenv::{Entry, Loaded, Setting, part, span, trim};
use crate::text::Edit;

pub(super) fn plan(file: &Original<'_>, name: &str, value: &str, kin: &[String]) -> Result<Planned, Refused> {
    let Some(variable) = file.loaded.get(name) else {
        return add(file, name, value, kin);
    };
    if matches!(&variable.setting, Setting::Value(current) if **current == *value) {
        return Err(Refused::AlreadySo);
    }
    let entry = file.document.effective().get(variable.entry);
    let entry = entry.ok_or_else(|| Refused::Absent { name: name.to_owned() })?;
    if entry.value.is_none() {
        return after_name(file, (entry.line_span.start as usize, entry.line_span.end as usize), name, value);
    }
    let edits = write::in_entry(entry, file.under(entry.value_span), value, file.version);
    let edit = holding(file, edits, name, value)?;
    let line = line_at(file.text, edit.span.start);
    Ok(Planned { edit, line, old: Some(old(file, entry)), new: value.to_owned() })
}

/// A new line; or the rest of one that is only the name, which early releases pass over.
fn add(file: &Original<'_>, name: &str, value: &str, kin: &[String]) -> Result<Planned, Refused> {
    super::check_name(name)?;
    place::not_hidden(file, name)?;
    let rows = place::rows(file);
    let only_name = rows.iter().rfind(|row| {
        row.kind == RowKind::Ignored && place::bare(part(file.text, row.start, row.end)) == name
    });
    if let Some(row) = only_name {
        return after_name(file, (row.start, row.end), name, value);
    }
    let place = place::find(file, &[name], kin)?;
    let lines = write::ways(value, file.version).into_iter().map(|way| format!("{name}={way}"));
    let edit = holding(file, lines.map(|line| place.insert(&[line])), name, value)?;
    let line = place.line(file, &edit);
    Ok(Planned { edit, line, old: None, new: value.to_owned() })
}

/// `=value` behind a name that stands alone on its row.
fn after_name(
    file: &Original<'_>,
    (start, end): (usize, usize),
    name: &str,
    value: &str,
) -> Result<Planned, Refused> {
    let (_, at) = trim(file.text, start, end);
    let ways = write::ways(value, file.version).into_iter();
    let edit =
        holding(file, ways.map(|way| Edit { span: span(at, at), new: format!("={way}") }), name, value)?;
    let line = line_at(file.text, edit.span.start);
    Ok(Planned { edit, line, old: None, new: value.to_owned() })
}

/// The first edit after which the variable has the value, whatever else the environment holds.
fn holding(
    file: &Original<'_>,
    edits: impl IntoIterator<Item = Edit>,
    name: &str,
    value: &str,
) -> Result<Edit, Refused> {
    file.first_that_holds(edits, &[name], name, |loaded: &Loaded| {
        loaded.get(name).is_some_and(|variable| {
            matches!(&variable.setting, Setting::Value(current) if **current == *value)
                && variable.uses.is_empty()
                && variable.undefined.is_empty()
        })
    })
}

/// The value that is replaced, as it is written between its quotes.
fn old(file: &Original<'_>, entry: &Entry) -> String {
    let written = file.under(entry.value_span);
    let span = write::inside(entry, written).unwrap_or(entry.value_span);
    file.under(span).to_owned()
}

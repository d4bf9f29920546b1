//! Another name for one variable.

use super::{Original, Planned, Refused, line_at, place};
use crate::text::Edit;

pub(super) fn plan(file: &Original<'_>, old: &str, new: &str) -> Result<Planned, Refused> {
    super::check_name(new)?;
    let taken = file.loaded.get(new).is_some();
    let Some(variable) = file.loaded.get(old) else {
        return Err(if taken { Refused::AlreadySo } else { Refused::Absent { name: old.to_owned() } });
    };
    if old == new {
        return Err(Refused::AlreadySo);
    }
    if taken {
        return Err(Refused::Taken { name: new.to_owned() });
    }
    place::not_hidden(file, new)?;
    if !variable.shadowed.is_empty() {
        return Err(Refused::Repeated { name: old.to_owned() });
    }
    let entry = file.document.effective().get(variable.entry).filter(|entry| {
        // A name that phpdotenv cleans is not written as it is read.
        file.under(entry.name_span) == old
    });
    let entry = entry.ok_or_else(|| Refused::Unwritable { name: old.to_owned() })?;
    let edit = Edit { span: entry.name_span, new: new.to_owned() };
    let edit = file.first_that_holds([edit], &[old, new], old, |loaded| {
        let same = loaded.get(new).is_some_and(|renamed| renamed.setting == variable.setting);
        same && loaded.get(old).is_none()
    })?;
    let line = line_at(file.text, edit.span.start);
    Ok(Planned { edit, line, old: Some(old.to_owned()), new: new.to_owned() })
}

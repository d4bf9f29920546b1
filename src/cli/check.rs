use super::args::{Check, Format};
use super::exit::{Code, Failure};
use super::judge::{self, code};
use super::{output, select, surveys};
use crate::findings::Outcome;
use crate::report;

/// Runs `check`.
pub fn run(arguments: &Check) -> Result<Code, Failure> {
    judge::known_rules(&arguments.judgement)?;
    let selection = select::selection(&arguments.environment)?;
    let found = surveys::find(&arguments.paths.paths);
    let outcome = judge::outcome(&found, &selection, &arguments.judgement);
    // The program ends after this report: freeing every parsed file one by one would only take time.
    std::mem::forget(found);
    for (format, path) in &arguments.outputs {
        output::write(path, &render(&outcome, *format, false))?;
    }
    output::print(&render(&outcome, arguments.format, output::wants_colour(arguments.colour)))?;
    Ok(code(&outcome, &arguments.judgement))
}

fn render(outcome: &Outcome, format: Format, colour: bool) -> String {
    match format {
        Format::Text => report::text::render(outcome, report::text::Style { colour, width: 0 }),
        Format::Concise => report::concise::render(outcome),
        Format::Json => report::json::render(outcome),
    }
}

use super::args::{Check, FailOn, Format, Sureness};
use super::exit::{Code, Failure};
use super::{output, select, surveys};
use crate::facts::{Confidence, Severity};
use crate::findings::{Outcome, Threshold, findings};
use crate::{laravel, report, rules};

/// Runs `check`.
pub fn run(arguments: &Check) -> Result<Code, Failure> {
    for id in arguments.only.iter().chain(&arguments.skip) {
        super::explain::known(id)?;
    }
    let outcome = outcome(arguments)?;
    for (format, path) in &arguments.outputs {
        output::write(path, &render(&outcome, *format, false))?;
    }
    output::print(&render(&outcome, arguments.format, output::wants_colour(arguments.colour)))?;
    let fail_on = match arguments.fail_on {
        FailOn::Error => Some(Severity::Error),
        FailOn::Warning => Some(Severity::Warning),
        FailOn::Info => Some(Severity::Info),
        FailOn::Never => None,
    };
    // A guess alone never breaks a build, unless one asks for guesses only to be shown from some confidence on.
    let confidence = confidence(arguments.min_confidence).max(Confidence::Medium);
    Ok(if outcome.fails(Threshold { fail_on, confidence }) {
        Code::Findings
    } else if outcome.surveys.is_empty() || !outcome.skipped.is_empty() {
        Code::Unread
    } else {
        Code::Clean
    })
}

fn outcome(arguments: &Check) -> Result<Outcome, Failure> {
    let selection = select::selection(&arguments.environment)?;
    let found = surveys::find(&arguments.paths.paths);
    let mut outcome = Outcome { skipped: found.skipped, ..Outcome::default() };
    for app in &found.apps {
        match laravel::survey(app, &selection) {
            Ok(survey) => {
                let (found, unknown) = findings(&survey);
                outcome.findings.extend(found);
                outcome.unknowns.extend(unknown);
                outcome.skipped.extend(survey.skipped.iter().cloned());
                outcome.surveys.push(survey);
            }
            Err(failure) => {
                outcome.skipped.extend(app.skipped.borrow().iter().cloned());
                outcome.skipped.push(failure);
            }
        }
    }
    let wanted = |rule: &rules::Rule| {
        (arguments.only.is_empty() || arguments.only.contains(&rule.id)) && !arguments.skip.contains(&rule.id)
    };
    let least = confidence(arguments.min_confidence);
    outcome.findings.retain(|finding| wanted(finding.rule) && finding.confidence >= least);
    outcome.sort();
    // The program ends after this report: freeing every parsed file one by one would only take time.
    std::mem::forget(found.apps);
    Ok(outcome)
}

const fn confidence(sureness: Sureness) -> Confidence {
    match sureness {
        Sureness::Low => Confidence::Low,
        Sureness::Medium => Confidence::Medium,
        Sureness::High => Confidence::High,
    }
}

fn render(outcome: &Outcome, format: Format, colour: bool) -> String {
    match format {
        Format::Text => report::text::render(outcome, report::text::Style { colour, width: 0 }),
        Format::Concise => report::concise::render(outcome),
        Format::Json => report::json::render(outcome),
    }
}

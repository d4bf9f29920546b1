use super::args::{Simple, State};
use super::exit::{Code, Failure};
use super::{output, select, surveys};
use crate::discover::Skipped;
use crate::facts::Observation;
use crate::report;

/// Runs `state`.
pub fn run(arguments: &State) -> Result<Code, Failure> {
    let selection = select::selection(&arguments.environment)?;
    let found = surveys::find(&arguments.paths.paths);
    let mut skipped = found.skipped;
    let mut surveys = Vec::new();
    for app in &found.apps {
        match app.survey(&selection) {
            Ok(survey) => {
                skipped.extend(survey.skipped.iter().cloned());
                skipped.extend(
                    survey.environments.iter().flat_map(|judged| &judged.observations).filter_map(unparsed),
                );
                surveys.push(survey);
            }
            Err(failure) => skipped.push(failure),
        }
    }
    output::print(&match arguments.format {
        Simple::Text => report::state::text(&surveys, output::wants_colour(arguments.colour)),
        Simple::Json => report::state::json(&surveys),
    })?;
    skipped.sort();
    skipped.dedup();
    output::complain(&skipped);
    Ok(if surveys.is_empty() || !skipped.is_empty() { Code::Unread } else { Code::Clean })
}

/// A file that cannot be parsed: `check` has a finding for it, here it is one of those that were not read.
fn unparsed(observation: &Observation) -> Option<Skipped> {
    let place = observation.place.as_ref().filter(|_| observation.fact == "unreadable-config")?;
    let problem = observation
        .words
        .iter()
        .find(|(name, _)| *name == "problem")
        .map_or("cannot be parsed", |(_, word)| word);
    Some(output::unparsed(place, problem))
}

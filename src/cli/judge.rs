//! The findings of some apps, filtered as asked, and the exit code they make.

use super::args::{FailOn, Judgement, Sureness};
use super::exit::{Code, Failure};
use super::surveys::Found;
use crate::facts::Selection;
use crate::facts::{Confidence, Severity};
use crate::findings::{Outcome, Threshold, findings};
use crate::rules;

/// # Errors
/// When a rule that is named does not exist.
pub fn known_rules(judgement: &Judgement) -> Result<(), Failure> {
    judgement.only.iter().chain(&judgement.skip).try_for_each(|id| super::explain::known(id).map(|_| ()))
}

/// Everything there is to say about some apps.
pub fn outcome(found: &Found, selection: &Selection, judgement: &Judgement) -> Outcome {
    let selection = &Selection { code: true, ..selection.clone() };
    let mut outcome = Outcome { skipped: found.skipped.clone(), ..Outcome::default() };
    for app in &found.apps {
        match app.survey(selection) {
            Ok(survey) => {
                let (found, unknown) = findings(&survey);
                outcome.findings.extend(found);
                outcome.unknowns.extend(unknown);
                outcome.skipped.extend(survey.skipped.iter().cloned());
                outcome.surveys.push(survey);
            }
            Err(failure) => {
                outcome.skipped.extend(app.skipped());
                outcome.skipped.push(failure);
            }
        }
    }
    let wanted = |rule: &rules::Rule| {
        (judgement.only.is_empty() || judgement.only.contains(&rule.id)) && !judgement.skip.contains(&rule.id)
    };
    let least = confidence(judgement.min_confidence);
    outcome.findings.retain(|finding| wanted(finding.rule) && finding.confidence >= least);
    outcome.sort();
    outcome
}

/// The exit code of an outcome.
pub fn code(outcome: &Outcome, judgement: &Judgement) -> Code {
    let fail_on = match judgement.fail_on {
        FailOn::Error => Some(Severity::Error),
        FailOn::Warning => Some(Severity::Warning),
        FailOn::Info => Some(Severity::Info),
        FailOn::Never => None,
    };
    // A guess alone never breaks a build, unless one asks for guesses only to be shown from some confidence on.
    let confidence = confidence(judgement.min_confidence).max(Confidence::Medium);
    if outcome.fails(Threshold { fail_on, confidence }) {
        Code::Findings
    } else if outcome.surveys.is_empty() || !outcome.skipped.is_empty() {
        Code::Unread
    } else {
        Code::Clean
    }
}

const fn confidence(sureness: Sureness) -> Confidence {
    match sureness {
        Sureness::Low => Confidence::Low,
        Sureness::Medium => Confidence::Medium,
        Sureness::High => Confidence::High,
    }
}

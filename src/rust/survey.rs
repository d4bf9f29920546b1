//! Everything about one app, put together.

use super::app::App;
use super::combine::{Combined, combine};
use super::environments::{Loaded, select};
use super::{code, evidence, settings};
use crate::deploy;
use crate::discover::Skipped;
use crate::facts::{Judged, Selection, Survey};

/// Surveys an app in each environment that is judged.
///
/// # Errors
/// When what was asked for cannot be read.
pub fn survey(app: &App, selection: &Selection) -> Result<Survey, Skipped> {
    let environments = select(app, selection)?;
    let in_code = code::seen(app);
    let of_manifests = evidence::of(app);
    let judge = |loaded: Loaded| {
        let mut seen = settings::seen(app, &loaded);
        seen.extend(in_code.iter().cloned());
        seen.extend(of_manifests.iter().cloned());
        let Combined { mut states, mut observations, mut fixes } = combine(&seen);
        fixes.dedup_by(|a, b| a.about == b.about && a.title == b.title);
        deploy::place(&loaded.deployments, &mut states);
        deploy::weigh(&loaded.environment, &mut states);
        if loaded.environment.replicas.is_one() {
            for observation in &mut observations {
                observation.severity = crate::facts::Severity::Info;
            }
        }
        Judged { environment: loaded.environment, states, observations, fixes }
    };
    let environments = environments.into_iter().map(judge).collect();
    Ok(Survey {
        path: app.shown(),
        stack: "rust",
        framework_version: app.framework_version(),
        environments,
        skipped: app.skipped.borrow().clone(),
    })
}

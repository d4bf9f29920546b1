//! Everything about one app, put together.

use super::app::App;
use super::bootstrap::Layout;
use super::deployed;
use super::env_value;
use super::environments::{LoadedEnvironment, select};
use super::hazards::{self, Code};
use super::host::lookup;
use super::load::{Configuration, load};
use super::remedies::{self, Situation};
use super::source::Settings;
use super::{observations, partial, state};
use crate::deploy;
use crate::discover::Skipped;
use crate::facts::{Basis, Confidence, Judged, Observation, Reason, Selection, State, Survey, Variables};

/// Surveys an app in each environment that is judged.
///
/// # Errors
/// When what was asked for cannot be read.
pub fn survey(app: &App, selection: &Selection) -> Result<Survey, Skipped> {
    let layout = Layout::of(app);
    let environments = select(app, &layout, selection)?;
    let environments =
        environments.into_iter().map(|loaded| judge(app, &layout, loaded, selection)).collect();
    Ok(Survey {
        path: app.tree.shown_root().to_owned(),
        stack: "laravel",
        framework_version: app.version.map(|version| version.to_string()),
        environments,
        skipped: app.skipped.borrow().clone(),
    })
}

fn judge(app: &App, layout: &Layout, loaded: LoadedEnvironment, selection: &Selection) -> Judged {
    let configuration = load(app, layout, &loaded.variables);
    let mut states = state::states(app, &configuration);
    deployed::rewrite(app, &loaded, &mut states);
    deploy::place(&loaded.deployments, &mut states);
    let mut observations = observations::unreadable(&configuration, &loaded);
    if loaded.errors.is_empty() {
        observations.extend(observations::dead_variables(app, &configuration, &loaded, &states));
        observations.extend(deployed::observe(app, &configuration, &loaded, &states));
        let (of_code, idle) =
            if selection.code { of_code(app, &configuration, &loaded, &states) } else { (Vec::new(), None) };
        observations.extend(of_code);
        cap(app, layout, &loaded, &mut states);
        if let Some(state) = idle.and_then(|at| states.get_mut(at)) {
            hazards::weigh_idle(state);
        }
        deploy::weigh(&loaded.environment, &mut states);
        partial::weigh(&loaded, &mut states, &mut observations);
    } else {
        // The framework stops at such a file: nothing of this environment can be concluded.
        states.iter_mut().for_each(forget);
    }
    let situation = Situation {
        app,
        configuration: &configuration,
        loaded: &loaded,
        states: &states,
        wanted: &selection.wanted,
    };
    let fixes = if loaded.errors.is_empty() { remedies::fixes(situation, &observations) } else { Vec::new() };
    Judged { environment: loaded.environment, states, observations, fixes }
}

/// What the code does with the settings that are in effect, and the default disk that it leaves alone.
fn of_code(
    app: &App,
    configuration: &Configuration,
    loaded: &LoadedEnvironment,
    states: &[State],
) -> (Vec<Observation>, Option<usize>) {
    let config = |key: &str| lookup(&configuration.root, key);
    let env = |name: &str| env_value::value_of(app, &loaded.variables, name);
    let found = app.calls().resolve(app, &Settings { config: &config, env: &env });
    let code = Code { app, configuration, loaded, states, found: &found };
    (hazards::observe(&code), hazards::idle_disk(&code))
}

fn forget(state: &mut State) {
    state.locality = crate::facts::Locality::Unknown;
    state.fault = None;
    state.store = "unknown".into();
    state.backing = None;
    state.detail = None;
    state.unknown =
        Some(Reason::new("the env file cannot be parsed, so the framework does not start with it"));
}

/// What the environment's ground allows to conclude. An example file and the config's own defaults that agree are
/// worth more than ones that differ.
fn cap(app: &App, layout: &Layout, loaded: &LoadedEnvironment, states: &mut [State]) {
    let cap = loaded.environment.basis.cap().min(loaded.environment.confidence);
    for state in states.iter_mut() {
        // Whoever names the sources says that these are all there are.
        let own = if loaded.environment.basis == Basis::Asked { Confidence::High } else { state.confidence };
        state.confidence = own.min(cap);
    }
    if loaded.environment.basis != Basis::AsDocumented {
        return;
    }
    let defaults: Configuration = load(app, layout, &Variables::new());
    let defaults = state::states(app, &defaults);
    for state in states {
        let agrees = defaults.iter().any(|other| {
            other.key == state.key && other.locality == state.locality && other.store == state.store
        });
        if !agrees {
            state.confidence = Confidence::Low;
        }
    }
}

/// The judged environments of an app as if some env files, by their shown path, had another text: what an edit would do,
/// before anything is written.
///
/// # Errors
/// When what was asked for cannot be read.
pub fn rejudge(
    app: &App,
    selection: &Selection,
    text: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<Judged>, Skipped> {
    let layout = Layout::of(app);
    let environments = select(app, &layout, selection)?;
    let selection = &Selection { code: false, ..selection.clone() };
    let with = |loaded: LoadedEnvironment| judge(app, &layout, loaded.with_texts(app, text), selection);
    Ok(environments.into_iter().map(with).collect())
}

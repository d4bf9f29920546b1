use super::args::Environment;
use super::exit::Failure;
use crate::facts::Selection;

/// What the arguments ask to judge. `--set` wins over the process, as it is said last.
///
/// # Errors
/// When an argument of `--set` is not `KEY=VALUE`. The message does not repeat it: it may be a secret.
pub fn selection(arguments: &Environment) -> Result<Selection, Failure> {
    let mut process: Vec<(String, String)> = Vec::new();
    if arguments.process_env {
        process.extend(std::env::vars_os().map(|(name, value)| {
            (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned())
        }));
    }
    for pair in &arguments.set {
        let (name, value) = pair
            .split_once('=')
            .filter(|(name, _)| !name.is_empty())
            .ok_or_else(|| Failure::Usage("--set expects KEY=VALUE".to_owned()))?;
        process.retain(|(known, _)| known != name);
        process.push((name.to_owned(), value.to_owned()));
    }
    let origin = match (arguments.process_env, arguments.set.is_empty()) {
        (true, true) => "the process environment",
        (true, false) => "--set and the process environment",
        (false, _) => "--set",
    };
    Ok(Selection {
        names: arguments.names.clone(),
        files: arguments.files.clone(),
        no_env_file: arguments.no_env_file,
        process,
        process_origin: origin.into(),
        here: arguments.process_env,
        code: false,
        wanted: Vec::new(),
    })
}

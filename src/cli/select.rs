use super::args::Environment;
use crate::laravel::Selection;

/// What the arguments ask to judge. `--set` wins over the process, as it is said last.
pub fn selection(arguments: &Environment) -> Selection {
    let mut process: Vec<(String, String)> = Vec::new();
    if arguments.process_env {
        process.extend(std::env::vars_os().map(|(name, value)| {
            (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned())
        }));
    }
    for (name, value) in &arguments.set {
        process.retain(|(known, _)| known != name);
        process.push((name.clone(), value.clone()));
    }
    let origin = match (arguments.process_env, arguments.set.is_empty()) {
        (true, true) => "the process environment",
        (true, false) => "--set and the process environment",
        (false, _) => "--set",
    };
    Selection {
        names: arguments.names.clone(),
        files: arguments.files.clone(),
        no_env_file: arguments.no_env_file,
        process,
        process_origin: origin.into(),
    }
}

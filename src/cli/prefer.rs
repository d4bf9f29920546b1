//! `--to redis`, `--to session=database`.

use super::exit::Failure;
use crate::facts::Concern;
use crate::facts::Preference;
use crate::laravel::knows_driver;

/// What is wanted.
///
/// # Errors
/// When a kind of state or a driver does not exist.
pub fn preferences(arguments: &[String]) -> Result<Vec<Preference>, Failure> {
    arguments.iter().map(|argument| preference(argument)).collect()
}

fn preference(argument: &str) -> Result<Preference, Failure> {
    let Some((concern, to)) = argument.split_once('=') else {
        // For everything at once only drivers are known: an app's own names are each of one kind.
        if knows_driver(argument) {
            return Ok(Preference { concern: None, to: argument.into() });
        }
        let message = format!(
            "--to: no driver is named `{argument}`; for a name of the app's own say which state: --to cache={argument}"
        );
        return Err(Failure::Usage(message));
    };
    let known = || Concern::ALL.iter().map(|concern| concern.name()).collect::<Vec<_>>().join(", ");
    let found = Concern::ALL.iter().copied().find(|known| known.name() == concern);
    let concern = found.ok_or_else(|| {
        Failure::Usage(format!("--to: no state is named `{concern}`; there is: {}", known()))
    })?;
    if to.is_empty() {
        return Err(Failure::Usage("--to expects DRIVER or STATE=DRIVER".to_owned()));
    }
    Ok(Preference { concern: Some(concern), to: to.into() })
}

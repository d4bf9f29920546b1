//! Artisan commands among those that a deployment runs.

use crate::deploy::Command;

/// Commands that nothing else has under these names.
const ONLY_ARTISAN: &[&str] = &[
    "key:generate",
    "config:cache",
    "config:clear",
    "optimize:clear",
    "schedule:run",
    "schedule:work",
    "queue:work",
];

/// The artisan command that is run: `migrate`, `config:cache`.
pub fn artisan(command: &Command) -> Option<&str> {
    let words: Vec<&str> = command.words.iter().map(|word| word.as_deref().unwrap_or_default()).collect();
    // `${ARTISAN} key:generate`: a word that a variable makes, before a name that only artisan has.
    if let [first, name, ..] = words.as_slice()
        && first.is_empty()
        && ONLY_ARTISAN.contains(name)
    {
        return Some(name);
    }
    let at = words.iter().position(|word| *word == "artisan" || word.ends_with("/artisan"))?;
    words.get(at + 1..)?.iter().copied().find(|word| !word.is_empty() && !word.starts_with('-'))
}

/// Whether the command has an option.
pub fn has_option(command: &Command, option: &str) -> bool {
    command.words.iter().flatten().any(|word| {
        word.as_ref() == option || word.strip_prefix(option).is_some_and(|rest| rest.starts_with('='))
    })
}

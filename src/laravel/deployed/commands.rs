//! Artisan commands among those that a deployment runs.

use std::sync::Arc;

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

/// An artisan command as it is shown: `php artisan migrate --force`. Values of options may be secrets and are left out.
pub fn shown(command: &Command) -> Arc<str> {
    let Some(name) = artisan(command) else { return "a command".into() };
    let mut words = vec!["php artisan", name];
    let after = command.words.iter().flatten().skip_while(|word| word.as_ref() != name).skip(1);
    let option = |word: &Arc<str>| word.split('=').next().is_some_and(|option| option.starts_with("--"));
    let options = after.filter(|word| option(word)).filter_map(|word| word.split('=').next());
    words.extend(options);
    words.join(" ").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deploy::When;
    use crate::facts::Place;
    use crate::text::{Source, Span};

    #[test]
    fn commands_are_shown_without_values() {
        for (words, expected) in [
            ("php artisan migrate --force", "php artisan migrate --force"),
            (
                "su -c x /app/artisan -q migrate --token=secret --password secret secret",
                "php artisan migrate --token --password",
            ),
            ("? key:generate", "php artisan key:generate"),
            ("php artisan ?", "a command"),
        ] {
            let words = words.split(' ').map(|word| (word != "?").then(|| Arc::from(word))).collect();
            let place = Place::new(&Arc::new(Source::new("x", String::new())), Span::default());
            let command = Command { when: When::Start, words, place, guard: None };
            assert_eq!(&*shown(&command), expected);
        }
    }
}

use crate::deploy::{Command, Role};

/// Words that say what a command runs for, the strongest first where a script runs several.
const WORDS: &[(Role, &[&str])] = &[
    (
        Role::Web,
        &[
            "serve",
            "octane:start",
            "octane:swoole",
            "octane:frankenphp",
            "octane:roadrunner",
            "php-fpm",
            "nginx",
            "apache2-foreground",
            "heroku-php-apache2",
            "heroku-php-nginx",
            "frankenphp",
            "caddy",
            "reverb:start",
        ],
    ),
    (Role::Worker, &["queue:work", "queue:listen", "horizon", "vapor:work"]),
    (
        Role::Scheduler,
        &["schedule:run", "schedule:work", "short-schedule:run", "supercronic", "cron", "crond"],
    ),
    (Role::Job, &["migrate", "db:seed", "migrate:fresh"]),
];

/// What commands run for; `None` when their words do not say.
pub fn role_of<'c>(commands: impl IntoIterator<Item = &'c Command> + Clone) -> Option<Role> {
    WORDS.iter().find_map(|(role, words)| {
        let mut all = commands.clone().into_iter().flat_map(|command| command.words.iter().flatten());
        all.any(|word| words.contains(&word.rsplit('/').next().unwrap_or(word))).then_some(*role)
    })
}

//! What the names of env files tell: `.env.production`, `.env.testing`, `.env.example`.

/// File names that are never an environment: examples, tests, encrypted files, copies.
const NEVER: &[&str] = &[
    "testing",
    "test",
    "tests",
    "ci",
    "dusk",
    "example",
    "sample",
    "dist",
    "encrypted",
    "bak",
    "backup",
    "old",
    "orig",
    "swp",
    "local",
    "dev",
    "development",
    "travis",
    "phpunit",
    "template",
    "save",
    "e2e",
    "performance",
    "perf",
    "benchmark",
    "loadtest",
    "cypress",
    "playwright",
];
/// Names of places where an app is deployed.
const PRODUCTION_LIKE: &[&str] =
    &["production", "prod", "staging", "stage", "live", "preprod", "uat", "release", "canary", "beta"];
/// Names of the environment of a developer's machine.
const DEVELOPER: &[&str] = &["local", "dev", "development", "testing", "test"];
/// Example files, in the order of preference.
pub const EXAMPLES: &[&str] =
    &[".env.example", ".env.dist", ".env.sample", "env.example", "example.env", ".env.prod.example"];

/// Whether a part of a file's name says that it is never an environment.
#[must_use]
pub fn is_never(part: &str) -> bool {
    NEVER.contains(&part.to_ascii_lowercase().as_str())
}

/// Whether a name is one of a place where an app is deployed.
#[must_use]
pub fn is_production_like(name: &str) -> bool {
    PRODUCTION_LIKE.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a name is one of the environment of a developer's machine.
#[must_use]
pub fn is_developers(name: &str) -> bool {
    DEVELOPER.contains(&name.to_ascii_lowercase().as_str())
}

//! Laravel's `env()`: what it makes of a variable, and where it looks for it.
//!
//! Read from laravel/framework: `src/Illuminate/Foundation/helpers.php` (5.0 to 5.4), `src/Illuminate/Support/helpers.php`
//! (to 5.8) and `src/Illuminate/Support/Env.php` (6 and on), at every tag where the function changes.

/// What `env()` gives for a variable that is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvValue {
    /// `null`; not the default.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A string, perhaps empty. Numbers stay strings.
    Str(String),
}

/// A release of Laravel, for its `env()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaravelEnv {
    /// Major number.
    pub major: u16,
    /// Minor number.
    pub minor: u16,
    /// Patch number.
    pub patch: u16,
}

/// A place where PHP holds environment variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnvSource {
    /// `$_SERVER`
    Server,
    /// `$_ENV`
    Env,
    /// `getenv()`
    Getenv,
}

/// Which quotes `env()` takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stripping {
    /// None (5.0.0 to 5.0.14, 5.8.0, 5.8.1).
    Nothing,
    /// `"..."` around the whole value, even a lone `"` (5.0.15 to 5.1.25).
    DoubleOrLone,
    /// `"..."` around the whole value (5.1.26 to 5.7).
    Double,
    /// The first pair of equal quotes anywhere, and everything outside it (5.8.2 alone).
    Anywhere,
    /// `"..."` or `'...'` around a value of one line (5.8.3 and on).
    Both,
}

impl LaravelEnv {
    /// A release by its numbers.
    #[must_use]
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }

    /// Where `env()` looks, in this order; the first place that has the variable decides.
    #[must_use]
    pub fn sources(self) -> &'static [EnvSource] {
        use EnvSource::{Env, Getenv, Server};
        if self < Self::new(5, 8, 0) {
            &[Getenv]
        } else if self < Self::new(5, 8, 7) {
            &[Env, Server]
        } else if self.major < 6 {
            &[Env, Getenv, Server]
        } else if self.major < 8 {
            &[Env, Server, Getenv]
        } else {
            &[Server, Env, Getenv]
        }
    }

    fn stripping(self) -> Stripping {
        let since = |major, minor, patch| self >= Self::new(major, minor, patch);
        if since(5, 8, 3) {
            Stripping::Both
        } else if since(5, 8, 2) {
            Stripping::Anywhere
        } else if since(5, 8, 0) {
            Stripping::Nothing
        } else if since(5, 1, 26) {
            Stripping::Double
        } else if since(5, 0, 15) {
            Stripping::DoubleOrLone
        } else {
            Stripping::Nothing
        }
    }
}

/// What `env()` makes of the raw value of a variable.
#[must_use]
pub fn convert(raw: &str, laravel: LaravelEnv) -> EnvValue {
    let words: [(&[&str], EnvValue); 4] = [
        (&["true", "(true)"], EnvValue::Bool(true)),
        (&["false", "(false)"], EnvValue::Bool(false)),
        (&["empty", "(empty)"], EnvValue::Str(String::new())),
        (&["null", "(null)"], EnvValue::Null),
    ];
    for (spellings, value) in words {
        if spellings.iter().any(|word| raw.eq_ignore_ascii_case(word)) {
            return value;
        }
    }
    EnvValue::Str(strip(raw, laravel.stripping()).to_owned())
}

fn strip(raw: &str, stripping: Stripping) -> &str {
    let inside = |quote: char| raw.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    match stripping {
        Stripping::Nothing => raw,
        Stripping::DoubleOrLone if raw == "\"" => "",
        Stripping::DoubleOrLone | Stripping::Double => inside('"').unwrap_or(raw),
        Stripping::Both if raw.contains('\n') => {
            // The regex's dot stops at a newline.
            raw
        }
        Stripping::Both => inside('"').or_else(|| inside('\'')).unwrap_or(raw),
        Stripping::Anywhere => raw.split('\n').find_map(first_pair).unwrap_or(raw),
    }
}

/// What stands between the leftmost quote that comes twice on a line and its last twin.
fn first_pair(line: &str) -> Option<&str> {
    let pair = |quote: char| line.find(quote).zip(line.rfind(quote)).filter(|(first, last)| first < last);
    let (first, last) = [pair('"'), pair('\'')].into_iter().flatten().min()?;
    line.get(first + 1..last)
}

//! Which release of phpdotenv reads the file, and every question on which releases differ.
//!
//! Each answer is read from the source of vlucas/phpdotenv at the tags named beside it.

/// A release of vlucas/phpdotenv. Releases before 1.1 are read as 1.1, releases after 5 as 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// Major number.
    pub major: u16,
    /// Minor number.
    pub minor: u16,
    /// Patch number.
    pub patch: u16,
}

/// How a file is cut into lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineEnds {
    /// PHP's `file()` with `auto_detect_line_endings`: `\r` for the whole file when one comes before any `\n`, else `\n`.
    Detected,
    /// `\r\n`, `\n` and `\r`, each line by itself.
    Any,
}

/// How a value in double quotes goes on over several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Multiline {
    /// Never.
    No,
    /// Any closing quote that does not follow `=` ends it (3.3.0, 3.3.1).
    AnyQuote,
    /// A line that looks like a new start does not end it (until 4.3.0 and 5.5.0).
    Restarting,
    /// The first line that holds a closing quote ends it.
    Yes,
}

/// What a line without `=` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bare {
    /// Nothing.
    Ignored,
    /// It is a name whose variable becomes null.
    Cleared,
}

/// How a value is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueRule {
    /// A regex takes the quotes away and keeps the value when it does not match (1, 2.0 to 2.5).
    Regex,
    /// A state machine for quotes; without quotes, the value ends at ` #` (2.6.1 and on).
    Split,
    /// One state machine; single quotes mean nothing (2.6.0, 3.3.0).
    DoubleOnly,
    /// One state machine; both quotes mean the same (3.3.1 to 3.6).
    BothAlike,
    /// One state machine; single quotes are literal (4, 5).
    Distinct,
}

impl Version {
    /// The last release of version 1.
    pub const V1: Self = Self::new(1, 1, 1);
    /// The last release of version 2 that this reader knows.
    pub const V2: Self = Self::new(2, 6, 9);
    /// The last release of version 3 that this reader knows.
    pub const V3: Self = Self::new(3, 6, 10);
    /// The last release of version 4 that this reader knows.
    pub const V4: Self = Self::new(4, 3, 0);
    /// The last release of version 5 that this reader knows.
    pub const V5: Self = Self::new(5, 6, 4);

    /// A release by its numbers.
    #[must_use]
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }

    /// A release as a lock file writes it: `v5.6.1`, `5.6.1`, `5.6`.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches(['v', 'V']);
        let mut numbers = text.split(['-', '+']).next()?.split('.').map(str::parse::<u16>);
        let major = numbers.next()?.ok()?;
        let mut next = || numbers.next().map_or(Some(0), Result::ok);
        Some(Self::new(major, next()?, next()?))
    }

    /// The newest release that a version of Laravel admits (laravel/framework `composer.json` at each tag).
    #[must_use]
    pub const fn for_laravel(major: u16, minor: u16) -> Self {
        match (major, minor) {
            (0..=4, _) | (5, 0 | 1) => Self::V1,
            (5, 2..=7) => Self::V2,
            (5 | 6, _) => Self::V3,
            (7, _) => Self::V4,
            _ => Self::V5,
        }
    }

    fn since(self, major: u16, minor: u16, patch: u16) -> bool {
        self >= Self::new(major, minor, patch)
    }

    /// Whether a name that is set twice keeps its last value (3.4.0 and on) or its first.
    #[must_use]
    pub fn duplicates_last_wins(self) -> bool {
        self.since(3, 4, 0)
    }

    /// Whether variables before a broken line are set before the reader gives up (until 5).
    #[must_use]
    pub fn keeps_variables_before_error(self) -> bool {
        self.major < 5
    }

    /// Whether `#` begins a comment only after a space, when the value has no quotes.
    #[must_use]
    pub fn comment_needs_space(self) -> bool {
        matches!(self.value_rule(), ValueRule::Regex | ValueRule::Split)
    }

    /// Whether `${NAME}` in single quotes stays as it is written.
    #[must_use]
    pub fn single_quotes_are_literal(self) -> bool {
        self.major >= 4
    }

    /// Whether a byte order mark at the start is taken away (5.4.0 and on).
    #[must_use]
    pub fn strips_bom(self) -> bool {
        self.since(5, 4, 0)
    }

    /// Whether a variable without a value disappears (5) or stays as null (3.6.1, 4.1.2).
    #[must_use]
    pub fn bare_name_removes(self) -> bool {
        self.major >= 5
    }

    pub(super) fn line_ends(self) -> LineEnds {
        if self.major < 3 { LineEnds::Detected } else { LineEnds::Any }
    }

    pub(super) fn multiline(self) -> Multiline {
        match self.major {
            0..=2 => Multiline::No,
            3 if !self.since(3, 3, 2) => Multiline::AnyQuote,
            3 => Multiline::Restarting,
            4 if self.since(4, 3, 0) => Multiline::Yes,
            _ if self.since(5, 5, 0) => Multiline::Yes,
            _ => Multiline::Restarting,
        }
    }

    pub(super) fn bare(self) -> Bare {
        let known = match self.major {
            0..=2 => false,
            3 => self.since(3, 6, 1),
            4 => self.since(4, 1, 2),
            _ => true,
        };
        if known { Bare::Cleared } else { Bare::Ignored }
    }

    pub(super) fn value_rule(self) -> ValueRule {
        match self.major {
            0 | 1 => ValueRule::Regex,
            2 if !self.since(2, 6, 0) => ValueRule::Regex,
            2 if !self.since(2, 6, 1) => ValueRule::DoubleOnly,
            2 => ValueRule::Split,
            3 if !self.since(3, 3, 1) => ValueRule::DoubleOnly,
            3 => ValueRule::BothAlike,
            _ => ValueRule::Distinct,
        }
    }

    /// Whether `\n` and the like in quotes are control characters.
    pub(super) fn has_control_escapes(self) -> bool {
        self.since(3, 5, 0)
    }

    /// Whether an escape that has no meaning stays as it is written, or is an error.
    pub(super) fn keeps_unknown_escapes(self) -> bool {
        self.major < 3
    }

    /// Whether a quote that is never closed is an error (2.6.7, 3.6.8, 4.2.0, 5.3.0).
    pub(super) fn needs_closing_quote(self) -> bool {
        match self.major {
            0..=2 => self.since(2, 6, 7),
            3 => self.since(3, 6, 8),
            4 => self.since(4, 2, 0),
            _ => self.since(5, 3, 0),
        }
    }

    /// Whether letters outside ASCII may stand in a name (5.5.0 and on).
    pub(super) fn has_unicode_names(self) -> bool {
        self.since(5, 5, 0)
    }

    /// Whether names are checked at all.
    pub(super) fn checks_names(self) -> bool {
        self.major >= 3
    }

    /// Whether `export ` and quotes are taken away wherever they stand in a name.
    pub(super) fn cleans_names_everywhere(self) -> bool {
        self.major < 5
    }

    /// Whether a form feed, not a null byte, may follow `export` (5.6.4; PHP's own `trim()` before).
    pub(super) fn trims_form_feed_after_export(self) -> bool {
        self.since(5, 6, 4)
    }

    /// Whether a name in `${...}` may hold a dot (2.5.0 and on).
    pub(super) fn has_dots_in_references(self) -> bool {
        self.since(2, 5, 0)
    }
}

use std::fmt;

use serde::Deserialize;

/// A version of Laravel, as exactly as the repository shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// `12` of 12.3.1; `5` of 5.8.
    pub major: u32,
    /// `3` of 12.3.1.
    pub minor: u32,
    /// `1` of 12.3.1; [`NEWEST`] when only a range is known.
    pub patch: u32,
}

/// Stands for "the newest there is" where a constraint leaves a part open.
pub const NEWEST: u32 = 9999;

impl Version {
    /// A version of three parts.
    #[must_use]
    pub const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self { major, minor, patch }
    }

    /// `v12.3.1`, `12.3.1`, `11.x-dev`, `dev-12.x`: a version as composer.lock writes it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches("dev-").trim_start_matches(['v', 'V']);
        let mut parts = text.split(['.', '-', '+', ' ', '@']);
        let major = parts.next()?.parse().ok()?;
        let mut next = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(NEWEST);
        Some(Self { major, minor: next(), patch: next() })
    }

    /// Whether it lies in a period: from `since` on (always when `None`), before `until` (for ever when `None`).
    #[must_use]
    pub fn is_within(self, since: Option<Self>, until: Option<Self>) -> bool {
        since.is_none_or(|since| self >= since) && until.is_none_or(|until| self < until)
    }

    /// The newest version that a composer constraint allows: `^12.0`, `5.5.*`, `~9.1.2`, `^9.0|^10.0`, `>=8 <10`.
    #[must_use]
    pub fn newest_of(constraint: &str) -> Option<Self> {
        constraint.split('|').filter_map(newest_of_one).max()
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a version"))
    }
}

fn newest_of_one(constraint: &str) -> Option<Version> {
    let mut floor: Option<Version> = None;
    for part in constraint.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty()) {
        if part.starts_with(['<', '!']) || part == "-" {
            continue;
        }
        let operator_end = part.find(|c: char| c.is_ascii_digit() || c == 'v' || c == 'd').unwrap_or(0);
        let (operator, version) = part.split_at(operator_end);
        let version = version.split('@').next().unwrap_or(version).replace('*', "x");
        let Some(parsed) = Version::parse(&version) else { continue };
        let dots = version.trim_end_matches("-dev").matches('.').count();
        // Before 6.0 Laravel's versions were 5.x: the second part is the one that breaks.
        let old = parsed.major == 5;
        let open = match operator.trim() {
            "^" => Version { minor: if old { parsed.minor } else { NEWEST }, patch: NEWEST, ..parsed },
            "~" if dots >= 2 => Version { patch: NEWEST, ..parsed },
            "~" if old => {
                Version { minor: if dots == 1 { 8 } else { parsed.minor }, patch: NEWEST, ..parsed }
            }
            "~" | ">=" | ">" => Version { minor: NEWEST, patch: NEWEST, ..parsed },
            _ => parsed,
        };
        let open = if open.major == 5 && open.minor == NEWEST { Version { minor: 8, ..open } } else { open };
        floor = Some(floor.map_or(open, |known| known.max(open)));
    }
    floor
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.major)?;
        if self.minor != NEWEST {
            write!(f, ".{}", self.minor)?;
            if self.patch != NEWEST {
                write!(f, ".{}", self.patch)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_give_their_newest_version() {
        let table = [
            ("^12.0", "12"),
            ("5.5.*", "5.5"),
            ("~5.6", "5.8"),
            ("5.4.*", "5.4"),
            ("^9.19|^10.0", "10"),
            ("~9.1.2", "9.1"),
            (">=8.0 <10", "8"),
            ("v11.2.3", "11.2.3"),
            ("^8.12", "8"),
            ("^5.7", "5.7"),
            ("6.20.*", "6.20"),
            ("^6.0", "6"),
            ("13.x-dev", "13"),
            ("dev-master", ""),
        ];
        for (constraint, newest) in table {
            let found = Version::newest_of(constraint).map(|version| version.to_string()).unwrap_or_default();
            assert_eq!(found, newest, "{constraint}");
        }
    }

    #[test]
    fn locked_versions_are_exact() {
        assert_eq!(Version::parse("v12.22.1"), Some(Version::new(12, 22, 1)));
        assert_eq!(Version::parse("5.5.50"), Some(Version::new(5, 5, 50)));
        assert_eq!(Version::parse("dev-12.x").map(|v| v.to_string()), Some("12".to_owned()));
    }
}

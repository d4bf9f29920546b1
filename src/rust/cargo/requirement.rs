//! Whether a locked version is one that a requirement allows: enough of semver to tell two locked versions apart.

/// Whether the version meets the requirement; `None` when either is not understood.
pub(super) fn allows(requirement: &str, version: &str) -> Option<bool> {
    let version = full(version)?;
    let mut all = true;
    for part in requirement.split(',') {
        all &= allows_part(part.trim(), version)?;
    }
    Some(all)
}

fn allows_part(part: &str, version: [u64; 3]) -> Option<bool> {
    if part == "*" {
        return Some(true);
    }
    let end = part.find(|c: char| c.is_ascii_digit())?;
    let (operator, rest) = part.split_at_checked(end)?;
    let rest = rest.split(['-', '+']).next().unwrap_or_default();
    let mut numbers = Vec::new();
    for number in rest.split('.') {
        if matches!(number, "*" | "x" | "X") {
            break;
        }
        numbers.push(number.parse::<u64>().ok()?);
    }
    let given = numbers.len().min(3);
    let has_star = given < rest.split('.').count();
    let mut low = [0; 3];
    low.iter_mut().zip(&numbers).for_each(|(to, from)| *to = *from);
    // The first number that may not grow any more.
    let fixed = match operator.trim() {
        "" if has_star => given,
        "" | "^" => low.iter().take(given).position(|number| *number > 0).map_or(given, |at| at + 1),
        "~" => given.min(2),
        "=" => given,
        ">=" => return Some(version >= low),
        ">" => return Some(version > low),
        "<" => return Some(version < low),
        "<=" => return Some(version <= low),
        _ => return None,
    };
    Some(version >= low && version.iter().zip(&low).take(fixed).all(|(a, b)| a == b))
}

fn full(version: &str) -> Option<[u64; 3]> {
    let numbers = version.split(['-', '+']).next().unwrap_or_default();
    let mut parts = numbers.split('.').map(|part| part.parse::<u64>().ok());
    let mut next = || parts.next().flatten();
    Some([next()?, next()?, next()?])
}

/// The lowest version that a requirement of one part allows, such as `1.2` or `~0.3.1`.
pub(super) fn lowest(requirement: &str) -> Option<String> {
    let numbers = requirement.trim().trim_start_matches(['^', '~', '=']).trim();
    let mut parts = numbers.split(['-', '+']).next()?.split('.');
    let first: u64 = parts.next()?.parse().ok()?;
    let mut next = || parts.next().and_then(|part| part.parse::<u64>().ok()).unwrap_or(0);
    Some(format!("{first}.{}.{}", next(), next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requirements_allow_versions() {
        for (requirement, version, expected) in [
            ("1", "1.9.0", Some(true)),
            ("1.2", "1.1.0", Some(false)),
            ("0.23.3", "0.23.9", Some(true)),
            ("0.23.3", "0.25.0", Some(false)),
            ("0.0.3", "0.0.4", Some(false)),
            ("0", "0.9.1", Some(true)),
            ("^1.2.3", "2.0.0", Some(false)),
            ("~1.2", "1.3.0", Some(false)),
            ("~1", "1.3.0", Some(true)),
            ("=1.2.3", "1.2.3", Some(true)),
            ("= 1.2", "1.2.7", Some(true)),
            ("1.*", "1.7.0", Some(true)),
            ("*", "9.0.0", Some(true)),
            (">=0.5, <0.8", "0.7.1", Some(true)),
            (">=0.5, <0.8", "0.8.0", Some(false)),
            ("1.0.0-rc.1", "1.0.0-rc.4", Some(true)),
            ("", "1.0.0", None),
            ("1", "x", None),
            ("99999999999999999999999", "1.0.0", None),
        ] {
            assert_eq!(allows(requirement, version), expected, "{requirement} {version}");
        }
    }

    #[test]
    fn the_lowest_version() {
        for (requirement, expected) in [
            ("0.16", Some("0.16.0")),
            ("~1.2.3", Some("1.2.3")),
            ("1.*", Some("1.0.0")),
            ("1.0.0-rc.1", Some("1.0.0")),
            (">=1, <2", None),
            ("*", None),
        ] {
            assert_eq!(lowest(requirement).as_deref(), expected, "{requirement}");
        }
    }
}

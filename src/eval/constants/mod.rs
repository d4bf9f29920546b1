//! PHP's constants that are the same on every machine and in every version since 8.0.
//! What the machine or the version decides (`PHP_VERSION`, `PHP_OS`, `E_ALL`) is not here.

mod formats;
mod language;

use std::collections::HashMap;
use std::f64::consts;
use std::sync::OnceLock;

use super::Kind;

/// The value of a constant, by its exact name (case counts).
#[must_use]
pub fn constant(name: &str) -> Option<Kind> {
    static INTEGERS: OnceLock<HashMap<&'static str, i64>> = OnceLock::new();
    if let Some(kind) = text(name).or_else(|| number(name)) {
        return Some(kind);
    }
    let integers =
        INTEGERS.get_or_init(|| language::INTEGERS.iter().chain(formats::INTEGERS).copied().collect());
    integers.get(name).copied().map(Kind::Int)
}

fn text(name: &str) -> Option<Kind> {
    let text = match name {
        "PHP_EOL" => "\n",
        "DIRECTORY_SEPARATOR" => "/",
        "PATH_SEPARATOR" => ":",
        "DATE_ATOM" | "DATE_RFC3339" | "DATE_W3C" => "Y-m-d\\TH:i:sP",
        "DATE_COOKIE" => "l, d-M-Y H:i:s T",
        "DATE_ISO8601" => "Y-m-d\\TH:i:sO",
        "DATE_RFC822" | "DATE_RFC1036" => "D, d M y H:i:s O",
        "DATE_RFC850" => "l, d-M-y H:i:s T",
        "DATE_RFC1123" | "DATE_RFC2822" | "DATE_RSS" => "D, d M Y H:i:s O",
        "DATE_RFC7231" => "D, d M Y H:i:s \\G\\M\\T",
        "DATE_RFC3339_EXTENDED" => "Y-m-d\\TH:i:s.vP",
        _ => return None,
    };
    Some(Kind::Str(text.into()))
}

fn number(name: &str) -> Option<Kind> {
    let float = match name {
        "PHP_INT_MAX" => return Some(Kind::Int(i64::MAX)),
        "PHP_INT_MIN" => return Some(Kind::Int(i64::MIN)),
        "PHP_INT_SIZE" => return Some(Kind::Int(8)),
        "PHP_FLOAT_EPSILON" => f64::EPSILON,
        "PHP_FLOAT_MAX" => f64::MAX,
        "PHP_FLOAT_MIN" => f64::MIN_POSITIVE,
        "NAN" => f64::NAN,
        "INF" => f64::INFINITY,
        "M_PI" => consts::PI,
        "M_E" => consts::E,
        "M_LOG2E" => consts::LOG2_E,
        "M_LOG10E" => consts::LOG10_E,
        "M_LN2" => consts::LN_2,
        "M_LN10" => consts::LN_10,
        "M_PI_2" => consts::FRAC_PI_2,
        "M_PI_4" => consts::FRAC_PI_4,
        "M_1_PI" => consts::FRAC_1_PI,
        "M_2_PI" => consts::FRAC_2_PI,
        "M_2_SQRTPI" => consts::FRAC_2_SQRT_PI,
        "M_SQRT2" => consts::SQRT_2,
        "M_SQRT1_2" => consts::FRAC_1_SQRT_2,
        _ => return None,
    };
    Some(Kind::Float(float))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_what_php_gives() {
        let cases = [
            ("E_USER_DEPRECATED", "Int(16384)"),
            ("FILTER_VALIDATE_BOOLEAN", "Int(258)"),
            ("FILTER_VALIDATE_BOOL", "Int(258)"),
            ("FILTER_NULL_ON_FAILURE", "Int(134217728)"),
            ("JSON_THROW_ON_ERROR", "Int(4194304)"),
            ("LOG_USER", "Int(8)"),
            ("LOG_LOCAL0", "Int(128)"),
            ("PHP_URL_HOST", "Int(1)"),
            ("PHP_EOL", "Str(\"\\n\")"),
            ("PHP_INT_MAX", "Int(9223372036854775807)"),
            ("ENT_QUOTES", "Int(3)"),
            ("STREAM_CRYPTO_METHOD_TLSv1_2_CLIENT", "Int(33)"),
        ];
        for (name, expected) in cases {
            assert_eq!(constant(name).map(|kind| format!("{kind:?}")).as_deref(), Some(expected), "{name}");
        }
        for name in ["PHP_VERSION", "PHP_OS", "E_ALL", "log_user", "NOTHING"] {
            assert!(constant(name).is_none(), "{name}");
        }
    }
}

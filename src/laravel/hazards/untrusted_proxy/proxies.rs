//! What a list of proxies means.

use crate::eval::{Kind, Value};
use crate::laravel::source::Argument;

/// Whether a value is known to name no proxy. `Http/Middleware/TrustProxies.php`: a text is a list with commas, and what
/// is empty falls to `config('trustedproxy.proxies')`.
pub(super) fn names_nobody(value: &Value) -> bool {
    match &value.kind {
        Kind::Null | Kind::Bool(false) => true,
        Kind::Str(text) => text.split(',').all(|part| part.trim().is_empty()),
        Kind::Array(array) => array.open().is_none() && array.values().all(names_nobody),
        _ => false,
    }
}

/// Whether an argument, or the default of a property, is known to name no proxy.
pub(super) fn argument_names_nobody(argument: &Argument) -> bool {
    argument.unknown.is_none() && !argument.values.is_empty() && argument.values.iter().all(names_nobody)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::Array;
    use crate::facts::Reason;

    #[test]
    fn only_what_is_empty_names_nobody() {
        let list = |texts: &[&str]| Value::array(Array::list(texts.iter().map(|text| Value::str(*text))));
        let mut open = Array::new();
        open.set_open(Reason::new("more entries"));
        for (value, nobody) in [
            (Value::null(), true),
            (Value::new(Kind::Bool(false)), true),
            (Value::str(""), true),
            (Value::str(" , "), true),
            (list(&[]), true),
            // explode(',', '')
            (list(&[""]), true),
            (Value::str("*"), false),
            (Value::str("10.0.0.1, "), false),
            (list(&["", "10.0.0.0/8"]), false),
            (Value::array(open), false),
            (Value::unknown(Reason::new("a call")), false),
            (Value::new(Kind::Bool(true)), false),
        ] {
            assert_eq!(names_nobody(&value), nobody, "{value:?}");
        }
    }
}

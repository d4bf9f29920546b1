//! Arrays: differences, intersections, duplicates, sums.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::{Array, Key, Kind, Value, convert};
use super::arrays::closed;
use super::{Builtin, array_kind, input};
use crate::facts::Reason;

/// Sets, sums.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::new("array_unique", &["array", "flags"], 1, array_unique),
    Builtin::new("array_diff", &["array", "...arrays"], 1, |args| by_value(args, false)),
    Builtin::new("array_intersect", &["array", "...arrays"], 1, |args| by_value(args, true)),
    Builtin::lenient("array_diff_key", &["array", "...arrays"], 1, |args| by_key(args, false)),
    Builtin::lenient("array_intersect_key", &["array", "...arrays"], 1, |args| by_key(args, true)),
    Builtin::new("array_diff_assoc", &["array", "...arrays"], 1, |args| by_both(args, false)),
    Builtin::new("array_intersect_assoc", &["array", "...arrays"], 1, |args| by_both(args, true)),
    Builtin::new("array_sum", &["array"], 1, |args| total(args, Kind::Int(0), convert::add)),
    Builtin::new("array_product", &["array"], 1, |args| total(args, Kind::Int(1), convert::multiply)),
];

fn array_unique(args: &[Value]) -> Result<Kind, Reason> {
    if input::int_or(args, 1, 2)? != 2 {
        return Err(Reason::new("flags that we do not follow"));
    }
    let mut seen = HashSet::new();
    let mut result = Array::new();
    for (key, value) in input::array(args, 0)?.iter() {
        if seen.insert(convert::to_text(&value.kind)?) {
            result.insert(key.clone(), value.clone());
        }
    }
    array_kind(result)
}

fn texts(array: &Array) -> Result<HashSet<Arc<str>>, Reason> {
    array.values().map(|value| convert::to_text(&value.kind)).collect()
}

fn keep(array: &Array, wanted: impl Fn(&Key, &Value) -> Result<bool, Reason>) -> Result<Kind, Reason> {
    let mut result = Array::new();
    for (key, value) in array.iter() {
        if wanted(key, value)? {
            result.insert(key.clone(), value.clone());
        }
    }
    if let Some(reason) = array.open() {
        result.set_open(reason.clone());
    }
    array_kind(result)
}

fn others(args: &[Value]) -> Result<Vec<&Array>, Reason> {
    (1..args.len()).map(|index| input::array(args, index)).collect()
}

fn by_value(args: &[Value], common: bool) -> Result<Kind, Reason> {
    let sets: Vec<_> = others(args)?.into_iter().map(texts).collect::<Result<_, _>>()?;
    keep(input::array(args, 0)?, |_, value| {
        let text = convert::to_text(&value.kind)?;
        Ok(if common {
            sets.iter().all(|set| set.contains(&text))
        } else {
            !sets.iter().any(|set| set.contains(&text))
        })
    })
}

fn by_key(args: &[Value], common: bool) -> Result<Kind, Reason> {
    let others = others(args)?;
    for other in &others {
        closed(other)?;
    }
    keep(input::array(args, 0)?, |key, _| {
        Ok(if common {
            others.iter().all(|other| other.get(key).is_some())
        } else {
            !others.iter().any(|other| other.get(key).is_some())
        })
    })
}

fn by_both(args: &[Value], common: bool) -> Result<Kind, Reason> {
    let others = others(args)?;
    keep(input::array(args, 0)?, |key, value| {
        let text = convert::to_text(&value.kind)?;
        for other in &others {
            let same = match other.get(key) {
                Some(found) => convert::to_text(&found.kind)? == text,
                None => false,
            };
            if same != common {
                return Ok(false);
            }
        }
        Ok(true)
    })
}

fn total(
    args: &[Value],
    start: Kind,
    combine: fn(&Kind, &Kind) -> Result<Kind, Reason>,
) -> Result<Kind, Reason> {
    let mut total = start;
    for value in input::array(args, 0)?.values() {
        let number = match &value.kind {
            // PHP 8.2 leaves arrays out; 8.3 warns and does the same.
            Kind::Array(_) => continue,
            Kind::Object(_) | Kind::Closure(_) | Kind::Case(_) => {
                return Err(Reason::new("an object used as a number"));
            }
            Kind::Str(text) => {
                convert::numeric_prefix(text).map_or(Kind::Int(0), |numeric| numeric.number.kind())
            }
            other => other.clone(),
        };
        let was_whole = matches!((&total, &number), (Kind::Int(_), Kind::Int(_)));
        total = combine(&total, &number)?;
        if was_whole && matches!(total, Kind::Float(_)) {
            return Err(Reason::new("a number too large for an integer"));
        }
    }
    Ok(total)
}

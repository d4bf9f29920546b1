//! Arrays: parts of them, and arrays made anew.

use super::super::{Array, Key, Kind, Value, convert};
use super::arrays::{closed, inherit_open};
use super::{Builtin, MAX_ENTRIES, array_kind, input, too_large};
use crate::facts::Reason;

/// Parts of arrays.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::lenient("array_slice", &["array", "offset", "length", "preserve_keys"], 2, array_slice),
    Builtin::lenient("array_reverse", &["array", "preserve_keys"], 1, array_reverse),
    Builtin::lenient("array_chunk", &["array", "length", "preserve_keys"], 2, array_chunk),
    Builtin::lenient("array_pad", &["array", "length", "value"], 3, array_pad),
    Builtin::lenient("array_combine", &["keys", "values"], 2, array_combine),
    Builtin::lenient("array_fill", &["start_index", "count", "value"], 3, array_fill),
    Builtin::lenient("array_fill_keys", &["keys", "value"], 2, array_fill_keys),
    Builtin::lenient("array_column", &["array", "column_key", "index_key"], 2, array_column),
    Builtin::new("array_flip", &["array"], 1, array_flip),
    Builtin::new("array_change_key_case", &["array", "case"], 1, change_key_case),
    Builtin::new("array_count_values", &["array"], 1, count_values),
];

fn put(result: &mut Array, key: &Key, value: &Value, preserve: bool) {
    match key {
        Key::Int(_) if !preserve => result.push(value.clone()),
        _ => result.insert(key.clone(), value.clone()),
    }
}

fn array_slice(args: &[Value]) -> Result<Kind, Reason> {
    let (array, offset) = (input::array(args, 0)?, input::int(args, 1)?);
    closed(array)?;
    let (start, end) = input::range(offset, input::optional_int(args, 2)?, array.len());
    let preserve = input::flag_or(args, 3, false)?;
    // An offset before the first entry starts at the first one; the length counts from there.
    let mut result = Array::new();
    for (key, value) in array.iter().skip(start).take(end - start) {
        put(&mut result, key, value, preserve);
    }
    array_kind(result)
}

fn array_reverse(args: &[Value]) -> Result<Kind, Reason> {
    let (array, preserve) = (input::array(args, 0)?, input::flag_or(args, 1, false)?);
    let mut result = Array::new();
    for (key, value) in array.iter().rev() {
        if array.open().is_none() || matches!(key, Key::Str(_)) || preserve {
            put(&mut result, key, value, preserve);
        }
    }
    inherit_open(&mut result, array);
    array_kind(result)
}

fn array_chunk(args: &[Value]) -> Result<Kind, Reason> {
    let (array, preserve) = (input::array(args, 0)?, input::flag_or(args, 2, false)?);
    closed(array)?;
    let length = usize::try_from(input::int(args, 1)?).ok().filter(|length| *length > 0);
    let length = length.ok_or_else(|| Reason::new("a length that PHP refuses"))?;
    let mut chunks = Vec::new();
    let mut chunk = Array::new();
    for (key, value) in array.iter() {
        if preserve {
            chunk.insert(key.clone(), value.clone());
        } else {
            chunk.push(value.clone());
        }
        if chunk.len() == length {
            chunks.push(Value::array(std::mem::take(&mut chunk)));
        }
    }
    if !chunk.is_empty() {
        chunks.push(Value::array(chunk));
    }
    array_kind(Array::list(chunks))
}

fn array_pad(args: &[Value]) -> Result<Kind, Reason> {
    let (array, length) = (input::array(args, 0)?, input::int(args, 1)?);
    let value = args.get(2).ok_or_else(|| Reason::new("a call with too few arguments"))?;
    closed(array)?;
    let wanted = usize::try_from(length.unsigned_abs()).unwrap_or(usize::MAX);
    if wanted > MAX_ENTRIES {
        return Err(too_large());
    }
    let missing = wanted.saturating_sub(array.len());
    if missing == 0 {
        return array_kind(array.clone());
    }
    let mut result = Array::new();
    if length < 0 {
        (0..missing).for_each(|_| result.push(value.clone()));
    }
    for (key, value) in array.iter() {
        put(&mut result, key, value, false);
    }
    if length > 0 {
        (0..missing).for_each(|_| result.push(value.clone()));
    }
    array_kind(result)
}

/// A key as `array_combine` and `array_fill_keys` make it: by its text.
fn text_key(kind: &Kind) -> Result<Key, Reason> {
    Ok(match kind {
        Kind::Int(number) => Key::Int(*number),
        other => Key::from_text(&convert::to_text(other)?),
    })
}

fn array_combine(args: &[Value]) -> Result<Kind, Reason> {
    let (keys, values) = (input::array(args, 0)?, input::array(args, 1)?);
    closed(keys)?;
    closed(values)?;
    if keys.len() != values.len() {
        return Err(Reason::new("arrays of different length combined"));
    }
    let mut result = Array::new();
    for (key, value) in keys.values().zip(values.values()) {
        result.insert(text_key(&key.kind)?, value.clone());
    }
    array_kind(result)
}

fn array_fill(args: &[Value]) -> Result<Kind, Reason> {
    let (start, count) = (input::int(args, 0)?, input::int(args, 1)?);
    let value = args.get(2).ok_or_else(|| Reason::new("a call with too few arguments"))?;
    let count = usize::try_from(count).map_err(|_| Reason::new("a length that PHP refuses"))?;
    if count > MAX_ENTRIES || start.checked_add(MAX_ENTRIES as i64).is_none() {
        return Err(too_large());
    }
    if start < 0 && count > 1 {
        // PHP 8.3 counts on from a negative start, earlier versions go on with 0.
        return Err(Reason::new("keys that depend on the PHP version"));
    }
    let mut result = Array::new();
    for index in (start..).take(count) {
        result.insert(Key::Int(index), value.clone());
    }
    array_kind(result)
}

fn array_fill_keys(args: &[Value]) -> Result<Kind, Reason> {
    let keys = input::array(args, 0)?;
    let value = args.get(1).ok_or_else(|| Reason::new("a call with too few arguments"))?;
    let mut result = Array::new();
    for key in keys.values() {
        result.insert(text_key(&key.kind)?, value.clone());
    }
    inherit_open(&mut result, keys);
    array_kind(result)
}

fn array_column(args: &[Value]) -> Result<Kind, Reason> {
    let rows = input::array(args, 0)?;
    closed(rows)?;
    let key = |index: usize| -> Result<Option<Key>, Reason> {
        if input::given(args, index) {
            convert::to_key(&input::any(args, index)?.kind).map(Some)
        } else {
            Ok(None)
        }
    };
    let (column, index) = (key(1)?, key(2)?);
    let mut result = Array::new();
    for row in rows.values() {
        let fields = match &row.kind {
            Kind::Array(fields) => fields,
            Kind::Unknown(reason) => return Err(reason.clone()),
            Kind::Object(_) | Kind::Closure(_) | Kind::Case(_) => {
                return Err(Reason::new("an object used as an array"));
            }
            _ => continue,
        };
        let find = |key: &Key| -> Result<Option<&Value>, Reason> {
            let value = fields.get(key);
            if value.is_none() {
                closed(fields)?;
            }
            Ok(value)
        };
        let value = match &column {
            None => row,
            Some(column) => match find(column)? {
                Some(value) => value,
                None => continue,
            },
        };
        match index.as_ref().map(find).transpose()?.flatten() {
            Some(key) => result.insert(convert::to_key(&key.kind)?, value.clone()),
            None if result.iter().any(|(key, _)| matches!(key, Key::Int(..0 | i64::MAX))) => {
                // PHP 8.3 counts on from a negative key, earlier versions go on with 0.
                return Err(Reason::new("keys that depend on the PHP version"));
            }
            None => result.push(value.clone()),
        }
    }
    array_kind(result)
}

fn array_flip(args: &[Value]) -> Result<Kind, Reason> {
    let mut result = Array::new();
    for (key, value) in input::array(args, 0)?.iter() {
        // PHP warns and leaves out what can be no key.
        if let Kind::Int(_) | Kind::Str(_) = value.kind {
            result
                .insert(convert::to_key(&value.kind)?, Value { kind: key.to_value().kind, ..value.clone() });
        }
    }
    array_kind(result)
}

fn change_key_case(args: &[Value]) -> Result<Kind, Reason> {
    let upper = input::int_or(args, 1, 0)? == 1;
    let mut result = Array::new();
    for (key, value) in input::array(args, 0)?.iter() {
        let key = match key {
            Key::Str(text) if upper => Key::Str(text.to_ascii_uppercase().into()),
            Key::Str(text) => Key::Str(text.to_ascii_lowercase().into()),
            Key::Int(_) => key.clone(),
        };
        result.insert(key, value.clone());
    }
    array_kind(result)
}

fn count_values(args: &[Value]) -> Result<Kind, Reason> {
    let mut result = Array::new();
    for value in input::array(args, 0)?.values() {
        if let Kind::Int(_) | Kind::Str(_) = value.kind {
            let slot = result.entry(convert::to_key(&value.kind)?);
            let before = if let Kind::Int(count) = slot.kind { count } else { 0 };
            *slot = Value::int(before + 1);
        }
    }
    array_kind(result)
}

//! PHP's own pure functions, one file a family. A function sees values and gives a value; it reads no file and no clock.

mod arrays;
mod arrays_parts;
mod arrays_sets;
mod encodings;
mod escapes;
mod filters;
mod formats;
mod hashes;
pub mod illuminate;
mod input;
mod json;
mod json_read;
mod math;
mod multibyte;
mod paths;
mod pattern;
mod positions;
mod regexes;
mod replace;
mod text;
mod translate;
mod trims;
mod types;
mod urls;
mod versions;
mod wrap;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::{Array, Kind, Value};
use crate::facts::Reason;

/// The longest text a function makes.
pub const MAX_TEXT: usize = 1_000_000;
/// The longest array a function makes.
pub const MAX_ENTRIES: usize = 100_000;
/// How deep nested arrays are followed.
const MAX_DEPTH: usize = 64;

/// A function of PHP.
#[derive(Debug)]
pub struct Builtin {
    /// Its lower-case name.
    pub name: &'static str,
    /// PHP's names of its parameters, in order; a last one that begins with `...` takes all that is left.
    pub params: &'static [&'static str],
    /// How many arguments it must have.
    pub required: usize,
    /// Whether it copes with arrays that hold unknown values or may hold entries we do not see.
    /// Otherwise the caller makes the result unknown without calling it.
    pub lenient: bool,
    /// The function. An argument itself is never unknown unless `lenient` is set. Call it by [`Builtin::call`].
    pub run: fn(&[Value]) -> Result<Kind, Reason>,
}

type Run = fn(&[Value]) -> Result<Kind, Reason>;

impl Builtin {
    const fn new(name: &'static str, params: &'static [&'static str], required: usize, run: Run) -> Self {
        Self { name, params, required, lenient: false, run }
    }

    const fn lenient(name: &'static str, params: &'static [&'static str], required: usize, run: Run) -> Self {
        Self { name, params, required, lenient: true, run }
    }

    /// Calls it, after a check of the number of arguments and, unless it is lenient, of what is unknown in them.
    ///
    /// # Errors
    /// Why there is no result: PHP would throw, or we do not follow what it does.
    pub fn call(&self, args: &[Value]) -> Result<Kind, Reason> {
        if args.len() < self.required {
            return Err(Reason::new("a call with too few arguments"));
        }
        let variadic = self.params.last().is_some_and(|name| name.starts_with("..."));
        if args.len() > self.params.len() && !variadic {
            return Err(Reason::new("a call with arguments we do not follow"));
        }
        if !self.lenient
            && let Some(reason) = args.iter().find_map(Value::deep_reason)
        {
            return Err(reason.clone());
        }
        (self.run)(args)
    }
}

const FAMILIES: &[&[Builtin]] = &[
    arrays::FUNCTIONS,
    arrays_parts::FUNCTIONS,
    arrays_sets::FUNCTIONS,
    encodings::FUNCTIONS,
    escapes::FUNCTIONS,
    filters::FUNCTIONS,
    formats::FUNCTIONS,
    hashes::FUNCTIONS,
    json::FUNCTIONS,
    json_read::FUNCTIONS,
    math::FUNCTIONS,
    multibyte::FUNCTIONS,
    paths::FUNCTIONS,
    positions::FUNCTIONS,
    regexes::FUNCTIONS,
    replace::FUNCTIONS,
    text::FUNCTIONS,
    trims::FUNCTIONS,
    types::FUNCTIONS,
    urls::FUNCTIONS,
    versions::FUNCTIONS,
    wrap::FUNCTIONS,
];

/// The function of a lower-case name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Builtin> {
    static INDEX: OnceLock<HashMap<&'static str, &'static Builtin>> = OnceLock::new();
    INDEX
        .get_or_init(|| {
            FAMILIES
                .iter()
                .flat_map(|family| family.iter())
                .map(|function| (function.name, function))
                .collect()
        })
        .get(name)
        .copied()
}

/// Why a result that would be huge is not made.
#[must_use]
pub fn too_large() -> Reason {
    Reason::new("a result too large to follow")
}

/// A string result.
fn text_kind(text: impl Into<Arc<str>>) -> Result<Kind, Reason> {
    let text = text.into();
    if text.len() > MAX_TEXT { Err(too_large()) } else { Ok(Kind::Str(text)) }
}

/// Bytes of PHP as a string result.
fn bytes_kind(bytes: Vec<u8>) -> Result<Kind, Reason> {
    text_kind(String::from_utf8(bytes).map_err(|_| Reason::new("a string cut inside a character"))?)
}

/// What `strcmp` and its kin give: which number it is, save for 0, depends on the PHP version.
fn order_kind(order: std::cmp::Ordering) -> Result<Kind, Reason> {
    if order.is_eq() {
        Ok(Kind::Int(0))
    } else {
        Err(Reason::new("a result that depends on the PHP version"))
    }
}

/// An array result.
fn array_kind(array: Array) -> Result<Kind, Reason> {
    if array.len() > MAX_ENTRIES { Err(too_large()) } else { Ok(Kind::Array(Arc::new(array))) }
}

#[cfg(test)]
mod tests;

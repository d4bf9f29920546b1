//! PHP's own pure functions, one file a family. A function sees values and gives a value; it reads no file and no clock.

use super::{Kind, Value};
use crate::facts::Reason;

/// A function of PHP.
pub struct Builtin {
    /// Its lower-case name.
    pub name: &'static str,
    /// Whether it copes with arrays that hold unknown values or may hold entries we do not see.
    /// Otherwise the caller makes the result unknown without calling it.
    pub lenient: bool,
    /// The function. An argument itself is never unknown unless `lenient` is set.
    pub run: fn(&[Value]) -> Result<Kind, Reason>,
}

//! Laravel's string and array helpers.
use crate::eval::{Kind, Value};
use crate::facts::Reason;

/// Not there yet.
pub fn helper(_: &str, _: &[Value], _: u32) -> Option<Result<Kind, Reason>> {
    None
}

/// Not there yet.
pub fn static_call(_: &str, _: &str, _: &[Value], _: u32) -> Option<Result<Kind, Reason>> {
    None
}

//! Laravel's string and array helpers: `Str::`, `Arr::` and the global functions.
//!
//! Facts: laravel/framework, src/Illuminate/Support/Str.php, Arr.php and helpers.php, of 5.5.50, 5.8.38, 6.20.45,
//! 7.30.7, 8.83.29, 9.52.22, 10.50.3, 11.56.0, 12.67.0 and 13.26.1. Where one major version does both, we do neither.

mod arr;
mod ascii;
mod dots;
mod helpers;
mod letters;
mod str;

use super::super::{Kind, Value};
use crate::facts::Reason;

pub use helpers::helper;

/// Calls a static method of `Illuminate\Support\Str` or `Arr` as Laravel's version `major` has it.
/// `None` when we do not know the method.
#[must_use]
pub fn static_call(class: &str, method: &str, args: &[Value], major: u32) -> Option<Result<Kind, Reason>> {
    let class = class.trim_start_matches('\\');
    let method = method.to_ascii_lowercase();
    if class.eq_ignore_ascii_case("Illuminate\\Support\\Str") {
        str::call(&method, args, major)
    } else if class.eq_ignore_ascii_case("Illuminate\\Support\\Arr") {
        arr::call(&method, args, major)
    } else {
        None
    }
}

/// Why a result is not given where Laravel's versions differ.
fn differs() -> Reason {
    Reason::new("a result that depends on the Laravel version")
}

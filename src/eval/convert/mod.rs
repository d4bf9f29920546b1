//! PHP 8.2's conversions and operators over our values. A reason names what went wrong, never a value.

mod arithmetic;
mod bits;
mod casts;
mod compare;
mod numeric;

pub use arithmetic::{add, divide, modulo, multiply, negate, plus, power, subtract};
pub use bits::{bit_and, bit_not, bit_or, bit_xor, shift_left, shift_right};
pub use casts::{
    cast_array, cast_bool, cast_float, cast_int, cast_object, cast_text, concat, to_bool, to_float, to_int,
    to_key, to_text,
};
pub use compare::{compare, compare_values, less, less_or_equal, loose_equal, strict_equal};
pub use numeric::{
    Number, Numeric, exact_integer, float_from_text, float_to_int, float_to_json, float_to_text,
    numeric_prefix, wrap_float,
};

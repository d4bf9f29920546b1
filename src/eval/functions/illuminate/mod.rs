//! Laravel's string and array helpers.

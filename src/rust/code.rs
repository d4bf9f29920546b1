//! What the code says.

use super::app::App;
use super::seen::Seen;

/// What is seen.
pub fn seen(_app: &App) -> Vec<Seen> {
    Vec::new()
}

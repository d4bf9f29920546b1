//! What config files and variables say, in one environment.

use super::app::App;
use super::environments::Loaded;
use super::seen::Seen;

/// What is seen.
pub fn seen(_app: &App, _loaded: &Loaded) -> Vec<Seen> {
    Vec::new()
}

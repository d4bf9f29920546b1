//! The model: places, trails, settings, state, locality, environments. Types and no I/O.

mod place;
mod reason;
mod trail;

pub use place::Place;
pub use reason::Reason;
pub use trail::{Note, Step, Trail, TrailStep};

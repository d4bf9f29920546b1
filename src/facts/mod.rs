//! The model: places, trails, settings, state, locality, environments. Types and no I/O.

mod environment;
mod fix;
mod locality;
mod place;
mod reason;
mod scale;
mod selection;
mod setting;
mod state;
mod survey;
mod trail;
mod variable;

pub use environment::{Basis, Environment};
pub use fix::{About, Action, Applicability, Edit, Fix};
pub use locality::{Confidence, Locality, Severity};
pub use place::Place;
pub use reason::Reason;
pub use scale::{Replicas, Sticky};
pub use selection::{Preference, Selection};
pub use setting::{Scalar, Setting};
pub use state::{Concern, Fault, State};
pub use survey::{Judged, Observation, Survey};
pub use trail::{Note, Step, Trail, TrailStep};
pub use variable::{Variable, Variables, VariablesError};

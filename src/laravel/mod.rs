//! A Laravel app to its settings and its state.

mod app;
mod bootstrap;
mod composer;
mod deployed;
mod drivers;
mod env_value;
mod environments;
mod framework;
mod hazards;
mod host;
mod load;
mod machine;
mod observations;
mod packages;
mod partial;
mod paths;
mod remedies;
mod settings;
pub mod source;
mod state;
mod survey;
mod timeline;
mod version;
mod writes;

pub use app::App;
pub use bootstrap::Layout;
pub use environments::{EnvFile, LoadedEnvironment, select};
pub use load::{Configuration, Unreadable, load};
pub use remedies::knows_driver;
pub use settings::{below, flatten, trail_of};
pub use state::states;
pub use survey::{rejudge, survey};
pub use version::Version;

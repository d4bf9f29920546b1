//! What is on the disk: the tree of an app, read within bounds. Nothing is followed out of the tree.

mod apps;
mod cargo;
mod manifests;
mod mention;
mod repository;
mod source;
mod tree;

pub use apps::{Candidates, find};
pub use cargo::cargo_manifests;
pub use manifests::manifests;
pub use repository::repository_of;
pub use source::{Hits, Needles, SourceFile};
pub use tree::{Skipped, Tree, io_reason, read_source, show};

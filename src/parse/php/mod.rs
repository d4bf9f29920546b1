//! PHP source to our own small tree.

pub mod tree;

//! The difference between two env files, without what is secret in them.

//! Manifests of Cargo to packages, what they depend on, and which of them serve.

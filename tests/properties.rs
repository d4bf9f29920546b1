//! Any input at all: nothing panics, everything ends, the same input gives the same answer.
//!
//! The default run is the same every time and takes seconds. `PROPTEST_CASES=5000` looks further, from a new start each
//! time.

mod common;

#[path = "properties/apps.rs"]
mod apps;
#[path = "properties/deployed.rs"]
mod deployed;
#[path = "properties/edits.rs"]
mod edits;
#[path = "properties/evaluator.rs"]
mod evaluator;
#[path = "properties/manifests.rs"]
mod manifests;
#[path = "properties/mutate.rs"]
mod mutate;
#[path = "properties/parsers.rs"]
mod parsers;
#[path = "properties/php_text.rs"]
mod php_text;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};

/// Tries a property on many values. A failure is shrunk to a small one and shown.
fn holds<S: Strategy>(cases: u32, make: fn() -> S, property: fn(S::Value) -> TestCaseResult) {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let run = move || {
        let config = Config {
            cases: asked.unwrap_or(cases),
            failure_persistence: None,
            max_shrink_iters: 2000,
            ..Config::default()
        };
        let mut runner = match asked {
            Some(_) => TestRunner::new(config),
            None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
        };
        runner.run(&make(), property).map_err(|failure| failure.to_string())
    };
    let result = unstick::parse::php::with_deep_stack(run).unwrap();
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

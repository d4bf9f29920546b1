//! Queues: the default connection, failed jobs, batches.

use std::sync::Arc;

use super::resolver::{Lives, Resolver, extend, names};
use crate::eval::{Kind, Value};
use crate::facts::{Concern, Reason, Severity};
use crate::laravel::drivers;
use crate::laravel::version::Version;

/// Adds the queue, its failed jobs and its batches.
pub fn add(resolver: &mut Resolver<'_>) {
    let default = resolver.get("queue.default");
    if matches!(default.kind, Kind::Null) {
        return;
    }
    let name = default.as_str().unwrap_or("unknown").to_owned();
    let lives = match &default.kind {
        Kind::Str(name) => resolver.queue(name),
        Kind::Unknown(reason) => Lives::unknown(reason.clone()),
        _ => Lives::unknown(Reason::new("a connection of another type than expected")),
    };
    resolver.add(Concern::Queue, "queue.default", &name, lives);
    let driver = resolver.get(&format!("queue.connections.{name}.driver"));
    let keeps_jobs =
        drivers::of("queue").get(driver.as_str().unwrap_or(&name)).is_none_or(|driver| !driver.inline);
    if keeps_jobs {
        failed_jobs(resolver);
        batches(resolver);
    }
}

fn failed_jobs(resolver: &mut Resolver<'_>) {
    if !resolver.has("queue.failed") {
        return;
    }
    let driver = resolver.get("queue.failed.driver");
    let driver = if matches!(driver.kind, Kind::Null) { Value::str("database") } else { driver };
    let name = driver.as_str().unwrap_or("unknown").to_owned();
    let lives = match name.as_str() {
        // The failer's connection is under `database`, not under `connection`.
        "database" | "database-uuids" => resolver.on_database("queue.failed.database"),
        _ => resolver.driver("failed-jobs", "queue.failed", &driver),
    };
    resolver.add(Concern::FailedJobs, "queue.failed.driver", &name, lives);
    resolver.weigh(Severity::Warning);
}

fn batches(resolver: &mut Resolver<'_>) {
    // Batches are used by few apps: the framework's own default says nothing about this one.
    let own = resolver.get("queue.batching.database").place.is_some_and(|place| !place.is_foreign());
    if resolver.app.version_or_newest() < Version::new(8, 0, 0) || !own {
        return;
    }
    let lives = match resolver.get("queue.batching.driver").as_str() {
        Some("dynamodb") => resolver.endpoint("queue.batching"),
        _ => resolver.on_database("queue.batching.database"),
    };
    resolver.add(Concern::JobBatches, "queue.batching.database", "database", lives);
    resolver.weigh(Severity::Info);
}

impl Resolver<'_> {
    /// Where a queue connection keeps its jobs.
    pub fn queue(&mut self, name: &Arc<str>) -> Lives {
        let base = format!("queue.connections.{name}");
        match self.get(&base).kind {
            Kind::Unknown(reason) => return Lives::unknown(reason),
            // `null` needs no entry (QueueManager::getConfig).
            Kind::Null if name.as_ref() == "null" => return self.driver("queue", &base, &Value::str("null")),
            Kind::Null => return Lives::undefined("queue connection", name),
            _ => {}
        }
        let key = format!("{base}.driver");
        let steps = self.trail(&key);
        let driver = self.get(&key);
        self.driver("queue", &base, &driver).through(&key).after(steps)
    }

    /// The first of several connections decides.
    pub fn first_queue(&mut self, base: &str) -> Lives {
        let key = format!("{base}.connections");
        let mut steps = self.trail(&key);
        match names(&self.get(&key)) {
            Ok(connections) => match connections.first() {
                Some(first) => {
                    extend(&mut steps, self.trail(&format!("{key}.0")));
                    self.queue(first).after(steps)
                }
                None => Lives::unknown(Reason::new(format!("{key} is empty"))),
            },
            Err(reason) => Lives::unknown(reason),
        }
    }
}

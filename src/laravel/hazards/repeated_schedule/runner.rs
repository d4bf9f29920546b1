//! What runs the scheduler of a deployed app, and on how many replicas.

use crate::deploy::{Command, Deployment, Role, When};
use crate::facts::{Note, Step, TrailStep};
use crate::laravel::deployed::{self, artisan};
use crate::laravel::hazards::code::Code;

/// Who runs the scheduler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Runner {
    /// One thing, once.
    Once,
    /// Each replica of a service; the step that shows it.
    EachReplica(TrailStep),
    /// Nothing tells.
    Unknown,
}

/// Platforms that have no cron beside a process: what is no process of its own is started by the platform's scheduler, in
/// one process at a time (Heroku Scheduler, one-off dynos).
const RUNS_ONCE: &[&str] = &["heroku"];

/// Who runs the scheduler in an environment.
pub fn of(code: &Code<'_>) -> Runner {
    if code.loaded.deployments.is_empty() {
        // An env file by itself: what the repository deploys elsewhere shows at least that one scheduler is meant.
        let elsewhere = together(deployed::of_app(code.app).into_iter());
        return if elsewhere == Runner::Once { Runner::Once } else { Runner::Unknown };
    }
    let runner = together(code.loaded.deployments.iter());
    let by_platform = code.loaded.deployments.iter().all(|one| RUNS_ONCE.contains(&one.source));
    if runner == Runner::Unknown && by_platform { Runner::Once } else { runner }
}

fn together<'d>(deployments: impl Iterator<Item = &'d Deployment>) -> Runner {
    let mut all = Runner::Unknown;
    for one in deployments {
        match of_deployment(one) {
            Runner::EachReplica(step) => return Runner::EachReplica(step),
            Runner::Once => all = Runner::Once,
            Runner::Unknown => {}
        }
    }
    all
}

fn of_deployment(one: &Deployment) -> Runner {
    let mut commands = one.commands.iter().filter(|command| runs_scheduler(command));
    let own_role = one.runs.role == Role::Scheduler;
    if own_role && !one.replicas.may_be_many() {
        return Runner::Once;
    }
    if one.runs.role == Role::Job || commands.clone().any(|command| command.when == When::Release) {
        return if commands.next().is_some() { Runner::Once } else { Runner::Unknown };
    }
    // One image may serve several roles: under a condition the command may run in one of them only.
    let certain =
        commands.find(|command| matches!(command.when, When::Start | When::Clock) && command.guard.is_none());
    match certain {
        Some(_) if one.replicas.is_one() => Runner::Once,
        Some(command) => Runner::EachReplica(TrailStep {
            step: Step::Built,
            place: Some(command.place.clone()),
            note: Note::Text(format!("each replica of {} runs the scheduler", one.service).into()),
        }),
        None if own_role => Runner::EachReplica(TrailStep {
            step: Step::Built,
            place: Some(one.place.clone()),
            note: Note::Text(format!("several replicas of {} run the scheduler", one.service).into()),
        }),
        None => Runner::Unknown,
    }
}

fn runs_scheduler(command: &Command) -> bool {
    matches!(artisan(command), Some("schedule:run" | "schedule:work" | "schedule:daemon"))
}

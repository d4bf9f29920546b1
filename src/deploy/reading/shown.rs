//! A deployment as lines of text, for tests: whatever is in it is seen, with its lines.

use crate::deploy::{Deployment, Files, Replicas, Sharing, Value, When};
use crate::facts::Place;

fn line(place: &Place) -> String {
    assert!(place.source.text().get(place.span.range()).is_some(), "{place:?}");
    format!("@{}", place.start().line)
}

fn replicas(replicas: &Replicas) -> String {
    let bound = |bound: Option<u32>| bound.map_or("?".to_owned(), |bound| bound.to_string());
    let place = replicas.place.as_ref().map(line).unwrap_or_default();
    format!("  replicas {}..{} {place}\n", bound(replicas.min), bound(replicas.max))
}

/// What was skipped.
pub fn skips(files: &Files<'_>) -> Vec<String> {
    files.skipped().into_iter().map(|skipped| format!("{}: {}", skipped.path, skipped.reason)).collect()
}

/// All deployments, one line for each thing in them.
pub fn shown(deployments: &[Deployment]) -> String {
    deployments.iter().map(one).collect()
}

fn one(deployment: &Deployment) -> String {
    let runs = &deployment.runs;
    let mut text = format!(
        "{}/{}/{} {:?} {} {}",
        deployment.source,
        deployment.environment,
        deployment.service,
        runs.role,
        deployment.confidence.name(),
        line(&deployment.place),
    );
    for (name, value) in [
        ("folder", &runs.folder),
        ("dockerfile", &runs.dockerfile),
        ("stage", &runs.stage),
        ("image", &runs.image),
    ] {
        text += &value.as_ref().map(|value| format!(" {name}={value}")).unwrap_or_default();
    }
    text += &format!(" [{}]\n", deployment.files.join(" "));
    for layer in &deployment.layers {
        let more = layer.more.as_ref().map(|_| " and more").unwrap_or_default();
        text += &format!("  layer {}{more}\n", layer.origin);
        for given in &layer.variables {
            let value = match &given.value {
                Value::Known(value) => format!("={value}"),
                Value::Unknown(reason) => format!(": {}", reason.text()),
                Value::Unset => " unset".to_owned(),
            };
            text += &format!("    {}{value} {}\n", given.name, line(&given.place));
            for step in &given.before {
                let place = step.place.as_ref().map(line).unwrap_or_default();
                text += &format!("      {} {} {place}\n", step.step.name(), step.note.text());
            }
        }
    }
    let at = |name: &str, place: &Option<Place>| {
        place.as_ref().map(|place| format!("  {name} {}\n", line(place))).unwrap_or_default()
    };
    if deployment.replicas.min.or(deployment.replicas.max).is_some() {
        text += &replicas(&deployment.replicas);
    }
    if let Some(sticky) = &deployment.sticky {
        text += &format!("  sticky {} by {} {}\n", sticky.on, sticky.by, line(&sticky.place));
    }
    text += &at("balanced", &deployment.balanced);
    text += &at("health", &deployment.health);
    for mount in &deployment.mounts {
        let sharing = match &mount.sharing {
            Sharing::Unknown(reason) => reason.text().to_owned(),
            sharing => format!("{sharing:?}"),
        };
        text += &format!("  mount {}: {}, {sharing} {}\n", mount.path, mount.what, line(&mount.place));
    }
    for command in &deployment.commands {
        let when = match command.when {
            When::Build => "build",
            When::Start => "start",
            When::Release => "release",
            When::Clock => "clock",
        };
        let words: Vec<&str> = command.words.iter().map(|word| word.as_deref().unwrap_or("?")).collect();
        let guard = if command.guard.is_some() { "*" } else { "" };
        text += &format!("  {when}{guard} {} {}\n", words.join("|"), line(&command.place));
    }
    for problem in &deployment.problems {
        text += &format!("  problem {} {}\n", problem.message, line(&problem.place));
    }
    text
}

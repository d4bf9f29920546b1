//! Deployments to environments: which belong together, and what each environment is called.

use super::{Deployment, main_of};
use crate::facts::{Confidence, Environment};

/// Deployments of one source and one environment together, in their order; a developer's set-up last, so that it does not
/// take the name of one that is judged.
#[must_use]
pub fn grouped<'a>(deployments: impl IntoIterator<Item = &'a Deployment>) -> Vec<Vec<&'a Deployment>> {
    let mut groups: Vec<Vec<&Deployment>> = Vec::new();
    for deployment in deployments {
        let same = |group: &&mut Vec<&Deployment>| {
            group.first().is_some_and(|first| {
                first.source == deployment.source
                    && first.environment == deployment.environment
                    && project_of(first) == project_of(deployment)
            })
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(deployment),
            None => groups.push(vec![deployment]),
        }
    }
    groups.sort_by_key(|group| main_of(group).is_none_or(|main| main.confidence == Confidence::Low));
    groups
}

/// What belongs together within an environment. Two compose files that are not put together are two ways to run the
/// app: with one database or another.
fn project_of(deployment: &Deployment) -> Option<&str> {
    let is_project = deployment.source == "docker compose";
    deployment.files.first().map(AsRef::as_ref).filter(|_| is_project)
}

/// The name of a group's environment; one that two sources describe is told apart by them, one that two files of the same
/// kind describe by where they lie.
#[must_use]
pub fn name_of(group: &[&Deployment], known: &[&Environment]) -> String {
    let Some(first) = group.first() else { return String::new() };
    let name = first.environment.to_string();
    let taken = |name: &str| known.iter().any(|other| other.name.as_ref() == name);
    if !taken(&name) {
        return name;
    }
    let told_apart = format!("{name} ({})", first.source);
    let same_source =
        known.iter().any(|other| other.name.as_ref() == name && other.deployed_by == Some(first.source));
    if same_source || taken(&told_apart) { format!("{name} ({})", first.place.path()) } else { told_apart }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::facts::Place;
    use crate::text::{Source, Span};

    fn deployment(source: &'static str, environment: &str, file: &str) -> Deployment {
        let place = Place::new(&Arc::new(Source::new(file, String::new())), Span::default());
        Deployment::new(source, environment, "web", place)
    }

    #[test]
    fn what_belongs_together_is_one_environment() {
        let all = [
            deployment("kubernetes", "production", "a.yaml"),
            deployment("docker compose", "production", "a.yml"),
            deployment("kubernetes", "production", "b.yaml"),
            deployment("docker compose", "production", "b.yml"),
            deployment("kubernetes", "staging", "a.yaml"),
        ];
        let groups = grouped(&all);
        assert_eq!(groups.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1, 1, 1]);
        let mut known: Vec<Environment> = Vec::new();
        for group in &groups {
            let name = name_of(group, &known.iter().collect::<Vec<_>>());
            let deployed_by = group.first().map(|first| first.source);
            known.push(Environment { name: name.into(), deployed_by, ..Environment::default() });
        }
        let names: Vec<&str> = known.iter().map(|one| one.name.as_ref()).collect();
        assert_eq!(names, ["production", "production (docker compose)", "production (b.yml)", "staging"]);
    }
}

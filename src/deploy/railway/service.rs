use std::sync::Arc;

use super::SOURCE;
use crate::deploy::reading::{Document, MAX_PARTS, count, role_of, scripts};
use crate::deploy::{Command, Deployment, Layer, Replicas, Role, When, join};
use crate::facts::Reason;
use crate::parse::node::{Kind, Node};

/// A service as the file describes it for one environment.
pub(super) struct Settings<'d> {
    pub document: &'d Document,
    /// What is said of the environment alone.
    pub own: Option<&'d Node>,
    pub folder: &'d str,
}

impl<'d> Settings<'d> {
    /// A setting, that of the environment first. One that is `null` leaves it to Railway.
    fn get(&self, section: &str, key: &str) -> Option<&'d Node> {
        let own = self.own.and_then(|own| own.path(&[section, key]));
        own.or_else(|| self.document.root.path(&[section, key])).filter(|node| node.kind != Kind::Null)
    }

    pub(super) fn deployment(&self, environment: &str) -> Deployment {
        let document = self.document;
        let at = self.get("deploy", "startCommand").or_else(|| document.root.get("deploy"));
        let mut deployment =
            document.deployment(SOURCE, environment, "service", at.unwrap_or(&document.root).span);
        deployment.layers.push(Layer {
            origin: "railway variables".into(),
            variables: Vec::new(),
            more: Some(Reason::new("variables that are set in Railway are not in the repository")),
        });
        deployment.runs.folder = Some(self.folder.into());
        let dockerfile = self.get("build", "dockerfilePath").and_then(Node::as_str);
        deployment.runs.dockerfile =
            dockerfile.and_then(|path| join(self.folder, path.trim_start_matches('/'))).map(Arc::from);
        let clock = self.get("deploy", "cronSchedule");
        deployment.commands = self.commands(clock.is_some());
        let at_work = deployment.commands.iter().filter(|c| matches!(c.when, When::Start | When::Clock));
        let by_words = role_of(at_work);
        let health = self.get("deploy", "healthcheckPath");
        deployment.runs.role = match by_words {
            Some(role) => role,
            None if clock.is_some() => Role::Job,
            None if health.is_some() => Role::Web,
            None => Role::Unknown,
        };
        deployment.health = health.map(|path| document.place(path));
        deployment.replicas = match clock {
            Some(clock) => Replicas::exactly(1, document.place(clock)),
            None => self.replicas(),
        };
        deployment
    }

    fn commands(&self, by_clock: bool) -> Vec<Command> {
        let run = if by_clock { When::Clock } else { When::Start };
        let keys = [
            ("build", "buildCommand", When::Build),
            ("deploy", "preDeployCommand", When::Release),
            ("deploy", "startCommand", run),
        ];
        keys.into_iter()
            .filter_map(|(section, key, when)| Some(scripts(self.document, self.get(section, key)?, when)))
            .flatten()
            .collect()
    }

    fn replicas(&self) -> Replicas {
        let regions = self.get("deploy", "multiRegionConfig").map(Node::entries).unwrap_or_default();
        let counts = regions.iter().take(MAX_PARTS).map(|(_, region)| count(region.get("numReplicas")));
        let sum = counts.reduce(|sum, number| sum?.checked_add(number?)).flatten();
        let (number, node) = match (sum, regions) {
            (Some(sum), [(key, region), ..]) => (Some(sum), Some(region.get("numReplicas").unwrap_or(key))),
            _ => {
                let node = self.get("deploy", "numReplicas");
                (count(node), node)
            }
        };
        number.zip(node).map_or_else(Replicas::default, |(number, node)| {
            Replicas::exactly(number, self.document.place(node))
        })
    }
}

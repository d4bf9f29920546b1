//! What the files of a repository hold for ECS, and which belongs together.

use std::sync::Arc;

use super::keys::get;
use super::{SOURCE, containers, service, template};
use crate::deploy::reading;
use crate::deploy::reading::{MAX_PARTS, Stage, within};
use crate::deploy::{Deployment, Files, folder};
use crate::parse::node::Node;
use crate::text::Source;

/// A file's document that describes a task, a service or a stack.
#[derive(Debug)]
struct Document {
    source: Arc<Source>,
    node: Node,
    /// The environment that its path or its names speak of.
    environment: Arc<str>,
    named: bool,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Found {
    tasks: Vec<Document>,
    services: Vec<Document>,
    stacks: Vec<Document>,
}

impl Found {
    /// Adds what a file holds.
    pub fn add(&mut self, files: &Files<'_>, path: &str) {
        let Some(source) = files.read(path) else { return };
        let text = source.text();
        let words = ["containerDefinitions", "desiredCount", "AWS::ECS::"];
        if !words.iter().any(|word| text.contains(word)) {
            return;
        }
        for node in reading::yaml(files, &source).documents {
            // `describe-task-definition` puts one level around it.
            let node = node
                .get("taskDefinition")
                .filter(|inner| get(inner, "containerDefinitions").is_some())
                .cloned()
                .unwrap_or(node);
            let names = ["family", "serviceName", "cluster"];
            let names = names.iter().filter_map(|key| get(&node, key)?.scalar_text().map(str::to_owned));
            let stage = stage_of(path).or_else(|| names.filter_map(|name| within(&name)).next());
            let named = stage.is_some();
            let environment = match stage {
                Some(Stage::Developers) => continue,
                Some(Stage::Deployed(name)) => name,
                None => SOURCE.into(),
            };
            let document = |node| Document { source: Arc::clone(&source), node, environment, named };
            let lists = [&self.tasks, &self.services, &self.stacks];
            if lists.iter().any(|list| list.len() >= MAX_PARTS) {
                return;
            }
            if get(&node, "containerDefinitions").is_some() {
                self.tasks.push(document(node));
            } else if node.get("Resources").is_some_and(template::has_tasks) {
                self.stacks.push(document(node));
            } else if get(&node, "desiredCount").is_some() && get(&node, "taskDefinition").is_some() {
                self.services.push(document(node));
            }
        }
    }

    /// The deployments.
    pub fn deployments(&self) -> Vec<Deployment> {
        let mut deployments: Vec<Deployment> =
            self.tasks.iter().flat_map(|task| self.of_task(task)).collect();
        let stacks = self.stacks.iter();
        deployments
            .extend(stacks.flat_map(|stack| template::of(&stack.source, &stack.node, &stack.environment)));
        deployments
    }

    fn of_task(&self, task: &Document) -> Vec<Deployment> {
        let mut deployments = containers::of(&task.source, &task.node, &task.environment);
        let Some(service) = self.service_of(task) else { return deployments };
        for deployment in &mut deployments {
            deployment.replicas = service::replicas(&service.source, &service.node);
            deployment.balanced = service::balanced(&service.source, &service.node);
            deployment.files.push(Arc::clone(service.source.path()));
            if !task.named {
                deployment.environment = Arc::clone(&service.environment);
            }
        }
        deployments
    }

    /// The service of a task: the one that names its family, of the same environment where there are several. One
    /// whose task is not known by name belongs to the task in its folder.
    fn service_of(&self, task: &Document) -> Option<&Document> {
        let family = get(&task.node, "family").and_then(Node::scalar_text);
        let names = |service: &&Document| {
            let named = get(&service.node, "taskDefinition").and_then(Node::scalar_text);
            let same = |document: &Document| folder(document.source.path()) == folder(task.source.path());
            match named.filter(|name| !containers::is_placeholder(name)) {
                Some(name) => Some(service::family(name)) == family,
                None => same(service) && self.tasks.iter().filter(|task| same(task)).count() == 1,
            }
        };
        let mut services: Vec<&Document> = self.services.iter().filter(names).collect();
        services.sort_by_key(|service| service.environment != task.environment);
        services
            .into_iter()
            .next()
            .filter(|service| service.environment == task.environment || !task.named || !service.named)
    }
}

/// The environment that a path speaks of: its name first, then its folders from within.
fn stage_of(path: &str) -> Option<Stage> {
    path.rsplit('/').find_map(within)
}

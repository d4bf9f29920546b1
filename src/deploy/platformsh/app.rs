use std::sync::Arc;

use super::{Project, SOURCE, mounts};
use crate::deploy::reading::{Collected, Document, MAX_PARTS, count, map, role_of, scripts};
use crate::deploy::{Command, Deployment, Files, Given, Layer, Replicas, Role, Sticky, Value, When, join};
use crate::facts::{Place, Reason};
use crate::parse::node::Node;
use crate::parse::shell;
use crate::text::Source;

/// An app of a project.
pub(super) struct App<'d> {
    document: &'d Document,
    project: &'d Project,
    name: &'d str,
    node: &'d Node,
    folder: Arc<str>,
}

impl<'d> App<'d> {
    pub(super) fn new(
        document: &'d Document,
        project: &'d Project,
        name: &'d str,
        node: &'d Node,
        root: &str,
    ) -> Self {
        let source = node.path(&["source", "root"]).and_then(Node::as_str);
        let folder = source.and_then(|source| join(root, source.trim_start_matches('/')));
        Self { document, project, name, node, folder: folder.unwrap_or_else(|| root.to_owned()).into() }
    }

    pub(super) fn deployments(&self, files: &Files<'_>) -> Vec<Deployment> {
        let exported = self.exported(files);
        let mut found = vec![self.web()];
        for (key, worker) in self.entries("workers").iter().take(MAX_PARTS) {
            found.extend(key.as_str().map(|name| self.worker(key, name, worker)));
        }
        found.extend(self.crons());
        for deployment in &mut found {
            deployment.runs.folder = Some(Arc::clone(&self.folder));
            deployment.layers.splice(0..0, exported.clone());
        }
        found
    }

    fn entries(&self, key: &str) -> &'d [(Node, Node)] {
        self.node.get(key).map(Node::entries).unwrap_or_default()
    }

    /// A deployment with the properties of the app, or those of `own` in their place.
    fn with(&self, service: &str, at: &Node, own: &Node) -> Deployment {
        let mut deployment = self.document.deployment(SOURCE, SOURCE, service, at.span);
        let property = |key: &str| own.get(key).or_else(|| self.node.get(key));
        deployment.layers.push(self.variables(property("variables")));
        if let Some(node) = property("mounts") {
            let (mounts, problems) = mounts::of(self.document, self.project, node);
            deployment.mounts = mounts;
            deployment.problems.extend(problems);
        }
        let number = own.get("instance_count").or_else(|| own.path(&["resources", "instance_count"]));
        if let Some((number, node)) = count(number).zip(number) {
            deployment.replicas = Replicas::exactly(number, self.document.place(node));
        }
        deployment
    }

    fn web(&self) -> Deployment {
        let at = self.node.get("name").or_else(|| self.node.get("type")).unwrap_or(self.node);
        let mut web = self.with(self.name, at, self.node);
        web.runs.role = Role::Web;
        for (path, when) in [
            (&["hooks", "build"][..], When::Build),
            (&["hooks", "deploy"], When::Release),
            (&["hooks", "post_deploy"], When::Release),
            (&["web", "commands", "start"], When::Start),
        ] {
            web.commands.extend(self.commands(self.node.path(path), when));
        }
        if let Some((place, sticky)) = self.project.route(self.name) {
            if !web.files.contains(place.source.path()) {
                web.files.push(place.source.path().clone());
            }
            web.balanced = Some(place);
            web.sticky = sticky.map(|(on, place)| Sticky { on, by: "the router".into(), place });
        }
        web
    }

    fn worker(&self, key: &Node, name: &str, node: &Node) -> Deployment {
        let mut worker = self.with(&format!("{}--{name}", self.name), key, node);
        worker.commands = self.commands(node.path(&["commands", "start"]), When::Start);
        worker.runs.role = role_of(&worker.commands).unwrap_or(Role::Worker);
        worker
    }

    /// The crons, which run once for an environment.
    fn crons(&self) -> Option<Deployment> {
        let crons = self.entries("crons");
        let (first, _) = crons.first()?;
        let mut deployment = self.with(&format!("{}--crons", self.name), first, self.node);
        deployment.replicas = Replicas::exactly(1, self.document.place(first));
        deployment.runs.role = Role::Scheduler;
        for (_, cron) in crons.iter().take(MAX_PARTS) {
            let start = cron.path(&["commands", "start"]).or_else(|| cron.get("cmd"));
            deployment.commands.extend(self.commands(start, When::Clock));
        }
        Some(deployment)
    }

    fn commands(&self, node: Option<&Node>, when: When) -> Vec<Command> {
        node.map(|node| scripts(self.document, node, when)).unwrap_or_default()
    }

    fn variables(&self, node: Option<&Node>) -> Layer {
        let why =
            "variables of the project, of the environment and of relationships are not in the repository";
        Layer {
            origin: format!("{} variables.env", self.document.source.path()).into(),
            variables: node
                .and_then(|node| node.get("env"))
                .map(|env| map(self.document, env))
                .unwrap_or_default(),
            more: Some(Reason::new(why)),
        }
    }

    /// What the script `.environment` in the app's folder exports: it is run last, so it wins
    /// (platformsh-docs, development/variables/set-variables: "Set variables via script").
    fn exported(&self, files: &Files<'_>) -> Option<Layer> {
        let path = if self.folder.is_empty() {
            ".environment".to_owned()
        } else {
            format!("{}/.environment", self.folder)
        };
        let source = files.read(&path)?;
        let mut variables = Collected::default();
        for command in shell::commands(source.text()) {
            let is_export = command.words.first().and_then(|word| word.text.as_deref()) == Some("export");
            let words = if is_export { command.words.get(1..).unwrap_or_default() } else { &[] };
            for word in words {
                let written = source.slice(word.span);
                let Some((name, _)) = written.split_once('=') else { continue };
                let value = word.text.as_deref().and_then(|text| text.split_once('='));
                let place = Place::new(&source, word.span);
                match value.filter(|_| !command.conditional) {
                    Some((_, value)) => variables.put(known(name, value, place)),
                    None => variables.put_unknown(name, "a script works its value out", place),
                }
            }
        }
        let variables = variables.into_list();
        (!variables.is_empty()).then(|| layer(&source, variables))
    }
}

fn known(name: &str, value: &str, place: Place) -> Given {
    Given { name: name.into(), value: Value::Known(value.into()), place, before: Vec::new() }
}

fn layer(source: &Arc<Source>, variables: Vec<Given>) -> Layer {
    Layer { origin: source.path().clone(), variables, more: None }
}

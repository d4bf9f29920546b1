use crate::deploy::reading::{Collected, Document, count, given, scripts};
use crate::deploy::{Deployment, Files, Layer, Replicas, When};
use crate::facts::Reason;
use crate::parse::node::Node;

use super::SOURCE;

/// An `app.json` of Heroku's; other tools have files of this name too.
pub(super) struct AppJson(Document);

impl AppJson {
    pub(super) fn open(files: &Files<'_>, path: &str) -> Option<Self> {
        let document = Document::open(files, path)?;
        let keys = ["env", "formation", "buildpacks", "addons", "stack", "scripts", "success_url"];
        keys.iter().any(|key| document.root.get(key).is_some()).then_some(Self(document))
    }

    /// The web process of an app without a Procfile.
    pub(super) fn deployment(&self) -> Deployment {
        let node = self.0.root.path(&["formation", "web"]).or_else(|| self.0.root.get("name"));
        self.0.deployment(SOURCE, SOURCE, "web", node.map_or(self.0.root.span, |node| node.span))
    }

    /// What it says about a process type.
    pub(super) fn put_into(&self, process: &mut Deployment) {
        let document = &self.0;
        if !process.files.contains(document.source.path()) {
            process.files.push(document.source.path().clone());
            process.problems.extend(document.problems.iter().cloned());
        }
        process.layers.push(self.variables());
        if let Some(node) = document.root.path(&["formation", &process.service, "quantity"])
            && let Some(number) = count(Some(node))
        {
            process.replicas = Replicas::exactly(number, document.place(node));
        }
        if &*process.service == "web"
            && let Some(node) = document.root.path(&["scripts", "postdeploy"])
        {
            // It runs once, when the app is made.
            let mut commands = scripts(document, node, When::Release);
            commands.iter_mut().for_each(|command| command.guard = Some("only when the app is made".into()));
            process.commands.extend(commands);
        }
    }

    fn variables(&self) -> Layer {
        let document = &self.0;
        let mut variables = Collected::default();
        for (key, value) in document.root.get("env").map(Node::entries).unwrap_or_default() {
            let Some(name) = key.scalar_text() else { continue };
            let place = document.place(key);
            if value.get("generator").is_some() {
                variables.put_unknown(name, "Heroku generates its value once for the app", place);
            } else if let Some(inner) = value.get("value") {
                variables.put(given(document, name, inner));
            } else if !value.entries().is_empty() {
                variables.put_unknown(name, "its value is asked for when the app is made", place);
            } else {
                variables.put(given(document, name, value));
            }
        }
        let origin = format!("{} env", document.source.path()).into();
        Layer { origin, variables: variables.into_list(), more: config_vars().more }
    }
}

/// The config vars of an app of which nothing is in the repository.
pub(super) fn config_vars() -> Layer {
    Layer {
        origin: "heroku config vars".into(),
        variables: Vec::new(),
        more: Some(Reason::new("config vars that were set by `heroku config:set` are not in the repository")),
    }
}

//! A service to a deployment.

use std::sync::Arc;

use super::load::Project;
use super::tree::{Entry, Tree};
use super::{code, labels, layers, volumes, words};
use crate::deploy::image::{self, Build, Image};
use crate::deploy::reading::{
    Stage, carries_no_code, is_helper_by_name, is_known_base, is_web_server, role_of, within, without_tag,
};
use crate::deploy::{Command, Deployment, Files, Given, Layer, Mount, Role, Sharing, Value, When, join};
use crate::facts::{Confidence, Place, Reason, Replicas};

/// Names that profiles of tools and of developers have.
const TOOLS: &[&str] =
    &["debug", "tools", "tool", "build", "manual", "setup", "admin", "never", "donotstart"];
/// What a service is built from.
#[derive(Debug, Clone)]
pub(super) struct Built {
    pub(super) context: Arc<str>,
    pub(super) dockerfile: Arc<str>,
    pub(super) stage: Option<Arc<str>>,
    pub(super) args: Vec<Given>,
}

/// What `build` says; `None` when it is built from elsewhere or not at all.
pub(super) fn built(service: &Tree) -> Option<Built> {
    let build = service.get("build")?;
    let context = build.get("context").unwrap_or(build);
    let context = if context.text().is_none() { Some(".") } else { context.known() };
    // What stands in `build` is written from the folder of its file already.
    let context = join("", context?)?;
    if build.get("dockerfile_inline").is_some() {
        return None;
    }
    let file = match build.get("dockerfile") {
        None => "Dockerfile",
        Some(file) => file.known()?,
    };
    let args = build.get("args").map(super::merge::pairs);
    let arg = |entry: &Entry| {
        let text = entry.value.text();
        let value = match text.map(|text| text.value.clone()) {
            Some(Ok(value)) => Value::Known(value),
            Some(Err(reason)) => Value::Unknown(reason),
            None => Value::Unknown(Reason::at(
                "it is taken from where compose is started",
                entry.value.place.clone(),
            )),
        };
        let before = text.map(|text| text.before.clone()).unwrap_or_default();
        Given { name: entry.key.clone(), value, place: entry.value.place.clone(), before }
    };
    Some(Built {
        dockerfile: join(&context, file)?.into(),
        context: context.into(),
        stage: build.get("target").and_then(Tree::known).map(Into::into),
        args: args.iter().flat_map(|args| args.entries()).map(arg).collect(),
    })
}

/// What is asked to find out whether a service runs an app.
pub(super) struct Reader<'a> {
    pub(super) files: &'a Files<'a>,
    pub(super) project: &'a Project,
    pub(super) environment: &'a str,
    pub(super) confidence: Confidence,
}

impl Reader<'_> {
    /// The deployment of a service; `None` when it runs no app, or only for developers.
    pub(super) fn deployment(&self, entry: &Entry) -> Option<Deployment> {
        let service = &entry.value;
        if is_for_developers(service) {
            return None;
        }
        let image = service.get("image").and_then(Tree::text);
        let name = image.and_then(|text| text.value.as_deref().ok());
        let built = built(service).or_else(|| self.built_by_another(service));
        let is_built = built.is_some() || service.get("build").is_some();
        if !is_built && (image.is_none() || self.runs_no_app(&entry.key, name)) {
            return None;
        }
        let image = built.as_ref().and_then(|built| {
            let build = Build {
                context: &built.context,
                dockerfile: &built.dockerfile,
                stage: built.stage.as_deref(),
                args: &built.args,
            };
            image::read(self.files, &build)
        });
        let base = image.as_ref().and_then(|image| image.base.as_deref());
        if base.is_some_and(|base| carries_no_code(base) || is_web_server(base)) {
            return None;
        }
        let mut deployment =
            Deployment::new(super::SOURCE, self.environment, &entry.key, entry.key_place.clone());
        deployment.files = self.project.sources.iter().map(|source| source.path().clone()).collect();
        deployment.confidence = self.confidence;
        deployment.problems.clone_from(&self.project.problems);
        layers::add(self.files, self.project, service, &mut deployment);
        self.mounts(service, image.as_ref(), &mut deployment);
        self.runs(service, built.as_ref(), name, image.as_ref(), &mut deployment);
        self.commands(service, image.as_ref(), &mut deployment);
        code::env_file_by_mount(self.files, service, &mut deployment);
        self.scale(service, image.as_ref(), &mut deployment);
        if let Some(image) = image {
            deployment.files.push(image.place.source.path().clone());
            if !image.layer.variables.is_empty() || image.layer.more.is_some() {
                deployment.layers.push(image.layer);
            }
        } else if let Some(image) = service.get("image").or_else(|| service.get("build"))
            && !name.is_some_and(is_known_base)
        {
            let reason =
                Reason::at("the image may set more variables; it is not built here", image.place.clone());
            deployment.layers.push(Layer {
                origin: format!("the image of {}", entry.key).into(),
                variables: Vec::new(),
                more: Some(reason),
            });
        }
        deployment.layers.extend(code::env_file_beside(self.files, service, &deployment));
        deployment.runs.role = self.role(service, &deployment);
        Some(deployment)
    }

    /// Whether a service whose image is made elsewhere runs no app of this repository.
    fn runs_no_app(&self, service: &str, image: Option<&str>) -> bool {
        let is_helper = image.map_or_else(
            || is_helper_by_name(service),
            |image| carries_no_code(image) || is_web_server(image),
        );
        // Where another one is built here, that one is the app.
        let others = || self.project.services.iter().filter(|other| !is_for_developers(&other.value));
        is_helper || (others().any(|other| built(&other.value).is_some()) && !self.sees_code(service))
    }

    /// Whether the code of the repository is mounted into a service.
    fn sees_code(&self, name: &str) -> bool {
        let service = self.project.services.iter().find(|other| &*other.key == name);
        let workdir = service.and_then(|service| service.value.get("working_dir")).and_then(Tree::known);
        let binds = service.map(|service| volumes::binds(&service.value)).unwrap_or_default();
        binds.iter().any(|bind| code::folder(bind, workdir).is_some())
    }

    /// A service may run the image that another one builds under the same name.
    fn built_by_another(&self, service: &Tree) -> Option<Built> {
        if service.get("build").is_some() {
            return None;
        }
        let image = |service: &Tree| service.get("image").and_then(Tree::text).map(|text| text.raw.clone());
        let own = image(service)?;
        let others = self.project.services.iter();
        others
            .filter(|other| image(&other.value).as_ref() == Some(&own))
            .find_map(|other| built(&other.value))
    }

    fn mounts(&self, service: &Tree, image: Option<&Image>, deployment: &mut Deployment) {
        let mut mounts = volumes::mounts(service, &self.project.volumes, &mut deployment.problems);
        for (path, place) in image.map(|image| image.volumes.as_slice()).unwrap_or_default() {
            if !mounts.iter().any(|mount| mount.path == *path) {
                let what = "a volume without a name".into();
                mounts.push(Mount {
                    path: path.clone(),
                    what,
                    sharing: Sharing::OneReplica,
                    place: place.clone(),
                });
            }
        }
        deployment.mounts = mounts;
    }

    fn runs(
        &self,
        service: &Tree,
        built: Option<&Built>,
        name: Option<&str>,
        image: Option<&Image>,
        deployment: &mut Deployment,
    ) {
        let runs = &mut deployment.runs;
        runs.folder = built.map(|built| built.context.clone());
        runs.dockerfile = built.map(|built| built.dockerfile.clone());
        runs.stage = built.and_then(|built| built.stage.clone());
        runs.image = name.map(|name| without_tag(name).into());
        let workdir = service.get("working_dir").and_then(Tree::known);
        let workdir = workdir.or_else(|| image.and_then(|image| image.workdir.as_deref()));
        let binds = volumes::binds(service);
        let folder = binds.iter().find_map(|bind| code::folder(bind, workdir));
        if folder.is_some() || binds.iter().any(|bind| code::is_part(bind, runs.folder.as_deref())) {
            // The code of the machine lies over the image's own: this is how developers work.
            deployment.confidence =
                if self.confidence == Confidence::High { Confidence::Medium } else { Confidence::Low };
        }
        if let Some(folder) = folder {
            runs.folder = Some(folder);
        }
        let is_sail = name.is_some_and(|name| name.starts_with("sail-"))
            || built.is_some_and(|built| built.context.contains("laravel/sail"));
        if is_sail {
            deployment.confidence = Confidence::Low;
        }
    }

    fn commands(&self, service: &Tree, image: Option<&Image>, deployment: &mut Deployment) {
        let scope = &self.project.scope;
        let entrypoint = words::invocation(service.get("entrypoint"), scope);
        let command = words::invocation(service.get("command"), scope);
        match image {
            Some(image) => {
                let (commands, env_file) =
                    image.run_by(self.files, entrypoint.as_ref(), command.as_ref(), &deployment.layers);
                deployment.commands = commands;
                deployment.env_file = env_file;
            }
            None => {
                deployment.commands = image::run_without(self.files, entrypoint.as_ref(), command.as_ref())
            }
        }
    }

    fn scale(&self, service: &Tree, image: Option<&Image>, deployment: &mut Deployment) {
        let count = service.path(&["deploy", "replicas"]).or_else(|| service.get("scale"));
        let is_global = service
            .path(&["deploy", "mode"])
            .filter(|mode| matches!(mode.known(), Some("global" | "global-job")));
        let name = service.get("container_name").filter(|name| !name.is_null());
        deployment.replicas = if let Some(mode) = is_global {
            // One on each node, however many there are.
            Replicas { min: Some(1), max: None, place: Some(mode.place.clone()) }
        } else if let Some(count) = count {
            match count.number() {
                Some(number) => Replicas::exactly(number, count.place.clone()),
                None => Replicas { min: None, max: None, place: Some(count.place.clone()) },
            }
        } else if let Some(name) = name {
            // Two containers cannot have one name: compose refuses to scale it.
            Replicas::exactly(1, name.place.clone())
        } else {
            Replicas::default()
        };
        let proxied = labels::read(service);
        let ports = service.get("ports").filter(|ports| !ports.items().is_empty());
        let mesh =
            ports.filter(|_| is_global.is_some() || count.and_then(Tree::number).is_some_and(|n| n > 1));
        deployment.sticky = proxied.sticky;
        deployment.balanced = proxied.balanced.or_else(|| mesh.map(|ports| ports.place.clone()));
        if deployment.balanced.is_none() {
            let host = service.get("environment").map(super::merge::pairs);
            deployment.balanced =
                host.as_ref().and_then(|map| map.get("VIRTUAL_HOST")).map(|value| value.place.clone());
        }
        let health = service.get("healthcheck");
        let is_off = health.is_some_and(|health| {
            let test = health.get("test");
            health.get("disable").is_some_and(Tree::is_true)
                || test.is_some_and(|test| test.items().first().unwrap_or(test).known() == Some("NONE"))
        });
        deployment.health = match health {
            Some(_) if is_off => None,
            Some(health) => Some(health.place.clone()),
            None => image.and_then(|image| image.health.clone()),
        };
    }

    fn role(&self, service: &Tree, deployment: &Deployment) -> Role {
        let mode = service.path(&["deploy", "mode"]).and_then(Tree::known);
        if matches!(mode, Some("replicated-job" | "global-job")) {
            return Role::Job;
        }
        // What is given here says more than what the image could run.
        let given: Vec<&Place> = ["command", "entrypoint"]
            .into_iter()
            .filter_map(|key| service.get(key))
            .map(|tree| &tree.place)
            .collect();
        let own = deployment.commands.iter().filter(|command| given.contains(&&command.place));
        let starts: Vec<&Command> =
            deployment.commands.iter().filter(|command| command.when == When::Start).collect();
        let ports = service.get("ports").or_else(|| service.get("expose"));
        let serves = ports.is_some_and(|ports| !ports.items().is_empty()) || deployment.balanced.is_some();
        let only = || deployment.commands.iter().filter(|command| command.when == When::Clock);
        let found = role_of(own.clone()).or_else(|| serves.then_some(Role::Web));
        // Many an image migrates before it starts what it is for.
        let by_image = || role_of(starts.iter().copied()).filter(|role| *role != Role::Job);
        let found = found.or_else(by_image).or_else(|| role_of(only()).filter(|_| starts.is_empty()));
        found.unwrap_or_else(|| by_name(&deployment.service))
    }
}

fn by_name(name: &str) -> Role {
    let lower = name.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let role = words.find_map(|word| match word {
        "worker" | "workers" | "queue" | "queues" | "horizon" | "jobs" => Some(Role::Worker),
        "scheduler" | "schedule" | "cron" | "crond" => Some(Role::Scheduler),
        "migrate" | "migrations" | "migration" | "migrator" | "init" | "setup" => Some(Role::Job),
        "app" | "web" | "webapp" | "php" | "fpm" | "laravel" | "api" | "server" | "backend" | "site"
        | "www" => Some(Role::Web),
        _ => None,
    });
    role.unwrap_or_default()
}

/// Whether only a profile of developers, or of tools, starts a service.
fn is_for_developers(service: &Tree) -> bool {
    let profiles = service.get("profiles").map(Tree::items).unwrap_or_default();
    let tools = |item: &Tree| {
        let name = item.known().unwrap_or_default();
        within(name) == Some(Stage::Developers) || TOOLS.contains(&name)
    };
    !profiles.is_empty() && profiles.iter().all(tools)
}

/// The only app of a project that does nothing else answers requests.
pub(super) fn only_one_is_web(deployments: &mut [Deployment]) {
    if let [only] = deployments
        && only.runs.role == Role::Unknown
    {
        only.runs.role = Role::Web;
    }
}

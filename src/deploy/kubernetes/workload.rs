//! Workloads to deployments: one for each container that runs an app.

use std::sync::Arc;

use super::commands;
use super::env_file::{self, EnvFile};
use super::front::{self, Front, Route};
use super::images;
use super::notes::Notes;
use super::object::{Object, Objects};
use super::replicas;
use super::tree::Item;
use super::variables::Container;
use super::volumes::Volumes;
use crate::deploy::reading::{is_others, without_tag};
use crate::deploy::{Command, Deployment, Replicas, Role, Runs, When};
use crate::facts::{Confidence, Place};

/// How many containers of a pod, and workloads of an environment, are read.
const MAX_CONTAINERS: usize = 50;
const MAX_DEPLOYMENTS: usize = 300;

/// What is read as which environment.
pub(in crate::deploy) struct Environment<'a> {
    pub source: &'static str,
    pub name: &'a str,
    pub confidence: Confidence,
    /// What stands for the parts of names that a template makes.
    pub made: &'a str,
}

/// The deployments of the workloads that `select` takes.
pub(in crate::deploy) fn deployments<'a>(
    objects: &Objects,
    select: impl Fn(&Object) -> Option<Environment<'a>>,
) -> Vec<Deployment> {
    let routes = front::routes(objects);
    let mut found: Vec<Deployment> = Vec::new();
    for workload in &objects.all {
        let Some((template, pod)) = pod(workload) else { continue };
        let Some(environment) = select(workload) else { continue };
        let workload = Workload { objects, routes: &routes, environment, workload, template, pod };
        found.extend(workload.deployments());
        if found.len() > MAX_DEPLOYMENTS {
            found.truncate(MAX_DEPLOYMENTS);
            break;
        }
    }
    name_the_only_web(&mut found);
    found
}

/// Whether an object is a workload: what holds its pod, and the pod's specification.
pub(in crate::deploy) fn pod(workload: &Object) -> Option<(&Item, &Item)> {
    let keys: &[&str] = match &*workload.kind {
        "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "Job" => &["spec", "template"],
        "Rollout" if workload.version.starts_with("argoproj.io/") => &["spec", "template"],
        "CronJob" => &["spec", "jobTemplate", "spec", "template"],
        "Pod" => &[],
        _ => return None,
    };
    let template = workload.root.path(keys)?;
    Some((template, template.path(&["spec"])?))
}

struct Workload<'a> {
    objects: &'a Objects,
    routes: &'a [Route<'a>],
    environment: Environment<'a>,
    workload: &'a Object,
    template: &'a Item,
    pod: &'a Item,
}

impl Workload<'_> {
    fn deployments(&self) -> Vec<Deployment> {
        let mut notes = Notes::default();
        let containers = self.containers("containers");
        let (beside, apps) = self.apps(&containers);
        if apps.is_empty() {
            return Vec::new();
        }
        let front = front::of(self.objects, self.routes, self.workload, self.template, &mut notes);
        let replicas = replicas::of(self.objects, self.workload, &mut notes);
        let web_server =
            beside.into_iter().find(|container| image(container).is_some_and(images::is_web_server));
        let shared = Shared { notes, front, replicas, web_server, only: apps.len() == 1 };
        apps.into_iter().map(|container| self.deployment(container, &shared)).collect()
    }

    fn containers(&self, key: &str) -> Vec<&Item> {
        let Some(list) = self.pod.path(&[key]) else { return Vec::new() };
        match list.items() {
            // A template makes all of them: at least one is there.
            [] if key == "containers" => list.open().iter().take(1).collect(),
            items => items.iter().take(MAX_CONTAINERS).collect(),
        }
    }

    /// The containers beside the app, and those that run it. A web server is the app only when it is alone.
    fn apps<'c>(&self, containers: &[&'c Item]) -> (Vec<&'c Item>, Vec<&'c Item>) {
        let (mut others, apps): (Vec<&Item>, Vec<&Item>) =
            containers.iter().copied().partition(|container| !self.is_app(container));
        let (servers, apps): (Vec<&Item>, Vec<&Item>) =
            apps.into_iter().partition(|container| image(container).is_some_and(images::is_web_server));
        if apps.is_empty() {
            return (others, servers);
        }
        others.extend(servers);
        (others, apps)
    }

    /// Whether a container may run the app. Where its image is not known, its name tells.
    fn is_app(&self, container: &Item) -> bool {
        let name = || container.text_of(&["name"]).map(|name| &**name);
        image(container).or_else(name).is_none_or(|image| !is_others(image))
    }

    fn deployment(&self, container: &Item, shared: &Shared<'_>) -> Deployment {
        let mut notes = Notes { problems: Vec::new(), files: shared.notes.files.clone() };
        notes.problems.extend(shared.notes.problems.iter().cloned());
        let place = self.place();
        notes.file(&place);
        let name = self.shown(&self.workload.name);
        let mut service = format!("{}/{name}", self.workload.kind.to_ascii_lowercase());
        let container_name = container.get("name").and_then(Item::identity);
        if let Some(name) = container_name.as_ref().filter(|_| !shared.only) {
            service = format!("{service}/{}", self.shown(name));
        }
        let mut deployment = Deployment::new(self.environment.source, self.environment.name, &service, place);
        let source =
            Container { objects: self.objects, workload: self.workload, pod: self.pod, item: container };
        deployment.layers = source.layers(&mut notes);
        let volumes = Volumes { objects: self.objects, workload: self.workload, pod: self.pod };
        match env_file::mounted(&volumes, container, &mut notes) {
            Some(EnvFile::Layer(layer)) => deployment.layers.push(layer),
            Some(EnvFile::File(path, place)) => deployment.env_file = Some((path, place)),
            None => {}
        }
        deployment.mounts = volumes.mounts(container, &mut notes);
        deployment.replicas = shared.replicas.clone();
        deployment.health = health(container).or_else(|| shared.web_server.and_then(health));
        deployment.commands = self.commands(container);
        let role = self.role(container, container_name.as_deref(), shared);
        // What works on jobs may have a port for its metrics: nobody's requests are balanced over it.
        if role == Role::Web || role == Role::Unknown {
            deployment.sticky = shared.front.sticky.clone();
            deployment.balanced = shared.front.balanced.clone();
        }
        let image = image(container).filter(|image| !image.contains(['<', '$', '{', '%', '#', ' ']));
        deployment.runs = Runs {
            role,
            image: image.map(|image| without_tag(image).into()).filter(|image: &Arc<str>| !image.is_empty()),
            ..Runs::default()
        };
        deployment.confidence = match self.workload.doubt {
            Some(_) => self.environment.confidence.min(Confidence::Medium),
            None => self.environment.confidence,
        };
        deployment.problems = notes.problems;
        let own = Arc::clone(deployment.place.source.path());
        deployment.files =
            std::iter::once(own.clone()).chain(notes.files.into_iter().filter(|file| *file != own)).collect();
        deployment
    }

    fn place(&self) -> Place {
        self.workload.place_of(&["metadata", "name"])
    }

    /// A name as people see it, with something in the place of what a template makes.
    fn shown(&self, name: &str) -> String {
        let mut shown = String::new();
        let mut rest = name;
        while let Some((before, after)) = rest.split_once("{{") {
            shown.push_str(before);
            shown.push_str(self.environment.made);
            rest = after.split_once("}}").map_or("", |(_, behind)| behind);
        }
        shown.push_str(rest);
        shown
    }

    fn when(&self) -> When {
        match &*self.workload.kind {
            "CronJob" => When::Clock,
            "Job" => When::Release,
            _ => When::Start,
        }
    }

    /// The commands of what runs before the container, and its own.
    fn commands(&self, container: &Item) -> Vec<Command> {
        let before = self.containers("initContainers").into_iter().filter(|init| self.is_app(init));
        before.chain([container]).flat_map(|container| commands::of(container, self.when())).collect()
    }

    fn role(&self, container: &Item, name: Option<&str>, shared: &Shared<'_>) -> Role {
        let own = commands::role(&commands::of(container, self.when()));
        match &*self.workload.kind {
            "CronJob" => return if own == Role::Scheduler { own } else { Role::Job },
            "Job" => return Role::Job,
            _ => {}
        }
        if own != Role::Unknown {
            return own;
        }
        let by_name = match commands::role_of_name(name.unwrap_or_default()) {
            Role::Unknown if shared.only => commands::role_of_name(&self.workload.name),
            role => role,
        };
        if by_name != Role::Unknown {
            return by_name;
        }
        let has_ports = container.path(&["ports"]).is_some_and(|ports| !ports.items().is_empty());
        if has_ports || shared.web_server.is_some() || shared.front.balanced.is_some() && shared.only {
            return Role::Web;
        }
        Role::Unknown
    }
}

/// What the containers of a pod have in common.
struct Shared<'a> {
    notes: Notes,
    front: Front,
    replicas: Replicas,
    web_server: Option<&'a Item>,
    only: bool,
}

/// The image of a container, as far as it is known.
fn image(container: &Item) -> Option<&str> {
    let image = container.path(&["image"])?;
    match &image.kind {
        super::tree::Kind::Unknown(unknown) => {
            // A tag that is filled in does not matter; a name that is cut short does.
            let start = &*unknown.start;
            let name = start.rsplit('/').next().unwrap_or_default();
            name.contains([':', '@']).then_some(start)
        }
        _ => image.text().map(|text| &**text),
    }
}

fn health(container: &Item) -> Option<Place> {
    ["readinessProbe", "livenessProbe", "startupProbe"].iter().find_map(|key| {
        let holder = container.entries().iter().find(|(name, _)| &*name.text == *key);
        holder
            .filter(|(_, probe)| !matches!(probe.kind, super::tree::Kind::Null))
            .map(|(name, _)| name.place.clone())
    })
}

/// What is the only one to run all the time answers requests.
fn name_the_only_web(found: &mut [Deployment]) {
    let running: Vec<usize> = (0..found.len())
        .filter(|at| found.get(*at).is_some_and(|one| !matches!(one.runs.role, Role::Job | Role::Scheduler)))
        .collect();
    if let [only] = running.as_slice()
        && let Some(deployment) = found.get_mut(*only).filter(|one| one.runs.role == Role::Unknown)
    {
        deployment.runs.role = Role::Web;
    }
}

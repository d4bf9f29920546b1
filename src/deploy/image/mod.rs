//! What an image holds and runs that the repository builds: its variables, its env file, its commands.
//!
//! docker's reference of the Dockerfile and moby/buildkit (frontend/dockerfile/dockerfile2llb/convert.go, v0.2x) say
//! what an instruction leaves in the image; a base image from elsewhere is not seen.

mod content;
mod cron;
mod decide;
mod env_file;
mod follow;
mod run;
mod script;
mod shell_variables;
mod stages;
mod start;
mod supervisor;
#[cfg(test)]
mod tests;
mod variables;
mod words;

use std::sync::Arc;

use super::files::Files;
use super::model::{Command, Given, Layer};
use crate::facts::{Place, Reason};
use crate::parse::dockerfile;

use content::Content;
pub(super) use content::is_match;
use decide::Environment;
use start::Starts;
pub use words::{Invocation, exec, shell, split};

/// What is built.
#[derive(Debug, Clone, Default)]
pub struct Build<'a> {
    /// The folder that `COPY` copies from, relative to the repository's root.
    pub context: &'a str,
    /// The Dockerfile, relative to the repository's root.
    pub dockerfile: &'a str,
    /// The stage; the last one when it is not named.
    pub stage: Option<&'a str>,
    /// The build arguments that are given.
    pub args: &'a [Given],
}

/// An image that the repository builds.
#[derive(Debug)]
pub struct Image {
    /// The image it starts from, with its tag; `None` when it is not known.
    pub base: Option<Arc<str>>,
    /// The variables of the stage and of those it is built on.
    pub layer: Layer,
    /// The file of the repository that stands as the env file in the image, or is put there when it starts.
    pub env_file: Option<(Arc<str>, Place)>,
    /// What is run while it is built, when it starts, and by a clock in it.
    pub commands: Vec<Command>,
    /// The line that says how its health is asked.
    pub health: Option<Place>,
    /// The folder that commands run in.
    pub workdir: Option<Arc<str>>,
    /// The user that runs them.
    pub user: Option<Arc<str>>,
    /// The first port that it says it listens on.
    pub exposes: Option<Place>,
    /// The volumes it declares: each container has its own.
    pub volumes: Vec<(Arc<str>, Place)>,
    /// The folders and files of the repository that are copied into it, and where to.
    pub copies: Vec<(Arc<str>, Arc<str>)>,
    /// Its `FROM` line.
    pub place: Place,
    built: Vec<Command>,
    content: Content,
    starts: Starts,
    built_env_file: Option<(Arc<str>, Place)>,
}

/// Reads the image of a Dockerfile. `None` when there is no such file or no such stage in it.
#[must_use]
pub fn read(files: &Files<'_>, build: &Build<'_>) -> Option<Image> {
    let source = files.read(build.dockerfile)?;
    let file = dockerfile::read(source.text());
    let chain = stages::chain(&file, build.stage)?;
    let context = stages::Context { files, source: &source, file: &file, build };
    let state = stages::run(&context, chain)?;
    let built_env_file = env_file::in_image(files, &state.content, state.workdir.as_deref());
    let mut image = Image {
        base: state.base,
        layer: state.variables.into_layer(),
        env_file: None,
        commands: Vec::new(),
        health: state.health,
        copies: state.content.copies(),
        workdir: state.workdir,
        user: state.user,
        exposes: state.exposes,
        volumes: state.volumes,
        place: state.place,
        built: state.commands,
        content: state.content,
        starts: state.starts,
        built_env_file,
    };
    let (commands, env_file) = image.run_by(files, None, None, &[anywhere(&image.place)]);
    image.commands = commands;
    image.env_file = env_file;
    Some(image)
}

impl Image {
    /// All that is run when `entrypoint` and `command` take the place of the image's own, and the env file then: an
    /// entrypoint that is given drops the image's command, an empty one drops its entrypoint too. `layers` are the
    /// variables that are set where it runs, the strongest first.
    #[must_use]
    pub fn run_by(
        &self,
        files: &Files<'_>,
        entrypoint: Option<&Invocation>,
        command: Option<&Invocation>,
        layers: &[Layer],
    ) -> (Vec<Command>, Option<(Arc<str>, Place)>) {
        let mut follower = follow::Follower::new(files, Some(&self.content), self.workdir.as_deref());
        follower.environment = Environment::of(layers.iter().chain([&self.layer]));
        let own = entrypoint.is_none();
        if own {
            follower.start_folders();
        }
        let entrypoint = entrypoint.or(self.starts.entrypoint.as_ref());
        let command = command.or(self.starts.command.as_ref().filter(|_| own));
        follower.run(entrypoint, command);
        let (started, env_file) = follower.finish();
        let mut commands = self.built.clone();
        commands.extend(started);
        (commands, self.built_env_file.clone().or(env_file))
    }
}

/// Where an image runs, any variable may be set.
fn anywhere(place: &Place) -> Layer {
    let more = Reason::at("variables may be set where the image runs", place.clone());
    Layer { origin: place.source.path().clone(), variables: Vec::new(), more: Some(more) }
}

/// What a container of an image runs that is not built from the repository.
#[must_use]
pub fn run_without(
    files: &Files<'_>,
    entrypoint: Option<&Invocation>,
    command: Option<&Invocation>,
) -> Vec<Command> {
    let mut follower = follow::Follower::new(files, None, None);
    follower.run(entrypoint, command);
    follower.finish().0
}

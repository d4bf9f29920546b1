//! The stages that an image is built of, one instruction after the other.

use std::sync::Arc;

use super::Build;
use super::content::{At, Body, Content, Origin, absolute, matching, within};
use super::run::{self, Built};
use super::start::Starts;
use super::variables::{Globals, Variables};
use crate::deploy::reading::is_known_base;
use crate::deploy::{Command, Files, join};
use crate::facts::{Place, Reason};
use crate::parse::dockerfile::{Copy, Dockerfile, Instruction, Kind, Stage};
use crate::text::Source;

/// How many stages are followed.
const MAX_STAGES: usize = 64;

/// What is read.
pub(super) struct Context<'a> {
    pub(super) files: &'a Files<'a>,
    pub(super) source: &'a Arc<Source>,
    pub(super) file: &'a Dockerfile,
    pub(super) build: &'a Build<'a>,
}

/// What the instructions so far leave.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) base: Option<Arc<str>>,
    pub(super) place: Place,
    pub(super) variables: Variables,
    pub(super) content: Content,
    pub(super) workdir: Option<Arc<str>>,
    pub(super) user: Option<Arc<str>>,
    pub(super) health: Option<Place>,
    pub(super) exposes: Option<Place>,
    pub(super) volumes: Vec<(Arc<str>, Place)>,
    pub(super) starts: Starts,
    pub(super) commands: Vec<Command>,
    pub(super) built: Vec<Built>,
}

/// The number of the stage that is asked for.
pub(super) fn chain(file: &Dockerfile, wanted: Option<&str>) -> Option<usize> {
    let last = file.stages.len().checked_sub(1)?;
    let Some(wanted) = wanted else { return Some(last) };
    let by_name = file.stages.iter().rposition(|stage| is_named(stage, wanted));
    by_name.or_else(|| wanted.parse().ok().filter(|number| *number <= last))
}

fn is_named(stage: &Stage, name: &str) -> bool {
    let own = stage.name.as_ref().and_then(|own| own.as_literal());
    own.is_some_and(|own| own.eq_ignore_ascii_case(name))
}

/// Builds the stages up to this one.
pub(super) fn run(context: &Context<'_>, last: usize) -> Option<State> {
    let mut globals = Globals::default();
    for instruction in &context.file.before {
        if let Kind::Arg(pairs) = &instruction.kind {
            globals.add(context.source, context.build, pairs);
        }
    }
    let mut states: Vec<State> = Vec::new();
    for stage in context.file.stages.iter().take(last.saturating_add(1).min(MAX_STAGES)) {
        let state = stage_state(context, &globals, stage, &states);
        states.push(state);
    }
    let mut state = states.into_iter().nth(last)?;
    state.commands = state.built.iter().map(|built| built.command.clone()).collect();
    Some(state)
}

fn stage_state(context: &Context<'_>, globals: &Globals, stage: &Stage, before: &[State]) -> State {
    let image = globals.text(context.source, &stage.image);
    let parent = image.as_deref().and_then(|image| named(context, before.len(), image));
    let place = Place::new(context.source, stage.span);
    let mut state = match parent.and_then(|number| before.get(number)) {
        Some(parent) => {
            let mut state = parent.clone();
            state.variables.next_stage();
            state
        }
        None => {
            let known = image.as_deref().is_some_and(is_known_base);
            let more = (!known).then(|| Reason::at("its base image may set more variables", place.clone()));
            State {
                base: image.clone(),
                place: place.clone(),
                variables: Variables::new(context.source, more),
                content: Content::default(),
                workdir: None,
                user: None,
                health: None,
                exposes: None,
                volumes: Vec::new(),
                starts: Starts::default(),
                commands: Vec::new(),
                built: Vec::new(),
            }
        }
    };
    state.place = place;
    state.starts.next_stage();
    for instruction in &stage.instructions {
        apply(context, globals, instruction, before, &mut state);
    }
    state
}

/// The stage of a name before this one.
fn named(context: &Context<'_>, before: usize, name: &str) -> Option<usize> {
    context.file.stages.iter().take(before).rposition(|stage| is_named(stage, name))
}

fn apply(
    context: &Context<'_>,
    globals: &Globals,
    instruction: &Instruction,
    before: &[State],
    state: &mut State,
) {
    let source = context.source;
    let place = || Place::new(source, instruction.span);
    match &instruction.kind {
        Kind::Env(pairs) => state.variables.env(source, pairs),
        Kind::Arg(pairs) => state.variables.arg(source, context.build, globals, pairs),
        Kind::Workdir(word) => {
            let path = state.variables.text(source, word);
            state.workdir = path.and_then(|path| absolute(state.workdir.as_deref(), &path));
        }
        Kind::User(word) => state.user = state.variables.text(source, word),
        Kind::Healthcheck(command) => state.health = command.as_ref().map(|_| place()),
        Kind::Expose(_) => state.exposes = state.exposes.take().or_else(|| Some(place())),
        Kind::Volume(words) => {
            for word in words {
                if let Some(path) = state.variables.text(source, word) {
                    state.volumes.push((path, Place::new(source, word.span)));
                }
            }
        }
        Kind::Copy(copy) | Kind::Add(copy) => copied(context, instruction, copy, before, state),
        Kind::Run(..) => run::run(context, instruction, state),
        Kind::Cmd(line) => state.starts.set_command(source, instruction, line),
        Kind::Entrypoint(line) => state.starts.set_entrypoint(source, instruction, line),
        _ => {}
    }
}

fn copied(
    context: &Context<'_>,
    instruction: &Instruction,
    copy: &Copy,
    before: &[State],
    state: &mut State,
) {
    let source = context.source;
    let place = Place::new(source, instruction.span);
    let Some(written) = state.variables.text(source, &copy.destination) else { return };
    let Some(target) = absolute(state.workdir.as_deref(), &written) else { return };
    let from = instruction.flags.iter().find(|flag| &*flag.name == "from");
    let parents = instruction.flags.iter().any(|flag| &*flag.name == "parents");
    let sources: Vec<Arc<str>> =
        copy.sources.iter().filter_map(|word| state.variables.text(source, word)).collect();
    let into_folder = written.ends_with('/') || matches!(&*written, "." | "..");
    for path in &sources {
        if let Some(from) = from {
            let name = from.value.as_ref().and_then(|word| state.variables.text(source, word));
            let number = name.and_then(|name| {
                named(context, before.len(), &name)
                    .or_else(|| name.parse().ok().filter(|n| *n < before.len()))
            });
            let path = absolute(None, path);
            match (number.and_then(|number| before.get(number)), path) {
                (Some(other), Some(path)) => {
                    state.content.add_from(&other.content, &path, &target, &place);
                    built_elsewhere(&other.built, &path, state);
                }
                _ if !into_folder => state.content.add(target.clone(), Origin::Gone, place.clone()),
                _ => {}
            }
            continue;
        }
        // A leading slash is the context's root, as `..` cannot leave it.
        let Some(path) = join(context.build.context, path.trim_start_matches('/')) else { continue };
        if path.contains(['*', '?']) {
            for path in matching(context.files, &path) {
                state.content.add(target.clone(), Origin::Repository(path), place.clone());
            }
        } else if !path.contains("://") {
            let target = if parents { absolute(Some(&target), &path) } else { Some(target.clone()) };
            state.content.add(target.unwrap_or_default(), Origin::Repository(path.into()), place.clone());
        }
    }
    for document in &copy.heredocs {
        let name = document.name.trim_matches(['"', '\'']);
        let target = if into_folder { absolute(Some(&target), name) } else { Some(target.clone()) };
        let body =
            Body { source: source.clone(), text: document.text.clone(), at: At::Behind(document.span.start) };
        state.content.add(target.unwrap_or_default(), Origin::Text(body), place.clone());
    }
}

/// What was run in another stage counts when the folder it was run in is copied, or the one that frameworks write
/// to while they are built.
fn built_elsewhere(other: &[Built], path: &str, state: &mut State) {
    for built in other {
        let workdir = built.workdir.as_deref().unwrap_or("/");
        let whole = within(workdir, path).is_some();
        let results =
            within(path, workdir).is_some_and(|rest| matches!(rest, "bootstrap" | "bootstrap/cache"));
        if (whole || results) && !state.built.iter().any(|own| own.command.place == built.command.place) {
            state.built.push(built.clone());
        }
    }
}

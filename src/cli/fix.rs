use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use super::args::{Fix, Simple};
use super::exit::{Code, Failure};
use super::{judge, output, prefer, select, surveys};
use crate::facts::Selection;
use crate::findings::{Finding, FixStep, Fixed, FixedFile, Outcome, Progress};
use crate::fix::apply::{self, Targets};
use crate::fix::plan::{self, Edited, Edits, Wish};
use crate::fix::{Before, Target, diff, write};
use crate::laravel::{self, App};
use crate::parse::dotenv::{self, Version};
use crate::report;

/// Runs `fix`.
pub fn run(arguments: &Fix) -> Result<Code, Failure> {
    judge::known_rules(&arguments.judgement)?;
    let mut selection = select::selection(&arguments.environment)?;
    selection.wanted = prefer::preferences(&arguments.to)?;
    let found = surveys::find(&arguments.paths.paths);
    let before = judge::outcome(&found, &selection, &arguments.judgement);
    let mut works: Vec<Work<'_>> = Vec::new();
    for app in found.laravel() {
        works.push(Work::plan(app, &selection, &before, arguments));
    }
    let mut fixed = Fixed { dry: arguments.diff, ..Fixed::default() };
    let mut failed = works.iter().any(|work| work.refused);
    if arguments.diff || !agreed(&works, arguments)? {
        fixed.dry = true;
        let remaining = ended(&before, arguments, failed);
        works.into_iter().for_each(|work| work.report(&mut fixed));
        return finish(&fixed, &before, arguments, remaining);
    }
    for work in &mut works {
        failed |= work.apply(&selection, &before, arguments);
    }
    works.into_iter().for_each(|work| work.report(&mut fixed));
    let found = surveys::find(&arguments.paths.paths);
    let after = judge::outcome(&found, &selection, &arguments.judgement);
    let remaining = ended(&after, arguments, failed);
    finish(&fixed, &after, arguments, remaining)
}

/// The exit code of what remains; a file that was to be written and was not is no success.
fn ended(remaining: &Outcome, arguments: &Fix, failed: bool) -> Code {
    match judge::code(remaining, &arguments.judgement) {
        Code::Clean if failed => Code::Unread,
        code => code,
    }
}

fn finish(fixed: &Fixed, remaining: &Outcome, arguments: &Fix, code: Code) -> Result<Code, Failure> {
    output::print(&match arguments.format {
        Simple::Json => report::fixed::json(fixed, remaining),
        Simple::Text if arguments.diff => report::fixed::diff(fixed),
        Simple::Text => report::fixed::text(fixed, remaining),
    })?;
    if arguments.diff && arguments.format == Simple::Text {
        output::say_all(&report::fixed::footer(fixed, remaining));
    }
    Ok(code)
}

/// On a terminal the plan is shown and asked about; elsewhere nobody can answer.
fn agreed(works: &[Work<'_>], arguments: &Fix) -> Result<bool, Failure> {
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let planned = works.iter().any(|work| !work.edits.is_empty());
    if !terminal || arguments.yes || !planned {
        return Ok(true);
    }
    let steps: Vec<&FixStep> = works.iter().flat_map(|work| &work.steps).collect();
    output::print(&report::fixed::question(&steps))?;
    let mut answer = String::new();
    let mut stdin = std::io::stdin().lock();
    // Nobody there to answer is a no.
    let read = stdin.read_line(&mut answer).unwrap_or(0);
    let _ = std::io::stdout().lock().flush();
    Ok(read > 0 && matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}

/// What is to be done to one app.
struct Work<'a> {
    app: &'a App,
    wish: Wish,
    steps: Vec<FixStep>,
    edits: Edits,
    targets: Targets,
    /// Whether a file cannot be edited that was to be.
    refused: bool,
    backups: BTreeMap<Arc<str>, String>,
}

impl<'a> Work<'a> {
    fn plan(app: &'a App, selection: &Selection, before: &Outcome, arguments: &Fix) -> Self {
        let wish = Wish { unsafe_too: arguments.unsafe_too, version: app.dotenv_version() };
        let root = app.tree.shown_root();
        let findings: Vec<&Finding> = before.findings.iter().filter(|finding| finding.app == root).collect();
        let environments = before.surveys.iter().find(|survey| survey.path == root);
        let environments = environments.map(|survey| survey.environments.as_slice()).unwrap_or_default();
        let mut resolve = |edits: &Edits| {
            let text = |path: &str| edits.get(path).map(|edited| edited.text.clone());
            laravel::rejudge(app, selection, &text).unwrap_or_default()
        };
        let (mut steps, mut edits) = plan::plan(&findings, environments, wish, &mut resolve);
        let mut targets = Targets::new();
        for (path, edited) in &edits {
            match open(app, selection, path, edited) {
                Ok(target) => {
                    targets.insert(Arc::clone(path), target);
                }
                Err(why) => apply::leave_out(&mut steps, path, &why),
            }
        }
        let refused = targets.len() < edits.len();
        edits.retain(|path, _| targets.contains_key(path));
        Self { app, wish, steps, edits, targets, refused, backups: BTreeMap::new() }
    }

    /// Writes and verifies; whether something could not be written.
    fn apply(&mut self, selection: &Selection, before: &Outcome, arguments: &Fix) -> bool {
        if self.edits.is_empty() {
            return false;
        }
        let originals: BTreeMap<Arc<str>, Vec<u8>> =
            self.targets.iter().map(|(path, target)| (Arc::clone(path), target.bytes().to_vec())).collect();
        let mut failed = arguments.backup && self.back_up();
        failed |= !apply::write_all(&mut self.steps, &self.edits, &mut self.targets).is_empty();
        let root = self.app.tree.shown_root();
        let survey = before.surveys.iter().find(|survey| survey.path == root);
        let states = Before::of(survey.map(|survey| survey.environments.as_slice()).unwrap_or_default());
        // Read again from disk, as the app will.
        let now = App::open(self.app.tree.clone()).map(|app| match &self.app.repository {
            Some(repository) => app.in_repository(Rc::clone(repository), self.app.folder.clone()),
            None => app,
        });
        let now = now.and_then(|app| laravel::survey(&app, selection).ok());
        let now = now.map(|survey| survey.environments).unwrap_or_default();
        let failures =
            apply::verify(&mut self.steps, &states, &now, self.wish, &mut self.targets, &originals);
        for failure in &failures {
            output::say(&failure.to_string());
        }
        failed | !failures.is_empty()
    }

    /// Copies every file that is to be written; one that cannot be copied is not written.
    fn back_up(&mut self) -> bool {
        let mut failed = false;
        for (path, target) in &self.targets {
            match write::backup(target) {
                Ok(copy) => {
                    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                    let name = copy.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    let shown = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                    self.backups.insert(Arc::clone(path), shown);
                }
                Err(failure) => {
                    apply::leave_out(&mut self.steps, path, &failure.to_string());
                    failed = true;
                }
            }
        }
        let backups = &self.backups;
        self.edits.retain(|path, _| backups.contains_key(path));
        failed
    }

    fn report(self, fixed: &mut Fixed) {
        for (path, edited) in &self.edits {
            let done = |step: &FixStep| matches!(step.progress, Progress::Planned(_) | Progress::Applied(_));
            let of_file = |step: &&FixStep| step.fix.edits.iter().any(|edit| edit.source.path() == path);
            if !self.steps.iter().filter(of_file).any(done) {
                continue;
            }
            let touched: Vec<&str> = touched(&self.steps, path, edited, &self.wish.version);
            let shown = |name: &str| touched.contains(&name);
            fixed.files.push(FixedFile {
                path: Arc::clone(path),
                backup: self.backups.get(path).cloned(),
                diff: diff::unified(path, edited.source.text(), &edited.text, &self.wish.version, &shown),
            });
        }
        fixed.steps.extend(self.steps);
    }
}

/// The variables of a file whose values a fix is about, and that may be shown: not one whose old value may be a secret.
fn touched<'a>(steps: &'a [FixStep], path: &str, edited: &Edited, version: &Version) -> Vec<&'a str> {
    use crate::facts::Action;
    let text = edited.source.text();
    let entries = dotenv::read(text, version).entries;
    let is_known = |name: &str, old: Option<&str>| {
        let mut own = entries.iter().filter(|entry| *entry.name == *name);
        own.all(|entry| {
            let value =
                text.get(entry.value_span.range()).map(|value| value.trim().trim_matches(['"', '\'']));
            value.is_some_and(str::is_empty) || value == old
        })
    };
    let done = |step: &&FixStep| matches!(step.progress, Progress::Planned(_) | Progress::Applied(_));
    let names = steps.iter().filter(done).flat_map(|step| {
        let of_file = step.fix.edits.iter().filter(|edit| edit.source.path().as_ref() == path);
        let set = of_file.filter_map(|edit| match &edit.action {
            Action::Set { variable, .. } => Some((variable.as_ref(), edit.old.as_deref())),
            Action::Rename { .. } => None,
        });
        set.chain(step.fix.companions.iter().map(|name| (name.as_ref(), None)))
    });
    names.filter(|(name, old)| is_known(name, *old)).map(|(name, _)| name).collect()
}

/// Opens the file behind a shown path for writing.
fn open(app: &App, selection: &Selection, path: &str, edited: &Edited) -> Result<Target, String> {
    let asked = selection.files.iter().find(|file| crate::discover::show(file) == path);
    let own = || app.tree.relative(path).and_then(|relative| app.tree.path(relative));
    let on_disk: PathBuf = asked.cloned().or_else(own).unwrap_or_else(|| path.into());
    let root = app.tree.path("").unwrap_or_else(|| ".".into());
    let target = Target::open(&on_disk, path, &root).map_err(|refusal| refusal.to_string())?;
    apply::check(target, edited)
}

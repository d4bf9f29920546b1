//! Which fixes are applied: the texts of the files with one edit after the other, and what was left out and why.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::effect::{self, Before};
use crate::facts::{About, Action, Applicability, Fix, Judged};
use crate::findings::{Finding, FixStep, Progress};
use crate::parse::dotenv::{self, edit};
use crate::text::{Source, apply};

/// What is asked of a run.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// Apply what is not known to work, too.
    pub unsafe_too: bool,
    /// The phpdotenv that reads the app's files.
    pub version: dotenv::Version,
}

/// The env files of one app as they are and as they are to be.
#[derive(Debug, Clone)]
pub struct Edited {
    /// As it was read.
    pub source: Arc<Source>,
    /// As it is to be; a byte that is no text is a `?` here.
    pub text: String,
    /// The edits, one after the other, each of the text that the one before left.
    pub edits: Vec<crate::text::Edit>,
}

impl Edited {
    /// The new bytes of a file whose bytes are `old`; `None` when the edits do not fit it.
    #[must_use]
    pub fn bytes(&self, old: &[u8]) -> Option<Vec<u8>> {
        let one = |bytes: Vec<u8>, edit: &crate::text::Edit| apply(&bytes, std::slice::from_ref(edit));
        self.edits.iter().try_fold(old.to_vec(), one)
    }
}

/// The edits of one app, by the path of the file.
pub type Edits = BTreeMap<Arc<str>, Edited>;

/// What an app would be with some texts in the place of its files.
pub type Resolve<'a> = dyn FnMut(&Edits) -> Vec<Judged> + 'a;

/// The steps of one app: every fix of its findings once, and the edits of those that are to be applied. A fix of which
/// nothing would take effect is left out.
pub fn plan(
    findings: &[&Finding],
    environments: &[Judged],
    wish: Wish,
    resolve: &mut Resolve<'_>,
) -> (Vec<FixStep>, Edits) {
    let mut steps = steps(findings, wish);
    let before = Before::of(environments);
    loop {
        let edits = write(&mut steps, wish);
        if edits.is_empty() {
            return (steps, edits);
        }
        let after = resolve(&edits);
        let mut dropped = false;
        for step in &mut steps {
            if let Progress::Planned(_) = step.progress {
                match effect::of(&before, &after, step) {
                    Ok(effect) => step.progress = Progress::Planned(effect),
                    Err(why) => {
                        step.progress = Progress::Skipped(why);
                        dropped = true;
                    }
                }
            }
        }
        if !dropped {
            return (steps, edits);
        }
    }
}

/// Every fix once, with what is to become of it.
fn steps(findings: &[&Finding], wish: Wish) -> Vec<FixStep> {
    let mut steps: Vec<FixStep> = Vec::new();
    for finding in findings {
        for fix in &finding.fixes {
            if let Some(known) = steps.iter_mut().find(|step| is_same(step, fix, finding)) {
                // Other findings may hang on it, but the name is what it is about.
                if matches!(fix.about, About::Variable(..)) && finding.rule.id == "dead-variable" {
                    known.rule = &finding.rule.id;
                }
                continue;
            }
            let progress = match fix.applicability {
                Applicability::Safe => Progress::Planned(effect::none()),
                Applicability::Unsafe if wish.unsafe_too => Progress::Planned(effect::none()),
                Applicability::Unsafe => Progress::HeldBack,
                Applicability::Display => Progress::ByHand,
            };
            steps.push(FixStep {
                rule: &finding.rule.id,
                app: finding.app.clone(),
                environment: Arc::clone(&finding.environment),
                fix: fix.clone(),
                progress,
            });
        }
    }
    // A name that is put right comes before values: it may be what another fix would add.
    steps.sort_by_key(|step| !step.fix.edits.iter().any(|edit| matches!(edit.action, Action::Rename { .. })));
    steps
}

/// Whether a step is this fix already: the same edits of the same files, or the same thing to do by hand.
fn is_same(step: &FixStep, fix: &Fix, finding: &Finding) -> bool {
    let edits = |fix: &Fix| -> Vec<(Arc<str>, Action)> {
        fix.edits.iter().map(|edit| (Arc::clone(edit.source.path()), edit.action.clone())).collect()
    };
    if fix.edits.is_empty() {
        // One host that two connections need is one thing to do.
        let same = step.fix.about == fix.about || (fix.by_hand.is_some() && step.fix.by_hand == fix.by_hand);
        return step.app == finding.app && same && step.fix.title == fix.title;
    }
    edits(&step.fix) == edits(fix)
}

/// Applies the planned steps to the texts, one after the other. What cannot be written any more is left out.
fn write(steps: &mut [FixStep], wish: Wish) -> Edits {
    let mut edits = Edits::new();
    let mut written: Vec<(Arc<str>, Action)> = Vec::new();
    for step in steps {
        if !matches!(step.progress, Progress::Planned(_) | Progress::Applied(_)) {
            continue;
        }
        let mut trial = edits.clone();
        match write_one(&mut trial, &mut written, &step.fix, wish) {
            Ok(()) => edits = trial,
            Err(why) => step.progress = Progress::Skipped(why),
        }
    }
    edits
}

fn write_one(
    edits: &mut Edits,
    written: &mut Vec<(Arc<str>, Action)>,
    fix: &Fix,
    wish: Wish,
) -> Result<(), String> {
    for one in &fix.edits {
        let path = one.source.path();
        let variable = one.action.variable();
        if let Some((_, other)) =
            written.iter().find(|(file, action)| file == path && action.variable() == variable)
        {
            if *other == one.action {
                continue;
            }
            return Err(format!("another fix of this run decides {variable}"));
        }
        let edited = edits.entry(Arc::clone(path)).or_insert_with(|| Edited {
            source: Arc::clone(&one.source),
            text: one.source.text().to_owned(),
            edits: Vec::new(),
        });
        change(edited, wish.version, &change_of(&one.action))?;
        written.push((Arc::clone(path), one.action.clone()));
    }
    if let (true, Some(first)) = (wish.unsafe_too, fix.edits.first())
        && let Some(edited) = edits.get_mut(first.source.path())
    {
        let variable = first.action.variable();
        let names: Vec<String> = fix.companions.iter().map(ToString::to_string).collect();
        let value = match &first.action {
            Action::Set { value, .. } => value.as_ref(),
            Action::Rename { .. } => "its value",
        };
        let comment = format!("{value} as {variable} needs these");
        let kin = vec![variable.to_string()];
        let empty = edit::Change::AddEmpty { names, comment, kin };
        if !fix.companions.is_empty() {
            change(edited, wish.version, &empty)?;
        }
    }
    Ok(())
}

fn change(edited: &mut Edited, version: dotenv::Version, change: &edit::Change) -> Result<(), String> {
    match edit::plan(&edited.text, version, change) {
        Ok(planned) => {
            let bytes = apply(edited.text.as_bytes(), std::slice::from_ref(&planned.edit));
            let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
            edited.text = text.ok_or("the edit does not fit the file")?;
            edited.edits.push(planned.edit);
            Ok(())
        }
        Err(edit::Refused::AlreadySo) => Ok(()),
        Err(refused) => Err(refused.to_string()),
    }
}

fn change_of(action: &Action) -> edit::Change {
    match action {
        Action::Set { variable, value, kin } => {
            edit::Change::Set { name: variable.to_string(), value: value.to_string(), kin: kin.clone() }
        }
        Action::Rename { old, new } => edit::Change::Rename { old: old.to_string(), new: new.to_string() },
    }
}

/// The edits of the steps that are planned or applied: without those that were taken back.
pub fn rewrite(steps: &mut [FixStep], wish: Wish) -> Edits {
    write(steps, wish)
}

//! `check --format text`: what is so, how it came about, what users see, what to do.

use std::fmt;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity as Level, SourceCode,
};

use super::escape::clean;
use super::excerpt::Excerpt;
use super::wrap::hang;
use super::{fixes, wire};
use crate::facts::{Confidence, Note, Place, Severity, Step, Survey, TrailStep};
use crate::findings::{Finding, Outcome};

/// Steps of a trail that are shown as excerpts; a longer trail is cut and said so.
const MAX_STEPS: usize = 8;
/// How far back the same finding of another environment is looked for: they are sorted by their places.
const MAX_ENVIRONMENTS: usize = 32;

/// How a terminal wants its text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style {
    /// Colours and links.
    pub colour: bool,
    /// Columns.
    pub width: usize,
}

/// The whole report.
#[must_use]
pub fn render(outcome: &Outcome, style: Style) -> String {
    let mut text = String::new();
    let handler = handler(style);
    let width = if style.width == 0 { 100 } else { style.width };
    for group in groups(&outcome.findings) {
        let Some(finding) = group.first() else { continue };
        let shown = Shown::of(finding);
        // Writing into a string does not fail; a report that could not be drawn falls back to one line.
        if handler.render_report(&mut text, &shown).is_err() {
            text.push_str(&format!("{}: {}\n", finding.rule.id, clean(&finding.message)));
        }
        for (title, body) in footer(finding, &group) {
            let first = format!("  {title}: ");
            text.push_str(&hang(&first, &clean(&body), &" ".repeat(first.len()), width));
            if title == "fix" {
                text.push_str(&snippet(finding, &body));
            }
        }
        text.push_str("\n\n");
    }
    for unknown in &outcome.unknowns {
        let at = unknown.place.as_ref().filter(|place| !place.is_foreign());
        let at = at
            .map_or_else(|| unknown.app.clone(), |place| format!("{}:{}", place.path(), place.start().line));
        let line = format!(
            "unknown: {} could not be told: {} ({at}, environment {})",
            unknown.setting, unknown.reason, unknown.environment
        );
        text.push_str(&clean(&line));
        text.push('\n');
    }
    for skipped in &outcome.skipped {
        text.push_str(&clean(&format!("skipped: {}: {}", skipped.path, skipped.reason)));
        text.push('\n');
    }
    if !(outcome.unknowns.is_empty() && outcome.skipped.is_empty()) {
        text.push('\n');
    }
    text.push_str(&judged(&outcome.surveys));
    text.push_str(&summary(outcome));
    text
}

/// The lines of a fix that writes several, as they are.
fn snippet(finding: &Finding, sentence: &str) -> String {
    let of_it = finding.fixes.iter().find(|fix| fixes::sentence(fix) == sentence);
    let lines = of_it.and_then(|fix| fix.by_hand.as_deref()).filter(|lines| lines.contains('\n'));
    let lines = lines.into_iter().flat_map(str::lines);
    lines.map(|line| format!("       {}\n", clean(line))).collect()
}

/// The findings, those together that say the same of several environments.
fn groups(findings: &[Finding]) -> Vec<Vec<&Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        let same =
            |group: &&mut Vec<&Finding>| group.first().is_some_and(|first| say_the_same(first, finding));
        match groups.iter_mut().rev().take(MAX_ENVIRONMENTS).find(same) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

fn say_the_same(a: &Finding, b: &Finding) -> bool {
    a.environment != b.environment
        && (a.app == b.app && a.rule.id == b.rule.id && a.message == b.message)
        && (a.severity, a.confidence) == (b.severity, b.confidence)
        && (a.path == b.path && a.line() == b.line() && a.trail == b.trail)
        && (a.fixes.is_empty() && b.fixes.is_empty())
}

/// Which environments were judged, from which files, and how to judge better.
fn judged(surveys: &[Survey]) -> String {
    let mut text = String::new();
    for survey in surveys {
        let version =
            survey.framework_version.as_ref().map_or_else(String::new, |version| format!(" {version}"));
        text.push_str(&clean(&format!("{} ({}{version})", survey.path, survey.stack)));
        for judged in &survey.environments {
            let environment = &judged.environment;
            let sources: Vec<&str> = environment.sources.iter().map(AsRef::as_ref).collect();
            let sources = if sources.is_empty() { "no env file".to_owned() } else { sources.join(", ") };
            text.push('\n');
            let how = wire::how(environment);
            text.push_str(&clean(&format!("  judged: {} ({how}) from {sources}", environment.name)));
        }
        text.push('\n');
        use crate::facts::Basis::{AsDocumented, AsIfDeployed, Defaults};
        let guessed = survey
            .environments
            .iter()
            .any(|judged| matches!(judged.environment.basis, AsIfDeployed | AsDocumented | Defaults));
        if guessed {
            text.push_str("  to judge what really runs: --env-file FILE, or --process-env where its variables are set\n");
        }
    }
    text
}

fn summary(outcome: &Outcome) -> String {
    let counts = outcome.summary();
    let mut parts = Vec::new();
    for (count, one, many) in [
        (counts.error, "error", "errors"),
        (counts.warning, "warning", "warnings"),
        (counts.info, "info", "infos"),
        (counts.unknown, "unknown", "unknown"),
        (counts.skipped, "file skipped", "files skipped"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {}", if count == 1 { one } else { many }));
        }
    }
    if outcome.surveys.is_empty() {
        return "Nothing was checked.\n".to_owned();
    }
    if outcome.findings.is_empty() {
        let rest = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
        return format!("Nothing found that is kept on one server{rest}.\n");
    }
    format!("Found {}.\n", parts.join(", "))
}

/// What a step is, in words. Never a value.
#[must_use]
pub fn note(step: &TrailStep) -> String {
    let foreign = step.place.as_ref().filter(|place| place.is_foreign());
    let by = foreign.map_or_else(String::new, |place| format!(" by {}", place.path()));
    match (step.step, &step.note) {
        (Step::Set, Note::Variable(name)) => format!("{name} is set here"),
        (Step::Set, Note::Setting(key)) => format!("{key} is written here; no variable changes it"),
        (Step::Read, Note::Variable(name)) => {
            format!("{name} is read{}", if by.is_empty() { " here" } else { &by })
        }
        (Step::Default, Note::Variable(name)) => match foreign {
            Some(place) => format!("{name} is not set, so the default of {} applies", place.path()),
            None => format!("{name} is not set, so the default here applies"),
        },
        (Step::Override, note) => format!("{} wins", note.text()),
        (_, note) => note.text().to_owned(),
    }
}

fn handler(style: Style) -> GraphicalReportHandler {
    let theme = if style.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    GraphicalReportHandler::new_themed(theme)
        .with_links(style.colour)
        .with_width(if style.width == 0 { 100 } else { style.width })
        .with_context_lines(1)
        .with_show_related_as_nested(true)
}

/// A finding as miette draws it.
#[derive(Debug)]
struct Shown {
    message: String,
    code: String,
    level: Level,
    excerpt: Option<Excerpt>,
    label: Option<String>,
    related: Vec<Self>,
}

impl Shown {
    fn of(finding: &Finding) -> Self {
        let mut related: Vec<Self> = Vec::new();
        let mut main: Option<(Excerpt, String)> = None;
        let primary = finding.place.as_ref();
        let steps: Vec<&TrailStep> =
            finding.trail.iter().filter(|step| tells_something(step, primary)).collect();
        for step in steps.iter().take(MAX_STEPS) {
            let excerpt = Excerpt::of(step, is_about(step, finding), &finding.message);
            if main.is_none() && step.place.as_ref() == primary && excerpt.is_some() {
                main = excerpt.map(|excerpt| (excerpt, note(step)));
                continue;
            }
            related.push(Self::step(excerpt, note(step)));
        }
        if steps.len() > MAX_STEPS {
            related.push(Self::step(
                None,
                format!("and {} more steps (see --format json)", steps.len() - MAX_STEPS),
            ));
        }
        if main.is_none()
            && let Some(place) = primary.filter(|place| !place.is_foreign())
        {
            main = Some((Excerpt::at(place), "here".to_owned()));
        }
        let (excerpt, label) = main.map_or((None, None), |(excerpt, label)| (Some(excerpt), Some(label)));
        Self {
            message: clean(&finding.message).into_owned(),
            code: finding.rule.id.clone(),
            level: match finding.severity {
                Severity::Error => Level::Error,
                Severity::Warning => Level::Warning,
                Severity::Info => Level::Advice,
            },
            excerpt,
            label,
            related,
        }
    }

    fn step(excerpt: Option<Excerpt>, message: String) -> Self {
        Self {
            message: clean(&message).into_owned(),
            code: String::new(),
            level: Level::Advice,
            label: excerpt.as_ref().map(|_| String::new()),
            excerpt,
            related: Vec::new(),
        }
    }
}

/// A `driver` that is written beside its entry's name says nothing, unless it is what decides.
fn tells_something(step: &TrailStep, primary: Option<&Place>) -> bool {
    let obvious =
        matches!((&step.step, &step.note), (Step::Set, Note::Setting(key)) if key.ends_with(".driver"));
    !obvious || step.place.as_ref() == primary
}

/// Whether the value of a step's variable may be shown: a setting reads it directly.
fn is_about(step: &TrailStep, finding: &Finding) -> bool {
    finding.trail.iter().any(|other| other.step == Step::Read && other.note == step.note)
        || finding.rule.when.fact.as_deref() == Some("dead-variable")
}

fn flowed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands below the excerpts: a title and a text each.
fn footer(finding: &Finding, group: &[&Finding]) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    if !finding.hangs_on.is_empty() {
        let dependents = finding.hangs_on.iter().map(|dependent| {
            let place = dependent.place.as_ref().filter(|place| !place.is_foreign());
            let at =
                place.map_or_else(String::new, |place| format!(", {}:{}", place.path(), place.start().line));
            format!("{} ({}{at})", dependent.concern.name(), dependent.key)
        });
        lines.push(("also there", dependents.collect::<Vec<_>>().join("; ")));
    }
    lines.push(("users see", flowed(finding.symptom)));
    lines.push(("help", flowed(&finding.help)));
    lines.extend(finding.fixes.iter().map(|fix| ("fix", fixes::sentence(fix))));
    lines.push(("docs", finding.docs.clone()));
    let certainty = match finding.confidence {
        Confidence::High => String::new(),
        confidence => format!(", {} confidence", confidence.name()),
    };
    let names: Vec<&str> = group.iter().map(|one| one.environment.as_ref()).collect();
    let word = if names.len() > 1 { "environments" } else { "environment" };
    lines.push(("judged", format!("{word} {}{certainty}", names.join(", "))));
    lines
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.code.is_empty()).then(|| Box::new(&self.code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<Level> {
        Some(self.level)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let excerpt = self.excerpt.as_ref()?;
        let label = self.label.clone().filter(|label| !label.is_empty());
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(label, excerpt.span()))))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        if self.related.is_empty() {
            return None;
        }
        Some(Box::new(self.related.iter().map(|step| step as &dyn Diagnostic)))
    }
}

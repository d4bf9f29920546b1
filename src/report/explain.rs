//! `explain` and `rules`: the pages of the rules.

use serde::Serialize;

use super::wire::pretty;
use super::wrap::wrap;
use crate::rules::{self, Rule};

/// The page of a rule.
#[must_use]
pub fn page(rule: &Rule) -> String {
    let mut text = format!("{} ({})\n\n{}\n\n", rule.id, rule.severity.name(), rule.title);
    section(&mut text, "What users see", &rule.symptom);
    section(&mut text, "Why", &rule.why);
    for (stack, of_stack) in rule.stacks() {
        if let Some(symptom) = &of_stack.symptom {
            section(&mut text, &format!("What users see of {stack} apps"), symptom);
        }
        section(&mut text, &format!("What to do in {stack}"), &of_stack.help);
        for (concern, help) in &of_stack.help_for {
            section(&mut text, &format!("What to do for {} in {stack}", concern.name()), help);
        }
        text.push_str(&format!("Docs: {}\n", of_stack.docs));
    }
    for example in rules::examples(&rule.id) {
        text.push_str(&format!("\nExample: {}\n", example.name));
        for (title, files, others) in
            [("found", &example.bad, &example.good), ("fine", &example.good, &example.bad)]
        {
            // A file that is the same in both says nothing.
            for (path, content) in files.iter().filter(|(path, content)| others.get(*path) != Some(content)) {
                text.push_str(&format!("\n  {title}: {path}\n"));
                for line in content.trim_end().lines() {
                    text.push_str(format!("    {line}").trim_end());
                    text.push('\n');
                }
            }
        }
    }
    text
}

/// Columns of a page.
const WIDTH: usize = 100;

fn section(text: &mut String, title: &str, body: &str) {
    text.push_str(title);
    text.push('\n');
    let body = body.replace("{set}", "Set the variable that the config reads");
    let paragraphs: Vec<String> =
        body.trim().split("\n\n").map(|paragraph| wrap(paragraph, "  ", WIDTH)).collect();
    text.push_str(&paragraphs.join("\n"));
    text.push('\n');
}

/// The catalogue: a line a rule.
#[must_use]
pub fn list(rules: &[&Rule]) -> String {
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    rules
        .iter()
        .map(|rule| format!("{:width$}  {:7}  {}\n", rule.id, rule.severity.name(), rule.title))
        .collect()
}

#[derive(Serialize)]
struct WireRule<'a> {
    id: &'a str,
    title: &'a str,
    severity: &'static str,
    symptom: &'a str,
    why: &'a str,
    docs: Vec<&'a str>,
}

/// Rules as JSON.
#[must_use]
pub fn json(rules: &[&Rule]) -> String {
    let rules: Vec<WireRule<'_>> = rules
        .iter()
        .map(|rule| WireRule {
            id: &rule.id,
            title: &rule.title,
            severity: rule.severity.name(),
            symptom: rule.symptom.trim(),
            why: rule.why.trim(),
            docs: rule.stacks().map(|(_, of_stack)| of_stack.docs.as_str()).collect(),
        })
        .collect();
    pretty(&serde_json::json!({ "version": 1, "rules": rules }))
}

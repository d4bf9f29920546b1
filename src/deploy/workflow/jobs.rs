//! Which jobs deploy, and to which environment.

use std::sync::Arc;

use super::SOURCE;
use crate::deploy::reading::{Stage, file_name, within};
use crate::parse::node::Node;
use crate::parse::shell;
use crate::text::Source;

/// First words of commands that deploy.
const TOOLS: &[&[&str]] = &[
    &["eb", "deploy"],
    &["kubectl", "apply"],
    &["kubectl", "set"],
    &["kubectl", "rollout"],
    &["helm", "upgrade"],
    &["helm", "install"],
    &["fly", "deploy"],
    &["flyctl", "deploy"],
    &["envoy", "run"],
    &["vapor", "deploy"],
    &["dep", "deploy"],
    &["serverless", "deploy"],
    &["sls", "deploy"],
    &["copilot", "deploy"],
    &["copilot", "svc"],
    &["aws", "ecs"],
    &["aws", "elasticbeanstalk"],
    &["sam", "deploy"],
    &["railway", "up"],
    &["git", "push", "heroku"],
    &["ssh"],
    &["rsync"],
    &["scp"],
];
/// Actions that deploy.
const ACTIONS: &[&str] = &[
    "appleboy/ssh-action",
    "superfly/flyctl-actions",
    "aws-actions/amazon-ecs-deploy-task-definition",
    "einaregilsson/beanstalk-deploy",
    "akhileshns/heroku-deploy",
    "deployphp/action",
    "azure/webapps-deploy",
    "google-github-actions/deploy-cloudrun",
    "burnett01/rsync-deployments",
    "easingthemes/ssh-deploy",
];
/// Words of names of jobs that check code.
const CHECKS: &[&str] =
    &["test", "tests", "phpunit", "pest", "lint", "phpstan", "psalm", "dusk", "quality", "analysis", "ci"];

/// The environment that a job deploys to; `None` when it does not deploy, or to a developer's or a test's.
pub(super) fn environment(source: &Arc<Source>, id: &str, job: &Node) -> Option<Arc<str>> {
    let declared =
        job.get("environment").and_then(|node| node.as_str().or_else(|| node.get("name")?.as_str()));
    let name = job.get("name").and_then(Node::as_str).unwrap_or_default();
    let has = |words: &[&str]| {
        let mut all =
            [id, name].into_iter().flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric()));
        all.any(|word| words.iter().any(|wanted| word.eq_ignore_ascii_case(wanted)))
    };
    let steps = job.get("steps").map_or(&[][..], Node::items);
    let named = has(&["deploy", "deployment", "deploys"]);
    if has(CHECKS) && !named && declared.is_none() {
        return None;
    }
    if declared.is_none() && !named && !steps.iter().any(deploys) {
        return None;
    }
    let declared = declared.filter(|name| !name.contains("${{"));
    // A site of pages is no app.
    if declared == Some("github-pages") {
        return None;
    }
    let found = declared.and_then(within).or_else(|| within(id)).or_else(|| within(name));
    match found.or_else(|| within(file_name(source.path()))) {
        Some(Stage::Developers) => None,
        Some(Stage::Deployed(name)) => Some(name),
        None => Some(declared.unwrap_or(SOURCE).into()),
    }
}

/// Whether a step runs what deploys.
pub(super) fn deploys(step: &Node) -> bool {
    let uses = step.get("uses").and_then(Node::as_str).map(|uses| uses.split('@').next().unwrap_or(uses));
    if uses.is_some_and(|uses| ACTIONS.iter().any(|action| uses.eq_ignore_ascii_case(action))) {
        return true;
    }
    let Some(run) = step.get("run").and_then(Node::scalar_text) else { return false };
    shell::commands(run).iter().any(|command| {
        let words = command.known_words();
        let words = words.into_iter().skip_while(|word| matches!(*word, "sudo" | "php" | "npx"));
        let words: Vec<&str> =
            words.enumerate().map(|(at, word)| if at == 0 { last(word) } else { word }).collect();
        TOOLS.iter().any(|tool| words.starts_with(tool))
    })
}

/// `vendor/bin/envoy` as `envoy`.
fn last(word: &str) -> &str {
    file_name(word)
}

/// The script that a step runs on a server: that of an action for ssh.
pub(super) fn remote_script(step: &Node) -> Option<(&Node, &str)> {
    let uses = step.get("uses").and_then(Node::as_str)?;
    if !uses.to_ascii_lowercase().contains("ssh") {
        return None;
    }
    let script = step.path(&["with", "script"])?;
    Some((script, script.scalar_text()?))
}

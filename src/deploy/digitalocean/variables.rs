use crate::deploy::Layer;
use crate::deploy::reading::{Collected, Document, MAX_VARIABLES, given};
use crate::parse::node::Node;

/// The variables that `envs` sets where the code runs.
pub(super) fn of(document: &Document, node: &Node, what: &str) -> Option<Layer> {
    let mut variables = Collected::default();
    for entry in node.get("envs")?.items().iter().take(MAX_VARIABLES) {
        let Some((key, name)) = entry.get("key").and_then(|key| Some((key, key.scalar_text()?))) else {
            continue;
        };
        if entry.get("scope").and_then(Node::as_str) == Some("BUILD_TIME") {
            continue;
        }
        let value = entry.get("value");
        let text = value.and_then(Node::scalar_text).unwrap_or_default();
        let place = document.place(value.unwrap_or(key));
        match value {
            _ if entry.get("type").and_then(Node::as_str) == Some("SECRET") || text.starts_with("EV[") => {
                variables.put_unknown(name, "it is a secret of the app", place);
            }
            None => variables.put_unknown(name, "its value is asked for when the app is made", place),
            // docs.digitalocean.com, app-platform/how-to/use-environment-variables: `${db.HOSTNAME}`, `${APP_URL}`.
            Some(_) if text.contains("${") => {
                variables.put_unknown(
                    name,
                    "another component or variable of the app gives its value",
                    place,
                );
            }
            Some(value) => variables.put(given(document, name, value)),
        }
    }
    let origin = format!("{} {what}", document.source.path()).into();
    Some(Layer { origin, variables: variables.into_list(), more: None })
}

//! What Vapor sets by itself: laravel/vapor-docs, src/projects/environments.md ("Vapor's Default Environment Variables").

use super::Environment;
use crate::deploy::reading::Collected;
use crate::deploy::{Given, Layer, Value};
use crate::facts::{Note, Place, Step, TrailStep};
use crate::parse::node::Node;

/// The same for every environment.
const ALWAYS: &[(&str, &str)] = &[
    ("APP_DEBUG", "false"),
    ("BROADCAST_DRIVER", "pusher"),
    ("DYNAMODB_CACHE_TABLE", "vapor_cache"),
    ("FILESYSTEM_DISK", "s3"),
    ("FILESYSTEM_DRIVER", "s3"),
    ("FILESYSTEM_CLOUD", "s3"),
    ("LOG_CHANNEL", "stderr"),
    ("SCHEDULE_CACHE_DRIVER", "dynamodb"),
    ("SESSION_DRIVER", "cookie"),
];
const DATABASE: &[&str] =
    &["DB_CONNECTION", "DB_DATABASE", "DB_HOST", "DB_PASSWORD", "DB_PORT", "DB_USERNAME"];
const UNKNOWN: &[&str] = &["APP_URL", "ASSET_URL", "MIX_URL"];

/// The variables that Vapor injects into an environment. The user's own win over them.
pub(super) fn layer(environment: &Environment<'_>) -> Layer {
    let document = environment.document;
    let key = document.place_of(environment.span);
    let mut variables = Collected::default();
    let mut set = |name: &str, value: &str, place: &Place| variables.put(known(name, value, place));
    for (name, value) in ALWAYS {
        set(name, value, &key);
    }
    set("APP_ENV", environment.name, &key);
    let mailer = if environment.name == "production" { "ses" } else { "log" };
    set("MAIL_MAILER", mailer, &key);
    set("MAIL_DRIVER", mailer, &key);
    // laravel/vapor-core, src/ConfiguresRedis.php: the cache's host is in REDIS_HOST.
    let cache = resource(environment, "cache");
    set("CACHE_DRIVER", if cache.is_some() { "redis" } else { "dynamodb" }, &place_or(environment, cache));
    let queues = environment.node.get("queues");
    match queues.filter(|queues| queues.as_bool() == Some(false)) {
        Some(node) => {
            let why = "queues are switched off in this environment";
            variables.put_unknown("QUEUE_CONNECTION", why, document.place(node));
        }
        None => set("QUEUE_CONNECTION", "sqs", &place_or(environment, queues)),
    }
    let first = queues.and_then(|queues| queues.items().first());
    if let Some((node, name)) = first.and_then(|node| Some((node, queue_name(node)?))) {
        variables.put(known("SQS_QUEUE", name, &document.place(node)));
    }
    let mut resources = |node: Option<&Node>, names: &[&str], what: &str| {
        let Some(node) = node else { return };
        for name in names {
            variables.put_unknown(name, format!("Vapor sets it to that of the {what}"), document.place(node));
        }
    };
    resources(cache, &["REDIS_HOST", "REDIS_PORT", "REDIS_PASSWORD"], "cache");
    let database = resource(environment, "database").or_else(|| resource(environment, "database-proxy"));
    resources(database, DATABASE, "database");
    resources(resource(environment, "storage"), &["AWS_BUCKET"], "storage");
    for name in UNKNOWN {
        variables.put_unknown(name, "Vapor sets it to the domain", key.clone());
    }
    Layer { origin: "Laravel Vapor".into(), variables: variables.into_list(), more: None }
}

fn known(name: &str, value: &str, place: &Place) -> Given {
    let note = Note::Text("Laravel Vapor injects it".into());
    let step = TrailStep { step: Step::Default, place: Some(place.clone()), note };
    Given { name: name.into(), value: Value::Known(value.into()), place: place.clone(), before: vec![step] }
}

/// A resource that an environment names.
fn resource<'d>(environment: &Environment<'d>, key: &str) -> Option<&'d Node> {
    environment.node.get(key).filter(|node| node.as_str().is_some_and(|name| !name.is_empty()))
}

fn place_or(environment: &Environment<'_>, node: Option<&Node>) -> Place {
    environment.document.place_of(node.map_or(environment.span, |node| node.span))
}

/// `emails`, or `emails: 10`.
fn queue_name(node: &Node) -> Option<&str> {
    node.as_str().or_else(|| node.entries().first().and_then(|(key, _)| key.as_str()))
}

//! The paths of an app. Its root is not known to us: a path under it starts with `{base}`.

use super::host::LaravelHost;
use crate::eval::{Kind, Value};
use crate::facts::Reason;

/// Stands for the app's root in every path.
pub const ROOT: &str = "{base}";
/// The class of the application object.
pub const APPLICATION: &str = "Illuminate\\Foundation\\Application";

/// A path helper or a file function; `None` when the name is neither.
pub fn call(host: &LaravelHost<'_>, name: &str, args: &[Value]) -> Option<Value> {
    if let Some(method) = name.strip_prefix(APPLICATION) {
        return application(host, method, args.get(1..).unwrap_or_default());
    }
    let folder = match name {
        "base_path" => "",
        "app_path" => "app",
        "config_path" => host.config_folder(),
        "database_path" => "database",
        "public_path" => "public",
        "resource_path" => "resources",
        "storage_path" => "storage",
        "lang_path" => lang_folder(host),
        "realpath" => return Some(real_path(host, args.first()?)),
        "file_exists" | "is_file" | "is_dir" | "is_readable" | "is_writable" => {
            return Some(exists(host, name, args.first()?));
        }
        "file_get_contents" => return Some(contents(host, args.first()?)),
        _ => return None,
    };
    Some(join(host, name, folder, args.first()))
}

/// A method or property of the application object: `$app->basePath('x')`.
fn application(host: &LaravelHost<'_>, method: &str, args: &[Value]) -> Option<Value> {
    let folder = match method {
        "->basePath" | "->$basePath" => "",
        "->path" => "app",
        "->configPath" => "config",
        "->databasePath" => "database",
        "->publicPath" => "public",
        "->resourcePath" => "resources",
        "->storagePath" => "storage",
        "->bootstrapPath" => "bootstrap",
        "->langPath" => lang_folder(host),
        _ => return None,
    };
    Some(join(host, method, folder, args.first()))
}

/// Laravel 9 moved `resources/lang` to `lang`; an app that still has the old folder keeps it
/// (laravel/framework v9.0.0 Foundation/Application.php `bindPathsInContainer`).
fn lang_folder(host: &LaravelHost<'_>) -> &'static str {
    if host.app.version_or_newest().major >= 9 && !host.app.tree.is_dir("resources/lang") {
        "lang"
    } else {
        "resources/lang"
    }
}

fn join(host: &LaravelHost<'_>, name: &str, folder: &str, path: Option<&Value>) -> Value {
    let base = if folder.is_empty() { ROOT.to_owned() } else { format!("{ROOT}/{folder}") };
    let base = match (name, host.storage_moved_to()) {
        ("storage_path", Some(moved)) => match moved.kind {
            Kind::Str(text) => text.to_string(),
            _ => return moved,
        },
        _ => base,
    };
    let Some(path) = path else { return Value::str(base) };
    let text = match &path.kind {
        Kind::Str(text) => text,
        Kind::Null | Kind::Bool(false) => return Value::str(base),
        Kind::Unknown(reason) => return Value::unknown(reason.clone()),
        _ => return Value::unknown(Reason::new("a path that is no text")),
    };
    // Until 9.x a path was appended as it is; `joinPaths` of 10.x drops one leading slash
    // (laravel/framework v9.52.22 and v10.50.3 Foundation/Application.php). public_path always dropped it.
    let trims = host.app.version_or_newest().major >= 10 || name == "public_path";
    let tail = if trims { text.trim_start_matches('/') } else { text };
    let joined = if text.is_empty() { base } else { format!("{base}/{tail}") };
    Value::str(joined).with_trail(path.trail.clone())
}

/// The part of a path below the app's root, without `.` and `..`; `None` when it is not below it.
pub fn inside(path: &str) -> Option<String> {
    let rest = path.strip_prefix(ROOT)?;
    let mut parts: Vec<&str> = Vec::new();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn real_path(host: &LaravelHost<'_>, path: &Value) -> Value {
    let unknown = || Value::unknown(Reason::new("whether a path is there is only known on the server"));
    let Some(text) = path.as_str() else {
        return path.reason().map_or_else(unknown, |reason| Value::unknown(reason.clone()));
    };
    match inside(text) {
        Some(relative) if relative.is_empty() => Value::str(ROOT),
        // Hosts often serve another folder than `public` (`usePublicPath`, a link to `public_html`).
        Some(relative) if relative == "public" || relative.starts_with("public/") => unknown(),
        Some(relative) if host.app.tree.exists(&relative) => {
            Value::str(format!("{ROOT}/{relative}")).with_trail(path.trail.clone())
        }
        _ => unknown(),
    }
}

/// A file of the repository is on the server too; one that is not here may be made there.
fn exists(host: &LaravelHost<'_>, name: &str, path: &Value) -> Value {
    let unknown = || Value::unknown(Reason::new("whether a file is there is only known on the server"));
    let Some(relative) = path.as_str().and_then(inside) else { return unknown() };
    let here = match name {
        "is_dir" => host.app.tree.is_dir(&relative),
        "file_exists" => host.app.tree.exists(&relative),
        _ => host.app.tree.is_file(&relative),
    };
    if here && name != "is_writable" { Value::bool(true) } else { unknown() }
}

fn contents(host: &LaravelHost<'_>, path: &Value) -> Value {
    let unknown = || Value::unknown(Reason::new("the content of a file that is only known on the server"));
    let Some(relative) = path.as_str().and_then(inside) else { return unknown() };
    // An env file is never the app's data: its content must not travel through the config.
    if relative.rsplit('/').next().is_some_and(|name| name.starts_with(".env")) {
        return unknown();
    }
    match host.app.tree.read(&relative) {
        Ok(Some(source)) if !source.is_lossy() => Value::str(source.text()),
        _ => unknown(),
    }
}

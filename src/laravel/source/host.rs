//! The framework as the code outside of the config sees it: settings and variables are given, all else is the app's own.

use std::sync::Arc;

use super::Settings;
use crate::eval::{Host, Kind, Script, Value};
use crate::facts::{Place, Reason};
use crate::laravel::host::LaravelHost;
use crate::laravel::writes::REPOSITORY;
use crate::parse::php::tree::{Class, Function};
use crate::text::Source;

/// Methods that read one setting.
const READS: &[&str] = &["get", "string", "integer", "float", "boolean", "array"];

/// The app's code in one environment.
pub struct SourceHost<'a> {
    /// The app's classes, helper functions and paths.
    pub app: &'a LaravelHost<'a>,
    /// What is in effect.
    pub settings: &'a Settings<'a>,
}

impl SourceHost<'_> {
    fn config(&self, args: &[Value]) -> Value {
        match args.first() {
            None => Value::new(Kind::Object(REPOSITORY.into())),
            Some(key) => answered(args, key, "a setting whose name is not known", self.settings.config),
        }
    }

    fn env(&self, args: &[Value]) -> Value {
        match args.first() {
            None => Value::null(),
            Some(name) => answered(args, name, "a variable whose name is not known", self.settings.env),
        }
    }
}

fn answered(
    args: &[Value],
    key: &Value,
    unnamed: &'static str,
    ask: &dyn Fn(&str) -> Option<Value>,
) -> Value {
    match key.as_str() {
        Some(name) => ask(name).unwrap_or_else(|| args.get(1).cloned().unwrap_or_else(Value::null)),
        None => Value::unknown(key.reason().cloned().unwrap_or_else(|| Reason::new(unnamed))),
    }
}

impl Host for SourceHost<'_> {
    fn call(&self, name: &str, args: &[Value], place: &Place) -> Option<Value> {
        if let Some(method) = name.strip_prefix(REPOSITORY).and_then(|rest| rest.strip_prefix("->")) {
            return READS.contains(&method).then(|| self.config(args.get(1..).unwrap_or_default()));
        }
        match name {
            "config" => Some(self.config(args)),
            "env" => Some(self.env(args)),
            "getenv" if !args.is_empty() => {
                let unset = || Value::unknown(Reason::new("a variable of the server"));
                Some(args.first().and_then(Value::as_str).and_then(self.settings.env).unwrap_or_else(unset))
            }
            "sys_get_temp_dir" => Some(Value::unknown(Reason::new("the folder for temporary files"))),
            "tempnam" => Some(Value::unknown(Reason::new("a temporary file"))),
            _ => self.app.call(name, args, place),
        }
    }

    fn static_call(&self, class: &str, method: &str, args: &[Value], place: &Place) -> Option<Value> {
        match class {
            "Config" | "Illuminate\\Support\\Facades\\Config" => {
                READS.contains(&method).then(|| self.config(args))
            }
            "Env" | "Illuminate\\Support\\Env" if method == "get" => Some(self.env(args)),
            _ => self.app.static_call(class, method, args, place),
        }
    }

    fn constant(&self, name: &str) -> Option<Value> {
        self.app.constant(name)
    }

    fn class_constant(&self, class: &str, name: &str) -> Option<Value> {
        self.app.class_constant(class, name)
    }

    fn superglobal(&self, _name: &str, key: &Value, _place: &Place) -> Option<Value> {
        (self.settings.env)(key.as_str()?)
    }

    fn variable_written(&self, _name: Option<&str>) {}

    fn class(&self, name: &str) -> Option<(Arc<Class>, Arc<Source>)> {
        self.app.class(name)
    }

    fn function(&self, name: &str) -> Option<(Arc<Function>, Arc<Source>)> {
        self.app.function(name)
    }

    fn script(&self, _path: &str) -> Option<Script> {
        None
    }

    fn path_of(&self, source: &Source) -> String {
        self.app.path_of(source)
    }
}

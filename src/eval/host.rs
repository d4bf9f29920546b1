use std::sync::Arc;

use super::Value;
use crate::facts::Place;
use crate::parse::php::tree::{Class, File, Function};
use crate::text::Source;

/// A file of the app as the evaluator may run it.
#[derive(Debug, Clone)]
pub struct Script {
    /// Its text.
    pub source: Arc<Source>,
    /// Its syntax; a file with errors is not run.
    pub file: Arc<File>,
}

/// What the evaluated code stands in: its framework, its environment, the other files of its app.
/// Every answer `None` means "not mine".
pub trait Host {
    /// A function that PHP itself could not answer alone: `env`, `storage_path`, `extension_loaded`.
    fn call(&self, name: &str, args: &[Value], place: &Place) -> Option<Value>;
    /// A static method of the framework.
    fn static_call(&self, class: &str, method: &str, args: &[Value], place: &Place) -> Option<Value>;
    /// A constant of the machine or the framework.
    fn constant(&self, name: &str) -> Option<Value>;
    /// A class constant of PHP's extensions or the framework.
    fn class_constant(&self, class: &str, name: &str) -> Option<Value>;
    /// `$_ENV`, `$_SERVER`: one entry.
    fn superglobal(&self, name: &str, key: &Value, place: &Place) -> Option<Value>;
    /// The code writes a variable of the environment; `None`: one whose name is not known.
    fn variable_written(&self, name: Option<&str>);
    /// A class that the app's autoloader would find.
    fn class(&self, name: &str) -> Option<(Arc<Class>, Arc<Source>)>;
    /// A function of the app's autoloaded helper files.
    fn function(&self, name: &str) -> Option<(Arc<Function>, Arc<Source>)>;
    /// A file to include, by a path as the evaluated code sees it.
    fn script(&self, path: &str) -> Option<Script>;
    /// The path of a source as the evaluated code sees it: `{base}/config/app.php`.
    fn path_of(&self, source: &Source) -> String;
}

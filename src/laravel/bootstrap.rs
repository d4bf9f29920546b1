//! What `bootstrap/app.php` and the app's own Application class change about loading.

use std::sync::Arc;

use super::app::App;
use super::host::LaravelHost;
use crate::eval::{Evaluator, Kind, Script, Value};
use crate::parse::php::tree::{Class, ClassRef, Expr, ExprKind, Statement, StatementKind};

/// Where the framework looks for its files in this app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The config folder, relative to the app: `config`.
    pub config: String,
    /// The name of the env file: `.env`.
    pub env_file: String,
    /// The folder of the env file, relative to the app; empty for the app's root.
    pub env_folder: String,
    /// Whether the framework's own config is merged under the app's (from Laravel 11 on).
    pub merges: bool,
}

impl Layout {
    /// Reads `bootstrap/app.php` of an app.
    #[must_use]
    pub fn of(app: &App) -> Self {
        let mut layout = Self {
            config: "config".to_owned(),
            env_file: ".env".to_owned(),
            env_folder: String::new(),
            merges: super::timeline::merges(app.version_or_newest()),
        };
        let Some(script) = app.script("bootstrap/app.php") else { return layout };
        // Almost no app moves anything: look at the text before walking the tree.
        let text = script.source.text();
        let moves =
            ["useConfigPath", "loadEnvironmentFrom", "useEnvironmentPath", "dontMergeFrameworkConfiguration"];
        if moves.iter().any(|name| text.contains(name)) {
            layout.take_calls(app, &script);
        }
        layout.take_class(app, &script);
        layout
    }

    fn take_calls(&mut self, app: &App, script: &Script) {
        let host = LaravelHost::bare(app);
        let evaluator = Evaluator::new(&host);
        for_each_call(&script.file.statements, &mut |method, args| {
            let argument = || args.first().map(|arg| evaluator.expression(&script.source, arg));
            let path = || argument().as_ref().and_then(relative_path);
            match method {
                "useConfigPath" => self.config = path().unwrap_or_else(|| self.config.clone()),
                "useEnvironmentPath" => self.env_folder = path().unwrap_or_default(),
                "loadEnvironmentFrom" => {
                    if let Some(name) = argument().as_ref().and_then(Value::as_str) {
                        self.env_file = name.to_owned();
                    }
                }
                "dontMergeFrameworkConfiguration" => self.merges = false,
                _ => {}
            }
        });
    }

    /// `new \Acme\Application(..)` or `\Acme\Application::configure(..)`: a class of the app may override `configPath()`.
    fn take_class(&mut self, app: &App, script: &Script) {
        let Some(name) = application_class(&script.file.statements) else { return };
        if name.starts_with("Illuminate\\") {
            return;
        }
        let Some((class, source)) = find_class(app, &name) else { return };
        let host = LaravelHost::bare(app);
        let evaluator = Evaluator::new(&host);
        let this = Value::new(Kind::Object("Illuminate\\Foundation\\Application".into()));
        let moved = |method: &str| {
            let value = evaluator.method(&class, &source, method, this.clone())?;
            relative_path(&value)
        };
        if let Some(path) = moved("configPath") {
            self.config = path;
        }
        if let Some(path) = moved("environmentPath") {
            self.env_folder = path;
        }
        if class.methods.iter().any(|method| method.name.as_ref() == "shouldMergeFrameworkConfiguration") {
            self.merges = false;
        }
    }

    /// The path of an env file by name, relative to the app.
    #[must_use]
    pub fn env_path(&self, name: &str) -> String {
        if self.env_folder.is_empty() { name.to_owned() } else { format!("{}/{name}", self.env_folder) }
    }
}

/// A class of the app by the autoloader's rules.
pub fn find_class(app: &App, name: &str) -> Option<(Arc<Class>, Arc<crate::text::Source>)> {
    for file in app.composer.class_file(name) {
        let Some(script) = app.script(&file) else { continue };
        if let Some(class) = class_in(&script.file.statements, name) {
            return Some((class, script.source));
        }
    }
    None
}

/// A class declared in these statements.
pub fn class_in(statements: &[Statement], name: &str) -> Option<Arc<Class>> {
    statements.iter().find_map(|statement| match &statement.kind {
        StatementKind::Class(class) if class.name.eq_ignore_ascii_case(name) => Some(Arc::clone(class)),
        StatementKind::Block(inner) => class_in(inner, name),
        StatementKind::If { branches, .. } => branches.iter().find_map(|(_, body)| class_in(body, name)),
        _ => None,
    })
}

/// `{base}/x/y` as a path inside the app.
fn relative_path(value: &Value) -> Option<String> {
    let path = value.as_str()?.strip_prefix("{base}")?;
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
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

fn application_class(statements: &[Statement]) -> Option<Arc<str>> {
    let mut found = None;
    for statement in statements {
        let (StatementKind::Expr(expr) | StatementKind::Return(Some(expr))) = &statement.kind else {
            continue;
        };
        let mut expr = expr;
        loop {
            expr = match &expr.kind {
                ExprKind::Assign { value, .. } => value,
                ExprKind::MethodCall { object, .. } => object,
                ExprKind::StaticCall { class: ClassRef::Named(name), method, .. }
                    if method.as_ref() == "configure" =>
                {
                    found = found.or_else(|| Some(Arc::clone(name)));
                    break;
                }
                ExprKind::New { class: ClassRef::Named(name), .. } if name.ends_with("Application") => {
                    found = found.or_else(|| Some(Arc::clone(name)));
                    break;
                }
                _ => break,
            };
        }
    }
    found
}

/// Each method call of a chain at the top of a file, with its argument expressions.
fn for_each_call(statements: &[Statement], visit: &mut dyn FnMut(&str, &[Expr])) {
    for statement in statements {
        match &statement.kind {
            StatementKind::Expr(expr) | StatementKind::Return(Some(expr)) => chain(expr, visit),
            StatementKind::If { branches, otherwise } => {
                branches.iter().for_each(|(_, body)| for_each_call(body, visit));
                for_each_call(otherwise, visit);
            }
            StatementKind::Block(inner) => for_each_call(inner, visit),
            _ => {}
        }
    }
}

fn chain(expr: &Expr, visit: &mut dyn FnMut(&str, &[Expr])) {
    match &expr.kind {
        ExprKind::Assign { value, .. } => chain(value, visit),
        ExprKind::MethodCall { object, method, args, .. } => {
            chain(object, visit);
            let values: Vec<Expr> = args.iter().map(|arg| arg.value.clone()).collect();
            visit(method, &values);
        }
        _ => {}
    }
}

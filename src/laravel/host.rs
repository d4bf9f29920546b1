//! The framework as the evaluated config sees it: `env()`, `config()`, the paths of the app, its own classes and helpers.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::app::App;
use super::bootstrap::find_class;
use super::{machine, packages, paths, timeline, writes};
use crate::eval::functions::illuminate;
use crate::eval::{Array, Evaluator, Host, Key, Kind, Script, Value, inherit};
use crate::facts::{Note, Place, Reason, Step, Trail, TrailStep, Variable, Variables};
use crate::parse::dotenv::{self, EnvValue};
use crate::parse::php::tree::{Class, Expr, ExprKind, Function, Statement, StatementKind, UnaryOp};
use crate::text::Source;

type Helper = (Arc<Function>, Arc<Source>);

/// One app in one environment, while its config is loaded.
pub struct LaravelHost<'a> {
    pub(super) app: &'a App,
    config_folder: &'a str,
    variables: Option<&'a Variables>,
    /// The config loaded so far: `config()` sees the files before this one.
    pub(super) repository: RefCell<Array>,
    helpers: RefCell<Option<BTreeMap<String, Helper>>>,
    /// The names of the variables that were read.
    pub(super) read: RefCell<BTreeSet<Arc<str>>>,
    /// Variables that the app's code writes itself; `None` in it: one whose name is not known.
    written: RefCell<BTreeSet<Option<String>>>,
}

impl<'a> LaravelHost<'a> {
    /// A host without variables, for code that runs before any env file is read.
    #[must_use]
    pub fn bare(app: &'a App) -> Self {
        Self {
            app,
            config_folder: "config",
            variables: None,
            repository: RefCell::default(),
            helpers: RefCell::default(),
            read: RefCell::default(),
            written: RefCell::default(),
        }
    }

    /// A host in an environment.
    #[must_use]
    pub fn new(app: &'a App, config_folder: &'a str, variables: &'a Variables) -> Self {
        let host = Self { config_folder, variables: Some(variables), ..Self::bare(app) };
        *host.written.borrow_mut() = writes::of_helpers(app);
        host
    }

    fn variable(&self, name: &str) -> Result<Option<&Variable>, Reason> {
        self.read.borrow_mut().insert(name.into());
        let written = self.written.borrow();
        if written.contains(&None) || written.contains(&Some(name.to_owned())) {
            return Err(Reason::new("a variable that the app's own code writes"));
        }
        match self.variables {
            Some(variables) => match (variables.get(name), &variables.more) {
                (None, Some(more)) => Err(more.clone()),
                (variable, _) => Ok(variable),
            },
            None => Err(Reason::new("a variable read before the env file is loaded")),
        }
    }

    /// `env('NAME', default)`.
    fn env(&self, args: &[Value], place: &Place) -> Value {
        let Some(first) = args.first() else { return Value::null() };
        let Kind::Str(name) = &first.kind else {
            let reason = first.reason().cloned();
            return Value::unknown(
                reason.unwrap_or_else(|| Reason::new("a variable whose name is not known")),
            );
        };
        let variable = match self.variable(name) {
            Ok(variable) => variable,
            Err(reason) => return Value::unknown(reason),
        };
        let name = &told(name, first);
        match variable {
            Some(Variable { value: Some(raw), trail, .. }) => {
                let kind = match dotenv::convert(raw, self.app.env_rules()) {
                    EnvValue::Null => Kind::Null,
                    EnvValue::Bool(truth) => Kind::Bool(truth),
                    EnvValue::Str(text) => Kind::Str(text.into()),
                };
                Value::new(kind).with_trail(trail.then(step(Step::Read, name, place)))
            }
            Some(Variable { value: None, unknown, trail, .. }) => {
                let outside =
                    || Reason::new(format!("the value of {name} is kept outside of the repository"));
                let reason = unknown.clone().unwrap_or_else(outside);
                Value::unknown(reason).with_trail(trail.then(step(Step::Read, name, place)))
            }
            None => {
                let mut default = args.get(1).cloned().unwrap_or_else(Value::null);
                if let Kind::Closure(_) = default.kind {
                    default.kind = Kind::Unknown(Reason::new("a default that is a closure"));
                }
                let trail = default.trail.then(step(Step::Default, name, place));
                default.with_trail(trail)
            }
        }
    }

    /// The raw value of a variable, as `getenv()` and `$_ENV` give it.
    fn raw(&self, name: &str, given: Option<&Value>, place: &Place, absent: Kind) -> Value {
        let variable = self.variable(name);
        let name = match given {
            Some(given) => told(&Arc::from(name), given),
            None => Arc::from(name),
        };
        let name = name.as_ref();
        match variable {
            Ok(Some(Variable { value: Some(raw), trail, .. })) => Value::new(Kind::Str(Arc::clone(raw)))
                .with_trail(trail.then(step(Step::Read, &Arc::from(name), place))),
            Ok(Some(_)) => {
                Value::unknown(Reason::new(format!("the value of {name} is kept outside of the repository")))
            }
            Ok(None) if machine::is_set_by_the_machine(name) => {
                Value::unknown(Reason::new(format!("{name} is set by the machine")))
            }
            Ok(None) => {
                Value::new(absent).with_trail(Trail::start(step(Step::Default, &Arc::from(name), place)))
            }
            Err(reason) => Value::unknown(reason),
        }
    }

    /// `config('a.b', default)`: what is loaded so far.
    fn config(&self, args: &[Value]) -> Value {
        match args.first().map(|first| &first.kind) {
            None => return Value::new(Kind::Object(writes::REPOSITORY.into())),
            Some(Kind::Array(_) | Kind::Unknown(_)) => {
                writes::set(&mut self.repository.borrow_mut(), args);
                return Value::null();
            }
            _ => {}
        }
        let Some(key) = args.first().and_then(Value::as_str) else {
            return Value::unknown(Reason::new("config() without a known key"));
        };
        if !timeline::orders_files(self.app.version_or_newest()) {
            return Value::unknown(Reason::new("this Laravel reads config files in the order of the disk"));
        }
        let repository = self.repository.borrow();
        match lookup(&repository, key) {
            Some(value) => value,
            None => args.get(1).cloned().unwrap_or_else(Value::null),
        }
    }

    fn helper_files(&self) -> BTreeMap<String, Helper> {
        let mut helpers = BTreeMap::new();
        let required = self.required_at_start();
        for file in self.app.composer.files.iter().chain(&required) {
            let Some(script) = self.app.script(file) else { continue };
            if script.file.errors.is_empty() {
                collect_functions(&script.file.statements, &script.source, &mut helpers);
            }
        }
        helpers
    }
}

impl LaravelHost<'_> {
    /// Files that `bootstrap/app.php` and `bootstrap/autoload.php` require at their top.
    fn required_at_start(&self) -> Vec<String> {
        let mut files = Vec::new();
        for start in ["bootstrap/app.php", "bootstrap/autoload.php"] {
            let Some(script) = self.app.script(start) else { continue };
            let evaluator = Evaluator::new(self);
            for statement in &script.file.statements {
                if let StatementKind::Expr(expr) = &statement.kind
                    && let ExprKind::Include { path, .. } = &expr.kind
                    && let Some(path) =
                        evaluator.expression(&script.source, path).as_str().and_then(paths::inside)
                    && !path.starts_with("vendor/")
                {
                    files.push(path);
                }
            }
        }
        files
    }
}

impl Host for LaravelHost<'_> {
    fn call(&self, name: &str, args: &[Value], place: &Place) -> Option<Value> {
        let text = |index: usize| args.get(index).and_then(Value::as_str);
        let own = name.strip_prefix(writes::REPOSITORY).map(|method| format!("config{method}"));
        match own.as_deref().unwrap_or(name) {
            "env" => Some(self.env(args, place)),
            "getenv" => match text(0) {
                Some(name) => Some(self.raw(name, args.first(), place, Kind::Bool(false))),
                None => Some(Value::unknown(Reason::new("the whole environment is read"))),
            },
            "config" => Some(self.config(args)),
            "config->get" => Some(self.config(args.get(1..).unwrap_or_default())),
            "config->set" => {
                writes::set(&mut self.repository.borrow_mut(), args.get(1..).unwrap_or_default());
                Some(Value::null())
            }
            "app" if text(0) == Some("config") => Some(self.config(&[])),
            "app" if args.is_empty() => Some(Value::new(Kind::Object(paths::APPLICATION.into()))),
            _ => None,
        }
        .or_else(|| paths::call(self, name, args))
        .or_else(|| machine::call(self, name, args))
        .or_else(|| {
            let major = self.app.version_or_newest().major;
            let unknown = args.iter().find_map(Value::deep_reason).cloned();
            let result = illuminate::helper(name, args, major)?;
            let kind = match unknown {
                Some(reason) => Kind::Unknown(reason),
                None => result.unwrap_or_else(Kind::Unknown),
            };
            Some(join_trails(Value::new(kind), args))
        })
    }

    fn static_call(&self, class: &str, method: &str, args: &[Value], place: &Place) -> Option<Value> {
        // The facades' short names are aliases that the framework registers (config/app.php `aliases`).
        let class = match class {
            "Str" => "Illuminate\\Support\\Str",
            "Arr" => "Illuminate\\Support\\Arr",
            "Env" => "Illuminate\\Support\\Env",
            class => class,
        };
        if matches!(class, "Config" | "Illuminate\\Support\\Facades\\Config") {
            let this = [&[Value::null()][..], args].concat();
            return matches!(method, "get" | "set")
                .then(|| self.call(&format!("config->{method}"), &this, place))?;
        }
        if class == "Illuminate\\Support\\Env" && method == "get" {
            return Some(self.env(args, place));
        }
        if let Some(value) = packages::static_call(self, class, method) {
            return Some(value);
        }
        let result = illuminate::static_call(class, method, args, self.app.version_or_newest().major)?;
        let unknown = args.iter().find_map(Value::deep_reason).cloned();
        Some(Value::new(unknown.map_or_else(|| result.unwrap_or_else(Kind::Unknown), Kind::Unknown)))
    }

    fn constant(&self, name: &str) -> Option<Value> {
        machine::constant(name)
    }

    fn class_constant(&self, class: &str, name: &str) -> Option<Value> {
        machine::class_constant(class, name)
    }

    fn superglobal(&self, _name: &str, key: &Value, place: &Place) -> Option<Value> {
        Some(self.raw(key.as_str()?, Some(key), place, Kind::Null))
    }

    fn variable_written(&self, name: Option<&str>) {
        self.written.borrow_mut().insert(name.map(str::to_owned));
    }

    fn class(&self, name: &str) -> Option<(Arc<Class>, Arc<Source>)> {
        find_class(self.app, name)
    }

    fn function(&self, name: &str) -> Option<Helper> {
        if self.helpers.borrow().is_none() {
            let helpers = self.helper_files();
            *self.helpers.borrow_mut() = Some(helpers);
        }
        self.helpers.borrow().as_ref()?.get(name).cloned()
    }

    fn script(&self, path: &str) -> Option<Script> {
        self.app.script(&paths::inside(path)?)
    }

    fn path_of(&self, source: &Source) -> String {
        let relative = self.app.tree.relative(source.path()).unwrap_or(source.path());
        format!("{}/{relative}", paths::ROOT)
    }
}

impl LaravelHost<'_> {
    /// The config folder of the app.
    pub(super) const fn config_folder(&self) -> &str {
        self.config_folder
    }

    /// The variables, once the env file is loaded.
    pub(super) const fn variables_or_none(&self) -> Option<&Variables> {
        self.variables
    }
}

/// The value under a dot key; `None` when it is known to be absent.
pub(super) fn lookup(repository: &Array, key: &str) -> Option<Value> {
    if let Some(value) = repository.get_text(key) {
        return Some(value.clone());
    }
    let mut array = repository;
    let mut whole = Value::null();
    let mut parts = key.split('.').peekable();
    while let Some(part) = parts.next() {
        let Some(value) = array.get(&Key::from_text(part)) else {
            return array.open().map(|reason| Value::unknown(reason.clone()));
        };
        let entry = inherit(value.clone(), &whole);
        if parts.peek().is_none() {
            return Some(entry);
        }
        whole = entry;
        match &value.kind {
            Kind::Array(inner) => array = inner,
            Kind::Unknown(reason) => return Some(Value::unknown(reason.clone())),
            _ => return None,
        }
    }
    None
}

/// The name of a variable as it may be told: not when it was computed from other variables.
fn told(name: &Arc<str>, given: &Value) -> Arc<str> {
    if given.trail.is_empty() { Arc::clone(name) } else { "a variable with a computed name".into() }
}

fn step(step: Step, name: &Arc<str>, place: &Place) -> TrailStep {
    TrailStep { step, place: Some(place.clone()), note: Note::Variable(Arc::clone(name)) }
}

fn join_trails(value: Value, args: &[Value]) -> Value {
    let trail = args.iter().map(|arg| &arg.trail).find(|trail| !trail.is_empty()).cloned();
    value.with_trail(trail.unwrap_or_default())
}

/// Functions of a helper file, also those behind `if (! function_exists('x'))`.
fn collect_functions(statements: &[Statement], source: &Arc<Source>, found: &mut BTreeMap<String, Helper>) {
    for statement in statements {
        match &statement.kind {
            StatementKind::Function(function) => {
                found
                    .entry(function.name.to_ascii_lowercase())
                    .or_insert_with(|| (Arc::clone(function), Arc::clone(source)));
            }
            // Which of several declarations counts is only known at run time; `if (! function_exists(..))` is the
            // common guard, and has one.
            StatementKind::If { branches, otherwise } if branches.len() == 1 && otherwise.is_empty() => {
                let guarded = branches.iter().filter(|(condition, _)| is_function_guard(condition));
                guarded.for_each(|(_, body)| collect_functions(body, source, found));
            }
            StatementKind::Block(inner) => collect_functions(inner, source, found),
            _ => {}
        }
    }
}

/// `! function_exists('x')`
fn is_function_guard(condition: &Expr) -> bool {
    let ExprKind::Unary { op: UnaryOp::Not, operand } = &condition.kind else { return false };
    matches!(&operand.kind, ExprKind::Call { function, .. }
        if function.full.eq_ignore_ascii_case("function_exists")
            || function.fallback.as_ref().is_some_and(|name| name.eq_ignore_ascii_case("function_exists")))
}

//! `deploy.php`, read as far as it is written out: hosts, what is shared, what tasks run.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::hosts::{Host, count};
use super::inventory;
use super::recipe::Recipe;
use crate::deploy::reading::{Document, MAX_PARTS, script};
use crate::deploy::{Command, Files, When, join};
use crate::discover::Skipped;
use crate::facts::Place;
use crate::parse::php::tree::{Arg, Expr, ExprKind, Name, Statement, StatementKind};
use crate::parse::php::{self, walk};
use crate::text::{Source, Span};

/// How many commands of tasks are kept.
const MAX_COMMANDS: usize = 500;

/// Whether a text is a recipe of Deployer: other tools have a `deploy.php` too.
pub(super) fn is_recipe(text: &str) -> bool {
    text.contains("Deployer") && text.contains("host(")
}

pub(super) fn read(files: &Files<'_>, source: &Arc<Source>, folder: &str) -> Option<Recipe> {
    let file = php::parse(source.text());
    if let Some(error) = file.errors.first() {
        let line = source.position(error.span.start).line;
        let reason = format!("not PHP: line {line}: {}", error.message);
        files.skip(Skipped { path: source.path().to_string(), reason });
        return None;
    }
    let mut reader = Reader {
        files,
        folder,
        recipe: Recipe::new(Arc::clone(source)),
        seen: BTreeSet::new(),
        loops: Vec::new(),
    };
    reader.statements(&file.statements);
    Some(reader.recipe)
}

struct Reader<'f, 'd> {
    files: &'f Files<'d>,
    folder: &'f str,
    recipe: Recipe,
    /// Calls of `host()` that were read with what is chained to them.
    seen: BTreeSet<Span>,
    loops: Vec<Span>,
}

impl Reader<'_, '_> {
    fn place(&self, span: Span) -> Place {
        Place::new(&self.recipe.source, span)
    }

    fn statements(&mut self, statements: &[Statement]) {
        walk::statements(statements, &mut |node| match node {
            walk::Node::Statement(Statement { kind, span }) => {
                if matches!(kind, StatementKind::Foreach { .. } | StatementKind::Loop { .. }) {
                    self.loops.push(*span);
                }
            }
            walk::Node::Expr(expr) => self.expression(expr),
        });
    }

    fn expression(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::MethodCall { .. } => {
                let (root, chain) = chained(expr);
                if let ExprKind::Call { function, args } = &root.kind {
                    self.host(root.span, function, args, &chain);
                }
            }
            ExprKind::Include { path, .. } if text(path).is_some_and(is_laravel) => {
                let place = self.place(expr.span);
                self.recipe.of_laravel(&place);
            }
            ExprKind::Call { function, args } => {
                self.host(expr.span, function, args, &[]);
                self.call(last(function), args);
            }
            _ => {}
        }
    }

    /// `host('a', 'b')->stage('production')`.
    fn host(&mut self, span: Span, function: &Name, args: &[Arg], chain: &[(&str, &[Arg])]) {
        let is_local = last(function) == "localhost";
        let is_host = is_local || last(function) == "host";
        if !is_host || self.recipe.hosts.len() >= MAX_PARTS || !self.seen.insert(span) {
            return;
        }
        let setting = |key: &str| {
            let set = chain.iter().filter(|(method, _)| *method == "set");
            set.filter_map(|(_, args)| args.split_first())
                .find(|(first, _)| text(&first.value) == Some(key))
                .and_then(|(_, rest)| rest.first())
                .map(|arg| &arg.value)
        };
        let method = |name: &str| chain.iter().find(|(method, _)| *method == name).map(|(_, args)| *args);
        let labels = method("setLabels")
            .and_then(|args| args.first())
            .map(|arg| &arg.value)
            .or_else(|| setting("labels"));
        let label = |key: &str| labels.and_then(|labels| item(labels, key)).and_then(text);
        let stage = method("stage")
            .and_then(|args| text(&args.first()?.value))
            .or_else(|| setting("stage").and_then(text))
            .or_else(|| label("stage"))
            .or_else(|| label("env"));
        if is_local && stage.is_none() {
            return;
        }
        let deploy_path = method("setDeployPath").and_then(|args| args.first()).map(|arg| &arg.value);
        let deploy_path = deploy_path.or_else(|| setting("deploy_path")).and_then(text);
        let roles = method("roles").unwrap_or_default().iter().map(|arg| &arg.value);
        let roles: Vec<Arc<str>> =
            roles.flat_map(texts).map(|(role, _)| role.into()).chain(label("role").map(Arc::from)).collect();
        let in_loop = self.loops.iter().any(|lines| lines.start <= span.start && span.end <= lines.end);
        self.recipe.is_open |= in_loop;
        for arg in args.iter().take(MAX_PARTS) {
            let Some(name) = text(&arg.value) else {
                self.recipe.is_open = true;
                continue;
            };
            self.recipe.hosts.push(Host {
                name: name.into(),
                stage: stage.map(Arc::from),
                roles: roles.clone(),
                deploy_path: deploy_path.map(Arc::from),
                count: count(name),
                place: self.place(arg.value.span),
            });
        }
        self.recipe.hosts.truncate(MAX_PARTS);
    }

    fn call(&mut self, function: &str, args: &[Arg]) {
        let first = args.first().map(|arg| &arg.value);
        let second = args.get(1).map(|arg| &arg.value);
        match (function, first.and_then(text), second) {
            ("set" | "add", Some(key @ ("shared_dirs" | "shared_files")), Some(value)) => {
                let found: Vec<_> =
                    texts(value).into_iter().map(|(text, span)| (text.into(), self.place(span))).collect();
                let slot = if key == "shared_dirs" {
                    &mut self.recipe.shared_dirs
                } else {
                    &mut self.recipe.shared_files
                };
                if function == "set" {
                    slot.clear();
                }
                slot.extend(found);
                slot.truncate(MAX_PARTS);
            }
            ("set", Some("deploy_path"), Some(value)) => self.recipe.deploy_path = text(value).map(Arc::from),
            ("import" | "inventory", Some(path), _) => self.import(path, first),
            ("task", _, Some(body)) => self.task(body),
            ("before" | "after", _, Some(task)) => {
                self.known_task(task);
                self.task(task);
            }
            _ => {}
        }
    }

    fn import(&mut self, path: &str, at: Option<&Expr>) {
        if path.contains("recipe/") {
            if is_laravel(path) {
                let place = self.place(at.map_or(Span::new(0, 0), |expr| expr.span));
                self.recipe.of_laravel(&place);
            }
            return;
        }
        let path = join(self.folder, path.trim_start_matches("__DIR__"));
        match path.and_then(|path| Document::open(self.files, &path)) {
            Some(document) => self.recipe.hosts.extend(inventory::hosts(&document)),
            None => self.recipe.is_open = true,
        }
        self.recipe.hosts.truncate(MAX_PARTS);
    }

    /// What a task runs; of a list of tasks, those of recipe/laravel.php that run `artisan`.
    fn task(&mut self, body: &Expr) {
        match &body.kind {
            ExprKind::Closure(function) => {
                walk::statements(&function.body, &mut |node| {
                    if let walk::Node::Expr(Expr { kind: ExprKind::Call { function, args }, .. }) = node {
                        self.in_task(last(function), args);
                    }
                });
            }
            ExprKind::Str(command) if command.contains(' ') => {
                self.run(command, body.span);
            }
            ExprKind::Array(items) => {
                items.iter().filter_map(|item| item.value.as_ref()).for_each(|task| self.known_task(task));
            }
            _ => {}
        }
    }

    fn in_task(&mut self, function: &str, args: &[Arg]) {
        let argument = |at: usize| args.get(at).and_then(|arg| Some((text(&arg.value)?, arg.value.span)));
        match (function, argument(0), argument(1)) {
            ("run", Some((command, span)), _) => self.run(command, span),
            ("upload", Some((from, span)), Some((to, _))) if to.ends_with("/.env") => {
                self.recipe.env_upload = Some((from.into(), self.place(span)));
            }
            _ => {}
        }
    }

    fn run(&mut self, command: &str, span: Span) {
        let text = command.replace("{{bin/php}}", "php");
        let source = Arc::clone(&self.recipe.source);
        let room = MAX_COMMANDS.saturating_sub(self.recipe.commands.len());
        let guard: Arc<str> = "only in its task".into();
        for mut command in script(&source, &text, span, When::Release).into_iter().take(room) {
            command.guard.get_or_insert_with(|| Arc::clone(&guard));
            self.recipe.commands.push(command);
        }
    }

    /// `artisan:queue:restart` is a task of recipe/laravel.php that runs the command of that name.
    fn known_task(&mut self, task: &Expr) {
        let Some(name) = text(task).and_then(|name| name.strip_prefix("artisan:")) else { return };
        if self.recipe.commands.len() < MAX_COMMANDS {
            let words = ["php", "artisan", name].into_iter().map(|word| Some(Arc::from(word))).collect();
            let place = self.place(task.span);
            self.recipe.commands.push(Command { when: When::Release, words, place, guard: None });
        }
    }
}

fn is_laravel(recipe: &str) -> bool {
    recipe.contains("recipe/laravel")
}

/// The call that methods are chained to, and the methods.
fn chained(expr: &Expr) -> (&Expr, Vec<(&str, &[Arg])>) {
    let mut chain = Vec::new();
    let mut root = expr;
    while let ExprKind::MethodCall { object, method, args, .. } = &root.kind {
        chain.push((&**method, args.as_slice()));
        root = object;
    }
    (root, chain)
}

fn last(name: &Name) -> &str {
    name.full.rsplit('\\').next().unwrap_or(&name.full)
}

fn text(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Str(text) => Some(text),
        _ => None,
    }
}

/// A text, or the texts of an array.
fn texts(expr: &Expr) -> Vec<(&str, Span)> {
    match &expr.kind {
        ExprKind::Str(text) => vec![(text, expr.span)],
        ExprKind::Array(items) => items
            .iter()
            .filter_map(|item| item.value.as_ref())
            .filter_map(|value| Some((text(value)?, value.span)))
            .collect(),
        _ => Vec::new(),
    }
}

/// The value of a key of an array.
fn item<'e>(array: &'e Expr, key: &str) -> Option<&'e Expr> {
    let ExprKind::Array(items) = &array.kind else { return None };
    let found = items.iter().find(|item| item.key.as_ref().and_then(text) == Some(key))?;
    found.value.as_ref()
}

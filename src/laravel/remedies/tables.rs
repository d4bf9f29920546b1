//! Which tables the app's migrations make.

use crate::laravel::app::App;
use crate::parse::php::tree::{Arg, Class, ClassRef, ExprKind, Statement, StatementKind};
use crate::parse::php::walk::{self, Node};

/// Migrations that are looked at; an app has some hundreds.
const MAX_FILES: usize = 5_000;

/// Whether a migration of the app makes the table of this name.
pub fn is_made(app: &App, table: &str) -> bool {
    let folder = "database/migrations";
    app.tree.names(folder).iter().filter(|name| name.ends_with(".php")).take(MAX_FILES).any(|name| {
        let path = format!("{folder}/{name}");
        // Most migrations do not name the table: only the others are parsed.
        let text = app.tree.read(&path).ok().flatten();
        text.is_some_and(|text| text.text().contains(table))
            && app.script(&path).is_some_and(|script| makes(&script.file.statements, table))
    })
}

/// Whether statements hold `Schema::create('table', ..)` or `Schema::connection(..)->create('table', ..)`.
fn makes(statements: &[Statement], table: &str) -> bool {
    let mut found = false;
    let named = |args: &[Arg]| matches!(args.first().map(|arg| &arg.value.kind), Some(ExprKind::Str(name)) if name.as_ref() == table);
    walk::statements(statements, &mut |node| match node {
        Node::Expr(expr) => match &expr.kind {
            ExprKind::StaticCall { class: ClassRef::Named(class), method, args } => {
                let schema = class.rsplit('\\').next() == Some("Schema");
                found |= schema && method.eq_ignore_ascii_case("create") && named(args);
            }
            ExprKind::MethodCall { method, args, .. } => {
                found |= method.eq_ignore_ascii_case("create") && named(args);
            }
            ExprKind::New { class: ClassRef::Anonymous(class), .. } => found |= class_makes(class, table),
            _ => {}
        },
        Node::Statement(statement) => {
            if let StatementKind::Class(class) = &statement.kind {
                found |= class_makes(class, table);
            }
        }
    });
    found
}

/// Whether the `up()` of a migration makes the table.
fn class_makes(class: &Class, table: &str) -> bool {
    class.methods.iter().any(|method| method.name.as_ref() == "up" && makes(&method.body, table))
}

#[cfg(test)]
mod tests {
    use super::makes;
    use crate::parse::php;

    #[test]
    fn only_a_table_that_is_made_counts() {
        let up = |body: &str| {
            format!(
                "<?php\nreturn new class extends Migration {{ public function up(): void {{ {body} }} }};"
            )
        };
        for (text, made) in [
            (up("Schema::create('sessions', function ($table) {});"), true),
            (
                up(
                    "if (! Schema::hasTable('x')) { \\Illuminate\\Support\\Facades\\Schema::create('sessions', fn ($t) => 1); }",
                ),
                true,
            ),
            (up("Schema::connection('shop')->create('sessions', fn ($t) => 1);"), true),
            (
                "<?php\nclass A extends Migration { function up() { Schema::create('sessions', 1); } }"
                    .to_owned(),
                true,
            ),
            (up("// Schema::create('sessions')"), false),
            (up("Schema::dropIfExists('sessions');"), false),
            (up("Schema::create('user_sessions', fn ($t) => 'sessions');"), false),
            ("<?php\nclass A { function down() { Schema::create('sessions', 1); } }".to_owned(), false),
        ] {
            assert_eq!(makes(&php::parse(&text).statements, "sessions"), made, "{text}");
        }
    }
}

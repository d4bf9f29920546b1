//! Spans, by the text under them.

use super::valid;
use crate::{
    parse::php::tree::{Expr, ExprKind, Part, StatementKind},
    text::Span,
};

fn returned(text: &str) -> Expr {
    for statement in valid(text).statements {
        if let StatementKind::Return(Some(value)) = statement.kind {
            return value;
        }
    }
    panic!("{text}")
}

fn under(text: &str, span: Span) -> &str {
    &text[span.range()]
}

#[test]
fn of_a_statement_and_its_expression() {
    let text = "é<?php\nreturn ( env('A', 'é') ) ;";
    let value = returned(text);
    assert_eq!(under(text, value.span), "env('A', 'é')");
    let ExprKind::Call { args, .. } = value.kind else { panic!() };
    assert_eq!(under(text, args[1].value.span), "'é'");
    assert_eq!(under(text, valid(text).statements[1].span), "return ( env('A', 'é') ) ;");
}

#[test]
fn of_array_items() {
    let text = "<?php return ['driver' => ('file'), ...$more, 'x'];";
    let ExprKind::Array(items) = returned(text).kind else { panic!() };
    let spans: Vec<_> = items.iter().map(|item| under(text, item.span)).collect();
    assert_eq!(spans[1..], ["...$more", "'x'"]);
    assert!(spans[0].starts_with("'driver' => "), "{}", spans[0]);
    let value = items[0].value.as_ref().unwrap();
    assert_eq!(under(text, value.span), "'file'");
}

#[test]
fn of_parts_of_strings() {
    for text in ["<?php return \"é\\n$a {$b['c']}\";", "<?php return <<<X\n  é\\n$a\n  {$b['c']}\n  X;"] {
        let ExprKind::Interpolated(parts) = returned(text).kind else { panic!() };
        let spans: Vec<_> = parts
            .iter()
            .filter_map(|part| match part {
                Part::Expr(value) => Some(under(text, value.span)),
                Part::Text(_) => None,
            })
            .collect();
        assert_eq!(spans, ["$a", "$b['c']"]);
    }
}

#[test]
fn of_a_chain() {
    let text = "<?php return 'a' . 'b' . 'c';";
    let value = returned(text);
    assert_eq!(under(text, value.span), "'a' . 'b' . 'c'");
    let ExprKind::Binary { left, .. } = value.kind else { panic!() };
    assert_eq!(under(text, left.span), "'a' . 'b'");
}

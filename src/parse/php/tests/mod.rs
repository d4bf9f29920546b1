//! Tables of PHP and the tree it must become, written out by `render`.

mod classes;
mod depth;
mod errors;
mod exprs;
mod names;
mod render;
mod spans;
mod statements;
mod strings;

use super::{parse, tree::File};

/// Parses what must be free of errors.
fn valid(text: &str) -> File {
    let file = parse(text);
    assert!(file.errors.is_empty(), "{text}\n{:?}", file.errors);
    file
}

/// Checks each PHP text, put after `<?php `, against the statements it must become.
fn check(cases: &[(&str, &str)]) {
    for (php, expected) in cases {
        let file = valid(&format!("<?php {php}"));
        assert_eq!(render::statements(&file.statements), *expected, "{php}");
    }
}

/// Checks each expression, put after `<?php return `.
fn check_exprs(cases: &[(&str, &str)]) {
    for (php, expected) in cases {
        let file = valid(&format!("<?php return {php};"));
        let rendered = render::statements(&file.statements);
        assert_eq!(rendered, format!("return {expected};"), "{php}");
    }
}

//! Which calls mean what. Data: `rules/laravel/calls.toml`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

/// What a chain of calls can start at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Root {
    pub name: String,
    pub alias: Option<String>,
    #[serde(default)]
    pub classes: Vec<String>,
    #[serde(default)]
    pub services: Vec<String>,
    #[serde(default)]
    pub helpers: Vec<String>,
    #[serde(default)]
    pub variables: Vec<String>,
}

/// One shape that means something.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Shape {
    pub id: String,
    pub literals: Vec<String>,
    #[serde(rename = "literals-besides")]
    pub besides: Vec<String>,
    pub on: Vec<String>,
    pub through: Vec<String>,
    pub methods: Vec<String>,
    pub functions: Vec<String>,
    pub superglobals: Vec<String>,
    pub new: Vec<String>,
    pub implements: Vec<String>,
    pub extends: Vec<String>,
    pub traits: Vec<String>,
    pub properties: Vec<String>,
    pub target: Option<usize>,
    pub when: When,
}

/// What must hold besides.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct When {
    pub argument: Option<usize>,
    pub starts: Vec<String>,
    pub writes: Option<usize>,
    pub path: Option<usize>,
    pub array: Option<usize>,
    pub later: Vec<String>,
    pub just_after: Vec<String>,
    pub traits: Vec<String>,
    pub extends: Vec<String>,
    pub implements: Vec<String>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Rows {
    #[serde(rename = "source")]
    _source: String,
    root: Vec<Root>,
    call: Vec<Shape>,
    delete: Vec<Shape>,
}

type Named = HashMap<String, Vec<&'static Shape>>;

/// The shapes by the names that they wait for, in lower case as PHP compares them.
#[derive(Debug, Default)]
pub struct Shapes {
    pub roots: &'static [Root],
    pub all: &'static [Shape],
    pub methods: Named,
    pub functions: Named,
    pub new: Named,
    pub superglobals: Named,
    /// Those that wait for a class declaration.
    pub classes: Vec<&'static Shape>,
    pub properties: Named,
    /// Calls that delete a file, by method and by function.
    pub deletes: Named,
}

/// The shapes, read once.
pub fn shapes() -> &'static Shapes {
    static SHAPES: OnceLock<Shapes> = OnceLock::new();
    SHAPES.get_or_init(|| {
        static ROWS: OnceLock<Rows> = OnceLock::new();
        index(ROWS.get_or_init(|| packed!("laravel-calls.json").unwrap_or_default()))
    })
}

/// A name as PHP compares it.
pub fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Whether a list holds a name, as PHP compares names of classes, functions and methods.
pub fn has(list: &[String], name: &str) -> bool {
    list.iter().any(|one| one.eq_ignore_ascii_case(name))
}

fn index(rows: &'static Rows) -> Shapes {
    let mut shapes = Shapes { roots: &rows.root, all: &rows.call, ..Shapes::default() };
    let add = |into: &mut Named, names: &[String], shape: &'static Shape| {
        for name in names {
            into.entry(name.to_ascii_lowercase()).or_default().push(shape);
        }
    };
    for shape in &rows.call {
        add(&mut shapes.methods, &shape.methods, shape);
        add(&mut shapes.functions, &shape.functions, shape);
        add(&mut shapes.new, &shape.new, shape);
        add(&mut shapes.superglobals, &shape.superglobals, shape);
        add(&mut shapes.properties, &shape.properties, shape);
        if !(shape.implements.is_empty() && shape.extends.is_empty() && shape.traits.is_empty()) {
            shapes.classes.push(shape);
        }
    }
    for shape in &rows.delete {
        add(&mut shapes.deletes, &shape.methods, shape);
        add(&mut shapes.deletes, &shape.functions, shape);
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_can_match() {
        let rows: Result<Rows, _> = packed!("laravel-calls.json");
        let rows = rows.unwrap();
        assert!(rows.call.len() > 40 && rows.root.len() > 10);
        let roots: Vec<&str> = rows.root.iter().map(|root| root.name.as_str()).collect();
        for shape in &rows.call {
            assert!(!shape.literals.is_empty(), "{} has no literal", shape.id);
            for on in &shape.on {
                assert!(on == "*" || roots.contains(&on.as_str()), "{}: {on} is no root", shape.id);
            }
            assert_eq!(
                shape.on.is_empty(),
                shape.methods.is_empty(),
                "{}: on and methods go together",
                shape.id
            );
        }
        assert!(rows.delete.iter().all(|shape| !shape.methods.is_empty() || !shape.functions.is_empty()));
    }
}

//! Attributes: what is for tests only, what needs a feature.

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Lit, Meta, Token};

use super::outline::Condition;
use super::types;

/// Attributes whose last name makes a function a test or part of one.
const TESTS: &[&str] = &[
    "test",
    "bench",
    "rstest",
    "test_case",
    "proptest",
    "quickcheck",
    "wasm_bindgen_test",
    "fixture",
    "apply",
];
/// `cfg` names of builds that serve nobody.
const NEVER: &[&str] =
    &["test", "debug_assertions", "doctest", "miri", "loom", "fuzzing", "bench", "doc", "docsrs"];

/// Whether code with these attributes is in a build that serves, and what must hold for it; `None`: never.
pub fn conditions(attributes: &[Attribute]) -> Option<Vec<Condition>> {
    let mut found = Vec::new();
    for attribute in attributes {
        let path = attribute.path();
        if path.segments.last().is_some_and(|last| TESTS.iter().any(|name| last.ident == name)) {
            return None;
        }
        if path.is_ident("cfg")
            && let Ok(meta) = attribute.parse_args::<Meta>()
        {
            found.extend(of(&meta, false)?);
        }
    }
    Some(found)
}

/// The conditions of what stands in `cfg(..)` or `cfg!(..)`.
pub fn of(meta: &Meta, not: bool) -> Option<Vec<Condition>> {
    match meta {
        Meta::Path(path) => {
            let never = NEVER.iter().any(|name| path.is_ident(name));
            if never && !not { None } else { Some(Vec::new()) }
        }
        Meta::NameValue(pair) => Some(match text(&pair.value) {
            Some(name) if pair.path.is_ident("feature") => vec![Condition::Feature { name, not }],
            _ => Vec::new(),
        }),
        Meta::List(list) => {
            let inner = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
            let inner: Vec<Meta> = inner.map(|list| list.into_iter().collect()).unwrap_or_default();
            let all = |not| inner.iter().map(move |meta| of(meta, not));
            if list.path.is_ident("not") {
                all(!not).collect::<Option<Vec<_>>>().map(|lists| lists.concat())
            } else if list.path.is_ident("any") != not {
                any(&inner, not)
            } else {
                all(not).collect::<Option<Vec<_>>>().map(|lists| lists.concat())
            }
        }
    }
}

/// One of several holds. What is for tests or for some feature is for tests.
fn any(list: &[Meta], not: bool) -> Option<Vec<Condition>> {
    if !not && list.iter().any(|meta| matches!(meta, Meta::Path(path) if path.is_ident("test"))) {
        return None;
    }
    let lists: Vec<Vec<Condition>> = list.iter().filter_map(|meta| of(meta, not)).collect();
    if lists.is_empty() {
        return None;
    }
    Some(if lists.iter().any(Vec::is_empty) { Vec::new() } else { lists.concat() })
}

/// The text of `#[name = "text"]`.
pub fn value(attributes: &[Attribute], name: &str) -> Option<String> {
    attributes.iter().find(|attribute| attribute.path().is_ident(name)).and_then(|attribute| match &attribute
        .meta
    {
        Meta::NameValue(pair) => text(&pair.value),
        _ => None,
    })
}

fn text(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(it) => match &it.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether an attribute is one that the compiler knows: it names no macro of a crate.
pub fn is_built_in(attribute: &Attribute) -> bool {
    const KNOWN: &[&str] = &[
        "doc",
        "cfg",
        "cfg_attr",
        "derive",
        "allow",
        "expect",
        "warn",
        "deny",
        "forbid",
        "inline",
        "must_use",
        "path",
        "serde",
        "macro_use",
        "non_exhaustive",
        "repr",
        "default",
        "error",
        "from",
        "rustfmt",
    ];
    let path = types::path(attribute.path());
    path.single().is_some_and(|name| KNOWN.contains(&name))
}

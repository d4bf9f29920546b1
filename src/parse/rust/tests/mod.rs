use super::*;

/// The paths that a text names, each with how.
fn named(text: &str) -> Vec<String> {
    outline(text)
        .mentions
        .iter()
        .map(|one| format!("{:?} {}", one.as_a, one.path.segments.join("::")))
        .collect()
}

#[test]
fn paths_are_named_where_they_stand() {
    for (text, expected) in [
        ("fn f() { a::b(c); }", &["Call a::b", "Value c"][..]),
        ("type A = b::C<D>;", &["Type b::C", "Type D"]),
        ("#[x::y(z = 1)] fn f() {}", &["Attribute x::y"]),
        ("fn f() { vec![a::b(), c]; }", &["Macro vec", "Call a::b", "Value c"]),
        ("fn f() { select! { x = a::b() => { c::d() } } }", &["Macro select", "Token a::b", "Token c::d"]),
        ("lazy_static! { static ref A: B = c(); }", &["Macro lazy_static", "Type B", "Call c"]),
        ("thread_local! { static A: B = const { c() }; }", &["Macro thread_local", "Type B", "Call c"]),
        (
            "cfg_if! { if #[cfg(test)] { fn a() { b(); } } else { fn c() { d(); } } }",
            &["Macro cfg_if", "Call d"],
        ),
        ("#[cfg(test)] mod a { fn b() { c(); } } #[test] fn d() { e(); }", &[]),
        ("#[cfg(any(test, feature = \"x\"))] fn a() { b(); }", &[]),
        ("#[cfg(not(test))] fn a() { b(); }", &["Call b"]),
        ("#[cfg(debug_assertions)] fn a() { b(); }", &[]),
        ("fn test_state() { b(); } fn f() { #[cfg(test)] b(); }", &[]),
        ("fn f(a: B<C>) -> D { E { f: g } }", &["Type B", "Type C", "Type D", "Value E", "Value g"]),
        ("\u{feff}#!/usr/bin/run\nfn f() { a(); }", &["Call a"]),
        // Refused by the parser: tokens.
        ("use a::B; fn f() { B::c( } }", &[]),
        ("use a::B; fn f( { B::c(); ) }", &[]),
        ("fn f() { let = B::c(); } #[cfg(test)] mod t { D::e }", &["Token B::c"]),
    ] {
        assert_eq!(named(text), expected, "{text}");
    }
}

#[test]
fn places_are_bytes_of_the_text() {
    for text in [
        "\u{feff}fn f() { é::MemoryStore(); }",
        "#!/bin/x\nfn f() { é::MemoryStore(); }",
        "fn f() { let = é::MemoryStore; }",
    ] {
        let outline = outline(text);
        let span = outline.mentions[0].span;
        assert_eq!(&text[span.range()], "é::MemoryStore", "{text}");
    }
}

#[test]
fn nothing_overflows_the_stack() {
    let (few, many) = (300, 100_000);
    for (start, middle, end) in [
        ("fn f() { ", "-", "1 }"),
        ("fn f() { ", "(", ""),
        ("fn f() { 1", "+1", " }"),
        ("fn f() { a", ".b()", " }"),
        ("fn f() { ", "|| ", "1 }"),
        ("type A = ", "Box<", ""),
        ("type A = ", "&", "B;"),
        ("fn f() { ", "if a {} else ", "{} }"),
        ("fn f() { x!", "{", ""),
        ("use ", "a::{", ""),
        ("", "mod a { ", ""),
    ] {
        for count in [few, many] {
            let close = match middle {
                "(" => ")".repeat(count) + "}",
                "Box<" => format!("B{};", ">".repeat(count)),
                "{" => "}".repeat(count) + "}",
                "a::{" => "b".to_owned() + &"}".repeat(count) + ";",
                "mod a { " => "}".repeat(count),
                _ => String::new(),
            };
            let text = format!("{start}{}{close}{end}", middle.repeat(count));
            let outline = outline(&text);
            assert_eq!(
                outline.refused.is_some(),
                count == many,
                "{start}{middle} {count}: {:?}",
                outline.refused
            );
        }
    }
}

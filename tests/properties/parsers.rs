//! Text to syntax: any text.

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use unstick::parse::dotenv::{self, Version};
use unstick::parse::{json, php};
use unstick::text::{Source, Span, mask_urls, secrets_of_urls};

use super::holds;
use super::mutate::{DOTENV, JSON, PHP, mutated};

const VERSIONS: &[&str] = &[
    "1.0.9", "1.1.1", "2.0.1", "2.4.0", "2.6.9", "3.0.0", "3.3.3", "3.6.10", "4.0.1", "4.3.0", "5.0.0",
    "5.4.1", "5.6.2", "6.0",
];

fn fits(text: &str, span: Span) -> bool {
    span.start <= span.end && text.get(span.range()).is_some()
}

fn any_text() -> BoxedStrategy<String> {
    prop_oneof![
        "\\PC{0,80}",
        prop::collection::vec(any::<char>(), 0..80).prop_map(|chars| chars.into_iter().collect::<String>()),
        "[A-C=#\"'\\\\$\\{\\} \t\r\n]{0,60}",
    ]
    .boxed()
}

fn dotenv_text() -> impl Strategy<Value = (String, &'static str)> {
    (prop_oneof![1 => any_text(), 2 => mutated(DOTENV).boxed()], prop::sample::select(VERSIONS))
}

fn dotenv_property((text, version): (String, &'static str)) -> TestCaseResult {
    let version = Version::from_text(version).unwrap();
    let tokens = dotenv::tokenize(&text, &version);
    let joined: String =
        tokens.iter().map(|token| text.get(token.span.range()).unwrap_or("<no characters>")).collect();
    prop_assert_eq!(&joined, &text, "the tokens are not the text");
    let mut end = 0;
    for token in &tokens {
        prop_assert_eq!(token.span.start, end, "a gap between tokens");
        end = token.span.end;
    }
    let document = dotenv::read(&text, &version);
    prop_assert_eq!(&document, &dotenv::read(&text, &version));
    for entry in &document.entries {
        for span in [entry.name_span, entry.value_span, entry.line_span] {
            prop_assert!(fits(&text, span), "{:?} of {:?}", span, entry);
        }
        prop_assert!(!entry.name.is_empty());
    }
    if let Some(error) = &document.error {
        prop_assert!(fits(&text, error.span), "{:?}", error);
        prop_assert!(!error.message.is_empty());
    }
    for span in document.unclosed.iter().chain(&document.long_comments) {
        prop_assert!(fits(&text, *span));
    }
    prop_assert_eq!(dotenv::parse(&text, &version).is_ok(), document.error.is_none());
    let outer = |name: &str| (name == "A").then(|| "outer".to_owned());
    let loaded = document.load(&outer);
    prop_assert_eq!(&loaded, &document.load(&outer));
    for variable in &loaded.variables {
        prop_assert!(variable.entry < document.effective().len());
        prop_assert_eq!(loaded.get(&variable.name), Some(variable));
    }
    Ok(())
}

#[test]
fn dotenv_reads_any_text() {
    holds(2500, dotenv_text, dotenv_property);
}

#[test]
fn values_of_variables_convert() {
    holds(
        1000,
        || ("\\PC{0,12}|[\\(\\)a-z'\" ]{0,12}", 5..14_u16),
        |(raw, major)| {
            let laravel = dotenv::LaravelEnv::new(major, 0, 0);
            prop_assert_eq!(dotenv::convert(&raw, laravel), dotenv::convert(&raw, laravel));
            Ok(())
        },
    );
}

fn php_property(text: String) -> TestCaseResult {
    let file = php::parse(&text);
    let again = php::parse(&text);
    prop_assert_eq!(format!("{:?}", file), format!("{:?}", again));
    for error in &file.errors {
        prop_assert!(fits(&text, error.span), "{:?}", error);
        prop_assert!(
            !error.message.is_empty() && error.message != "the parser failed on this file",
            "{:?}",
            error
        );
    }
    for statement in &file.statements {
        prop_assert!(fits(&text, statement.span), "{:?}", statement);
    }
    Ok(())
}

#[test]
fn php_reads_any_text() {
    holds(300, any_text, php_property);
    holds(300, || any_text().prop_map(|text| format!("<?php {text}")), php_property);
}

#[test]
fn php_reads_broken_config() {
    holds(1000, || mutated(PHP), php_property);
}

#[test]
fn php_reads_generated_code() {
    holds(150, super::php_text::program, php_property);
}

#[test]
fn json_reads_any_text() {
    holds(
        1000,
        || prop_oneof![any_text(), mutated(JSON).boxed()],
        |text| {
            let read = json::read::<serde_json::Value>(&text);
            if let Err(error) = &read {
                prop_assert!(error.line <= text.lines().count() + 1);
            }
            prop_assert_eq!(read, json::read::<serde_json::Value>(&text));
            Ok(())
        },
    );
}

#[test]
fn sources_hold_any_bytes() {
    holds(
        500,
        || prop::collection::vec(prop_oneof![any::<u8>(), Just(b'\n'), Just(b'\r'), Just(0xc3)], 0..60),
        |bytes| {
            let source = Source::from_bytes("x", bytes.clone());
            prop_assert_eq!(source.text().len(), bytes.len(), "offsets moved");
            for offset in 0..=bytes.len() as u32 + 3 {
                let position = source.position(offset);
                prop_assert!(position.line >= 1 && position.column >= 1);
                prop_assert!(source.line(position.line).chars().count() as u32 + 2 >= position.column);
            }
            prop_assert_eq!((source.line(0), source.line(u32::MAX)), ("", ""));
            prop_assert_eq!((source.slice(Span::new(3, 1)), source.slice(Span::new(1, u32::MAX))), ("", ""));
            Ok(())
        },
    );
}

/// Whatever stands before the `@` of a url is gone from the masked text.
#[test]
fn urls_are_masked() {
    let url = || ("[a-z]{2,6}", "[!-~&&[^@'\"]]{0,12}", "[ -~é]{0,12}", "[a-z]{1,8}", "[ -~]{0,12}");
    holds(2000, url, |(scheme, user, password, host, rest)| {
        prop_assume!(!format!("{user}:canary{password}").contains("://"));
        let text = format!("{scheme}://{user}:canary{password}@{host}{rest}");
        prop_assert!(!mask_urls(&text).contains("canary"), "{} -> {}", text, mask_urls(&text));
        secrets_of_urls(&text).for_each(drop);
        Ok(())
    });
    holds(1000, any_text, |text| {
        prop_assert_eq!(mask_urls(&text), mask_urls(&text));
        Ok(())
    });
}

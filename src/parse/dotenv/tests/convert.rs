//! `env()` by release.

use crate::parse::dotenv::{EnvSource, EnvValue, LaravelEnv, convert};

fn text(value: &str) -> EnvValue {
    EnvValue::Str(value.to_owned())
}

#[test]
fn words_are_the_same_in_every_release() {
    for laravel in [
        LaravelEnv::new(5, 0, 0),
        LaravelEnv::new(5, 5, 0),
        LaravelEnv::new(5, 8, 0),
        LaravelEnv::new(13, 0, 0),
    ] {
        for (raw, value) in [
            ("true", EnvValue::Bool(true)),
            ("(TRUE)", EnvValue::Bool(true)),
            ("False", EnvValue::Bool(false)),
            ("(false)", EnvValue::Bool(false)),
            ("NULL", EnvValue::Null),
            ("(null)", EnvValue::Null),
            ("empty", text("")),
            ("(Empty)", text("")),
            ("", text("")),
            ("1", text("1")),
            ("yes", text("yes")),
            (" true", text(" true")),
            ("(true", text("(true")),
        ] {
            assert_eq!(convert(raw, laravel), value, "{raw:?} in {laravel:?}");
        }
    }
}

#[test]
fn quotes_by_release() {
    let releases = ["5.0.14", "5.0.15", "5.1.26", "5.7.29", "5.8.1", "5.8.2", "5.8.3", "12.0.0"];
    let rows: [(&str, [&str; 8]); 9] = [
        ("\"x\"", ["\"x\"", "x", "x", "x", "\"x\"", "x", "x", "x"]),
        ("'x'", ["'x'", "'x'", "'x'", "'x'", "'x'", "x", "x", "x"]),
        ("\"", ["\"", "", "\"", "\"", "\"", "\"", "\"", "\""]),
        ("\"\"", ["\"\"", "", "", "", "\"\"", "", "", ""]),
        ("\"x'", ["\"x'"; 8]),
        ("a\"b\"c", ["a\"b\"c", "a\"b\"c", "a\"b\"c", "a\"b\"c", "a\"b\"c", "b", "a\"b\"c", "a\"b\"c"]),
        ("\"x\ny\"", ["\"x\ny\"", "x\ny", "x\ny", "x\ny", "\"x\ny\"", "\"x\ny\"", "\"x\ny\"", "\"x\ny\""]),
        ("\"\"x\"\"", ["\"\"x\"\"", "\"x\"", "\"x\"", "\"x\"", "\"\"x\"\"", "\"x\"", "\"x\"", "\"x\""]),
        ("\"true\"", ["\"true\"", "true", "true", "true", "\"true\"", "true", "true", "true"]),
    ];
    for (raw, expected) in rows {
        for (release, expected) in releases.iter().zip(expected) {
            let mut numbers = release.split('.').map(|number| number.parse().unwrap());
            let mut next = || numbers.next().unwrap();
            let laravel = LaravelEnv::new(next(), next(), next());
            assert_eq!(convert(raw, laravel), text(expected), "{raw:?} in {release}");
        }
    }
}

#[test]
fn where_env_looks() {
    use EnvSource::{Env, Getenv, Server};
    type Row = ((u16, u16, u16), &'static [EnvSource]);
    let rows: [Row; 6] = [
        ((5, 5, 0), &[Getenv]),
        ((5, 8, 0), &[Env, Server]),
        ((5, 8, 38), &[Env, Getenv, Server]),
        ((6, 0, 0), &[Env, Server, Getenv]),
        ((7, 30, 6), &[Env, Server, Getenv]),
        ((8, 0, 0), &[Server, Env, Getenv]),
    ];
    for ((major, minor, patch), sources) in rows {
        assert_eq!(LaravelEnv::new(major, minor, patch).sources(), sources);
    }
}

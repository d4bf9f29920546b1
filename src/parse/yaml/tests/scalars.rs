use super::super::read;
use super::read_one;

#[test]
fn plain_scalars_are_known_by_their_spelling() {
    for (text, shown) in [
        ("", ""),
        ("~", "~"),
        ("null", "~"),
        ("true", "true"),
        ("False", "false"),
        ("yes", "'yes'"),
        ("off", "'off'"),
        ("1", "1"),
        ("-3", "-3"),
        ("+3", "3"),
        ("1_000", "1000"),
        ("0755", "493"),
        ("0o17", "15"),
        ("0x1F", "31"),
        ("0b11", "3"),
        ("08", "float 08"),
        ("0x", "'0x'"),
        ("1.0", "float 1.0"),
        (".5", "float .5"),
        ("1e3", "float 1e3"),
        ("-.inf", "float -.inf"),
        (".nan", "float .nan"),
        ("9223372036854775807", "9223372036854775807"),
        ("9223372036854775808", "float 9223372036854775808"),
        ("1.2.3", "'1.2.3'"),
        ("80:80", "'80:80'"),
        ("1e", "'1e'"),
        (".", "'.'"),
        ("-", "[~]"),
        ("+-5", "'+-5'"),
        ("\"1\"", "'1'"),
        ("'true'", "'true'"),
        ("!!str 5", "'5'"),
        ("!!int \"5\"", "5"),
        ("! 5", "'5'"),
        ("!Ref x", "!Ref 'x'"),
        ("!Sub \"${A}-b\"", "!Sub '${A}-b'"),
        ("!reset null", "!reset 'null'"),
        ("!GetAtt [a, b]", "!GetAtt ['a', 'b']"),
        ("!!binary aGk=", "!!binary 'aGk='"),
        ("!!map {a: 1}", "{a: 1}"),
    ] {
        assert_eq!(read_one(text), shown, "{text}");
    }
}

#[test]
fn the_text_of_a_scalar_is_its_spelling() {
    for (text, scalar) in [
        ("0755", Some("0755")),
        ("1.0", Some("1.0")),
        ("yes", Some("yes")),
        ("True", Some("True")),
        ("'a b'", Some("a b")),
        ("\"a\\tb\"", Some("a\tb")),
        ("", None),
        ("~", None),
        ("[a]", None),
        ("!Ref a", None),
    ] {
        let yaml = read(&format!("k: {text}"));
        let value = yaml.documents[0].get("k").unwrap();
        assert_eq!(value.scalar_text(), scalar, "{text}");
    }
}

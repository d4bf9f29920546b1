//! Types, numbers, filters, versions.

use super::check;

#[test]
fn tells_types() {
    check(&[
        ("is_numeric", r#"["1e3"]"#, "true"),
        ("is_numeric", r#"[" 1"]"#, "true"),
        ("is_numeric", r#"["1 "]"#, "true"),
        ("is_numeric", r#"["0x1A"]"#, "false"),
        ("is_numeric", r#"["."]"#, "false"),
        ("is_string", "[1]", "false"),
        ("is_array", "[[]]", "true"),
        ("is_int", "[1.0]", "false"),
        ("is_bool", "[false]", "true"),
        ("is_null", "[null]", "true"),
        ("is_scalar", "[null]", "false"),
        ("gettype", "[1.5]", r#""double""#),
        ("gettype", "[null]", r#""NULL""#),
        ("get_debug_type", "[1]", r#""int""#),
        ("ctype_digit", r#"["123"]"#, "true"),
        ("ctype_digit", r#"[""]"#, "false"),
        ("ctype_alpha", r#"["abC"]"#, "true"),
        ("ctype_space", r#"[" \t"]"#, "true"),
    ]);
}

#[test]
fn converts() {
    check(&[
        ("intval", r#"["12abc"]"#, "12"),
        ("intval", r#"["1e3"]"#, "1000"),
        ("intval", r#"["0x1A",16]"#, "26"),
        ("intval", r#"["0b11",0]"#, "3"),
        ("intval", r#"["012",0]"#, "10"),
        ("intval", "[1e20]", "7766279631452241920"),
        ("intval", "[[]]", "0"),
        ("intval", r#"[" 7"]"#, "7"),
        ("floatval", r#"["1.5abc"]"#, "1.5"),
        ("floatval", r#"["-.5e1"]"#, "-5.0"),
        ("strval", "[1.0]", r#""1""#),
        ("strval", "[1e25]", r#""1.0E+25""#),
        ("strval", "[0.1]", r#""0.1""#),
        ("strval", "[1e14]", r#""1.0E+14""#),
        ("strval", "[0.00001]", r#""1.0E-5""#),
        ("strval", "[true]", r#""1""#),
        ("strval", "[[]]", "!"),
        ("boolval", r#"["0"]"#, "false"),
        ("boolval", r#"["0.0"]"#, "true"),
        ("boolval", "[[]]", "false"),
    ]);
}

#[test]
fn calculates() {
    check(&[
        ("max", r#"[1,"2",1.5]"#, r#""2""#),
        ("max", r#"[["a","b"]]"#, r#""b""#),
        ("max", r#"["abc",0]"#, r#""abc""#),
        ("max", "[[]]", "!"),
        ("min", "[[3,1,2]]", "1"),
        ("min", r#"["10",9]"#, "9"),
        ("abs", "[-5]", "5"),
        ("abs", r#"["-1.5"]"#, "1.5"),
        ("floor", "[1.7]", "1.0"),
        ("ceil", "[1.2]", "2.0"),
        ("round", "[2.5]", "3.0"),
        ("round", "[-1.5]", "-2.0"),
        ("round", "[1.955,2]", "1.96"),
        ("round", "[1234.5,-2]", "1200.0"),
        ("round", "[5]", "5.0"),
        ("intdiv", "[7,-2]", "-3"),
        ("intdiv", "[1,0]", "!"),
        ("fmod", "[7.5,2]", "1.5"),
        ("pow", "[2,8]", "256"),
        ("pow", "[2,-1]", "0.5"),
        ("sqrt", "[9]", "3.0"),
        ("hexdec", r#"["ff"]"#, "255"),
        ("dechex", "[255]", r#""ff""#),
    ]);
}

#[test]
fn filters() {
    check(&[
        ("filter_var", r#"["yes",258]"#, "true"),
        ("filter_var", r#"["off",258]"#, "false"),
        ("filter_var", r#"["maybe",258]"#, "false"),
        ("filter_var", r#"["maybe",258,134217728]"#, "null"),
        ("filter_var", r#"["",258,134217728]"#, "false"),
        ("filter_var", r#"["TRUE",258,{"flags":134217728}]"#, "true"),
        ("filter_var", r#"[" 12 ",257]"#, "12"),
        ("filter_var", r#"["012",257]"#, "false"),
        ("filter_var", r#"["5",257,{"options":{"min_range":6,"default":7}}]"#, "7"),
        ("filter_var", r#"["1.5",259]"#, "1.5"),
        ("filter_var", r#"["http://localhost:80/x?y",273]"#, r#""http://localhost:80/x?y""#),
        ("filter_var", r#"["localhost",273]"#, "false"),
        ("filter_var", r#"["http://-a",273]"#, "false"),
        ("filter_var", r#"["a@b.co",274]"#, r#""a@b.co""#),
        ("filter_var", r#"["nobody",274]"#, "false"),
        ("filter_var", r#"["10.0.0.1",275]"#, r#""10.0.0.1""#),
        ("filter_var", r#"["::1",275,1048576]"#, "false"),
        ("filter_var", r#"["256.1.1.1",275]"#, "false"),
        ("filter_var", r#"["x"]"#, r#""x""#),
    ]);
}

#[test]
fn compares_versions() {
    check(&[
        ("version_compare", r#"["8.2.0","8.1"]"#, "1"),
        ("version_compare", r#"["8.2.0-dev","8.2.0"]"#, "-1"),
        ("version_compare", r#"["1.0rc1","1.0.0","<"]"#, "true"),
        ("version_compare", r#"["5.5","5.5.0","=="]"#, "false"),
        ("version_compare", r#"["1","1","bad"]"#, "!"),
    ]);
}

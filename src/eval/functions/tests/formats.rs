//! Formats, JSON, digests.

use super::check;

#[test]
fn formats() {
    check(&[
        ("sprintf", r#"["%s-%05d|%-5s|%5.1f",  "a", 42, "b", 3.14159]"#, r#""a-00042|b    |  3.1""#),
        ("sprintf", r#"["%2$s %1$s", "a", "b"]"#, r#""b a""#),
        (
            "sprintf",
            r#"["%'*10s|%+d|%x|%X|%o|%b|%c|%%", "abc", 7, 255, 255, 8, 5, 65]"#,
            r#""*******abc|+7|ff|FF|10|101|A|%""#,
        ),
        ("sprintf", r#"["%e", 12345.678]"#, r#""1.234568e+4""#),
        ("sprintf", r#"["%.1e|%F|%.0f", 0.5, 1.5, 2.5]"#, r#""5.0e-1|1.500000|2""#),
        ("sprintf", r#"["%u", -1]"#, r#""18446744073709551615""#),
        ("sprintf", r#"["%.2s", "abc"]"#, r#""ab""#),
        ("sprintf", r#"["%s"]"#, "!"),
        ("sprintf", r#"["%d", "12abc"]"#, r#""12""#),
        ("sprintf", r#"["%q", 1]"#, "!"),
        ("vsprintf", r#"["%04d-%02d", [2024, 1]]"#, r#""2024-01""#),
        ("number_format", "[1234567.891, 2]", r#""1,234,567.89""#),
        ("number_format", r#"[1234567.891, 2, ",", "."]"#, r#""1.234.567,89""#),
        ("number_format", "[0.5]", r#""1""#),
        ("number_format", r#"[-1234.567, 2, "", ""]"#, r#""-123457""#),
        ("number_format", "[-0.4]", r#""0""#),
    ]);
}

#[test]
fn writes_json() {
    check(&[
        ("json_encode", r#"[{"a":1,"b":[1,2],"c":null}]"#, r#""{\"a\":1,\"b\":[1,2],\"c\":null}""#),
        ("json_encode", r#"["a/b\u00e9\u2028\ud83d\ude00"]"#, r#""\"a\\/b\\u00e9\\u2028\\ud83d\\ude00\"""#),
        ("json_encode", r#"["a/bé",320]"#, r#""\"a/bé\"""#),
        ("json_encode", "[[1.0,0.1,1e25]]", r#""[1,0.1,1.0e+25]""#),
        ("json_encode", "[1.0,1024]", r#""1.0""#),
        (
            "json_encode",
            r#"[{"a":[],"b":[1]},128]"#,
            r#""{\n    \"a\": [],\n    \"b\": [\n        1\n    ]\n}""#,
        ),
        ("json_encode", r#"["<'&\">",15]"#, r#""\"\\u003C\\u0027\\u0026\\u0022\\u003E\"""#),
        ("json_encode", r#"[["x"],16]"#, r#""{\"0\":\"x\"}""#),
        ("json_encode", "[[95964973393339.125]]", r#""[95964973393339.12]""#),
    ]);
}

#[test]
fn reads_json() {
    check(&[
        ("json_decode", r#"["{\"a\":{\"b\":[1,2.5,null]}}",true]"#, r#"{"a":{"b":[1,2.5,null]}}"#),
        ("json_decode", r#"["[1,]"]"#, "null"),
        ("json_decode", r#"["\"\\u00e9\\ud83d\\ude00\""]"#, r#""é😀""#),
        ("json_decode", r#"["12345678901234567890"]"#, "1.2345678901234567e19"),
        ("json_decode", r#"[" true "]"#, "true"),
        ("json_decode", r#"["TRUE"]"#, "null"),
        ("json_decode", r#"["{}"]"#, "object"),
        ("json_decode", r#"["{\"0\":1,\"x\":2}",false,512,1]"#, "object"),
        ("json_decode", r#"["[",true,512,4194304]"#, "!"),
        ("json_decode", r#"[""]"#, "null"),
        ("json_decode", r#"["-0"]"#, "!"),
    ]);
}

#[test]
fn hashes() {
    check(&[
        ("md5", r#"[""]"#, r#""d41d8cd98f00b204e9800998ecf8427e""#),
        (
            "md5",
            r#"["The quick brown fox jumps over the lazy dog"]"#,
            r#""9e107d9d372bb6826bd81d3542a419d6""#,
        ),
        ("sha1", r#"["abc"]"#, r#""a9993e364706816aba3e25717850c26c9cd0d89d""#),
        ("crc32", r#"["abc"]"#, "891568578"),
        ("hash", r#"["sha256",""]"#, r#""e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855""#),
        (
            "hash",
            r#"["sha256","aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]"#,
            r#""d66304b6180365e47c858f6c84d3da065caf4b3350c9f45277a1af82e3dbb055""#,
        ),
        ("hash", r#"["crc32b","abc"]"#, r#""352441c2""#),
        ("hash", r#"["xxh3","abc"]"#, "!"),
    ]);
}

//! URLs, encodings, paths.

use super::check;

#[test]
fn reads_urls() {
    check(&[
        (
            "parse_url",
            r#"["redis://user:p%40ss@host:6379/0?x=1#f"]"#,
            r#"{"scheme":"redis","host":"host","port":6379,"user":"user","pass":"p%40ss","path":"/0","query":"x=1","fragment":"f"}"#,
        ),
        (
            "parse_url",
            r#"["mysql://root@127.0.0.1/db"]"#,
            r#"{"scheme":"mysql","host":"127.0.0.1","user":"root","path":"/db"}"#,
        ),
        ("parse_url", r#"["//host:81/p"]"#, r#"{"host":"host","port":81,"path":"/p"}"#),
        ("parse_url", r#"["/path?q=a:b"]"#, r#"{"path":"/path","query":"q=a:b"}"#),
        ("parse_url", r#"["host:80"]"#, r#"{"host":"host","port":80}"#),
        ("parse_url", r#"["localhost:8000/x"]"#, r#"{"host":"localhost","port":8000,"path":"/x"}"#),
        ("parse_url", r#"["http:///x"]"#, "false"),
        ("parse_url", r#"["http://h:99999"]"#, "false"),
        ("parse_url", r#"["mailto:a@b.c"]"#, r#"{"scheme":"mailto","path":"a@b.c"}"#),
        ("parse_url", r#"["http://[::1]:80/"]"#, r#"{"scheme":"http","host":"[::1]","port":80,"path":"/"}"#),
        ("parse_url", r#"["sqlite:/a/b"]"#, r#"{"scheme":"sqlite","path":"/a/b"}"#),
        ("parse_url", r#"["file:///etc/x"]"#, r#"{"scheme":"file","path":"/etc/x"}"#),
        ("parse_url", r#"["https://a.b/c",1]"#, r#""a.b""#),
        ("parse_url", r#"["https://a.b/c",2]"#, "null"),
        ("parse_url", r#"["https://u:p@a.b:1/c",3]"#, r#""u""#),
        ("parse_url", r#"["https://a.b",9]"#, "!"),
        ("parse_url", r#"[""]"#, r#"{"path":""}"#),
        ("parse_url", r#"["https://a.b?#"]"#, r#"{"scheme":"https","host":"a.b","query":"","fragment":""}"#),
    ]);
}

#[test]
fn encodes() {
    check(&[
        (
            "http_build_query",
            r#"[{"a":1,"b":[1,2],"c":{"x":"y z"},"d":null,"e":true}]"#,
            r#""a=1&b%5B0%5D=1&b%5B1%5D=2&c%5Bx%5D=y+z&e=1""#,
        ),
        ("http_build_query", r#"[["a"],"p_","&amp;",2]"#, r#""p_0=a""#),
        ("urlencode", r#"["a b~é"]"#, r#""a+b%7E%C3%A9""#),
        ("rawurlencode", r#"["a b~é"]"#, r#""a%20b~%C3%A9""#),
        ("urldecode", r#"["a%20b+c%4"]"#, r#""a b c%4""#),
        ("rawurldecode", r#"["a%20b+c"]"#, r#""a b+c""#),
        ("base64_encode", r#"["abcd"]"#, r#""YWJjZA==""#),
        ("base64_decode", r#"["YWJjZA=="]"#, r#""abcd""#),
        ("base64_decode", r#"["Y!WJj"]"#, r#""abc""#),
        ("base64_decode", r#"["Y!WJj",true]"#, "false"),
        ("base64_decode", r#"["/w=="]"#, "!"),
        ("bin2hex", r#"["é"]"#, r#""c3a9""#),
        ("hex2bin", r#"["6162"]"#, r#""ab""#),
        ("hex2bin", r#"["616"]"#, "false"),
    ]);
}

#[test]
fn reads_paths() {
    check(&[
        ("basename", r#"["/a/b.log",".log"]"#, r#""b""#),
        ("basename", r#"["/a/b/"]"#, r#""b""#),
        ("basename", r#"[".log",".log"]"#, r#"".log""#),
        ("dirname", r#"["/a/b/c"]"#, r#""/a/b""#),
        ("dirname", r#"["/a/b/c",2]"#, r#""/a""#),
        ("dirname", r#"["/a"]"#, r#""/""#),
        ("dirname", r#"["a"]"#, r#"".""#),
        ("dirname", r#"["a//b//"]"#, r#""a""#),
        ("dirname", r#"["/a",0]"#, "!"),
        (
            "pathinfo",
            r#"["/a/b.tar.gz"]"#,
            r#"{"dirname":"/a","basename":"b.tar.gz","extension":"gz","filename":"b.tar"}"#,
        ),
        ("pathinfo", r#"["b",4]"#, r#""""#),
        ("pathinfo", r#"["/a/b.txt",8]"#, r#""b""#),
    ]);
}

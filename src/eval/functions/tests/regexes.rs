//! Patterns.

use super::check;

#[test]
fn matches() {
    check(&[
        ("preg_match", r#"["/^a.c$/","abc"]"#, "1"),
        ("preg_match", r##"["#^https?://#i","HTTP://x"]"##, "1"),
        ("preg_match", r#"["/[^\\w.-]/","a b"]"#, "1"),
        ("preg_match", r#"["/\\p{L}+/u","é"]"#, "1"),
        ("preg_match", r#"["{^a{2}$}","aa"]"#, "!"),
        ("preg_match", r#"["/[[:digit:]]/","a1"]"#, "1"),
        ("preg_match", r#"["/[a[b]/","["]"#, "1"),
        ("preg_match", r#"["/[]a]/","]"]"#, "1"),
        ("preg_match", r#"["/a\\</","a<"]"#, "1"),
        ("preg_match", r#"["/ a # no\n b /x","ab"]"#, "1"),
        ("preg_match", r#"["/a(?=b)/","ab"]"#, "!"),
        ("preg_match", r#"["/a++b/","aab"]"#, "!"),
        ("preg_match", r#"["/(a)\\1/","aa"]"#, "!"),
        ("preg_match", r#"["/a$/","a\n"]"#, "!"),
        ("preg_match", r#"["/\\bx/u","é x"]"#, "!"),
        ("preg_match", r#"["abc","abc"]"#, "!"),
    ]);
}

#[test]
fn replaces() {
    check(&[
        ("preg_replace", r#"["/[^a-z0-9]+/i","-","a b_c"]"#, r#""a-b-c""#),
        ("preg_replace", r#"["/(\\w)(\\w)/","$2${1}\\0","abc"]"#, r#""baabc""#),
        ("preg_replace", r#"["/a/","b","aaa",2]"#, r#""bba""#),
        ("preg_replace", r#"[["/a/","/b/"],["b","c"],"ab"]"#, r#""cc""#),
        ("preg_replace", r#"["/./u","x","éa"]"#, r#""xx""#),
        ("preg_replace", r#"["/x*/","-","axb"]"#, "!"),
        ("preg_replace", r#"["/\\s+/"," ",["a  b","c"]]"#, r#"["a b","c"]"#),
    ]);
}

#[test]
fn splits() {
    check(&[
        ("preg_split", r#"["/[\\s,]+/","a, b  c"]"#, r#"["a","b","c"]"#),
        ("preg_split", r#"["/,/","a,,b",-1,1]"#, r#"["a","b"]"#),
        ("preg_split", r#"["/(-)/","a-b",-1,2]"#, r#"["a","-","b"]"#),
        ("preg_split", r#"["/,/","a,b,c",2]"#, r#"["a","b,c"]"#),
        ("preg_split", r#"["//u","aé",-1,1]"#, r#"["a","é"]"#),
        ("preg_quote", r#"["a.b*c/d","/"]"#, r#""a\\.b\\*c\\/d""#),
        ("preg_quote", r#"["[x]#"]"#, r#""\\[x\\]\\#""#),
    ]);
}

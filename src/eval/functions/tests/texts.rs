//! Strings.

use super::check;

#[test]
fn splits_and_joins() {
    check(&[
        ("explode", r#"[",","a,b,,c"]"#, r#"["a","b","","c"]"#),
        ("explode", r#"[",","a,b,c",2]"#, r#"["a","b,c"]"#),
        ("explode", r#"[",","a,b,c",-1]"#, r#"["a","b"]"#),
        ("explode", r#"[",",""]"#, r#"[""]"#),
        ("explode", r#"["","a"]"#, "!"),
        ("implode", r#"[",",["a",1,true,null,1.5]]"#, r#""a,1,1,,1.5""#),
        ("implode", r#"[["a","b"]]"#, r#""ab""#),
        ("join", r#"["-",{"x":"a","y":"b"}]"#, r#""a-b""#),
        ("str_split", r#"["abcde",2]"#, r#"["ab","cd","e"]"#),
        ("chunk_split", r#"["abcd",2,"|"]"#, r#""ab|cd|""#),
        ("implode", r#"[",",[["a"]]]"#, "!"),
        ("wordwrap", r#"["The quick brown fox",10,"\n",true]"#, r#""The quick\nbrown fox""#),
        ("wordwrap", r#"["aaaaaaaaaa b",4,"--",true]"#, r#""aaaa--aaaa--aa b""#),
        ("wordwrap", r#"["a bb cc",4]"#, r#""a bb\ncc""#),
    ]);
}

#[test]
fn changes_case() {
    check(&[
        ("strtolower", r#"["ÀBC"]"#, r#""Àbc""#),
        ("strtoupper", r#"["abcé"]"#, r#""ABCé""#),
        ("ucfirst", r#"["hello"]"#, r#""Hello""#),
        ("lcfirst", r#"["Hello"]"#, r#""hello""#),
        ("ucwords", r#"["hello big-world"]"#, r#""Hello Big-world""#),
        ("ucwords", r#"["hello big-world","-"]"#, r#""Hello big-World""#),
        ("mb_strtolower", r#"["ÀBC"]"#, r#""àbc""#),
        ("mb_strtoupper", r#"["straße"]"#, r#""STRASSE""#),
        ("mb_strtolower", r#"["Σ"]"#, "!"),
        ("mb_convert_case", r#"["it's a TEST-case 3d",2]"#, r#""It's A Test-Case 3D""#),
    ]);
}

#[test]
fn cuts() {
    check(&[
        ("strlen", r#"["é"]"#, "2"),
        ("mb_strlen", r#"["é日"]"#, "2"),
        ("substr", r#"["abcdef",1,3]"#, r#""bcd""#),
        ("substr", r#"["abcdef",-3,-1]"#, r#""de""#),
        ("substr", r#"["abc",5]"#, r#""""#),
        ("substr", r#"["é",1]"#, "!"),
        ("mb_substr", r#"["aéb",1,1]"#, r#""é""#),
        ("mb_substr", r#"["abc",-2]"#, r#""bc""#),
        ("strrev", r#"["abc"]"#, r#""cba""#),
        ("str_repeat", r#"["ab",3]"#, r#""ababab""#),
        ("str_repeat", r#"["ab",-1]"#, "!"),
        ("str_pad", r#"["5",3,"0",0]"#, r#""005""#),
        ("str_pad", r#"["ab",7,"xyz",2]"#, r#""xyabxyz""#),
        ("trim", r#"["  a \n"]"#, r#""a""#),
        ("trim", r#"["/a/b/","/"]"#, r#""a/b""#),
        ("rtrim", r#"["1.500","0"]"#, r#""1.5""#),
        ("ltrim", r#"["abcxyz","a..c"]"#, r#""xyz""#),
        ("trim", r#"["é","é"]"#, r#""""#),
        ("strtr", r#"["Hi all","ai","eo"]"#, r#""Ho ell""#),
        ("strtr", r#"["Hi all",{"Hi":"Hello","Hello":"x","a":"b"}]"#, r#""Hello bll""#),
        ("nl2br", r#"["a\nb\r\nc"]"#, r#""a<br />\nb<br />\r\nc""#),
        ("addslashes", r#"["O'R\"x"]"#, r#""O\\'R\\\"x""#),
        ("stripslashes", r#"["a\\'b"]"#, r#""a'b""#),
        (
            "htmlspecialchars",
            r#"["<a href=\"x\">'&amp;"]"#,
            r#""&lt;a href=&quot;x&quot;&gt;&#039;&amp;amp;""#,
        ),
        ("htmlspecialchars", r#"["'\"",2]"#, r#""'&quot;""#),
    ]);
}

#[test]
fn searches() {
    check(&[
        ("str_contains", r#"["abc",""]"#, "true"),
        ("str_starts_with", r#"["abc","ab"]"#, "true"),
        ("str_ends_with", r#"["abc","ab"]"#, "false"),
        ("strpos", r#"["abcabc","c",3]"#, "5"),
        ("strpos", r#"["abc","d"]"#, "false"),
        ("strpos", r#"["abc","a",9]"#, "!"),
        ("stripos", r#"["aBC","bc"]"#, "1"),
        ("strrpos", r#"["abcabc","b",-3]"#, "1"),
        ("mb_strpos", r#"["éab","b"]"#, "2"),
        ("substr_count", r#"["aaaa","aa"]"#, "2"),
        ("substr_count", r#"["a",""]"#, "!"),
        ("strstr", r#"["user@host","@"]"#, r#""@host""#),
        ("strstr", r#"["user@host","@",true]"#, r#""user""#),
        ("strrchr", r#"["/a/b","/"]"#, r#""/b""#),
        ("strcmp", r#"["a","a"]"#, "0"),
        ("strcmp", r#"["a","b"]"#, "!"),
    ]);
}

#[test]
fn replaces() {
    check(&[
        ("str_replace", r#"["a","b","banana"]"#, r#""bbnbnb""#),
        ("str_replace", r#"[["a","b"],["b","c"],"ab"]"#, r#""cc""#),
        ("str_replace", r#"[["a","b"],"x","abc"]"#, r#""xxc""#),
        ("str_replace", r#"[["a","b"],["1"],"abc"]"#, r#""1c""#),
        ("str_replace", r#"["a","b",["a","ca"]]"#, r#"["b","cb"]"#),
        ("str_replace", r#"["a",["b"],"a"]"#, "!"),
        ("str_ireplace", r#"["A","x","banana"]"#, r#""bxnxnx""#),
        ("substr_replace", r#"["abcdef","X",1,2]"#, r#""aXdef""#),
        ("substr_replace", r#"["abc","X",-1]"#, r#""abX""#),
    ]);
}

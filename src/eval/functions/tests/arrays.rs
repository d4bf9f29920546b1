//! Arrays.

use super::check;

#[test]
fn counts_and_finds() {
    check(&[
        ("count", "[[1,[2,3]]]", "2"),
        ("count", "[[1,[2,3]],1]", "4"),
        ("count", r#"["a"]"#, "!"),
        ("in_array", r#"["1",[1,2]]"#, "true"),
        ("in_array", r#"["1",[1,2],true]"#, "false"),
        ("in_array", r#"["abc",[0]]"#, "false"),
        ("in_array", "[null,[0]]", "true"),
        ("array_search", r#"["b",{"x":"a","y":"b"}]"#, r#""y""#),
        ("array_search", r#"["z",["a"]]"#, "false"),
        ("array_keys", r#"[{"a":1,"5":2}]"#, r#"["a",5]"#),
        ("array_keys", r#"[[1,2,"1"],1]"#, "[0,2]"),
        ("array_key_exists", r#"["a",{"a":null}]"#, "true"),
        ("array_key_exists", r#"[null,{"":1}]"#, "true"),
        ("array_key_first", r#"[{"x":1,"y":2}]"#, r#""x""#),
        ("array_key_last", "[[]]", "null"),
        ("array_is_list", r#"[{"0":1,"2":2}]"#, "false"),
    ]);
}

#[test]
fn merges() {
    check(&[
        ("array_merge", r#"[["a","b"],["c"]]"#, r#"["a","b","c"]"#),
        ("array_merge", r#"[{"a":1,"3":"x"},{"a":2,"9":"y"}]"#, r#"{"a":2,"0":"x","1":"y"}"#),
        ("array_merge", "[]", "{}"),
        ("array_merge", r#"["a",[]]"#, "!"),
        (
            "array_merge_recursive",
            r#"[{"a":{"b":1},"c":null},{"a":{"b":2,"d":3},"c":4}]"#,
            r#"{"a":{"b":[1,2],"d":3},"c":[null,4]}"#,
        ),
        ("array_replace", r#"[["a","b"],{"1":"x","3":"y"}]"#, r#"{"0":"a","1":"x","3":"y"}"#),
        ("array_replace_recursive", r#"[{"a":{"b":1,"c":2}},{"a":{"c":3}}]"#, r#"{"a":{"b":1,"c":3}}"#),
        ("array_combine", r#"[["a","b"],[1,2]]"#, r#"{"a":1,"b":2}"#),
        ("array_combine", r#"[["a"],[1,2]]"#, "!"),
        ("array_fill_keys", r#"[["a",5],0]"#, r#"{"a":0,"5":0}"#),
        ("array_fill", r#"[5,2,"x"]"#, r#"{"5":"x","6":"x"}"#),
        ("array_flip", r#"[["a","b"]]"#, r#"{"a":0,"b":1}"#),
        ("array_pad", "[[1],3,0]", "[1,0,0]"),
        ("array_pad", "[[1],-3,0]", "[0,0,1]"),
    ]);
}

#[test]
fn takes_parts() {
    check(&[
        ("array_slice", r#"[["a","b","c","d"],1,2]"#, r#"["b","c"]"#),
        ("array_slice", r#"[["a","b","c"],-2,1]"#, r#"["b"]"#),
        ("array_slice", r#"[{"5":"a","x":"b","7":"c"},1]"#, r#"{"x":"b","0":"c"}"#),
        ("array_slice", r#"[["a","b"],1,null,true]"#, r#"{"1":"b"}"#),
        ("array_values", r#"[{"x":1,"y":2}]"#, "[1,2]"),
        ("array_reverse", r#"[{"x":1,"0":2,"1":3}]"#, r#"{"0":3,"1":2,"x":1}"#),
        ("array_reverse", r#"[["a","b"],true]"#, r#"{"1":"b","0":"a"}"#),
        ("array_chunk", "[[1,2,3],2]", "[[1,2],[3]]"),
        ("array_chunk", r#"[{"a":1,"b":2},1,true]"#, r#"[{"a":1},{"b":2}]"#),
        ("array_chunk", "[[1],0]", "!"),
        (
            "array_column",
            r#"[[{"id":3,"n":"a"},{"id":5,"n":"b"},{"n":"c"}],"n","id"]"#,
            r#"{"3":"a","5":"b","6":"c"}"#,
        ),
        ("array_column", r#"[[{"a":1},{"b":2}],"a"]"#, "[1]"),
    ]);
}

#[test]
fn compares_sets() {
    check(&[
        ("array_unique", r#"[["a","b","a",1,"1"]]"#, r#"{"0":"a","1":"b","3":1}"#),
        ("array_diff", r#"[["a","b","c"],["b"]]"#, r#"{"0":"a","2":"c"}"#),
        ("array_diff", r#"[{"x":1,"y":2},["2"]]"#, r#"{"x":1}"#),
        ("array_intersect", r#"[["a","b"],["b","c"]]"#, r#"{"1":"b"}"#),
        ("array_diff_key", r#"[{"a":1,"b":2},{"a":9}]"#, r#"{"b":2}"#),
        ("array_intersect_key", r#"[{"a":1,"b":2,"c":3},{"a":0,"c":0}]"#, r#"{"a":1,"c":3}"#),
        ("array_sum", r#"[[1,"2",3.5,"x"]]"#, "6.5"),
        ("array_sum", "[[1,2]]", "3"),
        ("array_product", r#"[["2",3]]"#, "6"),
        ("array_product", "[[]]", "1"),
    ]);
}

#[test]
fn makes_ranges() {
    check(&[
        ("range", "[1,4]", "[1,2,3,4]"),
        ("range", "[5,1,2]", "[5,3,1]"),
        ("range", r#"["a","e",2]"#, r#"["a","c","e"]"#),
        ("range", r#"["1","3"]"#, "[1,2,3]"),
        ("range", "[1,2,5]", "!"),
        ("range", "[0,1,0.25]", "!"),
    ]);
}

use super::{Command, commands};

/// A command in one line: `NAME=value` with `|` between words, `?` for what is not known, `*` when conditional.
fn shown(text: &str, command: &Command) -> String {
    let word = |word: &super::Word| {
        assert!(text.get(word.span.range()).is_some(), "{text:?} {word:?}");
        word.text.as_deref().unwrap_or("?").to_owned()
    };
    assert!(text.get(command.span.range()).is_some());
    let mut parts: Vec<String> =
        command.assignments.iter().map(|(name, value)| format!("{name}={}", word(value))).collect();
    parts.extend(command.words.iter().map(word));
    parts.extend(command.redirects.iter().map(|target| format!(">{}", word(target))));
    let exec = if command.exec { "exec " } else { "" };
    format!("{}{exec}{}", if command.conditional { "*" } else { "" }, parts.join("|"))
}

#[test]
fn scripts_are_split_into_commands() {
    for (text, expected) in [
        ("", vec![]),
        ("php artisan  serve", vec!["php|artisan|serve"]),
        ("a b && c || d; e | f & g\nh", vec!["a|b", "c", "*d", "e", "f", "g", "h"]),
        ("echo 'it''s' \"a b\" \"\\\"\" a\\ b ''", vec!["echo|its|a b|\"|a b|"]),
        ("echo $A \"${B:-x}\" '$C' a$(d e)f `g h` $", vec!["echo|?|?|$C|?|?|$"]),
        ("echo \"a \\x $\" \\$A", vec!["echo|a \\x $|$A"]),
        ("a \\\n  b\\\nc", vec!["a|bc"]),
        ("# c\na # d\n#e", vec!["a"]),
        ("a#b", vec!["a#b"]),
        ("exec \"$@\"", vec!["exec ?"]),
        ("A=1 B=$C exec php x=y", vec!["exec A=1|B=?|php|x=y"]),
        ("A=\nexport B=c", vec!["A=", "export|B=c"]),
        ("L=(a b) c", vec!["L=?|c"]),
        ("L+=(a\n b)\nM+=c d\ne+f=g", vec!["L=?", "M=?|d", "e+f=g"]),
        ("a > /x 2>&1 < y >>\"$Z\" b", vec!["a|b|>/x|>1|>y|>?"]),
        ("a <(b c) d", vec!["a|?|d"]),
        ("set -e; (cd x && y); z", vec!["set|-e", "cd|x", "y", "z"]),
        (
            "if [ \"$A\" = b ]; then c; elif d; then e; else f; fi; g",
            vec!["*[|?|=|b|]", "*c", "*d", "*e", "*f", "g"],
        ),
        ("for x in a b; do c $x; done; d", vec!["*c|?", "d"]),
        ("while ! a; do b; done\nc", vec!["*a", "*b", "c"]),
        ("case \"$1\" in\n  a|b) c ;;\n  (*) d; e;;\nesac\nf", vec!["*c", "*d", "*e", "f"]),
        ("case x in a) b\nesac\nc", vec!["*b", "c"]),
        ("f() {\n  a\n}\nb", vec!["*a", "b"]),
        ("function f {\n a\n}\nfunction g() { b; }\nc", vec!["*a", "*b", "c"]),
        ("a || { b; c; }; d", vec!["a", "*b", "*c", "d"]),
        ("a ||\n b\nc", vec!["a", "*b", "c"]),
        ("{ a; b; } && c", vec!["a", "b", "c"]),
        ("cat <<EOF > x\nnot | a $command\nEOF\nb", vec!["cat|>x", "b"]),
        ("cat <<-'E'\n\tnot\n\tE\nb", vec!["cat", "b"]),
        ("a <<< b c", vec!["a|c|>b"]),
        ("echo if then", vec!["echo|if|then"]),
        ("'if' a", vec!["if|a"]),
        ("a 'b", vec!["a|?"]),
        ("a \"b", vec!["a|?"]),
        ("é ü\r\ny", vec!["é|ü", "y"]),
        ("))((;;", vec![]),
    ] {
        let found: Vec<String> = commands(text).iter().map(|command| shown(text, command)).collect();
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn spans_are_the_words() {
    let text = "x; A=é  php 'a b' > y";
    let command = &commands(text)[1];
    assert_eq!(&text[command.span.range()], "A=é  php 'a b'");
    assert_eq!(&text[command.assignments[0].1.span.range()], "é");
    assert_eq!(&text[command.words[1].span.range()], "'a b'");
    assert_eq!(command.known_words(), ["php", "a b"]);
}

#[test]
fn what_decides_whether_a_command_runs_is_known() {
    for (text, expected) in [
        ("a", vec![]),
        ("if [ -z \"$K\" ]; then a; fi", vec![("Holds", "if [ -z \"$K\" ]")]),
        ("if b; then :; else a; fi", vec![("Fails", "if b")]),
        ("if b; then :; elif c x; then a; fi", vec![("Holds", "elif c x")]),
        ("while ! b; do a; done", vec![("Holds", "while ! b")]),
        ("for f in x y; do\n a\ndone", vec![("Each", "for f in x y")]),
        ("case \"$1\" in\n w|x) b;;\n y) a ;; esac", vec![("Case", "case \"$1\""), ("Pattern", "y")]),
        ("case $1 in w|x) a;; esac", vec![("Case", "case $1"), ("Pattern", "w|x")]),
        ("b c || a", vec![("Or", "b c")]),
        ("b && c || { a; }", vec![("Or", "b && c")]),
        ("[ -f x ] && b && a", vec![("Holds", "[ -f x ]")]),
        ("! b &&\n a", vec![("Holds", "! b")]),
        ("[ -f x ] && b; a", vec![]),
        ("[ -f x ] && {\n a\n}", vec![("Holds", "[ -f x ]")]),
        ("cd x && a", vec![]),
        ("f() { a; }", vec![("Function", "f")]),
        ("function f {\n if b; then\n a\n fi\n}", vec![("Function", "f"), ("Holds", "if b")]),
        ("if b; then c; fi\na", vec![]),
    ] {
        let found = commands(text);
        let command = found.iter().find(|command| command.known_words() == ["a"]).unwrap();
        let guards: Vec<(String, &str)> = command
            .guards
            .iter()
            .map(|guard| (format!("{:?}", guard.kind), &text[guard.span.range()]))
            .collect();
        let guards: Vec<(&str, &str)> = guards.iter().map(|(kind, text)| (kind.as_str(), *text)).collect();
        assert_eq!(guards, expected, "{text:?}");
    }
    assert!(commands(&"if a; then ".repeat(20_000)).iter().all(|command| command.guards.len() <= 17));
}

use super::super::interpolation::{ModifierKind, Part, Template};
use super::{CommandLine, Copy, Flag, Instruction, Kind, Pair, Word, read};

fn template(template: &Template) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.to_string(),
        Part::Variable(variable) => match &variable.modifier {
            None => format!("<{}>", variable.name),
            Some(modifier) => {
                let sign = match modifier.kind {
                    ModifierKind::Default => "-",
                    ModifierKind::Replacement => "+",
                    ModifierKind::Required => "?",
                    ModifierKind::Pattern => "#",
                };
                let colon = if modifier.or_empty { ":" } else { "" };
                format!("<{}{colon}{sign}{}>", variable.name, self::template(&modifier.text))
            }
        },
    };
    template.parts.iter().map(part).collect()
}

fn word(word: &Word) -> String {
    word.value.as_ref().map_or_else(|| "REFUSED".to_owned(), template)
}

fn words(all: &[Word]) -> String {
    all.iter().map(word).collect::<Vec<_>>().join("|")
}

fn pairs(all: &[Pair]) -> String {
    let pair = |pair: &Pair| match &pair.value {
        Some(value) => format!("{}={}", word(&pair.name), word(value)),
        None => word(&pair.name),
    };
    all.iter().map(pair).collect::<Vec<_>>().join("|")
}

fn command(line: &CommandLine) -> String {
    match line {
        CommandLine::Exec(all) => format!("exec {}", words(all)),
        CommandLine::Shell(shell) => format!("shell {}", shell.text),
    }
}

fn copy(copy: &Copy) -> String {
    let files: Vec<&str> = copy.heredocs.iter().map(|heredoc| &*heredoc.text).collect();
    format!("{} to {}{}", words(&copy.sources), word(&copy.destination), files.concat())
}

fn shown(instruction: &Instruction) -> String {
    let flag =
        |flag: &Flag| format!("--{}={} ", flag.name, flag.value.as_ref().map_or_else(String::new, word));
    let flags: String = instruction.flags.iter().map(flag).collect();
    let kind = match &instruction.kind {
        Kind::Env(all) => format!("env {}", pairs(all)),
        Kind::Label(all) => format!("label {}", pairs(all)),
        Kind::Arg(all) => format!("arg {}", pairs(all)),
        Kind::Copy(all) => format!("copy {}", copy(all)),
        Kind::Add(all) => format!("add {}", copy(all)),
        Kind::Run(line, heredocs) => {
            let texts: Vec<&str> = heredocs.iter().map(|heredoc| &*heredoc.text).collect();
            format!("run {}{}", command(line), texts.concat())
        }
        Kind::Cmd(line) => format!("cmd {}", command(line)),
        Kind::Entrypoint(line) => format!("entrypoint {}", command(line)),
        Kind::Shell(all) => format!("shell {}", words(all)),
        Kind::Healthcheck(line) => {
            format!("healthcheck {}", line.as_ref().map_or_else(|| "none".to_owned(), command))
        }
        Kind::Workdir(path) => format!("workdir {}", word(path)),
        Kind::User(user) => format!("user {}", word(user)),
        Kind::StopSignal(signal) => format!("stopsignal {}", word(signal)),
        Kind::Expose(all) => format!("expose {}", words(all)),
        Kind::Volume(all) => format!("volume {}", words(all)),
        Kind::OnBuild(inner) => format!("onbuild {}", shown(inner)),
        Kind::Other(name) => format!("other {name}"),
    };
    format!("{flags}{kind}")
}

fn all(text: &str) -> Vec<String> {
    let file = read(text);
    let mut found: Vec<String> = file.before.iter().map(shown).collect();
    for stage in &file.stages {
        let name = stage.name.as_ref().map_or_else(String::new, |name| format!(" as {}", word(name)));
        let flags: Vec<&str> = stage.flags.iter().map(|flag| &*flag.name).collect();
        found.push(format!("from {}{name}{}", word(&stage.image), flags.concat()));
        found.extend(stage.instructions.iter().map(shown));
    }
    found
}

#[test]
fn instructions_are_read() {
    for (text, expected) in [
        ("ENV A=b C=\"d e\" D='$f' E=g\\ h", "env A=b|C=d e|D=$f|E=g h"),
        ("ENV A b  c \"d\" ", "env A=b  c d"),
        ("ENV A=$B-${C:-x$D}/${E-}${F:+y}${G?m} H=\\$I", "env A=<B>-<C:-x<D>>/<E-><F:+y><G?m>|H=$I"),
        ("ENV A=${B%.*}${C/x/y}", "env A=<B#.*><C#y>"),
        ("ENV A= B=\"\"", "env A=|B="),
        ("ENV A=\"b", "env A=REFUSED"),
        ("ENV A=${B", "env A=REFUSED"),
        ("ENV A=$", "env A=$"),
        ("ENV A=b C", "other env"),
        ("ENV A", "other env"),
        ("env a=é\\\n  b=ü", "env a=é|b=ü"),
        ("ARG A", "arg A"),
        ("ARG A=b C D=$E", "arg A=b|C|D=<E>"),
        ("LABEL \"a b\"=c", "label a b=c"),
        ("COPY a b /c/", "copy a|b to /c/"),
        ("COPY --from=build --chown=a:b --link /a /b", "--from=build --chown=a:b --link= copy /a to /b"),
        ("COPY [\"a b\", \"$C\", \"/d\"]", "copy a b|<C> to /d"),
        ("COPY a", "other copy"),
        ("ADD https://x/y.tar /z", "add https://x/y.tar to /z"),
        ("RUN a && \\\n    # why\n    b \\\n\n    c", "run shell a &&     b     c"),
        ("RUN [\"a\", \"b $C\", \"\\u00e9\\\"\"]", "run exec a|b $C|é\""),
        ("RUN [ \"a\" = b ]", "run shell [ \"a\" = b ]"),
        (
            "RUN --mount=type=cache,target=/x --network=none a --b",
            "--mount=type=cache,target=/x --network=none run shell a --b",
        ),
        ("RUN <<EOF\na\nb\nEOF", "run shell <<EOFa\nb\n"),
        ("RUN cat <<-'X' > y && z\n\ta\n\tX", "run shell cat <<-'X' > y && z\ta\n"),
        ("RUN a <<X\nb", "other run|other b"),
        ("COPY <<A <<B /x\n1\nA\n2\nB", "copy  to /x1\n2\n"),
        ("CMD [\"php\", \"artisan\"]", "cmd exec php|artisan"),
        ("CMD php artisan # x", "cmd shell php artisan # x"),
        ("CMD []", "cmd exec "),
        ("ENTRYPOINT [\"/e.sh\"]", "entrypoint exec /e.sh"),
        ("SHELL [\"/bin/bash\", \"-c\"]", "shell /bin/bash|-c"),
        ("SHELL bash", "other shell"),
        ("HEALTHCHECK NONE", "healthcheck none"),
        ("HEALTHCHECK --interval=5s CMD curl -f x", "--interval=5s healthcheck shell curl -f x"),
        ("HEALTHCHECK CMD [\"a\"]", "healthcheck exec a"),
        ("HEALTHCHECK a", "other healthcheck"),
        ("WORKDIR /var/www/$A", "workdir /var/www/<A>"),
        ("USER www-data:www-data", "user www-data:www-data"),
        ("STOPSIGNAL SIGQUIT", "stopsignal SIGQUIT"),
        ("EXPOSE 80 443/tcp $P", "expose 80|443/tcp|<P>"),
        ("VOLUME /a /b", "volume /a|/b"),
        ("VOLUME [\"/a\"]", "volume /a"),
        ("ONBUILD RUN a", "onbuild run shell a"),
        ("ONBUILD FROM a", "other onbuild"),
        ("ONBUILD ONBUILD RUN a", "other onbuild"),
        ("MAINTAINER a", "other maintainer"),
        ("run", "other run"),
        ("# a\n\n  # b\n", ""),
        ("# escape=`\nENV A=b` c D=e\\f `\n G=h", "env A=b c|D=e\\f|G=h"),
        ("\n# escape=`\nENV A=b\\ c", "env A=b c"),
        ("\u{feff}ENV A=b\r\nENV C=d\\\r\ne\r\n", "env A=b|env C=de"),
        ("ENV A=b\\\\\nENV C=d", "env A=b\\|env C=d"),
        ("ENV A=b \\", "env A=b"),
    ] {
        assert_eq!(all(text).join("|"), expected, "{text:?}");
    }
}

#[test]
fn stages_are_read() {
    let text = "ARG V=8\nFROM --platform=linux/amd64 php:${V}-fpm AS base\nRUN a\nfrom base as web\nFROM a b\nFROM x AS\nUSER u";
    assert_eq!(
        all(text),
        [
            "arg V=8",
            "from php:<V>-fpm as baseplatform",
            "run shell a",
            "from base as web",
            "other from",
            "other from",
            "user u",
        ]
    );
    let stage = &read(text).stages[0];
    assert_eq!(&text[stage.span.range()], "FROM --platform=linux/amd64 php:${V}-fpm AS base");
    assert_eq!(&text[stage.image.span.range()], "php:${V}-fpm");
    assert_eq!(stage.name.as_ref().unwrap().as_literal(), Some("base"));
}

#[test]
fn spans_are_in_the_file_as_it_is_written() {
    let text = "FROM é\nENV A=1 \\\n  # ü\n  B=\"x y\"\nRUN first \\\n && second ü \\\n || third\nCMD [\"a\", \"b\"]\n";
    let stage = &read(text).stages[0];
    let texts: Vec<&str> = stage.instructions.iter().map(|one| &text[one.span.range()]).collect();
    assert_eq!(texts[0], "ENV A=1 \\\n  # ü\n  B=\"x y\"");
    assert_eq!(texts[2], "CMD [\"a\", \"b\"]");
    let Kind::Env(pairs) = &stage.instructions[0].kind else { panic!() };
    assert_eq!(&text[pairs[1].span.range()], "B=\"x y\"");
    assert_eq!(&text[pairs[1].value.as_ref().unwrap().span.range()], "\"x y\"");
    let commands = stage.instructions[1].kind.run_commands();
    let texts: Vec<&str> = commands.iter().map(|command| &text[command.span.range()]).collect();
    assert_eq!(texts, ["first", "second ü", "third"]);
    assert!(!commands[1].conditional && commands[2].conditional);
    let Kind::Cmd(CommandLine::Exec(words)) = &stage.instructions[2].kind else { panic!() };
    assert_eq!(&text[words[1].span.range()], "\"b\"");
}

#[test]
fn a_script_in_the_file_is_run() {
    for (text, expected) in [
        ("RUN <<E\na b\nc\nE\n", vec!["a b", "c"]),
        ("RUN <<E\n#!/bin/bash -e\na b\nE\n", vec!["a b"]),
        ("RUN <<E\n#!/usr/bin/env python\nimport x\nE\n", vec![]),
        ("RUN cat <<E > x && y\na b\nE\n", vec!["cat", "y"]),
        ("RUN [\"a\"]\n", vec![]),
        ("CMD a\n", vec![]),
    ] {
        let file = read(text);
        let commands = file.before[0].kind.run_commands();
        let found: Vec<&str> = commands.iter().map(|command| &text[command.span.range()]).collect();
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn the_whole_instruction_has_its_heredocs() {
    let text = "RUN <<-É\n\ta\n\tÉ\nUSER u\n";
    let file = read(text);
    assert_eq!(&text[file.before[0].span.range()], "RUN <<-É\n\ta\n\tÉ");
    assert_eq!(shown(&file.before[1]), "user u");
}

//! Deploy manifests: any text, and manifests with something wrong in them.

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use unstick::parse::dockerfile::{self, CommandLine, Flag, Instruction, Kind as Docker, Pair, Word};
use unstick::parse::node::{Kind, Node};
use unstick::parse::shell::{self, Command};
use unstick::parse::yaml::{self, Yaml};
use unstick::parse::{ini, interpolation, toml};
use unstick::text::Span;

use super::holds;
use super::mutate::mutated;

const YAML: &[&str] = &[
    "services:\n  app: &app\n    image: \"x:${TAG:-1}\"\n    environment:\n      - A=b\n      - 'C'\n    deploy: {replicas: 3}\n  b:\n    <<: *app\n    command: |\n      run é\n      that\n",
    "apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: 2 # two\n  template:\n    spec:\n      containers:\n      - name: é\n        env:\n        - {name: A, value: \"1\"}\n---\n# next\n? [a, b]\n: !Ref x\n",
    "{\n\t\"family\": \"web\",\n\t\"containerDefinitions\": [{\"name\": \"a\", \"memory\": 1e3, \"essential\": true}]\n}\n",
];

const HELM: &[&str] = &[
    "{{- if .Values.on }}\nspec:\n  {{- if not .x }}\n  replicas: {{ .Values.n }}\n  {{- else }}\n  replicas: 1\n  {{- end }}\n  l:\n    {{- include \"l\" . | nindent 4 }}\n    a: b\n  list:\n  {{- range .xs }}\n  - {{ . | quote }}\n  {{- end }}\n{{- end }}\n",
    "{{- define \"x\" -}}\na: é\n{{- end -}}\n{{/* c */}}\nk: \"{{ .a | default \"b\" }}\"\n{% if x %}\n<%= y %>: 1\n{% endif %}\n",
];

const DOCKERFILES: &[&str] = &[
    "# escape=\\\nARG V=8\nFROM --platform=x php:${V:-8}-fpm AS base\nENV A=b C=\"d $E\" \\\n  # é\n  F='g'\nCOPY --from=base [\"a\", \"/b\"]\nRUN a && \\\n b || c\n",
    "FROM x\nRUN <<E\na é\nE\nCOPY <<-F <<G /x\n\t1\n\tF\n2\nG\nONBUILD RUN cat <<H > y\nz\nH\nHEALTHCHECK --interval=5s CMD [\"é\"]\nVOLUME [\"/a\"]\nLABEL a b\nUSER ${U?é}\nEXPOSE 80\n",
];

const SCRIPTS: &[&str] = &[
    "#!/bin/sh\nset -e\nif [ \"$ROLE\" = 'web' ]; then\n  A=1 exec php-fpm -F > /dev/null 2>&1\nelse f || g; fi\nfor x in $(a b); do c \"${x:-é}\" `d`; done\n",
    "f() { a; }\ncase \"$1\" in\n a|b) c ;;\n *) exec \"$@\" ;;\nesac\ncat <<-E | x\n\té $y\n\tE\nL=(a b) z\n",
];

const INI: &[&str] = &[
    "; é\n[www]\nuser = www-data ; c\nenv[A] = \"b ; \\\" c\"\nphp_value[d] = 'e'\nextension[]=f\r\n[g]\nh\n",
];

const TOML: &[&str] = &[
    "app = 'é'\n[env]\nA = \"b\\n\" # c\n[[mounts]]\nsource = \"\"\"x\ny\"\"\"\na.b = {c = [1, 0x2, 3.0]}\n[deploy]\nd = 2024-01-02\n",
];

fn fits(text: &str, span: Span) -> bool {
    span.start <= span.end && text.get(span.range()).is_some()
}

fn any_text(characters: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,60}",
        characters,
        prop::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter)
    ]
}

/// Every span fits, and no node is deeper than it may be.
fn check_node(text: &str, node: &Node, depth: usize) -> TestCaseResult {
    prop_assert!(fits(text, node.span), "{:?}", node);
    prop_assert!(depth < yaml::MAX_DEPTH);
    if let Kind::Tagged(_, inner) = &node.kind {
        check_node(text, inner, depth + 1)?;
    }
    node.items().iter().try_for_each(|item| check_node(text, item, depth + 1))?;
    node.entries().iter().try_for_each(|(key, value)| {
        check_node(text, key, depth + 1)?;
        check_node(text, value, depth + 1)
    })
}

fn check_yaml(text: &str, yaml: &Yaml) -> TestCaseResult {
    if let Some(error) = &yaml.error {
        prop_assert!(fits(text, error.span), "{:?}", error);
        prop_assert!(
            !error.message.is_empty() && error.message != "the parser failed on this file",
            "{:?}",
            error
        );
    }
    yaml.documents.iter().try_for_each(|document| check_node(text, document, 0))
}

fn yaml_property(text: String) -> TestCaseResult {
    for read in [yaml::read, yaml::read_templated] {
        let yaml = read(&text);
        check_yaml(&text, &yaml)?;
        prop_assert_eq!(&yaml, &read(&text));
    }
    Ok(())
}

#[test]
fn yaml_reads_any_text() {
    holds(2000, || any_text("[a-c:\\-\\[\\]\\{\\},&*!|>'\"#%?~< \t\r\n]{0,60}"), yaml_property);
    holds(2000, || prop_oneof![mutated(YAML), mutated(HELM)], yaml_property);
}

#[test]
fn toml_reads_any_text() {
    holds(
        1500,
        || prop_oneof![any_text("[ab.=\\[\\]\\{\\},'\"# 1\n]{0,60}"), mutated(TOML)],
        |text| {
            let toml = toml::read(&text);
            check_node(&text, &toml.root, 0)?;
            if let Some(error) = &toml.error {
                prop_assert!(fits(&text, error.span), "{:?}", error);
            }
            prop_assert_eq!(&toml, &toml::read(&text));
            Ok(())
        },
    );
}

fn check_word(text: &str, word: &Word) -> TestCaseResult {
    prop_assert!(fits(text, word.span), "{:?}", word);
    Ok(())
}

fn check_pair(text: &str, pair: &Pair) -> TestCaseResult {
    prop_assert!(fits(text, pair.span), "{:?}", pair);
    check_word(text, &pair.name)?;
    pair.value.iter().try_for_each(|value| check_word(text, value))
}

fn check_flag(text: &str, flag: &Flag) -> TestCaseResult {
    prop_assert!(fits(text, flag.span), "{:?}", flag);
    flag.value.iter().try_for_each(|value| check_word(text, value))
}

fn check_command(text: &str, command: &Command) -> TestCaseResult {
    prop_assert!(fits(text, command.span), "{:?}", command);
    let values = command.assignments.iter().map(|(_, value)| value);
    for word in command.words.iter().chain(&command.redirects).chain(values) {
        prop_assert!(fits(text, word.span), "{:?}", word);
    }
    Ok(())
}

fn check_line(text: &str, line: &CommandLine) -> TestCaseResult {
    match line {
        CommandLine::Exec(words) => words.iter().try_for_each(|word| check_word(text, word)),
        CommandLine::Shell(shell) => {
            prop_assert!(fits(text, shell.span), "{:?}", shell);
            shell.commands().iter().try_for_each(|command| check_command(text, command))
        }
    }
}

fn check_instruction(text: &str, instruction: &Instruction) -> TestCaseResult {
    prop_assert!(fits(text, instruction.span), "{:?}", instruction);
    instruction.flags.iter().try_for_each(|flag| check_flag(text, flag))?;
    instruction.kind.run_commands().iter().try_for_each(|command| check_command(text, command))?;
    match &instruction.kind {
        Docker::Env(pairs) | Docker::Label(pairs) | Docker::Arg(pairs) => {
            pairs.iter().try_for_each(|pair| check_pair(text, pair))
        }
        Docker::Copy(copy) | Docker::Add(copy) => {
            for heredoc in &copy.heredocs {
                prop_assert_eq!(text.get(heredoc.span.range()), Some(&*heredoc.text));
            }
            check_word(text, &copy.destination)?;
            copy.sources.iter().try_for_each(|word| check_word(text, word))
        }
        Docker::Run(line, _) | Docker::Cmd(line) | Docker::Entrypoint(line) => check_line(text, line),
        Docker::Healthcheck(line) => line.iter().try_for_each(|line| check_line(text, line)),
        Docker::Workdir(word) | Docker::User(word) | Docker::StopSignal(word) => check_word(text, word),
        Docker::Shell(words) | Docker::Expose(words) | Docker::Volume(words) => {
            words.iter().try_for_each(|word| check_word(text, word))
        }
        Docker::OnBuild(inner) => check_instruction(text, inner),
        Docker::Other(_) => Ok(()),
    }
}

#[test]
fn dockerfiles_read_any_text() {
    holds(
        2000,
        || prop_oneof![1 => any_text("(ENV |RUN |COPY |CMD |FROM |[ab=$\\{\\}:\\-\\[\\],<#'\"\\\\ \t\r\n]){0,40}"), 2 => mutated(DOCKERFILES)],
        |text| {
            let file = dockerfile::read(&text);
            file.before.iter().try_for_each(|instruction| check_instruction(&text, instruction))?;
            for stage in &file.stages {
                prop_assert!(fits(&text, stage.span), "{:?}", stage);
                check_word(&text, &stage.image)?;
                stage.name.iter().try_for_each(|name| check_word(&text, name))?;
                stage.flags.iter().try_for_each(|flag| check_flag(&text, flag))?;
                stage
                    .instructions
                    .iter()
                    .try_for_each(|instruction| check_instruction(&text, instruction))?;
            }
            prop_assert_eq!(&file, &dockerfile::read(&text));
            Ok(())
        },
    );
}

#[test]
fn scripts_read_any_text() {
    holds(
        2000,
        || {
            prop_oneof![
                any_text("(if |fi|case x in|esac|[ab=$\\{\\}()&|;<>#'\"`\\\\ \t\r\n]){0,40}"),
                mutated(SCRIPTS)
            ]
        },
        |text| {
            let commands = shell::commands(&text);
            for command in &commands {
                check_command(&text, command)?;
                prop_assert!(!command.words.is_empty() || !command.assignments.is_empty());
            }
            prop_assert_eq!(&commands, &shell::commands(&text));
            Ok(())
        },
    );
}

#[test]
fn ini_files_read_any_text() {
    holds(
        1500,
        || prop_oneof![any_text("[ab=\\[\\];#'\"\\\\ \t\r\n]{0,40}"), mutated(INI)],
        |text| {
            let ini = ini::read(&text);
            for entry in &ini.entries {
                prop_assert!(fits(&text, entry.span) && !entry.name.is_empty(), "{:?}", entry);
                prop_assert!(entry.value.as_ref().is_none_or(|value| fits(&text, value.span)), "{:?}", entry);
            }
            prop_assert!(ini.broken.iter().all(|span| fits(&text, *span)));
            prop_assert_eq!(&ini, &ini::read(&text));
            Ok(())
        },
    );
}

#[test]
fn interpolations_read_any_text() {
    holds(
        2000,
        || any_text("[Ab$\\{\\}:\\-+? \n]{0,40}"),
        |text| {
            match interpolation::parse(&text) {
                Ok(template) => {
                    let value = |name: &str| (name.len() == 1).then(|| std::sync::Arc::from("v"));
                    prop_assert_eq!(template.resolve(&value), template.resolve(&value));
                    prop_assert!(text.contains('$') || template.as_literal() == Some(&text));
                }
                Err(span) => prop_assert!(fits(&text, span) && !span.range().is_empty()),
            }
            Ok(())
        },
    );
}

//! Layered sources of variables: whatever sets a variable, the program says the value that wins and the line that sets it.

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::common::Folder;
use super::holds;

const NAMES: [&str; 4] = ["SESSION_DRIVER", "CACHE_STORE", "LOG_CHANNEL", "QUEUE_CONNECTION"];

const VALUES: &[&str] = &["", "redis", "file", "database", "stderr"];

/// What a source says about a variable.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Said {
    Nothing,
    Text(&'static str),
    /// It is there, and its value is elsewhere.
    Elsewhere,
}

/// What a source says about each of the variables.
type Says = [Said; 4];

/// How the env file gets into effect.
#[derive(Debug, Clone, Copy, PartialEq)]
enum EnvFile {
    None,
    Copied,
    PickedByAppEnv,
}

/// A source as it was written: for each variable its line and what is said there.
struct Written {
    path: String,
    lines: Vec<(usize, Said)>,
    /// It may set more than can be seen.
    hides: bool,
}

/// A text, written line by line.
#[derive(Default)]
struct Text(String);

impl Text {
    fn lines(&mut self, lines: &str) {
        self.0.push_str(lines);
    }

    /// Writes the variables of a source, each on a line.
    fn write(&mut self, path: &str, says: &Says, line: impl Fn(&str, Said) -> String) -> Written {
        let mut lines = Vec::new();
        for (name, said) in NAMES.iter().zip(says) {
            lines.push((self.0.lines().count() + 1, *said));
            if *said != Said::Nothing {
                self.0.push_str(&line(name, *said));
            }
        }
        Written { path: path.to_owned(), lines, hides: false }
    }
}

fn text(said: Said) -> &'static str {
    if let Said::Text(text) = said { text } else { "" }
}

fn assignment(name: &str, said: Said) -> String {
    format!("{name}={}\n", text(said))
}

/// The plain model: the first of the sources, the strongest first, that says anything, and its line. Below one that hides
/// something no value is sure.
fn winner(sources: &[Written], name: usize) -> Option<(Option<&'static str>, String)> {
    let at = sources.iter().position(|source| source.lines[name].1 != Said::Nothing)?;
    let hidden = sources[..at].iter().any(|source| source.hides);
    let (line, said) = sources[at].lines[name];
    let value = if let (Said::Text(value), false) = (said, hidden) { Some(value) } else { None };
    Some((value, format!("{}:{line}", sources[at].path)))
}

/// What the program says of the variables of an environment.
fn agrees(app: &Folder, environment: &str, sources: &[Written]) -> TestCaseResult {
    let report = app.run(&["env", "--format", "json", "--show-secrets"]).json();
    let environments = report["apps"][0]["environments"].as_array().unwrap();
    let found: Vec<_> = environments.iter().filter(|found| found["name"] == environment).collect();
    prop_assert_eq!(found.len(), 1, "{:#}", report);
    let variables = &found[0]["variables"];
    for (index, name) in NAMES.iter().enumerate() {
        let variable = &variables[*name];
        let said = variable.is_object().then(|| {
            let last = variable["trail"].as_array().unwrap().last().unwrap();
            (variable["value"].as_str(), format!("{}:{}", last["path"].as_str().unwrap(), last["line"]))
        });
        prop_assert_eq!(said, winner(sources, index), "{}: {:#}", name, variable);
    }
    Ok(())
}

fn env_file(app: &Folder, says: &Says) -> Written {
    let mut file = Text("APP_NAME=Shop\n".to_owned());
    let written = file.write(".env.production", says, assignment);
    app.write(".env.production", file.0);
    written
}

/// `docker-compose.yml` with an env file, `docker-compose.prod.yml` with one of its own over it, the image, the env file.
fn compose(
    (base, over, first, second, image, file): (Says, Says, Says, Says, Says, Says),
    use_file: EnvFile,
    hides: bool,
) -> TestCaseResult {
    let app = Folder::laravel().without(".env");
    let line = |name: &str, said: Said| match said {
        Said::Text(text) => format!("      {name}: \"{text}\"\n"),
        _ => format!("      {name}:\n"),
    };
    let env_files = |text: &mut Text, files: &[&str]| {
        text.lines("    env_file:\n");
        files.iter().for_each(|file| text.lines(&format!("      - {file}\n")));
    };
    let mut prod = Text("services:\n  web:\n    environment:\n      APP_DEBUG: \"false\"\n".to_owned());
    if use_file == EnvFile::PickedByAppEnv {
        prod.lines("      APP_ENV: production\n");
    }
    let over = prod.write("docker-compose.prod.yml", &over, line);
    env_files(&mut prod, if hides { &["env/second.env", "env/missing.env"] } else { &["env/second.env"] });
    app.write("docker-compose.prod.yml", prod.0);
    let mut plain = Text(
        "services:\n  web:\n    build: .\n    ports: [\"80:80\"]\n    environment:\n      APP_URL: x\n"
            .to_owned(),
    );
    let base = plain.write("docker-compose.yml", &base, line);
    env_files(&mut plain, &["env/first.env"]);
    app.write("docker-compose.yml", plain.0);
    let mut sources = vec![over, base];
    if hides {
        let lines = vec![(0, Said::Nothing); NAMES.len()];
        sources.push(Written { path: "env/missing.env".to_owned(), lines, hides });
    }
    for (path, says) in [("env/second.env", &second), ("env/first.env", &first)] {
        let mut file = Text("# one\n".to_owned());
        sources.push(file.write(path, says, assignment));
        app.write(path, file.0);
    }
    let mut dockerfile = Text("FROM php:8.3-apache\nWORKDIR /var/www/html\n".to_owned());
    sources.push(
        dockerfile.write("Dockerfile", &image, |name, said| format!("ENV {name}=\"{}\"\n", text(said))),
    );
    dockerfile.lines("COPY . .\n");
    if use_file == EnvFile::Copied {
        dockerfile.lines("COPY .env.production .env\n");
    }
    app.write("Dockerfile", dockerfile.0);
    if use_file != EnvFile::None {
        sources.push(env_file(&app, &file));
    }
    agrees(&app, "production", &sources)
}

/// A Deployment with variables of its own and of several ConfigMaps, the last over the first, and the env file.
fn kubernetes(
    (own, maps, file): (Says, Vec<Says>, Says),
    use_file: EnvFile,
    hidden_at: Option<usize>,
) -> TestCaseResult {
    let app = Folder::laravel().without(".env");
    let mut pod = Text(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  template:\n    spec:\n      \
         containers:\n        - name: web\n          image: ghcr.io/example/shop\n          ports:\n            \
         - containerPort: 80\n          env:\n            - {name: APP_DEBUG, value: \"false\"}\n"
            .to_owned(),
    );
    if use_file == EnvFile::PickedByAppEnv {
        pod.lines("            - {name: APP_ENV, value: production}\n");
    }
    let own = pod.write("k8s/deployment.yaml", &own, |name, said| match said {
        Said::Text(text) => format!("            - {{name: {name}, value: \"{text}\"}}\n"),
        _ => format!("            - {{name: {name}, valueFrom: {{secretKeyRef: {{name: s, key: k}}}}}}\n"),
    });
    let mut sources = vec![own];
    pod.lines("          envFrom:\n            - configMapRef: {name: first}\n");
    app.write("k8s/first.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: first\ndata:\n  A: b\n");
    let mut weaker = Vec::new();
    for (index, says) in maps.iter().enumerate() {
        let path = format!("k8s/map{index}.yaml");
        let mut map =
            Text(format!("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: map{index}\ndata:\n"));
        let line = |name: &str, said: Said| format!("  {name}: \"{}\"\n", text(said));
        weaker.push(map.write(&path, says, line));
        map.lines("  MORE: x\n");
        app.write(&path, map.0);
        pod.lines(&format!("            - configMapRef: {{name: map{index}}}\n"));
        if hidden_at == Some(index) {
            pod.lines("            - secretRef: {name: outside}\n");
            let lines = vec![(0, Said::Nothing); NAMES.len()];
            weaker.push(Written { path: String::new(), lines, hides: true });
        }
    }
    app.write("k8s/deployment.yaml", pod.0);
    sources.extend(weaker.into_iter().rev());
    if use_file == EnvFile::PickedByAppEnv {
        sources.push(env_file(&app, &file));
    }
    agrees(&app, "kubernetes", &sources)
}

/// What a source without secrets says.
fn plain() -> impl Strategy<Value = Says> {
    let said = prop_oneof![
        2 => Just(Said::Nothing),
        2 => proptest::sample::select(VALUES).prop_map(Said::Text),
    ];
    [said.clone(), said.clone(), said.clone(), said]
}

/// What a source says that may take a value from elsewhere.
fn any() -> impl Strategy<Value = Says> {
    let one = |said: Said, elsewhere: bool| if elsewhere { Said::Elsewhere } else { said };
    (plain(), proptest::array::uniform4(proptest::bool::weighted(0.1)))
        .prop_map(move |(says, elsewhere)| std::array::from_fn(|index| one(says[index], elsewhere[index])))
}

fn file_use() -> impl Strategy<Value = EnvFile> {
    proptest::sample::select(&[EnvFile::None, EnvFile::Copied, EnvFile::PickedByAppEnv][..])
}

#[test]
fn compose_over_image_over_env_file() {
    holds(
        60,
        || {
            let says = (any(), any(), plain(), plain(), plain(), plain());
            (says, file_use(), proptest::bool::weighted(0.2))
        },
        |(says, use_file, hides)| compose(says, use_file, hides),
    );
}

#[test]
fn kubernetes_over_env_file() {
    holds(
        60,
        || {
            let says = (any(), prop::collection::vec(plain(), 1..4), plain());
            (says, file_use(), prop::option::weighted(0.3, 0_usize..4))
        },
        |(says, use_file, hidden_at)| kubernetes(says, use_file, hidden_at),
    );
}

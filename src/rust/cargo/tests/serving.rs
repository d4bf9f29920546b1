use super::*;

const MAIN: (&str, &str) = ("src/main.rs", "");

/// The servers of a tree: `package: bins framework certainty`.
fn servers(files: &[(&str, &str)]) -> Vec<String> {
    with(files, |_, packages| {
        let one = |server: Server| {
            let sign = server.framework().unwrap();
            let name = &packages.all()[server.package].name;
            format!("{name}: {} {} {:?}", server.bins.join(","), sign.package, server.certainty)
        };
        packages.candidates().into_iter().map(one).collect()
    })
}

#[test]
fn a_server_needs_a_program_and_a_crate_that_serves() {
    for (dependencies, expected) in [
        ("[dependencies]\naxum = '0.8'", "shop: shop axum Clear"),
        ("[dependencies]\nweb = { package = 'actix-web', version = '4' }", "shop: shop actix-web Clear"),
        ("[dependencies]\nclap = '4'", ""),
        ("[dependencies]\nreqwest = '0.12'\nhyper = '1'", ""),
        ("[dependencies]\nhyper = { version = '1', features = ['server'] }", "shop: shop hyper Likely"),
        ("[dependencies]\nhyper = { version = '0.14', features = ['full'] }", "shop: shop hyper Likely"),
        ("[dependencies]\ntonic = '0.12'", "shop: shop tonic Likely"),
        ("[dependencies]\ntonic = { version = '0.12', default-features = false }", ""),
        ("[dev-dependencies]\naxum = '0.8'", ""),
        ("[build-dependencies]\naxum = '0.8'", ""),
        ("[dependencies]\naxum = { version = '0.8', optional = true }", "shop: shop axum Likely"),
        (
            "[dependencies]\naxum = { version = '0.8', optional = true }\n[features]\ndefault = ['axum']",
            "shop: shop axum Clear",
        ),
        ("[target.'cfg(windows)'.dependencies]\naxum = '0.8'", ""),
        ("[dependencies]\naxum = '0.8'\ntauri = '2'", ""),
        ("[dependencies]\naxum = '0.8'\ntauri = { version = '2', optional = true }", "shop: shop axum Clear"),
        // The program of a leptos app is built with other features than the default ones.
        (
            "[dependencies]\naxum = { version = '0.8', optional = true }\n[features]\nssr = ['dep:axum']\n\
             [package.metadata.leptos]\nbin-features = ['ssr']",
            "shop: shop axum Clear",
        ),
        (
            "[dependencies]\naxum = { version = '0.8', optional = true }\n[features]\nweb = ['dep:axum']\n\
             [[bin]]\nname = 'shop'\nrequired-features = ['web']",
            "shop: shop axum Clear",
        ),
    ] {
        let manifest = format!("[package]\nname = 'shop'\nedition = '2021'\n{dependencies}");
        let found = servers(&[("Cargo.toml", &manifest), MAIN]).join("; ");
        assert_eq!(found, expected, "{dependencies}");
        assert_eq!(
            servers(&[("Cargo.toml", &manifest), ("src/lib.rs", "")]).is_empty(),
            !manifest.contains("[[bin]]") || expected.is_empty()
        );
    }
}

#[test]
fn programs_are_found() {
    let files = ["src/main.rs", "src/bin/a.rs", "src/bin/b/main.rs", "src/bin/c/x.rs", "src/lib.rs"];
    for (edition, more, expected) in [
        ("2021", "", "shop=src/main.rs a=src/bin/a.rs b=src/bin/b/main.rs"),
        ("2021", "autobins = false", ""),
        (
            "2021",
            "[[bin]]\nname = 'z'\npath = 'src/main.rs'",
            "z=src/main.rs a=src/bin/a.rs b=src/bin/b/main.rs",
        ),
        ("2021", "[[bin]]\nname = 'b'", "b=src/bin/b/main.rs shop=src/main.rs a=src/bin/a.rs"),
        ("2015", "[[bin]]\nname = 'a'", "a=src/bin/a.rs"),
        ("2015", "", "shop=src/main.rs a=src/bin/a.rs b=src/bin/b/main.rs"),
        ("2021", "autobins = false\n[[bin]]\nname = 'w'", "w=src/bin/w.rs"),
        ("2021", "autobins = false\n[[bin]]\nname = 'w'\npath = '../../w.rs'", ""),
    ] {
        let manifest = format!("[package]\nname = 'shop'\nedition = '{edition}'\n{more}");
        let mut tree = vec![("Cargo.toml", manifest.as_str())];
        tree.extend(files.iter().map(|file| (*file, "")));
        with(&tree, |_, packages| {
            let shop = package(packages, "shop");
            let found: Vec<String> =
                shop.bins.iter().map(|bin| format!("{}={}", bin.name, bin.path)).collect();
            assert_eq!(found.join(" "), expected, "{edition} {more}");
            assert_eq!(shop.library.as_ref().unwrap().name, "shop");
        });
    }
}

const ROOT: (&str, &str) = ("Cargo.toml", "[workspace]\nmembers = ['*']\n");

#[test]
fn a_command_line_member_is_no_server() {
    let common = (
        "common/Cargo.toml",
        "[package]\nname = 'common'\n[dependencies]\naxum = '0.8'\nsqlx = { version = '0.8', features = ['sqlite'] }\n",
    );
    let server = (
        "server/Cargo.toml",
        "[package]\nname = 'server'\n[dependencies]\naxum = '0.8'\ncommon = { path = '../common' }\n",
    );
    let client = (
        "client/Cargo.toml",
        "[package]\nname = 'client'\n[dependencies]\ncommon = { path = '../common' }\n",
    );
    let tool = (
        "tool/Cargo.toml",
        "[package]\nname = 'tool'\n[dependencies]\nclap = '4'\n[dev-dependencies]\nserver = { path = '../server' }\n",
    );
    let mains = ["server/src/main.rs", "client/src/main.rs", "tool/src/main.rs"].map(|path| (path, ""));
    let mut files = vec![ROOT, common, server, client, tool];
    files.extend(mains);
    assert_eq!(servers(&files), ["server: server axum Clear", "client: client axum Doubtful"]);
    with(&files, |_, packages| {
        let found = packages.servers();
        let names: Vec<&str> =
            found[0].closure.iter().map(|one| packages.all()[one.package].name.as_str()).collect();
        assert_eq!((found.len(), names), (1, vec!["server", "common"]));
        let sqlx: Vec<State> =
            found[0].dependencies_on("sqlx").map(|(_, one)| one.feature("sqlite")).collect();
        assert_eq!(sqlx, [State::On]);
    });
    // Without the server beside it the same program may well serve.
    files.retain(|(path, _)| !path.starts_with("server"));
    assert_eq!(servers(&files), ["client: client axum Likely"]);
}

#[test]
fn a_program_beside_its_library_is_no_second_server() {
    let server = (
        "server/Cargo.toml",
        "[package]\nname = 'server'\n[dependencies]\naxum = '0.8'\nutils = { path = '../utils' }\n",
    );
    let utils = ("utils/Cargo.toml", "[package]\nname = 'utils'\n[dependencies]\naxum = '0.8'\n");
    let mains = ["server/src/main.rs", "utils/src/lib.rs", "utils/src/bin/seed.rs"].map(|path| (path, ""));
    let mut files = vec![ROOT, server, utils];
    files.extend(mains);
    assert_eq!(servers(&files), ["server: server axum Clear", "utils: seed axum Doubtful"]);
}

#[test]
fn dependents_turn_features_on() {
    let store = "[package]\nname = 'store'\n[dependencies]\nmoka = { version = '0.12', optional = true }\n\
        redis = { version = '1', optional = true }\nsled = { version = '0.34', optional = true }\n\
        [features]\ndefault = ['memory']\nmemory = ['dep:moka']\nshared = ['dep:redis']\n";
    for (dependency, features, expected) in [
        ("store = { path = '../store' }", "", "+moka -redis -sled"),
        ("store = { path = '../store', default-features = false }", "", "-moka -redis -sled"),
        ("store = { path = '../store', features = ['shared'] }", "", "+moka +redis -sled"),
        ("store = { path = '../store' }", "scaled = ['store/shared']", "+moka ?redis -sled"),
        (
            "store = { path = '../store' }",
            "default = ['scaled']\nscaled = ['store/shared']",
            "+moka +redis -sled",
        ),
        ("store = { path = '../store' }", "default = ['store/sled']", "+moka -redis +sled"),
        ("store = { path = '../store', optional = true }", "", "?moka -redis -sled"),
        (
            "store = { path = '../store', optional = true }",
            "default = ['store?/shared']",
            "?moka ?redis -sled",
        ),
        (
            "store = { path = '../store', optional = true }",
            "default = ['store?/shared', 'store']",
            "+moka +redis -sled",
        ),
    ] {
        let server = format!(
            "[package]\nname = 'server'\n[dependencies]\naxum = '0.8'\n{dependency}\n[features]\n{features}"
        );
        let files = [
            ROOT,
            ("server/Cargo.toml", server.as_str()),
            ("server/src/main.rs", ""),
            ("store/Cargo.toml", store),
        ];
        with(&files, |_, packages| {
            let server = packages.servers().remove(0);
            let of_store: Vec<String> = server.closure[1].dependencies.iter().map(shown).collect();
            assert_eq!(of_store.join(" "), expected, "{dependency} {features}");
            let asked = Asked { features: vec!["scaled"], no_default: true };
            let closure = packages.closure(server.package, &asked);
            if let (true, Some(store)) = (features.contains("scaled ="), closure.get(1)) {
                let on = store.dependencies.iter().filter(|one| one.state == State::On).count();
                assert_eq!(on, 2, "{features}");
            }
        });
    }
}

#[test]
fn variables_of_builds() {
    let files = [
        ("app/.cargo/config.toml", "[env]\nA = '1'\nB = { value = 'data', relative = true, force = true }\n"),
        (".cargo/config.toml", "[env]\nA = 'above'\nC = 'above'\n"),
        (".cargo/config", "[env]\nC = 'no ending'\nD = { force = true }\nE = 1\n"),
        ("broken/.cargo/config.toml", "[env\n"),
    ];
    with(&files, |tree, _| {
        let shown = |folder: &str| -> Vec<String> {
            let (found, _) = cargo_env(tree, folder);
            found
                .iter()
                .map(|one| {
                    format!("{}={}:{}{}", one.name, one.value, u8::from(one.force), u8::from(one.relative))
                })
                .collect()
        };
        assert_eq!(shown("app"), ["A=1:00", "B=data:11", "C=no ending:00"]);
        assert_eq!(shown(""), ["C=no ending:00"]);
        let (found, skipped) = cargo_env(tree, "broken");
        assert_eq!((found.len(), skipped.len(), skipped[0].line), (1, 1, Some(1)));
    });
}

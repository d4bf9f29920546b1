use super::*;

#[test]
fn what_cannot_be_read_is_said() {
    let good = ("good/Cargo.toml", "[package]\nname = 'good'\n");
    for (manifest, line, reason) in [
        ("[package\nname = 'x'", Some(1), "not TOML"),
        ("[package]\nname = 'x'\n<<<<<<< HEAD\n", Some(3), "not TOML"),
        ("\n[package]\nversion = '1'\n", Some(2), "no name"),
        ("[package]\nname = 3\n", Some(1), "no name"),
        ("package = 1", Some(1), "no name"),
        ("[package]\nname = '{{project-name}}'\n", Some(2), "template"),
        ("[package]\nname = 'x'\n[dependencies]\na = 1\n", Some(4), "neither a version nor a table"),
        ("[package]\nname = 'x'\n[dependencies]\na.workspace = true\n", Some(4), "does not define it"),
        ("a = \u{0}", None, "binary"),
    ] {
        with(&[("bad/Cargo.toml", manifest), good], |_, packages| {
            let [skipped] = packages.skipped() else { panic!("{manifest}: {:?}", packages.skipped()) };
            assert!(skipped.path.ends_with("bad/Cargo.toml"), "{skipped:?}");
            assert_eq!(skipped.line, line, "{manifest} {skipped:?}");
            assert!(skipped.reason.contains(reason), "{skipped:?}");
            assert_eq!(package(packages, "good").folder, "good");
        });
    }
}

#[test]
fn odd_manifests_are_no_fault() {
    for manifest in [
        "",
        "[workspace]\nmembers = 3\nexclude = [1]\ndependencies = 'x'",
        "[package]\nname = 'x'\ndependencies = 1\n[features]\na = 1\nb = [1]\n",
        "[package]\nname = 'x'\nworkspace = '../../../..'\n[lib]\npath = '/etc/passwd'\n[[bin]]\n",
        "[package]\nname = 'x'\nbin = 1\n",
        "[package]\nname = 'x'\n[dependencies]\nx = { path = '.' }\ny = { path = '/' }\nz = { path = '../..' }\n",
        "target = 1\n[package]\nname = 'x'\n",
        "[package]\nname = 'x'\nedition = { workspace = true }\nworkspace = '.'\n",
    ] {
        with(&[("Cargo.toml", manifest), ("src/main.rs", "")], |_, packages| {
            assert_eq!(packages.skipped(), &[], "{manifest}");
            assert!(packages.all().len() <= 1 && packages.servers().is_empty());
        });
    }
}

#[test]
fn circles_end() {
    let one = |name: &str, other: &str| {
        format!(
            "[package]\nname = '{name}'\n[dependencies]\naxum = '0.8'\n{other} = {{ path = '../{other}', features = ['a'] }}\n\
             [features]\ndefault = ['a']\na = ['{other}/a', 'b']\nb = ['a']\n"
        )
    };
    let (a, b) = (one("a", "b"), one("b", "a"));
    let files =
        [("a/Cargo.toml", a.as_str()), ("b/Cargo.toml", &b), ("a/src/main.rs", ""), ("b/src/main.rs", "")];
    with(&files, |_, packages| {
        let lengths: Vec<usize> = packages.candidates().iter().map(|one| one.closure.len()).collect();
        assert_eq!(lengths, [2, 2]);
    });
}

#[test]
fn path_dependencies_are_read_though_nothing_found_them() {
    let app = "[package]\nname = 'app'\n[dependencies]\nlib = { path = '../hidden/lib' }\ngone = { path = '../gone' }\n\
        other = { path = '../hidden/lib' }\n";
    let lib = "[package]\nname = 'lib'\n[dependencies]\naxum = '0.8'\n";
    let files = [
        ("app/Cargo.toml", app),
        ("app/src/main.rs", ""),
        ("hidden/lib/Cargo.toml", lib),
        ("hidden/lib/src/main.rs", ""),
    ];
    with(&files, |_, packages| {
        assert_eq!(packages.skipped(), &[]);
        let servers = packages.servers();
        assert_eq!(servers.len(), 1, "what nothing found is no server of its own");
        assert_eq!(packages.all()[servers[0].package].name, "app");
        let members: Vec<bool> =
            package(packages, "app").dependencies.iter().map(|one| one.member.is_some()).collect();
        assert_eq!(members, [true, false, false], "a package of another name is not the one that is meant");
    });
}

#[test]
fn much_is_bounded() {
    let mut manifest = "[package]\nname = 'x'\n[dependencies]\naxum = '0.8'\n".to_owned();
    (0..3_000).for_each(|at| manifest += &format!("d{at} = {{ version = '1', optional = true }}\n"));
    manifest += "[features]\n";
    (0..3_000).for_each(|at| manifest += &format!("f{at} = ['f{}', 'd{at}/x', 'd{at}?/y']\n", at + 1));
    with(&[("Cargo.toml", &manifest), ("src/main.rs", "")], |_, packages| {
        let all = &packages.all()[0].dependencies;
        assert_eq!(
            all.iter().filter(|one| one.state == State::Possible && one.features.len() == 2).count(),
            3_000
        );
        assert_eq!(packages.servers().len(), 1);
    });
}

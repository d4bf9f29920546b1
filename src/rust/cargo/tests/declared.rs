use super::*;

#[test]
fn every_spelling_of_a_dependency() {
    for (manifest, expected) in [
        ("[dependencies]\na = '1'", "+a"),
        ("[dependencies]\na = { version = '1', features = ['x'] }", "+a +x"),
        ("[dependencies.a]\nversion = '1'\ndefault-features = false", "+a!"),
        ("[dependencies.a]\nversion = '1'\ndefault_features = false", "+a!"),
        ("[dependencies]\na.version = '1'\na.features = ['x', 'y']", "+a +x +y"),
        ("[dependencies]\nr23 = { package = 'redis', version = '0.23' }", "+r23=redis"),
        ("[target.'cfg(unix)'.dependencies]\na = '1'", "+a"),
        ("[target.'cfg(windows)'.dependencies]\na = '1'", "-a"),
        ("[target.'cfg(target_arch = \"x86_64\")'.dependencies.a]\nversion = '1'", "?a"),
        ("[target.x86_64-pc-windows-gnu.dependencies]\na = '1'", "-a"),
        ("[dev-dependencies]\na = '1'\n[build-dependencies]\nb = '1'", ""),
        ("[dev_dependencies]\na = '1'\n[build_dependencies]\nb = '1'", ""),
        ("[target.'cfg(unix)'.dev-dependencies]\na = '1'", ""),
        ("[dependencies]\na = { git = 'https://git.test/a' }", "+a"),
        ("[dependencies]\ntower-sessions = '0.14'", "+tower-sessions +axum-core +memory-store"),
        (
            "[dependencies]\ntower-sessions = { version = '0.14', default-features = false }",
            "+tower-sessions!",
        ),
        (
            "[dependencies]\nobject_store = { version = '0.12', default-features = false, features = ['default'] }",
            "+object_store! +default +fs",
        ),
    ] {
        assert_eq!(alone(manifest).join(", "), expected, "{manifest}");
    }
}

#[test]
fn features_are_followed() {
    let dependencies = "[dependencies]\nmoka = { version = '0.12', optional = true }\n\
        redis = { version = '1', optional = true }\ndiesel = '2'\n[features]\n";
    for (features, expected) in [
        ("", "?moka, ?redis, +diesel"),
        ("default = ['moka']", "+moka, ?redis, +diesel"),
        ("default = ['memory']\nmemory = ['dep:moka']\nshared = ['dep:redis']", "+moka, ?redis, +diesel"),
        ("default = ['a']\na = ['b']\nb = ['a', 'dep:redis']", "?moka, +redis, +diesel"),
        ("pg = ['diesel/postgres']", "?moka, ?redis, +diesel ?postgres"),
        ("default = ['diesel/sqlite']\npg = ['diesel/postgres']", "?moka, ?redis, +diesel +sqlite ?postgres"),
        ("default = ['redis/tls']", "?moka, +redis +tls, +diesel"),
        ("default = ['redis?/tls']", "?moka, ?redis ?tls, +diesel"),
        ("default = ['redis?/tls', 'r']\nr = ['dep:redis']", "?moka, +redis +tls, +diesel"),
        ("default = ['r', 'redis?/tls']\nr = ['dep:redis']", "?moka, +redis +tls, +diesel"),
        // With `dep:` somewhere the dependency is no feature any more.
        ("default = ['moka']\nx = ['dep:moka']", "?moka, ?redis, +diesel"),
        ("default = ['unknown', '', '/', 'dep:', 'x?/', 'dep:x/y']", "?moka, ?redis, +diesel"),
        ("default = 'moka'", "?moka, ?redis, +diesel"),
    ] {
        let manifest = format!("{dependencies}{features}");
        assert_eq!(alone(&manifest).join(", "), expected, "{features}");
    }
}

#[test]
fn members_inherit() {
    let root = "[workspace]\nmembers = ['api']\n[workspace.package]\nedition = '2021'\nversion = '1.2.3'\n\
        [workspace.dependencies]\nsqlx = { version = '0.8', features = ['postgres'] }\n\
        store = { package = 'object_store', version = '0.12', default-features = false }\n\
        core = { path = 'core' }\nunused = '1'\n";
    for (edition, dependency, expected) in [
        ("2021", "sqlx.workspace = true", "+sqlx +any +json +macros +migrate +postgres"),
        (
            "2021",
            "sqlx = { workspace = true, features = ['sqlite'] }",
            "+sqlx +any +json +macros +migrate +postgres +sqlite",
        ),
        // A member cannot turn off what the workspace leaves on, before the edition 2024.
        (
            "2021",
            "sqlx = { workspace = true, default-features = false }",
            "+sqlx +any +json +macros +migrate +postgres",
        ),
        ("2024", "sqlx = { workspace = true, default-features = false }", "+sqlx! +postgres"),
        ("2021", "store.workspace = true", "+store=object_store!"),
        ("2021", "store = { workspace = true, default-features = true }", "+store=object_store +fs"),
        ("2021", "store = { workspace = true, optional = true }", "?store=object_store!"),
        ("2021", "[dependencies.core]\nworkspace = true", "+core"),
    ] {
        let api = format!("[package]\nname = 'api'\nedition = '{edition}'\n[dependencies]\n{dependency}");
        let core = "[package]\nname = 'core'\nedition.workspace = true\nversion.workspace = true\n[lib]\nname = 'kernel'";
        let files = [("Cargo.toml", root), ("api/Cargo.toml", &api), ("core/Cargo.toml", core)];
        with(&files, |_, packages| {
            assert_eq!(packages.skipped(), &[]);
            assert_eq!(packages.all().len(), 2, "a virtual root is no package");
            let api = package(packages, "api");
            let found: Vec<String> = api.dependencies.iter().map(shown).collect();
            assert_eq!(found, [expected], "{dependency}");
            assert_eq!(api.workspace, "");
            let one = &api.dependencies[0];
            assert!(one.place.path().ends_with("api/Cargo.toml") && one.defined.is_some());
            if one.key == "core" {
                let at = one.member.unwrap();
                assert_eq!((packages.all()[at].name.as_str(), one.crate_name.as_str()), ("core", "kernel"));
                let core = &packages.all()[at];
                assert_eq!((core.edition.as_str(), core.version.as_deref()), ("2021", Some("1.2.3")));
            }
        });
    }
}

#[test]
fn places_are_lines() {
    let manifest = "[package]\nname = 'shop'\n[dependencies]\n# é\nsqlx = { version = '0.8', features = [\n  'sqlite',\n] }\n\
        [dependencies.moka]\nversion = '0.12'\n[features]\ndefault = ['sqlx/postgres']\n";
    with(&[("Cargo.toml", manifest)], |_, packages| {
        let all = &package(packages, "shop").dependencies;
        let lines: Vec<u32> = all.iter().map(|one| one.place.start().line).collect();
        assert_eq!(lines, [5, 8]);
        let feature = |name: &str| all[0].features.iter().find(|one| one.name == name).unwrap();
        assert_eq!(feature("sqlite").place.start().line, 6);
        assert_eq!(feature("postgres").place.start().line, 11);
        assert_eq!(feature("postgres").origin, Origin::Feature("default".to_owned()));
        assert_eq!(feature("macros").origin, Origin::Default);
    });
}

#[test]
fn names_in_code() {
    let manifest = "[package]\nname = 'shop'\n[dependencies]\nrust-s3 = '0.37'\nactix-web = '4'\n\
        bucket-of = { package = 'rust-s3', version = '0.37' }\n";
    with(&[("Cargo.toml", manifest)], |_, packages| {
        let names: Vec<&str> =
            package(packages, "shop").dependencies.iter().map(|one| one.crate_name.as_str()).collect();
        assert_eq!(names, ["s3", "actix_web", "bucket_of"]);
    });
}

#[test]
fn versions_are_the_locked_ones() {
    let manifest = "[package]\nname = 'shop'\n[dependencies]\nredis = '1'\nold = { package = 'redis', version = '0.23' }\n\
        serde = '1'\nmoka = '0.12'\nnew = '3'\n";
    let plain = |name: &str, version: &str| {
        format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"registry+x\"\n")
    };
    let shared: String =
        [("redis", "1.0.2"), ("redis", "0.23.3"), ("serde", "1.0.1"), ("moka", "0.11.0"), ("other", "1.0.0")]
            .iter()
            .map(|(name, version)| plain(name, version))
            .collect();
    let own =
        |list: &str| format!("[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\ndependencies = [{list}]\n");
    let v1 = "\"redis 0.23.3 (registry+x)\", \"redis 1.0.2 (registry+x)\", \"serde 1.0.1 (registry+x)\"";
    let v4 = "\"redis 0.23.3\", \"redis 1.0.2\", \"serde\"";
    for lock in [
        own(v1).replace("[[package]]", "[root]") + &shared,
        own(v1) + &shared,
        format!("version = 3\n{}{shared}", own(v4)),
        format!("version = 4\n{}{shared}", own(v4)),
    ] {
        with(&[("Cargo.toml", manifest), ("Cargo.lock", &lock)], |_, packages| {
            let shop = package(packages, "shop");
            let found: Vec<String> = shop.dependencies.iter().map(shown).collect();
            // The locked moka is not one that the manifest allows: the lock file is an older one.
            assert_eq!(
                found,
                ["+redis@1.0.2", "+old=redis@0.23.3", "+serde@1.0.1", "+moka", "+new"],
                "{lock}"
            );
            assert_eq!(packages.locked(shop, "redis"), ["1.0.2", "0.23.3"]);
            assert_eq!(packages.locked(shop, "tokio").len(), 0);
        });
    }
}

#[test]
fn membership_is_cargos() {
    let root = "[workspace]\nmembers = ['crates/*', 'tools/x']\nexclude = ['crates/old', 'vendor']\n\
        [workspace.dependencies]\na = '1'\n[package]\nname = 'root'\n[dependencies]\nnear = { path = 'near' }\n";
    let plain = |name: &str| format!("[package]\nname = '{name}'\n");
    let manifests: Vec<(String, String)> =
        ["crates/api", "crates/old", "vendor/v", "near", "stray", "tools/x", "tools/y"]
            .iter()
            .map(|folder| (format!("{folder}/Cargo.toml"), plain(folder.rsplit('/').next().unwrap())))
            .collect();
    let mut files: Vec<(&str, &str)> =
        manifests.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("Cargo.toml", root));
    files.push(("own/Cargo.toml", "[package]\nname = 'own'\n[workspace]\n"));
    files.push(("own/deep/Cargo.toml", "[package]\nname = 'deep'\nworkspace = '../..'\n"));
    with(&files, |_, packages| {
        for (name, membership, workspace) in [
            ("root", Membership::Root, ""),
            ("api", Membership::Member, ""),
            ("near", Membership::Member, ""),
            ("x", Membership::Member, ""),
            ("y", Membership::Stray, ""),
            ("stray", Membership::Stray, ""),
            ("v", Membership::Alone, "vendor/v"),
            ("own", Membership::Root, "own"),
            ("deep", Membership::Stray, ""),
            ("old", Membership::Alone, "crates/old"),
        ] {
            let package = package(packages, name);
            assert_eq!((package.membership, package.workspace.as_str()), (membership, workspace), "{name}");
        }
    });
}

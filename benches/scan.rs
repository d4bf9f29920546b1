//! The scan of the code of every app in a folder: `UNSTICK_SCAN=FOLDER cargo bench --bench scan`, or `bench/scan FOLDER`.
//! With `--literals`, the literals that it searches for, one a line; with `--calls`, each call too.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use unstick::discover::Tree;
use unstick::laravel::App;
use unstick::laravel::source::{Call, Calls, Found, Settings, literals};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    if std::env::args().any(|arg| arg == "--literals") {
        literals().iter().for_each(|literal| println!("{literal}"));
        return;
    }
    let folder = std::env::var("UNSTICK_SCAN").unwrap_or_else(|_| "fixtures/laravel".to_owned());
    let asked = |flag: &str| std::env::args().any(|arg| arg == flag);
    let start = Instant::now();
    let mut parts = [0.0; 3];
    let (mut searched, mut parsed, mut skipped, mut apps) = (0, 0, 0, 0);
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for folder in folders(Path::new(&folder)) {
        let mut lap = Instant::now();
        let Some(app) = Tree::open(&folder).ok().and_then(App::open) else { continue };
        spend(&mut parts[0], &mut lap);
        let calls = Calls::of(&app);
        spend(&mut parts[1], &mut lap);
        apps += 1;
        searched += calls.searched;
        parsed += calls.parsed;
        skipped += calls.skipped.len();
        for found in calls.resolve(&app, &Settings { config: &|_| None, env: &|_| None }) {
            *by_id.entry(found.id).or_default() += 1;
            if asked("--calls") {
                show(&found);
            }
        }
        spend(&mut parts[2], &mut lap);
    }
    let seconds = start.elapsed().as_secs_f64();
    let calls: usize = by_id.values().sum();
    println!("{apps} apps, {searched} files searched, {parsed} parsed, {skipped} not read, {calls} calls");
    println!("{seconds:.3} s, {:.0} files/s{}", searched as f64 / seconds, peak());
    let [open, scan, resolve] = parts;
    println!("{open:.3} s to open the apps, {scan:.3} s to scan, {resolve:.3} s to resolve");
    if !asked("--quiet") {
        by_id.iter().for_each(|(id, count)| println!("{count:7} {id}"));
    }
}

fn show(found: &Found) {
    let starts = found.target().map(|target| target.starts.join(" | ")).unwrap_or_default();
    let unknown =
        found.target().and_then(|target| target.unknown.as_ref()).map(|reason| reason.text().to_owned());
    let names =
        |calls: &[Call]| calls.iter().map(|call| call.method.to_string()).collect::<Vec<_>>().join(">");
    println!(
        "{}\t{}:{}\t{:?}\t{}>[{}]>{}\t{starts}\t{}\tdeleted {}\t{:?}",
        found.id,
        found.place.path(),
        found.place.start().line,
        found.context.role,
        names(&found.before),
        found.name,
        names(&found.chain),
        unknown.unwrap_or_default(),
        found.context.deleted_in_function,
        found.context.guards,
    );
}

fn spend(part: &mut f64, lap: &mut Instant) {
    *part += lap.elapsed().as_secs_f64();
    *lap = Instant::now();
}

/// The apps of a folder, or the folder itself.
fn folders(folder: &Path) -> Vec<PathBuf> {
    if folder.join("composer.json").is_file() {
        return vec![folder.to_owned()];
    }
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder can be read")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// The most memory that the process had at once, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map(|peak| format!(", at most {} of memory", peak.trim())).unwrap_or_default()
}

#[test]
#[ignore]
fn zz_dump() {
    let Ok(root) = std::env::var("DUMP") else { return };
    for entry in std::fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        let Ok(tree) = crate::discover::Tree::open(&path) else { continue };
        let files = crate::deploy::Files::of(&tree, &[]);
        let mut all = crate::deploy::compose::read(&files);
        all.extend(super::read(&files));
        if !all.is_empty() || !files.skipped().is_empty() {
            println!("##### {}\n{}", path.display(), crate::deploy::reading::shown(&all));
            println!("{:?}", crate::deploy::reading::skips(&files));
        }
    }
}

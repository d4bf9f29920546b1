//! What runs a file: by its path, and by what its class is.

use super::found::FileRole;
use crate::parse::php::tree::Class;

/// Starts of paths and what runs there; the first that fits.
const PATHS: &[(&str, FileRole)] = &[
    ("routes/console.php", FileRole::Schedule),
    ("routes/", FileRole::Route),
    ("app/Http/routes.php", FileRole::Route),
    ("bootstrap/", FileRole::Route),
    ("database/migrations/", FileRole::Migration),
    ("database/seeders/", FileRole::Seeder),
    ("database/seeds/", FileRole::Seeder),
    ("database/factories/", FileRole::Factory),
    ("app/Console/Kernel.php", FileRole::Schedule),
    ("app/Console/", FileRole::Console),
    ("app/Commands/", FileRole::Console),
    ("app/Jobs/", FileRole::Job),
    ("app/Providers/", FileRole::Provider),
    ("app/Livewire/", FileRole::Livewire),
    ("app/Http/Livewire/", FileRole::Livewire),
    ("app/Http/Middleware/", FileRole::Middleware),
    ("app/Http/", FileRole::Http),
];
/// The same for folders of modules: `Modules/Shop/Http/Controllers/..`.
const PARTS: &[(&str, FileRole)] = &[
    ("/Database/Migrations/", FileRole::Migration),
    ("/database/migrations/", FileRole::Migration),
    ("/Database/Seeders/", FileRole::Seeder),
    ("/database/seeders/", FileRole::Seeder),
    ("/Database/factories/", FileRole::Factory),
    ("/database/factories/", FileRole::Factory),
    ("/Console/", FileRole::Console),
    // Not `/Commands/` alone: those may be of a bus that requests fill.
    ("/Traits/Commands/", FileRole::Console),
    ("/Concerns/Commands/", FileRole::Console),
    ("/Jobs/", FileRole::Job),
    ("/Providers/", FileRole::Provider),
    ("/Livewire/", FileRole::Livewire),
    ("/Http/Middleware/", FileRole::Middleware),
    ("/Middleware/", FileRole::Middleware),
    ("/Http/", FileRole::Http),
    ("/routes/", FileRole::Route),
    ("/Routes/", FileRole::Route),
    ("/config/", FileRole::Config),
    ("/Config/", FileRole::Config),
];
/// Parent classes and what runs their children.
const PARENTS: &[(&str, FileRole)] = &[
    ("Illuminate\\Console\\Command", FileRole::Console),
    ("Illuminate\\Foundation\\Console\\Kernel", FileRole::Schedule),
    ("Illuminate\\Support\\ServiceProvider", FileRole::Provider),
    ("Illuminate\\Foundation\\Support\\Providers\\EventServiceProvider", FileRole::Provider),
    ("Illuminate\\Foundation\\Support\\Providers\\AuthServiceProvider", FileRole::Provider),
    ("Illuminate\\Foundation\\Support\\Providers\\RouteServiceProvider", FileRole::Provider),
    ("Livewire\\Component", FileRole::Livewire),
    ("Illuminate\\Database\\Migrations\\Migration", FileRole::Migration),
    ("Illuminate\\Database\\Seeder", FileRole::Seeder),
    ("Illuminate\\Database\\Eloquent\\Factories\\Factory", FileRole::Factory),
    ("Illuminate\\Foundation\\Http\\FormRequest", FileRole::Http),
    ("Illuminate\\Routing\\Controller", FileRole::Http),
    ("PHPUnit\\Framework\\TestCase", FileRole::Test),
    ("Illuminate\\Foundation\\Testing\\TestCase", FileRole::Test),
];
/// Ends of the names of an app's own base classes, which often stand between.
const PARENT_ENDS: &[(&str, FileRole)] = &[
    ("ServiceProvider", FileRole::Provider),
    ("Command", FileRole::Console),
    ("Controller", FileRole::Http),
    ("TestCase", FileRole::Test),
    ("Seeder", FileRole::Seeder),
];
/// Interfaces that put a class on the queue.
const QUEUED: &str = "Illuminate\\Contracts\\Queue\\ShouldQueue";

/// What runs a file of the app, by its path.
pub fn of_file(relative: &str) -> FileRole {
    if relative.ends_with(".blade.php") {
        return FileRole::Blade;
    }
    let by_start = PATHS.iter().find(|(start, _)| relative.starts_with(start));
    let by_part = || PARTS.iter().find(|(part, _)| relative.contains(part));
    by_start.or_else(by_part).map_or(FileRole::Other, |(_, role)| *role)
}

/// What runs a class in a file of that role.
pub fn of_class(class: &Class, file: FileRole) -> FileRole {
    if class.interfaces.iter().any(|interface| interface.eq_ignore_ascii_case(QUEUED)) {
        return FileRole::Job;
    }
    let Some(parent) = &class.parent else { return file };
    if let Some((_, role)) = PARENTS.iter().find(|(name, _)| name.eq_ignore_ascii_case(parent)) {
        return *role;
    }
    // The path says more than the end of a name.
    if file != FileRole::Other {
        return file;
    }
    PARENT_ENDS.iter().find(|(end, _)| parent.ends_with(end)).map_or(file, |(_, role)| *role)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::php;
    use crate::parse::php::tree::StatementKind;

    #[test]
    fn a_path_says_what_runs() {
        for (path, role) in [
            ("app/Http/Controllers/A.php", FileRole::Http),
            ("app/Http/Middleware/A.php", FileRole::Middleware),
            ("app/Http/Livewire/A.php", FileRole::Livewire),
            ("app/Livewire/A.php", FileRole::Livewire),
            ("app/Console/Commands/A.php", FileRole::Console),
            ("app/Console/Kernel.php", FileRole::Schedule),
            ("routes/console.php", FileRole::Schedule),
            ("routes/api.php", FileRole::Route),
            ("bootstrap/app.php", FileRole::Route),
            ("app/Jobs/A.php", FileRole::Job),
            ("app/Providers/A.php", FileRole::Provider),
            ("database/migrations/a.php", FileRole::Migration),
            ("database/seeds/A.php", FileRole::Seeder),
            ("database/factories/A.php", FileRole::Factory),
            ("resources/views/a.blade.php", FileRole::Blade),
            ("Modules/Shop/Http/Controllers/A.php", FileRole::Http),
            ("Modules/Shop/Config/config.php", FileRole::Config),
            ("app/Traits/Commands/WritesEnv.php", FileRole::Console),
            ("app/Domain/Orders/Commands/PlaceOrder.php", FileRole::Other),
            ("app/Models/User.php", FileRole::Other),
        ] {
            assert_eq!(of_file(path), role, "{path}");
        }
    }

    #[test]
    fn a_class_says_more_than_its_path() {
        for (code, file, role) in [
            ("class A extends \\Illuminate\\Console\\Command {}", FileRole::Other, FileRole::Console),
            ("class A extends BaseCommand {}", FileRole::Other, FileRole::Console),
            ("class A extends BaseCommand {}", FileRole::Http, FileRole::Http),
            ("class A extends \\Livewire\\Component {}", FileRole::Http, FileRole::Livewire),
            (
                "class A implements \\Illuminate\\Contracts\\Queue\\ShouldQueue {}",
                FileRole::Other,
                FileRole::Job,
            ),
            ("class A implements ShouldQueue {}", FileRole::Other, FileRole::Other),
            ("class A extends \\PHPUnit\\Framework\\TestCase {}", FileRole::Other, FileRole::Test),
            ("class A {}", FileRole::Job, FileRole::Job),
        ] {
            let parsed = php::parse(&format!("<?php {code}"));
            let StatementKind::Class(class) = &parsed.statements[0].kind else { panic!("{code}") };
            assert_eq!(of_class(class, file), role, "{code}");
        }
    }
}

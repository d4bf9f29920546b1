use super::read;
use crate::deploy::Files;
use crate::deploy::reading::{shown, skips};

fn of(files: &[(&str, &str)]) -> String {
    shown(&read(&Files::from_texts(files)))
}

#[test]
fn process_types_take_their_part_of_app_json() {
    let app = r#"{
  "name": "Shop",
  "env": {
    "APP_KEY": { "generator": "secret" },
    "SESSION_DRIVER": "file",
    "CACHE_DRIVER": { "description": "x", "value": "database" },
    "MAIL_HOST": { "description": "x", "required": false }
  },
  "formation": {
    "web": { "quantity": 2, "size": "standard-1x" },
    "worker": { "quantity": 1 }
  },
  "scripts": { "postdeploy": "php artisan db:seed" }
}
"#;
    let procfile = "web: vendor/bin/heroku-php-apache2 public/\n# a comment: x\nworker: php artisan queue:work\nscheduler: php artisan schedule:work\nrelease: php artisan migrate --force && php artisan cache:clear\n";
    let layer = "  layer app.json env and more\n    APP_KEY: Heroku generates its value once for the app @4\n    \
                 SESSION_DRIVER=file @5\n    CACHE_DRIVER=database @6\n    \
                 MAIL_HOST: its value is asked for when the app is made @7\n";
    let expected = format!(
        "heroku/heroku/web Web medium @1 folder= [Procfile app.json]\n{layer}  replicas 2..2 @10\n  balanced @1\n  \
         start vendor/bin/heroku-php-apache2|public/ @1\n  release php|artisan|migrate|--force @5\n  \
         release php|artisan|cache:clear @5\n  release* php|artisan|db:seed @13\n\
         heroku/heroku/worker Worker medium @3 folder= [Procfile app.json]\n{layer}  replicas 1..1 @11\n  \
         start php|artisan|queue:work @3\n\
         heroku/heroku/scheduler Scheduler medium @4 folder= [Procfile app.json]\n{layer}  \
         start php|artisan|schedule:work @4\n",
    );
    assert_eq!(of(&[("app.json", app), ("Procfile", procfile)]), expected);
}

#[test]
fn each_file_alone_tells_something() {
    assert_eq!(
        of(&[("api/Procfile", "web: php -S $HOST:$PORT\r\n")]),
        "heroku/heroku/web Web medium @1 folder=api [api/Procfile]\n  layer heroku config vars and more\n  balanced @1\n  \
         start php|-S|? @1\n",
    );
    assert_eq!(
        of(&[(
            "app.json",
            "{\n\t\"stack\": \"heroku-22\",\n\t\"formation\": {\"web\": {\"quantity\": 0}}\n}\n"
        )]),
        "heroku/heroku/web Web medium @3 folder= [app.json]\n  layer app.json env and more\n  replicas 0..0 @3\n  balanced @3\n",
    );
}

#[test]
fn what_is_not_herokus_or_broken_does_no_harm() {
    assert_eq!(
        of(&[("Procfile", "release: php artisan migrate\n"), ("app.json", "{\"env\": {}}")]),
        "heroku/heroku/web Web medium @1 folder= [app.json]\n  layer app.json env and more\n  balanced @1\n  \
         release php|artisan|migrate @1\n",
    );
    for files in [
        &[("app.json", "{\"expo\": {}, \"name\": \"x\"}")][..],
        &[("app.json", "[]")],
        &[("Procfile", "nothing here\n: x\nweb :y\nweb:\n")],
        &[("test/Procfile", "web: x")],
    ] {
        assert_eq!(of(files), "", "{files:?}");
    }
    let files = Files::from_texts(&[("app.json", "{\"env\": {\"A\": \"hunter2\"")]);
    assert!(read(&files).is_empty());
    assert!(skips(&files)[0].starts_with("app.json: not JSON: line 1: "), "{:?}", skips(&files));
    assert!(!skips(&files)[0].contains("hunter2"));
    let odd = of(&[(
        "app.json",
        "{\"env\": {\"A\": [1], \"B\": null, \"C\": {}}, \"formation\": 1, \"scripts\": [2]}",
    )]);
    assert!(odd.contains("A: a list is given for it") && odd.contains("B: no value is given here"), "{odd}");
}

#[test]
fn the_last_line_of_a_name_counts() {
    let found = of(&[("Procfile", "web: a\nworker: b\nweb: c\n")]);
    assert!(found.contains("start c @3") && !found.contains("start a"), "{found}");
}

use super::super::*;
use super::{image, shown};
use crate::deploy::Value;

#[test]
fn what_is_given_takes_the_place_of_the_images_own() {
    let files = [
        ("Dockerfile", "FROM php\nWORKDIR /app\nCOPY . .\nENTRYPOINT [\"/app/e.sh\"]\nCMD [\"a\"]\n"),
        ("e.sh", "#!/bin/sh\ncase \"$1\" in\n w) php w ;;\n *) exec \"$@\" ;;\nesac\n"),
        ("compose.yml", "x"),
    ];
    let files = Files::from_texts(&files);
    let image = read(&files, &Build { dockerfile: "Dockerfile", ..Build::default() }).unwrap();
    let place = Place::new(&files.read("compose.yml").unwrap(), crate::text::Span::new(0, 1));
    let given =
        |words: &[&str]| exec(words.iter().map(|word| Some(Arc::from(*word))).collect(), place.clone());
    let run = |entrypoint: Option<&[&str]>, command: Option<&[&str]>| {
        let (entrypoint, command) = (entrypoint.map(given), command.map(given));
        shown(&image.run_by(&files, entrypoint.as_ref(), command.as_ref(), &[]).0)
    };
    assert_eq!(run(None, Some(&["b", "c"])), ["start b c compose.yml:1"]);
    assert_eq!(run(None, Some(&["w"])), ["start php w e.sh:3"]);
    assert_eq!(run(Some(&["e"]), None), ["start e compose.yml:1"]);
    assert_eq!(run(Some(&["e"]), Some(&["c"])), ["start e c compose.yml:1"]);
    assert_eq!(run(Some(&[]), Some(&["c"])), ["start c compose.yml:1"]);
}

#[test]
fn branches_are_taken_where_what_decides_is_known() {
    let script = "\
#!/bin/sh
role=\"${ROLE:-\"web\"}\"
export MODE=${MODE:-fast}
if [ \"$role\" = web ]; then
  exec php-fpm
elif [ ${role} = \"worker\" ]; then
  [ -z \"$KEY\" ] && php no-key
  [ \"$MODE\" != fast ] || php fast
  exec php worker
else
  php other
fi
case \"$role\" in
  x*|y) php xy ;;
  *) php rest ;;
esac
php last
";
    let files = [
        ("Dockerfile", "FROM php\nWORKDIR /app\nENV KEY=1\nCOPY . .\nENTRYPOINT [\"/app/e.sh\"]\nCMD []\n"),
        ("e.sh", script),
    ];
    let files = Files::from_texts(&files);
    let image = read(&files, &Build { dockerfile: "Dockerfile", ..Build::default() }).unwrap();
    let place = Place::new(&files.read("e.sh").unwrap(), crate::text::Span::new(0, 1));
    let run = |role: Option<&str>, known: bool| {
        let value = |role: &str| match known {
            true => Value::Known(role.into()),
            false => Value::Unknown(Reason::new("x")),
        };
        let given = |role: &str| Given {
            name: "ROLE".into(),
            value: value(role),
            place: place.clone(),
            before: Vec::new(),
        };
        let variables = role.map(given).into_iter().collect();
        let layer = Layer { origin: "x".into(), variables, more: None };
        let words = |line: String| line.rsplit_once(' ').unwrap().0.to_owned();
        shown(&image.run_by(&files, None, None, &[layer]).0).into_iter().map(words).collect::<Vec<_>>()
    };
    assert_eq!(run(None, true), ["start php-fpm"]);
    assert_eq!(run(Some("worker"), true), ["start php fast", "start php worker"]);
    assert_eq!(
        run(Some("xx"), true),
        ["start php other (unless [ ${role} = \"worker\" ])", "start php xy", "start php last"]
    );
    assert_eq!(
        run(Some("z"), true),
        ["start php other (unless [ ${role} = \"worker\" ])", "start php rest", "start php last"]
    );
    assert_eq!(
        run(Some("?"), false),
        [
            "start php-fpm (if [ \"$role\" = web ])",
            "start php fast (if [ ${role} = \"worker\" ])",
            "start php worker (if [ ${role} = \"worker\" ])",
            "start php other (unless [ ${role} = \"worker\" ])",
            "start php xy (case \"$role\" in x*|y))",
            "start php rest (case \"$role\" in *))",
            "start php last",
        ]
    );
}

#[test]
fn nothing_hostile_ends_it() {
    let copies = format!("FROM x\nCOPY . /a\n{}", "RUN cp -r /a /a/b && cp -r / /c\n".repeat(200));
    image(&[("Dockerfile", &copies)]);
    let stages = "FROM x AS a\nFROM a AS a\n".repeat(1_000);
    let _ = read(
        &Files::from_texts(&[("Dockerfile", &stages)]),
        &Build { dockerfile: "Dockerfile", ..Build::default() },
    );
    let files = [
        ("Dockerfile", "FROM x\nCOPY . /app\nENTRYPOINT [\"/app/a.sh\"]\nCMD [\"/app/a.sh\"]"),
        (
            "a.sh",
            "#!/bin/sh\nf() { f; g; f; }\ng() { f; g; }\nf\n. /app/a.sh\n/app/a.sh \"$@\" \"$@\"\nexec \"$@\" \"$@\"\nsh -c 'sh -c x'\n",
        ),
    ];
    assert!(image(&files).commands.len() < 10_000);
    for text in [
        "FROM",
        "FROM x\nENV",
        "FROM x\nWORKDIR ../../..\nCOPY ../../x .\nCOPY é ü/\nRUN cd é; cp a",
        "FROM x\nCOPY --from=9 a b\nCOPY --from=x a b\nCMD [\"sh\"]\nENTRYPOINT [\"env\", \"\", \"-c\"]",
    ] {
        let _ = read(
            &Files::from_texts(&[("Dockerfile", text)]),
            &Build { dockerfile: "Dockerfile", ..Build::default() },
        );
    }
}

use super::read;
use crate::deploy::Files;
use crate::deploy::reading::shown;

fn names(files: &[(&str, &str)]) -> Vec<String> {
    let found = read(&Files::from_texts(files));
    let name = |deployment: &crate::deploy::Deployment| {
        let runs = &deployment.runs;
        let stage = runs.stage.as_ref().map_or_else(String::new, |stage| format!(" {stage}"));
        let dockerfile = runs.dockerfile.as_deref().unwrap_or_default();
        let folder = runs.folder.as_deref().unwrap_or_default();
        format!("{} {dockerfile} in '{folder}'{stage} {:?}", deployment.environment, runs.role)
    };
    found.iter().map(name).collect()
}

const FPM: &str = "FROM php:8-fpm\nCOPY . .\nCMD [\"php-fpm\"]\n";

#[test]
fn dockerfiles_that_may_be_productions_are_read() {
    for (files, expected) in [
        (vec![("Dockerfile", FPM)], vec!["Dockerfile Dockerfile in '' Web"]),
        (vec![("Dockerfile.prod", FPM), ("Dockerfile", FPM)], vec!["production Dockerfile.prod in '' Web"]),
        (vec![("docker/prod/Dockerfile", FPM)], vec!["production docker/prod/Dockerfile in '' Web"]),
        (vec![("staging.Dockerfile", FPM)], vec!["staging staging.Dockerfile in '' Web"]),
        (
            vec![
                ("Dockerfile.dev", FPM),
                ("docker/local/Dockerfile", FPM),
                ("Dockerfile-test", FPM),
                ("Dockerfile.md", FPM),
            ],
            vec![],
        ),
        (vec![(".docker/devcontainer/Dockerfile", FPM), (".gitpod.Dockerfile", FPM)], vec![]),
        (
            vec![("nginx/Dockerfile", "FROM nginx:alpine\nCOPY x /y\n"), ("db/Dockerfile", "FROM mysql:8\n")],
            vec![],
        ),
        (vec![("Dockerfile", FPM), ("docker-compose.yml", "services: {app: {build: .}}")], vec![]),
        (
            vec![(
                "Dockerfile",
                "FROM php AS base\nFROM base AS production\nCMD php-fpm\nFROM base AS dev\n",
            )],
            vec!["production Dockerfile in '' production Web"],
        ),
        (vec![("Dockerfile", "FROM php AS base\nFROM base AS dev\n")], vec![]),
        (vec![("api/Dockerfile", FPM), ("api/artisan", "")], vec!["Dockerfile api/Dockerfile in 'api' Web"]),
        (
            vec![(
                "worker.Dockerfile",
                "FROM php:8-cli\nCMD php artisan migrate && php artisan queue:work\n",
            )],
            vec!["Dockerfile worker.Dockerfile in '' Worker"],
        ),
        (
            vec![("Dockerfile", "FROM alpine\nCMD php artisan migrate\n")],
            vec!["Dockerfile Dockerfile in '' Unknown"],
        ),
        (
            vec![("Dockerfile", "FROM alpine\nEXPOSE 80\nCMD [\"/start\"]\n")],
            vec!["Dockerfile Dockerfile in '' Web"],
        ),
        (vec![("Dockerfile", "FROM\n"), ("x/Dockerfile", "")], vec![]),
    ] {
        assert_eq!(names(&files), expected, "{files:?}");
    }
}

#[test]
fn what_is_in_the_image_is_what_is_deployed() {
    let files = [
        (
            "Dockerfile",
            "FROM acme/php\nENV CACHE_STORE=redis\nWORKDIR /app\nCOPY . .\nCOPY .env.prod .env\nVOLUME /app/storage\nHEALTHCHECK CMD x\nRUN php artisan optimize\nCMD [\"php-fpm\"]\n",
        ),
        (".env.prod", ""),
    ];
    let found = read(&Files::from_texts(&files));
    assert_eq!(
        shown(&found),
        "\
docker/Dockerfile/Dockerfile Web medium @1 folder= dockerfile=Dockerfile [Dockerfile]
  layer Dockerfile and more
    CACHE_STORE=redis @2
  health @7
  mount /app/storage: a volume without a name, OneReplica @6
  build php|artisan|optimize @8
  start php-fpm @9
"
    );
    assert_eq!(found[0].env_file.as_ref().map(|(path, _)| &**path), Some(".env.prod"));
}

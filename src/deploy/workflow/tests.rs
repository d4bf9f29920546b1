use super::*;
use crate::deploy::reading::{shown, skips};

fn all(path: &str, text: &str) -> String {
    shown(&read(&Files::from_texts(&[(path, text)])))
}

const DEPLOY: &str = r#"name: deploy
on: push
env:
  PHP: "8.3"
jobs:
  test:
    runs-on: ubuntu-latest
    env:
      SESSION_DRIVER: array
    steps:
      - run: cp .env.ci .env && php artisan test
  release:
    environment:
      name: production
    env:
      APP_KEY: ${{ secrets.APP_KEY }}
    steps:
      - uses: actions/checkout@v4
      - name: env
        run: |
          cp .env.production .env
          echo "SESSION_DRIVER=redis" >> .env
          echo "DB_PASSWORD=${{ secrets.DB_PASSWORD }}" >> .env
          echo QUEUE_CONNECTION=$QUEUE >> .env
          sed -i 's/^LOG_CHANNEL=.*/LOG_CHANNEL=stderr/' .env
          cat <<EOF >> .env
          CACHE_STORE=redis
          REDIS_HOST=${{ vars.REDIS_HOST }}
          EOF
          echo "NOT=IT" > .env.testing
      - run: vendor/bin/envoy run deploy
        env:
          BRANCH: main
      - uses: appleboy/ssh-action@v1
        with:
          script: |
            cd /var/www/shop
            php artisan migrate --force
"#;

#[test]
fn a_job_that_deploys() {
    assert_eq!(
        all(".github/workflows/deploy.yml", DEPLOY),
        "github workflow/production/release Unknown low @13 [.github/workflows/deploy.yml]
  layer .github/workflows/deploy.yml (writes .env)
    SESSION_DRIVER=redis @22
    DB_PASSWORD: its value is kept in the secret `DB_PASSWORD` @23
    QUEUE_CONNECTION: the shell fills it in @24
    LOG_CHANNEL=stderr @25
    CACHE_STORE=redis @27
    REDIS_HOST: its value is kept in the variable `REDIS_HOST` of the repository's settings @28
  layer .github/workflows/deploy.yml (step env)
    BRANCH=main @33
  layer .github/workflows/deploy.yml (job env)
    APP_KEY: its value is kept in the secret `APP_KEY` @16
  layer .github/workflows/deploy.yml (workflow env)
    PHP=8.3 @4
  release cd|/var/www/shop @37
  release php|artisan|migrate|--force @38
"
    );
    let found = read(&Files::from_texts(&[(".github/workflows/deploy.yml", DEPLOY)]));
    let (file, place) = found[0].env_file.clone().unwrap();
    assert_eq!((&*file, place.start().line), (".env.production", 21));
}

#[test]
fn which_jobs_deploy_and_where() {
    for (id, job, expected) in [
        ("deploy", "", Some("github workflow")),
        ("deploy-staging", "", Some("staging")),
        ("deploy_dev", "", None),
        ("build", "", None),
        ("tests", "\n    steps:\n      - run: ssh x y", None),
        ("tests", "\n    environment: production", Some("production")),
        ("x", "\n    environment: ${{ inputs.e }}", Some("github workflow")),
        ("x", "\n    environment: eu-west", Some("eu-west")),
        ("x", "\n    environment: github-pages", None),
        ("x", "\n    steps:\n      - run: eb deploy shop-prod", Some("github workflow")),
        ("x", "\n    steps:\n      - run: eb list", None),
        (
            "x",
            "\n    steps:\n      - uses: superfly/flyctl-actions/setup-flyctl@master\n      - run: flyctl deploy --remote-only",
            Some("github workflow"),
        ),
    ] {
        let text = format!("jobs:\n  {id}:\n    env:\n      A: 1{job}\n");
        let found = read(&Files::from_texts(&[(".github/workflows/a.yml", &text)]));
        assert_eq!(found.first().map(|found| &*found.environment), expected, "{text}");
    }
}

#[test]
fn a_secret_may_be_the_whole_file() {
    let text = "jobs:\n  deploy:\n    steps:\n      - run: echo \"${{ secrets.ENV }}\" > .env\n";
    assert_eq!(
        all(".github/workflows/a.yml", text),
        "github workflow/github workflow/deploy Unknown low @3 [.github/workflows/a.yml]\n  layer .github/workflows/a.yml (writes .env) and more\n"
    );
}

#[test]
fn other_and_broken_files_are_survived() {
    let files = Files::from_texts(&[
        (".github/workflows/a.yml", "jobs:\n  deploy: [\n"),
        (".github/workflows/b.yml", "jobs: [1]\nenv: 3\n"),
        (".github/workflows/c.yml", "jobs:\n  deploy:\n    env: ${{ x }}\n    steps: 5\n"),
        (
            ".github/workflows/d.yml",
            "jobs:\n  deploy:\n    steps: [1, {run: 2}, {run: \"echo ${{ é > .env\\ncat <<\"}, {run: 'cat << > .env'}]\n",
        ),
        (".github/dependabot.yml", "jobs:\n  deploy:\n    env: {A: 1}\n"),
    ]);
    let found = read(&files);
    assert_eq!(found.len(), 1, "{}", shown(&found));
    assert_eq!(skips(&files).len(), 1);
}

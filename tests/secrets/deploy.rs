//! Manifests full of secrets: each kind has a canary wherever a secret can be.

use crate::common::{Folder, Run};
use crate::{CONFIGS, REPORTS, SECRET, leaks, runs};

/// A name, files by path, and what the report must say.
type Manifest = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const MANIFESTS: &[Manifest] = &[
    (
        "compose",
        &[
            (
                "docker-compose.prod.yml",
                "# canary-comment\nservices:\n  web:\n    build: {context: ., args: [TOKEN=canary-arg]}\n    ports: ['80:80']\n    env_file: [web.env, no-canary-file/../gone.env]\n    environment: {SESSION_DRIVER: file, DB_PASSWORD: 'canary-db', REDIS_URL: 'redis://:canary-r@127.0.0.1', APP_KEY: '${APP_KEY:-canary-default}', X: 'a${MISSING}canary'} # canary\n    command: sh -c 'php artisan config:cache --token=canary && php artisan migrate --password=canary'\n    healthcheck: {test: 'curl -H canary http://localhost'}\n    labels: ['traefik.http.middlewares.auth.basicauth.users=a:canary']\n    volumes: ['uploads:/var/www/html/storage']\n    deploy: {replicas: 2}\nvolumes: {uploads: {driver_opts: {o: 'password=canary'}}}\n",
            ),
            ("web.env", "FILESYSTEM_DISK=local # canary\nMAIL_PASSWORD=canary-mail\nS=\"canary\n"),
            (".env", "APP_ENV=production\nMISSING_TOO=canary-dotenv\n"),
            (
                "Dockerfile",
                "FROM php:8.3-apache\nARG TOKEN=canary-arg\nENV LOG_CHANNEL=single DB_PASSWORD=canary-image GITHUB_TOKEN=\"canary $TOKEN\"\nENV LEGACY canary legacy\nRUN curl -u user:canary https://example.test && composer config http-basic.x canary canary\nCOPY . .\nHEALTHCHECK CMD curl -H 'Authorization: canary' http://localhost/up\nCMD php artisan migrate --force --key=canary && apache2-foreground\n",
            ),
        ],
        "docker-compose.prod.yml",
    ),
    (
        "frozen",
        &[
            (
                "Dockerfile",
                "FROM php:8.3-apache\nENV A_SECRET=canary SESSION_DRIVER=file\nCOPY . .\nRUN APP_KEY=canary php artisan config:cache --x=canary\nEXPOSE 80\n",
            ),
            (
                "docker-compose.prod.yml",
                "services:\n  web:\n    build: .\n    ports: ['80:80']\n    environment: [DB_PASSWORD=canary-db, SESSION_DRIVER=redis, 'not canary a pair']\n",
            ),
        ],
        "frozen-config",
    ),
    (
        "kubernetes",
        &[(
            "k8s/all.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {SESSION_DRIVER: file, DB_PASSWORD: canary-map, config.json: '{\"a\": \"canary\"}'}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: web, annotations: {last-applied: canary}}\nstringData: {APP_KEY: canary-string, CACHE_STORE: canary}\ndata: {MAIL_PASSWORD: Y2FuYXJ5LWRhdGE=, BROKEN: canary!, REDIS_HOST: MTI3LjAuMC4x}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 3\n  template:\n    spec:\n      containers:\n        - name: web\n          image: user:canary@registry.example.test/shop\n          args: [php, artisan, migrate, --password=canary]\n          ports: [{containerPort: 80}]\n          envFrom: [{configMapRef: {name: gone}}, {configMapRef: {name: web}}, {secretRef: {name: web}}]\n          env: [{name: LOG_CHANNEL, value: single}, {name: TOKEN, value: canary-own}, {name: URL, value: 'mysql://canary:$(TOKEN)@127.0.0.1'}, {name: DB_URL, value: 'mysql://u:canary@127.0.0.1/x'}]\n          livenessProbe: {httpGet: {path: /up, httpHeaders: [{name: Authorization, value: canary}]}}\n",
        )],
        "k8s/all.yaml",
    ),
    (
        "kustomize",
        &[
            (
                "k8s/kustomization.yaml",
                "resources: [web.yaml]\nconfigMapGenerator: [{name: web, literals: [SESSION_DRIVER=file, DB_PASSWORD=canary]}]\nsecretGenerator: [{name: web, literals: [APP_KEY=canary], envs: [secret.env]}]\npatches: [{target: {kind: Deployment}, patch: '[{\"op\": \"add\", \"path\": \"/spec/template/spec/containers/0/env/-\", \"value\": {\"name\": \"K\", \"value\": \"canary\"}}]'}]\n",
            ),
            ("k8s/secret.env", "MAIL_PASSWORD=canary\nCACHE_STORE=file\n"),
            (
                "k8s/web.yaml",
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      containers: [{name: web, image: shop, ports: [{containerPort: 80}], env: [{name: T, value: canary}], envFrom: [{configMapRef: {name: web}}, {secretRef: {name: web}}]}]\n",
            ),
        ],
        "k8s/kustomization.yaml",
    ),
    (
        "helm",
        &[
            ("chart/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n"),
            ("chart/values.yaml", "env: {SESSION_DRIVER: file, DB_PASSWORD: canary}\nkey: canary\n"),
            ("chart/values-production.yaml", "key: canary-production\n"),
            (
                "chart/templates/web.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  {{- toYaml .Values.env | nindent 2 }}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: shop\n          ports: [{containerPort: 80}]\n          envFrom: [{configMapRef: {name: web}}]\n          env:\n            - {name: APP_KEY, value: {{ .Values.key | default \"canary-default\" | quote }} }\n",
            ),
        ],
        "chart/values.yaml",
    ),
    (
        "beanstalk",
        &[
            (
                ".ebextensions/a.config",
                "option_settings:\n  aws:elasticbeanstalk:application:environment: {SESSION_DRIVER: file, DB_PASSWORD: canary-options, TOKEN: '`{\"Ref\": \"canary\"}`'}\n  aws:rds:dbinstance: {DBPassword: canary}\n  aws:autoscaling:asg: {MinSize: 2}\ncontainer_commands: {a: {command: 'php artisan migrate --force --password=canary', env: {K: canary}}}\nfiles: {/etc/x: {content: 'password canary'}}\n",
            ),
            (
                ".ebextensions/b.config",
                "option_settings: [{namespace: 'aws:elasticbeanstalk:application:environment', option_name: APP_KEY, value: canary}, {namespace: canary}]\n",
            ),
            (
                "env.yaml",
                "AWSConfigurationTemplateVersion: 1.1.0.0\nOptionSettings: {aws:elasticbeanstalk:application:environment: {MAIL_PASSWORD: canary}}\n",
            ),
        ],
        ".ebextensions/a.config",
    ),
    (
        "ecs",
        &[(
            "task-definition.json",
            "{\"family\":\"shop-production\",\"containerDefinitions\":[{\"name\":\"web\",\"image\":\"shop\",\"portMappings\":[{\"containerPort\":80}],\"environment\":[{\"name\":\"SESSION_DRIVER\",\"value\":\"file\"},{\"name\":\"DB_PASSWORD\",\"value\":\"canary-task\"},{\"name\":\"CACHE_STORE\",\"value\":\"file\"}],\"secrets\":[{\"name\":\"APP_KEY\",\"valueFrom\":\"arn:aws:ssm:x:1:parameter/app\"}],\"command\":[\"sh\",\"-c\",\"php artisan migrate --password=canary\"],\"repositoryCredentials\":{\"credentialsParameter\":\"canary\"}}]}",
        )],
        "task-definition.json",
    ),
    (
        "fly",
        &[(
            "fly.toml",
            "app = 'shop'\nconsole_command = 'canary'\n[env]\nSESSION_DRIVER = 'file' # canary\nDB_PASSWORD = \"canary-fly\"\n[processes]\napp = 'php artisan octane:start --key=canary'\n[mounts]\nsource = 'data'\ndestination = '/var/www/html/storage'\n[http_service]\ninternal_port = 80\n",
        )],
        "fly.toml",
    ),
    (
        "platforms",
        &[
            (
                "render.yaml",
                "services:\n  - {type: web, name: shop, runtime: docker, numInstances: 2, envVars: [{key: SESSION_DRIVER, value: file}, {key: K, value: canary-render}, {fromGroup: g}]}\nenvVarGroups: [{name: g, envVars: [{key: L, value: canary}]}]\n",
            ),
            (
                "app.json",
                "{\"name\":\"x\",\"env\":{\"SESSION_DRIVER\":\"file\",\"K\":{\"value\":\"canary-heroku\",\"description\":\"canary\"}},\"formation\":{\"web\":{\"quantity\":2}}}",
            ),
            (
                "Procfile",
                "web: TOKEN=canary vendor/bin/heroku-php-apache2 public/\nrelease: php artisan migrate --password=canary\n",
            ),
            (
                "vapor.yml",
                "id: 1\nname: x\nenvironments: {production: {variables: {SESSION_DRIVER: file, K: canary}, build: ['echo canary']}}\n",
            ),
            (
                "serverless.yml",
                "provider: {name: aws, environment: {SESSION_DRIVER: file, K: canary}}\nfunctions: {web: {handler: public/index.php, runtime: php-83-fpm, environment: {L: '${ssm:/x, ''canary''}'}}}\nplugins: [./vendor/bref/bref]\n",
            ),
            (
                ".platform.app.yaml",
                "name: app\ntype: php:8.3\nvariables: {env: {SESSION_DRIVER: file, K: canary}}\nhooks: {deploy: 'php artisan migrate --password=canary'}\n",
            ),
            (
                ".do/app.yaml",
                "name: x\nservices: [{name: web, instance_count: 2, envs: [{key: SESSION_DRIVER, value: file}, {key: K, value: canary}]}]\n",
            ),
            (
                "railway.json",
                "{\"deploy\":{\"numReplicas\":2,\"startCommand\":\"K=canary php artisan serve\"}}",
            ),
            ("nixpacks.toml", "[variables]\nSESSION_DRIVER = 'file'\nK = 'canary'\n"),
            (
                "docker/www.conf",
                "[www]\nenv[SESSION_DRIVER] = file ; canary\nenv[K] = \"canary\"\nphp_value[session.save_path] = \"tcp://x?auth=canary\"\n",
            ),
            (
                ".github/workflows/deploy.yml",
                "jobs:\n  deploy:\n    environment: production\n    env: {K: canary}\n    steps:\n      - run: |\n          echo \"SESSION_DRIVER=file\" >> .env\n          echo \"L=canary\" >> .env\n          ssh -i canary a@b 'php artisan migrate --password=canary'\n",
            ),
            (
                "haproxy.cfg",
                "listen web\n  stats auth admin:canary\n  server a 10.0.0.1:80 check\n  server b 10.0.0.2:80 check # canary\n",
            ),
            (
                "nginx.conf",
                "upstream web { server 10.0.0.1; server 10.0.0.2; }\nserver { location / { proxy_set_header X-Key canary; proxy_pass http://web; } }\n",
            ),
        ],
        "render.yaml",
    ),
];

fn app(files: &[(&str, &str)]) -> Folder {
    let app = Folder::laravel().without(".env");
    files.iter().for_each(|(path, text)| app.write(path, text));
    app
}

/// Every command in every format.
const ALL: &[&[&[&str]]] =
    &[REPORTS, CONFIGS, &[&["fix", "--diff", "--unsafe"], &["fix", "--diff", "--format", "json"]]];
/// What says most, for each of the environments alone.
const MOST: &[&[&[&str]]] = &[&[&["check"], &["check", "--format", "json"], &["config"], &["env"]]];

#[track_caller]
fn keeps_secrets(kind: &str, app: &Folder, calls: &[&[&[&str]]], more: &[&str]) {
    let all: Vec<Run> = calls.iter().flat_map(|calls| runs(app, calls, more)).collect();
    let found = leaks(&all, &[SECRET, "Y2FuYXJ5"]);
    assert!(found.is_empty(), "{kind}: {} leaks {more:?}: {found:#?}", found.len());
}

#[test]
fn manifests_full_of_secrets() {
    for (kind, files, word) in MANIFESTS {
        let app = app(files);
        app.run(&["check"]).says(word).says("local-session");
        let names: Vec<String> = app.check()["apps"][0]["environments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|environment| environment["name"].as_str().unwrap().to_owned())
            .collect();
        keeps_secrets(kind, &app, ALL, &[]);
        for name in names {
            keeps_secrets(kind, &app, MOST, &["--env", &name]);
        }
    }
}

/// The same manifests cut off anywhere, as they are while someone writes them.
#[test]
fn manifests_that_are_cut_off() {
    for (kind, files, _) in MANIFESTS {
        for part in 1..4 {
            let app = app(files);
            for (path, text) in *files {
                let mut end = text.len() * part / 4;
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                app.write(path, &text[..end]);
            }
            let calls: &[&[&str]] = &[&["check"], &["check", "--format", "json"], &["state"], &["env"]];
            let found = leaks(&runs(&app, calls, &[]), &[SECRET]);
            assert!(found.is_empty(), "{kind} {part}: {found:#?}");
        }
    }
}

#[test]
fn they_are_shown_to_who_asks() {
    for (kind, files, _) in MANIFESTS.iter().filter(|(kind, ..)| *kind != "platforms") {
        let run = app(files).run(&["env", "--show-secrets"]);
        assert!(run.out.contains(SECRET), "{kind}: {run:#?}");
    }
}

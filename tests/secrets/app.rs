//! The app full of secrets.

use crate::common::{BOOTSTRAP, COMPOSER, Folder};

/// Every secret holds this word: it is never shown, but with `--show-secrets`.
pub const SECRET: &str = "canary";
/// Every value that is no secret, and that no rule is about, holds this word: `config` shows it, nothing else does.
pub const PLAIN: &str = "sparrow";

const DOTENV: &str = r##"# DB_PASSWORD=canary-comment
APP_NAME=sparrow-name
APP_ENV=production
APP_KEY=base64:canary-app-key
APP_URL=https://canary-user:canary-password@example.test/path?token=canary-query
  export SESSION_DRIVER=file # canary-after-value
SESSION_COOKIE=sparrow-cookie
SESSION_DOMAIN=sparrow-domain
CACHE_STORE=redis
CACHE_PREFIX=sparrow-prefix
QUEUE_CONNECTION=redis
LOG_CHANNEL="${CHANNEL}"
LOG_SLACK_WEBHOOK_URL=https://hooks.example.test/canary-hook
DB_CONNECTION=mysql
DB_URL="mysql://canary-db-user:canary-db-${NESTED}@127.0.0.1:3306/shop?password=canary-db-query"
DATABASE_URL="mysql://canary-dburl-user:canary-dburl-pass@localhost/shop"
DB_USERNAME=sparrow-user
DB_PASSWORD="canary-${NESTED}-password"
REDIS_URL=redis://canary-redis-user:canary-redis-pass@127.0.0.1:6379/0#canary-behind
REDIS_PASSWORD=canary-redis
NESTED=canary-nested
CHANNEL=single
COMPOSED="https://${NESTED}@${APP_KEY}/"
REDIS_HOST=127.0.0.1
MAIL_PASSWORD='canary mail'
FILESYSTEM_DISK=local
AWS_SECRET_ACCESS_KEY=canary-aws
API_TOKENS=canary-one,canary-two
SERVICE_SECRET_JSON='{"a": {"b": "canary-json"}}'
PIN_TOKEN=73737373
STRIPE_KEY="canary
over several
canary-lines"
"##;

const SESSION: &str = r#"<?php
// canary-comment
$secret = 'canary-variable';
return [
    'driver' => env('SESSION_DRIVER', /* canary-between */ 'file'), 'token' => 'canary-same-line', /* canary-inline */
    'secret' => env('SESSION_SECRET', 'canary-secret-default'), // canary-behind
    'connection' => null, 'url' => 'redis://canary-a:canary-b@127.0.0.1', 'files' => storage_path('framework/sessions'),
];
"#;

const DATABASE: &str = r#"<?php
return [
    'default' => env('DB_CONNECTION', 'sqlite'), 'password' => 'canary-beside',
    'connections' => [
        'mysql' => ['driver' => 'mysql', 'url' => env('DB_URL', 'mysql://canary-c:canary-d@127.0.0.1/x'), 'host' => '127.0.0.1', 'password' => 'canary-literal', 'username' => env('DB_USERNAME')],
        'pgsql' => ['driver' => 'pgsql', 'url' => 'pgsql://u:'.env('DB_PASSWORD', 'canary-built').'@127.0.0.1/x', 'dsn' => 'pgsql:host=127.0.0.1;password=canary-dsn'],
    ],
    'redis' => [
        'client' => 'phpredis',
        'default' => ['url' => env('REDIS_URL'), 'host' => env('REDIS_HOST', 'localhost'), 'password' => 'canary-redis-literal'],
        'cache' => ['url' => 'redis://canary-e:canary-f@localhost:6379/1?password=canary-query', 'password' => env('REDIS_PASSWORD')],
    ],
];
"#;

const CACHE: &str = r#"<?php
return [
    'default' => env('CACHE_STORE', 'file'),
    'stores' => [
        'file' => ['driver' => 'file', 'path' => storage_path('cache'), 'key' => 'canary-store-key'],
        'redis' => ['driver' => 'redis', 'connection' => 'cache', 'token' => 'canary-store-token'],
    ],
    'api_key' => 'canary-'.'built',
    'prefix' => strtoupper('x').env('DB_PASSWORD'),
];
"#;

/// Secrets that are taken apart and put together again.
const SERVICES: &str = r#"<?php
$url = parse_url(env('DATABASE_URL'));
$key = env('APP_KEY');
return [
    'list' => explode(',', env('API_TOKENS', '')),
    'filtered' => array_values(array_filter(array_map('trim', explode(',', env('API_TOKENS', ''))))),
    'first' => explode(',', env('API_TOKENS', ''))[0],
    'deep' => json_decode(env('SERVICE_SECRET_JSON'), true),
    'bit' => json_decode(env('SERVICE_SECRET_JSON'), true)['a']['b'],
    'arrow' => array_map(fn ($token) => ['name' => $token], explode(',', env('API_TOKENS'))),
    'composed' => env('COMPOSED'),
    'whole' => ['x' => env('DB_PASSWORD') ?: 'x', 'y' => ['z' => 'a'.$key.'b']],
    'replaced' => str_replace('base64:', '', $key),
    'printed' => sprintf('%s', $key),
    'matched' => match (true) { default => env('MAIL_PASSWORD') },
    'number' => (int) env('PIN_TOKEN'),
    'spread' => [...explode(',', env('API_TOKENS'))],
    'merged' => array_merge(['a'], explode(',', env('API_TOKENS'))),
    'password' => $url['pass'] ?? null,
    'stripe' => ['key' => env('STRIPE_KEY'), 'webhook' => ['secret' => 'canary-nested-literal']],
    'tokens' => ['canary-array-of-tokens', 'x' => ['y' => 'canary-deeper']],
    'config' => config('cache.prefix'),
    'server' => $_ENV['DB_PASSWORD'] ?? getenv('DB_PASSWORD'),
];
"#;

const FILESYSTEMS: &str = r#"<?php
return ['default' => env('FILESYSTEM_DISK', 'local'), 'disks' => [
    'local' => ['driver' => 'local', 'root' => storage_path('app'), 'secret' => 'canary-disk'],
    's3' => ['driver' => 's3', 'secret' => env('AWS_SECRET_ACCESS_KEY'), 'url' => 'https://canary-g:canary-h@cdn.example.test'],
]];
"#;

/// An app with a secret wherever one can be.
pub fn app() -> Folder {
    Folder::new()
        .file("composer.json", COMPOSER)
        .file("artisan", "")
        .file("bootstrap/app.php", BOOTSTRAP)
        .file(".env", DOTENV)
        .file("config/session.php", SESSION)
        .file("config/database.php", DATABASE)
        .file("config/cache.php", CACHE)
        .file("config/services.php", SERVICES)
        .file("config/filesystems.php", FILESYSTEMS)
}

//! What depends on the machine that runs the app: mostly unknown, and said so.

use super::host::LaravelHost;
use crate::eval::{Kind, Value, functions};
use crate::facts::{Reason, Variable};

/// Variables that every server's environment has, with values of its own.
pub fn is_set_by_the_machine(name: &str) -> bool {
    matches!(
        name,
        "HOME"
            | "HOSTNAME"
            | "PATH"
            | "PWD"
            | "SHELL"
            | "TEMP"
            | "TMP"
            | "TMPDIR"
            | "USER"
            | "LOGNAME"
            | "HTTP_HOST"
            | "SERVER_NAME"
            | "SERVER_ADDR"
            | "SERVER_PORT"
            | "REMOTE_ADDR"
            | "REQUEST_URI"
            | "REQUEST_TIME"
            | "REQUEST_TIME_FLOAT"
            | "SCRIPT_NAME"
            | "DOCUMENT_ROOT"
            | "HTTPS"
            | "argv"
            | "argc"
    ) || name.starts_with("HTTP_")
}

/// A function whose answer is the machine's; `None` when the name is not one of these.
pub fn call(host: &LaravelHost<'_>, name: &str, args: &[Value]) -> Option<Value> {
    let text = args.first().and_then(Value::as_str);
    let reason = match name {
        "extension_loaded" => "whether a PHP extension is loaded is only known on the server",
        "php_sapi_name" | "phpversion" | "php_uname" | "zend_version" => {
            "it depends on the PHP that runs the app"
        }
        "gethostname" | "sys_get_temp_dir" | "get_current_user" | "getmypid" | "getcwd" => {
            "it depends on the server"
        }
        "time" | "microtime" | "date" | "now" | "today" | "mktime" | "strtotime" | "hrtime" => {
            "it depends on the time"
        }
        "rand" | "mt_rand" | "random_int" | "random_bytes" | "uniqid" | "str_random" => "it is random",
        "ini_get" | "ini_set" | "get_cfg_var" | "memory_get_usage" => "it depends on php.ini",
        "url" | "route" | "asset" | "secure_url" | "secure_asset" | "request" => "it depends on the request",
        "__" | "trans" | "trans_choice" => "it depends on the language",
        "function_exists" => {
            let name = text?.trim_start_matches('\\').to_ascii_lowercase();
            let known = functions::find(&name).is_some()
                || matches!(name.as_str(), "env" | "config" | "storage_path" | "base_path")
                || crate::eval::Host::function(host, &name).is_some();
            if known {
                return Some(Value::bool(true));
            }
            "whether a function exists is only known on the server"
        }
        "class_exists" | "interface_exists" | "enum_exists" => {
            if text
                .is_some_and(|name| crate::eval::Host::class(host, name.trim_start_matches('\\')).is_some())
            {
                return Some(Value::bool(true));
            }
            "whether a class exists is only known with the packages installed"
        }
        _ => return None,
    };
    Some(Value::unknown(Reason::new(reason)))
}

/// A constant of the machine.
pub fn constant(name: &str) -> Option<Value> {
    let reason = match name {
        "PHP_SAPI" | "PHP_VERSION" | "PHP_VERSION_ID" | "PHP_MAJOR_VERSION" | "PHP_MINOR_VERSION"
        | "PHP_OS" | "PHP_OS_FAMILY" | "PHP_BINARY" => "it depends on the PHP that runs the app",
        "LARAVEL_START" => "it depends on the time",
        // ext/curl, curl.h: options that broadcasting clients set.
        "CURLOPT_SSL_VERIFYPEER" => return Some(Value::int(64)),
        "CURLOPT_SSL_VERIFYHOST" => return Some(Value::int(81)),
        "CURLOPT_TIMEOUT" => return Some(Value::int(13)),
        "CURLOPT_CONNECTTIMEOUT" => return Some(Value::int(78)),
        _ => return None,
    };
    Some(Value::unknown(Reason::new(reason)))
}

/// Constants of PHP's own classes that configs use as keys and values.
/// PDO: php-src 8.2 ext/pdo/pdo_dbh.c and ext/pdo_mysql/php_pdo_mysql_int.h, built with mysqlnd as PHP ships;
/// Redis: phpredis 6.0 library.h and common.h.
pub fn class_constant(class: &str, name: &str) -> Option<Value> {
    let number = match (class, name) {
        ("PDO", "ATTR_AUTOCOMMIT") => 0,
        ("PDO", "ATTR_PREFETCH") => 1,
        ("PDO", "ATTR_TIMEOUT") => 2,
        ("PDO", "ATTR_ERRMODE") => 3,
        ("PDO", "ATTR_CASE") => 8,
        ("PDO", "ATTR_PERSISTENT") => 12,
        ("PDO", "ATTR_STRINGIFY_FETCHES") => 17,
        ("PDO", "ATTR_DEFAULT_FETCH_MODE") => 19,
        ("PDO", "ATTR_EMULATE_PREPARES") => 20,
        ("PDO", "ERRMODE_SILENT") => 0,
        ("PDO", "ERRMODE_WARNING") => 1,
        ("PDO", "ERRMODE_EXCEPTION") => 2,
        ("PDO", "FETCH_LAZY") => 1,
        ("PDO", "FETCH_ASSOC") => 2,
        ("PDO", "FETCH_NUM") => 3,
        ("PDO", "FETCH_BOTH") => 4,
        ("PDO", "FETCH_OBJ") => 5,
        ("PDO", "FETCH_CLASS") => 8,
        // ext/pdo_pgsql/pdo_pgsql.c: the first driver-specific attribute.
        ("PDO", "PGSQL_ATTR_DISABLE_PREPARES") | ("Pdo\\Pgsql", "ATTR_DISABLE_PREPARES") => 1000,
        ("PDO", name) => mysql_attribute(name.strip_prefix("MYSQL_")?)?,
        ("Pdo\\Mysql", name) => mysql_attribute(name)?,
        // symfony/http-foundation Request.php, 3.3 to 8.0; the combined constants changed and are left out.
        ("Illuminate\\Http\\Request" | "Symfony\\Component\\HttpFoundation\\Request", name) => match name {
            "HEADER_FORWARDED" => 1,
            "HEADER_X_FORWARDED_FOR" => 2,
            "HEADER_X_FORWARDED_HOST" => 4,
            "HEADER_X_FORWARDED_PROTO" => 8,
            "HEADER_X_FORWARDED_PORT" => 16,
            _ => return None,
        },
        ("Redis", "SERIALIZER_NONE") => 0,
        ("Redis", "SERIALIZER_PHP") => 1,
        ("Redis", "SERIALIZER_IGBINARY") => 2,
        ("Redis", "COMPRESSION_NONE") => 0,
        _ => return None,
    };
    Some(Value::int(number))
}

fn mysql_attribute(name: &str) -> Option<i64> {
    Some(match name {
        "ATTR_USE_BUFFERED_QUERY" => 1000,
        "ATTR_LOCAL_INFILE" => 1001,
        "ATTR_INIT_COMMAND" => 1002,
        "ATTR_COMPRESS" => 1003,
        "ATTR_DIRECT_QUERY" => 1004,
        "ATTR_FOUND_ROWS" => 1005,
        "ATTR_IGNORE_SPACE" => 1006,
        "ATTR_SSL_KEY" => 1007,
        "ATTR_SSL_CERT" => 1008,
        "ATTR_SSL_CA" => 1009,
        "ATTR_SSL_CAPATH" => 1010,
        "ATTR_SSL_CIPHER" => 1011,
        "ATTR_SERVER_PUBLIC_KEY" => 1012,
        "ATTR_MULTI_STATEMENTS" => 1013,
        "ATTR_SSL_VERIFY_SERVER_CERT" => 1014,
        _ => return None,
    })
}

impl LaravelHost<'_> {
    /// `LARAVEL_STORAGE_PATH` moves the storage folder from 10.x on
    /// (laravel/framework v10.50.3 Foundation/Application.php `storagePath`).
    pub(super) fn storage_moved_to(&self) -> Option<Value> {
        if self.app.version_or_newest().major < 10 {
            return None;
        }
        let Variable { value, trail, .. } = self.variables_or_none()?.get("LARAVEL_STORAGE_PATH")?;
        let kind = match value {
            Some(path) => Kind::Str(path.clone()),
            None => Kind::Unknown(Reason::new("LARAVEL_STORAGE_PATH is kept outside of the repository")),
        };
        Some(Value::new(kind).with_trail(trail.clone()))
    }
}

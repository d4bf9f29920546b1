<?php

/**
 * What real PHP makes of a Laravel app's configuration: the oracle that unstick is held against.
 *
 *     php oracle/evaluate.php APP [ENVFILE] [CONFIGFOLDER]
 *
 * README.md beside this file says what is printed.
 */

declare(strict_types=1);

namespace Unstick\Oracle;

use Dotenv\Dotenv;
use Illuminate\Config\Repository;
use Illuminate\Foundation\Application;
use Illuminate\Support\Env;
use Illuminate\Support\Facades\Facade;
use Symfony\Component\Finder\Finder;

/** Where Debian's package php-laravel-framework puts Laravel. */
const LIBRARY = '/usr/share/php';
/** What stands for the app's root in every value. */
const ROOT = '{base}';
/** Stands for what JSON cannot carry. */
const OPAQUE = ['opaque' => true];

error_reporting(E_ALL & ~E_DEPRECATED);
ini_set('display_errors', 'stderr');
ini_set('serialize_precision', '-1');
exit(main($argv));

/** Evaluates the app that the command line names. */
function main(array $arguments): int
{
    if (count($arguments) < 2 || ! is_dir($arguments[1])) {
        fwrite(STDERR, "usage: evaluate.php APP [ENVFILE] [CONFIGFOLDER]\n");

        return 2;
    }
    forgetEnvironment();
    $root = realpath($arguments[1]);
    $major = majorVersion($root);
    if ($major >= 9) {
        require __DIR__.'/paths.php';
    } elseif ($major === 5) {
        require __DIR__.'/before6.php';
    }
    require LIBRARY.'/Illuminate/autoload.php';
    $folder = ($arguments[3] ?? '') !== '' ? realpath($arguments[3]) : $root.'/config';
    $failed = [];
    $variables = ($arguments[2] ?? '') !== '' ? loadVariables(realpath($arguments[2]) ?: $arguments[2], $failed) : [];

    $config = [];
    if ($failed === []) {
        ob_start();
        $app = application($root);
        autoload($root, $failed);
        $config = loadConfiguration($app, (string) $folder, $failed);
        ob_end_clean();
    }
    echo render(['config' => $config, 'variables' => $variables, 'failed' => $failed], $root);

    return 0;
}

/** No variable of the process that runs us may speak: it would win over the env file. */
function forgetEnvironment(): void
{
    foreach (array_keys(getenv()) as $name) {
        putenv((string) $name);
        unset($_SERVER[$name]);
    }
    $_ENV = [];
}

/**
 * Loads an env file as LoadEnvironmentVariables does: into the immutable repository of `Env`.
 *
 * @return array<string, string|null> the variables that the file sets, as `env()` sees them before it casts
 */
function loadVariables(string $file, array &$failed): array
{
    $repository = Env::getRepository();
    try {
        $names = array_keys(Dotenv::create($repository, dirname($file), basename($file))->load());
    } catch (\Throwable $error) {
        $failed[basename($file)] = message($error);

        return [];
    }
    $variables = [];
    foreach ($names as $name) {
        $variables[$name] = $repository->get((string) $name);
    }

    return $variables;
}

/** Laravel's real application object, with nothing booted: what it is when the config files are read. */
function application(string $root): Application
{
    $major = majorVersion($root);
    $app = $major >= 9 ? laterApplication($root, $major) : new Application($root);
    Facade::setFacadeApplication($app);

    return $app;
}

/** The first version of Laravel that the app's composer.json names; 5.5 is 5. */
function majorVersion(string $root): int
{
    $constraint = composer($root)['require']['laravel/framework'] ?? '';

    return preg_match('/\d+/', $constraint, $match) === 1 ? (int) $match[0] : 0;
}

/** The app's composer.json, empty when there is none. */
function composer(string $root): array
{
    $file = $root.'/composer.json';

    return is_file($file) ? (json_decode((string) file_get_contents($file), true) ?: []) : [];
}

/** The app's own classes and helpers. Packages are not installed: what asks for one fails. */
function autoload(string $root, array &$failed): void
{
    $autoload = composer($root)['autoload'] ?? [];
    $folders = $autoload['psr-4'] ?? [];
    spl_autoload_register(static function (string $class) use ($root, $folders): void {
        foreach ($folders as $prefix => $places) {
            if (! str_starts_with($class, $prefix)) {
                continue;
            }
            $relative = str_replace('\\', '/', substr($class, strlen($prefix))).'.php';
            foreach ((array) $places as $place) {
                if (is_file($file = $root.'/'.rtrim($place, '/').'/'.$relative)) {
                    require_once $file;

                    return;
                }
            }
        }
    });
    foreach ($autoload['files'] ?? [] as $file) {
        try {
            requireFile($root.'/'.$file);
        } catch (\Throwable $error) {
            $failed[$file] = message($error);
        }
    }
}

/**
 * Reads every config file as LoadConfiguration does: natural order, folders as dots, each sees those before it.
 *
 * @return array<string, mixed> the leaves by dot key
 */
function loadConfiguration(Application $app, string $folder, array &$failed): array
{
    $app->instance('config', $repository = new Repository());
    foreach (configFiles($folder) as $key => $file) {
        try {
            $repository->set($key, requireFile($file));
        } catch (\Throwable $error) {
            $failed[$key] = message($error);
        }
    }
    $leaves = [];
    foreach ($repository->all() as $key => $value) {
        flatten(escape($key), $value, $leaves);
    }

    return $leaves;
}

/** @return array<string, string> each config file by its key */
function configFiles(string $folder): array
{
    if (! is_dir($folder)) {
        return [];
    }
    $files = [];
    foreach (Finder::create()->files()->name('*.php')->in($folder) as $file) {
        $nested = str_replace('/', '.', $file->getRelativePath());
        $files[($nested === '' ? '' : $nested.'.').$file->getBasename('.php')] = $file->getRealPath();
    }
    ksort($files, SORT_NATURAL);

    return $files;
}

/** A file in a scope of its own. */
function requireFile(string $__file): mixed
{
    return (static fn () => require $__file)();
}

/** Writes the leaves of a value below a dot key. */
function flatten(string $key, mixed $value, array &$leaves): void
{
    if ($value instanceof \BackedEnum) {
        $value = $value->value;
    }
    if (! is_array($value) || $value === []) {
        $leaves[$key] = leaf($value);

        return;
    }
    foreach ($value as $part => $below) {
        flatten($key.'.'.escape($part), $below, $leaves);
    }
}

/** A value that JSON can carry; JSON has no number for the floats that are none. */
function leaf(mixed $value): mixed
{
    return match (true) {
        is_float($value) && is_nan($value) => 'NAN',
        is_float($value) && is_infinite($value) => $value > 0 ? 'INF' : '-INF',
        is_string($value) && ! mb_check_encoding($value, 'UTF-8') => OPAQUE,
        is_object($value), is_resource($value) => OPAQUE,
        default => $value,
    };
}

/** A dot inside a key is no step. */
function escape(int|string $key): string
{
    return str_replace('.', '\\.', (string) $key);
}

function message(\Throwable $error): string
{
    return $error::class.': '.$error->getMessage();
}

/** The answer as JSON, without the place where the app lies. */
function render(array $answer, string $root): string
{
    $config = [];
    foreach ($answer['config'] as $key => $value) {
        $config[str_replace(escape($root), ROOT, (string) $key)] = $value;
    }
    $answer['config'] = $config;
    array_walk_recursive($answer, static function (mixed &$value) use ($root): void {
        $value = is_string($value) ? str_replace($root, ROOT, $value) : $value;
    });
    $answer = array_map(static fn (array $part) => (object) $part, $answer);

    return json_encode($answer, JSON_PRETTY_PRINT | JSON_PRESERVE_ZERO_FRACTION | JSON_UNESCAPED_SLASHES
        | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR)."\n";
}

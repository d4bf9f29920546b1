<?php

/**
 * Path helpers of Laravel 9 and later, where Debian's Laravel 8.83 reads a path otherwise: it has no `lang_path`, its
 * `storagePath()` takes no path, and since 10.0 a leading slash of the path is dropped (`joinPaths`, laravel/framework
 * v10.50.3 src/Illuminate/Foundation/Application.php and helpers.php). Laravel defines a helper only where there is
 * none yet, so these come first.
 */

namespace Unstick\Oracle {
    /** The application object of an app of Laravel 9 or later. */
    function laterApplication(string $root, int $major): \Illuminate\Foundation\Application
    {
        return new class($root, $major) extends \Illuminate\Foundation\Application
        {
            public function __construct($root, private int $major)
            {
                parent::__construct($root);
            }

            public function joinPaths($base, $path = '')
            {
                $path = (string) $path;

                return $base.($path === '' ? '' : '/'.($this->major >= 10 ? ltrim($path, '/') : $path));
            }

            public function basePath($path = '')
            {
                return $this->joinPaths($this->basePath, $path);
            }

            public function path($path = '')
            {
                return $this->joinPaths($this->basePath('app'), $path);
            }

            public function bootstrapPath($path = '')
            {
                return $this->joinPaths($this->basePath('bootstrap'), $path);
            }

            public function configPath($path = '')
            {
                return $this->joinPaths($this->basePath('config'), $path);
            }

            public function databasePath($path = '')
            {
                return $this->joinPaths($this->basePath('database'), $path);
            }

            public function publicPath($path = '')
            {
                return $this->joinPaths($this->basePath('public'), ltrim((string) $path, '/'));
            }

            public function resourcePath($path = '')
            {
                return $this->joinPaths($this->basePath('resources'), $path);
            }

            public function storagePath($path = '')
            {
                return $this->joinPaths($this->basePath('storage'), $path);
            }

            public function langPath($path = '')
            {
                $below = $this->resourcePath('lang');

                return $this->joinPaths(is_dir($below) ? $below : $this->basePath('lang'), $path);
            }
        };
    }
}

namespace {
    function base_path($path = '')
    {
        return app()->basePath($path);
    }

    function app_path($path = '')
    {
        return app()->path($path);
    }

    function config_path($path = '')
    {
        return app()->configPath($path);
    }

    function database_path($path = '')
    {
        return app()->databasePath($path);
    }

    function public_path($path = '')
    {
        return app()->publicPath($path);
    }

    function resource_path($path = '')
    {
        return app()->resourcePath($path);
    }

    function storage_path($path = '')
    {
        return app()->storagePath($path);
    }

    function lang_path($path = '')
    {
        return app()->langPath($path);
    }
}

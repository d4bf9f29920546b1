<?php

/**
 * Helpers that Laravel had until 6.0 and that config files call. Each only names a method that Laravel 8.83 still has
 * (laravel/framework v5.8.38 src/Illuminate/Support/helpers.php).
 */

use Illuminate\Support\Arr;
use Illuminate\Support\Str;

function str_slug($title, $separator = '-', $language = 'en')
{
    return Str::slug($title, $separator, $language);
}

function str_finish($value, $cap)
{
    return Str::finish($value, $cap);
}

function starts_with($haystack, $needles)
{
    return Str::startsWith($haystack, $needles);
}

function ends_with($haystack, $needles)
{
    return Str::endsWith($haystack, $needles);
}

function snake_case($value, $delimiter = '_')
{
    return Str::snake($value, $delimiter);
}

function camel_case($value)
{
    return Str::camel($value);
}

function studly_case($value)
{
    return Str::studly($value);
}

function array_get($array, $key, $default = null)
{
    return Arr::get($array, $key, $default);
}

function array_only($array, $keys)
{
    return Arr::only($array, $keys);
}

function array_except($array, $keys)
{
    return Arr::except($array, $keys);
}

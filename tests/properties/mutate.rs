//! Texts of the kind the program reads, with something wrong in them.

use proptest::prelude::*;

/// Pieces that mean something to one of the parsers.
const PIECES: &[&str] = &[
    "'",
    "\"",
    "\\",
    "$",
    "${",
    "}",
    "{",
    "[",
    "]",
    "(",
    ")",
    "=",
    "=>",
    "#",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "\0",
    "\u{feff}",
    "é",
    "\u{1F600}",
    "<?php",
    "?>",
    "/*",
    "*/",
    "//",
    "<<<X\n",
    "X;\n",
    "export ",
    "::",
    "->",
    ";",
    ",",
    ".",
    "...",
    "?",
    ":",
    "&",
    "|",
    "!",
    "@",
    "`",
    "0x",
    "1e999",
    "9223372036854775808",
    "fn() => ",
    "function ",
    "class ",
    "match (",
    "return ",
    "\\u{110000}",
    "\\x",
    "\\777",
    "{$",
    "null",
    "%",
    "-",
];

#[derive(Debug, Clone)]
enum Edit {
    Delete(usize, usize),
    Repeat(usize, usize, usize),
    Insert(usize, &'static str),
    Any(usize, char),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = 0..4096_usize;
    prop_oneof![
        1 => (at.clone(), 1..12_usize).prop_map(|(at, length)| Edit::Delete(at, length)),
        1 => (at.clone(), 1..40_usize, 1..5_usize).prop_map(|(at, length, times)| Edit::Repeat(at, length, times)),
        4 => (at.clone(), prop::sample::select(PIECES)).prop_map(|(at, piece)| Edit::Insert(at, piece)),
        1 => (at, any::<char>()).prop_map(|(at, c)| Edit::Any(at, c)),
    ]
}

fn apply(text: &mut Vec<char>, edit: &Edit) {
    let place = |at: usize, text: &[char]| at % (text.len() + 1);
    match *edit {
        Edit::Delete(at, length) => {
            let at = place(at, text);
            text.drain(at..(at + length).min(text.len()));
        }
        Edit::Repeat(at, length, times) => {
            let at = place(at, text);
            let piece = text[at..(at + length).min(text.len())].repeat(times);
            text.splice(at..at, piece);
        }
        Edit::Insert(at, piece) => {
            let at = place(at, text);
            text.splice(at..at, piece.chars());
        }
        Edit::Any(at, c) => {
            let at = place(at, text);
            text.insert(at, c);
        }
    }
}

/// One of the seeds with a few edits.
pub fn mutated(seeds: &'static [&'static str]) -> impl Strategy<Value = String> {
    (prop::sample::select(seeds), prop::collection::vec(edit(), 0..6)).prop_map(|(seed, edits)| {
        let mut text: Vec<char> = seed.chars().collect();
        edits.iter().for_each(|edit| apply(&mut text, edit));
        text.into_iter().collect()
    })
}

pub const DOTENV: &[&str] = &[
    "APP_ENV=production\nSESSION_DRIVER=file # comment\n",
    "A=\"x ${B} y\"\nB='single $A'\nexport C = d\nD\nE=\n# F=1\nG=\"over\nseveral\nlines\"\n",
    "\u{feff}URL=redis://u:p@h:1/0\r\nX=\"\\\"\\n\\$\"\r\nY=a#b\r\nZ=${X}${Y}${Z}\r\n",
    "REPEATED=1\nREPEATED=2\n\"QUOTED\"=3\nexport \"D\"=4\nA.B=5\nÉ=6\nA-B=7\n",
];

pub const PHP: &[&str] = &[
    "<?php\n\nuse Illuminate\\Support\\Str;\n\nreturn [\n    'driver' => env('SESSION_DRIVER', 'file'),\n    'cookie' => Str::slug(env('APP_NAME', 'laravel'), '_').'_session',\n    'lifetime' => (int) env('LIFE', 120),\n    'lottery' => [2, 100],\n];\n",
    "<?php\nreturn ['connections' => ['redis' => ['url' => env('REDIS_URL'), 'options' => ['prefix' => env('P', Str::slug(config('app.name')))]]], ...array_filter(explode(',', env('LIST', 'a,b')), fn ($x) => $x !== 'a')];\n",
    "<?php\nnamespace Config;\n$x = parse_url(getenv('DATABASE_URL') ?: 'mysql://u:p@h/d');\nif (isset($x['host'])) { $host = $x['host']; } else { $host = '127.0.0.1'; }\nforeach (['a' => 1, 'b' => 2] as $k => $v) { $all[$k] = $v + 1; }\nswitch ($host) { case 'h': $y = 1; break; default: $y = 2; }\ntry { $z = json_decode('{\"a\": 1}', true, 512, JSON_THROW_ON_ERROR); } catch (\\Exception $e) { $z = null; }\nreturn compact('host', 'all', 'y', 'z') + [match (true) { $y > 1 => 'big', default => 'small' }];\n",
    "<?php\nfunction f(int $x = 1, ...$rest) { static $n = 0; return $x > 3 ? $x : f($x + 1, ...$rest); }\nenum Suit: string { case A = 'a'; public function label(): string { return ucfirst($this->value); } }\nclass C { const D = 'd'; public static $e = [1]; public static function g() { return static::D . self::D; } }\nreturn ['f' => f(), 'g' => C::g(), 'h' => Suit::A->label(), 'i' => Suit::from('a'), 'j' => <<<EOT\n  a {$_ENV['X']} b\n  EOT, 'k' => (fn () => 1)(), 'l' => \"{$x['y']}$z[0]\"];\n",
];

pub const JSON: &[&str] = &[
    r#"{"require": {"php": "^8.2", "laravel/framework": "^12.0"}, "autoload": {"psr-4": {"App\\": ["app/", "src"]}, "files": ["a.php"]}}"#,
    r#"{"packages": [{"name": "laravel/framework", "version": "v12.3.4"}, {"name": "vlucas/phpdotenv", "version": "v5.6.1"}]}"#,
];

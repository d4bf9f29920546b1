//! How Laravel writes letters outside ASCII in ASCII: Latin letters, punctuation, two signs.
//!
//! Facts: `Str::ascii` of laravel/framework 5.5.50, 5.8.38 and 6.20.45, and voku/portable-ascii 2.0.1 (from 7 on).

use crate::facts::Reason;

/// In every version.
#[rustfmt::skip]
const BOTH: &[(&str, &str)] = &[
    (" ", "\u{a0}\u{202f}"), ("a", "ªàáâãäåāăąǎǻ"), ("2", "\u{b2}"), ("3", "\u{b3}"), ("1", "\u{b9}"),
    ("o", "ºòóôõöøōŏőơǒǿ"), ("A", "ÀÁÂÃÄÅĀĂĄǍǺ"), ("AE", "ÆǼ"), ("C", "ÇĆĈĊČ"), ("E", "ÈÉÊËĒĔĖĘĚƏ"),
    ("I", "ÌÍÎÏĨĪĬĮİǏ"), ("D", "ÐĎĐ"), ("N", "ÑŃŅŇŊ"), ("O", "ÒÓÔÕÖØŌŎŐƠǑǾ"), ("U", "ÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛ"),
    ("Y", "ÝŶŸ"), ("ss", "ß"), ("ae", "æǽ"), ("c", "çćĉċč"), ("e", "èéêëēĕėęě"), ("i", "ìíîïĩīĭįıǐ"),
    ("d", "ðďđ"), ("n", "ñńņňŉŋ"), ("u", "ùúûüũūŭůűųưǔǖǘǚǜ"), ("y", "ýÿŷ"), ("th", "þ"), ("g", "ĝğġģ"),
    ("G", "ĞĠĢ"), ("h", "ĥħ"), ("H", "Ħ"), ("ij", "ĳ"), ("j", "ĵ"), ("k", "Ķķĸ"), ("L", "ĹĻĽĿŁ"),
    ("l", "ĺļľŀł"), ("oe", "œ"), ("R", "ŔŖŘ"), ("r", "ŕŗř"), ("S", "ŚŜŞŠȘ"), ("s", "śşšſș"),
    ("T", "ŢŤŦȚ"), ("t", "ţťŧț"), ("W", "Ŵ"), ("w", "ŵ"), ("Z", "ŹŻŽ"), ("z", "źżž"), ("f", "ƒ"),
];

/// Up to version 6 only.
#[rustfmt::skip]
const UNTIL_6: &[(&str, &str)] = &[
    ("(c)", "\u{a9}"), ("0", "\u{b0}"), ("u", "µ"), ("Th", "Þ"), ("Gx", "Ĝ"), ("Hx", "Ĥ"), ("Ij", "Ĳ"),
    ("Jx", "Ĵ"), ("Oe", "Œ"), ("sx", "ŝ"), ("D", "ƉƊƋ"), ("d", "ƌȡ"),
];

/// From version 7 on only.
#[rustfmt::skip]
const SINCE_7: &[(&str, &str)] = &[
    ("c", "\u{a2}ȼ"), ("PS", "\u{a3}"), ("$?", "\u{a4}"), ("YEN", "\u{a5}"), ("<<", "\u{ab}"),
    (">>", "\u{bb}"), ("TH", "Þ"), ("G", "Ĝ"), ("H", "Ĥ"), ("IJ", "Ĳ"), ("J", "ĴɈ"), ("OE", "Œ"),
    ("s", "ŝ"), ("B", "Ɓ"), ("I", "Ɨ"), ("l", "ƚ"), ("O", "ƟǪȮ"), ("U", "ƱɄ"), ("Z", "Ƶ"), ("z", "ƶ"),
    ("LJ", "Ǉ"), ("Lj", "ǈ"), ("lj", "ǉ"), ("NJ", "Ǌ"), ("Nj", "ǋ"), ("nj", "ǌ"), ("o", "ǫȯ"),
    ("j", "ǰɉ"), ("DZ", "Ǳ"), ("Dz", "ǲ"), ("dz", "ǳ"), ("N", "Ǹ"), ("n", "ǹ"), ("A", "ȦȺ"), ("a", "ȧ"),
    ("E", "ȨɆ"), ("e", "ȩɇ"), ("Y", "ȲɎ"), ("y", "ȳɏ"), ("db", "ȸ"), ("qp", "ȹ"), ("C", "Ȼ"), ("L", "Ƚ"),
    ("T", "Ⱦ"), ("-", "\u{2013}\u{2014}"), ("'", "\u{2018}\u{2019}\u{201a}\u{201b}\u{2039}\u{203a}"),
    ("\"", "\u{201c}\u{201d}\u{201e}\u{201f}"), ("...", "\u{2026}"), (" ", "\u{2028}\u{2029}"),
    ("EUR", "\u{20ac}"),
];

const fn is_known(letter: char) -> bool {
    matches!(letter, '\u{a0}'..='\u{24f}' | '\u{2010}'..='\u{203a}' | '\u{20ac}' | '\u{2122}')
}

/// `Str::ascii` with the language `en`.
pub fn ascii(text: &str, major: u32) -> Result<String, Reason> {
    let tables = if major >= 7 { [BOTH, SINCE_7] } else { [BOTH, UNTIL_6] };
    let mut result = String::new();
    for letter in text.chars() {
        match letter {
            _ if letter.is_ascii() => result.push(letter),
            _ if is_known(letter) => {
                let mut rows = tables.iter().flat_map(|table| table.iter());
                result.push_str(
                    rows.find(|(_, letters)| letters.contains(letter)).map_or("", |(with, _)| with),
                );
            }
            _ => return Err(Reason::new("letters that we cannot write in ASCII")),
        }
    }
    Ok(plain(&result, major))
}

/// What both versions do to control characters.
fn plain(text: &str, major: u32) -> String {
    if major < 7 {
        return text.replace(|letter: char| letter.is_ascii_control(), "");
    }
    text.replace("\n\r", " ")
        .replace(['\n', '\r', '\t'], " ")
        .replace(|letter: char| letter.is_ascii_control() && !matches!(letter, '\x10' | '\x13'), "")
}

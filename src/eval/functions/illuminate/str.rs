//! `Illuminate\Support\Str`.

use super::super::super::{Kind, Value, convert};
use super::super::{bytes_kind, input, multibyte, replace, text_kind};
use super::letters::{self, Case};
use super::{ascii, differs};
use crate::facts::Reason;

/// A method by its lower-case name; `None` when this version has none of that name, or we do not know it.
pub fn call(method: &str, args: &[Value], major: u32) -> Option<Result<Kind, Reason>> {
    let run: fn(&[Value], u32) -> Result<Kind, Reason> = match method {
        "slug" => slug,
        "ascii" => |args, major| {
            plain_language(args, 1)?;
            text_kind(ascii::ascii(&input::text(args, 0)?, major)?)
        },
        "snake" => |args, _| letters::snake(&input::text(args, 0)?, &input::text_or(args, 1, "_")?),
        "kebab" => |args, _| letters::snake(&input::text(args, 0)?, "-"),
        "studly" => |args, _| {
            no_more(args, 1)?;
            text_kind(letters::studly(&input::text(args, 0)?)?)
        },
        "camel" => |args, _| text_kind(letters::camel(&input::text(args, 0)?)?),
        "lower" => |args, _| text_kind(multibyte::lower(&input::text(args, 0)?)?),
        "upper" => |args, _| text_kind(multibyte::upper(&input::text(args, 0)?)),
        "title" => |args, _| text_kind(multibyte::title(&input::text(args, 0)?)?),
        "ucfirst" => |args, _| letters::first(&input::text(args, 0)?, Case::Upper),
        "lcfirst" if major >= 9 => |args, _| letters::first(&input::text(args, 0)?, Case::Lower),
        "start" => start,
        "finish" => finish,
        "after" => |args, _| cut(args, |text, at, size| text.get(at + size..), false),
        "afterlast" if major >= 6 => |args, _| cut(args, |text, at, size| text.get(at + size..), true),
        "before" => |args, _| cut(args, |text, at, _| text.get(..at), false),
        "beforelast" if major >= 6 => |args, _| cut(args, |text, at, _| text.get(..at), true),
        "between" if major >= 7 => between,
        "contains" => |args, major| any_needle(args, major, |text, needle| text.contains(needle)),
        "startswith" => |args, major| any_needle(args, major, |text, needle| text.starts_with(needle)),
        "endswith" => ends_with,
        "is" => is,
        "replace" if major >= 8 => |args, _| {
            case_counts(args, 3)?;
            super::super::find("str_replace")
                .map_or_else(|| Err(differs()), |run| run.call(args.get(..3).unwrap_or(args)))
        },
        "remove" if major >= 8 => remove,
        "replacefirst" => |args, _| replace_at(args, Where::First),
        "replacelast" if major <= 5 && args.first().is_some_and(|value| value.as_str() == Some("")) => {
            |_, _| Err(differs())
        }
        "replacelast" => |args, _| replace_at(args, Where::Last),
        "replacestart" if major >= 10 => |args, _| replace_at(args, Where::Start),
        "replaceend" if major >= 10 => |args, _| replace_at(args, Where::End),
        "limit" => limit,
        "length" => {
            |args, _| Ok(Kind::Int(i64::try_from(input::text(args, 0)?.chars().count()).unwrap_or(i64::MAX)))
        }
        "substr" => |args, _| {
            let text = input::text(args, 0)?;
            text_kind(multibyte::part(&text, input::int(args, 1)?, input::optional_int(args, 2)?))
        },
        "trim" if major >= 11 => |args, _| letters::trim(args, true, true),
        "ltrim" if major >= 11 => |args, _| letters::trim(args, true, false),
        "rtrim" if major >= 11 => |args, _| letters::trim(args, false, true),
        "squish" if major >= 9 => |args, _| letters::squish(&input::text(args, 0)?),
        "wrap" if major >= 9 => |args, _| {
            let (text, before) = (input::text(args, 0)?, input::text(args, 1)?);
            let after = if input::given(args, 2) { input::text(args, 2)? } else { before.clone() };
            text_kind(format!("{before}{text}{after}"))
        },
        _ => return None,
    };
    let unknown = args.iter().find_map(Value::deep_reason).cloned();
    Some(unknown.map_or_else(|| run(args, major), Err))
}

/// That there are no arguments from `index` on that would change the result.
fn no_more(args: &[Value], index: usize) -> Result<(), Reason> {
    if args.len() > index { Err(Reason::new("a call with arguments we do not follow")) } else { Ok(()) }
}

fn plain_language(args: &[Value], index: usize) -> Result<(), Reason> {
    match args.get(index).map(|value| &value.kind) {
        None => Ok(()),
        Some(Kind::Str(language)) if &**language == "en" => Ok(()),
        Some(_) if input::text(args, 0)?.bytes().all(|byte| (0x20..0x7f).contains(&byte)) => Ok(()),
        Some(_) => Err(Reason::new("a language whose letters we do not know")),
    }
}

fn case_counts(args: &[Value], index: usize) -> Result<(), Reason> {
    if input::flag_or(args, index, true)? { Ok(()) } else { Err(differs()) }
}

/// `Str::slug`. What is left after transliteration is ASCII, so its patterns need no Unicode.
fn slug(args: &[Value], major: u32) -> Result<Kind, Reason> {
    plain_language(args, 2)?;
    let title = ascii::ascii(&input::text(args, 0)?, major)?;
    let separator = input::text_or(args, 1, "-")?;
    if !separator.is_ascii() || separator.contains(['$', '\\']) {
        return Err(Reason::new("a separator that we do not follow"));
    }
    let flip = if &*separator == "-" { '_' } else { '-' };
    let mut title = replace_runs(&title, |letter| letter == flip, &separator);
    for (word, with) in dictionary(args, major)? {
        title = replace::replaced(&title, &word, &format!("{separator}{with}{separator}"), false)?;
    }
    let title = multibyte::lower(&title)?;
    let space = |letter: char| matches!(letter, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c');
    if !title.is_ascii() {
        return Err(Reason::new("letters that we cannot write in ASCII"));
    }
    let kept =
        |letter: &char| letter.is_ascii_alphanumeric() || space(*letter) || separator.contains(*letter);
    let title: String = title.chars().filter(kept).collect();
    let title = replace_runs(&title, |letter| space(letter) || separator.contains(letter), &separator);
    bytes_kind(super::super::trims::trimmed(&title, &separator, true, true).to_vec())
}

/// Words that `slug` spells out: `@`, or from version 9 on what the caller says.
fn dictionary(args: &[Value], major: u32) -> Result<Vec<(String, String)>, Reason> {
    if args.len() <= 3 {
        return Ok(vec![("@".into(), "at".into())]);
    }
    if major < 9 {
        return Err(differs());
    }
    let words = input::array(args, 3)?;
    words
        .iter()
        .map(|(key, value)| Ok((key.text().to_string(), convert::to_text(&value.kind)?.to_string())))
        .collect()
}

fn replace_runs(text: &str, wanted: impl Fn(char) -> bool, with: &str) -> String {
    let mut result = String::new();
    let mut inside = false;
    for letter in text.chars() {
        let found = wanted(letter);
        if !found {
            result.push(letter);
        } else if !inside {
            result.push_str(with);
        }
        inside = found;
    }
    result
}

fn start(args: &[Value], _: u32) -> Result<Kind, Reason> {
    let (text, prefix) = (input::text(args, 0)?, input::text(args, 1)?);
    let mut rest: &str = &text;
    while let Some(next) = rest.strip_prefix(&*prefix).filter(|_| !prefix.is_empty()) {
        rest = next;
    }
    text_kind(format!("{prefix}{rest}"))
}

fn finish(args: &[Value], _: u32) -> Result<Kind, Reason> {
    let (text, cap) = (input::text(args, 0)?, input::text(args, 1)?);
    // The pattern's `$` would also fit before a last line feed.
    if text.ends_with('\n') {
        return Err(Reason::new("a text that ends in a line feed"));
    }
    let mut rest: &str = &text;
    while let Some(next) = rest.strip_suffix(&*cap).filter(|_| !cap.is_empty()) {
        rest = next;
    }
    text_kind(format!("{rest}{cap}"))
}

/// The text before or after a needle; the whole text when the needle is empty or absent.
fn cut(args: &[Value], part: fn(&str, usize, usize) -> Option<&str>, last: bool) -> Result<Kind, Reason> {
    let text = input::text(args, 0)?;
    if !matches!(args.get(1).map(|value| &value.kind), Some(Kind::Str(_))) {
        return Err(Reason::new("a needle that is no text"));
    }
    let needle = input::text(args, 1)?;
    let found = if last { text.rfind(&*needle) } else { text.find(&*needle) };
    let found = found.filter(|_| !needle.is_empty()).and_then(|at| part(&text, at, needle.len()));
    text_kind(found.unwrap_or(&text))
}

fn between(args: &[Value], _: u32) -> Result<Kind, Reason> {
    let (text, from, to) = (input::text(args, 0)?, input::text(args, 1)?, input::text(args, 2)?);
    if from.is_empty() || to.is_empty() {
        return text_kind(text);
    }
    let rest = text.split_once(&*from).map_or(&*text, |(_, rest)| rest);
    text_kind(rest.rfind(&*to).and_then(|at| rest.get(..at)).unwrap_or(rest))
}

/// The texts in an argument that is one text or an array of them.
fn needles(args: &[Value], index: usize) -> Result<Vec<std::sync::Arc<str>>, Reason> {
    let one = |kind: &Kind| match kind {
        Kind::Str(text) => Ok(std::sync::Arc::clone(text)),
        _ => Err(Reason::new("a needle that is no text")),
    };
    match &input::any(args, index)?.kind {
        Kind::Array(array) => array.values().map(|value| one(&value.kind)).collect(),
        other => Ok(vec![one(other)?]),
    }
}

fn any_needle(args: &[Value], major: u32, test: fn(&str, &str) -> bool) -> Result<Kind, Reason> {
    let (mut text, mut needles) = (input::text(args, 0)?.to_string(), needles(args, 1)?);
    if input::flag_or(args, 2, false)? {
        if major < 9 {
            return Err(differs());
        }
        text = multibyte::lower(&text)?;
        for needle in &mut needles {
            *needle = multibyte::lower(needle)?.into();
        }
    }
    Ok(Kind::Bool(needles.iter().any(|needle| !needle.is_empty() && test(&text, needle))))
}

fn ends_with(args: &[Value], major: u32) -> Result<Kind, Reason> {
    let (text, needles) = (input::text(args, 0)?, needles(args, 1)?);
    // Up to version 6 an empty needle is met by an empty text.
    let met =
        |needle: &str| if needle.is_empty() { major <= 6 && text.is_empty() } else { text.ends_with(needle) };
    Ok(Kind::Bool(needles.iter().any(|needle| met(needle))))
}

fn is(args: &[Value], major: u32) -> Result<Kind, Reason> {
    no_more(args, 2)?;
    let (patterns, text) = (needles(args, 0)?, input::text(args, 1)?);
    for pattern in patterns {
        let equal = if major <= 8 {
            convert::loose_equal(&Kind::Str(pattern.clone()), &Kind::Str(text.clone()))?
        } else {
            pattern == text
        };
        if equal {
            return Ok(Kind::Bool(true));
        }
        if pattern.contains('*') && text.contains('\n') {
            return Err(differs());
        }
        if letters::fits(&pattern, &text) {
            return Ok(Kind::Bool(true));
        }
    }
    Ok(Kind::Bool(false))
}

fn remove(args: &[Value], _: u32) -> Result<Kind, Reason> {
    case_counts(args, 2)?;
    let subject = input::text(args, 1)?;
    text_kind(replace::replace_all(&input::any(args, 0)?.kind, &Kind::Str("".into()), &subject, false)?)
}

#[derive(Clone, Copy)]
enum Where {
    First,
    Last,
    Start,
    End,
}

fn replace_at(args: &[Value], place: Where) -> Result<Kind, Reason> {
    let (search, with, text) = (input::text(args, 0)?, input::text(args, 1)?, input::text(args, 2)?);
    if search.is_empty() {
        return text_kind(text);
    }
    let found = match place {
        Where::First => text.find(&*search),
        Where::Last => text.rfind(&*search),
        Where::Start => text.starts_with(&*search).then_some(0),
        Where::End => text.ends_with(&*search).then(|| text.len() - search.len()),
    };
    let Some((before, rest)) = found.and_then(|at| text.split_at_checked(at)) else { return text_kind(text) };
    text_kind(format!("{before}{with}{}", rest.get(search.len()..).unwrap_or_default()))
}

fn limit(args: &[Value], _: u32) -> Result<Kind, Reason> {
    let (text, end) = (input::text(args, 0)?, input::text_or(args, 2, "...")?);
    if input::flag_or(args, 3, false)? {
        return Err(Reason::new("a call with arguments we do not follow"));
    }
    let limit = usize::try_from(input::int_or(args, 1, 100)?);
    let limit = limit.map_err(|_| Reason::new("a length that depends on the PHP version"))?;
    if multibyte::width(&text)? <= limit {
        return text_kind(text);
    }
    let cut: String = text.chars().take(limit).collect();
    let cut = cut.trim_end_matches([' ', '\n', '\r', '\t', '\x0b', '\0']);
    text_kind(format!("{cut}{end}"))
}

use super::args::{Explain, Rules, Simple};
use super::exit::{Code, Failure};
use super::output;
use crate::report::explain;
use crate::rules::{self, Rule};

/// Runs `explain`.
pub fn run(arguments: &Explain) -> Result<Code, Failure> {
    let found: Vec<&Rule> = match (&arguments.rule, &arguments.symptom) {
        (Some(id), _) => vec![known(id)?],
        (None, Some(words)) => rules::search(words),
        (None, None) => Vec::new(),
    };
    if found.is_empty() {
        let words = arguments.symptom.as_deref().unwrap_or_default();
        return Err(Failure::Usage(format!("no rule has a symptom like \"{words}\"; see `unstick rules`")));
    }
    output::print(&match arguments.format {
        Simple::Json => explain::json(&found),
        Simple::Text => found.iter().map(|rule| explain::page(rule)).collect::<Vec<_>>().join("\n---\n\n"),
    })?;
    Ok(Code::Clean)
}

/// Runs `rules`.
pub fn list(arguments: &Rules) -> Result<Code, Failure> {
    let all: Vec<&Rule> = rules::all().iter().collect();
    output::print(&match arguments.format {
        Simple::Json => explain::json(&all),
        Simple::Text => explain::list(&all),
    })?;
    Ok(Code::Clean)
}

/// The rule with an id, or a message with the nearest one.
pub fn known(id: &str) -> Result<&'static Rule, Failure> {
    rules::find(id).ok_or_else(|| {
        let near = rules::all().iter().min_by_key(|rule| distance(id, &rule.id));
        let hint = near
            .filter(|rule| distance(id, &rule.id) <= 1 + id.len() / 3)
            .map_or_else(|| "see `unstick rules`".to_owned(), |rule| format!("did you mean `{}`?", rule.id));
        Failure::Usage(format!("no rule is named `{id}`; {hint}"))
    })
}

/// How many letters must change to make one word the other (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances() {
        assert_eq!(distance("local-sesion", "local-session"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
    }
}

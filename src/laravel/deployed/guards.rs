//! Conditions around commands of scripts: `if [ "$RUN_MIGRATIONS" = "true" ]`.

use crate::deploy::{Deployment, Value};

/// Whether the conditions are known to hold where this runs. One that asks no variable is taken to hold.
pub fn holds(guard: &str, deployment: &Deployment) -> bool {
    // A second try after one that only one replica makes.
    !guard.contains("--isolated") && guard.split(" and ").all(|condition| one(condition, deployment))
}

fn one(condition: &str, deployment: &Deployment) -> bool {
    if !condition.contains('$') {
        return true;
    }
    let Some((name, wanted, equal)) = comparison(condition) else { return false };
    let given = deployment
        .layers
        .iter()
        .find_map(|layer| layer.variables.iter().find(|given| given.name.as_ref() == name));
    match given.map(|given| &given.value) {
        Some(Value::Known(text)) => (text.as_ref() == wanted) == equal,
        _ => false,
    }
}

/// A variable that is compared with a text: its name, the text, whether they are to be the same.
fn comparison(condition: &str) -> Option<(&str, &str, bool)> {
    let (is_if, inner) = match condition.strip_prefix("if ") {
        Some(inner) => (true, inner),
        None => (false, condition.strip_prefix("unless ")?),
    };
    let inner = inner.trim().trim_end_matches(';').trim();
    let inner = inner
        .strip_prefix("[[ ")
        .and_then(|inner| inner.strip_suffix(" ]]"))
        .or_else(|| inner.strip_prefix("[ ").and_then(|inner| inner.strip_suffix(" ]")))
        .or_else(|| inner.strip_prefix("test "))?;
    let words: Vec<&str> = inner.split_whitespace().collect();
    let [left, operator, right] = words.as_slice() else { return None };
    let equal = match *operator {
        "=" | "==" => is_if,
        "!=" => !is_if,
        _ => return None,
    };
    let name = unquoted(left).strip_prefix('$')?;
    let name = name.strip_prefix('{').map_or(Some(name), |name| name.strip_suffix('}'))?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let wanted = unquoted(right);
    (is_name && !wanted.contains('$')).then_some((name, wanted, equal))
}

fn unquoted(word: &str) -> &str {
    ['"', '\''].into_iter().find_map(|quote| word.strip_prefix(quote)?.strip_suffix(quote)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deploy::Files;

    #[test]
    fn conditions_are_asked_of_what_the_deployment_sets() {
        let compose = "services:\n  app:\n    image: acme/app\n    ports: ['80:80']\n    environment:\n      MIGRATE: 'true'\n      ROLE: web\n      KEY:\n";
        let files = Files::from_texts(&[("docker-compose.yml", compose)]);
        let all = crate::deploy::compose::read(&files);
        let deployment = all.first().unwrap();
        for (guard, expected) in [
            ("if [ -f artisan ]", true),
            ("if [ \"$MIGRATE\" = \"true\" ]", true),
            ("if [ \"${MIGRATE}\" == true ]", true),
            ("if [[ $MIGRATE != 'true' ]]", false),
            ("unless [ \"$MIGRATE\" = true ]", false),
            ("unless [ \"$ROLE\" = worker ]", true),
            ("if [ \"$ROLE\" = web ] and if [ \"$MIGRATE\" = false ]", false),
            ("if [ \"$OTHER\" = true ]", false),
            ("if [ \"$KEY\" = true ]", false),
            ("if [ -n \"$MIGRATE\" ]", false),
            ("if [ \"${MIGRATE:-x}\" = true ]", false),
            ("unless php artisan migrate --isolated succeeds", false),
            ("", true),
        ] {
            assert_eq!(holds(guard, deployment), expected, "{guard}");
        }
    }
}

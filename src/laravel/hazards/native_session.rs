//! `native-session`: PHP's own sessions beside those of the framework.

use super::code::Code;
use super::effect::{Use, in_places, surest, told};
use super::guarded;
use crate::facts::{Confidence, Observation, Severity};

const IDS: &[&str] = &["session-native"];
/// Words in an app's code that put PHP's sessions elsewhere.
const ELSEWHERE: &[&str] = &["session_set_save_handler", "session.save_handler", "session_module_name"];

/// PHP's own sessions in code that serves requests.
pub fn look(code: &Code<'_>) -> Vec<Observation> {
    let uses: Vec<Use<'_>> = code
        .of(IDS)
        .filter_map(|found| Some(Use { found, sure: guarded::sure(found)?.min(Confidence::Medium) }))
        .collect();
    let Some(first) = uses.first() else { return Vec::new() };
    let folders = ["app", "bootstrap", "public", "routes", "config"];
    if ELSEWHERE.iter().any(|word| folders.iter().any(|folder| code.app.tree.mentions(folder, word))) {
        return Vec::new();
    }
    let called = |name: &str| if name == "_SESSION" { "$_SESSION".to_owned() } else { format!("{name}()") };
    let words = vec![("call", called(&first.found.name).into()), ("places", in_places(&uses))];
    let trail = told(&uses, Vec::new(), &|found| format!("{} is PHP's own session", called(&found.name)));
    let found = Observation::new("native-session", words, Some(first.found.place.clone())).led_to_by(trail);
    vec![code.weighed(found, Severity::Warning, surest(&uses))]
}

use std::sync::Arc;

use crate::facts::{Note, Place, Scalar, Setting, Variables};
use crate::text::{is_secret_name, mask_urls, secrets_of_urls};

/// Shorter values say nothing by being the same.
const MIN_LENGTH: usize = 4;
/// Shorter values say nothing by being found in others.
const MIN_LENGTH_INSIDE: usize = 8;

/// The secret values of an environment, to know them again in settings that were computed from them: a list that was
/// split, a text that was decoded.
#[derive(Debug, Default)]
pub struct Secrets(Vec<Arc<str>>);

impl Secrets {
    /// The values of the variables whose names are those of secrets, and what urls hold.
    #[must_use]
    pub fn of(variables: &Variables) -> Self {
        let mut values = Vec::new();
        for (name, variable) in variables.iter() {
            let Some(value) = &variable.value else { continue };
            if is_secret_name(name) {
                values.push(Arc::clone(value));
            }
            values.extend(secrets_of_urls(value).map(Arc::from));
        }
        values.retain(|value| value.len() >= MIN_LENGTH);
        Self(values)
    }

    /// Whether a setting's value holds a secret, or is a part of one that came from we do not know where.
    #[must_use]
    pub fn are_in(&self, setting: &Setting) -> bool {
        let text: Arc<str> = match &setting.value {
            // What is masked as a url needs no second mask.
            Ok(Scalar::Str(text)) => mask_urls(text).into(),
            Ok(Scalar::Int(number)) => number.to_string().into(),
            Ok(Scalar::Float(number)) => number.to_string().into(),
            _ => return false,
        };
        let may_be_a_part = text.len() >= MIN_LENGTH && !tells_its_origin(setting, &text);
        self.0.iter().any(|secret| {
            *secret == text
                || (secret.len() >= MIN_LENGTH_INSIDE && text.contains(secret.as_ref()))
                || (may_be_a_part && secret.contains(text.as_ref()))
        })
    }
}

/// Whether a value comes from a variable, from a framework, or is written where the setting stands.
fn tells_its_origin(setting: &Setting, text: &str) -> bool {
    let from_variable = setting.trail.steps().iter().any(|step| matches!(step.note, Note::Variable(_)));
    let written = |place: &Place| place.is_foreign() || place.source.slice(place.span).contains(text);
    from_variable || setting.place.as_ref().is_some_and(written)
}

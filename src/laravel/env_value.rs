//! What `env()` gives in an environment.

use super::app::App;
use crate::eval::{Kind, Value};
use crate::facts::{Reason, Variables};
use crate::parse::dotenv::{self, EnvValue};

/// What `env()` gives for a variable; `None` when nothing sets it.
pub fn value_of(app: &App, variables: &Variables, name: &str) -> Option<Value> {
    let Some(variable) = variables.get(name) else {
        return variables.more.clone().map(Value::unknown);
    };
    let unknown = || Reason::new("its value is not in the repository");
    Some(match &variable.value {
        None => Value::unknown(variable.unknown.clone().unwrap_or_else(unknown)),
        Some(raw) => Value::new(match dotenv::convert(raw, app.env_rules()) {
            EnvValue::Null => Kind::Null,
            EnvValue::Bool(truth) => Kind::Bool(truth),
            EnvValue::Str(text) => Kind::Str(text.into()),
        }),
    })
}

//! Whether an app trusts a proxy, in the way of its version.
//!
//! laravel/framework v8.54.0 to v13.26.1, `Http/Middleware/TrustProxies.php`: the property or `TrustProxies::at()`, else
//! `config('trustedproxy.proxies')` (since v8.83.3 and v9.3.1), else everybody on Laravel Cloud (since v9.52.19,
//! v10.48.26 and v11.34.0). Before: fideloper/proxy 3 and 4, `TrustProxies.php`, with the same property and setting.

use std::sync::Arc;

use super::super::Code;
use super::super::code::call_step;
use super::names::{self, Says};
use super::proxies::{argument_names_nobody, names_nobody};
use super::{kernel, slim};
use crate::facts::{Basis, Confidence, Note, Place, Step, TrailStep};
use crate::laravel::bootstrap::class_in;
use crate::laravel::source::Found;
use crate::parse::php::tree::{Class, Function};
use crate::text::Source;

/// Where a proxy would be named and is not.
pub(super) struct Missing {
    /// The file, for people.
    pub file: Arc<str>,
    pub place: Place,
    pub trail: Vec<TrailStep>,
    pub fix: Arc<str>,
    pub confidence: Confidence,
}

/// Packages that trust proxies by themselves wherever they are installed.
/// laravel/vapor-core since v2.7.2, `VaporServiceProvider::configureTrustedProxy`.
const TRUSTING: &[&str] = &["laravel/vapor-core", "monicahq/laravel-cloudflare"];

/// Where a proxy would be named; `None` when one is, or may be.
pub(super) fn missing(code: &Code<'_>) -> Option<Missing> {
    if trusts_by_itself(code) || sets_while_running(code) {
        return None;
    }
    let mut missing = slim::missing(code).unwrap_or_else(|| kernel::missing(code))?;
    for call in code.of(&["trust-proxies"]) {
        if call.name.eq_ignore_ascii_case("setTrustedProxies") {
            return None;
        }
        // `trustProxies(headers: ..)` names no proxy.
        let named =
            |name: &Option<Arc<str>>| name.as_deref().is_some_and(|name| matches!(name, "at" | "proxies"));
        let at = call.arguments.iter().find(|argument| named(&argument.name));
        let at = at.or_else(|| call.arguments.first().filter(|argument| argument.name.is_none()));
        let Some(at) = at else { continue };
        let text = at.place.source.slice(at.place.span);
        let switched = text.contains("env(") || text.contains("config(");
        if !argument_names_nobody(at) || switched && !is_deployed(code) {
            return None;
        }
        missing.place = call.place.clone();
        missing.trail.push(call_step(&call.place, "no proxy is named here"));
    }
    add_setting(code, missing)
}

/// `config('trustedproxy.proxies')`, which is asked when nothing else names a proxy.
fn add_setting(code: &Code<'_>, mut missing: Missing) -> Option<Missing> {
    let resolver = code.resolver();
    let setting = resolver.get("trustedproxy.proxies");
    if !names_nobody(&setting) {
        return None;
    }
    let trail = resolver.trail("trustedproxy.proxies");
    let read = trail.iter().find_map(|step| match (step.step, &step.note) {
        (Step::Read | Step::Default, Note::Variable(name)) => Some(Arc::clone(name)),
        _ => None,
    });
    if let Some(variable) = read {
        if !is_deployed(code) {
            return None;
        }
        if !code.loaded.variables.contains_key(&variable) {
            missing.confidence = Confidence::Medium;
        }
        missing.fix = format!("Set {variable}").into();
    }
    missing.trail.extend(trail);
    Some(missing)
}

/// Whether the environment says what runs. An app with a switch for its proxies is judged only there: what an example or a
/// developer's file leaves empty is set where the app runs.
fn is_deployed(code: &Code<'_>) -> bool {
    matches!(code.loaded.environment.basis, Basis::Asked | Basis::Production)
}

fn trusts_by_itself(code: &Code<'_>) -> bool {
    let composer = &code.app.composer;
    let packages = composer.require.keys().chain(composer.locked.keys());
    let by_package = packages.into_iter().any(|name| {
        let name = name.as_str();
        let telling = ["trusted-prox", "trustedprox", "trust-prox", "cloudflare-prox", "forwarded"];
        telling.iter().any(|part| name.contains(part)) || TRUSTING.contains(&name)
    });
    let on = code.loaded.environment.deployed_by;
    // brefphp/laravel-bridge src/BrefServiceProvider.php sets `trustedproxy.proxies` on Lambda.
    let by_bridge = on == Some("bref") && composer.has("bref/laravel-bridge");
    by_package || by_bridge || code.loaded.variables.contains_key("LARAVEL_CLOUD")
}

/// Whether code changes the setting while it runs.
fn sets_while_running(code: &Code<'_>) -> bool {
    let about = |text: &str| text.contains("trustedproxy");
    code.of(&["config-write"]).any(|call| {
        let target = call.arguments.first();
        target.is_some_and(|argument| {
            argument.starts.iter().any(|start| about(start))
                || argument.values.iter().any(|value| {
                    value.as_str().is_some_and(about)
                        || value
                            .as_array()
                            .is_some_and(|array| array.iter().any(|(key, _)| about(&key.text())))
                })
        })
    })
}

/// What is missing in a middleware of the app; `None` when it names a proxy, or may.
pub(super) fn in_class(code: &Code<'_>, found: &Found) -> Option<Missing> {
    let script = code.app.script(&found.context.file)?;
    let class = class_in(&script.file.statements, found.context.class.as_deref()?)?;
    let doubtful = |method: &Arc<Function>| may_name(method, &script.source);
    if !class.traits.is_empty() || class.methods.iter().any(doubtful) {
        return None;
    }
    let property = class.properties.iter().find(|property| property.name.as_ref() == "proxies");
    if property.is_some_and(|property| property.default.is_some())
        && !default_names_nobody(code, found, &class)
    {
        return None;
    }
    let place =
        property.map_or_else(|| found.place.clone(), |property| Place::new(&script.source, property.span));
    let file = shown(&place);
    Some(Missing {
        trail: vec![call_step(&place, "no proxy is named here")],
        fix: format!("Set `protected $proxies = '*';` in {file}").into(),
        file,
        place,
        confidence: Confidence::High,
    })
}

/// Whether a method of the middleware may name proxies: all but those about headers, and those that do not speak of
/// proxies.
fn may_name(method: &Function, source: &Source) -> bool {
    let headers = ["headers", "getTrustedHeaderNames", "getTrustedHeaderSet", "setTrustedProxyHeaderNames"];
    let about = source.slice(method.span).to_ascii_lowercase().contains("prox");
    about && !headers.iter().any(|name| method.name.eq_ignore_ascii_case(name))
}

fn default_names_nobody(code: &Code<'_>, found: &Found, class: &Class) -> bool {
    code.of(&["trust-proxies-property"]).any(|property| {
        property.context.file == found.context.file
            && property.context.class.as_ref() == Some(&class.name)
            && property.arguments.first().is_some_and(argument_names_nobody)
    })
}

/// What is missing where these classes are named; `None` when a proxy is named, or may be. `none`: no class has to do with
/// proxies; `bare`: the middleware as it comes is among them.
pub(super) fn in_classes<'n>(
    code: &Code<'_>,
    listed: impl Iterator<Item = (&'n str, Place)>,
    none: impl FnOnce() -> Option<Missing>,
    bare: impl FnOnce(Place) -> Option<Missing>,
) -> Option<Missing> {
    let mut plain: Option<Place> = None;
    let mut own: Option<Missing> = None;
    for (name, place) in listed {
        match names::says(code, name) {
            Says::Nothing => {}
            Says::Unknown => return None,
            Says::Bare => plain = Some(place),
            Says::Own(found) => {
                let mut missing = in_class(code, found)?;
                missing.trail.push(call_step(&place, "the middleware is used here"));
                own = Some(missing);
            }
        }
    }
    match (own, plain) {
        (Some(own), _) => Some(own),
        (None, Some(place)) => bare(place),
        (None, None) => none(),
    }
}

/// The path of a place, for people.
pub(super) fn shown(place: &Place) -> Arc<str> {
    Arc::clone(place.source.path())
}

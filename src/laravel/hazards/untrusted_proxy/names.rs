//! Classes that may have to do with proxies, by their names.

use crate::discover::{Needles, SourceFile};
use crate::laravel::bootstrap::find_class;
use crate::laravel::source::Found;

use super::super::Code;
use super::super::code::runs_on_replicas;

/// The middleware of the framework (`Http/Middleware/TrustProxies.php`, since v8.54.0) and of the package before it
/// (fideloper/proxy 3 and 4), which name no proxy of their own.
const BARE: &[&str] = &["Illuminate\\Http\\Middleware\\TrustProxies", "Fideloper\\Proxy\\TrustProxies"];

/// Where an app lists its middleware before Laravel 11.
pub(super) const KERNEL: &str = "app/Http/Kernel.php";

/// What the name of a class says.
pub(super) enum Says<'a> {
    /// It has nothing to do with proxies.
    Nothing,
    /// The middleware as it comes.
    Bare,
    /// A class of the app that extends it.
    Own(&'a Found),
    /// It may trust whom it likes.
    Unknown,
}

pub(super) fn says<'a>(code: &Code<'a>, name: &str) -> Says<'a> {
    let name = name.trim_start_matches('\\');
    if BARE.iter().any(|bare| bare.eq_ignore_ascii_case(name)) {
        return Says::Bare;
    }
    let own = own_classes(code)
        .find(|found| found.context.class.as_deref().is_some_and(|class| class.eq_ignore_ascii_case(name)));
    if let Some(own) = own {
        return Says::Own(own);
    }
    let last = name.rsplit('\\').next().unwrap_or(name).to_ascii_lowercase();
    let telling = ["prox", "cloudflare", "forwarded", "balancer", "realip", "clientip"];
    if telling.iter().any(|part| last.contains(part)) && !is_plain(code, name) {
        Says::Unknown
    } else {
        Says::Nothing
    }
}

/// Whether a class is the app's own, and neither trusts anybody nor stands on another that may.
fn is_plain(code: &Code<'_>, name: &str) -> bool {
    find_class(code.app, name).is_some_and(|(class, source)| {
        let text = source.slice(class.span);
        let speaks = ["rustedProx", "rustProx", "REMOTE_ADDR"].iter().any(|word| text.contains(word));
        class.parent.is_none() && class.traits.is_empty() && !speaks
    })
}

/// The app's own classes that extend the middleware.
pub(super) fn own_classes<'a>(code: &Code<'a>) -> impl Iterator<Item = &'a Found> + use<'a> {
    code.found.iter().filter(|found| found.id == "trust-proxies-class" && runs_on_replicas(found))
}

/// Whether a class is named in another file than its own and the kernel: then a route or a provider may use it.
pub(super) fn is_named_elsewhere(code: &Code<'_>, own: &Found) -> bool {
    let class = own.context.class.as_deref().unwrap_or_default();
    let name = class.rsplit('\\').next().unwrap_or(class);
    let hits = code.app.tree.search(&Needles::new([name]), &["config"]);
    let other = |file: &SourceFile| file.relative != *own.context.file && file.relative != KERNEL;
    // The framework's own class has the same name in `bootstrap/app.php`; it is looked at there.
    hits.files.iter().any(|file| other(file) && file.relative != "bootstrap/app.php")
}

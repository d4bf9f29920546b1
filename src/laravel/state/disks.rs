//! Disks: the default one, and those that other settings name.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::hosts::service;
use super::resolver::{Lives, Resolver, names};
use crate::eval::{Kind, Value};
use crate::facts::{Concern, Reason, Severity};

/// A setting that names a disk.
#[derive(Debug, Deserialize)]
struct Naming {
    setting: String,
    package: String,
    severity: Severity,
}

#[derive(Debug, Deserialize, Default)]
struct Table {
    disk: Vec<Naming>,
}

fn namings() -> &'static [Naming] {
    static DATA: OnceLock<Table> = OnceLock::new();
    &DATA.get_or_init(|| packed!("laravel-disks.json").unwrap_or_default()).disk
}

/// Adds each disk that is in use once, with the settings that name it.
pub fn add(resolver: &mut Resolver<'_>) {
    let mut seen: BTreeMap<Arc<str>, ()> = BTreeMap::new();
    let default = resolver.get("filesystems.default");
    if !matches!(default.kind, Kind::Null) {
        add_disk(resolver, "filesystems.default", &default, Severity::Error, &mut seen);
    }
    let mut done: Vec<&str> = Vec::new();
    for naming in namings() {
        // Only what the app itself says: a package's own default may never be used.
        if !resolver.app.composer.has(&naming.package) || done.contains(&naming.setting.as_str()) {
            continue;
        }
        done.push(&naming.setting);
        let named = resolver.get(&naming.setting);
        match &named.kind {
            Kind::Null => {}
            Kind::Str(_) => add_disk(resolver, &naming.setting, &named, naming.severity, &mut seen),
            _ => {
                for name in names(&named).unwrap_or_default() {
                    let value = Value { kind: Kind::Str(name), ..named.clone() };
                    add_disk(resolver, &naming.setting, &value, naming.severity, &mut seen);
                }
            }
        }
    }
}

fn add_disk(
    resolver: &mut Resolver<'_>,
    key: &str,
    named: &Value,
    severity: Severity,
    seen: &mut BTreeMap<Arc<str>, ()>,
) {
    let lives = match &named.kind {
        Kind::Str(name) => resolver.disk(name),
        Kind::Unknown(reason) => Lives::unknown(reason.clone()),
        _ => Lives::unknown(Reason::new("a disk of another type than expected")),
    };
    let name = named.as_str().unwrap_or("unknown");
    let label = match resolver.get(&format!("filesystems.disks.{name}.driver")).as_str() {
        Some(driver) if driver != name => format!("disk {name} ({driver})"),
        _ => format!("disk {name}"),
    };
    let id = service("disk", name);
    resolver.add(Concern::Files, key, &label, lives);
    let Some(state) = resolver.last() else { return };
    state.severity = severity;
    if seen.insert(Arc::clone(&id), ()).is_none() {
        state.service = Some(id)
    } else {
        state.backing = Some(id)
    }
}

impl Resolver<'_> {
    /// Where the disk that a key names lives (null: the default disk).
    pub fn disk_named(&mut self, key: &str) -> Lives {
        let steps = self.trail(key);
        let lives = match self.get(key).kind {
            Kind::Str(name) => self.disk(&name),
            Kind::Unknown(reason) => Lives::unknown(reason),
            Kind::Array(_) => {
                let driver = self.get(&format!("{key}.driver"));
                self.driver("files", key, &driver)
            }
            _ => match self.get("filesystems.default").kind {
                Kind::Str(name) => self.disk(&name),
                _ => Lives::unknown(Reason::new("no default disk is named")),
            },
        };
        lives.after(steps)
    }

    /// Where a disk lives.
    pub fn disk(&mut self, name: &Arc<str>) -> Lives {
        let base = format!("filesystems.disks.{name}");
        match self.get(&base).kind {
            Kind::Unknown(reason) => return Lives::unknown(reason),
            Kind::Null => return Lives::undefined("disk", name),
            _ => {}
        }
        let key = format!("{base}.driver");
        let steps = self.trail(&key);
        let driver = self.get(&key);
        self.driver("files", &base, &driver).through(&key).after(steps)
    }
}

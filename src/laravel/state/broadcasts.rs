//! Broadcasting.

use std::sync::Arc;

use super::resolver::{Lives, Resolver};
use crate::eval::Kind;
use crate::facts::{Concern, Locality, Reason};

/// Adds broadcasting, unless the app does none.
pub fn add(resolver: &mut Resolver<'_>) {
    let default = resolver.get("broadcasting.default");
    let name = match &default.kind {
        Kind::Null => return,
        Kind::Str(name) => name.to_string(),
        _ => "unknown".to_owned(),
    };
    let lives = match &default.kind {
        Kind::Unknown(reason) => Lives::unknown(reason.clone()),
        _ => resolver.broadcast(&name.as_str().into()),
    };
    resolver.add(Concern::Broadcast, "broadcasting.default", &name, lives);
}

impl Resolver<'_> {
    /// Where a broadcasting connection keeps what it sends.
    pub fn broadcast(&mut self, name: &Arc<str>) -> Lives {
        if name.as_ref() == "null" {
            return Lives::at(Locality::None);
        }
        let base = format!("broadcasting.connections.{name}");
        match self.get(&base).kind {
            Kind::Unknown(reason) => Lives::unknown(reason),
            Kind::Null => Lives::undefined("broadcasting connection", name),
            _ => {
                let key = format!("{base}.driver");
                let steps = self.trail(&key);
                let driver = self.get(&key);
                self.driver("broadcast", &base, &driver).after(steps)
            }
        }
    }

    /// Reverb reaches only the clients of its own process unless scaling is on (laravel/reverb config/reverb.php 1.10.2).
    pub fn reverb(&mut self) -> Lives {
        let key = "reverb.servers.reverb.scaling.enabled";
        let steps = self.trail(key);
        let lives = match self.get(key).kind {
            Kind::Bool(true) => Lives::at(Locality::Shared),
            Kind::Bool(false) => Lives {
                detail: Some("the memory of one Reverb process".into()),
                ..Lives::at(Locality::Memory)
            },
            Kind::Unknown(reason) => Lives::unknown(reason),
            _ => Lives::unknown(Reason::new(
                "config/reverb.php is not published: whether Reverb scales is not in the repository",
            )),
        };
        lives.by(key).after(steps)
    }
}

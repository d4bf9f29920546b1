//! The one place that knows where each `follow` of the driver tables leads.

use super::resolver::{Lives, Resolver};
use crate::facts::{Locality, Reason};
use crate::laravel::drivers::Follow;

impl Resolver<'_> {
    /// Follows a driver whose options are under `base`.
    pub fn follow(&mut self, base: &str, follow: Follow, driver: &str) -> Lives {
        match follow {
            Follow::Database => self.on_database(&format!("{base}.connection")),
            Follow::Redis => self.on_redis(&format!("{base}.connection")),
            Follow::Store => self.session_store(driver),
            Follow::Stores => self.first_store(base),
            Follow::Connections => self.first_queue(base),
            Follow::Session => self.session(),
            Follow::Disk => self.disk_named(&format!("{base}.disk")),
            Follow::Primary => self.disk_named(&format!("{base}.primary")),
            Follow::Channels => self.channels(base),
            Follow::Handler => self.handler(base),
            Follow::Host => self.connection_host(base),
            Follow::Hosts => self.host(&format!("{base}.hosts"), None),
            Follow::Servers => self.servers(base),
            Follow::Endpoint => self.endpoint(base),
            Follow::Reverb => self.reverb(),
        }
    }

    /// A `unix_socket` wins over the `host`; `read` and `write` may each have hosts of their own.
    fn connection_host(&mut self, base: &str) -> Lives {
        let socket = format!("{base}.unix_socket");
        if let Ok(Some(path)) = self.text(&socket)
            && !path.is_empty()
        {
            let lives = Lives { detail: Some("a unix socket".into()), ..Lives::at(Locality::Host) };
            return lives.by(&socket).after(self.trail(&socket));
        }
        for part in ["write", "read"] {
            let key = format!("{base}.{part}.host");
            if self.has(&key) {
                return self.host(&key, None);
            }
        }
        if !self.has(&format!("{base}.host")) && self.has(&format!("{base}.dsn")) {
            return Lives::unknown(Reason::new(format!("{base}.dsn decides the host")));
        }
        self.host(&format!("{base}.host"), None)
    }
}

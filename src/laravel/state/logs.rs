//! The log: the closure of channels from the default one.

use std::sync::Arc;

use super::hosts::locate;
use super::resolver::{Lives, Resolver, extend, names};
use crate::eval::Kind;
use crate::facts::{Concern, Fault, Locality, Reason, Step};
use crate::laravel::version::Version;

/// Adds the log.
pub fn add(resolver: &mut Resolver<'_>) {
    // Before 5.6 the log was one setting of config/app.php (laravel/laravel v5.5.28 config/app.php).
    if resolver.app.version_or_newest() < Version::new(5, 6, 0) {
        return add_old(resolver);
    }
    let default = resolver.get("logging.default");
    let (label, lives) = match &default.kind {
        Kind::Str(name) => (format!("channel {name}"), resolver.channel(name)),
        Kind::Unknown(reason) => ("unknown".to_owned(), Lives::unknown(reason.clone())),
        // No channel is named: every message goes to the logger of last resort, a file (LogManager::get).
        _ => ("no channel".to_owned(), emergency(&Arc::from("null"))),
    };
    let label = match (&lives.detail, lives.locality) {
        (Some(detail), Some(Locality::Disk)) => format!("{label} ({detail})"),
        _ => label,
    };
    resolver.add(Concern::Log, "logging.default", &label, lives);
}

fn add_old(resolver: &mut Resolver<'_>) {
    let (name, lives) = match resolver.text("app.log") {
        Ok(Some(name)) => {
            let lives = match name.as_ref() {
                "syslog" => Lives::unknown(Reason::new(
                    "whether syslog sends the log to a central place is not in the repository",
                )),
                "errorlog" => Lives::unknown(Reason::new("where PHP's error_log goes is set in php.ini")),
                _ => log_file(),
            };
            (name, lives)
        }
        Ok(None) => ("single".into(), log_file()),
        Err(reason) => ("unknown".into(), Lives::unknown(reason)),
    };
    resolver.add(Concern::Log, "app.log", &name, lives);
}

fn log_file() -> Lives {
    Lives { detail: Some("storage/logs/laravel.log".into()), ..Lives::at(Locality::Disk) }
}

/// A channel that cannot be made: the log goes to a file of last resort (LogManager::createEmergencyLogger).
fn emergency(name: &Arc<str>) -> Lives {
    Lives { fault: Some(Fault::Undefined("log channel", Arc::clone(name))), ..log_file() }
}

impl Resolver<'_> {
    /// Where a log channel writes.
    pub fn channel(&mut self, name: &Arc<str>) -> Lives {
        let base = format!("logging.channels.{name}");
        match self.get(&base).kind {
            Kind::Unknown(reason) => return Lives::unknown(reason),
            Kind::Null if name.as_ref() == "null" => return Lives::at(Locality::None),
            Kind::Null => return emergency(name),
            _ => {}
        }
        let key = format!("{base}.driver");
        let steps = self.trail(&key);
        let driver = self.get(&key);
        let mut lives = self.driver("log", &base, &driver);
        if lives.fault == Some(Fault::Discards) && driver.as_str() == Some("null") {
            lives.detail = None;
        }
        lives.through(&key).after(steps)
    }

    /// Several channels: the log is shared when one of them takes all of it there, else on this server when one is.
    pub fn channels(&mut self, base: &str) -> Lives {
        let key = format!("{base}.channels");
        let mut steps = self.trail(&key);
        let value = self.get(&key);
        if let Kind::Array(list) = &value.kind {
            for index in 0..list.len() {
                extend(&mut steps, self.trail(&format!("{key}.{index}")));
            }
        }
        // A stack written into the config is changed by naming another channel, one that is read by naming others in it.
        let has_variable = steps.iter().any(|step| step.step == Step::Read || step.step == Step::Default);
        // Names in LOG_STACK are trimmed since 11.33 (laravel/framework src/Illuminate/Log/LogManager.php `channel`).
        let trims = self.app.version_or_newest() >= Version::new(11, 33, 0);
        let names = match names(&value) {
            Ok(names) => names,
            Err(reason) => return Lives::unknown(reason).after(steps),
        };
        let all: Vec<Lives> = names
            .iter()
            .map(|name| if trims { Arc::from(name.trim()) } else { Arc::clone(name) })
            .map(|name| self.channel(&name))
            .collect();
        let at = |wanted: Locality| all.iter().find(|lives| lives.locality == Some(wanted) && !lives.partial);
        let undefined = all.iter().find(|lives| matches!(lives.fault, Some(Fault::Undefined(..))));
        let chosen = undefined
            .or_else(|| at(Locality::Shared))
            .or_else(|| all.iter().find(|lives| lives.locality.is_some_and(Locality::is_local)))
            .or_else(|| at(Locality::Unknown))
            .or_else(|| all.iter().find(|lives| lives.partial))
            .or_else(|| all.first());
        match chosen {
            Some(lives) if has_variable => lives.clone().by(&key).after(steps),
            Some(lives) => lives.clone().after(steps),
            None => Lives { fault: Some(Fault::Discards), ..Lives::at(Locality::None) }.after(steps),
        }
    }

    /// Where a Monolog handler writes.
    pub fn handler(&mut self, base: &str) -> Lives {
        let key = format!("{base}.handler");
        let steps = self.trail(&key);
        let class = match self.text(&key) {
            Ok(Some(class)) => class,
            Ok(None) => return Lives::unknown(Reason::new(format!("{key} is not set"))),
            Err(reason) => return Lives::unknown(reason),
        };
        let short = class.rsplit('\\').next().unwrap_or(&class);
        let lives = match short {
            "StreamHandler" => self.stream(base),
            "RotatingFileHandler" => Lives::at(Locality::Disk),
            "NullHandler" => Lives { fault: Some(Fault::Discards), ..Lives::at(Locality::None) },
            "ErrorLogHandler" => Lives::unknown(Reason::new("where PHP's error_log goes is set in php.ini")),
            "SyslogHandler" => Lives::unknown(Reason::new(
                "whether syslog sends the log to a central place is not in the repository",
            )),
            "SyslogUdpHandler"
            | "SocketHandler"
            | "GelfHandler"
            | "LogEntriesHandler"
            | "LogglyHandler"
            | "InsightOpsHandler"
            | "NewRelicHandler"
            | "ElasticsearchHandler"
            | "RedisHandler"
            | "SqsHandler" => self.remote_handler(base),
            "SlackWebhookHandler" | "SlackHandler" | "TelegramBotHandler" | "RollbarHandler" => {
                Lives { partial: true, ..Lives::at(Locality::Shared) }
            }
            "FingersCrossedHandler" | "BufferHandler" => {
                Lives::unknown(Reason::new("a handler around another one"))
            }
            _ => Lives::unknown(Reason::new(format!("the log handler {short} is not known"))),
        };
        lives.after(steps)
    }

    /// The stream of a StreamHandler; `with` and `handler_with` are merged (LogManager::createMonologDriver).
    fn stream(&self, base: &str) -> Lives {
        for part in ["handler_with.stream", "with.stream", "handler_with.0", "with.0"] {
            let key = format!("{base}.{part}");
            match self.text(&key) {
                Ok(None) => {}
                Err(reason) => return Lives::unknown(reason).after(self.trail(&key)),
                Ok(Some(stream)) => {
                    let lives = match stream.to_ascii_lowercase().as_str() {
                        "php://stderr" | "php://stdout" | "php://output" | "/dev/stderr" | "/dev/stdout"
                        | "/proc/self/fd/1" | "/proc/self/fd/2" | "/proc/1/fd/1" | "/proc/1/fd/2" => {
                            Lives::at(Locality::Shared)
                        }
                        _ => Lives { detail: self.path_detail(&key), ..Lives::at(Locality::Disk) },
                    };
                    return lives.after(self.trail(&key));
                }
            }
        }
        Lives::unknown(Reason::new("the stream of the handler is not set"))
    }

    fn remote_handler(&self, base: &str) -> Lives {
        for part in ["handler_with.host", "with.host"] {
            let key = format!("{base}.{part}");
            match self.text(&key) {
                Ok(Some(host)) if !host.is_empty() => return locate(&host).after(self.trail(&key)),
                Err(reason) => return Lives::unknown(reason),
                Ok(_) => {}
            }
        }
        Lives::at(Locality::Shared)
    }
}

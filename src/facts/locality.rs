use serde::{Deserialize, Serialize};

/// Where a piece of state lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locality {
    /// On the disk of one server.
    Disk,
    /// In the memory of one server or process.
    Memory,
    /// In a service that each server reaches on itself: loopback or a unix socket.
    Host,
    /// With the client, in a cookie.
    Client,
    /// Where every server reaches it.
    Shared,
    /// Nowhere: it is thrown away.
    None,
    /// It cannot be known.
    Unknown,
}

impl Locality {
    /// The word used in every output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Disk => "disk",
            Self::Memory => "memory",
            Self::Host => "host",
            Self::Client => "client",
            Self::Shared => "shared",
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }

    /// Whether the state is on one server only.
    #[must_use]
    pub const fn is_local(self) -> bool {
        matches!(self, Self::Disk | Self::Memory | Self::Host)
    }
}

/// How sure a conclusion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A guess from what the app documents.
    Low,
    /// Likely what runs.
    Medium,
    /// What runs.
    High,
}

impl Confidence {
    /// The word used in every output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// How much is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Something is lost or split, but users may not see it at once.
    Warning,
    /// Users see it.
    Error,
}

impl Severity {
    /// The word used in every output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

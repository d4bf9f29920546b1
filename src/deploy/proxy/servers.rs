//! Servers behind a proxy, and what is told of a group of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::deploy::reading::{Stage, within};
use crate::deploy::{Deployment, Replicas, Role};
use crate::facts::{Confidence, Place};

/// How many groups of a configuration are read.
pub(super) const MAX_GROUPS: usize = 100;

/// A group of servers.
#[derive(Debug)]
pub(super) struct Group {
    /// Its name.
    pub name: Arc<str>,
    /// Where it begins.
    pub place: Place,
    /// Addresses of the servers in use.
    pub servers: Vec<Arc<str>>,
}

/// Ports of servers of data, which are no replicas of an app.
const DATA_PORTS: &[&str] = &[
    "3306", "5432", "6379", "26379", "11211", "27017", "9200", "9300", "5672", "15672", "1433", "25", "587",
];

/// Parts of names of groups that are no app: they hold data, files, mail, or push messages to browsers.
const OTHERS: &[&str] = &[
    "mysql",
    "mariadb",
    "postgres",
    "postgresql",
    "pgsql",
    "redis",
    "memcached",
    "mongo",
    "mongodb",
    "elasticsearch",
    "galera",
    "rabbitmq",
    "minio",
    "smtp",
    "mail",
    "stats",
    "kafka",
    "ldap",
];

impl Group {
    /// Hosts of the servers, each once: what listens on several ports of one machine shares its files.
    fn hosts(&self) -> BTreeSet<&str> {
        self.servers.iter().filter_map(|server| host(server)).collect()
    }

    /// Whether it serves data and not an app.
    fn is_data(&self) -> bool {
        let name = self.name.to_ascii_lowercase();
        let port =
            |server: &Arc<str>| server.rsplit_once(':').is_some_and(|(_, port)| DATA_PORTS.contains(&port));
        name.split(|c: char| !c.is_alphanumeric()).any(|word| OTHERS.contains(&word))
            || (!self.servers.is_empty() && self.servers.iter().all(port))
    }

    /// The deployment behind a group, when it has servers on several hosts.
    pub fn deployment(&self, source: &'static str) -> Option<Deployment> {
        let hosts = u32::try_from(self.hosts().len()).unwrap_or(u32::MAX);
        if hosts < 2 || self.is_data() {
            return None;
        }
        let environment = match self.place.path().rsplit('/').find_map(within) {
            Some(Stage::Developers) => return None,
            Some(Stage::Deployed(name)) => name,
            None => source.into(),
        };
        let mut deployment = Deployment::new(source, &environment, &self.name, self.place.clone());
        deployment.runs.role = Role::Web;
        deployment.replicas = Replicas { min: Some(hosts), max: None, place: Some(self.place.clone()) };
        deployment.balanced = Some(self.place.clone());
        // Which app these servers run is not said.
        deployment.confidence = Confidence::Medium;
        Some(deployment)
    }
}

/// The host of an address; `None` when something fills it in. Sockets and loopback are the proxy's own machine.
fn host(server: &str) -> Option<&str> {
    if server.contains(['$', '{', '<', '%', '@']) {
        return None;
    }
    if server.starts_with("unix:") || server.starts_with('/') {
        return Some("");
    }
    let host = match server.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or(address),
        None => server.rsplit_once(':').map_or(server, |(host, _)| host),
    };
    let own = host == "localhost" || host == "::1" || host.starts_with("127.");
    Some(if own { "" } else { host })
}

//! Volumes: a folder of the app that is mounted from elsewhere.

use super::{Deployment, Mount, Sharing, main_of};
use crate::facts::{Locality, Note, State, Step, TrailStep};

/// Puts states on disk where the volume under them is.
pub fn place(deployments: &[Deployment], states: &mut [State]) {
    let Some(main) = main_of(&deployments.iter().collect::<Vec<_>>()) else { return };
    for state in states.iter_mut().filter(|state| state.locality == Locality::Disk) {
        let Some(mount) = state.detail.as_deref().and_then(|path| under(main, path)) else { continue };
        let note = Note::Text(format!("{} is mounted at {}", mount.what, mount.path).into());
        let step = TrailStep { step: Step::Built, place: Some(mount.place.clone()), note };
        match &mount.sharing {
            Sharing::Shared => {
                state.locality = Locality::Shared;
                state.detail = Some(
                    format!("{} at {}: shared, file locks go over the network", mount.what, mount.path)
                        .into(),
                );
            }
            Sharing::Unknown(reason) => {
                state.locality = Locality::Unknown;
                state.unknown = Some(reason.clone().or_at(|| mount.place.clone()));
            }
            Sharing::OneServer | Sharing::OneReplica => {}
        }
        state.trail.push(step);
    }
}

/// The mount that a path of the app lies under: the longest one.
#[must_use]
pub fn under<'a>(deployment: &'a Deployment, path: &str) -> Option<&'a Mount> {
    let mounts = deployment.mounts.iter().filter(|mount| covers(&mount.path, path));
    mounts.max_by_key(|mount| mount.path.len())
}

/// Whether what is mounted at `mount` holds `path`. A path of the app is relative to its folder, of which only the image
/// knows where it is: `/var/www/html/storage` holds `storage/app`.
fn covers(mount: &str, path: &str) -> bool {
    let mount = mount.trim_end_matches('/');
    if path.starts_with('/') {
        return path == mount || path.strip_prefix(mount).is_some_and(|rest| rest.starts_with('/'));
    }
    let parts: Vec<&str> = path.split('/').collect();
    (1..=parts.len()).rev().any(|length| {
        let head = parts.get(..length).unwrap_or_default().join("/");
        mount == head || mount.ends_with(&format!("/{head}"))
    })
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn a_mount_covers_what_lies_below_it() {
        for (mount, path, held) in [
            ("/var/www/html/storage", "storage/app/private", true),
            ("/var/www/html/storage/app/", "storage/app/private", true),
            ("/var/www/html/storage/logs", "storage/app/private", false),
            ("/var/www/html/public/uploads", "storage/app", false),
            ("/data", "/data/session", true),
            ("/data", "/database", false),
            ("/app", "storage/app", false),
            ("storage", "storage/logs/laravel.log", true),
        ] {
            assert_eq!(covers(mount, path), held, "{mount} {path}");
        }
    }
}

//! Volumes, replicas and roles.

use super::*;
use crate::deploy::Role;

#[test]
fn who_sees_a_volume_is_told() {
    let others = "apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: efs }\nspec: { csi: { driver: efs.csi.aws.com } }\n---\n\
                  apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: rwo }\nspec: { accessModes: [ReadWriteOnce] }\n---\n\
                  apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: pod }\nspec: { accessModes: [ReadWriteOncePod] }\n---\n\
                  apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: odd }\nspec: { accessModes: [ReadWriteOnce], storageClassName: efs-sc }\n---\n\
                  apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: bound }\nspec: { volumeName: efs }\n---\n\
                  apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: bare }\nspec: {}\n";
    for (volume, expected) in [
        ("emptyDir: {}", "emptyDir volume `v`: one replica"),
        ("hostPath: { path: /data }", "folder of the node, volume `v`: one server"),
        ("nfs: { server: a, path: / }", "NFS volume `v`: shared"),
        ("persistentVolumeClaim: { claimName: rwo }", "volume claim `rwo`: one server"),
        ("persistentVolumeClaim: { claimName: pod }", "volume claim `pod`: one replica"),
        ("persistentVolumeClaim: { claimName: bound }", "volume claim `bound`: shared"),
        (
            "persistentVolumeClaim: { claimName: odd }",
            "volume claim `odd`: ?it is asked for one node only, of a storage class that every node can reach",
        ),
        (
            "persistentVolumeClaim: { claimName: bare }",
            "volume claim `bare`: ?its access modes are not known",
        ),
        (
            "persistentVolumeClaim: { claimName: no }",
            "volume claim `no`: ?the volume claim `no` is not in the repository",
        ),
        ("flexVolume: {}", "volume `v`: ?a kind of volume that is not known"),
        ("configMap: { name: c }", ""),
    ] {
        let text = format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{ name: p }}\nspec:\n  containers:\n  - image: acme/shop\n    volumeMounts: [{{ name: v, mountPath: /s }}]\n  volumes: [{{ name: v, {volume} }}]\n"
        );
        let (found, _) = read(&[("a.yaml", &text), ("b.yaml", others)]);
        let expected: Vec<String> =
            if expected.is_empty() { vec![] } else { vec![format!("/s {expected} @ a.yaml:7")] };
        assert_eq!(mounts(&found[0]), expected, "{volume}");
        let has_problem = volume.contains("claimName: no") || volume.contains("configMap");
        assert_eq!(!problems(&found[0]).is_empty(), has_problem, "{volume}");
    }
}

#[test]
fn a_stateful_set_gives_each_replica_its_own_volume() {
    let text = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: shop }\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n      - image: acme/shop\n        volumeMounts: [{ name: data, mountPath: /s }, { name: gone, mountPath: /t }]\n  volumeClaimTemplates:\n  - metadata: { name: data }\n    spec: { accessModes: [ReadWriteMany] }\n";
    let (found, _) = read(&[("a.yaml", text)]);
    assert_eq!(
        mounts(&found[0]),
        [
            "/s volume claim template `data`: one replica @ a.yaml:10",
            "/t volume `gone`: ?nothing defines the volume `gone` @ a.yaml:10"
        ]
    );
    assert_eq!(problems(&found[0]), ["nothing defines the volume `gone` @ a.yaml:10"]);
    assert_eq!(replicas(&found[0]), "2..2 @ a.yaml:5");
}

#[test]
fn replicas_are_what_is_declared_or_documented() {
    let scaler = |kind: &str, spec: &str| {
        format!(
            "---\napiVersion: x/v1\nkind: {kind}\nmetadata: {{ name: s }}\nspec:\n  scaleTargetRef: {{ name: shop }}\n{spec}"
        )
    };
    let hpa = scaler("HorizontalPodAutoscaler", "  maxReplicas: 4\n");
    let hpa_open = scaler("HorizontalPodAutoscaler", "  maxReplicas: {{ max }}\n");
    let keda = scaler("ScaledObject", "");
    for (kind, spec, more, expected) in [
        ("Deployment", "", "", "1..1 @ a.yaml:2"),
        ("Deployment", "  replicas: 0\n", "", "0..0 @ a.yaml:5"),
        ("Deployment", "  replicas: ~\n", "", "1..1 @ a.yaml:2"),
        ("Deployment", "  replicas: {{ n }}\n", "", "?..? @ a.yaml:5"),
        ("Deployment", "  replicas: ${N}\n", "", "?..? @ a.yaml:5"),
        ("Deployment", "  replicas: 99999999999\n", "", "?..? @ a.yaml:5"),
        ("Deployment", "  replicas: 2\n", &*hpa, "1..4 @ a.yaml:16"),
        ("Deployment", "", &*hpa_open, "1..? @ a.yaml:15"),
        ("Deployment", "", &*keda, "0..100 @ a.yaml:11"),
        ("StatefulSet", "", &*keda, "1..1 @ a.yaml:2"),
        ("DaemonSet", "", "", "?..? @ a.yaml:2"),
        ("ReplicaSet", "  replicas: 5\n", "", "5..5 @ a.yaml:5"),
    ] {
        let text = format!(
            "apiVersion: apps/v1\nkind: {kind}\nmetadata: {{ name: shop }}\nspec:\n{spec}  template:\n    spec:\n      containers:\n      - image: acme/shop\n{more}"
        );
        let (found, skipped) = read(&[("a.yaml", &text)]);
        assert_eq!(replicas(&found[0]), expected, "{text} {skipped:?}");
    }
}

#[test]
fn roles_are_told_by_commands_before_names_and_ports() {
    for (name, container, expected) in [
        ("shop", "command: [php-fpm]", Role::Web),
        ("shop", "command: [/usr/sbin/php-fpm8.3, -F]", Role::Web),
        ("shop", "args: [php, artisan, 'octane:start']", Role::Web),
        ("shop", "command: [sh, -c, 'php artisan migrate && php-fpm']", Role::Web),
        ("shop", "command: [sh, -c, 'php artisan config:cache && exec php artisan horizon']", Role::Worker),
        ("shop", "command: [php, artisan, 'schedule:work']", Role::Scheduler),
        ("shop-queue", "name: app", Role::Worker),
        ("shop-scheduler", "ports: []", Role::Scheduler),
        ("shop", "ports: [{ containerPort: 80 }]", Role::Web),
        ("shop", "tty: true", Role::Web),
    ] {
        let text = format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{ name: {name} }}\nspec: {{ template: {{ spec: {{ containers: [{{ image: acme/shop, {container} }}] }} }} }}\n"
        );
        let (found, _) = read(&[("a.yaml", &text)]);
        assert_eq!(found[0].runs.role, expected, "{name} {container}");
    }
    let other = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: db }\nspec: { template: { spec: { containers: [{ image: 'mysql:8' }] } } }\n";
    assert!(read(&[("a.yaml", other)]).0.is_empty());
}

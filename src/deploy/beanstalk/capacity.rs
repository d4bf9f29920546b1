//! How many instances there are, what load balancer is in front of them, whether it keeps clients on one of them.
//!
//! Names, defaults and what they apply to: page "General options for all environments".

use std::sync::Arc;

use super::options::Setting;
use crate::deploy::{Deployment, Problem, Replicas, Sticky};
use crate::facts::Place;

const GROUP: &str = "aws:autoscaling:asg";
const ENVIRONMENT: &str = "aws:elasticbeanstalk:environment";
const CLASSIC_POLICIES: &str = "aws:elb:policies";
const PROCESS: &str = "aws:elasticbeanstalk:environment:process:";
/// `MinSize` and `MaxSize` when they are not set.
const DEFAULT_SIZE: (u32, u32) = (1, 4);

/// Sets replicas, load balancer, stickiness and health check from settings, the strongest first.
pub(super) fn apply(deployment: &mut Deployment, settings: &[&Setting], worker: bool) {
    let find =
        |namespace: &str, name: &str| settings.iter().copied().find(|setting| setting.is(namespace, name));
    let kind = find(ENVIRONMENT, "EnvironmentType");
    if let Some(kind) = kind.filter(|kind| kind.text() == Some("SingleInstance")) {
        // Page "Environment types": minimum, maximum and desired number are all 1, and there is no load balancer.
        deployment.replicas = Replicas::exactly(1, kind.place.clone());
        return;
    }
    let (min, max) = (find(GROUP, "MinSize"), find(GROUP, "MaxSize"));
    // An `EnvironmentType` that is not known may be SingleInstance: then it is one.
    let open = kind.is_some_and(|kind| kind.text().is_none());
    deployment.replicas = replicas(settings, min, max, open);
    if !worker {
        let more = |setting: &&Setting| deployment.replicas.may_be_many() && setting.text().is_some();
        let told = settings.iter().copied().find(|setting| tells_balancer(setting));
        let told = told.or_else(|| kind.filter(|_| !open)).or_else(|| min.or(max).filter(more));
        deployment.balanced = told.map(|setting| setting.place.clone());
        stickiness(deployment, settings);
        deployment.health = health(settings);
    }
}

/// Whether a setting says what kind of environment it is or how large.
pub(super) fn is_told_by(setting: &Setting) -> bool {
    tells_balancer(setting)
        || setting.is(ENVIRONMENT, "EnvironmentType")
        || setting.is(GROUP, "MinSize")
        || setting.is(GROUP, "MaxSize")
}

/// Whether only an environment with a load balancer has this setting.
fn tells_balancer(setting: &Setting) -> bool {
    setting.is(ENVIRONMENT, "LoadBalancerType")
        || setting.is(ENVIRONMENT, "LoadBalancerIsShared")
        || setting.namespace.starts_with("aws:elb:")
        || setting.namespace.starts_with("aws:elbv2:")
}

fn replicas(settings: &[&Setting], min: Option<&Setting>, max: Option<&Setting>, open: bool) -> Replicas {
    let size = |setting: Option<&Setting>, default: u32| match setting {
        Some(setting) => setting.text().and_then(|text| text.parse::<u32>().ok()),
        None => (!open).then_some(default),
    };
    let mut range = (size(min, DEFAULT_SIZE.0), size(max, DEFAULT_SIZE.1));
    // Only one of them is set, and lies beyond the other's default: it is refused by the platform, so the range that
    // was meant is taken.
    if let (Some(low), Some(high)) = range {
        match (min, max) {
            (Some(_), None) if low > high => range.1 = Some(low),
            (None, Some(_)) if low > high => range.0 = Some(high),
            _ => {}
        }
    }
    // A scheduled action changes the range for some hours.
    let scheduled =
        settings.iter().filter(|setting| &*setting.namespace == "aws:autoscaling:scheduledaction");
    let mut place = max.or(min).map(|setting| setting.place.clone());
    for action in scheduled {
        let Some(count) = action.text().and_then(|text| text.parse::<u32>().ok()) else { continue };
        match &*action.name {
            "MaxSize" if range.1.is_some_and(|high| count > high) => {
                range.1 = Some(count);
                place = Some(action.place.clone());
            }
            "MinSize" if range.0.is_some_and(|low| count < low) => range.0 = Some(count),
            _ => {}
        }
    }
    Replicas { min: range.0, max: range.1, place }
}

/// What a load balancer is called, and the options of stickiness that it has.
fn balancer(settings: &[&Setting]) -> Option<&'static str> {
    let set = settings.iter().find(|setting| setting.is(ENVIRONMENT, "LoadBalancerType"))?;
    ["classic", "application", "network"].into_iter().find(|kind| set.text() == Some(kind))
}

fn stickiness(deployment: &mut Deployment, settings: &[&Setting]) {
    // The default is classic by the API and application by the console and the EB CLI (page "Load balancer for your
    // Elastic Beanstalk environment"): where no type is set, whatever is asked for is what it has.
    let balancer = balancer(settings);
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for setting in settings.iter().copied() {
        let classic =
            setting.namespace.starts_with(CLASSIC_POLICIES) && &*setting.name == "Stickiness Policy";
        let process = setting.namespace.starts_with(PROCESS) && &*setting.name == "StickinessEnabled";
        if !(classic || process) || seen.len() > 100 || seen.contains(&(&setting.namespace, &setting.name)) {
            continue;
        }
        // A weaker file says it too: it does not count.
        seen.push((&setting.namespace, &setting.name));
        let Some(on) = setting.text().and_then(truth) else { continue };
        let needed = if classic { "classic" } else { "application" };
        match balancer {
            Some(balancer) if balancer != needed && on => {
                let message = format!(
                    "`{}` is for {} load balancer, and this environment has {} one: it has no effect",
                    setting.name,
                    article(needed),
                    article(balancer)
                );
                deployment.problems.push(Problem { message: message.into(), place: setting.place.clone() });
            }
            Some(balancer) if balancer != needed => {}
            _ if deployment.sticky.as_ref().is_none_or(|sticky| on && !sticky.on) => {
                let by: Arc<str> = by(settings, setting).into();
                deployment.sticky = Some(Sticky { on, by, place: setting.place.clone() });
            }
            _ => {}
        }
    }
}

fn by(settings: &[&Setting], setting: &Setting) -> &'static str {
    let kind = settings.iter().find(|other| other.is(&setting.namespace, "StickinessType"));
    match kind.and_then(|kind| kind.text()) {
        Some("app_cookie") => "a cookie of the app",
        Some("source_ip") => "the client's address",
        _ if settings.iter().any(|other| other.is(&setting.namespace, "CookieName")) => "a cookie of the app",
        _ => "a cookie of the load balancer",
    }
}

fn article(kind: &str) -> String {
    format!("{} {kind}", if kind == "application" { "an" } else { "a" })
}

fn truth(text: &str) -> Option<bool> {
    match text {
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

fn health(settings: &[&Setting]) -> Option<Place> {
    let asks = |setting: &&&Setting| {
        setting.is("aws:elasticbeanstalk:application", "Application Healthcheck URL")
            || (setting.namespace.starts_with(PROCESS) && &*setting.name == "HealthCheckPath")
            || setting.is("aws:elb:healthcheck", "Target")
    };
    settings.iter().find(asks).map(|setting| setting.place.clone())
}

//! Charts and the charts in them.

use std::sync::Arc;

use super::values::overlaid;
use crate::deploy::kubernetes::load::complain;
use crate::deploy::kubernetes::reading::Reading;
use crate::deploy::kubernetes::tree::{Item, Kind, Map};
use crate::deploy::{Files, folder, join};
use crate::facts::Place;
use crate::parse::yaml;

/// How many charts a repository, how many charts a chart and how many templates a part has.
const MAX_CHARTS: usize = 100;
const MAX_PARTS: usize = 30;
const MAX_TEMPLATES: usize = 300;

/// A chart that is installed by itself.
#[derive(Debug)]
pub(super) struct Chart {
    pub folder: String,
    pub name: String,
    root: Item,
}

/// A chart or one in it, with the values it sees.
#[derive(Debug)]
pub(super) struct Part {
    pub templates: Vec<String>,
    pub values: Item,
    /// `Chart.yaml`.
    pub chart: Item,
}

/// The folders of all charts.
pub(in crate::deploy) fn charts(files: &Files<'_>) -> Vec<String> {
    let is_chart = |path: &&String| *path == "Chart.yaml" || path.ends_with("/Chart.yaml");
    files.paths().iter().filter(is_chart).map(|path| folder(path).to_owned()).take(MAX_CHARTS).collect()
}

/// The charts that are not part of another one.
pub(super) fn all(files: &Files<'_>) -> Vec<Chart> {
    let folders = charts(files);
    let is_part = |inner: &str| {
        folders.iter().any(|outer| {
            let charts = if outer.is_empty() { "charts/".to_owned() } else { format!("{outer}/charts/") };
            inner.starts_with(&charts)
        })
    };
    let own = folders.iter().filter(|folder| !is_part(folder));
    own.filter_map(|folder| Chart::read(files, folder)).collect()
}

/// The first document of a YAML file.
pub(super) fn document(files: &Files<'_>, path: &str) -> Option<Item> {
    let source = files.read(path)?;
    let yaml = yaml::read(source.text());
    complain(files, &source, &yaml);
    let reading = Reading::plain(&source);
    let nothing = || Item::new(Place::new(&source, crate::text::Span::default()), Kind::Map(Map::default()));
    let item = yaml.documents.first().map(|node| reading.item(node));
    Some(item.filter(|item| matches!(item.kind, Kind::Map(_))).unwrap_or_else(nothing))
}

impl Chart {
    fn read(files: &Files<'_>, folder: &str) -> Option<Self> {
        let root = document(files, &join(folder, "Chart.yaml")?)?;
        // A library chart is installed by no one.
        if root.text_of(&["type"]).is_some_and(|kind| &**kind == "library") {
            return None;
        }
        let last = folder.rsplit('/').next().unwrap_or_default();
        let name = root.text_of(&["name"]).map_or(last, |name| name).to_owned();
        Some(Self { folder: folder.to_owned(), name, root })
    }

    /// The chart and the charts in it, with the values each sees.
    pub fn parts(&self, files: &Files<'_>, values: &Item) -> Vec<Part> {
        let mut parts = vec![part(files, &self.folder, values.clone(), self.root.clone())];
        let inner = join(&self.folder, "charts").unwrap_or_default();
        let nested = charts(files).into_iter().filter(|path| folder(path) == inner);
        for path in nested.take(MAX_PARTS) {
            let Some(root) = join(&path, "Chart.yaml").and_then(|path| document(files, &path)) else {
                continue;
            };
            let last: Arc<str> = path.rsplit('/').next().unwrap_or_default().into();
            let name = root.text_of(&["name"]).cloned().unwrap_or(last);
            if self.switches_off(&name, values) {
                continue;
            }
            let own = join(&path, "values.yaml").and_then(|path| document(files, &path));
            let given = values.entries().iter().find(|(key, _)| key.text == name).map(|(_, value)| value);
            let mut seen = match (own, given) {
                (Some(own), Some(given)) => overlaid(&own, given),
                (Some(own), None) => own,
                (None, Some(given)) => given.clone(),
                (None, None) => continue,
            };
            if let Some((_, global)) = values.entries().iter().find(|(key, _)| &*key.text == "global") {
                let merged = seen.entries().iter().find(|(key, _)| &*key.text == "global");
                let merged = merged.map_or_else(|| global.clone(), |(_, own)| overlaid(own, global));
                seen.set("global", merged);
            }
            parts.push(part(files, &path, seen, root));
        }
        parts
    }

    /// Whether the values switch off a chart that this one depends on.
    fn switches_off(&self, name: &str, values: &Item) -> bool {
        let dependencies = self.root.path(&["dependencies"]).map(Item::items).unwrap_or_default();
        let own =
            dependencies.iter().filter(|one| one.text_of(&["name"]).is_some_and(|text| &**text == name));
        own.filter_map(|one| one.text_of(&["condition"])).any(|condition| {
            let first = condition.split(',').next().unwrap_or_default().trim();
            let value = first.split('.').try_fold(values, |item, key| item.get(key));
            value.and_then(Item::text).is_some_and(|text| &**text == "false")
        })
    }
}

fn part(files: &Files<'_>, chart: &str, values: Item, root: Item) -> Part {
    let templates = join(chart, "templates").unwrap_or_default();
    let is_template = |path: &&String| {
        path.strip_prefix(&templates)
            .is_some_and(|rest| rest.starts_with('/') && !rest.starts_with("/tests/"))
            && (path.ends_with(".yaml") || path.ends_with(".yml"))
    };
    let templates = files.paths().iter().filter(is_template).take(MAX_TEMPLATES).cloned().collect();
    Part { templates, values, chart: root }
}

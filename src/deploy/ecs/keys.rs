//! Keys as the API writes them (`containerDefinitions`) and as CloudFormation does (`ContainerDefinitions`).

use crate::parse::node::{Kind, Node};

/// The value of a key in either spelling, given as the API's.
pub(super) fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.entries()
        .iter()
        .find(|(name, _)| name.scalar_text().is_some_and(|name| is(name, key)))
        .map(|(_, v)| v)
}

fn is(name: &str, key: &str) -> bool {
    // `efsVolumeConfiguration` is `EFSVolumeConfiguration` there.
    name.len() == key.len() && name.eq_ignore_ascii_case(key)
}

/// The resource or parameter that a value refers to: `!Ref X`, `{"Ref": "X"}`, `!GetAtt X.Arn`.
pub(super) fn reference(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Tagged(tag, inner) if matches!(&**tag, "!Ref" | "!GetAtt") => match &inner.kind {
            Kind::Str(text) => text.split('.').next(),
            Kind::List(items) => items.first()?.as_str(),
            _ => None,
        },
        Kind::Map(_) => {
            let inner = node.get("Ref").or_else(|| node.get("Fn::GetAtt"))?;
            let text = inner.as_str().or_else(|| inner.items().first()?.as_str())?;
            text.split('.').next()
        }
        _ => None,
    }
}

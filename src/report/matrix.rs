//! The state of an app with a column for each environment.

use std::sync::Arc;

use super::escape::clean;
use crate::facts::{Concern, Judged, Locality, State};

/// A row for each piece of state, a column for each environment: what it is kept in, and whether that is one server.
pub fn table(environments: &[Judged]) -> String {
    let mut keys: Vec<(Concern, Arc<str>)> = Vec::new();
    for state in environments.iter().flat_map(|judged| &judged.states) {
        let key = (state.concern, Arc::clone(&state.key));
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.sort_by_key(|(concern, _)| *concern);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let names = environments.iter().map(|judged| clean(&judged.environment.name).into_owned());
    rows.push(std::iter::once("STATE".to_owned()).chain(names).collect());
    let counts = environments.iter().map(|judged| judged.environment.replicas.describe().unwrap_or_default());
    let counts: Vec<String> = std::iter::once("replicas".to_owned()).chain(counts).collect();
    if counts.iter().skip(1).any(|count| !count.is_empty()) {
        rows.push(counts);
    }
    for (concern, key) in &keys {
        let of = |judged: &Judged| {
            let state = judged.states.iter().find(|state| state.concern == *concern && state.key == *key);
            state.map_or_else(|| "-".to_owned(), cell)
        };
        rows.push(std::iter::once(concern.name().to_owned()).chain(environments.iter().map(of)).collect());
    }
    render(&rows)
}

fn cell(state: &State) -> String {
    let lives = match state.locality {
        Locality::Disk | Locality::Memory | Locality::Host => "one server",
        locality => locality.name(),
    };
    clean(&format!("{} ({lives})", state.store)).into_owned()
}

fn render(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::from("  ");
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.chars().count()) + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

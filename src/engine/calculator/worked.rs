//! Worked examples on typed figures: those of the KPI's own examples that begin with such a table.

use std::collections::BTreeMap;

use crate::engine::facts::typed::is_called;
use crate::engine::kpi::about::{CalculatorReport, TermReport, WorkedReport};
use crate::engine::kpi::definition::{Example, Gives, Kpi};
use crate::engine::kpi::source_notes;
use crate::engine::options::Options;
use crate::engine::roles::synonyms::normal;

/// The KPI's examples on typed figures that give a value.
pub fn examples(kpi: &Kpi, calculators: &[CalculatorReport]) -> Vec<WorkedReport> {
    kpi.examples
        .iter()
        .filter(|example| matches!(example.gives, Gives::Value(..)))
        .filter_map(|example| worked(kpi, calculators, example))
        .collect()
}

/// The example as figures by term; `None` for one on rows, with parameters, or with several sets of
/// figures. Names that are no terms of the rule are passed over.
fn worked(kpi: &Kpi, calculators: &[CalculatorReport], example: &Example) -> Option<WorkedReport> {
    if !example.options.contains(r#""kind":"aggregate""#) {
        return None;
    }
    let options: Options = serde_json::from_str(example.options).ok()?;
    if !options.settings.is_empty() {
        return None;
    }
    let chosen = options.variants.get(kpi.id).map(String::as_str);
    let first = calculators.first()?.variant.as_str();
    let variant = chosen.unwrap_or(first);
    let calculator = calculators.iter().find(|it| it.variant == variant)?;
    let mut terms = BTreeMap::new();
    for (name, cell) in named_cells(example.pasted)? {
        let name = normal(name);
        let named = |term: &&TermReport| is_called(&name, &term.name);
        if let Some(term) = calculator.terms.iter().find(named) {
            terms.insert(term.name.clone(), figure(cell)?);
        }
    }
    let lacks = |term: &TermReport| term.needed && !terms.contains_key(&term.name);
    if terms.is_empty() || calculator.terms.iter().any(lacks) {
        return None;
    }
    Some(WorkedReport {
        says: said(example.name),
        note: source_notes::of_example(kpi.id, example.name).to_owned(),
        variant: variant.to_owned(),
        terms,
    })
}

/// Names with their cells: a header and one line below it, or lines of a name and a figure.
fn named_cells(pasted: &str) -> Option<Vec<(&str, &str)>> {
    let lines: Vec<&str> = pasted.lines().collect();
    match lines.as_slice() {
        [names, figures] => Some(names.split(',').zip(figures.split(',')).collect()),
        [_, pairs @ ..] if !pairs.is_empty() => {
            pairs.iter().map(|pair| pair.split_once(',')).collect()
        }
        _ => None,
    }
}

/// A plain number, or a percentage as a fraction.
fn figure(cell: &str) -> Option<f64> {
    match cell.trim().strip_suffix('%') {
        Some(percent) => Some(percent.trim().parse::<f64>().ok()? / 100.0),
        None => cell.trim().parse().ok(),
    }
}

/// A claim as a sentence without its full stop.
fn said(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

//! Which figures a rule asks for: found by asking, so that no form is written by hand.

use std::collections::BTreeMap;

use super::{on_typed, worked};
use crate::engine::base::Unit;
use crate::engine::facts::Typed;
use crate::engine::kpi::about::{AboutReport, CalculatorReport, TermReport};
use crate::engine::kpi::definition::{Kpi, Rule};
use crate::engine::kpi::registry;
use crate::engine::kpi::typed_terms::TYPED_TERMS;

/// More rounds of asking than any formula has terms.
const MOST_ROUNDS: usize = 32;

/// Figures with which a rule is asked, so that it comes past its own checks.
const PROBES: [f64; 3] = [1.0, 2.0, 100.0];

/// The figures that a rule takes, in the order in which it asks for them. Empty for rules that take
/// none.
pub fn of(kpi: &'static Kpi, rule: &'static Rule) -> Vec<TermReport> {
    let mut names: Vec<&'static str> = Vec::new();
    for probe in PROBES {
        for _ in 0..MOST_ROUNDS {
            let before = names.len();
            for name in asked(rule, &names, probe) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            if names.len() == before {
                break;
            }
        }
    }
    let term = |name: &&'static str| {
        // What is typed is told apart more plainly than what comes out of rows.
        let typed = TYPED_TERMS.iter().find(|part| part.name == *name);
        let part = typed.or_else(|| kpi.parts.iter().find(|part| part.name == *name));
        let others: Vec<&'static str> = names.iter().copied().filter(|it| it != name).collect();
        TermReport {
            name: (*name).to_owned(),
            unit: part.map_or(Unit::Count, |part| part.unit),
            says: part.map_or_else(|| name.replace('_', " "), |part| part.says.to_owned()),
            needed: PROBES.iter().any(|probe| lacks(rule, &others, *probe)),
        }
    };
    names.iter().map(term).collect()
}

/// The whole catalogue, each KPI with the figures that its rules take.
pub fn catalogue() -> Vec<AboutReport> {
    let with_calculators = |kpi: &&'static Kpi| {
        let calculators = calculators(kpi);
        AboutReport {
            worked: worked::examples(kpi, &calculators),
            calculators,
            ..kpi.report()
        }
    };
    registry::ALL.iter().map(with_calculators).collect()
}

/// All rules of a KPI that take typed figures.
pub fn calculators(kpi: &'static Kpi) -> Vec<CalculatorReport> {
    kpi.rules
        .iter()
        .filter(super::takes_figures)
        .map(|rule| CalculatorReport {
            variant: rule.id.to_owned(),
            terms: of(kpi, rule),
        })
        // A median says of itself that no totals give it.
        .filter(|calculator| !calculator.terms.is_empty())
        .collect()
}

fn figures(names: &[&'static str], figure: f64) -> Typed {
    let figures: BTreeMap<String, f64> =
        names.iter().map(|it| ((*it).to_owned(), figure)).collect();
    Typed::of_figures(&figures)
}

/// What the rule asks for where it is given these.
fn asked(rule: &'static Rule, given: &[&'static str], figure: f64) -> Vec<&'static str> {
    let typed = figures(given, figure);
    // Its answer does not matter here, only what it asked for.
    drop(on_typed(rule, &typed, &BTreeMap::new()));
    typed.asked()
}

/// Whether the rule says that a figure is missing.
fn lacks(rule: &'static Rule, given: &[&'static str], figure: f64) -> bool {
    let typed = figures(given, figure);
    let found = on_typed(rule, &typed, &BTreeMap::new());
    found.is_err_and(|refusal| refusal.code == "term_missing")
}

//! What tests of figures against plain second versions share: reports on a pasted table, the
//! comparison of every rule, and sums with empty cells.

use kept::engine::base::Date;
use kept::engine::report::{Finding, Report};
use kept::engine::stats::rng::Rng;

use crate::support::{options, report_on};

/// Figures by rule; nothing where a rule must be refused.
pub type Figures = Vec<(&'static str, Option<f64>)>;

pub fn report(table: &str, choices: &str) -> Report {
    report_on(&[("pasted", table.as_bytes())], &options(choices)).unwrap()
}

/// Every rule of the KPI gives what is expected; a refused headline refuses the default rule.
#[track_caller]
pub fn check(found: &Finding, expected: &Figures, table: &str) {
    let told = |rule: &str| found.variants.iter().any(|it| it.variant == rule);
    assert!(
        found.value.is_none()
            || expected
                .iter()
                .all(|(rule, value)| value.is_none() || told(rule)),
        "{} tells {:?}",
        found.kpi,
        found.variants
    );
    for (rule, expected) in expected {
        let value = if found.variant == *rule {
            found.value
        } else {
            let other = found.variants.iter().find(|it| it.variant == *rule);
            match other {
                Some(other) => other.value,
                // Without a headline, no other rule is told.
                None => continue,
            }
        };
        let close = match (value, expected) {
            (Some(value), Some(expected)) => {
                (value - expected).abs() <= 1e-9 * expected.abs().max(1.0)
            }
            (value, expected) => value == *expected,
        };
        let what = format!("{} {rule}: {value:?} is not {expected:?}", found.kpi);
        assert!(close, "{what} ({:?})\n{table}", found.refusal);
    }
}

/// Above ÷ below; nothing where nothing is below, or more above than below.
pub fn share(above: f64, below: f64) -> Option<f64> {
    (below > 0.0 && above <= below).then(|| above / below)
}

pub fn ratio(above: f64, below: f64) -> Option<f64> {
    (below > 0.0).then(|| above / below)
}

/// A number below the limit; nothing for one cell in ten.
pub fn cell(rng: &mut Rng, low: u32, high: u32) -> Option<f64> {
    let number = f64::from(low + rng.below(high - low));
    (rng.below(10) > 0).then_some(number)
}

pub fn written(cell: Option<f64>) -> String {
    cell.map_or_else(String::new, |number| format!("{number}"))
}

/// The sum over rows that know all of these columns.
pub fn sum(rows: &[Vec<Option<f64>>], column: usize, known: &[usize]) -> f64 {
    let knows = |row: &&Vec<Option<f64>>| known.iter().all(|place| row[*place].is_some());
    rows.iter()
        .filter(knows)
        .map(|row| row[column].unwrap())
        .sum()
}

pub fn day(number: i32) -> String {
    Date(Date::parse("2025-01-01").unwrap().0 + number).to_string()
}

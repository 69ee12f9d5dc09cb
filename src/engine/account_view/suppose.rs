//! What the health of an account would be if some of its values were others.

use std::collections::BTreeMap;

use crate::engine::accounts::Accounts;
use crate::engine::accounts::query::MeasureSource;
use crate::engine::base::Error;
use crate::engine::facts::Health;
use crate::engine::facts::health::{Measure, MeasureChoice};
use crate::engine::kpi::usage::customer_health_score as health_kpi;
use crate::engine::kpi::usage::health_scores::Scoring;
use crate::engine::report::AccountResult;
use crate::engine::table::Reason;

/// The health of the account in a row of the list with some values supposed; absent where nothing
/// is. Curves, weights and what hands did stay; a supposed value is a fresh one.
///
/// # Errors
/// `measure_unknown` where there is no such measure.
pub(super) fn scored(
    health: &Health,
    rule: &str,
    row: usize,
    suppose: &BTreeMap<String, Option<f64>>,
) -> Result<Option<AccountResult>, Error> {
    let is_measure = |name: &String| health.measures.iter().any(|own| own.name == *name);
    if let Some(unknown) = suppose.keys().find(|name| !is_measure(name)) {
        return Err(Error::new(
            "measure_unknown",
            format!("The health score has no measure “{unknown}”."),
            "Give the name as the health of the account writes it.",
        ));
    }
    if suppose.is_empty() {
        return Ok(None);
    }
    let one = alone(health, row, suppose);
    let scoring = Scoring::new(&one, health_kpi::method(rule)).ok();
    Ok(scoring.map(|scoring| AccountResult {
        row: row as u64 + 1,
        ..scoring.account(0)
    }))
}

/// The measures of one account by itself.
fn alone(health: &Health, row: usize, suppose: &BTreeMap<String, Option<f64>>) -> Health {
    let measures = health.measures.iter().map(|measure| {
        let supposed = suppose.get(&measure.name);
        let value = match supposed {
            Some(value) => value.filter(|it| it.is_finite()).unwrap_or(f64::NAN),
            None => measure.values[row],
        };
        let ages = measure.ages.as_ref().map(|ages| match supposed {
            Some(_) => vec![0.0],
            None => vec![ages[row]],
        });
        Measure {
            values: vec![value],
            ages,
            curve: measure.curve.clone(),
            name: measure.name.clone(),
            column: measure.column.clone(),
            per: measure.per.clone(),
            group: measure.group.clone(),
            because: measure.because.clone(),
            ..*measure
        }
    });
    let by_hand = health.by_hand.iter();
    Health {
        measures: measures.collect(),
        left_out: Vec::new(),
        offered: Vec::new(),
        reasons: vec![Reason::Used],
        by_hand: by_hand
            .filter(|(of, _)| *of as usize == row)
            .map(|(_, effect)| (0, *effect))
            .collect(),
        refusal: health.refusal.clone(),
        open: health.open,
        choices: std::rc::Rc::clone(&health.choices),
    }
}

/// Where a measure comes from. `base`: the table that lists the accounts.
pub(super) fn source(
    measure: &Measure,
    (accounts, tables): (&Accounts, &[&str]),
    base: &str,
) -> MeasureSource {
    let named = |id: &str| MeasureChoice::naming(id) == measure.column;
    let figure = accounts.figures.iter().find(|figure| named(&figure.id));
    let table = figure.and_then(|figure| tables.get(figure.table));
    MeasureSource {
        table: (*table.unwrap_or(&base)).to_owned(),
        figure: figure.map(|figure| figure.id.clone()),
        span: measure.curve.span(),
    }
}

//! A formula of the user's own sheet that is not what its name says.
//!
//! A wide-spread recipe calls customers at the end ÷ customers at the start "churn". It is neither
//! churn nor retention: new customers are in it, and a growing company "churns" over 100%.

use super::reading::Reading;
use super::typed::is_called;
use crate::engine::base::Note;
use crate::engine::roles::synonyms::normal;

/// Names under which sheets hold a churn rate, in normal form.
const CHURN: &str = "\
    churn|churn rate|customer churn|customer churn rate|churn percent|churn pct|logo churn|\
    kundenabwanderung|abwanderungsrate|kundigungsrate|churnrate|taux de churn|taux d attrition|\
    tasa de abandono|taxa de churn|tasso di abbandono|verlooppercentage";

/// How far a rounded figure of a sheet may lie from the exact one: half of the last of three places.
const ROUNDING: f64 = 0.000_51;

/// A note where a column of churn rates is customers at the end ÷ customers at the start in every
/// row that has all three.
pub fn end_over_start(reading: &Reading<'_>) -> Option<Note> {
    let columns = &reading.table.columns;
    let names: Vec<String> = columns.iter().map(|column| normal(&column.name)).collect();
    let called = |term: &str| names.iter().position(|name| is_called(name, term));
    let (start, end) = (called("opening")?, called("closing")?);
    let rate = names
        .iter()
        .position(|name| CHURN.split('|').any(|known| known == name))?;
    let numbers = |column: usize| reading.numbers(column).values;
    let (starts, ends, rates) = (numbers(start), numbers(end), numbers(rate));
    let rows = starts.iter().zip(&ends).zip(&rates);
    let told: Vec<(f64, f64)> = rows
        .filter(|((start, end), rate)| **start > 0.0 && !end.is_nan() && !rate.is_nan())
        .map(|((start, end), rate)| (end / start, *rate))
        .collect();
    let is_it = |(ratio, rate): &(f64, f64)| {
        [1.0, 100.0]
            .into_iter()
            .any(|times| (rate / times - ratio).abs() < ROUNDING)
    };
    // Where nothing changed, 0% and 100% are no proof either way.
    let telling = told.iter().any(|(ratio, _)| (ratio - 1.0).abs() > ROUNDING);
    (telling && told.iter().all(is_it)).then(|| {
        Note::new(
            "end_over_start_is_not_churn",
            "This column is customers at the end ÷ customers at the start. That is neither churn nor retention, because new customers are in it: churn is the customers lost ÷ the customers at the start.",
        )
        .in_table(&reading.table.name)
        .in_column(&columns[rate].name)
        .counted(told.len() as u64)
    })
}

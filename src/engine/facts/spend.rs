//! Money spent to win customers, one expense or one month a row.

use super::money;
use super::reading::{self, Reading};
use crate::engine::roles::Role;
use crate::engine::table::Reason;
use crate::engine::table::column::NumberCells;

/// One entry a row.
#[derive(Clone, Debug)]
pub struct Spend {
    /// The day, or the first day of the month.
    pub days: Vec<i32>,
    /// The amount in units of money; NaN where unknown.
    pub amounts: Vec<f64>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// The currencies in use, most frequent first.
    pub currencies: Vec<String>,
    /// A row stands for a whole month.
    pub by_month: bool,
}

/// Reads expenses with the day or the month in which they fell.
pub fn read(reading: &Reading<'_>) -> Option<Spend> {
    let by_day = reading.instants_of(Role::OccurredAt);
    let by_month = by_day.is_none();
    let moments = by_day.or_else(|| reading.instants_of(Role::Month))?;
    let cells = all_amounts(reading)?;
    let mut reasons = reading.reasons();
    reading::require_instants(&moments, reading.horizon(), &mut reasons);
    reading::require_numbers(&cells, &mut reasons);
    Some(Spend {
        days: reading::days(&moments),
        currencies: money::currencies(reading, Role::Amount, &reasons),
        amounts: cells.values,
        reasons,
        by_month,
    })
}

/// The amounts of each row: those of all columns of spending added up. An empty cell beside a filled
/// one is nothing spent; a row is without amount where all are empty, and unreadable where one is.
fn all_amounts(reading: &Reading<'_>) -> Option<NumberCells> {
    let mut columns = reading.mapping.columns_of(Role::Amount);
    let mut all = money::amounts_in(reading, columns.next()?)?;
    for column in columns {
        let more = money::amounts_in(reading, column)?;
        for (sum, value) in all.values.iter_mut().zip(more.values) {
            if sum.is_nan() {
                *sum = value;
            } else if !value.is_nan() {
                *sum += value;
            }
        }
        all.invalid.extend(more.invalid);
    }
    all.invalid.sort_unstable();
    all.invalid.dedup();
    Some(all)
}

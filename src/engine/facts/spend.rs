//! Money spent to win customers, one expense or one month a row.

use super::money;
use super::reading::{self, Reading};
use crate::engine::roles::Role;
use crate::engine::table::Reason;

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
    let cells = money::amounts_of(reading, Role::Amount)?;
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

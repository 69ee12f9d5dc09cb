//! What each customer of a list pays a month, without dates.

use super::reading::{self, Reading};
use super::why_left::WhyLeft;
use super::{accounts, money};
use crate::engine::roles::Role;
use crate::engine::table::Reason;

/// One entry a row.
#[derive(Clone, Debug)]
pub struct AccountRevenue {
    /// Units of money a month; NaN where unknown.
    pub amounts: Vec<f64>,
    /// Whether the customer has left; empty where no column says.
    pub left: Vec<bool>,
    /// Why the customer left; empty where no column says.
    pub why_left: Vec<WhyLeft>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// The currencies in use, most frequent first.
    pub currencies: Vec<String>,
}

/// Reads what customers pay and, where a column says it, who has left.
pub fn read(reading: &Reading<'_>) -> Option<AccountRevenue> {
    let cells = money::amounts_of(reading, Role::RecurringRevenue)?;
    let left = accounts::read(reading);
    let mut reasons = match &left {
        Some(left) => left.reasons.clone(),
        None => reading.reasons(),
    };
    if let (None, Some(customers)) = (&left, reading.keys_of(Role::Customer)) {
        reading::require_keys(&customers, &mut reasons);
        reading::require_first(&customers, &mut reasons);
    }
    reading::require_numbers(&cells, &mut reasons);
    Some(AccountRevenue {
        currencies: money::currencies(reading, Role::RecurringRevenue, &reasons),
        amounts: cells.values,
        why_left: left
            .as_ref()
            .map(|left| left.why_left.clone())
            .unwrap_or_default(),
        left: left.map(|left| left.left).unwrap_or_default(),
        reasons,
    })
}

/// How long each customer of a list has been one, in months, and whether they have left.
#[derive(Clone, Debug)]
pub struct Tenures {
    /// Months as a customer; NaN where unknown.
    pub months: Vec<f64>,
    /// Whether the customer has left.
    pub left: Vec<bool>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
}

/// Reads the months for which customers have been customers, and who has left.
pub fn tenures(reading: &Reading<'_>) -> Option<Tenures> {
    let accounts = accounts::read(reading)?;
    let cells = reading.months_of(Role::TenureMonths)?;
    let mut reasons = accounts.reasons;
    reading::require_numbers(&cells, &mut reasons);
    for (reason, months) in reasons.iter_mut().zip(&cells.values) {
        if *reason == Reason::Used && *months < 0.0 {
            *reason = Reason::NumberInvalid;
        }
    }
    Some(Tenures {
        months: cells.values,
        left: accounts.left,
        reasons,
    })
}

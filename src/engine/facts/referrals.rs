//! Referrals: how often each customer of a list recommended the company.

use super::reading::{self, Reading};
use crate::engine::roles::Role;
use crate::engine::table::Reason;

/// One entry a row.
#[derive(Clone, Debug)]
pub struct Referrals {
    /// How often; 1 for a mere yes, NaN where the row is left out.
    pub counts: Vec<f64>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
}

/// Reads the referrals of customers, where a column counts them.
pub fn read(reading: &Reading<'_>) -> Option<Referrals> {
    let cells = reading.counts_of(Role::Referrals)?;
    let customers = reading.keys_of(Role::Customer)?;
    let mut reasons = reading.reasons();
    reading::require_keys(&customers, &mut reasons);
    reading::require_first(&customers, &mut reasons);
    reading::require_numbers(&cells, &mut reasons);
    for (reason, count) in reasons.iter_mut().zip(&cells.values) {
        if *reason == Reason::Used && *count < 0.0 {
            *reason = Reason::NumberInvalid;
        }
    }
    Some(Referrals {
        counts: cells.values,
        reasons,
    })
}

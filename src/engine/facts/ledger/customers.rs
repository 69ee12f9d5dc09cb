//! Customers with a start and perhaps an end, one a row.

use super::rows::{LedgerRows, NO_END, nanos};
use crate::engine::base::Instant;
use crate::engine::facts::reading::{self, Reading};
use crate::engine::facts::why_left;
use crate::engine::roles::Role;
use crate::engine::table::Reason;
use crate::engine::table::column::NO_INSTANT;

/// Reads customers with a start and, where a column says it, an end; every customer counts 1.
pub fn read(reading: &Reading<'_>) -> Option<LedgerRows> {
    let customers = reading.keys_of(Role::Customer)?;
    let starts = reading.instants_of(Role::StartedAt)?;
    let mut reasons = reading.reasons();
    reading::require_instants(&starts, reading.horizon(), &mut reasons);
    reading::require_keys(&customers, &mut reasons);
    let mut end_days = vec![NO_END; reasons.len()];
    if reading.mapping.column_of(Role::EndedAt).is_some() {
        let ends = reading.instants_of(Role::EndedAt)?;
        reading::mark_invalid(
            &ends.invalid,
            &mut reasons,
            Reason::Used,
            Reason::DateInvalid,
        );
        for (row, end) in end_days.iter_mut().enumerate() {
            if ends.values[row] == NO_INSTANT {
                continue;
            }
            *end = Instant(ends.values[row]).date().0;
            if reasons[row] == Reason::Used && ends.values[row] < starts.values[row] {
                reasons[row] = Reason::EndsBeforeStart;
            }
        }
    }
    let count = reasons.len();
    Some(LedgerRows {
        starts: reading::days(&starts),
        ends: end_days,
        amounts: vec![nanos(1.0); count],
        has_amounts: false,
        why_left: why_left::read(reading).unwrap_or_default(),
        ..LedgerRows::of_customers(&customers, reasons)
    })
}

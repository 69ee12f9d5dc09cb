//! First values: when customers began, and when they first got what they came for.

use super::NO_DAY;
use super::reading::{self, Reading};
use crate::engine::base::Instant;
use crate::engine::base::date::DAY_MS;
use crate::engine::roles::Role;
use crate::engine::table::Reason;
use crate::engine::table::column::{InstantCells, NO_INSTANT};

/// One entry a row of a list of customers.
#[derive(Clone, Debug)]
pub struct FirstValues {
    /// Days from the start to the first value; NaN where it has not come yet or the row is left
    /// out.
    pub until_value: Vec<f64>,
    /// Days from the start to the end of the last day that counts.
    pub watched: Vec<f64>,
    /// The day of the start; [`NO_DAY`] where the row is left out.
    pub days: Vec<i32>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
}

/// Reads starts (of the trial, else of the customer) and first values (else first payments).
///
/// A value before the start is a row left out; one after the last day that counts has not come
/// yet. Where one of the two columns only says days, both are taken as days.
pub fn read(reading: &Reading<'_>) -> Option<FirstValues> {
    let either = |one: Role, other: Role| {
        let cells = reading.instants_of(one);
        cells.or_else(|| reading.instants_of(other))
    };
    let mut starts = either(Role::TrialStartedAt, Role::StartedAt)?;
    let mut values = either(Role::ValueAt, Role::PaidAt)?;
    let horizon = reading.horizon()?;
    let mut reasons = reading.reasons();
    reading::require_instants(&starts, Some(horizon), &mut reasons);
    let customers = reading.keys_of(Role::Customer)?;
    reading::require_keys(&customers, &mut reasons);
    reading::require_first(&customers, &mut reasons);
    reading::mark_invalid(
        &values.invalid,
        &mut reasons,
        Reason::Used,
        Reason::DateInvalid,
    );
    let by_day = starts.days_only || values.days_only;
    if by_day {
        to_days(&mut starts);
        to_days(&mut values);
    }
    // What is told by day is seen up to the last day, not up to its end.
    let seen_to = horizon.0 - if by_day { DAY_MS } else { 0 };
    let days = |from: i64, to: i64| (to - from) as f64 / DAY_MS as f64;
    let count = reasons.len();
    let mut found = FirstValues {
        until_value: vec![f64::NAN; count],
        watched: vec![f64::NAN; count],
        days: vec![NO_DAY; count],
        reasons,
    };
    for row in 0..count {
        let (start, value) = (starts.values[row], values.values[row]);
        let reason = &mut found.reasons[row];
        if *reason != Reason::Used {
            continue;
        }
        let is_there = value != NO_INSTANT && value < horizon.0;
        if is_there && value < start {
            *reason = Reason::EndsBeforeStart;
            continue;
        }
        found.days[row] = Instant(start).date().0;
        found.watched[row] = days(start, seen_to);
        if is_there {
            found.until_value[row] = days(start, value);
        }
    }
    Some(found)
}

fn to_days(cells: &mut InstantCells) {
    for value in cells.values.iter_mut().filter(|it| **it != NO_INSTANT) {
        *value = value.div_euclid(DAY_MS) * DAY_MS;
    }
}

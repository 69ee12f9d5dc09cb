//! Funnels: visits, carts and purchases of stretches of time, or one visit a row; and trials of a
//! list of customers.

use super::counts::{Counts, Draft, Measure, says_yes_or_no};
use super::reading::{self, Reading};
use crate::engine::roles::Role;
use crate::engine::table::Reason;
use crate::engine::table::column::NO_INSTANT;

/// Where the day of a row may stand, in a table of counts.
pub const DAYS: &[Role] = &[Role::OccurredAt, Role::Month];

/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;

/// Reads what a table of visits and purchases tells.
pub fn read(reading: &Reading<'_>) -> Vec<Counts> {
    [visits(reading), carts(reading), sales(reading)]
        .into_iter()
        .flatten()
        .collect()
}

/// Visits and purchases. Without a number of visits, a column that answers yes or no makes each
/// row one visit.
pub fn visits(reading: &Reading<'_>) -> Option<Counts> {
    let draft = || {
        Draft::new(reading, Measure::Visits, DAYS).needing(Role::Purchases, Role::Purchases.id())
    };
    let counted = [Role::Visits, Role::Visitors]
        .into_iter()
        .find_map(|role| draft()?.needing(role, Role::Visits.id()));
    let made = counted.or_else(|| {
        says_yes_or_no(reading, Role::Purchases)
            .then(draft)
            .flatten()
            .map(|draft| draft.with_ones(Role::Visits.id()))
    })?;
    let made = made.perhaps(Role::Carts).perhaps(Role::Checkouts);
    Some(made.done())
}

/// Carts, checkouts and purchases.
fn carts(reading: &Reading<'_>) -> Option<Counts> {
    let draft =
        Draft::new(reading, Measure::Carts, DAYS).needing(Role::Purchases, Role::Purchases.id())?;
    let has_carts = reading.mapping.column_of(Role::Carts).is_some();
    if has_carts {
        let draft = draft.needing(Role::Carts, Role::Carts.id())?;
        let draft = draft.perhaps(Role::Checkouts);
        return Some(draft.perhaps(Role::Visits).done());
    }
    let draft = draft.needing(Role::Checkouts, Role::Checkouts.id())?;
    Some(draft.perhaps(Role::Visits).done())
}

/// Revenue, orders and visits.
fn sales(reading: &Reading<'_>) -> Option<Counts> {
    let draft = Draft::new(reading, Measure::Sales, DAYS)
        .needing(Role::Amount, "revenue")?
        .needing(Role::Purchases, "orders")?;
    Some(draft.perhaps(Role::Visits).done())
}

/// Trials with the day on which they became paying, one customer a row.
pub fn trials(reading: &Reading<'_>) -> Option<Counts> {
    let starts = reading.instants_of(Role::TrialStartedAt)?;
    let paid = reading.instants_of(Role::PaidAt)?;
    let horizon = reading.horizon().map_or(i64::MAX, |end| end.0);
    let days_to_pay: Vec<f64> = starts
        .values
        .iter()
        .zip(&paid.values)
        .map(|(start, paid)| {
            if *start == NO_INSTANT || *paid == NO_INSTANT || *paid >= horizon {
                f64::NAN
            } else {
                ((*paid - *start) as f64 / DAY).floor()
            }
        })
        .collect();
    let is_paid = days_to_pay
        .iter()
        .map(|days| f64::from(u8::from(!days.is_nan())))
        .collect();
    let mut draft = Draft::new(reading, Measure::Trials, &[Role::TrialStartedAt])
        .leaving_out(Reason::EndsBeforeStart, |row| days_to_pay[row] < 0.0)
        .leaving_out(Reason::DateInvalid, |row| {
            paid.invalid.binary_search(&(row as u32)).is_ok()
        });
    if let Some(customers) = reading.keys_of(Role::Customer) {
        let mut same = reading.reasons();
        reading::require_first(&customers, &mut same);
        draft = draft
            .leaving_out(Reason::CustomerMissing, |row| customers.codes[row] == 0)
            .leaving_out(Reason::Duplicate, |row| same[row] == Reason::Duplicate);
    }
    Some(
        draft
            .with_ones("trials")
            .with("paid", is_paid)
            .with("days_to_pay", days_to_pay)
            .done(),
    )
}

//! Contracts that came up for renewal, with their term, as stretches of recurring revenue.

use super::rows::{Further, LedgerRows, NO_END, nanos};
use super::signed;
use crate::engine::base::Date;
use crate::engine::facts::reading::{self, Reading};
use crate::engine::facts::renewals::{self, Ended};
use crate::engine::facts::{NO_DAY, money};
use crate::engine::roles::Role;
use crate::engine::table::Reason;

/// Reads contracts: what was due was paid for its term up to the due day. What was renewed is paid
/// from there for one more term, unless a later row of the same contract tells it itself.
///
/// Rows of one contract are those of one subscription number, or of one customer where no column
/// numbers contracts. `None` without a column for the months of the term: then it is not known for
/// how long an amount was paid.
pub fn read(reading: &Reading<'_>) -> Option<LedgerRows> {
    let customers = reading.keys_of(Role::Customer)?;
    let due = reading.instants_of(Role::DueAt)?;
    let terms = reading.months_of(Role::TermMonths)?;
    let amounts = money::amounts_of(reading, Role::AmountDue)?;
    let outcomes = renewals::outcomes(reading)?;
    let renewed = money::amounts_of(reading, Role::AmountRenewed);
    let mut reasons = reading.reasons();
    reading::require_instants(&due, None, &mut reasons);
    reading::require_keys(&customers, &mut reasons);
    reading::require_numbers(&amounts, &mut reasons);
    reading::require_numbers(&terms, &mut reasons);
    let days = reading::days(&due);
    let as_of = reading.frame.as_of.map_or(NO_END, |day| day.0);
    let months = |row: usize| terms.values[row].round().clamp(1.0, 600.0) as i32;
    let contract = match reading.keys_of(Role::Subscription) {
        Some(keys) => keys.codes.to_vec(),
        None => customers.codes.to_vec(),
    };
    let mut order: Vec<usize> = (0..reasons.len())
        .filter(|row| reasons[*row] == Reason::Used)
        .collect();
    let of = |row: usize| (customers.codes[row], contract[row]);
    order.sort_unstable_by_key(|row| (of(*row), days[*row], *row));
    let mut starts = vec![NO_DAY; reasons.len()];
    let mut monthly = vec![0_i64; reasons.len()];
    let mut further = Vec::new();
    for same in order.chunk_by(|one, other| of(*one) == of(*other)) {
        for (place, &row) in same.iter().enumerate() {
            let before = place
                .checked_sub(1)
                .map_or(NO_DAY, |place| days[same[place]]);
            // A term that reaches back behind the last due day would count that time twice.
            starts[row] = Date(days[row]).plus_months(-months(row)).0.max(before);
            monthly[row] = nanos(amounts.values[row] / f64::from(months(row)));
            let goes_on = match outcomes[row] {
                Ended::Renewed => days[row] <= as_of,
                Ended::Open | Ended::Lost | Ended::Unknown => false,
            };
            if goes_on && place + 1 == same.len() {
                let amount = renewed
                    .as_ref()
                    .map(|cells| cells.values[row])
                    .filter(|amount| !amount.is_nan())
                    .unwrap_or(amounts.values[row]);
                further.push(Further {
                    row: row as u32,
                    start: days[row],
                    end: Date(days[row]).plus_months(months(row)).0,
                    amount: nanos(amount / f64::from(months(row))),
                });
            }
        }
    }
    further.sort_unstable_by_key(|stretch| stretch.row);
    Some(LedgerRows {
        starts,
        ends: days,
        amounts: monthly,
        further,
        terms: terms.values,
        signed: signed::read(reading, &mut reasons),
        horizon: signed::horizon(reading),
        currencies: money::currencies(reading, Role::AmountDue, &reasons),
        ..LedgerRows::of_customers(&customers, reasons)
    })
}

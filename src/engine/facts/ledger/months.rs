//! One row a customer and month.

use super::rows::{self, LedgerRows, NO_END, Remark, nanos};
use crate::engine::base::{Date, Refusal};
use crate::engine::facts::reading::{self, Reading};
use crate::engine::facts::{NO_DAY, money};
use crate::engine::roles::Role;
use crate::engine::table::Reason;

/// Reads one row a customer and month. Rows of the same customer and month add up.
///
/// A month without a row of a customer is a month without revenue from them. A month of which no
/// row at all speaks is a gap of the file: it is remembered, and figures that need it are refused.
pub fn read(reading: &Reading<'_>) -> Option<LedgerRows> {
    let customers = reading.keys_of(Role::Customer)?;
    let months = reading.instants_of(Role::Month)?;
    let cells = money::amounts_of(reading, Role::RecurringRevenue)?;
    let mut reasons = reading.reasons();
    reading::require_instants(&months, reading.horizon(), &mut reasons);
    reading::require_keys(&customers, &mut reasons);
    reading::require_numbers(&cells, &mut reasons);
    let first_of = |day: i32| {
        if day == NO_DAY {
            NO_DAY
        } else {
            Date(day).first_of_month().0
        }
    };
    let starts: Vec<i32> = reading::days(&months).into_iter().map(first_of).collect();
    let next = |day: &i32| {
        if *day == NO_DAY {
            NO_END
        } else {
            Date(*day).plus_months(1).0
        }
    };
    let mut rows = LedgerRows {
        ends: starts.iter().map(next).collect(),
        starts,
        amounts: cells.values.iter().map(|amount| nanos(*amount)).collect(),
        currencies: money::currencies(reading, Role::RecurringRevenue, &reasons),
        starts_are_known: false,
        ..LedgerRows::of_customers(&customers, reasons)
    };
    rows.silent_months = silent_months(&rows);
    if !rows.silent_months.is_empty() {
        rows.remarks.push(Remark::counted(
            "months_missing",
            "No row at all speaks of a month between others: figures that begin or end with it are refused, and nobody counts as gone in it.",
            rows.silent_months.len() as u64,
        ));
    }
    let plans = reading.keys_of(Role::Plan);
    let repeated = rows::repeated(&rows, plans.as_ref().map(|plans| plans.codes.as_ref()));
    rows.remarks.extend(repeated);
    let gaps = customers_with_gaps(&rows);
    if gaps > 0 {
        rows.remarks.push(Remark::counted(
            "customer_months_missing",
            "Customers have no row for a month between two of theirs; they count as gone in it and as come back after it.",
            gaps,
        ));
    }
    Some(rows)
}

/// The refusal of a figure that needs what was paid on a day in a month of which no row speaks.
pub(super) fn month_missing(day: Date) -> Refusal {
    let (year, month, _) = day.ymd();
    Refusal::new(
        "month_missing",
        format!(
            "No row speaks of {year}-{month:02}, an end of the period, though rows before and after it do."
        ),
        "Add the month to the file, or choose a period that neither begins after it nor ends with it.",
    )
}

/// Months between the first and the last of which no row that counts speaks.
fn silent_months(rows: &LedgerRows) -> Vec<Date> {
    let mut told: Vec<i32> = used(rows)
        .map(|row| Date(rows.starts[row]).month_index())
        .collect();
    told.sort_unstable();
    told.dedup();
    told.windows(2)
        .flat_map(|pair| pair[0] + 1..pair[1])
        .map(Date::from_month_index)
        .collect()
}

/// Customers who have no row in a month of which others speak, between two months of their own.
fn customers_with_gaps(rows: &LedgerRows) -> u64 {
    let mut own: Vec<(u32, i32)> = used(rows)
        .filter(|row| rows.amounts[*row] > 0)
        .map(|row| (rows.customers[row], Date(rows.starts[row]).month_index()))
        .collect();
    own.sort_unstable();
    own.dedup();
    let silent: Vec<i32> = rows
        .silent_months
        .iter()
        .map(|month| month.month_index())
        .collect();
    let gap = |pair: &[(u32, i32)]| {
        pair[0].0 == pair[1].0
            && (pair[0].1 + 1..pair[1].1).any(|month| silent.binary_search(&month).is_err())
    };
    own.chunk_by(|one, other| one.0 == other.0)
        .filter(|months| months.windows(2).any(gap))
        .count() as u64
}

fn used(rows: &LedgerRows) -> impl Iterator<Item = usize> {
    let reasons = rows.reasons.iter().enumerate();
    reasons
        .filter(|(_, reason)| **reason == Reason::Used)
        .map(|(row, _)| row)
}

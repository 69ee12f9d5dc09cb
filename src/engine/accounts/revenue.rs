//! What accounts pay, since when, and how that changes.

use super::figure::{Figure, FigureUnit, change};
use super::source::{AsOf, Source};
use crate::engine::base::Date;
use crate::engine::facts::Ledger;
use crate::engine::facts::ledger::money;
use crate::engine::joins::NOBODY;
use crate::engine::table::Reason;

/// How far a change of revenue looks back, in days.
const BACK_DAYS: i32 = 90;

/// Revenue a month, its change over 90 days and days as a customer; of a list without dates the
/// revenue alone.
pub fn figures(source: &Source<'_>, as_of: AsOf) -> Vec<Figure> {
    if let Some(ledger) = source.ledger {
        return on_ledger(source, ledger, as_of);
    }
    let Some(revenue) = &source.facts.account_revenue else {
        return Vec::new();
    };
    let mut values = as_of.filled(f64::NAN);
    for (row, account) in source.rows(&revenue.reasons) {
        let amount = if revenue.left.get(row) == Some(&true) {
            0.0
        } else {
            revenue.amounts[row]
        };
        let value = &mut values[account];
        *value = if value.is_nan() {
            amount
        } else {
            *value + amount
        };
    }
    let mut figure = Figure::new("revenue", "Revenue a month", FigureUnit::Money, values);
    figure.is_dated = false;
    vec![figure]
}

fn on_ledger(source: &Source<'_>, ledger: &Ledger, as_of: AsOf) -> Vec<Figure> {
    let Some(rows) = &source.facts.ledger else {
        return Vec::new();
    };
    let accounts = source.of_customers(&rows.customers);
    let account = |customer: usize| {
        let number = ledger.number(customer as u32) as usize;
        accounts.get(number).copied().unwrap_or(NOBODY)
    };
    let starts = ledger.first_starts();
    let mut since = as_of.filled(f64::NAN);
    for (customer, start) in starts.iter().enumerate() {
        let account = account(customer);
        if account != NOBODY && as_of.knows(*start) {
            let known = &mut since[account as usize];
            *known = known.max(as_of.since(*start));
        }
    }
    let paid = |day: Date| {
        let mut sums = vec![0_i128; as_of.accounts];
        for (customer, amount) in ledger.snapshot(day).iter().enumerate() {
            let account = account(customer);
            if account != NOBODY {
                sums[account as usize] += i128::from(*amount);
            }
        }
        sums
    };
    let mut found = Vec::new();
    if ledger.has_amounts && ledger.currencies.len() < 2 {
        let (now, before) = (paid(as_of.day), paid(as_of.day.plus_days(-BACK_DAYS)));
        // Who has not paid yet has no revenue, and no end of it either.
        let known = |account: usize, value: f64| {
            if since[account].is_nan() {
                f64::NAN
            } else {
                value
            }
        };
        let values = |of: &dyn Fn(usize) -> f64| -> Vec<f64> {
            (0..as_of.accounts).map(|it| known(it, of(it))).collect()
        };
        found.push(
            Figure::new(
                "revenue",
                "Revenue a month",
                FigureUnit::Money,
                values(&|it| money(now[it])),
            )
            .high_is_good(),
        );
        found.push(
            Figure::new(
                "revenue_change",
                "Revenue against 90 days before",
                FigureUnit::Change,
                values(&|it| change(money(before[it]), money(now[it]))),
            )
            .high_is_good(),
        );
    }
    if rows.starts_are_known {
        found.push(Figure::new(
            "tenure_days",
            "Days as a customer",
            FigureUnit::Days,
            since,
        ));
    }
    found
}

/// For each account, whether it was a customer on the day: `None` where no table says so.
pub fn is_customer(source: &Source<'_>, as_of: AsOf) -> Option<Vec<Option<bool>>> {
    if let (Some(ledger), Some(rows)) = (source.ledger, &source.facts.ledger) {
        let accounts = source.of_customers(&rows.customers);
        let mut known = vec![None; as_of.accounts];
        let runs = ledger.subscribed(as_of.day);
        let paid = ledger.snapshot(as_of.day);
        for (customer, start) in ledger.first_starts().iter().enumerate() {
            let number = ledger.number(customer as u32) as usize;
            let account = accounts.get(number).copied().unwrap_or(NOBODY);
            if account != NOBODY && as_of.knows(*start) {
                let known = known[account as usize].get_or_insert(false);
                *known |= if ledger.has_amounts {
                    paid[customer] > 0
                } else {
                    runs[customer]
                };
            }
        }
        return Some(known);
    }
    let list = source.facts.accounts.as_ref()?;
    let mut known = vec![None; as_of.accounts];
    for (row, account) in source.of_rows.iter().enumerate() {
        if *account != NOBODY && list.reasons[row] == Reason::Used {
            known[*account as usize] = Some(!list.left[row]);
        }
    }
    Some(known)
}

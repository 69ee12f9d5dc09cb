//! Cohorts: the customers who began in one month, and how many of them pay month after month.

use super::prelude::*;
use crate::engine::base::Date;
use crate::engine::facts::Ledger;
use crate::engine::facts::ledger::rows::NO_END;
use crate::engine::report::Cohort;

/// The most cohorts that a finding lists; the latest are kept.
const MOST_COHORTS: usize = 36;

/// The cohorts of all whole months up to the end of the day `as_of`, by the month of the first
/// payment.
///
/// The shares of a cohort stop before a month of which a table of months says nothing.
///
/// # Errors
/// `cohorts_unequal` where the cohorts together are not all customers who ever paid, which would be
/// a fault of ours.
pub fn of_ledger(ledger: &Ledger, as_of: Date) -> Outcome<Vec<Cohort>> {
    let starts = ledger.first_starts().iter().enumerate();
    let mut began: Vec<(i32, u32)> = starts
        .filter(|(_, start)| **start != NO_END)
        .map(|(customer, start)| (Date(*start).month_index(), customer as u32))
        .collect();
    began.sort_unstable();
    let over = as_of.plus_days(1).month_index();
    let cohorts: Vec<&[(i32, u32)]> = began.chunk_by(|one, other| one.0 == other.0).collect();
    let lives = ledger.lifetimes();
    let payers = lives.chunk_by(|one, other| one.customer == other.customer);
    same_customers(
        cohorts.iter().map(|cohort| cohort.len()).sum(),
        payers.count(),
    )?;
    let whole: Vec<&[(i32, u32)]> = cohorts
        .into_iter()
        .filter(|cohort| cohort[0].0 < over)
        .collect();
    let kept = whole.len().saturating_sub(MOST_COHORTS);
    Ok(whole[kept..]
        .iter()
        .map(|cohort| course(ledger, cohort, over))
        .collect())
}

/// What became of a cohort in every month that is over.
fn course(ledger: &Ledger, cohort: &[(i32, u32)], over: i32) -> Cohort {
    let size = cohort.len() as f64;
    let first = cohort[0].0;
    let mut customers_kept = Vec::new();
    let mut revenues = Vec::new();
    for month in first..over {
        let day = Date::from_month_index(month + 1).plus_days(-1);
        if !ledger.speaks_of(day) {
            break;
        }
        let paid = ledger.snapshot(day);
        let (mut paying, mut revenue) = (0_u64, 0_i128);
        for (_, customer) in cohort {
            let amount = paid[*customer as usize];
            paying += u64::from(amount > 0);
            revenue += i128::from(amount);
        }
        customers_kept.push(paying as f64 / size);
        revenues.push(revenue);
    }
    let revenue = revenues.first().copied().filter(|_| ledger.has_amounts);
    let base = revenue.filter(|revenue| *revenue > 0);
    Cohort {
        start: Date::from_month_index(first),
        customers: cohort.len() as u64,
        revenue: revenue.map(money),
        revenue_kept: base.map_or_else(Vec::new, |base| {
            let shares = revenues.iter().map(|later| money(*later) / money(base));
            shares.collect()
        }),
        customers_kept,
    }
}

/// Every customer who ever paid is in exactly one cohort.
fn same_customers(in_cohorts: usize, who_paid: usize) -> Outcome<()> {
    if in_cohorts == who_paid {
        return Ok(());
    }
    Err(Refusal::new(
        "cohorts_unequal",
        format!(
            "The cohorts hold {in_cohorts} customers, but {who_paid} have paid, so neither can be trusted."
        ),
        "Please report this as a fault of Kept.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cohorts_that_lose_a_customer_are_refused() {
        assert!(same_customers(7, 7).is_ok());
        assert_eq!(same_customers(6, 7).unwrap_err().code, "cohorts_unequal");
    }
}

//! What each customer bought on which day, from orders.

use crate::engine::base::Date;
use crate::engine::kpi::prelude::*;
use crate::engine::stats::buying::{Histories, History, Weeks};

/// The purchases of all customers: one entry a customer and day, those of a customer side by side.
#[derive(Clone, Debug, Default)]
pub struct Bought {
    /// Where the entries of each customer begin, and the end of the last.
    starts: Vec<u32>,
    /// Days, ascending within a customer.
    days: Vec<i32>,
    /// Amounts of the day, added up.
    amounts: Vec<f64>,
}

/// One customer's purchases.
#[derive(Clone, Copy, Debug)]
pub struct Own<'a> {
    /// Days, ascending, each once.
    pub days: &'a [i32],
    /// Amounts of each day, added up.
    pub amounts: &'a [f64],
}

impl Bought {
    /// Purchases up to the end of a day, of the rows that count. Orders of a day are one purchase.
    ///
    /// # Errors
    /// `no_rows_count`.
    pub fn up_to(scope: &Scope<'_>, last: Date) -> Outcome<Self> {
        let facts = scope.histories()?;
        let rows = facts.by_customer(scope.all_rows, last.0);
        let customer = |row: &u32| facts.customer(*row);
        let mut found = Self::default();
        let mut own: Vec<(i32, f64)> = Vec::new();
        for same in rows.chunk_by(|one, other| customer(one) == customer(other)) {
            own.clear();
            let places = same.iter().map(|row| *row as usize);
            own.extend(places.map(|row| (facts.days[row], facts.amounts[row])));
            own.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
            found.starts.push(found.days.len() as u32);
            for of_day in own.chunk_by(|one, other| one.0 == other.0) {
                found.days.push(of_day[0].0);
                found.amounts.push(of_day.iter().map(|it| it.1).sum());
            }
        }
        at_least_one(found.starts.len() as u64, "customers with an order")?;
        found.starts.push(found.days.len() as u32);
        Ok(found)
    }

    /// The customers, one after the other.
    pub fn customers(&self) -> impl Iterator<Item = Own<'_>> {
        self.starts.windows(2).map(|ends| {
            let own = ends[0] as usize..ends[1] as usize;
            Own {
                days: &self.days[own.clone()],
                amounts: &self.amounts[own],
            }
        })
    }

    /// The first day on which anyone bought.
    pub fn first_day(&self) -> Option<i32> {
        self.days.iter().min().copied()
    }

    /// What the models see at the end of a day. Customers who bought first after it are not there
    /// yet.
    pub fn histories(&self, last: i32) -> Histories {
        Histories::of(
            self.customers()
                .filter_map(|own| own.history(last))
                .collect(),
        )
    }
}

impl Own<'_> {
    /// The customer's history at the end of a day.
    pub fn history(&self, last: i32) -> Option<History> {
        let known = self.days.partition_point(|day| *day <= last);
        let first = *self.days[..known].first()?;
        let again = known - 1;
        let spent = math::sum(self.amounts[1..known.max(1)].iter().copied());
        Some(History {
            again: again as u32,
            last: Weeks::from_days(self.days[again] - first),
            age: Weeks::from_days(last - first),
            mean: if again > 0 { spent / again as f64 } else { 0.0 },
        })
    }
}

/// The last day that counts: that of the period, or of all.
///
/// # Errors
/// `no_dates`.
pub fn last_day(scope: &Scope<'_>) -> Outcome<Date> {
    let end = scope.window.map(|window| window.end.plus_days(-1));
    let last = match (end, scope.as_of) {
        (Some(end), Some(as_of)) => Some(end.min(as_of)),
        (end, as_of) => end.or(as_of),
    };
    last.ok_or_else(|| {
        Refusal::new(
            "no_dates",
            "No column says when orders were made.",
            "Say on the check page which column holds the date.",
        )
    })
}

//! Contracts that are signed and have not begun.

use super::book::{Ledger, Snapshot};
use crate::engine::base::Date;
use crate::engine::facts::reading::{self, Reading};
use crate::engine::roles::Role;
use crate::engine::table::Reason;

/// The days on which rows were signed, where a column says it. Rows that begin after the last day
/// that counts and were signed up to it count again: they are contracts, and no revenue as yet.
pub(super) fn read(reading: &Reading<'_>, reasons: &mut [Reason]) -> Vec<i32> {
    let Some(signed) = reading.instants_of(Role::SignedAt) else {
        return Vec::new();
    };
    let signed = reading::days(&signed);
    let horizon = horizon(reading);
    for (reason, day) in reasons.iter_mut().zip(&signed) {
        let is_known = *day != crate::engine::facts::NO_DAY && *day < horizon;
        if *reason == Reason::AfterAsOf && is_known {
            *reason = Reason::Used;
        }
    }
    signed
}

/// First day after the last one that counts; [`super::rows::NO_END`] where there is none.
pub(super) fn horizon(reading: &Reading<'_>) -> i32 {
    let last = reading.frame.as_of;
    last.map_or(super::rows::NO_END, |day| day.plus_days(1).0)
}

/// What a customer has signed for at the end of a day.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Contracted {
    /// The customer.
    pub customer: u32,
    /// Billionths a month that they pay on the day.
    pub live: i64,
    /// Billionths a month that they will pay when the last of their signed contracts begins.
    pub ahead: i64,
}

impl Contracted {
    /// What the signed contracts add to what the customer pays, with its sign.
    pub fn adds(&self) -> i128 {
        i128::from(self.ahead) - i128::from(self.live)
    }
}

impl Ledger {
    /// Customers with contracts that are signed up to the day and begin after it, by customer;
    /// absent where no column says when contracts were signed.
    ///
    /// A contract that takes the place of one that ends before it begins is not added to it: what
    /// counts is all that the customer pays on the day on which the last of them begins.
    pub fn contracted(&self, day: Date) -> Option<Vec<Contracted>> {
        if !self.knows_signatures() {
            return None;
        }
        let signed_by = |row: u32| self.signed_on(row).is_some_and(|signed| signed <= day.0);
        let ahead = || {
            let all = self.stretches().iter().chain(self.ahead());
            all.filter(|it| it.start > day.0 && it.end > it.start && signed_by(it.row))
        };
        let mut begins = vec![i32::MIN; self.customers()];
        for stretch in ahead() {
            let last = &mut begins[stretch.customer as usize];
            *last = (*last).max(stretch.start);
        }
        let mut then = vec![0_i64; self.customers()];
        let live = self
            .stretches()
            .iter()
            .filter(|it| it.start <= day.0 && it.end > day.0);
        for stretch in live.chain(ahead()) {
            let begins = begins[stretch.customer as usize];
            if stretch.start <= begins && begins < stretch.end {
                then[stretch.customer as usize] += stretch.amount;
            }
        }
        let now: Snapshot = self.snapshot(day);
        let of_customer = (0..).zip(begins.iter().zip(now.iter().zip(then)));
        let signed = of_customer.filter(|(_, (begins, _))| **begins != i32::MIN);
        let told = signed.map(|(customer, (_, (live, ahead)))| Contracted {
            customer,
            live: *live,
            ahead,
        });
        Some(told.collect())
    }
}

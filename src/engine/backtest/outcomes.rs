//! What became of accounts: who was a customer on a day, and who had left since.

use crate::engine::accounts::{AsOf, Source, revenue};
use crate::engine::base::Date;
use crate::engine::facts::NO_DAY;
use crate::engine::facts::renewals::Ended;

/// Whether each account was a customer at the end of a day, by ledgers alone: what a list says of
/// today says nothing about the day. Absent where no table has a ledger.
pub fn customers(sources: &[Source<'_>], as_of: AsOf) -> Option<Vec<Option<bool>>> {
    let ledgers = sources.iter().filter(|source| source.ledger.is_some());
    let known = ledgers.filter_map(|source| revenue::is_customer(source, as_of));
    known.reduce(|mut all, more| {
        for (one, more) in all.iter_mut().zip(more) {
            *one = one.or(more);
        }
        all
    })
}

/// The first day on which any ledger knows a customer.
pub fn first_day(sources: &[Source<'_>]) -> Option<Date> {
    let days = sources.iter().filter_map(|source| source.ledger);
    days.filter_map(crate::engine::facts::Ledger::first_day)
        .min()
}

/// Accounts that lost a renewal after one day and up to another: on the day of the decision, else
/// on the day on which it was due.
pub fn lost_renewals(
    sources: &[Source<'_>],
    accounts: usize,
    (after, to): (Date, Date),
) -> Vec<bool> {
    let mut lost = vec![false; accounts];
    for source in sources {
        let Some(renewals) = &source.facts.renewals else {
            continue;
        };
        for (row, account) in source.rows(&renewals.reasons) {
            let closed = renewals.closed.get(row).copied().unwrap_or(NO_DAY);
            let day = if closed == NO_DAY {
                renewals.days[row]
            } else {
                closed
            };
            let is_within = after.0 < day && day <= to.0;
            lost[account] |= is_within && renewals.outcomes[row] == Ended::Lost;
        }
    }
    lost
}

/// What became of an account that was looked back to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fate {
    /// It is a customer still.
    Kept,
    /// It had left by the last day that counts.
    Lost,
    /// It is not tested, for this reason.
    LeftOut(&'static str),
}

/// What became of an account that was a customer on the day, or why it is not tested.
///
/// An account that left and came back by the last day that counts is kept.
pub const fn fate(then: Option<bool>, now: Option<bool>, has_lost_renewal: bool) -> Fate {
    match (then, now) {
        (None, None) => Fate::LeftOut("customer_unknown"),
        (None, Some(_)) => Fate::LeftOut("began_later"),
        (Some(false), _) => Fate::LeftOut("left_before"),
        (Some(true), Some(false)) => Fate::Lost,
        (Some(true), _) if has_lost_renewal => Fate::Lost,
        (Some(true), Some(true)) => Fate::Kept,
        (Some(true), None) => Fate::LeftOut("outcome_unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_customers_of_the_day_whose_end_is_known_are_tested() {
        assert_eq!(fate(Some(true), Some(true), false), Fate::Kept);
        assert_eq!(fate(Some(true), Some(true), true), Fate::Lost);
        assert_eq!(fate(Some(true), Some(false), false), Fate::Lost);
        assert_eq!(
            fate(Some(false), Some(true), true),
            Fate::LeftOut("left_before")
        );
        assert_eq!(fate(None, Some(true), true), Fate::LeftOut("began_later"));
        assert_eq!(fate(None, None, false), Fate::LeftOut("customer_unknown"));
        assert_eq!(
            fate(Some(true), None, false),
            Fate::LeftOut("outcome_unknown")
        );
    }
}

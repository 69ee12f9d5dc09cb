//! What each customer has bought, with equal histories counted together.

use super::time::Weeks;
use crate::engine::base::math;

/// One customer's purchases as the models see them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct History {
    /// Days with a purchase after the day of the first one.
    pub again: u32,
    /// From the first purchase to the last one; 0 where there is but one.
    pub last: Weeks,
    /// From the first purchase to the end of the time that is looked at.
    pub age: Weeks,
    /// Mean amount of the repeat purchases, those of a day added up; 0 where there are none or
    /// amounts are not known.
    pub mean: f64,
}

/// Customers with the same counts and times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alike {
    /// Days with a purchase after the day of the first one.
    pub again: u32,
    /// From the first purchase to the last one.
    pub last: Weeks,
    /// From the first purchase to the end.
    pub age: Weeks,
    /// The place of `age` in [`Histories::ages`].
    pub age_place: u32,
    /// The place of `last` in [`Histories::lasts`].
    pub last_place: u32,
    /// The place of `again` in [`Histories::counts`].
    pub count_place: u32,
    /// How many customers.
    pub customers: f64,
    /// Their mean amounts, added up.
    pub means: f64,
}

/// What a customer who bought again spends at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spent {
    /// Days with a purchase after the day of the first one.
    pub again: u32,
    /// Mean amount of those.
    pub mean: f64,
    /// Its logarithm.
    pub log_mean: f64,
    /// The logarithm of all of it.
    pub log_spent: f64,
}

/// All customers, in an order that does not depend on that in which they were given.
#[derive(Clone, Debug, Default)]
pub struct Histories {
    /// Customers with the same counts and times, each together: those of a count and an age side by
    /// side.
    pub alike: Vec<Alike>,
    /// The different ages, ascending.
    pub ages: Vec<f64>,
    /// The different times of the last purchase, ascending.
    pub lasts: Vec<f64>,
    /// The different numbers of repeat purchases, ascending, each with how many customers.
    pub counts: Vec<(u32, f64)>,
    /// Of those who bought again for more than nothing: how often, and the mean amount; ascending.
    pub spent: Vec<Spent>,
    /// Customers.
    pub customers: u64,
}

impl Histories {
    /// Takes these customers. Times must be finite and at least 0, none last after its age.
    pub fn of(mut histories: Vec<History>) -> Self {
        histories.sort_unstable_by(|one, other| {
            (one.again.cmp(&other.again))
                .then(one.age.0.total_cmp(&other.age.0))
                .then(one.last.0.total_cmp(&other.last.0))
                .then(one.mean.total_cmp(&other.mean))
        });
        let ages = different(histories.iter().map(|it| it.age.0));
        let lasts = different(histories.iter().map(|it| it.last.0));
        let mut found = Self {
            spent: histories
                .iter()
                .filter(|it| it.again > 0 && it.mean > 0.0)
                .map(Spent::of)
                .collect(),
            customers: histories.len() as u64,
            ..Self::default()
        };
        let same = |one: &History, other: &History| {
            one.again == other.again
                && one.age.0.to_bits() == other.age.0.to_bits()
                && one.last.0.to_bits() == other.last.0.to_bits()
        };
        for group in histories.chunk_by(same) {
            let first = group[0];
            let customers = group.len() as f64;
            match found.counts.last_mut() {
                Some((again, all)) if *again == first.again => *all += customers,
                _ => found.counts.push((first.again, customers)),
            }
            let place = |of: &[f64], time: Weeks| of.partition_point(|it| *it < time.0) as u32;
            found.alike.push(Alike {
                again: first.again,
                last: first.last,
                age: first.age,
                age_place: place(&ages, first.age),
                last_place: place(&lasts, first.last),
                count_place: found.counts.len() as u32 - 1,
                customers,
                means: math::sum(group.iter().map(|it| it.mean)),
            });
        }
        found.ages = ages;
        found.lasts = lasts;
        found
    }

    /// Customers who bought again.
    pub fn repeat_customers(&self) -> u64 {
        let again = self.counts.iter().filter(|(again, _)| *again > 0);
        again.map(|(_, all)| *all).sum::<f64>() as u64
    }

    /// Repeat purchases, those of a day together.
    pub fn repeat_purchases(&self) -> f64 {
        self.counts
            .iter()
            .map(|(again, all)| f64::from(*again) * all)
            .sum()
    }

    /// How closely the mean amount goes with the number of repeat purchases: Pearson's correlation
    /// over those who bought again. `None` where either is the same for all.
    pub fn correlation(&self) -> Option<f64> {
        let n = self.spent.len() as f64;
        let mean_of = |of: fn(&Spent) -> f64| math::sum(self.spent.iter().map(of)) / n;
        let (count, amount) = (mean_of(|it| f64::from(it.again)), mean_of(|it| it.mean));
        let spent = self.spent.iter();
        let off = spent.map(|it| (f64::from(it.again) - count, it.mean - amount));
        let together = math::sum(off.clone().map(|(x, y)| x * y));
        let (wide, high) = (
            math::sum(off.clone().map(|(x, _)| x * x)),
            math::sum(off.map(|(_, y)| y * y)),
        );
        let found = together / math::sqrt(wide * high);
        found.is_finite().then_some(found)
    }
}

impl Spent {
    fn of(history: &History) -> Self {
        let log_mean = math::ln(history.mean);
        Self {
            again: history.again,
            mean: history.mean,
            log_mean,
            log_spent: log_mean + math::ln(f64::from(history.again)),
        }
    }
}

/// The different numbers, ascending.
fn different(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut found: Vec<f64> = numbers.collect();
    found.sort_unstable_by(f64::total_cmp);
    found.dedup_by(|one, other| one.to_bits() == other.to_bits());
    found
}

#[cfg(test)]
mod tests {
    use super::super::super::assert_close;
    use super::*;

    fn history(again: u32, last: f64, age: f64, mean: f64) -> History {
        History {
            again,
            last: Weeks(last),
            age: Weeks(age),
            mean,
        }
    }

    #[test]
    fn equal_histories_are_counted_together_whatever_their_order() {
        let mut given = vec![
            history(0, 0.0, 5.0, 0.0),
            history(2, 3.0, 5.0, 10.0),
            history(2, 3.0, 5.0, 20.0),
            history(0, 0.0, 5.0, 0.0),
            history(1, 3.0, 5.0, 7.0),
        ];
        let found = Histories::of(given.clone());
        given.reverse();
        assert_eq!(Histories::of(given).alike, found.alike);
        let told: Vec<(u32, f64, f64)> = found
            .alike
            .iter()
            .map(|it| (it.again, it.customers, it.means))
            .collect();
        assert_eq!(told, [(0, 2.0, 0.0), (1, 1.0, 7.0), (2, 2.0, 30.0)]);
        assert_eq!((found.customers, found.repeat_customers()), (5, 3));
        assert_close(found.repeat_purchases(), 5.0, 0.0);
        assert_close(
            found.correlation().unwrap(),
            16.0 / math::sqrt(556.0),
            1e-12,
        );
    }

    #[test]
    fn counts_are_told_once_and_amounts_of_those_who_paid_again() {
        let found = Histories::of(vec![
            history(0, 0.0, 5.0, 12.0),
            history(0, 0.0, 9.0, 0.0),
            history(2, 3.0, 5.0, 0.0),
            history(2, 4.0, 9.0, 30.0),
        ]);
        assert_eq!(found.counts, [(0, 2.0), (2, 2.0)]);
        let spent: Vec<(u32, f64)> = found.spent.iter().map(|it| (it.again, it.mean)).collect();
        assert_eq!(spent, [(2, 30.0)]);
    }
}

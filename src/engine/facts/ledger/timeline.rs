//! Every change of what a customer pays, day by day.

use super::rows::NO_END;

/// One stretch of recurring revenue of one customer.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// The customer, by their number in this ledger.
    pub customer: u32,
    /// The row that tells it.
    pub row: u32,
    /// First day that counts.
    pub start: i32,
    /// First day that no longer counts.
    pub end: i32,
    /// Billionths a month.
    pub amount: i64,
}

/// From one day on a customer pays another amount. Changes of one day are one step.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Step {
    /// The customer.
    pub customer: u32,
    /// The day from which the new amount holds.
    pub day: i32,
    /// Billionths a month before.
    pub from: i64,
    /// Billionths a month from that day on.
    pub to: i64,
}

/// A stretch without a gap in which a customer paid more than nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Lifetime {
    /// The customer.
    pub customer: u32,
    /// The first day.
    pub start: i32,
    /// The first day without payment; [`NO_END`] where it goes on.
    pub end: i32,
}

/// All steps of all customers, by customer and day.
pub fn steps(stretches: &[Stretch]) -> Vec<Step> {
    let mut deltas: Vec<(u32, i32, i64)> = Vec::with_capacity(stretches.len() * 2);
    for stretch in stretches.iter().filter(|it| it.start < it.end) {
        deltas.push((stretch.customer, stretch.start, stretch.amount));
        if stretch.end != NO_END {
            deltas.push((stretch.customer, stretch.end, -stretch.amount));
        }
    }
    deltas.sort_unstable_by_key(|(customer, day, _)| (*customer, *day));
    let mut steps = Vec::with_capacity(deltas.len());
    let mut paid = (u32::MAX, 0_i64);
    for same in deltas.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        let (customer, day, _) = same[0];
        let from = if paid.0 == customer { paid.1 } else { 0 };
        let to = from + same.iter().map(|(_, _, delta)| delta).sum::<i64>();
        paid = (customer, to);
        if from != to {
            steps.push(Step {
                customer,
                day,
                from,
                to,
            });
        }
    }
    steps
}

/// The stretches in which customers paid, by customer and start.
pub fn lifetimes(steps: &[Step]) -> Vec<Lifetime> {
    let mut lifetimes: Vec<Lifetime> = Vec::new();
    for step in steps {
        match (step.from > 0, step.to > 0) {
            (false, true) => lifetimes.push(Lifetime {
                customer: step.customer,
                start: step.day,
                end: NO_END,
            }),
            (true, false) => {
                if let Some(last) = lifetimes.last_mut() {
                    last.end = step.day;
                }
            }
            _ => {}
        }
    }
    lifetimes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(start: i32, end: i32, amount: i64) -> Stretch {
        Stretch {
            customer: 0,
            row: 0,
            start,
            end,
            amount,
        }
    }

    fn lived(stretches: &[Stretch]) -> Vec<(i32, i32)> {
        let steps = steps(stretches);
        let lives = lifetimes(&steps);
        lives.iter().map(|life| (life.start, life.end)).collect()
    }

    #[test]
    fn a_gap_of_a_day_is_a_departure_and_touching_stretches_are_not() {
        assert_eq!(lived(&[stretch(0, 10, 1), stretch(10, 20, 1)]), [(0, 20)]);
        assert_eq!(
            lived(&[stretch(11, 20, 1), stretch(0, 10, 1)]),
            [(0, 10), (11, 20)]
        );
    }

    #[test]
    fn a_credit_that_eats_all_is_a_departure() {
        let lines = [stretch(0, NO_END, 5), stretch(3, 6, -5)];
        assert_eq!(lived(&lines), [(0, 3), (6, NO_END)]);
    }

    #[test]
    fn changes_of_one_day_are_one_step() {
        let lines = [stretch(0, 5, 2), stretch(5, 9, 3)];
        let steps = steps(&lines);
        let amounts: Vec<(i32, i64, i64)> = steps.iter().map(|s| (s.day, s.from, s.to)).collect();
        assert_eq!(amounts, [(0, 0, 2), (5, 2, 3), (9, 3, 0)]);
    }
}

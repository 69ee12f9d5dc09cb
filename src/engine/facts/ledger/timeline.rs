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

/// Days that one counting pass may span: beyond these a comparing sort takes less.
const MOST_DAYS_COUNTED: usize = 1 << 16;

/// What a customer's revenue changes by on a day.
type Delta = (i32, i64);

/// All steps of all customers, by customer and day. `customers`: their numbers run below this.
pub fn steps(stretches: &[Stretch], customers: usize) -> Vec<Step> {
    let (mut deltas, ends) = by_customer(stretches, customers);
    let mut steps = Vec::with_capacity(deltas.len());
    let mut begin = 0;
    for (customer, end) in (0..).zip(ends) {
        let own = &mut deltas[begin..end];
        begin = end;
        own.sort_unstable_by_key(|(day, _)| *day);
        let mut paid = 0_i64;
        for same in own.chunk_by(|one, other| one.0 == other.0) {
            let from = paid;
            paid += same.iter().map(|(_, delta)| delta).sum::<i64>();
            if from != paid {
                steps.push(Step {
                    customer,
                    day: same[0].0,
                    from,
                    to: paid,
                });
            }
        }
    }
    steps
}

/// What changes when, those of one customer side by side, and where each customer's end. By
/// counting: a customer has few of them, and all together would take far longer to sort.
fn by_customer(stretches: &[Stretch], customers: usize) -> (Vec<Delta>, Vec<usize>) {
    let lasting = || stretches.iter().filter(|it| it.start < it.end);
    let mut ends = vec![0_usize; customers];
    for stretch in lasting() {
        ends[stretch.customer as usize] += 1 + usize::from(stretch.end != NO_END);
    }
    let mut all = 0;
    for end in &mut ends {
        // Where the customer's deltas begin; it moves to their end as they are put down.
        all += std::mem::replace(end, all);
    }
    let mut deltas = vec![(0, 0); all];
    for stretch in lasting() {
        let next = &mut ends[stretch.customer as usize];
        deltas[*next] = (stretch.start, stretch.amount);
        *next += 1;
        if stretch.end != NO_END {
            deltas[*next] = (stretch.end, -stretch.amount);
            *next += 1;
        }
    }
    (deltas, ends)
}

/// Steps that are sorted by customer, sorted by day and customer.
pub fn by_day(steps: &[Step]) -> Vec<Step> {
    let days = || steps.iter().map(|step| step.day);
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return Vec::new();
    };
    let mut sorted = steps.to_vec();
    let span = last.abs_diff(first) as usize + 1;
    if span > MOST_DAYS_COUNTED {
        sorted.sort_by_key(|step| step.day);
        return sorted;
    }
    let place = |step: &Step| step.day.abs_diff(first) as usize;
    let mut next = vec![0_usize; span];
    for step in steps {
        next[place(step)] += 1;
    }
    let mut before = 0;
    for count in &mut next {
        before += std::mem::replace(count, before);
    }
    for step in steps {
        let next = &mut next[place(step)];
        sorted[*next] = *step;
        *next += 1;
    }
    sorted
}

/// The first day on which each customer pays, [`NO_END`] for those who never do, by what the steps
/// tell.
pub fn first_starts_of(lifetimes: &[Lifetime], customers: usize) -> Vec<i32> {
    let mut starts = vec![NO_END; customers];
    for life in lifetimes {
        let first = &mut starts[life.customer as usize];
        *first = life.start.min(*first);
    }
    starts
}

/// The same without the steps; `None` where an amount is below nothing, because then only they tell.
pub fn first_starts(stretches: &[Stretch], customers: usize) -> Option<Vec<i32>> {
    let mut starts = vec![NO_END; customers];
    for stretch in stretches {
        if stretch.amount < 0 {
            return None;
        }
        if stretch.amount > 0 && stretch.start < stretch.end {
            let first = &mut starts[stretch.customer as usize];
            *first = stretch.start.min(*first);
        }
    }
    Some(starts)
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
        let steps = steps(stretches, 1);
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
        let steps = steps(&lines, 1);
        let amounts: Vec<(i32, i64, i64)> = steps.iter().map(|s| (s.day, s.from, s.to)).collect();
        assert_eq!(amounts, [(0, 0, 2), (5, 2, 3), (9, 3, 0)]);
    }

    #[test]
    fn customers_keep_their_own_steps_and_days_come_first_when_asked() {
        let of = |customer: u32, start: i32, end: i32| Stretch {
            customer,
            ..stretch(start, end, 4)
        };
        let far = i32::from(u16::MAX) * 3;
        for away in [7, far] {
            let lines = [of(2, 5, away), of(0, 6, NO_END), of(2, 1, 2), of(0, 6, 6)];
            let by_customer = steps(&lines, 3);
            let told = |steps: &[Step]| -> Vec<(u32, i32)> {
                steps.iter().map(|step| (step.customer, step.day)).collect()
            };
            let expected = [(0, 6), (2, 1), (2, 2), (2, 5), (2, away)];
            assert_eq!(told(&by_customer), expected);
            let expected = [(2, 1), (2, 2), (2, 5), (0, 6), (2, away)];
            assert_eq!(told(&by_day(&by_customer)), expected);
        }
    }

    #[test]
    fn first_days_are_those_of_the_lifetimes_unless_an_amount_is_below_nothing() {
        let free = stretch(0, 4, 0);
        let lines = [stretch(7, 9, 2), free, stretch(3, 3, 5), stretch(5, 6, 1)];
        assert_eq!(first_starts(&lines, 2), Some(vec![5, NO_END]));
        assert_eq!(lived(&lines)[0].0, 5);
        assert_eq!(first_starts(&[stretch(0, 9, -1)], 1), None);
    }
}

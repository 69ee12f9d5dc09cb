//! Scores from 1 to 5 by how recently, how often and for how much customers ordered.
//!
//! By fifths, equal values always get the same score, so a score may be held by nobody, and where
//! most customers ordered once, all of these get 1 for it: they ordered more often than nobody.

use super::choices::Choices;
use super::customers::Customer;

/// How one customer scores; 5 is best.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Scores {
    /// How recently they last ordered.
    pub recency: u8,
    /// How often they ordered.
    pub frequency: u8,
    /// For how much.
    pub monetary: u8,
}

/// The scores of customers with orders, in their order; none where one has no orders.
///
/// Recency: 5 less the whole fifths of the customers who ordered later than this one. Frequency and
/// amount: 1 more than the whole fifths of the customers who ordered less often, or for less. So
/// with all different values each score holds a fifth, as Hughes has it, and what is equal stays
/// together. With edges of the user's own the edges alone decide.
///
/// # Source
/// Hughes (1994), "Strategic Database Marketing" (fifths of recency, frequency and monetary value).
pub fn of_all(customers: &[Customer], choices: &Choices) -> Option<Vec<Scores>> {
    let orders = customers.iter().map(|it| it.orders);
    let orders: Vec<_> = orders.collect::<Option<_>>()?;
    let column = |value: &dyn Fn(usize) -> i128| (0..customers.len()).map(value).collect();
    // Fewer days ago is better, so days count below nothing.
    let recency: Vec<i128> = column(&|place| -i128::from(orders[place].days_ago));
    let frequency: Vec<i128> = column(&|place| i128::from(orders[place].count));
    let amounts: Vec<i128> = column(&|place| customers[place].amount);
    let within = |edges: &[f64; 4], days: f64| {
        let missed = edges.iter().filter(|edge| days > **edge).count();
        5 - missed as u8
    };
    let from = |edges: &[f64; 4], value: f64| {
        let reached = edges.iter().filter(|edge| value >= **edge).count();
        1 + reached as u8
    };
    let recency: Vec<u8> = match &choices.recency_days {
        Some(edges) => recency
            .iter()
            .map(|it| within(edges, -*it as f64))
            .collect(),
        None => fifths(&recency, Ties::Up),
    };
    let frequency: Vec<u8> = match &choices.frequency_orders {
        Some(edges) => frequency.iter().map(|it| from(edges, *it as f64)).collect(),
        None => fifths(&frequency, Ties::Down),
    };
    let monetary: Vec<u8> = match &choices.amounts {
        Some(edges) => {
            let amounts = amounts.iter().map(|it| super::customers::money(*it));
            amounts.map(|it| from(edges, it)).collect()
        }
        None => fifths(&amounts, Ties::Down),
    };
    let each = recency.into_iter().zip(frequency).zip(monetary);
    let scores = each.map(|((recency, frequency), monetary)| Scores {
        recency,
        frequency,
        monetary,
    });
    Some(scores.collect())
}

/// Which score equal values get where they span several.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Ties {
    /// The best of them: nobody was later.
    Up,
    /// The lowest of them: nobody did less.
    Down,
}

/// Fifths by rank, the highest values 5.
fn fifths(values: &[i128], ties: Ties) -> Vec<u8> {
    let count = values.len();
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let score = |value: &i128| match ties {
        Ties::Down => {
            let less = sorted.partition_point(|it| it < value);
            1 + (5 * less).div_euclid(count) as u8
        }
        Ties::Up => {
            let more = count - sorted.partition_point(|it| it <= value);
            5 - (5 * more).div_euclid(count) as u8
        }
    };
    values.iter().map(score).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_values_fall_into_equal_fifths() {
        let values: Vec<i128> = (0..100).map(|it| (it * 37) % 100).collect();
        for ties in [Ties::Up, Ties::Down] {
            let scores = fifths(&values, ties);
            for (value, score) in values.iter().zip(&scores) {
                assert_eq!(i128::from(*score), 1 + value.div_euclid(20));
            }
        }
    }

    #[test]
    fn equal_values_have_equal_scores() {
        // Six of ten bought once, two twice, one three times, one nine times.
        let values = [1, 1, 2, 1, 1, 3, 1, 2, 1, 9];
        assert_eq!(fifths(&values, Ties::Down), [1, 1, 4, 1, 1, 5, 1, 4, 1, 5]);
        assert_eq!(fifths(&values, Ties::Up), [3, 3, 4, 3, 3, 5, 3, 4, 3, 5]);
        assert_eq!(fifths(&[7; 4], Ties::Down), [1; 4]);
        assert_eq!(fifths(&[7; 4], Ties::Up), [5; 4]);
        assert_eq!(fifths(&[7], Ties::Up), [5]);
        assert_eq!(fifths(&[], Ties::Up), [0_u8; 0]);
    }
}

//! Value bands: the customers who make the first four fifths of the revenue, and the rest.

use super::choices::Choices;
use super::customers::Customer;

/// Where a customer stands by what they bring.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Band {
    /// Those who bring most, up to the first edge.
    A,
    /// The next, up to the second edge.
    B,
    /// The rest.
    C,
}

impl Band {
    /// All, the highest first.
    pub const ALL: [Self; 3] = [Self::A, Self::B, Self::C];

    /// The name in the report and in questions about rows.
    pub const fn id(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
            Self::C => "c",
        }
    }
}

/// The band of each customer, in their order; none where nobody brings anything.
///
/// By amount, the highest first: a customer is in A while those before bring less than 80 % of the
/// revenue together, in B while less than 95 %, else in C; so whoever crosses an edge is above it.
/// Customers with equal amounts share the band of the first of them. Amounts of nothing or less
/// count as nothing, and are in C.
///
/// # Source
/// Dickie (1951), "ABC inventory analysis shoots for dollars, not pennies"; the edges of 80 and
/// 95 % after Pareto are the usual ones.
pub fn of_all(customers: &[Customer], choices: &Choices) -> Option<Vec<Band>> {
    let mut order: Vec<usize> = (0..customers.len()).collect();
    order.sort_unstable_by_key(|place| std::cmp::Reverse(customers[*place].amount));
    let amount = |place: &usize| customers[*place].amount.max(0);
    let total: i128 = order.iter().map(amount).sum();
    if total <= 0 {
        return None;
    }
    let mut bands = vec![Band::C; customers.len()];
    let mut before = 0_i128;
    for same in order.chunk_by(|one, other| amount(one) == amount(other)) {
        let share = before as f64 / total as f64;
        // A billionth more or less is rounding of the edges, which are decimal shares.
        let band = if share < choices.a_until - 1e-9 {
            Band::A
        } else if share < choices.b_until - 1e-9 {
            Band::B
        } else {
            Band::C
        };
        for place in same {
            before += amount(place);
            bands[*place] = if amount(place) > 0 { band } else { Band::C };
        }
    }
    Some(bands)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bands(amounts: &[i128]) -> Option<Vec<Band>> {
        let customers: Vec<Customer> = (0..)
            .zip(amounts)
            .map(|(number, amount)| Customer {
                number,
                amount: *amount,
                orders: None,
            })
            .collect();
        of_all(&customers, &Choices::default())
    }

    #[test]
    fn whoever_crosses_an_edge_is_above_it() {
        use Band::{A, B, C};
        // 50, 80, 90, 95 and 100 % with each.
        assert_eq!(bands(&[5, 50, 10, 30, 5]), Some(vec![B, A, B, A, B]));
        assert_eq!(bands(&[70, 26, 3, 1]), Some(vec![A, A, C, C]));
        assert_eq!(bands(&[4, 4, 4]), Some(vec![A; 3]));
        assert_eq!(bands(&[9]), Some(vec![A]));
    }

    #[test]
    fn who_brings_nothing_is_in_the_last_band() {
        use Band::{A, C};
        assert_eq!(bands(&[10, 0, -20]), Some(vec![A, C, C]));
        assert_eq!(bands(&[0, -1]), None);
        assert_eq!(bands(&[]), None);
    }
}

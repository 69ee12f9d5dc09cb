//! The group of each customer.

use super::bands::{self, Band};
use super::choices::Choices;
use super::customers::{Customer, Customers};
use super::names::Segment;
use super::scores::{self, Scores};

/// Where one customer stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The customer and what they brought.
    pub customer: Customer,
    /// The scores and the segment that they make; absent where no orders are known.
    pub segment: Option<(Scores, Segment)>,
    /// The band; absent where nobody brings anything.
    pub band: Option<Band>,
}

/// Where every customer stands, by number.
pub fn place(customers: &Customers, choices: &Choices) -> Vec<Placed> {
    let scores = scores::of_all(&customers.all, choices);
    let bands = bands::of_all(&customers.all, choices);
    let all = customers.all.iter().enumerate();
    all.map(|(place, customer)| {
        let scores = scores.as_ref().and_then(|all| all.get(place)).copied();
        Placed {
            customer: *customer,
            segment: scores.map(|scores| (scores, Segment::of(scores))),
            band: bands.as_ref().and_then(|all| all.get(place)).copied(),
        }
    })
    .collect()
}

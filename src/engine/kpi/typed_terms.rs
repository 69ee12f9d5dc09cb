//! Typed figures whose names differ from the parts of the formulas that take them, because a table
//! of typed figures may hold customers and money of the same name.

use super::definition::Part;
use crate::engine::base::Unit;

const fn term(name: &'static str, unit: Unit, says: &'static str) -> Part {
    Part { name, unit, says }
}

/// Typed figures by name, with unit and words.
pub const TYPED_TERMS: &[Part] = &[
    term(
        "opening_revenue",
        Unit::Money,
        "recurring revenue a month at the start of the period",
    ),
    term(
        "new_revenue",
        Unit::Money,
        "recurring revenue a month of customers who never paid before",
    ),
    term(
        "monthly_recurring_revenue",
        Unit::Money,
        "recurring revenue a month at the end of the period",
    ),
    term(
        "monthly_revenue",
        Unit::Money,
        "what one customer pays a month",
    ),
    term(
        "acquisition_cost",
        Unit::Money,
        "what it costs to win one customer",
    ),
    term(
        "spend",
        Unit::Money,
        "spent on sales and marketing in the period",
    ),
    term(
        "expansion",
        Unit::Money,
        "more a month from customers who stayed",
    ),
    term("amount_due", Unit::Money, "amounts due for renewal"),
    term(
        "amount_renewed",
        Unit::Money,
        "amounts renewed, with upsell",
    ),
    term(
        "departures",
        Unit::Count,
        "customers who left within the period",
    ),
    term(
        "voluntary_revenue",
        Unit::Money,
        "lost by the customers' own decision",
    ),
    term(
        "involuntary_revenue",
        Unit::Money,
        "lost because a payment failed",
    ),
    term(
        "returned",
        Unit::Count,
        "of them, customers who came back within the period",
    ),
    term(
        "passed",
        Unit::Count,
        "of them, customers who had only joined within the period",
    ),
];

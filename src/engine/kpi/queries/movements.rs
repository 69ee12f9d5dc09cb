//! What became of customers between the two ends of a window, as SQL.

use crate::engine::sql::expression::{
    Expr, all, any, name, number, rows_where, sum, sum_where, whole,
};

/// Billionths in one unit of money: whole numbers, so that sums are exact.
pub(super) const BILLION: f64 = 1e9;

/// An amount of billionths as money.
pub fn money(is: Expr) -> Expr {
    is.over(number(BILLION))
}

/// What became of a customer between the ends.
pub mod was {
    use super::{Expr, all, name, whole};

    fn zero() -> Expr {
        whole(0)
    }

    /// Paid at the start.
    pub fn paying() -> Expr {
        name("opening").above(zero())
    }

    /// Pays at the end.
    pub fn still() -> Expr {
        name("closing").above(zero())
    }

    /// Paid for the first time in the window.
    pub fn first() -> Expr {
        all(vec![
            name("first_day").at_least(name("period_start")),
            name("first_day").below(name("period_end")),
        ])
    }

    /// Pays at the end, and never paid before the window.
    pub fn new() -> Expr {
        all(vec![
            name("opening").at_most(zero()),
            still(),
            name("first_day").at_least(name("period_start")),
        ])
    }

    /// Pays again.
    pub fn back() -> Expr {
        all(vec![
            name("opening").at_most(zero()),
            still(),
            name("first_day").below(name("period_start")),
        ])
    }

    /// Pays no longer.
    pub fn gone() -> Expr {
        all(vec![paying(), name("closing").at_most(zero())])
    }

    /// Paid and pays more.
    pub fn more() -> Expr {
        all(vec![
            paying(),
            still(),
            name("closing").above(name("opening")),
        ])
    }

    /// Paid and pays less.
    pub fn less() -> Expr {
        all(vec![
            paying(),
            still(),
            name("closing").below(name("opening")),
        ])
    }

    /// Owes more, or is owed less, at the end, and pays at neither.
    pub fn credit(more: bool) -> Expr {
        let (closing, opening) = (name("closing"), name("opening"));
        let changed = if more {
            closing.above(opening)
        } else {
            closing.below(opening)
        };
        all(vec![
            name("opening").at_most(zero()),
            name("closing").at_most(zero()),
            changed,
        ])
    }
}

/// The terms of movements, in money and in customers, under the names of the engine.
pub fn movements() -> Vec<(&'static str, Expr)> {
    let change = || name("closing").minus(name("opening"));
    let amount = |which: Expr, is: Expr| money(sum_where(which, is).or(whole(0)));
    let raised = || any(vec![was::more(), was::credit(true)]);
    let cut = || any(vec![was::less(), was::credit(false)]);
    vec![
        ("opening_revenue", money(sum(name("opening")))),
        ("new", amount(was::new(), change())),
        ("reactivation", amount(was::back(), change())),
        ("expansion", amount(raised(), change())),
        ("contraction", amount(cut(), whole(0).minus(change()))),
        ("churn", amount(was::gone(), whole(0).minus(change()))),
        ("closing_revenue", money(sum(name("closing")))),
        ("customers", rows_where(was::still())),
        ("opening_customers", rows_where(was::paying())),
        ("new_customers", rows_where(was::new())),
        ("reactivated_customers", rows_where(was::back())),
        ("expanded_customers", rows_where(raised())),
        ("contracted_customers", rows_where(cut())),
        ("churned_customers", rows_where(was::gone())),
    ]
}

/// The parts of a figure that tells all movements.
pub fn movement_parts() -> Vec<(&'static str, Expr)> {
    let own = movements().into_iter();
    own.map(|(term, _)| match term {
        "opening_revenue" => ("opening", name(term)),
        "closing_revenue" => ("closing", name(term)),
        _ => (term, name(term)),
    })
    .collect()
}

/// Somebody pays at an end of the window.
pub fn anyone_pays() -> Expr {
    name("customers")
        .plus(name("opening_customers"))
        .above(whole(0))
}

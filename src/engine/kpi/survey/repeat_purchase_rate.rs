//! Repeat purchase rate: how many customers buy again?

use crate::engine::kpi::on_counts::{part, rule, share, sums};
use crate::engine::kpi::prelude::*;

const ORDERS: Basis = Basis::Purchases;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "repeat_purchase_rate",
    edition: 1,
    name: "Repeat purchase rate",
    short: None,
    family: "survey",
    question: "What share of customers buys again?",
    definition: "Customers with at least two orders in the period, divided by the customers with at least one: what customers do about their loyalty, beside what they say. Orders without a customer, cancelled orders and amounts of zero or less (returns, credits, corrections) are left out.",
    formula: "customers with two orders or more ÷ customers",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: &[
        Need {
            kind: Kind::Order,
            roles: &[&[Role::Customer], &[Role::OrderedAt]],
            basis: ORDERS,
            expected: Expected::Usually,
            beside: Beside::Nothing,
        },
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        rule(
            "two_orders",
            "Two orders or more",
            "Customers with two orders or more in the period ÷ customers with an order in it.",
            "Common definition (repeat customers ÷ customers)",
            &[(ORDERS, two_orders), (Basis::Typed, typed)],
        ),
        rule(
            "two_days",
            "Orders on two days or more",
            "As two orders or more, and orders of the same day count as one.",
            "Fader and Hardie, CDNOW: purchases of one day are one purchase",
            &[(ORDERS, two_days)],
        ),
        rule(
            "returning",
            "Customers who had bought before",
            "Customers with an order in the period who have ordered before it in the table, or twice in it ÷ customers with an order in it.",
            "Shopify, returning customer rate: customers with more than one order in their history",
            &[(ORDERS, returning)],
        ),
        rule(
            "within_days",
            "A second order within 90 days",
            "Customers whose first order falls in the period and who ordered again within 90 days (a setting) ÷ those whose first order is at least so long before the last day.",
            "Kept; a cohort in which everybody had the same time",
            &[(ORDERS, within_days)],
        ),
        rule(
            "orders",
            "Orders of returning customers",
            "Orders that are not the customer's first ÷ orders of known customers.",
            "Common in dashboards of shops",
            &[(ORDERS, of_orders), (Basis::Typed, typed_of_orders)],
        ),
    ],
    settings: &[Setting {
        name: "days",
        takes: Takes::Number,
        default: "90",
        says: "For a second order within so many days: how many.",
    }],
    parts: &[
        part(
            "repeat_customers",
            Unit::Count,
            "customers who bought again, as the rule counts",
        ),
        part(
            "customers",
            Unit::Count,
            "customers with an order; of a first order, as the rule counts",
        ),
        part(
            "repeat_orders",
            Unit::Count,
            "orders that are not the customer's first",
        ),
        part("orders", Unit::Count, "orders of known customers"),
        part("orders_per_customer", Unit::Times, "orders ÷ customers"),
        part(
            "too_young",
            Unit::Count,
            "customers whose first order is too young to be judged",
        ),
        part(
            "numerator",
            Unit::Count,
            "customers, or orders, that count as repeated",
        ),
        part("denominator", Unit::Count, "customers, or orders"),
    ],
    limits: &[
        "Long periods give higher rates, because there is more time to come back: compare periods of one length, or choose a second order within so many days.",
        "A customer with two accounts counts as two, and orders as a guest are not seen.",
        "Who bought before the table begins looks new.",
    ],
    examples: &[
        Example {
            name: "two_of_three_customers_buy_again",
            pasted: "order_id,order_date,customer_id,total\n1,2025-01-02,a,10\n2,2025-01-02,a,20\n3,2025-01-03,b,30\n4,2025-02-01,b,10\n5,2025-02-03,c,10\n6,2025-02-04,c,-10\n7,2025-02-05,,15\n",
            options: "",
            gives: Gives::Value(
                2.0 / 3.0,
                &[
                    ("repeat_customers", 2.0),
                    ("customers", 3.0),
                    ("orders", 5.0),
                ],
            ),
        },
        Example {
            name: "orders_of_one_day_are_one",
            pasted: "order_id,order_date,customer_id,total\n1,2025-01-02,a,10\n2,2025-01-02,a,20\n3,2025-01-03,b,30\n4,2025-02-01,b,10\n5,2025-02-03,c,10\n",
            options: r#"{"variants":{"repeat_purchase_rate":"two_days"}}"#,
            gives: Gives::Value(1.0 / 3.0, &[]),
        },
        Example {
            name: "in_february_one_of_two_had_bought_before",
            pasted: "order_id,order_date,customer_id,total\n1,2025-01-02,a,10\n2,2025-01-02,a,20\n3,2025-01-03,b,30\n4,2025-02-01,b,10\n5,2025-02-03,c,10\n",
            options: r#"{"as_of":"2025-02-28","period":{"unit":"month"},"variants":{"repeat_purchase_rate":"returning"}}"#,
            gives: Gives::Value(0.5, &[("customers", 2.0)]),
        },
        Example {
            name: "again_within_a_week",
            pasted: "order_id,order_date,customer_id\n1,2025-01-02,a\n2,2025-01-08,a\n3,2025-01-03,b\n4,2025-02-01,b\n5,2025-02-27,c\n",
            options: r#"{"as_of":"2025-02-28","variants":{"repeat_purchase_rate":"within_days"},"settings":{"repeat_purchase_rate.days":7}}"#,
            gives: Gives::Value(0.5, &[("customers", 2.0), ("too_young", 1.0)]),
        },
        Example {
            name: "two_of_five_orders_are_repeated",
            pasted: "order_id,order_date,customer_id,total\n1,2025-01-02,a,10\n2,2025-01-02,a,20\n3,2025-01-03,b,30\n4,2025-02-01,b,10\n5,2025-02-03,c,10\n",
            options: r#"{"variants":{"repeat_purchase_rate":"orders"}}"#,
            gives: Gives::Value(0.4, &[("repeat_orders", 2.0)]),
        },
        Example {
            name: "typed_figures",
            pasted: "repeat customers,customers\n2845,4338\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(2845.0 / 4338.0, &[]),
        },
        Example {
            name: "only_returns_are_refused",
            pasted: "order_id,order_date,customer_id,total\n1,2025-01-02,a,-10.00\n2,2025-01-03,b,0.00\n",
            options: "",
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};

/// The orders that count, those of a customer side by side and by day.
fn by_customer(scope: &Scope<'_>) -> Outcome<Vec<u64>> {
    let purchases = scope.purchases()?;
    let rows = scope.rows.iter().map(|row| *row as usize);
    let first_rows = rows.filter(|row| purchases.places[*row] > 0);
    // The customer above, the day below: one comparison sorts by both.
    let day = |row: usize| (i64::from(purchases.days[row]) - i64::from(i32::MIN)) as u64;
    let mut orders: Vec<u64> = first_rows
        .map(|row| (u64::from(purchases.customers[row]) << 32) | day(row))
        .collect();
    orders.sort_unstable();
    Ok(orders)
}

/// The customer of an entry of [`by_customer`].
const fn customer(order: u64) -> u64 {
    order >> 32
}

fn estimate(repeated: u64, customers: u64, orders: u64) -> Outcome<Estimate> {
    let mut found = share(
        ("repeat_customers", repeated as f64),
        ("customers", customers as f64),
    )?;
    found.parts.push(("orders", orders as f64));
    let each = orders as f64 / customers as f64;
    found.parts.push(("orders_per_customer", each));
    Ok(found)
}

/// Customers of whom the orders, by day, are repeated.
fn customers(scope: &Scope<'_>, is_repeated: impl Fn(&[u64]) -> bool) -> Outcome<Estimate> {
    let orders = by_customer(scope)?;
    let (mut repeated, mut all) = (0_u64, 0_u64);
    for own in orders.chunk_by(|one, other| customer(*one) == customer(*other)) {
        all += 1;
        repeated += u64::from(is_repeated(own));
    }
    estimate(repeated, all, orders.len() as u64)
}

fn two_orders(scope: &Scope<'_>) -> Outcome<Estimate> {
    customers(scope, |own| own.len() > 1)
}

fn two_days(scope: &Scope<'_>) -> Outcome<Estimate> {
    customers(scope, |own| own.first() != own.last())
}

fn returning(scope: &Scope<'_>) -> Outcome<Estimate> {
    let purchases = scope.purchases()?;
    let rows = scope.rows.iter().map(|row| *row as usize);
    let mut orders: Vec<(u32, bool)> = rows
        .filter(|row| purchases.places[*row] > 0)
        .map(|row| (purchases.customers[row], purchases.places[row] > 1))
        .collect();
    orders.sort_unstable();
    let (mut repeated, mut all) = (0_u64, 0_u64);
    for own in orders.chunk_by(|one, other| one.0 == other.0) {
        all += 1;
        repeated += u64::from(own.iter().any(|(_, again)| *again));
    }
    estimate(repeated, all, orders.len() as u64)
}

fn within_days(scope: &Scope<'_>) -> Outcome<Estimate> {
    let purchases = scope.purchases()?;
    let limit = scope.setting("repeat_purchase_rate.days").unwrap_or(90.0);
    let last = scope.as_of.map_or(f64::INFINITY, |day| f64::from(day.0));
    let (mut repeated, mut all, mut young) = (0_u64, 0_u64, 0_u64);
    for row in scope.rows.iter().map(|row| *row as usize) {
        if purchases.places[row] != 1 {
            continue;
        }
        if f64::from(purchases.days[row]) + limit > last {
            young += 1;
            continue;
        }
        let gap = purchases.days_to_next[row];
        all += 1;
        repeated += u64::from(gap != u32::MAX && f64::from(gap) <= limit);
    }
    let mut found = share(
        ("repeat_customers", repeated as f64),
        ("customers", all as f64),
    )?;
    found.parts.push(("too_young", young as f64));
    Ok(found)
}

fn of_orders(scope: &Scope<'_>) -> Outcome<Estimate> {
    let purchases = scope.purchases()?;
    let places = scope.rows.iter().map(|row| purchases.places[*row as usize]);
    let orders = places.clone().filter(|place| *place > 0).count();
    let repeated = places.filter(|place| *place > 1).count();
    share(
        ("repeat_orders", repeated as f64),
        ("orders", orders as f64),
    )
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [repeated, customers] = sums(scope, ["repeat_customers", "customers"])?;
    share(("repeat_customers", repeated), ("customers", customers))
}

fn typed_of_orders(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [repeated, orders] = sums(scope, ["repeat_orders", "orders"])?;
    share(("repeat_orders", repeated), ("orders", orders))
}

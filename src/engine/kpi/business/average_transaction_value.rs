//! Average transaction value: how much is one order worth?

use crate::engine::facts::Measure;
use crate::engine::facts::orders::Orders;
use crate::engine::kpi::on_counts::{counted, part, ratio, rule, sums, untold};
use crate::engine::kpi::prelude::*;
use stats::mean::{self, Moments};
use stats::quantile;
use stats::ranked::Ranked;

const SALES: Basis = Basis::Counts(Measure::Sales);

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "average_transaction_value",
    edition: 1,
    name: "Average transaction value",
    short: Some("AOV"),
    family: "business",
    question: "How much is one order worth?",
    definition: "Revenue divided by the number of orders. Orders with an amount of zero or less (returns, credits, corrections) and cancelled orders are left out; rows of the same order are added up. Tax, shipping and discounts count as the column of amounts holds them.",
    formula: "revenue ÷ orders",
    unit: Unit::Money,
    better: Better::Higher,
    needs: &[
        Need {
            kind: Kind::Order,
            roles: &[&[Role::Amount]],
            basis: Basis::Orders,
            expected: Expected::Usually,
            beside: Beside::Nothing,
        },
        counted(
            Kind::Funnel,
            &[&[Role::Amount], &[Role::Purchases]],
            Measure::Sales,
            Expected::Sometimes,
        ),
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        rule(
            "mean",
            "Mean of orders",
            "Revenue divided by orders.",
            "Common definition; amounts as they stand in the column, with or without tax and shipping",
            &[
                (Basis::Orders, mean_value),
                (SALES, of_sums),
                (Basis::Typed, of_sums),
            ],
        ),
        rule(
            "median",
            "Median of orders",
            "Half of the orders are worth less. A few large orders do not move it.",
            "Common reading for skewed amounts",
            &[(Basis::Orders, median_value)],
        ),
        rule(
            "net_of_refunds",
            "Net of refunds",
            "What was given back is taken off each order; an order that was given back whole still counts as one.",
            "Shopify, net sales: refunds taken off; needs a column of refunds",
            &[
                (Basis::Orders, net_of_refunds),
                (Basis::Typed, typed_net_of_refunds),
            ],
        ),
        rule(
            "without_tax",
            "Without tax",
            "The tax of a column of its own is taken off each order, unless the header of the amounts says that they are net.",
            "Common in Europe, where prices hold the tax",
            &[
                (Basis::Orders, without_tax),
                (Basis::Typed, typed_without_tax),
            ],
        ),
        rule(
            "without_shipping",
            "Without shipping",
            "The shipping of a column of its own is taken off each order, unless the header of the amounts says that they are net.",
            "Google Analytics, item revenue: without shipping",
            &[
                (Basis::Orders, without_shipping),
                (Basis::Typed, typed_without_shipping),
            ],
        ),
        rule(
            "without_tax_and_shipping",
            "Without tax and shipping",
            "Both are taken off each order, unless the header of the amounts says that they are net.",
            "Google Analytics, item revenue: without tax and shipping",
            &[
                (Basis::Orders, goods_alone),
                (Basis::Typed, typed_goods_alone),
            ],
        ),
        rule(
            "with_tax_and_shipping",
            "With tax and shipping",
            "Where the header of the amounts says that they are net, tax and shipping are added to each order; else it is the mean.",
            "Shopify, total sales",
            &[(Basis::Orders, all_that_was_paid)],
        ),
        rule(
            "known_customers",
            "Orders of known customers",
            "The mean of the orders that name their customer.",
            "Common with cohorts of customers, which cannot hold other orders",
            &[(Basis::Orders, of_known_customers)],
        ),
        rule(
            "per_visit",
            "Revenue a visit",
            "Revenue divided by visits, with those that bought nothing: another number than the value of an order.",
            "“Top 12 Customer Success Metrics”: what a customer spends per visit",
            &[(SALES, per_visit), (Basis::Typed, per_visit)],
        ),
    ],
    settings: &[],
    parts: &[
        part(
            "revenue",
            Unit::Money,
            "amounts added up, as the rule counts",
        ),
        part("orders", Unit::Count, "orders"),
        part("median", Unit::Money, "half of the orders are worth less"),
        part("refunds", Unit::Money, "what was given back"),
        part("tax", Unit::Money, "tax"),
        part("shipping", Unit::Money, "shipping"),
        part("visits", Unit::Count, "visits"),
        part("numerator", Unit::Money, "revenue"),
        part("denominator", Unit::Count, "orders, or visits"),
    ],
    limits: &[
        "A few large orders can carry the mean: see the median.",
        "Returns written as orders of their own, with an amount below zero, are left out by every rule and not taken off the revenue; only a column of refunds is.",
        "In a list of things bought, amounts are added up by order number; without one, each row is an order.",
    ],
    examples: &[
        Example {
            name: "returns_are_left_out_and_lines_of_an_order_are_added",
            pasted: "InvoiceNo,InvoiceDate,Amount\n1,2025-01-02,10.00\n1,2025-01-02,20.00\n2,2025-01-03,50.00\nC3,2025-01-04,-50.00\n4,2025-01-05,100.00\n",
            options: "",
            gives: Gives::Value(
                60.0,
                &[("revenue", 180.0), ("orders", 3.0), ("median", 50.0)],
            ),
        },
        Example {
            name: "what_was_given_back_is_taken_off",
            pasted: "order_id,order_date,total,tax,shipping,refunded amount\n1,2025-01-02,119,19,5,0\n2,2025-01-03,238,38,5,119\n",
            options: r#"{"variants":{"average_transaction_value":"net_of_refunds"}}"#,
            gives: Gives::Value(119.0, &[("refunds", 119.0), ("orders", 2.0)]),
        },
        Example {
            name: "without_tax",
            pasted: "order_id,order_date,total,tax,shipping,refunded amount\n1,2025-01-02,119,19,5,0\n2,2025-01-03,238,38,5,119\n",
            options: r#"{"variants":{"average_transaction_value":"without_tax"}}"#,
            gives: Gives::Value(150.0, &[("tax", 57.0)]),
        },
        Example {
            name: "without_shipping",
            pasted: "order_id,order_date,total,tax,shipping,refunded amount\n1,2025-01-02,119,19,5,0\n2,2025-01-03,238,38,5,119\n",
            options: r#"{"variants":{"average_transaction_value":"without_shipping"}}"#,
            gives: Gives::Value(173.5, &[("shipping", 10.0)]),
        },
        Example {
            name: "the_goods_alone",
            pasted: "order_id,order_date,total,tax,shipping,refunded amount\n1,2025-01-02,119,19,5,0\n2,2025-01-03,238,38,5,119\n",
            options: r#"{"variants":{"average_transaction_value":"without_tax_and_shipping"}}"#,
            gives: Gives::Value(145.0, &[]),
        },
        Example {
            name: "tax_and_shipping_are_added_to_a_subtotal",
            pasted: "order_id,order_date,subtotal,tax,shipping\n1,2025-01-02,100,19,5\n2,2025-01-03,200,38,5\n",
            options: r#"{"variants":{"average_transaction_value":"with_tax_and_shipping"}}"#,
            gives: Gives::Value(183.5, &[("tax", 57.0)]),
        },
        Example {
            name: "orders_of_known_customers",
            pasted: "order_id,order_date,total,customer_id\n1,2025-01-02,100,a\n2,2025-01-03,200,\n3,2025-01-04,50,b\n",
            options: r#"{"variants":{"average_transaction_value":"known_customers"}}"#,
            gives: Gives::Value(75.0, &[("orders", 2.0)]),
        },
        Example {
            name: "revenue_a_visit",
            pasted: "month,sessions,transactions,revenue\n2025-01,1000,20,1500\n2025-02,3000,60,2500\n",
            options: r#"{"variants":{"average_transaction_value":"per_visit"}}"#,
            gives: Gives::Value(1.0, &[("visits", 4000.0), ("revenue", 4000.0)]),
        },
        Example {
            name: "typed_figures",
            pasted: "revenue,orders\n8911407.904,18532\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(8_911_407.904 / 18_532.0, &[]),
        },
        Example {
            name: "only_returns_are_refused",
            pasted: "order_id,order_date,total\n1,2025-01-02,-10.00\n2,2025-01-03,0.00\n",
            options: "",
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};

fn mean_value(scope: &Scope<'_>) -> Outcome<Estimate> {
    mean_of(scope, &scope.order_amounts()?)
}

fn mean_of(scope: &Scope<'_>, amounts: &[f64]) -> Outcome<Estimate> {
    let orders = amounts.len() as u64;
    at_least_one(orders, "orders with a positive amount")?;
    let revenue = math::sum(amounts.iter().copied());
    let value = revenue / orders as f64;
    if scope.detail == Detail::Bridge {
        return Ok(Estimate::of(value, orders, Spread::StandardError(None)));
    }
    let moments = Moments::from_values(amounts);
    let mut parts = vec![("revenue", revenue), ("orders", orders as f64)];
    // Terms and the picture are told of the headline alone.
    let mut ranked = Some(amounts)
        .filter(|_| scope.detail == Detail::Headline)
        .and_then(Ranked::of);
    let median = ranked.as_mut().and_then(middle);
    if let Some(median) = median {
        parts.push(("median", median));
    }
    parts.extend([("numerator", revenue), ("denominator", orders as f64)]);
    Ok(Estimate {
        interval: moments
            .t_interval()
            .map(|ends| interval(ends, mean::STUDENT)),
        parts,
        chart: ranked.as_mut().map(|ranked| chart(ranked, value, median)),
        ..Estimate::of(value, orders, Spread::Mean(moments))
    })
}

fn median_value(scope: &Scope<'_>) -> Outcome<Estimate> {
    let amounts = scope.order_amounts()?;
    let orders = amounts.len() as u64;
    at_least_one(orders, "orders with a positive amount")?;
    let revenue = math::sum(amounts.iter().copied());
    let too_large = || {
        Refusal::new(
            "not_finite",
            "Some amounts are too large to be counted.",
            "Look for amounts that are no amounts.",
        )
    };
    let mut ranked = Ranked::of(&amounts).ok_or_else(too_large)?;
    quantile::look_ahead(&mut ranked, &[], LEVEL, 0);
    let median = middle(&mut ranked).ok_or_else(too_large)?;
    let ends = quantile::select_median_interval(&mut ranked, LEVEL);
    Ok(Estimate {
        interval: ends.map(|ends| interval(ends, quantile::ORDER_STATISTICS)),
        parts: vec![
            ("revenue", revenue),
            ("orders", orders as f64),
            ("median", median),
        ],
        chart: (scope.detail == Detail::Headline)
            .then(|| chart(&mut ranked, revenue / orders as f64, Some(median))),
        ..Estimate::of(
            median,
            orders,
            Spread::Median(quantile::select_median(&mut ranked)),
        )
    }
    .with_values(scope, 0.5, amounts))
}

/// The mean of amounts changed by what stands beside them, and those sums as terms.
fn changed(
    scope: &Scope<'_>,
    beside: &[(&'static str, &[f64])],
    change: impl Fn(f64, f64) -> f64,
) -> Outcome<Estimate> {
    let orders = scope.orders()?;
    let rows = scope.rows.iter().map(|row| *row as usize);
    let first_rows: Vec<usize> = rows.filter(|row| !orders.amounts[*row].is_nan()).collect();
    let known = |list: &[f64], row: usize| if list[row].is_nan() { 0.0 } else { list[row] };
    let amounts: Vec<f64> = first_rows
        .iter()
        .map(|row| {
            let beside = beside.iter().map(|(_, list)| known(list, *row)).sum();
            change(orders.amounts[*row], beside)
        })
        .collect();
    let mut found = mean_of(scope, &amounts)?;
    let told = beside.iter().filter(|_| scope.detail == Detail::Headline);
    for (term, list) in told {
        let sum = math::sum(first_rows.iter().map(|row| known(list, *row)));
        found.parts.push((term, sum));
    }
    Ok(found)
}

/// A column beside the amounts, which must be there.
fn told<'a>(term: &'static str, list: &'a [f64]) -> Outcome<(&'static str, &'a [f64])> {
    if list.is_empty() {
        return Err(untold(term));
    }
    Ok((term, list))
}

fn net_of_refunds(scope: &Scope<'_>) -> Outcome<Estimate> {
    let refunds = told("refunds", &scope.orders()?.refunded)?;
    changed(scope, &[refunds], |amount, refund| amount - refund.abs())
}

/// The amounts less what they hold beside the goods; as they are where they are net.
fn less(orders: &Orders) -> impl Fn(f64, f64) -> f64 + use<> {
    let is_net = orders.is_net;
    move |amount, beside| if is_net { amount } else { amount - beside }
}

fn without_tax(scope: &Scope<'_>) -> Outcome<Estimate> {
    let orders = scope.orders()?;
    changed(scope, &[told("tax", &orders.tax)?], less(orders))
}

fn without_shipping(scope: &Scope<'_>) -> Outcome<Estimate> {
    let orders = scope.orders()?;
    changed(scope, &[told("shipping", &orders.shipping)?], less(orders))
}

fn goods_alone(scope: &Scope<'_>) -> Outcome<Estimate> {
    let orders = scope.orders()?;
    let beside = [
        told("tax", &orders.tax)?,
        told("shipping", &orders.shipping)?,
    ];
    changed(scope, &beside, less(orders))
}

fn all_that_was_paid(scope: &Scope<'_>) -> Outcome<Estimate> {
    let orders = scope.orders()?;
    let beside = [
        told("tax", &orders.tax)?,
        told("shipping", &orders.shipping)?,
    ];
    let is_net = orders.is_net;
    changed(scope, &beside, |amount, beside| {
        if is_net { amount + beside } else { amount }
    })
}

fn of_known_customers(scope: &Scope<'_>) -> Outcome<Estimate> {
    let orders = scope.orders()?;
    if orders.has_customer.is_empty() {
        return Err(untold("customer"));
    }
    let rows = scope.rows.iter().map(|row| *row as usize);
    let amounts: Vec<f64> = rows
        .filter(|row| orders.has_customer[*row])
        .map(|row| orders.amounts[row])
        .filter(|amount| !amount.is_nan())
        .collect();
    mean_of(scope, &amounts)
}

fn of_sums(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [revenue, orders] = sums(scope, ["revenue", "orders"])?;
    ratio(("revenue", revenue), ("orders", orders), orders as u64)
}

fn per_visit(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [revenue, visits] = sums(scope, ["revenue", "visits"])?;
    ratio(("revenue", revenue), ("visits", visits), visits as u64)
}

/// Typed revenue less some typed terms, by orders.
fn typed_less<const N: usize>(scope: &Scope<'_>, terms: [&'static str; N]) -> Outcome<Estimate> {
    let [revenue, orders] = sums(scope, ["revenue", "orders"])?;
    let beside = sums(scope, terms)?;
    let left = revenue - beside.iter().sum::<f64>();
    let mut found = ratio(("revenue", left), ("orders", orders), orders as u64)?;
    found.parts.extend(terms.into_iter().zip(beside));
    Ok(found)
}

fn typed_net_of_refunds(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_less(scope, ["refunds"])
}

fn typed_without_tax(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_less(scope, ["tax"])
}

fn typed_without_shipping(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_less(scope, ["shipping"])
}

fn typed_goods_alone(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_less(scope, ["tax", "shipping"])
}

/// The middle amount.
fn middle(amounts: &mut Ranked<'_>) -> Option<f64> {
    quantile::select_quantiles(amounts, &[0.5])?
        .first()
        .copied()
}

fn chart(amounts: &mut Ranked<'_>, mean: f64, median: Option<f64>) -> ChartSpec {
    let mut markers = vec![Marker {
        label: String::from("mean"),
        at: mean,
    }];
    markers.extend(median.map(|at| Marker {
        label: String::from("median"),
        at,
    }));
    ChartSpec {
        title: String::from("Orders by amount"),
        summary: String::new(),
        plot: Plot::Histogram {
            unit: Unit::Money,
            classes: log_classes(amounts),
            markers,
        },
        footnotes: vec![String::from(
            "The axis is logarithmic: each step to the right is a multiple.",
        )],
    }
}

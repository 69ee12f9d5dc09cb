//! Average transaction value: how much is one order worth?

use crate::engine::kpi::prelude::*;
use stats::mean::{self, Moments};
use stats::quantile;
use stats::ranked::Ranked;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "average_transaction_value",
    edition: 1,
    name: "Average transaction value",
    short: Some("AOV"),
    family: "business",
    question: "How much is one order worth?",
    definition: "Revenue divided by the number of orders. Orders with an amount of zero or less (returns, credits, corrections) and cancelled orders are left out; rows of the same order are added up.",
    formula: "revenue ÷ orders",
    unit: Unit::Money,
    better: Better::Higher,
    needs: &[Need {
        kind: Kind::Order,
        roles: &[&[Role::Amount]],
        basis: Basis::Orders,
        expected: Expected::Usually,
        beside: Beside::Nothing,
    }],
    covers: Covers::Everything,
    rules: &[
        Rule {
            id: "mean",
            name: "Mean of orders",
            rule: "Revenue divided by orders.",
            source: "Common definition; amounts as they stand in the column, with or without tax and shipping",
            estimates: &[(Basis::Orders, mean_value)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "median",
            name: "Median of orders",
            rule: "Half of the orders are worth less. A few large orders do not move it.",
            source: "Common reading for skewed amounts",
            estimates: &[(Basis::Orders, median_value)],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[],
    parts: &[
        Part {
            name: "revenue",
            unit: Unit::Money,
            says: "amounts added up",
        },
        Part {
            name: "orders",
            unit: Unit::Count,
            says: "orders",
        },
        Part {
            name: "median",
            unit: Unit::Money,
            says: "half of the orders are worth less",
        },
        Part {
            name: "numerator",
            unit: Unit::Money,
            says: "revenue",
        },
        Part {
            name: "denominator",
            unit: Unit::Count,
            says: "orders",
        },
    ],
    limits: &[
        "A few large orders can carry the mean: see the median.",
        "Tax, shipping and discounts count as your column holds them.",
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
            name: "only_returns_are_refused",
            pasted: "order_id,order_date,total\n1,2025-01-02,-10.00\n2,2025-01-03,0.00\n",
            options: "",
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};

fn mean_value(scope: &Scope<'_>) -> Outcome<Estimate> {
    let amounts = scope.order_amounts()?;
    let orders = amounts.len() as u64;
    at_least_one(orders, "orders with a positive amount")?;
    let revenue = math::sum(amounts.iter().copied());
    let moments = Moments::from_values(&amounts);
    let mut parts = vec![("revenue", revenue), ("orders", orders as f64)];
    let mut ranked = Ranked::of(&amounts);
    let median = ranked.as_mut().and_then(middle);
    if let Some(median) = median {
        parts.push(("median", median));
    }
    parts.extend([("numerator", revenue), ("denominator", orders as f64)]);
    let value = revenue / orders as f64;
    Ok(Estimate {
        value,
        n: orders,
        interval: moments
            .t_interval()
            .map(|ends| interval(ends, mean::STUDENT)),
        parts,
        spread: Spread::Mean(moments),
        chart: ranked
            .as_mut()
            .filter(|_| scope.detail == Detail::Headline)
            .map(|ranked| chart(ranked, value, median)),
        tally: None,
        curve: Vec::new(),
        stays: None,
        cohorts: Vec::new(),
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
        value: median,
        n: orders,
        interval: ends.map(|ends| interval(ends, quantile::ORDER_STATISTICS)),
        parts: vec![
            ("revenue", revenue),
            ("orders", orders as f64),
            ("median", median),
        ],
        spread: Spread::Median(quantile::select_median(&mut ranked)),
        chart: (scope.detail == Detail::Headline)
            .then(|| chart(&mut ranked, revenue / orders as f64, Some(median))),
        tally: None,
        curve: Vec::new(),
        stays: None,
        cohorts: Vec::new(),
    })
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

//! On-time delivery rate: what share of deliveries comes when it was promised?

use crate::engine::facts::deliveries::Moments;
use crate::engine::kpi::on_counts::{nothing, part, rule, share, sums, untold};
use crate::engine::kpi::on_deliveries::{Came, Judge, counts, due, target};
use crate::engine::kpi::prelude::*;

const ROWS: Basis = Basis::Deliveries;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "on_time_delivery_rate",
    edition: 1,
    name: "On-time delivery rate",
    short: Some("OTD"),
    family: "business",
    question: "What share of deliveries comes by the day that was promised?",
    definition: "Deliveries that came by the promised day (where no column says it, by the day asked for), divided by all that were due by then. What was due and has not come is in the base, as late. Every row counts once, in the period for which it was promised.",
    formula: "deliveries on time ÷ deliveries due",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: &[
        Need {
            kind: Kind::Order,
            roles: &[&[Role::PromisedAt, Role::RequestedAt], &[Role::DeliveredAt]],
            basis: ROWS,
            expected: Expected::Sometimes,
            beside: Beside::Nothing,
        },
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        rule(
            "promised",
            "By the promised day",
            "Rows that came by the promised day, within the tolerance ÷ rows due, delivered or not.",
            "Supply chain usage: on-time delivery by original promise; orwiki.org, delivery performance",
            &[(ROWS, promised), (Basis::Typed, typed)],
        ),
        rule(
            "in_full",
            "On time and in full (OTIF)",
            "Rows that came by the promised day with at least the quantity ordered ÷ rows due.",
            "On time in full; ETH Zürich, delivery performance 1.4.4",
            &[(ROWS, in_full), (Basis::Typed, typed_in_full)],
        ),
        rule(
            "requested",
            "By the day asked for",
            "Rows that came by the day that the customer asked for ÷ rows due by then.",
            "orwiki.org, delivery performance: request, promise and latest commitment are three figures",
            &[(ROWS, requested)],
        ),
        rule(
            "orders",
            "Whole orders",
            "Orders of which all rows came by the promised day ÷ orders with a row due.",
            "orwiki.org, delivery performance, by order",
            &[(ROWS, whole_orders)],
        ),
        rule(
            "units",
            "By quantity",
            "Quantity of the rows that came by the promised day ÷ quantity of the rows due.",
            "orwiki.org, delivery performance, by unit",
            &[(ROWS, units)],
        ),
        rule(
            "by_time",
            "By the promised hour",
            "As by the promised day, and the time of day counts where the promise has one.",
            "Common where a window of hours is promised",
            &[(ROWS, by_time)],
        ),
        rule(
            "not_early",
            "Neither late nor early",
            "Rows that came by the promised day and no more than the tolerance before it ÷ rows due.",
            "Common with just-in-time customers",
            &[(ROWS, not_early)],
        ),
        rule(
            "delivered_only",
            "Of what was delivered",
            "Rows that came by the promised day ÷ rows delivered: what is overdue and has not come is not seen, so it flatters.",
            "Seen in reports of carriers",
            &[(ROWS, delivered_only), (Basis::Typed, typed_delivered_only)],
        ),
    ],
    settings: &[
        Setting {
            name: "tolerance_days",
            takes: Takes::Number,
            default: "0",
            says: "So many days after the promised day a delivery is still on time.",
        },
        Setting {
            name: "early_days",
            takes: Takes::Number,
            default: "0",
            says: "For neither late nor early: so many days before the promised day a delivery may come.",
        },
    ],
    parts: &[
        part(
            "on_time",
            Unit::Count,
            "rows on time; orders or units, as the rule counts",
        ),
        part(
            "due",
            Unit::Count,
            "rows due; orders or units, as the rule counts",
        ),
        part("delivered", Unit::Count, "rows due that have come"),
        part("late", Unit::Count, "rows due that came late"),
        part(
            "overdue",
            Unit::Count,
            "rows due that have not come by the last day",
        ),
        part(
            "on_time_in_full",
            Unit::Count,
            "rows on time with the whole quantity",
        ),
        part(
            "early",
            Unit::Count,
            "rows that came before the promised day",
        ),
        part("numerator", Unit::Count, "on time, as the rule counts"),
        part("denominator", Unit::Count, "due, as the rule counts"),
    ],
    limits: &[
        "A promise that is put off when a delivery is late makes everything punctual: compare with the first promise.",
        "The day ends at midnight in the report's time zone.",
        "What is promised for after the last day of the data does not count yet, also if it has come.",
        "A day of dispatch taken for the day of delivery leaves out the way.",
    ],
    examples: &[
        Example {
            name: "two_of_four_due_are_on_time_and_one_has_not_come",
            pasted: "order id,order date,promised date,delivered at,quantity,quantity delivered\n1,2025-01-02,2025-01-10,2025-01-10,5,5\n2,2025-01-03,2025-01-10,2025-01-12,5,5\n3,2025-01-04,2025-01-11,2025-01-09,5,4\n4,2025-01-05,2025-01-12,,5,\n5,2025-01-06,2025-02-10,,5,\n",
            options: r#"{"as_of":"2025-01-31"}"#,
            gives: Gives::Value(
                0.5,
                &[
                    ("due", 4.0),
                    ("late", 1.0),
                    ("overdue", 1.0),
                    ("early", 1.0),
                ],
            ),
        },
        Example {
            name: "one_of_them_in_full",
            pasted: "order id,order date,promised date,delivered at,quantity,quantity delivered\n1,2025-01-02,2025-01-10,2025-01-10,5,5\n2,2025-01-03,2025-01-10,2025-01-12,5,5\n3,2025-01-04,2025-01-11,2025-01-09,5,4\n4,2025-01-05,2025-01-12,,5,\n",
            options: r#"{"as_of":"2025-01-31","variants":{"on_time_delivery_rate":"in_full"}}"#,
            gives: Gives::Value(0.25, &[]),
        },
        Example {
            name: "by_the_day_asked_for",
            pasted: "order id,order date,requested date,promised date,delivered at\n1,2025-01-02,2025-01-08,2025-01-10,2025-01-10\n2,2025-01-03,2025-01-12,2025-01-10,2025-01-12\n3,2025-01-04,2025-01-09,2025-01-11,2025-01-09\n",
            options: r#"{"as_of":"2025-01-31","variants":{"on_time_delivery_rate":"requested"}}"#,
            gives: Gives::Value(2.0 / 3.0, &[]),
        },
        Example {
            name: "an_order_is_on_time_with_its_last_row",
            pasted: "order id,order date,promised date,delivered at,quantity\n1,2025-01-02,2025-01-10,2025-01-10,5\n1,2025-01-02,2025-01-10,2025-01-12,5\n2,2025-01-04,2025-01-11,2025-01-09,5\n",
            options: r#"{"as_of":"2025-01-31","variants":{"on_time_delivery_rate":"orders"}}"#,
            gives: Gives::Value(0.5, &[("due", 2.0)]),
        },
        Example {
            name: "by_quantity",
            pasted: "order id,order date,promised date,delivered at,quantity\n1,2025-01-02,2025-01-10,2025-01-10,30\n2,2025-01-03,2025-01-10,2025-01-12,10\n3,2025-01-04,2025-01-11,2025-01-09,60\n",
            options: r#"{"as_of":"2025-01-31","variants":{"on_time_delivery_rate":"units"}}"#,
            gives: Gives::Value(0.9, &[("due", 100.0)]),
        },
        Example {
            name: "by_the_promised_hour",
            pasted: "order id,order date,promised date,delivered at\n1,2025-01-02 08:00,2025-01-10 12:00,2025-01-10 11:30\n2,2025-01-03 08:00,2025-01-10 12:00,2025-01-10 15:00\n",
            options: r#"{"as_of":"2025-01-31","variants":{"on_time_delivery_rate":"by_time"}}"#,
            gives: Gives::Value(0.5, &[]),
        },
        Example {
            name: "neither_late_nor_early",
            pasted: "order id,order date,promised date,delivered at\n1,2025-01-02,2025-01-10,2025-01-10\n2,2025-01-03,2025-01-10,2025-01-08\n3,2025-01-04,2025-01-11,2025-01-02\n4,2025-01-04,2025-01-11,2025-01-12\n",
            options: r#"{"as_of":"2025-01-31","variants":{"on_time_delivery_rate":"not_early"},"settings":{"on_time_delivery_rate.early_days":2}}"#,
            gives: Gives::Value(0.5, &[("early", 2.0)]),
        },
        Example {
            name: "of_what_was_delivered",
            pasted: "order id,order date,promised date,delivered at\n1,2025-01-02,2025-01-10,2025-01-10\n2,2025-01-03,2025-01-10,2025-01-12\n3,2025-01-04,2025-01-11,\n",
            options: r#"{"as_of":"2025-01-31","variants":{"on_time_delivery_rate":"delivered_only"}}"#,
            gives: Gives::Value(0.5, &[("overdue", 1.0)]),
        },
        Example {
            name: "two_days_of_tolerance",
            pasted: "order id,order date,promised date,delivered at\n1,2025-01-02,2025-01-10,2025-01-10\n2,2025-01-03,2025-01-10,2025-01-12\n",
            options: r#"{"as_of":"2025-01-31","settings":{"on_time_delivery_rate.tolerance_days":2}}"#,
            gives: Gives::Value(1.0, &[]),
        },
        Example {
            name: "typed_figures",
            pasted: "on time,due\n8838,8845\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(8838.0 / 8845.0, &[]),
        },
        Example {
            name: "nothing_due_yet_is_refused",
            pasted: "order id,order date,promised date,delivered at\n1,2025-01-02,2025-03-10,\n2,2025-01-03,2025-03-10,2025-01-05\n",
            options: r#"{"as_of":"2025-01-31"}"#,
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};

fn judge<'a>(scope: &Scope<'a>, target: &'a Moments) -> Outcome<Judge<'a>> {
    let tolerance = scope.setting("on_time_delivery_rate.tolerance_days");
    Judge::new(scope, target, tolerance.unwrap_or(0.0))
}

fn rows_on_time(scope: &Scope<'_>, judge: Judge<'_>) -> Outcome<Estimate> {
    let due = due(scope, judge);
    let on_time = due.iter().filter(|(_, came)| *came == Came::OnTime).count();
    let mut found = share(("on_time", on_time as f64), ("due", due.len() as f64))?;
    found.parts.extend(counts(&judge, &due));
    Ok(found)
}

fn promised(scope: &Scope<'_>) -> Outcome<Estimate> {
    rows_on_time(scope, judge(scope, target(scope.deliveries()?)?)?)
}

fn requested(scope: &Scope<'_>) -> Outcome<Estimate> {
    let deliveries = scope.deliveries()?;
    let requested = deliveries.requested.as_ref();
    let target = requested.ok_or_else(|| untold("requested_at"))?;
    rows_on_time(scope, judge(scope, target)?)
}

fn by_time(scope: &Scope<'_>) -> Outcome<Estimate> {
    let judge = judge(scope, target(scope.deliveries()?)?)?;
    if judge.target.days_only || judge.delivered.days_only {
        return Err(Refusal::new(
            "rule_not_applicable",
            "The promise and the delivery do not both have a time of day.",
            "Choose the rule by days.",
        ));
    }
    rows_on_time(
        scope,
        Judge {
            by_time: true,
            ..judge
        },
    )
}

fn not_early(scope: &Scope<'_>) -> Outcome<Estimate> {
    let judge = judge(scope, target(scope.deliveries()?)?)?;
    let early = scope
        .setting("on_time_delivery_rate.early_days")
        .unwrap_or(0.0);
    rows_on_time(
        scope,
        Judge {
            early: Some(early),
            ..judge
        },
    )
}

fn delivered_only(scope: &Scope<'_>) -> Outcome<Estimate> {
    let judge = judge(scope, target(scope.deliveries()?)?)?;
    let due = due(scope, judge);
    let came = due.iter().filter(|(_, came)| *came != Came::Overdue);
    let on_time = due.iter().filter(|(_, came)| *came == Came::OnTime).count();
    let mut found = share(
        ("on_time", on_time as f64),
        ("delivered", came.count() as f64),
    )?;
    let known: Vec<&str> = found.parts.iter().map(|(name, _)| *name).collect();
    let more = counts(&judge, &due).into_iter();
    let more: Vec<(&'static str, f64)> = more.filter(|(name, _)| !known.contains(name)).collect();
    found.parts.extend(more);
    Ok(found)
}

fn in_full(scope: &Scope<'_>) -> Outcome<Estimate> {
    let deliveries = scope.deliveries()?;
    if deliveries.ordered.is_empty() || deliveries.quantities.is_empty() {
        return Err(untold("quantity_delivered"));
    }
    let judge = judge(scope, target(deliveries)?)?;
    let mut due = due(scope, judge);
    // What has come without a quantity says nothing about being whole.
    due.retain(|(row, came)| {
        let known = !deliveries.ordered[*row].is_nan() && !deliveries.quantities[*row].is_nan();
        known || *came == Came::Overdue
    });
    let is_full = |row: usize| deliveries.quantities[row] >= deliveries.ordered[row];
    let good = due
        .iter()
        .filter(|(row, came)| *came == Came::OnTime && is_full(*row));
    let good = good.count() as f64;
    let mut found = share(("on_time_in_full", good), ("due", due.len() as f64))?;
    let on_time = due.iter().filter(|(_, came)| *came == Came::OnTime).count();
    found.parts.push(("on_time", on_time as f64));
    found.parts.extend(counts(&judge, &due));
    Ok(found)
}

/// Orders of which all rows are on time; an order with a row that is not due yet and none that is
/// late is left out.
fn whole_orders(scope: &Scope<'_>) -> Outcome<Estimate> {
    let deliveries = scope.deliveries()?;
    if deliveries.orders.is_empty() {
        return Err(untold("order"));
    }
    let judge = judge(scope, target(deliveries)?)?;
    let rows = scope.rows.iter().map(|row| *row as usize);
    // Rows without a number are orders of their own.
    let mut of_orders: Vec<(u32, usize, Came)> = rows
        .map(|row| match deliveries.orders[row] {
            0 => (0, row + 1, judge.came(row)),
            order => (order, 0, judge.came(row)),
        })
        .collect();
    of_orders.sort_unstable_by_key(|one| (one.0, one.1));
    let (mut on_time, mut all) = (0_u64, 0_u64);
    for rows in of_orders.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        let missed = rows
            .iter()
            .any(|it| !matches!(it.2, Came::OnTime | Came::Open));
        let open = rows.iter().any(|it| it.2 == Came::Open);
        all += u64::from(missed || !open);
        on_time += u64::from(!missed && !open);
    }
    share(("on_time", on_time as f64), ("due", all as f64))
}

fn units(scope: &Scope<'_>) -> Outcome<Estimate> {
    let deliveries = scope.deliveries()?;
    if deliveries.ordered.is_empty() {
        return Err(untold("quantity"));
    }
    let judge = judge(scope, target(deliveries)?)?;
    let due = due(scope, judge);
    let known = due.iter().filter(|(row, _)| deliveries.ordered[*row] > 0.0);
    let (above, below): (Vec<f64>, Vec<f64>) = known
        .map(|(row, came)| {
            let units = deliveries.ordered[*row];
            (if *came == Came::OnTime { units } else { 0.0 }, units)
        })
        .unzip();
    let (on_time, all) = (
        math::sum(above.iter().copied()),
        math::sum(below.iter().copied()),
    );
    if all <= 0.0 {
        return Err(nothing("quantity"));
    }
    let (ends, spread) = scope.ratio_spread(above.iter().copied().zip(below.iter().copied()));
    let mut parts = vec![("on_time", on_time), ("due", all)];
    parts.extend(counts(&judge, &due));
    parts.extend([("numerator", on_time), ("denominator", all)]);
    Ok(Estimate {
        interval: ends.map(|ends| Interval {
            low: ends.low.max(0.0),
            high: ends.high.min(1.0),
            ..ends
        }),
        ..Estimate::of(on_time / all, below.len() as u64, spread)
    }
    .with_parts(parts))
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [on_time, due] = sums(scope, ["on_time", "due"])?;
    share(("on_time", on_time), ("due", due))
}

fn typed_in_full(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [good, due] = sums(scope, ["on_time_in_full", "due"])?;
    share(("on_time_in_full", good), ("due", due))
}

fn typed_delivered_only(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [on_time, delivered] = sums(scope, ["on_time", "delivered"])?;
    share(("on_time", on_time), ("delivered", delivered))
}

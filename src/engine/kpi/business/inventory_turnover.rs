//! Inventory turnover: how often is the stock sold?

use crate::engine::base::Date;
use crate::engine::facts::Measure;
use crate::engine::kpi::on_counts::{counted, nothing, part, rule, sums, untold};
use crate::engine::kpi::prelude::*;

const STOCK: Basis = Basis::Counts(Measure::Inventory);

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "inventory_turnover",
    edition: 1,
    name: "Inventory turnover",
    short: None,
    family: "business",
    question: "How often is the stock sold in the period?",
    definition: "Cost of the goods sold in the period, divided by the average of the stock at its start and at its end, both at cost. Rows of the same day or month (places, products) are added up.",
    formula: "cost of goods sold ÷ average stock",
    unit: Unit::Times,
    better: Better::Higher,
    needs: &[
        counted(
            Kind::Operations,
            &[
                &[Role::CostOfGoods],
                &[Role::InventoryOpening, Role::Inventory],
            ],
            Measure::Inventory,
            Expected::Sometimes,
        ),
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        rule(
            "opening_and_closing",
            "Average of the stock at both ends",
            "Cost of goods sold ÷ mean of the stock at the start of the first and at the end of the last stretch; where only balances are known, of the first and the last balance.",
            "Common definition",
            &[(STOCK, at_both_ends), (Basis::Typed, typed)],
        ),
        rule(
            "all_balances",
            "Average of all balances",
            "Cost of goods sold ÷ mean of the stock at the start and at the end of every stretch: 13 balances for a year of months, so that a season weighs no more than it lasts.",
            "Common advice for stock that changes with the season",
            &[(STOCK, all_balances)],
        ),
        rule(
            "a_year",
            "As if for a year",
            "The turnover of both ends × 365 ÷ days of the period.",
            "Common reading, to compare periods of different length",
            &[(STOCK, a_year), (Basis::Typed, typed_a_year)],
        ),
        rule(
            "sales",
            "Sales instead of cost",
            "Sales ÷ mean of the stock at both ends: it overstates the turnover by the margin, because stock is counted at cost.",
            "Seen in reports of companies that do not publish their cost of goods",
            &[(STOCK, of_sales), (Basis::Typed, typed_of_sales)],
        ),
    ],
    settings: &[],
    parts: &[
        part("cost_of_goods", Unit::Money, "cost of the goods sold"),
        part("sales", Unit::Money, "sales"),
        part("opening", Unit::Money, "stock at the start"),
        part("closing", Unit::Money, "stock at the end"),
        part("average_stock", Unit::Money, "average stock"),
        part("balances", Unit::Count, "balances that the average is of"),
        part(
            "period_days",
            Unit::Days,
            "days of the period; typed figures are taken for those of a year",
        ),
        part(
            "days",
            Unit::Days,
            "days that the stock lasts: days of the period ÷ turnover",
        ),
        part("numerator", Unit::Money, "cost of the goods sold, or sales"),
        part("denominator", Unit::Money, "average stock"),
    ],
    limits: &[
        "Two balances can mislead where stock is built up before a season: see the average of all balances.",
        "Cost and stock must be at the same prices; stock at selling prices makes it too low.",
        "A month turns the stock over a twelfth as often as a year: compare periods of one length.",
        "Months that are missing between two others are not noticed in the cost.",
    ],
    examples: &[
        Example {
            name: "four_times_a_year",
            pasted: "cost of goods,opening,closing\n1200000,250000,350000\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(4.0, &[("days", 91.25), ("average_stock", 300_000.0)]),
        },
        Example {
            name: "three_months_of_a_shop",
            pasted: "month,cogs,opening inventory,closing inventory\n2025-01,100,50,70\n2025-02,120,70,130\n2025-03,140,130,90\n",
            options: "",
            gives: Gives::Value(
                360.0 / 70.0,
                &[
                    ("opening", 50.0),
                    ("closing", 90.0),
                    ("period_days", 90.0),
                    ("days", 17.5),
                ],
            ),
        },
        Example {
            name: "all_four_balances",
            pasted: "month,cogs,opening inventory,closing inventory\n2025-01,100,50,70\n2025-02,120,70,130\n2025-03,140,130,90\n",
            options: r#"{"variants":{"inventory_turnover":"all_balances"}}"#,
            gives: Gives::Value(360.0 / 85.0, &[("balances", 4.0)]),
        },
        Example {
            name: "as_if_for_a_year",
            pasted: "month,cogs,opening inventory,closing inventory\n2025-01,100,50,70\n2025-02,120,70,130\n2025-03,140,130,90\n",
            options: r#"{"variants":{"inventory_turnover":"a_year"}}"#,
            gives: Gives::Value(360.0 / 70.0 * 365.0 / 90.0, &[]),
        },
        Example {
            name: "sales_overstate_it",
            pasted: "sales,cost of goods,opening,closing\n2000000,1200000,250000,350000\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"inventory_turnover":"sales"}}"#,
            gives: Gives::Value(20.0 / 3.0, &[]),
        },
        Example {
            name: "nothing_sold_is_no_turnover",
            pasted: "cost of goods,opening,closing\n0,10,10\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.0, &[]),
        },
        Example {
            name: "no_stock_is_refused",
            pasted: "cost of goods,opening,closing\n500,0,0\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Refusal("no_inventory"),
        },
    ],
};

/// What was sold and what lay in stock.
struct Stock {
    /// The name of what was sold.
    name: &'static str,
    sold: f64,
    /// Stock at the start, at the end of each stretch; several of them.
    balances: Vec<f64>,
    period_days: Option<f64>,
    n: u64,
}

/// The balances of the rows: those of each stretch added up, stretches in the order of their days.
fn stock(scope: &Scope<'_>, term: &'static str, name: &'static str) -> Outcome<Stock> {
    let counts = scope.counts()?;
    let [sold] = sums(scope, [term])?;
    let closing = counts
        .column("inventory_closing")
        .ok_or_else(|| untold("inventory"))?;
    let opening = counts.column("inventory_opening");
    let day_of = |row: usize| counts.days.as_ref().map_or(0, |days| days[row]);
    let mut rows: Vec<(i32, usize)> = scope
        .rows
        .iter()
        .map(|row| (day_of(*row as usize), *row as usize))
        .collect();
    rows.sort_unstable();
    let mut balances = Vec::new();
    for stretch in rows.chunk_by(|one, other| one.0 == other.0) {
        let sum = |list: &[f64]| math::sum(stretch.iter().map(|(_, row)| list[*row]));
        if let Some(opening) = opening.filter(|_| balances.is_empty()) {
            balances.push(sum(opening));
        }
        balances.push(sum(closing));
    }
    if balances.is_empty() {
        return Err(nothing("inventory"));
    }
    Ok(Stock {
        name,
        sold,
        balances,
        period_days: scope
            .window
            .map(|window| f64::from(window.days()))
            .or_else(|| {
                let days = counts.days.as_ref()?;
                Some(days_covered(rows.first()?.1, rows.last()?.1, days))
            }),
        n: scope.rows.len() as u64,
    })
}

/// Days from the first row to the last: whole months where both are the first of one.
fn days_covered(first: usize, last: usize, days: &[i32]) -> f64 {
    let (first, last) = (Date(days[first]), Date(days[last]));
    let is_month = |day: Date| day == day.first_of_month();
    let end = if is_month(first) && is_month(last) {
        last.plus_months(1)
    } else {
        last.plus_days(1)
    };
    f64::from(end.0 - first.0)
}

/// How the turnover is worked out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum How {
    /// Of the mean of both ends.
    Ends,
    /// Of the mean of all balances.
    AllBalances,
    /// Of the mean of both ends, as if for a year.
    AYear,
}

fn no_inventory() -> Refusal {
    Refusal::new(
        "no_inventory",
        "The average stock of the period is nothing or less, so there is nothing to divide by.",
        "Look whether the stock is missing, or choose another period.",
    )
}

fn turnover(stock: &Stock, how: How) -> Outcome<Estimate> {
    let (Some(&first), Some(&last)) = (stock.balances.first(), stock.balances.last()) else {
        return Err(no_inventory());
    };
    let ends = [first, last];
    let averaged: &[f64] = if how == How::AllBalances {
        &stock.balances
    } else {
        &ends
    };
    let average = math::sum(averaged.iter().copied()) / averaged.len() as f64;
    if average <= 0.0 {
        return Err(no_inventory());
    }
    let once = stock.sold / average;
    let value = match (how == How::AYear, stock.period_days) {
        (true, Some(days)) => once * 365.0 / days,
        (true, None) => {
            return Err(Refusal::new(
                "rule_not_applicable",
                "No column says which days the rows cover.",
                "Add the month to the export, or choose another rule.",
            ));
        }
        (false, _) => once,
    };
    let mut parts = vec![
        (stock.name, stock.sold),
        ("opening", ends[0]),
        ("closing", ends[1]),
        ("average_stock", average),
        ("balances", averaged.len() as f64),
    ];
    if let Some(days) = stock.period_days {
        parts.push(("period_days", days));
        if once > 0.0 {
            parts.push(("days", days / once));
        }
    }
    parts.extend([("numerator", stock.sold), ("denominator", average)]);
    Ok(Estimate::of(value, stock.n, Spread::Exact).with_parts(parts))
}

fn at_both_ends(scope: &Scope<'_>) -> Outcome<Estimate> {
    turnover(&stock(scope, "cost_of_goods", "cost_of_goods")?, How::Ends)
}

fn all_balances(scope: &Scope<'_>) -> Outcome<Estimate> {
    turnover(
        &stock(scope, "cost_of_goods", "cost_of_goods")?,
        How::AllBalances,
    )
}

fn a_year(scope: &Scope<'_>) -> Outcome<Estimate> {
    turnover(&stock(scope, "cost_of_goods", "cost_of_goods")?, How::AYear)
}

fn of_sales(scope: &Scope<'_>) -> Outcome<Estimate> {
    turnover(&stock(scope, "amount", "sales")?, How::Ends)
}

fn typed_stock(scope: &Scope<'_>, name: &'static str) -> Outcome<Stock> {
    let [sold, opening, closing] = sums(scope, [name, "opening", "closing"])?;
    Ok(Stock {
        name,
        sold,
        balances: vec![opening, closing],
        period_days: Some(365.0),
        n: 1,
    })
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    turnover(&typed_stock(scope, "cost_of_goods")?, How::Ends)
}

fn typed_a_year(scope: &Scope<'_>) -> Outcome<Estimate> {
    let mut stock = typed_stock(scope, "cost_of_goods")?;
    let [days] = sums(scope, ["period_days"])?;
    if days <= 0.0 {
        return Err(nothing("period_days"));
    }
    stock.period_days = Some(days);
    turnover(&stock, How::AYear)
}

fn typed_of_sales(scope: &Scope<'_>) -> Outcome<Estimate> {
    turnover(&typed_stock(scope, "sales")?, How::Ends)
}

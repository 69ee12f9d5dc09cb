//! Annual recurring revenue: what do customers pay us at the rate of today, over a year?

use crate::engine::facts::ledger::{Contracted, Ledger, Movements, NANOS};
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "annual_recurring_revenue",
    edition: 1,
    name: "Annual recurring revenue",
    short: Some("ARR"),
    family: "revenue",
    question: "What would customers pay us in a year if all stayed as it is?",
    definition: "Monthly recurring revenue at the end of the period, times twelve.",
    formula: "monthly recurring revenue × 12",
    unit: Unit::Money,
    better: Better::Higher,
    needs: REVENUE_NEEDS,
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "end_of_period",
            name: "The end of the period × 12",
            rule: "What customers pay a month at the end of the period, times twelve.",
            source: "Baremetrics, What metrics does Baremetrics monitor?, via saasbrief.com",
            estimates: &[(Basis::Ledger, end_of_period), (Basis::Typed, typed)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "average_of_months",
            name: "The mean of twelve months × 12",
            rule: "The mean of what customers pay at the ends of the twelve months up to the end of the period, times twelve; months before the first paying customer do not count.",
            source: "Common in articles on customer-success KPIs; it hides growth",
            estimates: &[(Basis::Ledger, average_of_months)],
            ledger: &[],
            path: Some(to_average_of_months),
            unit: None,
        },
        Rule {
            id: "contracted",
            name: "With contracts that are signed and have not begun",
            rule: "What customers pay a month at the end of the period, and those with signed contracts that have not begun will pay on the day on which the last of these begins, times twelve.",
            source: "Kept; usually called contracted annual recurring revenue (CARR)",
            estimates: &[
                (Basis::Ledger, contracted),
                (Basis::Typed, typed_contracted),
            ],
            ledger: &[],
            path: Some(to_contracted),
            unit: None,
        },
    ],
    settings: &[],
    parts: &[
        Part {
            name: "monthly",
            unit: Unit::Money,
            says: "what is multiplied by twelve",
        },
        Part {
            name: "customers",
            unit: Unit::Count,
            says: "customers who pay at the end",
        },
        Part {
            name: "months",
            unit: Unit::Count,
            says: "months of which the mean is taken",
        },
        Part {
            name: "live",
            unit: Unit::Money,
            says: "what customers pay at the end of the period, over a year",
        },
        Part {
            name: "signed_not_begun",
            unit: Unit::Money,
            says: "what signed contracts that have not begun will add to it, over a year",
        },
        Part {
            name: "signed_customers",
            unit: Unit::Count,
            says: "customers with such contracts",
        },
        Part {
            name: "short_term",
            unit: Unit::Money,
            says: "of it from terms of less than twelve months, where a column says how long they are",
        },
        Part {
            name: "short_term_customers",
            unit: Unit::Count,
            says: "customers with a term of less than twelve months",
        },
    ],
    limits: &[
        "It is a rate at a moment, not a year of invoices: it assumes that nothing changes for twelve months.",
        "Customers on terms of less than twelve months are multiplied all the same: a pilot of three months counts four times what it brings.",
        "Contracts that are signed and have not begun are in it under the contracted rule alone, and only where a column says when they were signed; customers who have announced that they will leave are still in it.",
    ],
    examples: &[
        Example {
            name: "twelve_times_ten_thousand",
            pasted: "MRR\n10000\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(120_000.0, &[("monthly", 10_000.0)]),
        },
        Example {
            name: "the_end_of_the_period_times_twelve",
            pasted: "customer,started_on,ended_on,price,interval,quantity\nA,2025-01-01,,100,month,100\nB,2025-01-01,,600,year,50\n",
            options: r#"{"as_of":"2025-01-31"}"#,
            gives: Gives::Value(
                150_000.0,
                &[
                    ("monthly", 12_500.0),
                    ("customers", 2.0),
                    ("short_term", 120_000.0),
                    ("short_term_customers", 1.0),
                ],
            ),
        },
        Example {
            name: "the_mean_of_the_months_hides_growth",
            pasted: "customer,month,mrr\nA,2025-01,100\nA,2025-02,200\nB,2025-02,60\n",
            options: r#"{"as_of":"2025-02-28","variants":{"annual_recurring_revenue":"average_of_months"}}"#,
            gives: Gives::Value(2_160.0, &[("monthly", 180.0), ("months", 2.0)]),
        },
        Example {
            name: "a_typed_month_times_twelve",
            pasted: "mrr,customers\n12500,2\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(150_000.0, &[("monthly", 12_500.0)]),
        },
        Example {
            name: "signed_contracts_count_before_they_begin",
            pasted: "customer,signed on,start date,end date,mrr\nA,2024-11-20,2024-12-01,,100\nB,2025-01-15,2025-03-01,,50\nC,2024-06-01,2024-06-10,2025-02-15,30\nC,2025-01-20,2025-02-15,,40\nD,2025-02-03,2025-04-01,,70\n",
            options: r#"{"as_of":"2025-01-31","variants":{"annual_recurring_revenue":"contracted"}}"#,
            gives: Gives::Value(
                2_280.0,
                &[
                    ("live", 1_560.0),
                    ("signed_not_begun", 720.0),
                    ("signed_customers", 2.0),
                ],
            ),
        },
        Example {
            name: "typed_contracts_that_have_not_begun_are_added",
            pasted: "mrr,signed not live\n10000,24000\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"annual_recurring_revenue":"contracted"}}"#,
            gives: Gives::Value(144_000.0, &[("live", 120_000.0)]),
        },
        Example {
            name: "without_the_day_of_signing_nothing_is_contracted",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,100\nB,2025-01-01,2025-01-20,50\n",
            options: r#"{"as_of":"2025-01-31","variants":{"annual_recurring_revenue":"contracted"}}"#,
            gives: Gives::Refusal("rule_not_applicable"),
        },
        Example {
            name: "nobody_pays_any_more",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,2025-02-01,100\nB,2025-01-01,2025-01-20,50\n",
            options: r#"{"as_of":"2025-06-30"}"#,
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};

/// Months in a year; also the number of months of which the mean is taken.
const YEAR: i32 = 12;

fn end_of_period(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let moved = ledger.movements(window)?;
    anyone_pays(&moved)?;
    let counts = moved.customers;
    let mut parts = vec![
        ("monthly", money(moved.closing)),
        ("customers", counts.closing as f64),
    ];
    if scope.detail == Detail::Headline {
        let short = ledger.on_terms_under(f64::from(YEAR), window.end.plus_days(-1));
        if let Some(short) = short {
            let paid: i128 = short.iter().copied().map(i128::from).sum();
            let customers = short.iter().filter(|paid| **paid > 0).count();
            parts.push(("short_term", money(paid * i128::from(YEAR))));
            parts.push(("short_term_customers", customers as f64));
        }
    }
    let value = yearly(moved.closing, 1);
    Ok(Estimate::of(value, counts.closing, Spread::Exact)
        .with_parts(parts)
        .with_chart(movement_chart(
            &over_a_year(&moved),
            "How it changed over the period",
            scope.detail,
        )))
}

/// So many months' sum of billionths as the yearly rate of their mean.
fn yearly(sum: i128, months: i32) -> f64 {
    (sum * i128::from(YEAR)) as f64 / (f64::from(months) * NANOS)
}

/// The movements, each times twelve.
fn over_a_year(moved: &Movements) -> Movements {
    let times = i128::from(YEAR);
    Movements {
        opening: moved.opening * times,
        new: moved.new * times,
        reactivation: moved.reactivation * times,
        expansion: moved.expansion * times,
        contraction: moved.contraction * times,
        churn: moved.churn * times,
        closing: moved.closing * times,
        customers: moved.customers,
    }
}

/// What each customer paid at the ends of the months added up, and how many months those are.
fn months_added(ledger: &Ledger, window: Period) -> Outcome<(Vec<i128>, i32)> {
    let mut sums = vec![0_i128; ledger.customers()];
    let mut months = 0;
    let first = ledger.first_starts().iter().copied().min();
    for back in 0..YEAR {
        let end = window.end.plus_months(-back);
        if first.is_none_or(|first| end.0 <= first) {
            break;
        }
        // A period without a day: both ends are the end of this month.
        let (paid, _) = ledger.ends(Period { start: end, end })?;
        for (sum, paid) in sums.iter_mut().zip(paid.iter()) {
            *sum += i128::from(*paid);
        }
        months += 1;
    }
    Ok((sums, months))
}

fn average_of_months(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let (sums, months) = months_added(ledger, window)?;
    let sum: i128 = sums.iter().sum();
    let paying = sums.iter().filter(|sum| **sum > 0).count() as u64;
    at_least_one(paying, "paying customers")?;
    let at_end = ledger.movements(window)?.customers.closing;
    Ok(
        Estimate::of(yearly(sum, months), paying, Spread::Exact).with_parts(vec![
            ("monthly", money(sum) / f64::from(months)),
            ("customers", at_end as f64),
            ("months", f64::from(months)),
        ]),
    )
}

fn to_average_of_months(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    let (ledger, window) = scope.ledger()?;
    let (sums, months) = months_added(ledger, window)?;
    let (_, after) = ledger.ends(window)?;
    let first_end = window.end.plus_months(1 - months);
    let class = |customer: usize| {
        if after[customer] <= 0 {
            "customers who left count for the months in which they paid"
        } else if ledger.first_starts()[customer] >= first_end.0 {
            "customers who began within the months count for those in which they paid"
        } else {
            "customers who paid from the first month to the last count with their mean"
        }
    };
    let mut differences: Vec<(&'static str, u32, i128)> = sums
        .iter()
        .zip(after.iter())
        .enumerate()
        .map(|(customer, (sum, end))| {
            let difference = sum - i128::from(*end) * i128::from(months);
            (class(customer), customer as u32, difference)
        })
        .filter(|(_, _, difference)| *difference != 0)
        .collect();
    differences.sort_unstable();
    let mut sum: i128 = after.iter().copied().map(i128::from).sum::<i128>() * i128::from(months);
    let steps = differences.chunk_by(|one, other| one.0 == other.0);
    Ok(steps
        .map(|of_class| {
            sum += of_class.iter().map(|(_, _, more)| more).sum::<i128>();
            let customers = of_class.iter().map(|(_, customer, _)| *customer).collect();
            PathStep::new(of_class[0].0, yearly(sum, months), customers)
        })
        .collect())
}

/// What customers pay, and what those with signed contracts that have not begun will pay.
fn signed(scope: &Scope<'_>) -> Outcome<(i128, Vec<Contracted>)> {
    let (ledger, window) = scope.ledger()?;
    let Some(signed) = ledger.contracted(window.end.plus_days(-1)) else {
        return Err(Refusal::new(
            "rule_not_applicable",
            "No column says when contracts were signed, so those that have not begun are not known.",
            "Add the day of signing, booking or closing to each contract, or choose another rule.",
        ));
    };
    let (_, after) = ledger.ends(window)?;
    Ok((after.iter().copied().map(i128::from).sum(), signed))
}

fn contracted(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (live, signed) = signed(scope)?;
    let (ledger, window) = scope.ledger()?;
    let paying = ledger.movements(window)?.customers.closing;
    let comes = signed.iter().filter(|it| it.live <= 0).count() as u64;
    at_least_one(paying + comes, "customers who pay or have signed")?;
    let more: i128 = signed.iter().map(Contracted::adds).sum();
    let steps = [
        ("Paid today", live * i128::from(YEAR), true),
        ("Signed, not begun", more * i128::from(YEAR), false),
        ("Contracted", (live + more) * i128::from(YEAR), true),
    ];
    Ok(
        Estimate::of(yearly(live + more, 1), paying + comes, Spread::Exact)
            .with_parts(vec![
                ("live", yearly(live, 1)),
                ("signed_not_begun", yearly(more, 1)),
                ("signed_customers", signed.len() as f64),
                ("monthly", money(live + more)),
                ("customers", paying as f64),
            ])
            .with_chart(waterfall("From paid to contracted", &steps, scope.detail)),
    )
}

fn to_contracted(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    let (live, signed) = signed(scope)?;
    let mut sum = live;
    let mut steps = Vec::new();
    for (says, pays_already, more) in [
        ("customers who do not pay yet have signed", false, true),
        ("customers who pay have signed for more", true, true),
        ("customers who pay have signed for less", true, false),
    ] {
        let fits = |it: &&Contracted| (it.live > 0) == pays_already && (it.adds() > 0) == more;
        let those = signed.iter().filter(|it| it.adds() != 0).filter(fits);
        let those: Vec<&Contracted> = those.collect();
        if those.is_empty() {
            continue;
        }
        sum += those.iter().map(|it| it.adds()).sum::<i128>();
        let customers = those.iter().map(|it| it.customer).collect();
        steps.push(PathStep::new(says, yearly(sum, 1), customers));
    }
    Ok(steps)
}

fn typed_contracted(scope: &Scope<'_>) -> Outcome<Estimate> {
    let monthly = scope.figure("monthly_recurring_revenue")?;
    let more = scope.figure("signed_not_begun")?;
    let live = monthly * f64::from(YEAR);
    Ok(
        Estimate::of(live + more, 1, Spread::StandardError(None)).with_parts(vec![
            ("live", live),
            ("signed_not_begun", more),
            ("monthly", monthly),
        ]),
    )
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let monthly = scope.figure("monthly_recurring_revenue")?;
    Ok(
        Estimate::of(monthly * f64::from(YEAR), 1, Spread::StandardError(None))
            .with_parts(vec![("monthly", monthly)]),
    )
}

//! Net revenue retention: what do the customers of a year ago pay now?

use crate::engine::kpi::prelude::*;
use stats::bootstrap;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "net_revenue_retention",
    edition: 1,
    name: "Net revenue retention",
    short: Some("NRR"),
    family: "retention",
    question: "Do the customers we had a year ago pay us more or less today?",
    definition: "What the customers who paid at the start of the period pay at its end, divided by what they paid at its start. New customers never count.",
    formula: "(opening + expansion − contraction − churn) ÷ opening",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: &[
        Need {
            kind: Kind::Subscription,
            roles: &[&[Role::Customer], &[Role::StartedAt], &[Role::Amount]],
            basis: Basis::Ledger,
            expected: Expected::Usually,
        },
        Need {
            kind: Kind::RevenueMonth,
            roles: &[&[Role::Customer], &[Role::Month], &[Role::RecurringRevenue]],
            basis: Basis::Ledger,
            expected: Expected::Usually,
        },
    ],
    covers: Covers::Months(12),
    rules: &[
        Rule {
            id: "cohort",
            name: "Start cohort, both ends",
            rule: "The same customers at both ends; what changed and changed back in between does not count.",
            source: "SaaS Capital and most annual benchmarks; ChartMogul, help article 12112768447004",
            estimates: &[(Basis::Ledger, cohort)],
        },
        Rule {
            id: "compounded_months",
            name: "Monthly values multiplied",
            rule: "The product of the monthly figures; customers who joined within the period count from their second month.",
            source: "ChartMogul, Net MRR Retention chart, help article 6886664393500, multiplied over the months",
            estimates: &[(Basis::Ledger, compounded_months)],
        },
    ],
    settings: &[],
    parts: &[
        Part {
            name: "opening",
            unit: Unit::Money,
            says: "paid at the start by the customers of the start",
        },
        Part {
            name: "expansion",
            unit: Unit::Money,
            says: "more from them",
        },
        Part {
            name: "contraction",
            unit: Unit::Money,
            says: "less from those who stayed",
        },
        Part {
            name: "churn",
            unit: Unit::Money,
            says: "from those who left",
        },
        Part {
            name: "closing",
            unit: Unit::Money,
            says: "paid at the end by the customers of the start",
        },
        Part {
            name: "without_largest",
            unit: Unit::Ratio,
            says: "the same without the customer who paid most at the start",
        },
        Part {
            name: "numerator",
            unit: Unit::Money,
            says: "closing",
        },
        Part {
            name: "denominator",
            unit: Unit::Money,
            says: "opening",
        },
    ],
    limits: &[
        "It says nothing about new business.",
        "One large account can carry it: see the figure without the largest.",
        "A monthly and a yearly figure must never stand on one axis.",
    ],
    examples: &[
        Example {
            name: "one_grew_one_shrank_one_left",
            pasted: "customer,month,mrr\nA,2024-01,100\nB,2024-01,100\nC,2024-01,100\nA,2025-01,150\nB,2025-01,80\nD,2025-01,500\n",
            options: r#"{"as_of":"2025-01-31"}"#,
            gives: Gives::Value(
                230.0 / 300.0,
                &[
                    ("opening", 300.0),
                    ("expansion", 50.0),
                    ("contraction", 20.0),
                    ("churn", 100.0),
                    ("closing", 230.0),
                ],
            ),
        },
        Example {
            name: "nobody_at_the_start_is_refused",
            pasted: "customer,month,mrr\nA,2025-01,100\nB,2025-02,100\n",
            options: r#"{"as_of":"2025-02-28"}"#,
            gives: Gives::Refusal("no_opening"),
        },
    ],
};

fn no_opening() -> Refusal {
    Refusal::new(
        "no_opening",
        "Nobody paid at the start of the period, so there is nothing to keep.",
        "Add rows from before the period, or choose a shorter one.",
    )
}

fn cohort(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let (before, after) = ledger.ends(window);
    let pairs: Vec<(i64, i64)> = before
        .iter()
        .copied()
        .zip(after.iter().copied())
        .filter(|(from, _)| *from > 0)
        .collect();
    let opening: i128 = pairs.iter().map(|(from, _)| i128::from(*from)).sum();
    if opening <= 0 {
        return Err(no_opening());
    }
    let (mut expansion, mut contraction, mut churn) = (0_i128, 0_i128, 0_i128);
    for (from, to) in &pairs {
        let change = i128::from(*to) - i128::from(*from);
        if *to <= 0 {
            churn -= change;
        } else if change > 0 {
            expansion += change;
        } else {
            contraction -= change;
        }
    }
    let closing = opening + expansion - contraction - churn;
    let starts: Vec<f64> = pairs
        .iter()
        .map(|(from, _)| money(i128::from(*from)))
        .collect();
    let ends: Vec<f64> = pairs.iter().map(|(_, to)| money(i128::from(*to))).collect();
    let found = bootstrap::ratio_interval(&ends, &starts, LEVEL, scope.resamples(pairs.len()), 1);
    let mut parts = vec![
        ("opening", money(opening)),
        ("expansion", money(expansion)),
        ("contraction", money(contraction)),
        ("churn", money(churn)),
        ("closing", money(closing)),
    ];
    if let Some((from, to)) = pairs.iter().max_by_key(|(from, _)| *from)
        && opening > i128::from(*from)
    {
        let rest = opening - i128::from(*from);
        parts.push((
            "without_largest",
            money(closing - i128::from(*to)) / money(rest),
        ));
    }
    parts.extend([
        ("numerator", money(closing)),
        ("denominator", money(opening)),
    ]);
    let step = |label: &str, amount: i128, total: bool| WaterfallStep {
        label: label.to_owned(),
        amount: money(amount),
        total,
    };
    let chart = (scope.detail == Detail::Headline).then(|| ChartSpec {
        title: String::from("Revenue of the customers at the start"),
        summary: String::new(),
        plot: Plot::Waterfall {
            unit: Unit::Money,
            steps: vec![
                step("At the start", opening, true),
                step("Expansion", expansion, false),
                step("Contraction", -contraction, false),
                step("Lost customers", -churn, false),
                step("The same customers at the end", closing, true),
            ],
        },
        footnotes: vec![String::from(
            "Bars show change only; the totals are not drawn to zero.",
        )],
    });
    Ok(Estimate {
        value: money(closing) / money(opening),
        n: pairs.len() as u64,
        interval: found.map(|found| interval((found.low, found.high), found.method)),
        parts,
        spread: Spread::StandardError(found.map(|found| found.standard_error)),
        chart,
    })
}

fn compounded_months(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let mut month = window.start.first_of_month();
    let mut product = 1.0;
    let mut n = 0;
    while month < window.end {
        let next = month.plus_months(1);
        let moved = ledger.movements(Period {
            start: month,
            end: next,
        });
        if moved.opening <= 0 {
            return Err(no_opening());
        }
        n = n.max(moved.customers.opening);
        product *= money(moved.opening + moved.expansion - moved.contraction - moved.churn)
            / money(moved.opening);
        month = next;
    }
    Ok(Estimate {
        value: product,
        n,
        interval: None,
        parts: Vec::new(),
        spread: Spread::StandardError(None),
        chart: None,
    })
}

//! Net revenue retention: what do the customers of a year ago pay now?

use crate::engine::kpi::concentration::{CONCENTRATION_PARTS, without_largest};
use crate::engine::kpi::prelude::*;

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
    needs: REVENUE_NEEDS,
    covers: Covers::Months(12),
    rules: &[
        Rule {
            id: "cohort",
            name: "Start cohort, both ends",
            rule: "The same customers at both ends; what changed and changed back in between does not count.",
            source: "SaaS Capital and most annual benchmarks; ChartMogul, help article 12112768447004",
            estimates: &[(Basis::Ledger, cohort), (Basis::Typed, typed)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "movements",
            name: "Opening and movements",
            rule: "Every expansion, contraction and loss within the period, also of customers who joined in it; new business and returns do not count.",
            source: "ChartMogul, Net MRR Retention chart, help article 6886664393500",
            estimates: &[(Basis::Ledger, movements)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "with_reactivation",
            name: "Movements with returns",
            rule: "As opening and movements, and customers who come back count too.",
            source: "ChartMogul, Cohort: Net MRR Retention, help article 203359411",
            estimates: &[(Basis::Ledger, with_reactivation)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "without_contraction",
            name: "Expansion and losses only",
            rule: "100% − (lost − expansion) ÷ opening; customers who pay less do not count.",
            source: "Baremetrics, New metric: NRR, changelog.baremetrics.com/new-metric-net-revenue-retention-2BOJIA",
            estimates: &[(Basis::Ledger, without_contraction)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "compounded_months",
            name: "Monthly values multiplied",
            rule: "The product of the monthly figures; customers who joined within the period count from their second month.",
            source: "ChartMogul, Net MRR Retention chart, help article 6886664393500, multiplied over the months",
            estimates: &[(Basis::Ledger, compounded_months)],
            ledger: &[],
            path: Some(to_compounded_months),
            unit: None,
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
        CONCENTRATION_PARTS[0],
        CONCENTRATION_PARTS[1],
        CONCENTRATION_PARTS[2],
        Part {
            name: "customers_kept",
            unit: Unit::Ratio,
            says: "share of the customers of the start who still pay, whatever they pay",
        },
        Part {
            name: "gap_to_customers",
            unit: Unit::Ratio,
            says: "revenue kept minus customers kept: above nothing, those who stay make up for those who leave",
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
            name: "typed_movements_of_a_month",
            pasted: "opening,churn,contraction,expansion\n100,10,10,10\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.9, &[("closing", 90.0)]),
        },
        Example {
            name: "nobody_at_the_start_is_refused",
            pasted: "customer,month,mrr\nA,2025-01,100\nB,2025-02,100\n",
            options: r#"{"as_of":"2025-02-28"}"#,
            gives: Gives::Refusal("no_opening"),
        },
    ],
};

const OPENING: &str = "paid at the start by the customers of the start";
const MORE: &str = "paid more at the end by customers of the start";
const LESS: &str = "paid less at the end by customers of the start who stayed";
const GONE: &str = "paid at the start by customers who are gone at the end";
const MORE_EACH: &str = "every raise within the period, of all customers";
const LESS_EACH: &str = "every cut within the period, of all customers";
const GONE_EACH: &str = "every loss within the period, of all customers";
const BACK_EACH: &str = "every return within the period";

const CLASSES: [&str; 8] = [
    OPENING, MORE, MORE_EACH, LESS, LESS_EACH, GONE, GONE_EACH, BACK_EACH,
];

/// The classes of the start cohort: what it paid, and how that changed.
fn cohort_tally(scope: &Scope<'_>) -> Outcome<Tally> {
    let (ledger, window) = scope.ledger()?;
    let (before, after) = ledger.ends(window)?;
    let mut tally = Tally::ratio(Counted::Money, &CLASSES, scope.names_customers());
    let [opening, gone, more, less] = tally.places([OPENING, GONE, MORE, LESS]);
    for (customer, (&from, &to)) in (0..).zip(before.iter().zip(after.iter())) {
        if from <= 0 {
            continue;
        }
        let (from, to) = (i128::from(from), i128::from(to));
        tally.add_at(opening, customer, from, from);
        if to <= 0 {
            tally.add_at(gone, customer, to - from, 0);
        } else if to > from {
            tally.add_at(more, customer, to - from, 0);
        } else if to < from {
            tally.add_at(less, customer, to - from, 0);
        }
    }
    if tally.denominator() <= 0 {
        return Err(no_opening());
    }
    Ok(tally)
}

fn cohort(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let (before, after) = ledger.ends(window)?;
    let tally = cohort_tally(scope)?;
    let of = |says: &str| tally.class(says).map_or(0, |class| class.numerator);
    let both = before.iter().copied().zip(after.iter().copied());
    let pairs = both.filter(|(from, _)| *from > 0);
    let (opening, closing) = (tally.denominator(), tally.numerator());
    let in_money = |(from, to)| (money(i128::from(to)), money(i128::from(from)));
    let (ends, spread) = scope.ratio_spread(pairs.clone().map(in_money));
    let value = money(closing) / money(opening);
    let n = pairs.clone().count() as u64;
    let kept = pairs.clone().filter(|(_, to)| *to > 0).count() as f64 / n as f64;
    let mut parts = vec![
        ("opening", money(opening)),
        ("expansion", money(of(MORE))),
        ("contraction", -money(of(LESS))),
        ("churn", -money(of(GONE))),
        ("closing", money(closing)),
    ];
    if scope.detail == Detail::Headline {
        parts.extend(without_largest(pairs.collect()));
    }
    parts.extend([
        ("customers_kept", kept),
        ("gap_to_customers", value - kept),
        ("numerator", money(closing)),
        ("denominator", money(opening)),
    ]);
    let chart = waterfall(
        "Revenue of the customers at the start",
        &[
            ("At the start", opening, true),
            ("Expansion", of(MORE), false),
            ("Contraction", of(LESS), false),
            ("Lost customers", of(GONE), false),
            ("The same customers at the end", closing, true),
        ],
        scope.detail,
    );
    Ok(Estimate {
        interval: ends,
        ..Estimate::of(value, n, spread)
    }
    .with_parts(parts)
    .with_chart(chart)
    .with_tally(tally))
}

/// The classes of every change within the period.
fn movements_tally(scope: &Scope<'_>, counts: &[ChangeKind]) -> Outcome<Tally> {
    let (ledger, window) = scope.ledger()?;
    let (before, _) = ledger.ends(window)?;
    let mut tally = Tally::ratio(Counted::Money, &CLASSES, scope.names_customers());
    for (customer, from) in before.iter().enumerate() {
        if *from > 0 {
            tally.add(OPENING, customer as u32, *from, *from);
        }
    }
    if tally.denominator() <= 0 {
        return Err(no_opening());
    }
    let every = MovementRule {
        every_change: true,
        ..MovementRule::default()
    };
    ledger.changes(window, every, |change| {
        if !counts.contains(&change.kind) {
            return;
        }
        let says = match change.kind {
            ChangeKind::Expansion => MORE_EACH,
            ChangeKind::Contraction => LESS_EACH,
            ChangeKind::Churn => GONE_EACH,
            ChangeKind::Reactivation | ChangeKind::New => BACK_EACH,
        };
        tally.add(says, change.customer, change.delta(), 0);
    })?;
    Ok(tally)
}

/// The figure of classes of movements.
fn of_movements(scope: &Scope<'_>, counts: &[ChangeKind]) -> Outcome<Estimate> {
    let tally = movements_tally(scope, counts)?;
    let (numerator, denominator) = (money(tally.numerator()), money(tally.denominator()));
    let opening = tally.denominator();
    let (ledger, window) = scope.ledger()?;
    let paying = ledger.movements(window)?.customers.opening;
    Ok(
        Estimate::of(numerator / denominator, paying, Spread::StandardError(None))
            .with_parts(vec![
                ("opening", money(opening)),
                ("numerator", numerator),
                ("denominator", denominator),
            ])
            .with_tally(tally),
    )
}

fn movements(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_movements(
        scope,
        &[
            ChangeKind::Expansion,
            ChangeKind::Contraction,
            ChangeKind::Churn,
        ],
    )
}

fn with_reactivation(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_movements(
        scope,
        &[
            ChangeKind::Expansion,
            ChangeKind::Contraction,
            ChangeKind::Churn,
            ChangeKind::Reactivation,
        ],
    )
}

fn without_contraction(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_movements(scope, &[ChangeKind::Expansion, ChangeKind::Churn])
}

/// The product of monthly figures over the customers that a rule lets in.
fn compounded(scope: &Scope<'_>, counts: impl Fn(usize) -> bool) -> Outcome<(f64, u64)> {
    let (ledger, window) = scope.ledger()?;
    let mut month = window.start.first_of_month();
    let mut product = 1.0;
    let mut n = 0;
    while month < window.end {
        let next = month.plus_months(1);
        let (before, after) = ledger.ends(Period {
            start: month,
            end: next,
        })?;
        let (mut from_all, mut to_all, mut paying) = (0_i128, 0_i128, 0);
        for (customer, (&from, &to)) in before.iter().zip(after.iter()).enumerate() {
            if from > 0 && counts(customer) {
                from_all += i128::from(from);
                to_all += i128::from(to);
                paying += 1;
            }
        }
        if from_all <= 0 {
            return Err(no_opening());
        }
        n = n.max(paying);
        product *= money(to_all) / money(from_all);
        month = next;
    }
    Ok((product, n))
}

/// Typed figures: opening, churn, and contraction and expansion where they are there.
fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let opening = scope.figure("opening")?;
    let churn = loss(scope, "churn")?;
    let contraction = loss(scope, "contraction").unwrap_or(0.0);
    let expansion = scope.figure_or_nothing("expansion");
    if opening <= 0.0 {
        return Err(no_opening());
    }
    let closing = opening + expansion - contraction - churn;
    let parts = vec![
        ("opening", opening),
        ("expansion", expansion),
        ("contraction", contraction),
        ("churn", churn),
        ("closing", closing),
        ("numerator", closing),
        ("denominator", opening),
    ];
    Ok(Estimate::of(closing / opening, 1, Spread::Exact).with_parts(parts))
}

fn compounded_months(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (product, n) = compounded(scope, |_| true)?;
    Ok(Estimate::of(product, n, Spread::StandardError(None)))
}

fn to_compounded_months(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    let (ledger, window) = scope.ledger()?;
    let (before, _) = ledger.ends(window)?;
    let at_start = |customer: usize| before[customer] > 0;
    let mut returned = Vec::new();
    let mut joined = Vec::new();
    for step in ledger.steps(window) {
        if !at_start(step.customer as usize) {
            joined.push(step.customer);
        } else if step.from <= 0 && step.to > 0 {
            returned.push(step.customer);
        }
    }
    Ok(vec![
        PathStep::new(
            "month by month, who comes back after a gap stays lost",
            compounded(scope, at_start)?.0,
            returned,
        ),
        PathStep::new(
            "customers who joined within the period count from their second month",
            compounded(scope, |_| true)?.0,
            joined,
        ),
    ])
}

//! Gross revenue retention: what is left of the revenue of a year ago, growth aside?

use crate::engine::kpi::concentration::{CONCENTRATION_PARTS, without_largest};
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "gross_revenue_retention",
    edition: 1,
    name: "Gross revenue retention",
    short: Some("GRR"),
    family: "retention",
    question: "How much of last year's recurring revenue is still there, growth aside?",
    definition: "What the customers who paid at the start of the period pay at its end, each at most what they paid at its start, divided by what they paid at its start. It is never above 100% and never above net revenue retention.",
    formula: "sum of the smaller of end and start, by customer ÷ sum of start",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: REVENUE_NEEDS,
    covers: Covers::Months(12),
    rules: &[
        Rule {
            id: "cohort",
            name: "Start cohort, both ends",
            rule: "The same customers at both ends, each counted with at most what they paid at the start; what fell and rose again in between does not count.",
            source: "SaaS Capital and most annual benchmarks; dbt Labs, MRR playbook, renewal_amount = least(mrr, previous_month_mrr), github.com/dbt-labs/mrr-playbook",
            estimates: &[(Basis::Ledger, cohort), (Basis::Typed, typed)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "movements",
            name: "Opening and losses",
            rule: "Every contraction and loss within the period is taken off, also one that was made good later, and also of customers who joined in it.",
            source: "ChartMogul, Metric: MRR Churn Rate, help article 203359341: what its gross churn leaves",
            estimates: &[(Basis::Ledger, movements), (Basis::Typed, typed)],
            ledger: &[],
            path: None,
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
            name: "net",
            unit: Unit::Ratio,
            says: "net revenue retention of the same customers under the same rule",
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
            name: "numerator",
            unit: Unit::Money,
            says: "opening less contraction and churn",
        },
        Part {
            name: "denominator",
            unit: Unit::Money,
            says: "opening",
        },
    ],
    limits: &[
        "It says nothing about growth: see net revenue retention.",
        "One large account can carry it: see the figure without the largest.",
        "A monthly and a yearly figure must never stand on one axis.",
    ],
    examples: &[
        Example {
            name: "growth_of_one_does_not_make_up_for_another",
            pasted: "customer,month,mrr\nA,2024-01,100\nB,2024-01,100\nC,2024-01,100\nA,2025-01,150\nB,2025-01,80\nD,2025-01,500\n",
            options: r#"{"as_of":"2025-01-31"}"#,
            gives: Gives::Value(
                180.0 / 300.0,
                &[
                    ("opening", 300.0),
                    ("contraction", 20.0),
                    ("churn", 100.0),
                    ("net", 230.0 / 300.0),
                    ("without_largest", 0.9),
                    ("customers_kept", 2.0 / 3.0),
                ],
            ),
        },
        Example {
            name: "a_cut_that_was_made_good_counts_among_the_movements",
            pasted: "customer,month,mrr\nA,2025-01,100\nB,2025-01,100\nA,2025-02,60\nB,2025-02,100\nA,2025-03,120\nB,2025-03,100\n",
            options: r#"{"as_of":"2025-03-31","period":{"unit":"month","count":2},"variants":{"gross_revenue_retention":"movements"}}"#,
            gives: Gives::Value(160.0 / 200.0, &[("contraction", 40.0), ("net", 1.1)]),
        },
        Example {
            name: "the_same_cut_does_not_count_at_the_ends",
            pasted: "customer,month,mrr\nA,2025-01,100\nB,2025-01,100\nA,2025-02,60\nB,2025-02,100\nA,2025-03,120\nB,2025-03,100\n",
            options: r#"{"as_of":"2025-03-31","period":{"unit":"month","count":2}}"#,
            gives: Gives::Value(1.0, &[("net", 1.1)]),
        },
        Example {
            name: "typed_movements_of_a_month",
            pasted: "opening,churn,contraction,expansion\n100,10,10,10\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.8, &[("net", 0.9)]),
        },
        Example {
            name: "losses_typed_with_a_minus_are_losses",
            pasted: "opening,churn,contraction\n100,-10,-10\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.8, &[("churn", 10.0)]),
        },
        Example {
            name: "more_lost_than_there_was_is_refused",
            pasted: "opening,churn,contraction\n100,90,20\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Refusal("retention_out_of_order"),
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
const LESS: &str = "paid less at the end by customers of the start who stayed";
const GONE: &str = "paid at the start by customers who are gone at the end";
const LESS_EACH: &str = "every cut within the period, of all customers";
const GONE_EACH: &str = "every loss within the period, of all customers";

const CLASSES: [&str; 5] = [OPENING, LESS, GONE, LESS_EACH, GONE_EACH];

/// An empty tally with what each customer paid at the start.
fn opening_tally(scope: &Scope<'_>, before: &[i64]) -> Outcome<Tally> {
    let mut tally = Tally::ratio(Counted::Money, &CLASSES, scope.names_customers());
    let [opening] = tally.places([OPENING]);
    for (customer, from) in (0..).zip(before).filter(|(_, from)| **from > 0) {
        let from = i128::from(*from);
        tally.add_at(opening, customer, from, from);
    }
    if tally.denominator() <= 0 {
        return Err(no_opening());
    }
    Ok(tally)
}

fn cohort(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let (before, after) = ledger.ends(window)?;
    let mut tally = opening_tally(scope, &before)?;
    let [less, gone] = tally.places([LESS, GONE]);
    let mut closing = 0_i128;
    let (mut n, mut still) = (0_u64, 0_u64);
    let both = before.iter().copied().zip(after.iter().copied());
    let paid = both.clone().enumerate();
    for (customer, (from, to)) in paid.filter(|(_, (from, _))| *from > 0) {
        n += 1;
        closing += i128::from(to);
        still += u64::from(to > 0);
        if to < from {
            let class = if to > 0 { less } else { gone };
            let change = i128::from(to) - i128::from(from);
            tally.add_at(class, customer as u32, change, 0);
        }
    }
    let opening = tally.denominator();
    in_order(opening, tally.numerator(), closing)?;
    let pairs = both
        .filter(|(from, _)| *from > 0)
        .map(|(from, to)| (from, to.min(from)));
    let in_money = |(from, kept)| (money(i128::from(kept)), money(i128::from(from)));
    let (ends, spread) = scope.ratio_spread(pairs.clone().map(in_money));
    let mut parts = losses(&tally, [LESS, GONE]);
    parts.push(("net", money(closing) / money(opening)));
    if scope.detail == Detail::Headline {
        parts.extend(without_largest(pairs.collect()));
    }
    parts.push(("customers_kept", still as f64 / n as f64));
    parts.push(("numerator", money(tally.numerator())));
    parts.push(("denominator", money(opening)));
    let chart = waterfall(
        "What is left of the revenue at the start",
        &[
            ("At the start", opening, true),
            ("Contraction", of(&tally, LESS), false),
            ("Lost customers", of(&tally, GONE), false),
            ("Left of it at the end", tally.numerator(), true),
        ],
        scope.detail,
    );
    Ok(Estimate {
        interval: ends,
        ..Estimate::of(money(tally.numerator()) / money(opening), n, spread)
    }
    .with_parts(parts)
    .with_chart(chart)
    .with_tally(tally))
}

fn movements(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let (before, _) = ledger.ends(window)?;
    let mut tally = opening_tally(scope, &before)?;
    let every = MovementRule {
        every_change: true,
        ..MovementRule::default()
    };
    let mut gained = 0_i128;
    ledger.changes(window, every, |change| {
        let says = match change.kind {
            ChangeKind::Contraction => LESS_EACH,
            ChangeKind::Churn => GONE_EACH,
            ChangeKind::Expansion => {
                gained += change.delta();
                return;
            }
            ChangeKind::Reactivation | ChangeKind::New => return,
        };
        tally.add(says, change.customer, change.delta(), 0);
    })?;
    let (kept, opening) = (tally.numerator(), tally.denominator());
    in_order(opening, kept, kept + gained)?;
    let mut parts = losses(&tally, [LESS_EACH, GONE_EACH]);
    parts.push(("net", money(kept + gained) / money(opening)));
    parts.push(("numerator", money(kept)));
    parts.push(("denominator", money(opening)));
    let paying = before.iter().filter(|from| **from > 0).count() as u64;
    Ok(Estimate::of(
        money(kept) / money(opening),
        paying,
        Spread::StandardError(None),
    )
    .with_parts(parts)
    .with_tally(tally))
}

/// Typed figures: opening, churn and contraction; expansion where it is there.
fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let opening = scope.figure("opening")?;
    let churn = loss(scope, "churn")?;
    let contraction = loss(scope, "contraction").unwrap_or(0.0);
    let expansion = scope.figure_or_nothing("expansion");
    if opening <= 0.0 {
        return Err(no_opening());
    }
    let kept = opening - churn - contraction;
    if kept < 0.0 || expansion < 0.0 {
        return Err(out_of_order());
    }
    Ok(
        Estimate::of(kept / opening, 1, Spread::Exact).with_parts(vec![
            ("opening", opening),
            ("contraction", contraction),
            ("churn", churn),
            ("net", (kept + expansion) / opening),
            ("numerator", kept),
            ("denominator", opening),
        ]),
    )
}

/// What a class adds to the numerator.
fn of(tally: &Tally, says: &str) -> i128 {
    tally.class(says).map_or(0, |class| class.numerator)
}

/// The opening and the losses, which are the classes named: contraction, then churn.
fn losses(tally: &Tally, classes: [&str; 2]) -> Vec<(&'static str, f64)> {
    vec![
        ("opening", money(tally.denominator())),
        ("contraction", money(-of(tally, classes[0]))),
        ("churn", money(-of(tally, classes[1]))),
    ]
}

/// What is kept is at most the opening, and at most what is kept with growth.
fn in_order(opening: i128, kept: i128, with_growth: i128) -> Outcome<()> {
    if kept <= opening && kept <= with_growth {
        return Ok(());
    }
    Err(out_of_order())
}

fn out_of_order() -> Refusal {
    Refusal::new(
        "retention_out_of_order",
        "Gross revenue retention comes out above 100% or above net revenue retention, which cannot be.",
        "Give typed movements without a minus; from a table of customers this would be a fault of Kept, please report it.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_may_exceed_neither_the_opening_nor_what_is_kept_with_growth() {
        assert!(in_order(100, 90, 110).is_ok());
        assert!(in_order(100, 100, 100).is_ok());
        for (kept, with_growth) in [(101, 120), (90, 80)] {
            let refusal = in_order(100, kept, with_growth).unwrap_err();
            assert_eq!(refusal.code, "retention_out_of_order");
        }
    }
}

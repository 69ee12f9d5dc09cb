//! Quick ratio: how much recurring revenue is won for each unit lost?

use crate::engine::facts::ledger::Movements;
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "quick_ratio",
    edition: 1,
    name: "Quick ratio",
    short: None,
    family: "revenue",
    question: "How much recurring revenue do we win for each unit that we lose?",
    definition: "Recurring revenue won from new customers and by expansion, divided by what was lost by contraction and churn.",
    formula: "(new + expansion) ÷ (contraction + churn)",
    unit: Unit::Times,
    better: Better::Higher,
    needs: REVENUE_NEEDS,
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "ends_compared",
            name: "New and expansion, both ends compared",
            rule: "Each customer moves at most once, from the start to the end of the period; who comes back does not count as won.",
            source: "Baremetrics, changelog, Quick Ratio, changelog.baremetrics.com",
            estimates: &[(Basis::Ledger, ends_compared), (Basis::Typed, typed)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "with_reactivation",
            name: "With returns",
            rule: "As the two ends compared, and revenue of customers who come back counts as won.",
            source: "In use beside the rule of Baremetrics; Kept names it so that two figures can be told apart",
            estimates: &[
                (Basis::Ledger, with_reactivation),
                (Basis::Typed, typed_with_reactivation),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "every_change",
            name: "Every change",
            rule: "Every change within the period counts under its own name, also of those who joined and left in it; who comes back does not count as won.",
            source: "Movements by activity as ChartMogul tells them, help article 203299912",
            estimates: &[(Basis::Ledger, every_change)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "new_after_90_days",
            name: "New again after 90 days",
            rule: "Every change counts, and who comes back after more than 90 days counts as new.",
            source: "Maxio (Chargify), as compared at paddle.com/help/profitwell-metrics/measure/compare/profitwell-vs-chargify",
            estimates: &[(Basis::Ledger, new_after_90_days)],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[],
    parts: &[
        Part {
            name: "new",
            unit: Unit::Money,
            says: "from customers who never paid before",
        },
        Part {
            name: "reactivation",
            unit: Unit::Money,
            says: "from customers who had left and came back; counts as won under one rule only",
        },
        Part {
            name: "expansion",
            unit: Unit::Money,
            says: "more from customers who stayed",
        },
        Part {
            name: "contraction",
            unit: Unit::Money,
            says: "less from customers who stayed",
        },
        Part {
            name: "churn",
            unit: Unit::Money,
            says: "from customers who left",
        },
        Part {
            name: "numerator",
            unit: Unit::Money,
            says: "won",
        },
        Part {
            name: "denominator",
            unit: Unit::Money,
            says: "lost",
        },
    ],
    limits: &[
        "A month with small losses gives a huge ratio: look at the amounts too.",
        "Without any loss there is no ratio, and that is said instead of a number.",
        "No interval is given with fewer than twenty customers who pay less or leave.",
        "Young companies have high ratios because little can be lost yet.",
    ],
    examples: &[
        Example {
            name: "four_won_for_each_one_lost",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,2025-03-10,100\nA,2025-03-10,,80\nB,2025-01-01,2025-03-15,30\nC,2025-01-01,2025-03-12,100\nC,2025-03-12,,150\nD,2025-03-05,,150\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Value(
                4.0,
                &[
                    ("new", 150.0),
                    ("expansion", 50.0),
                    ("contraction", 20.0),
                    ("churn", 30.0),
                    ("numerator", 200.0),
                    ("denominator", 50.0),
                ],
            ),
        },
        Example {
            name: "who_comes_back_counts_as_won",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,2025-02-10,40\nA,2025-03-10,,40\nB,2025-01-01,2025-03-15,30\nC,2025-03-05,,50\n",
            options: r#"{"as_of":"2025-03-31","variants":{"quick_ratio":"with_reactivation"}}"#,
            gives: Gives::Value(3.0, &[("reactivation", 40.0), ("denominator", 30.0)]),
        },
        Example {
            name: "every_change_counts_who_joined_and_left",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,40\nB,2025-01-01,2025-03-15,30\nC,2025-03-05,2025-03-20,50\nD,2025-03-05,,70\n",
            options: r#"{"as_of":"2025-03-31","variants":{"quick_ratio":"every_change"}}"#,
            gives: Gives::Value(1.5, &[("new", 120.0), ("churn", 80.0)]),
        },
        Example {
            name: "back_after_four_months_counts_as_new",
            pasted: "customer,started_on,ended_on,mrr\nA,2024-01-01,2024-11-10,40\nA,2025-03-10,,60\nB,2025-01-01,2025-03-15,30\nC,2025-01-01,2025-02-15,10\nC,2025-03-01,,10\n",
            options: r#"{"as_of":"2025-03-31","variants":{"quick_ratio":"new_after_90_days"}}"#,
            gives: Gives::Value(2.0, &[("new", 60.0), ("reactivation", 10.0)]),
        },
        Example {
            name: "typed_movements_give_a_ratio",
            pasted: "new mrr,expansion mrr,contraction mrr,churn mrr\n30,10,10,10\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(2.0, &[("numerator", 40.0), ("denominator", 20.0)]),
        },
        Example {
            name: "without_losses_there_is_no_ratio",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,100\nB,2025-03-05,,50\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Refusal("no_losses"),
        },
    ],
};

/// With fewer customers on the losing side, one of them can decide where the interval ends.
const LEAST_LOSING: usize = 20;

/// Which movements count as won.
#[derive(Clone, Copy, PartialEq)]
enum Won {
    New,
    NewAndReturns,
}

impl Won {
    /// What a movement adds to the numerator and to the denominator.
    fn sides(self, moved: &Moved) -> (i128, i128) {
        match moved.kind {
            ChangeKind::New | ChangeKind::Expansion => (moved.amount, 0),
            ChangeKind::Reactivation if self == Self::NewAndReturns => (moved.amount, 0),
            ChangeKind::Reactivation => (0, 0),
            ChangeKind::Contraction | ChangeKind::Churn => (0, -moved.amount),
        }
    }

    fn of(self, moved: &Movements) -> i128 {
        let returns = match self {
            Self::New => 0,
            Self::NewAndReturns => moved.reactivation,
        };
        moved.new + moved.expansion + returns
    }
}

fn no_losses() -> Refusal {
    Refusal::new(
        "no_losses",
        "Nothing was lost in this period, so there is nothing to divide by.",
        "Choose a longer period; a period without losses has no quick ratio.",
    )
}

fn under(scope: &Scope<'_>, counting: Counting, won: Won) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let moved = counting.movements(ledger, window)?;
    anyone_pays(&moved)?;
    let (gained, lost) = (won.of(&moved), moved.contraction + moved.churn);
    if lost <= 0 {
        return Err(no_losses());
    }
    let classes = scope.names_customers().then_some(MOVEMENT_CLASSES);
    let mut tally = classes.map(|classes| Tally::ratio(Counted::Money, classes, true));
    let mut sides = Vec::new();
    moves(ledger, window, counting, any, |moved| {
        let (more, more_below) = won.sides(&moved);
        sides.push((moved.customer, more, more_below));
        if let Some(tally) = &mut tally
            && (more, more_below) != (0, 0)
        {
            tally.add(moved.says, moved.customer, more, more_below);
        }
    })?;
    let everyone = ledger.movements(window)?.customers;
    let n = everyone.opening + everyone.new + everyone.reactivation;
    let (ends, spread) = resampled(scope, sides, n);
    let estimate = Estimate {
        interval: ends,
        ..Estimate::of(gained as f64 / lost as f64, n, spread)
    }
    .with_parts(vec![
        ("new", money(moved.new)),
        ("reactivation", money(moved.reactivation)),
        ("expansion", money(moved.expansion)),
        ("contraction", money(moved.contraction)),
        ("churn", money(moved.churn)),
        ("numerator", money(gained)),
        ("denominator", money(lost)),
    ])
    .with_chart(movement_chart(&moved, "Won and lost", scope.detail));
    Ok(match tally {
        Some(tally) => estimate.with_tally(tally),
        None => estimate,
    })
}

/// The interval over all customers who paid at either end, those without a change among them.
fn resampled(
    scope: &Scope<'_>,
    mut of_customers: Vec<(u32, i128, i128)>,
    customers: u64,
) -> (Option<Interval>, Spread) {
    of_customers.sort_unstable();
    let of_each = of_customers.chunk_by(|one, other| one.0 == other.0);
    let moved: Vec<(f64, f64)> = of_each
        .map(|of_one| {
            let gained = of_one.iter().map(|(_, gained, _)| gained).sum();
            let lost = of_one.iter().map(|(_, _, lost)| lost).sum();
            (money(gained), money(lost))
        })
        .collect();
    let unmoved = (customers as usize).saturating_sub(moved.len());
    let unmoved = std::iter::repeat_n((0.0, 0.0), unmoved);
    let everyone = moved.iter().copied().chain(unmoved);
    if moved.iter().filter(|(_, lost)| *lost > 0.0).count() < LEAST_LOSING {
        return (None, scope.ratio_told(None, everyone));
    }
    scope.ratio_spread(everyone)
}

fn ends_compared(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::Ends, Won::New)
}

fn with_reactivation(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::Ends, Won::NewAndReturns)
}

fn every_change(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::Every, Won::New)
}

fn new_after_90_days(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::EveryLateAsNew, Won::New)
}

fn typed_ratio(scope: &Scope<'_>, reactivation: f64) -> Outcome<Estimate> {
    let (new, expansion) = (scope.figure("new_revenue")?, scope.figure("expansion")?);
    let (contraction, churn) = (loss(scope, "contraction")?, loss(scope, "churn")?);
    let (gained, lost) = (new + expansion + reactivation, contraction + churn);
    if lost <= 0.0 {
        return Err(no_losses());
    }
    Ok(
        Estimate::of(gained / lost, 1, Spread::StandardError(None)).with_parts(vec![
            ("new", new),
            ("reactivation", reactivation),
            ("expansion", expansion),
            ("contraction", contraction),
            ("churn", churn),
            ("numerator", gained),
            ("denominator", lost),
        ]),
    )
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_ratio(scope, 0.0)
}

fn typed_with_reactivation(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_ratio(scope, scope.figure("reactivation")?)
}

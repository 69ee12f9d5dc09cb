//! Net new recurring revenue: what was added and lost?

use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "net_new_recurring_revenue",
    edition: 1,
    name: "Net new recurring revenue",
    short: Some("net new MRR"),
    family: "revenue",
    question: "What was added to our recurring revenue, and what was lost?",
    definition: "Monthly recurring revenue at the end of the period minus that at its start: new business, returns and expansion, less contraction and churn.",
    formula: "new + reactivation + expansion − contraction − churn = closing − opening",
    unit: Unit::Money,
    better: Better::Higher,
    needs: REVENUE_NEEDS,
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "ends_compared",
            name: "Both ends compared",
            rule: "Each customer moves at most once: from what they paid at the start to what they pay at the end; who joined and left within the period does not show.",
            source: "ProfitWell for customers new and lost in one month, paddle.com/help/profitwell-metrics; names of movements: ChartMogul, help article 203299912",
            estimates: &[(Basis::Ledger, ends_compared), (Basis::Typed, typed)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "every_change",
            name: "Every change",
            rule: "Every change within the period counts under its own name, also of those who joined and left in it; the sum is the same.",
            source: "ChartMogul, MRR movements by activity, help article 203299912; ReCharge, as compared at paddle.com/help/profitwell-metrics",
            estimates: &[(Basis::Ledger, every_change)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "new_after_90_days",
            name: "New again after 90 days",
            rule: "Every change counts, and who comes back after more than 90 days is a new customer; the sum is the same.",
            source: "Maxio (Chargify), as compared at paddle.com/help/profitwell-metrics/measure/compare/profitwell-vs-chargify",
            estimates: &[(Basis::Ledger, new_after_90_days)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "four_movements",
            name: "Four movements, no returns",
            rule: "Both ends are compared, and who comes back counts as new business; the sum is the same.",
            source: "Lago, MRR, getlago.com/docs/guide/analytics/revenue/mrr.md, which lists no reactivation",
            estimates: &[(Basis::Ledger, four_movements)],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[],
    parts: MOVEMENT_PARTS,
    limits: &[
        "It is a change of a monthly rate, not money received.",
        "One large customer can carry it: see the rows.",
        "The rules name movements differently; their sum is always the same.",
        "Typed losses count as lost with or without a minus sign.",
    ],
    examples: &[
        Example {
            name: "a_year_of_four_seats_is_new",
            pasted: "customer,plan,started_on,ended_on,price,interval,quantity\nA,Gold,2025-01-01,,500,year,4\nA,Silver,2025-02-01,2025-03-01,30,month,2\n",
            options: r#"{"as_of":"2025-01-31"}"#,
            gives: Gives::Value(
                166.666_666_667,
                &[
                    ("opening", 0.0),
                    ("new", 166.666_666_667),
                    ("new_customers", 1.0),
                ],
            ),
        },
        Example {
            name: "two_seats_more_are_expansion",
            pasted: "customer,plan,started_on,ended_on,price,interval,quantity\nA,Gold,2025-01-01,,500,year,4\nA,Silver,2025-02-01,2025-03-01,30,month,2\n",
            options: r#"{"as_of":"2025-02-28"}"#,
            gives: Gives::Value(60.0, &[("expansion", 60.0), ("new", 0.0)]),
        },
        Example {
            name: "ending_them_is_contraction_and_no_churn",
            pasted: "customer,plan,started_on,ended_on,price,interval,quantity\nA,Gold,2025-01-01,,500,year,4\nA,Silver,2025-02-01,2025-03-01,30,month,2\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Value(
                -60.0,
                &[
                    ("contraction", 60.0),
                    ("contracted_customers", 1.0),
                    ("churn", 0.0),
                    ("closing", 166.666_666_667),
                ],
            ),
        },
        Example {
            name: "a_hundred_monthly_and_fifty_yearly_seats_are_new",
            pasted: "customer,started_on,ended_on,price,interval,quantity\nA,2025-01-01,,100,month,100\nB,2025-01-01,,600,year,50\n",
            options: r#"{"as_of":"2025-01-31"}"#,
            gives: Gives::Value(12_500.0, &[("new", 12_500.0)]),
        },
        Example {
            name: "every_change_shows_who_joined_and_left",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,100\nB,2025-03-05,2025-03-20,40\nC,2025-03-10,,70\n",
            options: r#"{"as_of":"2025-03-31","variants":{"net_new_recurring_revenue":"every_change"}}"#,
            gives: Gives::Value(
                70.0,
                &[("new", 110.0), ("churn", 40.0), ("new_customers", 2.0)],
            ),
        },
        Example {
            name: "back_after_four_months_is_new_again",
            pasted: "customer,started_on,ended_on,mrr\nA,2024-01-01,,100\nB,2024-01-01,2024-11-01,50\nB,2025-03-05,,70\nC,2024-01-01,2025-02-20,20\nC,2025-03-01,,20\n",
            options: r#"{"as_of":"2025-03-31","variants":{"net_new_recurring_revenue":"new_after_90_days"}}"#,
            gives: Gives::Value(
                90.0,
                &[
                    ("new", 70.0),
                    ("reactivation", 20.0),
                    ("new_customers", 1.0),
                ],
            ),
        },
        Example {
            name: "four_movements_know_no_returns",
            pasted: "customer,started_on,ended_on,mrr\nA,2024-01-01,,100\nC,2024-01-01,2025-02-20,20\nC,2025-03-01,,20\n",
            options: r#"{"as_of":"2025-03-31","variants":{"net_new_recurring_revenue":"four_movements"}}"#,
            gives: Gives::Value(20.0, &[("new", 20.0), ("reactivation", 0.0)]),
        },
        Example {
            name: "typed_movements_add_up",
            pasted: "opening mrr,new mrr,expansion mrr,contraction mrr,churn mrr,reactivation mrr\n100,30,10,-10,10,5\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(25.0, &[("opening", 100.0), ("closing", 125.0)]),
        },
        Example {
            name: "typed_movements_that_do_not_lead_to_the_closing_are_refused",
            pasted: "opening mrr,new mrr,expansion mrr,contraction mrr,churn mrr,closing mrr\n100,30,10,10,10,140\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Refusal("figures_unbalanced"),
        },
        Example {
            name: "nobody_paid_and_nobody_pays",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,2025-02-01,100\nB,2025-01-01,2025-01-20,50\n",
            options: r#"{"as_of":"2025-06-30"}"#,
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};

fn under(scope: &Scope<'_>, counting: Counting) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let counts = ledger.movements(window)?.customers;
    let moved = counting.movements(ledger, window)?;
    anyone_pays(&moved)?;
    let estimate = Estimate::of(
        money(moved.net()),
        counts.opening + counts.new + counts.reactivation,
        Spread::Exact,
    )
    .with_parts(movement_parts(&moved))
    .with_flows(MOVEMENT_FLOWS)
    .with_chart(movement_chart(
        &moved,
        "How recurring revenue changed",
        scope.detail,
    ));
    if !scope.names_customers() {
        return Ok(estimate);
    }
    let mut tally = Tally::amount(1.0, MOVEMENT_CLASSES, true);
    moves(ledger, window, counting, any, |moved| {
        tally.add(moved.says, moved.customer, moved.amount, 0);
    })?;
    Ok(estimate.with_tally(tally))
}

fn ends_compared(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::Ends)
}

fn every_change(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::Every)
}

fn new_after_90_days(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::EveryLateAsNew)
}

fn four_movements(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::EndsReturnsAsNew)
}

/// By how much typed figures may miss the closing: they are often rounded to cents.
const ROUNDING: f64 = 0.01;

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let new = scope.figure("new_revenue")?;
    let reactivation = scope.figure_or_nothing("reactivation");
    let expansion = scope.figure("expansion")?;
    let contraction = loss(scope, "contraction")?;
    let churn = loss(scope, "churn")?;
    let net = math::sum([new, reactivation, expansion, -contraction, -churn]);
    let mut parts = Vec::new();
    if let Ok(opening) = scope.figure("opening_revenue") {
        let closing = opening + net;
        if let Ok(typed) = scope.figure("closing")
            && (typed - closing).abs() > ROUNDING
        {
            return Err(Refusal::new(
                "figures_unbalanced",
                "The typed opening and movements do not lead to the typed closing.",
                "Look whether a movement is missing or counted twice.",
            ));
        }
        parts.extend([("opening", opening), ("closing", closing)]);
    }
    parts.extend([
        ("new", new),
        ("reactivation", reactivation),
        ("expansion", expansion),
        ("contraction", contraction),
        ("churn", churn),
    ]);
    Ok(Estimate::of(net, 1, Spread::StandardError(None)).with_parts(parts))
}

//! Monthly recurring revenue: what do customers pay us a month?

use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "monthly_recurring_revenue",
    edition: 1,
    name: "Monthly recurring revenue",
    short: Some("MRR"),
    family: "revenue",
    question: "What do customers pay us a month?",
    definition: "The sum of all subscriptions that run at the end of the period, each brought to one month: a year ÷ 12, a quarter ÷ 3.",
    formula: "opening + new + reactivation + expansion − contraction − churn",
    unit: Unit::Money,
    better: Better::Higher,
    needs: REVENUE_NEEDS,
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "end_of_period",
            name: "Active subscriptions at the end",
            rule: "A subscription counts from its first day, or from the end of its free trial, and no longer on its end day; what is past due, unpaid or paused counts until it ends.",
            source: "ChartMogul, Understanding MRR movements, help article 4416682609426",
            estimates: &[(Basis::Ledger, end_of_period), (Basis::Typed, typed)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "stripe",
            name: "Stripe Billing",
            rule: "Free trials and unpaid subscriptions do not count; past due ones do; discounts lower the amount; a subscription counts to the end of its service.",
            source: "Stripe, Billing metric definitions, docs.stripe.com/billing/subscriptions/analytics/glossary",
            estimates: &[(Basis::Ledger, end_of_period)],
            ledger: &[
                ("trials", "excluded"),
                ("unpaid", "left_out"),
                ("past_due", "counted"),
                ("discounts", "subtracted"),
                ("cancellation", "service_end"),
            ],
            path: None,
            unit: None,
        },
        Rule {
            id: "profitwell",
            name: "ProfitWell",
            rule: "Paused subscriptions count nothing; unpaid ones have left; discounts lower the amount; a cancelled subscription counts to the end of its billing cycle.",
            source: "Paddle, ProfitWell Metrics vs Recurly and vs Chargify, paddle.com/help/profitwell-metrics",
            estimates: &[(Basis::Ledger, end_of_period)],
            ledger: &[
                ("paused", "left_out"),
                ("unpaid", "left_out"),
                ("discounts", "subtracted"),
                ("cancellation", "service_end"),
            ],
            path: None,
            unit: None,
        },
        Rule {
            id: "maxio",
            name: "Maxio (Chargify)",
            rule: "A subscription leaves on the day of its cancellation; paused ones count unchanged; discounts lower the amount.",
            source: "Paddle, ProfitWell Metrics vs Chargify, paddle.com/help/profitwell-metrics/measure/compare/profitwell-vs-chargify",
            estimates: &[(Basis::Ledger, end_of_period)],
            ledger: &[
                ("cancellation", "request"),
                ("paused", "counted"),
                ("discounts", "subtracted"),
            ],
            path: None,
            unit: None,
        },
        Rule {
            id: "from_next_month",
            name: "From the first whole month",
            rule: "A subscription that begins within a month counts from the first of the next one.",
            source: "dbt Labs, MRR playbook, github.com/dbt-labs/mrr-playbook",
            estimates: &[(Basis::Ledger, end_of_period)],
            ledger: &[("first_month", "next_month")],
            path: None,
            unit: None,
        },
    ],
    settings: &[],
    parts: MOVEMENT_PARTS,
    limits: &[
        "It is a rate at a moment, not money received.",
        "One-off payments and usage beyond the subscription are not in it, unless your amounts hold them.",
        "Movements compare the two ends of the period: what changed and changed back within it does not show.",
    ],
    examples: &[
        Example {
            name: "a_hundred_customers_at_a_hundred_a_month",
            pasted: "customers,ARPA\n100,100\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(10_000.0, &[("customers", 100.0)]),
        },
        Example {
            name: "a_year_and_two_months_are_brought_to_one_month",
            pasted: "customer,started_on,ended_on,amount,interval,quantity\nA,2025-01-01,,500,year,4\nA,2025-02-01,2025-04-01,30,month,2\nB,2025-02-10,,100,month,1\n",
            options: r#"{"as_of":"2025-02-28"}"#,
            gives: Gives::Value(
                326.666_666_667,
                &[
                    ("opening", 166.666_666_667),
                    ("new", 100.0),
                    ("expansion", 60.0),
                    ("closing", 326.666_666_667),
                    ("customers", 2.0),
                ],
            ),
        },
        Example {
            name: "ending_one_of_two_subscriptions_is_contraction",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,100\nA,2025-01-01,2025-03-10,60\nB,2024-01-01,2024-06-01,50\nB,2025-03-05,,70\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Value(
                170.0,
                &[
                    ("opening", 160.0),
                    ("reactivation", 70.0),
                    ("contraction", 60.0),
                    ("churn", 0.0),
                ],
            ),
        },
        Example {
            name: "a_free_trial_counts_from_its_end",
            pasted: "customer,started_on,ended_on,trial_end,mrr,status\nA,2025-01-01,,2025-02-15,100,active\nB,2025-02-20,,2025-03-20,100,trialing\nC,2025-01-01,,,100,active\nD,2025-01-01,2025-01-31,2025-01-31,100,canceled\n",
            options: r#"{"as_of":"2025-02-28"}"#,
            gives: Gives::Value(
                200.0,
                &[("opening", 100.0), ("new", 100.0), ("customers", 2.0)],
            ),
        },
        Example {
            name: "four_yearly_seats_and_two_monthly_ones_of_which_the_monthly_end",
            pasted: "customer,plan,started_on,ended_on,price,interval,quantity\nA,Gold,2025-01-01,,500,year,4\nA,Silver,2025-02-01,2025-03-01,30,month,2\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Value(
                166.666_666_667,
                &[
                    ("opening", 226.666_666_667),
                    ("contraction", 60.0),
                    ("churn", 0.0),
                ],
            ),
        },
        Example {
            name: "a_hundred_monthly_and_fifty_yearly_seats",
            pasted: "customer,started_on,ended_on,price,interval,quantity\nA,2025-01-01,,100,month,100\nB,2025-01-01,,600,year,50\n",
            options: r#"{"as_of":"2025-01-31"}"#,
            gives: Gives::Value(12_500.0, &[("new", 12_500.0)]),
        },
        Example {
            name: "stripe_does_not_count_what_is_unpaid",
            pasted: "customer,started_on,ended_on,mrr,status\nA,2025-01-01,,100,active\nB,2025-01-01,,40,unpaid\nC,2025-01-01,,30,past_due\n",
            options: r#"{"as_of":"2025-01-31","variants":{"monthly_recurring_revenue":"stripe"}}"#,
            gives: Gives::Value(130.0, &[("customers", 2.0)]),
        },
        Example {
            name: "an_end_before_the_start_is_left_out",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-10,2025-01-02,100\nB,2025-01-01,,40\n",
            options: r#"{"as_of":"2025-01-31"}"#,
            gives: Gives::Value(40.0, &[("customers", 1.0)]),
        },
        Example {
            name: "a_month_that_the_file_leaves_out_is_not_taken_for_nothing",
            pasted: "customer,month,mrr\nA,2025-01,100\nB,2025-01,50\nA,2025-03,100\nB,2025-03,50\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Refusal("month_missing"),
        },
        Example {
            name: "two_currencies_are_added_at_the_rates_given",
            pasted: "customer,started_on,ended_on,mrr,currency\nA,2025-01-01,,100,EUR\nB,2025-01-01,,100,USD\n",
            options: r#"{"as_of":"2025-03-31","currency":"EUR","exchange_rates":{"USD":0.9}}"#,
            gives: Gives::Value(190.0, &[]),
        },
        Example {
            name: "two_currencies_are_never_added",
            pasted: "customer,started_on,ended_on,mrr,currency\nA,2025-01-01,,100,EUR\nB,2025-01-01,,100,USD\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Refusal("currencies_mixed"),
        },
    ],
};

fn end_of_period(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let moved = ledger.movements(window)?;
    let counts = moved.customers;
    anyone_pays(&moved)?;
    Ok(
        Estimate::of(money(moved.closing), counts.closing, Spread::Exact)
            .with_parts(movement_parts(&moved))
            .with_flows(MOVEMENT_FLOWS)
            .with_chart(movement_chart(
                &moved,
                "How recurring revenue changed",
                scope.detail,
            )),
    )
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let customers = heads(scope.figure("customers")?).ok_or_else(not_heads)?;
    let each = scope.figure("monthly_revenue")?;
    at_least_one(customers, "customers")?;
    Ok(
        Estimate::of(customers as f64 * each, customers, Spread::Exact).with_parts(vec![
            ("customers", customers as f64),
            ("closing", customers as f64 * each),
        ]),
    )
}

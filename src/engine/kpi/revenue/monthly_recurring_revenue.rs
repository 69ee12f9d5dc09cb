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
    covers: Covers::Months(1),
    rules: &[Rule {
        id: "end_of_period",
        name: "Active subscriptions at the end",
        rule: "A subscription counts from its first day, or from the end of its free trial, and no longer on its end day.",
        source: "ChartMogul, Understanding MRR movements, help article 4416682609426",
        estimates: &[(Basis::Ledger, end_of_period)],
    }],
    settings: &[],
    parts: &[
        Part {
            name: "opening",
            unit: Unit::Money,
            says: "at the end of the day before the period",
        },
        Part {
            name: "new",
            unit: Unit::Money,
            says: "from customers who never paid before",
        },
        Part {
            name: "reactivation",
            unit: Unit::Money,
            says: "from customers who had left and came back",
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
            name: "closing",
            unit: Unit::Money,
            says: "at the end of the period",
        },
        Part {
            name: "customers",
            unit: Unit::Count,
            says: "customers who pay at the end",
        },
        Part {
            name: "new_customers",
            unit: Unit::Count,
            says: "customers who never paid before",
        },
        Part {
            name: "reactivated_customers",
            unit: Unit::Count,
            says: "customers who came back",
        },
        Part {
            name: "expanded_customers",
            unit: Unit::Count,
            says: "customers who pay more",
        },
        Part {
            name: "contracted_customers",
            unit: Unit::Count,
            says: "customers who pay less",
        },
        Part {
            name: "churned_customers",
            unit: Unit::Count,
            says: "customers who left",
        },
    ],
    limits: &[
        "It is a rate at a moment, not money received.",
        "One-off payments and usage beyond the subscription are not in it, unless your amounts hold them.",
        "Movements compare the two ends of the period: what changed and changed back within it does not show.",
    ],
    examples: &[
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
            name: "two_currencies_are_never_added",
            pasted: "customer,started_on,ended_on,mrr,currency\nA,2025-01-01,,100,EUR\nB,2025-01-01,,100,USD\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Refusal("currencies_mixed"),
        },
    ],
};

fn end_of_period(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let moved = ledger.movements(window);
    let counts = moved.customers;
    if counts.opening == 0 && counts.closing == 0 && counts.new == 0 {
        at_least_one(0, "paying customers")?;
    }
    let amount = money(moved.closing);
    let parts = vec![
        ("opening", money(moved.opening)),
        ("new", money(moved.new)),
        ("reactivation", money(moved.reactivation)),
        ("expansion", money(moved.expansion)),
        ("contraction", money(moved.contraction)),
        ("churn", money(moved.churn)),
        ("closing", amount),
        ("customers", counts.closing as f64),
        ("new_customers", counts.new as f64),
        ("reactivated_customers", counts.reactivation as f64),
        ("expanded_customers", counts.expansion as f64),
        ("contracted_customers", counts.contraction as f64),
        ("churned_customers", counts.churn as f64),
    ];
    let step = |label: &str, amount: f64, total: bool| WaterfallStep {
        label: label.to_owned(),
        amount,
        total,
    };
    let chart = (scope.detail == Detail::Headline).then(|| ChartSpec {
        title: String::from("Recurring revenue"),
        summary: String::new(),
        plot: Plot::Waterfall {
            unit: Unit::Money,
            steps: vec![
                step("At the start", money(moved.opening), true),
                step("New customers", money(moved.new), false),
                step("Came back", money(moved.reactivation), false),
                step("Expansion", money(moved.expansion), false),
                step("Contraction", -money(moved.contraction), false),
                step("Lost customers", -money(moved.churn), false),
                step("At the end", amount, true),
            ],
        },
        footnotes: vec![String::from(
            "Bars show change only; the totals are not drawn to zero.",
        )],
    });
    Ok(Estimate {
        value: amount,
        n: counts.closing,
        interval: None,
        parts,
        spread: Spread::Exact,
        chart,
    })
}

//! Customer churn rate: how many customers leave?

use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "customer_churn_rate",
    edition: 1,
    name: "Customer churn rate",
    short: None,
    family: "retention",
    question: "How many of our customers leave?",
    definition: "Customers who paid at the start of the period and no longer pay at its end, divided by all who paid at its start. A list of customers without dates gives the share who have left.",
    formula: "customers lost ÷ customers at the start",
    unit: Unit::Ratio,
    better: Better::Lower,
    needs: &[
        Need {
            kind: Kind::Subscription,
            roles: &[&[Role::Customer], &[Role::StartedAt], &[Role::Amount]],
            basis: Basis::Customers,
            expected: Expected::Usually,
        },
        Need {
            kind: Kind::RevenueMonth,
            roles: &[&[Role::Customer], &[Role::Month], &[Role::RecurringRevenue]],
            basis: Basis::Customers,
            expected: Expected::Usually,
        },
        Need {
            kind: Kind::Account,
            roles: &[&[Role::Customer], &[Role::StartedAt], &[Role::EndedAt]],
            basis: Basis::Customers,
            expected: Expected::Sometimes,
        },
        Need {
            kind: Kind::Account,
            roles: &[&[Role::Customer], &[Role::Churned]],
            basis: Basis::Accounts,
            expected: Expected::Usually,
        },
    ],
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "standard",
            name: "Lost from the opening base",
            rule: "Who joined and left, or left and came back, within the period does not count as lost.",
            source: "ChartMogul, Churn rate formulas, help article 207340419",
            estimates: &[(Basis::Customers, standard), (Basis::Accounts, share_left)],
        },
        Rule {
            id: "stripe",
            name: "Departures ÷ (start + new)",
            rule: "Every departure counts, also of those who joined within the period or came back; new customers count in the base.",
            source: "Stripe, Calculating churn rate in Billing, support article",
            estimates: &[(Basis::Customers, stripe)],
        },
        Rule {
            id: "departures",
            name: "Departures ÷ start",
            rule: "Every departure counts, over the customers at the start.",
            source: "Maxio (Chargify), Churn analytics",
            estimates: &[(Basis::Customers, departures)],
        },
    ],
    settings: &[],
    parts: &[
        Part {
            name: "lost",
            unit: Unit::Count,
            says: "customers lost",
        },
        Part {
            name: "opening",
            unit: Unit::Count,
            says: "customers at the start",
        },
        Part {
            name: "new",
            unit: Unit::Count,
            says: "customers who paid for the first time within the period",
        },
        Part {
            name: "closing",
            unit: Unit::Count,
            says: "customers at the end",
        },
        Part {
            name: "departures",
            unit: Unit::Count,
            says: "times that a customer stopped paying within the period",
        },
        Part {
            name: "numerator",
            unit: Unit::Count,
            says: "lost",
        },
        Part {
            name: "denominator",
            unit: Unit::Count,
            says: "customers it is divided by",
        },
    ],
    limits: &[
        "Why customers leave is in no column.",
        "Yearly contracts cannot end in eleven months of twelve; fast growth hides churn.",
        "Twelve monthly rates do not add up to a yearly one: 5% a month is 46% a year.",
    ],
    examples: &[
        Example {
            name: "one_of_four_left",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-01-01,2025-03-15,10\nC,2025-01-01,,10\nD,2025-01-01,,10\nE,2025-03-02,2025-03-20,10\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Value(
                0.25,
                &[
                    ("lost", 1.0),
                    ("opening", 4.0),
                    ("new", 1.0),
                    ("departures", 2.0),
                    ("closing", 3.0),
                ],
            ),
        },
        Example {
            name: "a_list_of_customers_gives_the_share_who_left",
            pasted: "customerID,tenure,Churn\nA,12,No\nB,3,Yes\nC,40,No\nD,1,Yes\n",
            options: "",
            gives: Gives::Value(0.5, &[("lost", 2.0), ("opening", 4.0)]),
        },
        Example {
            name: "nobody_at_the_start_is_refused",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-03-02,,10\nB,2025-03-03,,10\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Refusal("no_opening"),
        },
    ],
};

struct Counts {
    lost: u64,
    opening: u64,
    new: u64,
    closing: u64,
    departures: u64,
}

fn counts(scope: &Scope<'_>) -> Outcome<Counts> {
    let (ledger, window) = scope.ledger()?;
    let moved = ledger.movements(window).customers;
    Ok(Counts {
        lost: moved.churn,
        opening: moved.opening,
        new: ledger.first_timers(window),
        closing: moved.closing,
        departures: ledger.departures(window),
    })
}

fn rate(numerator: u64, denominator: u64, counts: &Counts) -> Outcome<Estimate> {
    if denominator == 0 {
        return Err(Refusal::new(
            "no_opening",
            "There were no customers at the start of the period, so nobody could leave.",
            "Add rows from before the period, or choose a later one.",
        ));
    }
    let parts = vec![
        ("lost", counts.lost as f64),
        ("opening", counts.opening as f64),
        ("new", counts.new as f64),
        ("closing", counts.closing as f64),
        ("departures", counts.departures as f64),
        ("numerator", numerator as f64),
        ("denominator", denominator as f64),
    ];
    if numerator > denominator {
        // Departures can outnumber the customers at the start; then it is no share of them.
        let value = numerator as f64 / denominator as f64;
        return Ok(Estimate {
            value,
            n: denominator,
            interval: None,
            parts,
            spread: Spread::StandardError(None),
            chart: None,
        });
    }
    Ok(Estimate::share(numerator, denominator).with_parts(parts))
}

fn standard(scope: &Scope<'_>) -> Outcome<Estimate> {
    let counts = counts(scope)?;
    rate(counts.lost, counts.opening, &counts)
}

fn stripe(scope: &Scope<'_>) -> Outcome<Estimate> {
    let counts = counts(scope)?;
    rate(counts.departures, counts.opening + counts.new, &counts)
}

fn departures(scope: &Scope<'_>) -> Outcome<Estimate> {
    let counts = counts(scope)?;
    rate(counts.departures, counts.opening, &counts)
}

fn share_left(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (left, all) = scope.departures()?;
    at_least_one(all, "customers")?;
    let parts = vec![
        ("lost", left as f64),
        ("opening", all as f64),
        ("closing", (all - left) as f64),
        ("numerator", left as f64),
        ("denominator", all as f64),
    ];
    Ok(Estimate::share(left, all).with_parts(parts))
}

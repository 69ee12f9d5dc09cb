//! Gross revenue churn rate: how much of the opening revenue is lost?

use crate::engine::kpi::lost_revenue;
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "gross_revenue_churn_rate",
    edition: 1,
    name: "Gross revenue churn rate",
    short: None,
    family: "retention",
    question: "How much of our recurring revenue do we lose?",
    definition: "What the customers of the start pay less at the end, by leaving or by paying less, divided by what they paid at the start. A list of customers without dates gives the share of revenue of those who have left.",
    formula: "(churn + contraction) ÷ opening",
    unit: Unit::Ratio,
    better: Better::Lower,
    needs: LOSING_NEEDS,
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "gross",
            name: "Churn and contraction",
            rule: "Losses of customers of the start, both ends compared: those who left and those who pay less.",
            source: "ChartMogul, Metric: MRR churn rate, help article 203359341",
            estimates: &[
                (Basis::Ledger, gross),
                (Basis::AccountRevenue, of_those_who_left),
                (Basis::Typed, typed),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "churn_only",
            name: "Churn only",
            rule: "Only the revenue of customers who left; who pays less does not count.",
            source: "Maxio (Chargify), Churn analytics, MRR churn rate, help.chargify.com/reports/churn-analytics.html",
            estimates: &[
                (Basis::Ledger, churn_only),
                (Basis::AccountRevenue, of_those_who_left),
                (Basis::Typed, typed_churn_only),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "movements",
            name: "Every loss and cut",
            rule: "Every contraction and loss within the period counts, also of customers who joined in it and what was made up for later.",
            source: "Movements by activity as ChartMogul tells them, help article 203299912",
            estimates: &[(Basis::Ledger, movements)],
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
            says: "paid at the start by the customers of the start; in a list, by all customers",
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
            says: "lost",
        },
        Part {
            name: "denominator",
            unit: Unit::Money,
            says: "opening",
        },
    ],
    limits: &[
        "What is won from other customers does not show: see the net rate.",
        "One large customer can make it: see the rows.",
        "A list of customers without dates knows nothing of those who pay less, and of no period.",
        "Typed losses count as lost with or without a minus sign.",
    ],
    examples: &[
        Example {
            name: "ten_left_and_ten_less_of_a_hundred",
            pasted: "customer,month,mrr\nA,2025-01,10\nB,2025-01,30\nC,2025-01,60\nB,2025-02,20\nC,2025-02,70\nD,2025-02,500\n",
            options: r#"{"as_of":"2025-02-28"}"#,
            gives: Gives::Value(
                0.2,
                &[
                    ("opening", 100.0),
                    ("churn", 10.0),
                    ("contraction", 10.0),
                    ("numerator", 20.0),
                ],
            ),
        },
        Example {
            name: "only_those_who_left_count",
            pasted: "customer,month,mrr\nA,2025-01,10\nB,2025-01,30\nC,2025-01,60\nB,2025-02,20\nC,2025-02,70\nD,2025-02,500\n",
            options: r#"{"as_of":"2025-02-28","variants":{"gross_revenue_churn_rate":"churn_only"}}"#,
            gives: Gives::Value(0.1, &[("numerator", 10.0)]),
        },
        Example {
            name: "every_loss_counts_though_made_up_for",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,2025-03-05,100\nA,2025-03-05,2025-03-20,60\nA,2025-03-20,,100\nB,2025-01-01,2025-03-10,100\nC,2025-03-02,2025-03-12,50\n",
            options: r#"{"as_of":"2025-03-31","variants":{"gross_revenue_churn_rate":"movements"}}"#,
            gives: Gives::Value(0.95, &[("contraction", 40.0), ("churn", 150.0)]),
        },
        Example {
            name: "typed_movements_give_a_fifth",
            pasted: "opening mrr,churn mrr,contraction mrr,expansion mrr,reactivation mrr\n100,10,10,10,0\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.2, &[("opening", 100.0)]),
        },
        Example {
            name: "typed_churn_alone_gives_a_tenth",
            pasted: "opening mrr,churn mrr,contraction mrr\n100,-10,-10\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"gross_revenue_churn_rate":"churn_only"}}"#,
            gives: Gives::Value(0.1, &[("numerator", 10.0)]),
        },
        Example {
            name: "a_list_gives_the_share_of_those_who_left",
            pasted: "customerID,tenure,MonthlyCharges,Churn\nA,12,20.00,No\nB,3,30.00,Yes\nC,40,40.00,No\nD,1,10.00,Yes\n",
            options: "",
            gives: Gives::Value(0.4, &[("opening", 100.0), ("churn", 40.0)]),
        },
        Example {
            name: "nobody_at_the_start_is_refused",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-03-02,,10\nB,2025-03-03,,10\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Refusal("no_opening"),
        },
    ],
};

/// The rate of the losses that count.
fn under(scope: &Scope<'_>, counting: Counting, cuts: bool) -> Outcome<Estimate> {
    let (estimate, lost) = lost_revenue::rate(scope, counting, |kind| {
        kind == ChangeKind::Churn || (cuts && kind == ChangeKind::Contraction)
    })?;
    let (contraction, churn) = (lost.of(ChangeKind::Contraction), lost.of(ChangeKind::Churn));
    Ok(estimate
        .with_parts(parts(
            money(lost.opening),
            money(-contraction),
            money(-churn),
            cuts,
        ))
        .with_chart(waterfall(
            "What was lost of the opening revenue",
            &[
                ("At the start", lost.opening, true),
                ("Contraction", contraction, false),
                ("Lost customers", churn, false),
                (
                    "What is left of it",
                    lost.opening + contraction + churn,
                    true,
                ),
            ],
            scope.detail,
        )))
}

fn parts(opening: f64, contraction: f64, churn: f64, cuts: bool) -> Vec<(&'static str, f64)> {
    vec![
        ("opening", opening),
        ("contraction", contraction),
        ("churn", churn),
        ("numerator", if cuts { contraction + churn } else { churn }),
        ("denominator", opening),
    ]
}

fn gross(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::Ends, true)
}

fn churn_only(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::Ends, false)
}

fn movements(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::Every, true)
}

/// The share of revenue of a list's customers who have left.
fn of_those_who_left(scope: &Scope<'_>) -> Outcome<Estimate> {
    let list = scope.account_revenue()?;
    at_least_one(scope.rows.len() as u64, "customers")?;
    let paid: Vec<f64> = scope
        .rows
        .iter()
        .map(|&row| list.amounts[row as usize])
        .collect();
    let lost: Vec<f64> = scope
        .rows
        .iter()
        .map(|&row| row as usize)
        .map(|row| {
            if list.left[row] {
                list.amounts[row]
            } else {
                0.0
            }
        })
        .collect();
    let opening = math::sum(paid.iter().copied());
    let churn = math::sum(lost.iter().copied());
    if opening <= 0.0 {
        return Err(no_opening());
    }
    let (ends, spread) = scope.ratio_spread(lost.iter().copied().zip(paid.iter().copied()));
    Ok(Estimate {
        interval: ends,
        ..Estimate::of(
            churn / opening,
            paid.len() as u64,
            spread,
        )
    }
    .with_parts(vec![
        ("opening", opening),
        ("churn", churn),
        ("numerator", churn),
        ("denominator", opening),
    ]))
}

fn typed_rate(scope: &Scope<'_>, cuts: bool) -> Outcome<Estimate> {
    let opening = scope.figure("opening_revenue")?;
    let churn = loss(scope, "churn")?;
    let contraction = match loss(scope, "contraction") {
        Err(refusal) if cuts => return Err(refusal),
        found => found.unwrap_or(0.0),
    };
    if opening <= 0.0 {
        return Err(no_opening());
    }
    let lost = if cuts { contraction + churn } else { churn };
    Ok(
        Estimate::of(lost / opening, 1, Spread::StandardError(None)).with_parts(parts(
            opening,
            contraction,
            churn,
            cuts,
        )),
    )
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_rate(scope, true)
}

fn typed_churn_only(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_rate(scope, false)
}

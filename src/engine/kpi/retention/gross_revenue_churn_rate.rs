//! Gross revenue churn rate: how much of the opening revenue is lost?

use crate::engine::facts::WhyLeft;
use crate::engine::kpi::churn_reasons::{self, SOURCE};
use crate::engine::kpi::lost_revenue::{self, OnlyFor};
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
            id: "voluntary",
            name: "Lost by decision",
            rule: "Only the revenue of customers who left by their own decision: a reason is given, and it is no failed payment; who pays less does not count.",
            source: SOURCE,
            estimates: &[
                (Basis::Ledger, voluntary),
                (Basis::AccountRevenue, list_voluntary),
                (Basis::Typed, typed_voluntary),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "involuntary",
            name: "Lost by failed payment",
            rule: "Only the revenue of customers whose payment failed or was taken back; who pays less does not count.",
            source: SOURCE,
            estimates: &[
                (Basis::Ledger, involuntary),
                (Basis::AccountRevenue, list_involuntary),
                (Basis::Typed, typed_involuntary),
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
        churn_reasons::part(WhyLeft::Voluntary, Unit::Money),
        churn_reasons::part(WhyLeft::Involuntary, Unit::Money),
        churn_reasons::part(WhyLeft::Unknown, Unit::Money),
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
            name: "ten_by_decision_and_thirty_by_failed_payment_of_a_hundred",
            pasted: "customer,started_on,ended_on,mrr,cancel_reason_code\nA,2025-01-01,2025-03-05,10,Moved to another product\nB,2025-01-01,2025-03-15,30,Not Paid\nC,2025-01-01,,60,\n",
            options: r#"{"as_of":"2025-03-31","variants":{"gross_revenue_churn_rate":"voluntary"}}"#,
            gives: Gives::Value(
                0.1,
                &[
                    ("churn", 40.0),
                    ("voluntary", 10.0),
                    ("involuntary", 30.0),
                    ("reason_unknown", 0.0),
                    ("numerator", 10.0),
                ],
            ),
        },
        Example {
            name: "thirty_by_failed_payment_of_a_hundred",
            pasted: "Kunde,Beginn,Ende,Monatsbetrag,Kündigungsgrund\nA,2025-01-01,2025-03-05,10,Zu teuer\nB,2025-01-01,2025-03-15,30,Zahlung fehlgeschlagen\nC,2025-01-01,,60,\n",
            options: r#"{"as_of":"2025-03-31","variants":{"gross_revenue_churn_rate":"involuntary"}}"#,
            gives: Gives::Value(0.3, &[("numerator", 30.0)]),
        },
        Example {
            name: "a_list_tells_the_revenue_lost_by_failed_payment",
            pasted: "customerID,tenure,MonthlyCharges,Churn,Churn reason\nA,12,20.00,No,\nB,3,30.00,Yes,card declined\nC,40,40.00,No,\nD,1,10.00,Yes,competitor\n",
            options: r#"{"variants":{"gross_revenue_churn_rate":"involuntary"}}"#,
            gives: Gives::Value(0.3, &[("churn", 40.0), ("voluntary", 10.0)]),
        },
        Example {
            name: "typed_revenue_lost_by_decision",
            pasted: "opening mrr,voluntary churn mrr,involuntary churn mrr\n1000,25,-10\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"gross_revenue_churn_rate":"voluntary"}}"#,
            gives: Gives::Value(0.025, &[("numerator", 25.0)]),
        },
        Example {
            name: "typed_revenue_lost_by_failed_payment",
            pasted: "opening mrr,voluntary churn mrr,involuntary churn mrr\n1000,25,-10\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"gross_revenue_churn_rate":"involuntary"}}"#,
            gives: Gives::Value(0.01, &[("numerator", 10.0)]),
        },
        Example {
            name: "without_reasons_the_split_is_refused",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,2025-03-05,10\nB,2025-01-01,,10\n",
            options: r#"{"as_of":"2025-03-31","variants":{"gross_revenue_churn_rate":"involuntary"}}"#,
            gives: Gives::Refusal("rule_not_applicable"),
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
fn under(
    scope: &Scope<'_>,
    counting: Counting,
    cuts: bool,
    only: Option<OnlyFor<'_>>,
) -> Outcome<Estimate> {
    let counts =
        |kind: ChangeKind| kind == ChangeKind::Churn || (cuts && kind == ChangeKind::Contraction);
    let (estimate, lost) = lost_revenue::rate(scope, counting, counts, only)?;
    let (contraction, churn) = (lost.of(ChangeKind::Contraction), lost.of(ChangeKind::Churn));
    let opening = money(lost.opening);
    let mut terms = parts(opening, money(-contraction), money(-churn), cuts);
    let told = matches!(scope.detail, Detail::Headline | Detail::Segment);
    if told
        && counting == Counting::Ends
        && let Some(gone) = churn_reasons::gone(scope)?
    {
        let left = gone.iter().map(|it| (it.why, money(i128::from(it.paid))));
        terms.extend(churn_reasons::parts(left));
    }
    if only.is_some() {
        let counted = estimate.value * opening;
        for (_, value) in terms.iter_mut().filter(|(name, _)| *name == "numerator") {
            *value = counted;
        }
    }
    Ok(estimate.with_parts(terms).with_chart(waterfall(
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
    under(scope, Counting::Ends, true, None)
}

fn churn_only(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::Ends, false, None)
}

fn movements(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::Every, true, None)
}

/// The revenue of those who left for one reason.
fn for_reason(scope: &Scope<'_>, why: WhyLeft) -> Outcome<Estimate> {
    let gone = churn_reasons::gone_needed(scope)?;
    under(
        scope,
        Counting::Ends,
        false,
        Some(OnlyFor { gone: &gone, why }),
    )
}

fn voluntary(scope: &Scope<'_>) -> Outcome<Estimate> {
    for_reason(scope, WhyLeft::Voluntary)
}

fn involuntary(scope: &Scope<'_>) -> Outcome<Estimate> {
    for_reason(scope, WhyLeft::Involuntary)
}

/// The share of revenue of a list's customers who have left, for this reason or for any.
fn of_list(scope: &Scope<'_>, wanted: Option<WhyLeft>) -> Outcome<Estimate> {
    let list = scope.account_revenue()?;
    let why_left = &list.why_left;
    if wanted.is_some() && why_left.is_empty() {
        return Err(churn_reasons::no_reasons());
    }
    at_least_one(scope.rows.len() as u64, "customers")?;
    let paid: Vec<f64> = scope
        .rows
        .iter()
        .map(|&row| list.amounts[row as usize])
        .collect();
    let gone = |row: &usize| list.left[*row];
    let counts = |row: usize| list.left[row] && wanted.is_none_or(|why| why_left[row] == why);
    let rows = || scope.rows.iter().map(|row| *row as usize);
    let lost: Vec<f64> = rows()
        .map(|row| if counts(row) { list.amounts[row] } else { 0.0 })
        .collect();
    let opening = math::sum(paid.iter().copied());
    let churn = math::sum(rows().filter(gone).map(|row| list.amounts[row]));
    let counted = math::sum(lost.iter().copied());
    if opening <= 0.0 {
        return Err(no_opening());
    }
    let mut terms = vec![
        ("opening", opening),
        ("churn", churn),
        ("numerator", counted),
        ("denominator", opening),
    ];
    if !why_left.is_empty() {
        let reasons = rows()
            .filter(gone)
            .map(|row| (why_left[row], list.amounts[row]));
        terms.extend(churn_reasons::parts(reasons));
    }
    let (ends, spread) = scope.ratio_spread(lost.iter().copied().zip(paid.iter().copied()));
    Ok(Estimate {
        interval: ends,
        ..Estimate::of(counted / opening, paid.len() as u64, spread)
    }
    .with_parts(terms))
}

fn of_those_who_left(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_list(scope, None)
}

fn list_voluntary(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_list(scope, Some(WhyLeft::Voluntary))
}

fn list_involuntary(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_list(scope, Some(WhyLeft::Involuntary))
}

/// Typed figures of those who left for one reason.
fn typed_for_reason(
    scope: &Scope<'_>,
    (term, name): (&'static str, &'static str),
) -> Outcome<Estimate> {
    let (lost, opening) = (loss(scope, term)?, scope.figure("opening_revenue")?);
    if opening <= 0.0 {
        return Err(no_opening());
    }
    Ok(
        Estimate::of(lost / opening, 1, Spread::StandardError(None)).with_parts(vec![
            ("opening", opening),
            (name, lost),
            ("numerator", lost),
            ("denominator", opening),
        ]),
    )
}

fn typed_voluntary(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_for_reason(scope, ("voluntary_revenue", "voluntary"))
}

fn typed_involuntary(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_for_reason(scope, ("involuntary_revenue", "involuntary"))
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

//! Net revenue churn rate: how much revenue is lost after what customers pay more?

use crate::engine::kpi::lost_revenue;
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "net_revenue_churn_rate",
    edition: 1,
    name: "Net revenue churn rate",
    short: None,
    family: "retention",
    question: "How much recurring revenue do we lose once expansion and returns are set against it?",
    definition: "What the customers of the start pay less at the end, minus what they pay more and what customers pay who came back, divided by what the customers of the start paid. Below nothing, more was won than lost.",
    formula: "(churn + contraction − expansion − reactivation) ÷ opening",
    unit: Unit::Ratio,
    better: Better::Lower,
    needs: REVENUE_NEEDS,
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "with_reactivation",
            name: "Returns offset losses",
            rule: "Both ends are compared; expansion and customers who come back are taken off the losses.",
            source: "ChartMogul, Metric: MRR churn rate, help article 203359341; Maxio (Chargify), Churn analytics",
            estimates: &[(Basis::Ledger, with_reactivation), (Basis::Typed, typed)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "without_reactivation",
            name: "Returns do not count",
            rule: "As with returns, but customers who come back do not count: exactly 1 − net revenue retention of the start cohort over the same period.",
            source: "ChartMogul, Net MRR Retention chart, help article 6886664393500, which leaves reactivation out",
            estimates: &[
                (Basis::Ledger, without_reactivation),
                (Basis::Typed, typed_without_reactivation),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "movements",
            name: "Every change",
            rule: "Every loss, cut, raise and return within the period counts, also of customers who joined in it.",
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
            says: "paid at the start by the customers of the start",
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
            name: "expansion",
            unit: Unit::Money,
            says: "more from customers who stayed",
        },
        Part {
            name: "reactivation",
            unit: Unit::Money,
            says: "from customers who had left and came back",
        },
        Part {
            name: "numerator",
            unit: Unit::Money,
            says: "lost and not made up for",
        },
        Part {
            name: "denominator",
            unit: Unit::Money,
            says: "opening",
        },
    ],
    limits: &[
        "It is not 1 − net revenue retention where customers came back: they offset losses here and do not count there.",
        "A few large raises can hide many losses: see the gross rate.",
        "New customers never count.",
        "Typed losses count as lost with or without a minus sign.",
    ],
    examples: &[
        Example {
            name: "ten_more_make_up_for_half_of_the_loss",
            pasted: "customer,month,mrr\nA,2025-01,10\nB,2025-01,30\nC,2025-01,60\nB,2025-02,20\nC,2025-02,70\nD,2025-02,500\n",
            options: r#"{"as_of":"2025-02-28"}"#,
            gives: Gives::Value(
                0.1,
                &[
                    ("opening", 100.0),
                    ("churn", 10.0),
                    ("contraction", 10.0),
                    ("expansion", 10.0),
                    ("reactivation", 0.0),
                ],
            ),
        },
        Example {
            name: "who_comes_back_makes_up_for_losses",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,2025-02-10,30\nA,2025-03-10,,30\nB,2025-01-01,2025-03-15,20\nC,2025-01-01,,80\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Value(-0.1, &[("reactivation", 30.0), ("numerator", -10.0)]),
        },
        Example {
            name: "and_does_not_where_returns_do_not_count",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,2025-02-10,30\nA,2025-03-10,,30\nB,2025-01-01,2025-03-15,20\nC,2025-01-01,,80\n",
            options: r#"{"as_of":"2025-03-31","variants":{"net_revenue_churn_rate":"without_reactivation"}}"#,
            gives: Gives::Value(0.2, &[("numerator", 20.0)]),
        },
        Example {
            name: "every_change_of_those_who_joined_counts_too",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,100\nB,2025-03-05,2025-03-20,40\nC,2025-03-05,2025-03-10,20\nC,2025-03-10,,50\n",
            options: r#"{"as_of":"2025-03-31","variants":{"net_revenue_churn_rate":"movements"}}"#,
            gives: Gives::Value(0.1, &[("churn", 40.0), ("expansion", 30.0)]),
        },
        Example {
            name: "typed_movements_give_a_tenth",
            pasted: "opening mrr,churn mrr,contraction mrr,expansion mrr,reactivation mrr\n100,10,10,10,0\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.1, &[("opening", 100.0)]),
        },
        Example {
            name: "typed_movements_without_returns",
            pasted: "opening mrr,churn mrr,contraction mrr,expansion mrr,reactivation mrr\n100,10,10,10,5\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"net_revenue_churn_rate":"without_reactivation"}}"#,
            gives: Gives::Value(0.1, &[("numerator", 10.0)]),
        },
        Example {
            name: "nobody_at_the_start_is_refused",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-03-02,,10\nB,2025-03-03,,10\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Refusal("no_opening"),
        },
    ],
};

/// The terms of the formula, in money.
struct Terms {
    opening: f64,
    contraction: f64,
    churn: f64,
    expansion: f64,
    reactivation: f64,
}

impl Terms {
    /// The terms and the lost revenue that is left of them.
    fn parts(&self, returns: bool) -> Vec<(&'static str, f64)> {
        let back = if returns { self.reactivation } else { 0.0 };
        let lost = math::sum([self.churn, self.contraction, -self.expansion, -back]);
        vec![
            ("opening", self.opening),
            ("contraction", self.contraction),
            ("churn", self.churn),
            ("expansion", self.expansion),
            ("reactivation", self.reactivation),
            ("numerator", lost),
            ("denominator", self.opening),
        ]
    }
}

/// The rate of the losses, less the gains that count.
fn under(scope: &Scope<'_>, counting: Counting, returns: bool) -> Outcome<Estimate> {
    let counts =
        |kind: ChangeKind| kind != ChangeKind::New && (returns || kind != ChangeKind::Reactivation);
    let (estimate, lost) = lost_revenue::rate(scope, counting, counts, None)?;
    let [churn, contraction, expansion, reactivation] = [
        ChangeKind::Churn,
        ChangeKind::Contraction,
        ChangeKind::Expansion,
        ChangeKind::Reactivation,
    ]
    .map(|kind| lost.of(kind));
    let terms = Terms {
        opening: money(lost.opening),
        contraction: money(-contraction),
        churn: money(-churn),
        expansion: money(expansion),
        reactivation: money(reactivation),
    };
    let back = if returns { reactivation } else { 0 };
    let end = lost.opening + churn + contraction + expansion + back;
    let mut steps = vec![
        ("At the start", lost.opening, true),
        ("Lost customers", churn, false),
        ("Contraction", contraction, false),
        ("Expansion", expansion, false),
    ];
    if returns {
        steps.push(("Came back", reactivation, false));
    }
    steps.push(("Without new customers, at the end", end, true));
    Ok(estimate
        .with_parts(terms.parts(returns))
        .with_chart(waterfall("Lost and made up for", &steps, scope.detail)))
}

fn with_reactivation(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::Ends, true)
}

fn without_reactivation(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::Ends, false)
}

fn movements(scope: &Scope<'_>) -> Outcome<Estimate> {
    under(scope, Counting::Every, true)
}

fn typed_rate(scope: &Scope<'_>, returns: bool) -> Outcome<Estimate> {
    let terms = Terms {
        opening: scope.figure("opening_revenue")?,
        contraction: loss(scope, "contraction")?,
        churn: loss(scope, "churn")?,
        expansion: scope.figure("expansion")?,
        reactivation: scope.figure_or_nothing("reactivation"),
    };
    if terms.opening <= 0.0 {
        return Err(no_opening());
    }
    let parts = terms.parts(returns);
    let lost = parts.iter().find(|(name, _)| *name == "numerator");
    let value = lost.map_or(0.0, |(_, lost)| *lost) / terms.opening;
    Ok(Estimate::of(value, 1, Spread::StandardError(None)).with_parts(parts))
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_rate(scope, true)
}

fn typed_without_reactivation(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_rate(scope, false)
}

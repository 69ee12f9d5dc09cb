//! CAC payback period: after how many months has a customer paid back what they cost?

use crate::engine::kpi::on_spend::{
    SPEND_AND_REVENUE, above_nothing, earlier, margin, new_customers, revenue_beside, spent,
    typed_cost,
};
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "cac_payback_period",
    edition: 1,
    name: "CAC payback period",
    short: None,
    family: "value",
    question: "After how many months has a new customer paid back what they cost?",
    definition: "What was spent on sales and marketing in the period, divided by the monthly recurring revenue of the customers won in it times the gross margin. It needs the gross margin: without it revenue would be taken for profit.",
    formula: "spending ÷ (monthly recurring revenue of new customers × gross margin)",
    unit: Unit::Months,
    better: Better::Lower,
    needs: SPEND_AND_REVENUE,
    covers: Covers::WholeMonths,
    rules: &[
        Rule {
            id: "margin_adjusted",
            name: "With the gross margin",
            rule: "Spending of the period ÷ (monthly recurring revenue of new customers at its end × gross margin).",
            source: "SaaS Metrics Standards Board, CAC payback period, docs.imboard.ai/docs/ontology/sales/cac_payback_period",
            estimates: &[
                (Basis::Spend, margin_adjusted),
                (Basis::Typed, typed_margin_adjusted),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "revenue_payback",
            name: "Revenue payback, without margin",
            rule: "As with the gross margin, but all revenue counts as if serving customers cost nothing: the months until the revenue, and not the profit, makes up for the spending.",
            source: "“What are Top Customer Success KPIs?”: CAC ÷ monthly revenue per customer",
            estimates: &[
                (Basis::Spend, revenue_payback),
                (Basis::Typed, typed_revenue_payback),
            ],
            ledger: &[],
            path: Some(to_revenue_payback),
            unit: None,
        },
        Rule {
            id: "net_new_revenue",
            name: "By net new revenue",
            rule: "As with the gross margin, with all that was added less all that was lost in place of the revenue of new customers.",
            source: "Wall Street Prep, CAC payback, wallstreetprep.com/knowledge/cac-payback-period/",
            estimates: &[(Basis::Spend, net_new_revenue)],
            ledger: &[],
            path: Some(to_net_new_revenue),
            unit: None,
        },
        Rule {
            id: "with_expansion",
            name: "With expansion",
            rule: "As with the gross margin, with the revenue of new customers and the expansion of others.",
            source: "Wall Street Prep, CAC payback, wallstreetprep.com/knowledge/cac-payback-period/",
            estimates: &[(Basis::Spend, with_expansion)],
            ledger: &[],
            path: Some(to_with_expansion),
            unit: None,
        },
        Rule {
            id: "period_before",
            name: "Spending of the period before",
            rule: "As with the gross margin, with the spending of as many months before.",
            source: "Wall Street Prep, CAC payback, wallstreetprep.com/knowledge/cac-payback-period/",
            estimates: &[(Basis::Spend, period_before)],
            ledger: &[],
            path: Some(to_period_before),
            unit: None,
        },
    ],
    settings: &[
        Setting {
            name: "gross_margin",
            takes: Takes::Number,
            default: "not known; the figure is refused until it is given",
            says: "What is left of revenue after the cost of serving customers: 0.8 or 80 for 80%.",
        },
        Setting {
            name: "lag_months",
            takes: Takes::Number,
            default: "as many as the period has",
            says: "For the rule with the spending before: how many months earlier the spending is taken.",
        },
    ],
    parts: &[
        Part {
            name: "spend",
            unit: Unit::Money,
            says: "spent on sales and marketing; of typed figures, the cost of one customer",
        },
        Part {
            name: "new_revenue",
            unit: Unit::Money,
            says: "monthly recurring revenue that the spending is divided by, before the margin",
        },
        Part {
            name: "margin",
            unit: Unit::Ratio,
            says: "the gross margin; absent where it does not count",
        },
        Part {
            name: "new_customers",
            unit: Unit::Count,
            says: "customers who paid for the first time in the period",
        },
        Part {
            name: "revenue_payback",
            unit: Unit::Months,
            says: "the same without margin",
        },
    ],
    limits: &[
        "It assumes that new customers stay at least that long and pay what they pay at the end of the period.",
        "The margin is the user's, not the data's.",
        "The spending of a period is set against what was won in it, although selling may take longer.",
    ],
    examples: &[
        Example {
            name: "a_thousand_at_eighty_five_a_month_and_eighty_percent",
            pasted: "CAC,revenue per month,gross margin\n1000,85,80%\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(
                1000.0 / (85.0 * 0.8),
                &[("revenue_payback", 1000.0 / 85.0), ("margin", 0.8)],
            ),
        },
        Example {
            name: "the_margin_may_be_a_setting_in_percent",
            pasted: "CAC,revenue per month\n1000,85\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"settings":{"cac_payback_period.gross_margin":80}}"#,
            gives: Gives::Value(1000.0 / 68.0, &[]),
        },
        Example {
            name: "without_margin_it_is_the_revenue_payback",
            pasted: "CAC,revenue per month\n1000,85\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"cac_payback_period":"revenue_payback"}}"#,
            gives: Gives::Value(1000.0 / 85.0, &[]),
        },
        Example {
            name: "an_unknown_margin_is_refused",
            pasted: "CAC,revenue per month\n1000,85\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Refusal("margin_missing"),
        },
        Example {
            name: "a_margin_of_nothing_never_pays_back",
            pasted: "CAC,revenue per month,gross margin\n1000,85,0\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Refusal("margin_not_positive"),
        },
    ],
};

/// Which recurring revenue pays the spending back.
#[derive(Clone, Copy)]
enum PaidBy {
    New,
    NetNew,
    NewAndExpansion,
}

fn own_margin(scope: &Scope<'_>) -> Outcome<f64> {
    margin(scope, &["cac_payback_period.gross_margin"])
}

/// The months until revenue makes up for the spending.
fn months(scope: &Scope<'_>, paid_by: PaidBy, lag: bool, margin: Option<f64>) -> Outcome<Estimate> {
    let (ledger, window) = revenue_beside(scope)?;
    let new = new_customers(ledger, window)?;
    let moved = ledger.movements(window)?;
    let revenue = money(match paid_by {
        PaidBy::New => moved.new,
        PaidBy::NetNew => moved.net(),
        PaidBy::NewAndExpansion => moved.new + moved.expansion,
    });
    let spending = if lag {
        earlier(window, scope.setting("cac_payback_period.lag_months"))
    } else {
        window
    };
    let spend = spent(scope, spending)?;
    let mut found = payback(spend, revenue, margin, new)?;
    found.parts.push(("new_customers", new as f64));
    Ok(found)
}

fn payback(spend: f64, revenue: f64, margin: Option<f64>, n: u64) -> Outcome<Estimate> {
    if revenue <= 0.0 {
        return Err(Refusal::new(
            "no_new_revenue",
            "The period brought no new recurring revenue, so the spending is never paid back.",
            "Choose a longer period.",
        ));
    }
    let value = spend / (revenue * margin.unwrap_or(1.0));
    let mut parts = vec![
        ("spend", spend),
        ("new_revenue", revenue),
        ("revenue_payback", spend / revenue),
    ];
    parts.extend(margin.map(|margin| ("margin", margin)));
    Ok(Estimate::of(value, n, Spread::StandardError(None)).with_parts(parts))
}

fn margin_adjusted(scope: &Scope<'_>) -> Outcome<Estimate> {
    months(scope, PaidBy::New, false, Some(own_margin(scope)?))
}

fn revenue_payback(scope: &Scope<'_>) -> Outcome<Estimate> {
    months(scope, PaidBy::New, false, None)
}

fn net_new_revenue(scope: &Scope<'_>) -> Outcome<Estimate> {
    months(scope, PaidBy::NetNew, false, Some(own_margin(scope)?))
}

fn with_expansion(scope: &Scope<'_>) -> Outcome<Estimate> {
    months(
        scope,
        PaidBy::NewAndExpansion,
        false,
        Some(own_margin(scope)?),
    )
}

fn period_before(scope: &Scope<'_>) -> Outcome<Estimate> {
    months(scope, PaidBy::New, true, Some(own_margin(scope)?))
}

/// A single step to another rule; the rows behind it are those of the spending, or of none.
fn step(says: &'static str, found: &Estimate) -> Vec<PathStep> {
    vec![PathStep::new(says, found.value, Vec::new())]
}

fn to_revenue_payback(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    let found = match scope.spend() {
        Ok(_) => revenue_payback(scope)?,
        Err(_) => typed_revenue_payback(scope)?,
    };
    Ok(step("all revenue counts, without the margin", &found))
}

fn to_net_new_revenue(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    let says = "expansion and returns count too, and what was lost is taken off";
    Ok(step(says, &net_new_revenue(scope)?))
}

fn to_with_expansion(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    Ok(step(
        "expansion of other customers counts too",
        &with_expansion(scope)?,
    ))
}

fn to_period_before(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    Ok(step(
        "the spending of the months before",
        &period_before(scope)?,
    ))
}

/// Typed figures: what one customer costs and brings a month.
fn typed(scope: &Scope<'_>, margin: Option<f64>) -> Outcome<Estimate> {
    let revenue = above_nothing(scope, "monthly_revenue")?;
    payback(typed_cost(scope)?, revenue, margin, 1)
}

fn typed_margin_adjusted(scope: &Scope<'_>) -> Outcome<Estimate> {
    // What is missing is told before the margin is asked for.
    typed(scope, None)?;
    typed(scope, Some(own_margin(scope)?))
}

fn typed_revenue_payback(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed(scope, None)
}

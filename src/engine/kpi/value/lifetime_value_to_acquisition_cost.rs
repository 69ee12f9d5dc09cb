//! Lifetime value to acquisition cost: does a customer bring more than they cost to win?

use crate::engine::kpi::lifetime::leaving;
use crate::engine::kpi::on_spend::{
    SPEND_AND_REVENUE, above_nothing, margin, new_customers, revenue_beside, spent, typed_cost,
};
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "lifetime_value_to_acquisition_cost",
    edition: 1,
    name: "Lifetime value to acquisition cost",
    short: Some("LTV:CAC"),
    family: "value",
    question: "Does a customer bring more than they cost to win?",
    definition: "What a customer pays a month times the gross margin, divided by the share of customers lost a month, and that divided by what it costs to win a customer.",
    formula: "revenue per customer and month × gross margin ÷ monthly churn ÷ acquisition cost",
    unit: Unit::Times,
    better: Better::Higher,
    needs: SPEND_AND_REVENUE,
    covers: Covers::WholeMonths,
    rules: &[
        Rule {
            id: "margin_adjusted",
            name: "With the gross margin",
            rule: "Revenue per customer at the end of the period × gross margin ÷ the customers lost in its months over the customers at their starts ÷ (spending of the period ÷ its new customers).",
            source: "Common definition; ProfitWell vs Braintree, paddle.com/help/profitwell-metrics/measure/compare: lifetime value as revenue per customer ÷ churn",
            estimates: &[
                (Basis::Spend, margin_adjusted),
                (Basis::Typed, typed_margin_adjusted),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "lifetime_revenue",
            name: "Lifetime revenue, without margin",
            rule: "As with the gross margin, but all revenue counts as if serving customers cost nothing.",
            source: "Uscreen, Subscription Analytics, help.uscreen.tv/hc/en-us/articles/360024898654: revenue per customer ÷ churn",
            estimates: &[
                (Basis::Spend, lifetime_revenue),
                (Basis::Typed, typed_lifetime_revenue),
            ],
            ledger: &[],
            path: Some(to_lifetime_revenue),
            unit: None,
        },
    ],
    settings: &[Setting {
        name: "gross_margin",
        takes: Takes::Number,
        default: "as given for the payback period; else the figure is refused until it is given",
        says: "What is left of revenue after the cost of serving customers: 0.8 or 80 for 80%.",
    }],
    parts: &[
        Part {
            name: "lifetime_value",
            unit: Unit::Money,
            says: "what a customer brings until they leave",
        },
        Part {
            name: "acquisition_cost",
            unit: Unit::Money,
            says: "what it costs to win a customer",
        },
        Part {
            name: "monthly_revenue",
            unit: Unit::Money,
            says: "what a customer pays a month, at the end of the period",
        },
        Part {
            name: "margin",
            unit: Unit::Ratio,
            says: "the gross margin; absent where it does not count",
        },
        Part {
            name: "monthly_churn",
            unit: Unit::Ratio,
            says: "customers lost in the months of the period ÷ customers at the starts of those months",
        },
        Part {
            name: "lost",
            unit: Unit::Count,
            says: "customers lost in the months of the period, added up",
        },
        Part {
            name: "lifetime_months",
            unit: Unit::Months,
            says: "1 ÷ monthly churn: how long a customer stays if churn never changes",
        },
        Part {
            name: "new_customers",
            unit: Unit::Count,
            says: "customers who paid for the first time in the period",
        },
    ],
    limits: &[
        "It takes the churn of the period for the churn of all time: with few customers lost it says next to nothing, and no interval is given.",
        "Young companies have lost few customers yet, so the figure is too good for them.",
        "Money that comes in years counts like money of today.",
    ],
    examples: &[
        Example {
            name: "four_times_at_eighty_percent",
            pasted: "CAC,revenue per month,gross margin,monthly churn\n1000,100,80%,2%\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(
                4.0,
                &[
                    ("lifetime_value", 4000.0),
                    ("lifetime_months", 50.0),
                    ("monthly_churn", 0.02),
                ],
            ),
        },
        Example {
            name: "five_times_without_margin",
            pasted: "CAC,revenue per month,monthly churn\n1000,100,2%\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"lifetime_value_to_acquisition_cost":"lifetime_revenue"}}"#,
            gives: Gives::Value(5.0, &[]),
        },
        Example {
            name: "without_churn_it_is_refused",
            pasted: "CAC,revenue per month,gross margin,monthly churn\n1000,100,0.8,0\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Refusal("no_churn"),
        },
    ],
};

/// The terms of the figure.
struct Terms {
    /// What a customer pays a month.
    revenue: f64,
    /// Customers lost in all months.
    lost: Option<u64>,
    /// The share of customers lost in a month.
    churn: f64,
    /// What a new customer costs.
    cost: f64,
    new: Option<u64>,
}

fn own_margin(scope: &Scope<'_>) -> Outcome<f64> {
    let names = [
        "lifetime_value_to_acquisition_cost.gross_margin",
        "cac_payback_period.gross_margin",
    ];
    margin(scope, &names)
}

fn times(terms: &Terms, margin: Option<f64>) -> Outcome<Estimate> {
    if terms.churn <= 0.0 {
        return Err(Refusal::new(
            "no_churn",
            "Nobody left in the period, so how long customers stay cannot be told from it.",
            "Choose a longer period.",
        ));
    }
    if terms.cost <= 0.0 {
        return Err(Refusal::new(
            "no_spend",
            "Nothing was spent in the period, so there is no cost to compare with.",
            "Choose a longer period, or look whether the spending is complete.",
        ));
    }
    let value = leaving::value(terms.revenue, margin, terms.churn);
    let mut parts = vec![
        ("lifetime_value", value),
        ("acquisition_cost", terms.cost),
        ("monthly_revenue", terms.revenue),
    ];
    parts.extend(margin.map(|margin| ("margin", margin)));
    parts.push(("monthly_churn", terms.churn));
    parts.extend(terms.lost.map(|lost| ("lost", lost as f64)));
    parts.push(("lifetime_months", 1.0 / terms.churn));
    parts.extend(terms.new.map(|new| ("new_customers", new as f64)));
    let n = terms.new.unwrap_or(1);
    Ok(Estimate::of(value / terms.cost, n, Spread::StandardError(None)).with_parts(parts))
}

/// The terms of a period: churn is that of its months, each with its own customers at the start.
fn terms(scope: &Scope<'_>) -> Outcome<Terms> {
    let (ledger, window) = revenue_beside(scope)?;
    let new = new_customers(ledger, window)?;
    let spend = spent(scope, window)?;
    let found = leaving::of_months(ledger, window)?;
    Ok(Terms {
        revenue: found.revenue,
        lost: found.counted.map(|(lost, _)| lost),
        churn: found.churn,
        cost: spend / new as f64,
        new: Some(new),
    })
}

fn margin_adjusted(scope: &Scope<'_>) -> Outcome<Estimate> {
    times(&terms(scope)?, Some(own_margin(scope)?))
}

fn lifetime_revenue(scope: &Scope<'_>) -> Outcome<Estimate> {
    times(&terms(scope)?, None)
}

fn to_lifetime_revenue(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    let found = match scope.spend() {
        Ok(_) => lifetime_revenue(scope)?,
        Err(_) => typed_lifetime_revenue(scope)?,
    };
    Ok(vec![PathStep::new(
        "all revenue counts, without the margin",
        found.value,
        Vec::new(),
    )])
}

fn typed_terms(scope: &Scope<'_>) -> Outcome<Terms> {
    let churn = leaving::typed_churn(scope)?;
    Ok(Terms {
        revenue: above_nothing(scope, "monthly_revenue")?,
        lost: None,
        churn,
        cost: typed_cost(scope)?,
        new: None,
    })
}

fn typed_margin_adjusted(scope: &Scope<'_>) -> Outcome<Estimate> {
    times(&typed_terms(scope)?, Some(own_margin(scope)?))
}

fn typed_lifetime_revenue(scope: &Scope<'_>) -> Outcome<Estimate> {
    times(&typed_terms(scope)?, None)
}

//! Customer acquisition cost: what does it cost to win a customer?

use crate::engine::base::Period;
use crate::engine::kpi::on_spend::{
    SPEND_AND_CUSTOMERS, above_nothing, customers_beside, earlier, new_customers, revenue_beside,
    spent,
};
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "customer_acquisition_cost",
    edition: 1,
    name: "Customer acquisition cost",
    short: Some("CAC"),
    family: "value",
    question: "What does it cost us to win a customer?",
    definition: "What was spent on sales and marketing in the period, divided by the customers who paid for the first time in it. The spending comes from one table, the customers from another.",
    formula: "spending on sales and marketing ÷ new customers",
    unit: Unit::Money,
    better: Better::Lower,
    needs: SPEND_AND_CUSTOMERS,
    covers: Covers::WholeMonths,
    rules: &[
        Rule {
            id: "same_period",
            name: "Spending of the same period",
            rule: "All spending of the period ÷ customers who paid for the first time in it.",
            source: "“What are Top Customer Success KPIs?”: cost of sales and marketing ÷ new customers",
            estimates: &[(Basis::Spend, same_period), (Basis::Typed, typed)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "period_before",
            name: "Spending of the period before",
            rule: "The spending of as many months before, because who pays now was won with what was spent then, ÷ customers who paid for the first time in the period.",
            source: "Wall Street Prep, CAC payback, wallstreetprep.com/knowledge/cac-payback-period/",
            estimates: &[(Basis::Spend, period_before)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "per_new_revenue",
            name: "Per unit of new yearly revenue",
            rule: "All spending of the period ÷ twelve times the monthly recurring revenue of new customers at its end: what one unit of new yearly revenue cost.",
            source: "Benchmarkit, 2025 SaaS benchmarks: new customer CAC ratio",
            estimates: &[
                (Basis::Spend, per_new_revenue),
                (Basis::Typed, typed_per_new_revenue),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[Setting {
        name: "lag_months",
        takes: Takes::Number,
        default: "as many as the period has",
        says: "For the rule with the spending before: how many months earlier the spending is taken.",
    }],
    parts: &[
        Part {
            name: "spend",
            unit: Unit::Money,
            says: "spent on sales and marketing",
        },
        Part {
            name: "new_customers",
            unit: Unit::Count,
            says: "customers who paid for the first time in the period",
        },
        Part {
            name: "new_revenue",
            unit: Unit::Money,
            says: "twelve times the monthly recurring revenue of new customers",
        },
        Part {
            name: "numerator",
            unit: Unit::Money,
            says: "spent",
        },
        Part {
            name: "denominator",
            unit: Unit::Count,
            says: "new customers, or for the rule per unit of revenue their yearly revenue",
        },
    ],
    limits: &[
        "It is as complete as the spending: salaries and tools belong to it as well as advertising.",
        "By a column of the spending, such as the channel, each part is divided by all new customers; the parts add up to the whole.",
        "Months that are not over, and months before the spending begins, are not covered.",
    ],
    examples: &[
        Example {
            name: "a_hundred_thousand_for_a_hundred_customers",
            pasted: "spend,new customers\n100000,100\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(1000.0, &[("spend", 100_000.0), ("new_customers", 100.0)]),
        },
        Example {
            name: "two_spent_for_each_unit_of_new_yearly_revenue",
            pasted: "spend,new customers,new revenue\n100000,100,50000\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_acquisition_cost":"per_new_revenue"}}"#,
            gives: Gives::Value(2.0, &[("new_revenue", 50_000.0)]),
        },
        Example {
            name: "no_new_customers_are_refused",
            pasted: "spend,new customers\n100000,0\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Refusal("no_new_customers"),
        },
        Example {
            name: "spending_without_customers_is_refused",
            pasted: "month,marketing spend\n2025-01,1000\n2025-02,1200\n",
            options: "",
            gives: Gives::Refusal("no_table_beside"),
        },
    ],
};

/// The cost of each new customer of the period, from the spending of another.
fn cost(scope: &Scope<'_>, spending: Period) -> Outcome<Estimate> {
    let (ledger, window) = customers_beside(scope)?;
    let new = new_customers(ledger, window)?;
    let spend = spent(scope, spending)?;
    Ok(
        Estimate::of(spend / new as f64, new, Spread::Exact).with_parts(vec![
            ("spend", spend),
            ("new_customers", new as f64),
            ("numerator", spend),
            ("denominator", new as f64),
        ]),
    )
}

fn same_period(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (_, window) = customers_beside(scope)?;
    cost(scope, window)
}

fn period_before(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (_, window) = customers_beside(scope)?;
    let lag = scope.setting("customer_acquisition_cost.lag_months");
    cost(scope, earlier(window, lag))
}

fn per_new_revenue(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (ledger, window) = revenue_beside(scope)?;
    let new = new_customers(ledger, window)?;
    let revenue = money(ledger.movements(window)?.new) * 12.0;
    ratio(spent(scope, window)?, new as f64, revenue)
}

fn ratio(spend: f64, new: f64, revenue: f64) -> Outcome<Estimate> {
    if revenue <= 0.0 {
        return Err(Refusal::new(
            "no_new_revenue",
            "New customers bring no revenue at the end of the period, so there is nothing to divide by.",
            "Choose a longer period.",
        ));
    }
    Ok(
        Estimate::of(spend / revenue, new as u64, Spread::Exact).with_parts(vec![
            ("spend", spend),
            ("new_customers", new),
            ("new_revenue", revenue),
            ("numerator", spend),
            ("denominator", revenue),
        ]),
    )
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let spend = above_nothing(scope, "spend")?;
    let Some(new) = heads(scope.figure("new_customers")?) else {
        return Err(not_heads());
    };
    if new == 0 {
        return Err(no_new_customers());
    }
    Ok(
        Estimate::of(spend / new as f64, new, Spread::Exact).with_parts(vec![
            ("spend", spend),
            ("new_customers", new as f64),
            ("numerator", spend),
            ("denominator", new as f64),
        ]),
    )
}

fn typed_per_new_revenue(scope: &Scope<'_>) -> Outcome<Estimate> {
    let spend = above_nothing(scope, "spend")?;
    let new = scope.figure_or_nothing("new_customers").max(0.0);
    ratio(spend, new, scope.figure("new_revenue")?)
}

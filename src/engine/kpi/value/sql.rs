//! The value family as SQL: revenue over churn, and what customers gained.

use super::spending_sql;
use crate::engine::kpi::queries::counted::{Counted, ratio, sums};
use crate::engine::kpi::queries::parts::told;
use crate::engine::kpi::queries::{Question, listed, purchases, yearly};
use crate::engine::kpi::scope::Basis;
use crate::engine::roles::Role;
use crate::engine::sql::expression::{all, choose, name, number};
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::{Expr, Plan, Why};

/// The plan of a rule of this family.
///
/// # Errors
/// Why there is none.
pub fn plan(question: &Question<'_>, basis: Basis) -> Result<Plan, Why> {
    match (question.kpi.id, question.rule.id, basis) {
        (_, _, Basis::Spend) => spending_sql::plan(question),
        ("customer_value", rule, _) => gained(question, rule),
        (_, "probabilistic", _) => Err(Why::NeedsModel),
        (_, "survival_discounted", _) => Err(Why::NeedsSurvival),
        (_, "simple", _) => purchases::simple(question),
        (_, rule, Basis::AccountRevenue) => {
            let mut plan = listed::customers(question)?;
            plan.terms = formulas(&[
                ("monthly_revenue", "mean(amount)"),
                ("customers", "rows()"),
                ("lost", "rows(has_left = 1)"),
                ("customer_months", "round(sum(months))"),
            ]);
            plan.terms
                .push(("loss", formula("rows(has_left = 1) / round(sum(months))")));
            lifetime(question, plan, rule)
        }
        (_, rule, _) => {
            let mut plan = yearly::by_month(question)?;
            plan.terms.push((
                "loss",
                if rule == "revenue_retention" {
                    // Who comes, or comes back, changes nothing.
                    formula("1.0 - money(sum(if(opening > 0 or closing <= 0, closing, opening))) / money(sum(opening))")
                } else {
                    formula("rows(opening > 0 and closing <= 0) / rows(opening > 0)")
                },
            ));
            if rule == "revenue_retention" {
                let opens = formula("opening_revenue > 0.0");
                plan.exists = plan.exists.map(|exists| all(vec![exists, opens]));
            }
            lifetime(question, plan, rule)
        }
    }
}

/// Revenue × margin over a lifetime of so many months, cut at the horizon where there is one.
fn lifetime(question: &Question<'_>, mut plan: Plan, rule: &str) -> Result<Plan, Why> {
    let own = |name: &str| question.source.setting(name);
    let horizon = own("customer_lifetime_value.horizon_months");
    if horizon.is_some_and(|months| !(months > 0.0 && months <= 1_200.0)) {
        return Err(Why::NeedsColumn);
    }
    let margin = if rule == "subscription" {
        purchases::margin(question)?
    } else {
        1.0
    };
    let endless = formula("monthly_revenue / loss");
    let value: Expr = match horizon {
        None => endless,
        Some(months) => {
            let is_cut = name("loss").times(number(months)).below(number(1.0));
            choose(
                is_cut,
                name("monthly_revenue").times(number(months)),
                endless,
            )
        }
    };
    plan.value = if (margin - 1.0).abs() > 0.0 {
        value.times(number(margin))
    } else {
        value
    };
    plan.n = name("customers");
    let ends = if horizon.is_some() {
        formula("customers > 0 and loss <= 1.0")
    } else {
        formula("customers > 0 and loss > 0.0 and loss <= 1.0")
    };
    plan.exists = Some(match plan.exists.take() {
        Some(exists) => all(vec![exists, ends]),
        None => ends,
    });
    plan.parts = told(&["monthly_revenue"]);
    plan.parts.push(match rule {
        "revenue_retention" => ("monthly_retention", formula("1.0 - loss")),
        _ => ("monthly_churn", name("loss")),
    });
    Ok(plan)
}

/// Goals that customers met, and what they gained for their money.
fn gained(question: &Question<'_>, rule: &str) -> Result<Plan, Why> {
    let source = question.source;
    let mut counts = Counted::of(question)?;
    let has_goals = source.has(Role::GoalsMet);
    if has_goals {
        counts = counts.needing("goals_met", Role::GoalsMet)?;
        counts = counts.needing_first("goals_set", &[Role::GoalsSet])?;
    }
    if rule == "goals" {
        if !has_goals {
            return Err(Why::NeedsColumn);
        }
        return Ok(counts.share("goals_met", "goals_set"));
    }
    let counts = if has_goals {
        counts
            .needing_if("benefit", Role::Benefit)?
            .needing_if("price", Role::Price)?
    } else {
        counts
            .needing("benefit", Role::Benefit)?
            .needing("price", Role::Price)?
    };
    let mut plan = counts.plan();
    plan.terms = sums(&["benefit", "price"]);
    plan.terms.push((
        "known",
        formula("rows(benefit is known and price is known)"),
    ));
    let mut plan = ratio(plan, "benefit", "price", name("known"));
    if rule == "net_return" {
        plan.value = formula("benefit / price - 1.0");
        plan.parts.clear();
    }
    Ok(plan)
}

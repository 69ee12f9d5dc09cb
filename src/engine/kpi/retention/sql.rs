//! The retention family as SQL: who and what is left of a period's start.

use super::renewals_sql;
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::ledger::{customers, is_known};
use crate::engine::kpi::queries::movements::{money, was};
use crate::engine::kpi::queries::parts::{share, wilson};
use crate::engine::kpi::scope::Basis;
use crate::engine::sql::expression::{Expr, all, any, name, only_if, rows_where, sum_where, whole};
use crate::engine::sql::{Plan, Why};

/// The plan of a rule of this family.
///
/// # Errors
/// Why there is none.
pub fn plan(question: &Question<'_>, basis: Basis) -> Result<Plan, Why> {
    if basis == Basis::Renewals {
        return renewals_sql::plan(question);
    }
    if !matches!(basis, Basis::Ledger | Basis::Customers) {
        return Err(Why::NotWritten);
    }
    let mut plan = customers(question)?;
    plan.terms = terms();
    plan.n = name("opening_customers");
    let plan = match (question.kpi.id, question.rule.id) {
        ("customer_churn_rate", "standard") => {
            plan.parts = vec![
                ("lost", name("lost")),
                ("opening", name("opening_customers")),
                ("new", name("first_timers")),
                ("closing", name("closing_customers")),
            ];
            share(plan, "lost", "opening_customers")
        }
        ("customer_retention_rate", rule) => retained(plan, rule)?,
        ("gross_revenue_churn_rate", "gross") => rate(
            plan,
            name("contraction").plus(name("churn")),
            &["contraction", "churn"],
        ),
        ("gross_revenue_churn_rate", "churn_only") => rate(plan, name("churn"), &["churn"]),
        ("net_revenue_churn_rate", rule @ ("with_reactivation" | "without_reactivation")) => {
            let lost = name("contraction")
                .plus(name("churn"))
                .minus(name("expansion"));
            let lost = if rule == "with_reactivation" {
                lost.minus(name("reactivation"))
            } else {
                lost
            };
            let parts = ["contraction", "churn", "expansion", "reactivation"];
            rate(plan, lost, &parts)
        }
        ("gross_revenue_retention", "cohort") => {
            let lost = name("contraction").plus(name("churn"));
            let parts = ["contraction", "churn"];
            rate(plan, name("opening_revenue").minus(lost), &parts)
        }
        ("net_revenue_retention", "cohort") => {
            let lost = name("contraction").plus(name("churn"));
            let left = name("opening_revenue").minus(lost).plus(name("expansion"));
            let parts = ["contraction", "churn", "expansion"];
            rate(plan, left, &parts)
        }
        _ => return Err(Why::NotWritten),
    };
    let mut plan = plan;
    let exists = plan.exists.take().unwrap_or(whole(1).equals(whole(1)));
    plan.exists = Some(all(vec![exists, is_known(question)]));
    Ok(plan)
}

fn terms() -> Vec<(&'static str, Expr)> {
    let change = || name("closing").minus(name("opening"));
    let amount = |which: Expr, is: Expr| money(sum_where(which, is).or(whole(0)));
    vec![
        ("opening_customers", rows_where(was::paying())),
        ("closing_customers", rows_where(was::still())),
        ("lost", rows_where(was::gone())),
        ("first_timers", rows_where(was::first())),
        ("kept", rows_where(all(vec![was::paying(), was::still()]))),
        ("returned", rows_where(was::back())),
        (
            "new_and_gone",
            rows_where(all(vec![
                was::first(),
                name("opening").at_most(whole(0)),
                name("closing").at_most(whole(0)),
            ])),
        ),
        ("new_and_kept", rows_where(was::new())),
        ("opening_revenue", amount(was::paying(), name("opening"))),
        ("expansion", amount(was::more(), change())),
        ("contraction", amount(was::less(), whole(0).minus(change()))),
        ("churn", amount(was::gone(), whole(0).minus(change()))),
        ("reactivation", amount(was::back(), change())),
    ]
}

/// An amount of money ÷ what was paid at the start.
fn rate(mut plan: Plan, amount: Expr, parts: &[&'static str]) -> Plan {
    plan.value = amount.clone().over(name("opening_revenue"));
    plan.exists = Some(name("opening_revenue").above(whole(0)));
    plan.parts = vec![("opening", name("opening_revenue"))];
    plan.parts
        .extend(parts.iter().map(|part| (*part, name(part))));
    plan.parts.push(("numerator", amount));
    plan.parts.push(("denominator", name("opening_revenue")));
    plan
}

fn retained(mut plan: Plan, rule: &str) -> Result<Plan, Why> {
    plan.parts = vec![
        ("kept", name("kept")),
        ("opening", name("opening_customers")),
        ("new", name("first_timers")),
        ("closing", name("closing_customers")),
    ];
    match rule {
        "base" => Ok(share(plan, "kept", "opening_customers")),
        "end_minus_new" => {
            plan.terms.push(("end_minus_new", {
                let all_kept = any(vec![all(vec![was::paying(), was::still()]), was::back()]);
                let left = all(vec![
                    was::first(),
                    name("opening").at_most(whole(0)),
                    name("closing").at_most(whole(0)),
                ]);
                rows_where(all_kept).minus(rows_where(left))
            }));
            let mut plan = share(plan, "end_minus_new", "opening_customers");
            // It is no share where more came back than left, or more new ones left than stayed.
            let is_share = || {
                all(vec![
                    name("end_minus_new").at_least(whole(0)),
                    name("end_minus_new").at_most(name("opening_customers")),
                ])
            };
            // A root of what is below nothing would stop the query.
            let bounded = |is: Expr| only_if(is_share(), is);
            let (low, high) = wilson("share_or_none", "opening_customers");
            plan.further = vec![crate::engine::kpi::queries::parts::further(
                "shares",
                "the same where it is a share, for the interval",
                vec![("share_or_none", bounded(name("end_minus_new")))],
            )];
            plan.interval = Some((bounded(low), bounded(high)));
            Ok(plan)
        }
        "cohort" => {
            plan.terms.push((
                "new_customers",
                rows_where(all(vec![was::first(), name("opening").at_most(whole(0))])),
            ));
            Ok(share(plan, "new_and_kept", "new_customers"))
        }
        _ => Err(Why::NotWritten),
    }
}

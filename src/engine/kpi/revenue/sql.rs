//! The revenue family as SQL: what customers pay at both ends of a period.

use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::ledger::{customers, is_known};
use crate::engine::kpi::queries::movements::{anyone_pays, money, movement_parts, movements, was};
use crate::engine::kpi::queries::parts::share;
use crate::engine::kpi::scope::Basis;
use crate::engine::sql::expression::{
    Expr, Function, all, call, mean, name, number, only_if, rows_where, sum_where, whole,
};
use crate::engine::sql::{Plan, Why};

/// The plan of a rule of this family.
///
/// # Errors
/// Why there is none.
pub fn plan(question: &Question<'_>, basis: Basis) -> Result<Plan, Why> {
    if basis != Basis::Ledger {
        return Err(Why::NotWritten);
    }
    let mut plan = customers(question)?;
    plan.terms = movements();
    plan.parts = movement_parts();
    plan.n = name("customers");
    let everyone = name("opening_customers")
        .plus(name("new_customers"))
        .plus(name("reactivated_customers"));
    let mut exists = anyone_pays();
    match (question.kpi.id, question.rule.id) {
        ("monthly_recurring_revenue", "end_of_period") => plan.value = name("closing_revenue"),
        ("annual_recurring_revenue", "end_of_period") => {
            plan.value = number(12.0).times(name("closing_revenue"));
            plan.parts = vec![
                ("monthly", name("closing_revenue")),
                ("customers", name("customers")),
            ];
        }
        ("net_new_recurring_revenue", rule @ ("ends_compared" | "four_movements")) => {
            plan.value = name("closing_revenue").minus(name("opening_revenue"));
            plan.n = everyone;
            if rule == "four_movements" {
                returns_are_new(&mut plan);
            }
        }
        ("quick_ratio", rule @ ("ends_compared" | "with_reactivation")) => {
            let won = name("new").plus(name("expansion"));
            let won = if rule == "with_reactivation" {
                won.plus(name("reactivation"))
            } else {
                won
            };
            let lost = || name("contraction").plus(name("churn"));
            plan.value = won.over(lost());
            plan.n = everyone;
            exists = all(vec![exists, lost().above(whole(0))]);
        }
        ("average_revenue_per_account", rule) => average(&mut plan, rule)?,
        ("expansion_rate", rule) => {
            plan = expansion(plan, rule)?;
            exists = plan.exists.clone().unwrap_or(exists);
        }
        _ => return Err(Why::NotWritten),
    }
    plan.exists = Some(all(vec![exists, is_known(question)]));
    Ok(plan)
}

/// Who comes back is new.
fn returns_are_new(plan: &mut Plan) {
    for (part, is) in &mut plan.parts {
        match *part {
            "new" => *is = name("new").plus(name("reactivation")),
            "new_customers" => {
                *is = name("new_customers").plus(name("reactivated_customers"));
            }
            "reactivation" | "reactivated_customers" => *is = whole(0),
            _ => {}
        }
    }
}

fn average(plan: &mut Plan, rule: &str) -> Result<(), Why> {
    let paid = |who: Expr| only_if(who, money(name("closing")));
    match rule {
        "mean" => plan.value = name("mean"),
        "median" => plan.value = name("median"),
        "new_business" => {
            plan.value = name("mean_of_new");
            plan.n = name("new_payers");
        }
        _ => return Err(Why::NotWritten),
    }
    // Who first paid in the window, whatever they owed at its start.
    let new = || all(vec![was::still(), was::first()]);
    plan.terms.extend([
        ("mean", mean(paid(was::still()))),
        (
            "median",
            call(Function::Quantile(0.5), vec![paid(was::still())]),
        ),
        ("mean_of_new", mean(paid(new()))),
        ("new_payers", rows_where(new())),
    ]);
    plan.parts = Vec::new();
    Ok(())
}

fn expansion(mut plan: Plan, rule: &str) -> Result<Plan, Why> {
    let opening = || money(sum_where(was::paying(), name("opening")).or(whole(0)));
    let raise = || {
        let more = name("closing").minus(name("opening"));
        money(sum_where(was::more(), more).or(whole(0)))
    };
    plan.terms.extend([
        ("raised_customers", rows_where(was::more())),
        ("raise", raise()),
        ("paid", opening()),
    ]);
    plan.parts = vec![
        ("expanded_customers", name("raised_customers")),
        ("opening_customers", name("opening_customers")),
        ("expansion", name("raise")),
        ("opening", name("paid")),
        ("new", name("new")),
    ];
    match rule {
        "customers" => return Ok(share(plan, "raised_customers", "opening_customers")),
        "revenue" => {
            plan.value = name("raise").over(name("paid"));
            plan.n = name("opening_customers");
            plan.exists = Some(name("paid").above(whole(0)));
        }
        "share_of_won" => {
            let won = || name("raised_customers").plus(name("new_customers"));
            plan.value = name("raise").over(name("raise").plus(name("new")));
            plan.n = won();
            plan.exists = Some(won().above(whole(0)));
        }
        _ => return Err(Why::NotWritten),
    }
    Ok(plan)
}

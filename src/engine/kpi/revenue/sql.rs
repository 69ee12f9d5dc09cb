//! The revenue family as SQL: what customers pay at both ends of a period.

use crate::engine::kpi::queries::ledger::{changed, changes, customers, customers_with, is_known};
use crate::engine::kpi::queries::movements::{anyone_pays, movement_parts, movements};
use crate::engine::kpi::queries::parts::{share, told};
use crate::engine::kpi::queries::{Question, listed, yearly};
use crate::engine::kpi::scope::Basis;
use crate::engine::roles::Role;
use crate::engine::sql::expression::{all, name, number, whole};
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::{Plan, Why};

/// The plan of a rule of this family.
///
/// # Errors
/// Why there is none.
pub fn plan(question: &Question<'_>, basis: Basis) -> Result<Plan, Why> {
    let (kpi, rule) = (question.kpi.id, question.rule.id);
    if basis == Basis::AccountRevenue {
        return of_list(question);
    }
    let late = (rule == "new_after_90_days").then_some(90);
    match (kpi, rule) {
        ("annual_recurring_revenue", "average_of_months") => return yearly::averaged(question),
        ("annual_recurring_revenue", "contracted") => return yearly::contracted(question),
        ("net_new_recurring_revenue" | "quick_ratio", "every_change" | "new_after_90_days") => {
            return every_change(question, late);
        }
        ("average_revenue_per_account", "per_seat") => return per_seat(question),
        _ => {}
    }
    let mut plan = if rule == "with_free_customers" {
        let runs = formula("rows(day < period_end and ends_on >= period_end)");
        customers_with(question, &[], vec![("running", runs)])?
    } else {
        customers(question)?
    };
    plan.terms = movements();
    plan.parts = movement_parts();
    plan.n = name("customers");
    let everyone = name("opening_customers")
        .plus(name("new_customers"))
        .plus(name("reactivated_customers"));
    let mut exists = anyone_pays();
    match (kpi, rule) {
        // Whatever else a rule of this KPI says are settings of the ledger.
        ("monthly_recurring_revenue", _) => plan.value = name("closing_revenue"),
        ("annual_recurring_revenue", _) => {
            plan.value = number(12.0).times(name("closing_revenue"));
            plan.parts = vec![
                ("monthly", name("closing_revenue")),
                ("customers", name("customers")),
            ];
        }
        ("net_new_recurring_revenue", _) => {
            plan.value = name("closing_revenue").minus(name("opening_revenue"));
            plan.n = everyone;
            if rule == "four_movements" {
                returns_are_new(&mut plan);
            }
        }
        ("quick_ratio", _) => {
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
        ("average_revenue_per_account", rule) => {
            average(&mut plan, rule);
            if rule == "with_free_customers" {
                exists = plan.n.clone().above(whole(0));
            }
        }
        (_, rule) => {
            plan = expansion(plan, rule);
            exists = plan.exists.clone().unwrap_or(exists);
        }
    }
    plan.exists = Some(all(vec![exists, is_known(question)]));
    Ok(plan)
}

/// Every change within the period counts by itself.
fn every_change(question: &Question<'_>, late: Option<i64>) -> Result<Plan, Why> {
    let mut plan = changes(question)?;
    plan.terms = changed(late);
    plan.n = name("everyone");
    let mut exists = formula("customers + opening_customers + comes > 0");
    if question.kpi.id == "quick_ratio" {
        plan.value = formula("(new + expansion) / (contraction + churn)");
        exists = formula("customers + opening_customers + comes > 0 and contraction + churn > 0");
        plan.parts = told(&["new", "expansion", "contraction", "churn"]);
    } else {
        plan.value = formula("closing_revenue - opening_all");
        plan.parts = told(&["new", "expansion", "contraction", "churn", "customers"]);
        plan.parts.extend(formulas(&[
            ("opening", "opening_all"),
            ("closing", "closing_revenue"),
        ]));
    }
    plan.parts.push(("reactivation", formula("come - new")));
    plan.exists = Some(all(vec![exists, is_known(question)]));
    Ok(plan)
}

/// What customers who pay pay, by their seats.
fn per_seat(question: &Question<'_>) -> Result<Plan, Why> {
    let seats = formula("sum(seats where day < period_end and ends_on >= period_end) ?? 0.0");
    let mut plan = customers_with(question, &["seats"], vec![("seats", seats)])?;
    plan.terms = formulas(&[
        ("revenue", "money(sum(closing where closing > 0) ?? 0)"),
        ("customers", "rows(closing > 0)"),
        ("seats", "sum(seats where closing > 0) ?? 0.0"),
    ]);
    plan.value = formula("revenue / seats");
    plan.n = name("customers");
    plan.parts = told(&["revenue", "customers", "seats"]);
    plan.exists = Some(all(vec![
        formula("customers > 0 and seats > 0.0"),
        is_known(question),
    ]));
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

fn average(plan: &mut Plan, rule: &str) {
    plan.terms.extend(formulas(match rule {
        // Who first paid in the window, whatever they owed at its start.
        "new_business" => &[
            ("mean", "mean(money(closing) where closing > 0 and first_day >= period_start and first_day < period_end)"),
            ("payers", "rows(closing > 0 and first_day >= period_start and first_day < period_end)"),
        ],
        "with_free_customers" => &[
            ("mean", "mean(money(closing) where closing > 0 or running > 0)"),
            ("payers", "rows(closing > 0 or running > 0)"),
        ],
        "median" => &[
            ("mean", "median(money(closing) where closing > 0)"),
            ("payers", "rows(closing > 0)"),
        ],
        _ => &[
            ("mean", "mean(money(closing) where closing > 0)"),
            ("payers", "rows(closing > 0)"),
        ],
    }));
    plan.value = name("mean");
    plan.n = name("payers");
    plan.parts = Vec::new();
}

fn expansion(mut plan: Plan, rule: &str) -> Plan {
    plan.terms.extend(formulas(&[
        ("raised_customers", "rows(opening > 0 and closing > 0 and closing > opening)"),
        ("raise", "money(sum(closing - opening where opening > 0 and closing > 0 and closing > opening) ?? 0)"),
        ("paid", "money(sum(opening where opening > 0) ?? 0)"),
    ]));
    plan.parts = formulas(&[
        ("expanded_customers", "raised_customers"),
        ("opening_customers", "opening_customers"),
        ("expansion", "raise"),
        ("opening", "paid"),
        ("new", "new"),
    ]);
    match rule {
        "customers" => return share(plan, "raised_customers", "opening_customers"),
        "revenue" => {
            plan.value = formula("raise / paid");
            plan.n = name("opening_customers");
            plan.exists = Some(formula("paid > 0"));
        }
        _ => {
            plan.value = formula("raise / (raise + new)");
            plan.n = formula("raised_customers + new_customers");
            plan.exists = Some(formula("raised_customers + new_customers > 0"));
        }
    }
    plan
}

/// What the customers of a list pay.
fn of_list(question: &Question<'_>) -> Result<Plan, Why> {
    let mut plan = listed::customers(question)?;
    let stays = question.rule.id == "who_stay";
    if stays && !question.source.has(Role::Churned) {
        return Err(Why::NeedsColumn);
    }
    plan.terms = formulas(match question.rule.id {
        "median" => &[
            ("figure", "median(amount where amount > 0.0)"),
            ("customers", "rows(amount > 0.0)"),
        ],
        "who_stay" => &[
            ("figure", "mean(amount where has_left = 0 and amount > 0.0)"),
            ("customers", "rows(has_left = 0 and amount > 0.0)"),
        ],
        _ => &[
            ("figure", "mean(amount where amount > 0.0)"),
            ("customers", "rows(amount > 0.0)"),
        ],
    });
    plan.value = name("figure");
    plan.n = name("customers");
    plan.exists = Some(formula("customers > 0"));
    plan.parts = told(&["customers"]);
    Ok(plan)
}

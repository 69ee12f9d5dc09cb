//! The retention family as SQL: who and what is left of a period's start.

use super::departures_sql::{daily, departures, every_change};
use super::renewals_sql;
use crate::engine::kpi::queries::ledger::{customers, customers_with, is_known};
use crate::engine::kpi::queries::parts::{share, share_or_more, told};
use crate::engine::kpi::queries::{Question, listed, yearly};
use crate::engine::kpi::scope::Basis;
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Expr, Function, all, call, name, rows_where, sum_where, whole,
};
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::relation::{Named, Relation, Rows, Select};
use crate::engine::sql::windows::SCOPE;
use crate::engine::sql::{Plan, Why};

/// The plan of a rule of this family.
///
/// # Errors
/// Why there is none.
pub fn plan(question: &Question<'_>, basis: Basis) -> Result<Plan, Why> {
    match basis {
        Basis::Renewals => return renewals_sql::plan(question),
        Basis::Accounts | Basis::AccountRevenue => return of_list(question),
        _ => {}
    }
    let mut plan = match (question.kpi.id, question.rule.id) {
        ("customer_churn_rate", "stripe" | "departures") => departures(question)?,
        ("customer_churn_rate", "daily") => daily(question)?,
        ("customer_churn_rate", "renewable_base") => renewable(question)?,
        (_, "voluntary" | "involuntary") => for_reason(question)?,
        (_, "compounded_months") => return yearly::compounded(question),
        (_, "movements")
        | ("net_revenue_retention", "with_reactivation" | "without_contraction") => {
            every_change(question)?
        }
        _ => ends_compared(question)?,
    };
    let exists = plan.exists.take().unwrap_or(whole(1).equals(whole(1)));
    plan.exists = Some(all(vec![exists, is_known(question)]));
    Ok(plan)
}

/// Terms of customers at both ends.
fn terms() -> Vec<(&'static str, Expr)> {
    formulas(&[
        ("opening_customers", "rows(opening > 0)"),
        ("closing_customers", "rows(closing > 0)"),
        ("lost", "rows(opening > 0 and closing <= 0)"),
        (
            "first_timers",
            "rows(first_day >= period_start and first_day < period_end)",
        ),
        ("kept", "rows(opening > 0 and closing > 0)"),
        (
            "new_and_kept",
            "rows(opening <= 0 and closing > 0 and first_day >= period_start)",
        ),
        (
            "opening_revenue",
            "money(sum(opening where opening > 0) ?? 0)",
        ),
        (
            "expansion",
            "money(sum(closing - opening where opening > 0 and closing > opening) ?? 0)",
        ),
        (
            "contraction",
            "money(sum(opening - closing where closing > 0 and opening > closing) ?? 0)",
        ),
        (
            "churn",
            "money(sum(opening - closing where opening > 0 and closing <= 0) ?? 0)",
        ),
        (
            "reactivation",
            "money(sum(closing - opening where opening <= 0 and closing > 0 and first_day < period_start) ?? 0)",
        ),
    ])
}

fn ends_compared(question: &Question<'_>) -> Result<Plan, Why> {
    let mut plan = customers(question)?;
    plan.terms = terms();
    plan.n = name("opening_customers");
    let opening = "opening_revenue";
    Ok(match (question.kpi.id, question.rule.id) {
        ("customer_churn_rate", _) => {
            plan.parts = churn_parts();
            share(plan, "lost", "opening_customers")
        }
        ("customer_retention_rate", rule) => retained(plan, rule),
        ("gross_revenue_churn_rate", "churn_only") => rate(plan, formula("churn"), opening),
        ("gross_revenue_churn_rate", _) => rate(plan, formula("contraction + churn"), opening),
        ("net_revenue_churn_rate", "without_reactivation") => {
            rate(plan, formula("contraction + churn - expansion"), opening)
        }
        ("net_revenue_churn_rate", _) => rate(
            plan,
            formula("contraction + churn - expansion - reactivation"),
            opening,
        ),
        ("gross_revenue_retention", _) => rate(
            plan,
            formula("opening_revenue - contraction - churn"),
            opening,
        ),
        _ => rate(
            plan,
            formula("opening_revenue - contraction - churn + expansion"),
            opening,
        ),
    })
}

fn lost_parts() -> Vec<(&'static str, Expr)> {
    formulas(&[
        ("lost", "lost"),
        ("opening", "opening_customers"),
        ("closing", "closing_customers"),
    ])
}

fn churn_parts() -> Vec<(&'static str, Expr)> {
    let mut parts = lost_parts();
    parts.push(("new", name("first_timers")));
    parts
}

/// An amount of money ÷ what was paid at the start.
pub(super) fn rate(mut plan: Plan, amount: Expr, opening: &'static str) -> Plan {
    plan.value = amount.clone().over(name(opening));
    plan.exists = Some(name(opening).above(whole(0)));
    plan.parts = told(&["contraction", "churn", "expansion", "reactivation"]);
    plan.parts.push(("opening", name(opening)));
    plan.parts.push(("numerator", amount));
    plan.parts.push(("denominator", name(opening)));
    plan
}

fn retained(mut plan: Plan, rule: &str) -> Plan {
    plan.parts = formulas(&[
        ("kept", "kept"),
        ("opening", "opening_customers"),
        ("new", "first_timers"),
        ("closing", "closing_customers"),
    ]);
    match rule {
        "end_minus_new" => {
            // It is no share where more came back than left, or more new ones left than stayed.
            plan.terms.push((
                "end_minus_new",
                formula("rows((opening > 0 and closing > 0) or (opening <= 0 and closing > 0 and first_day < period_start)) - rows(first_day >= period_start and first_day < period_end and opening <= 0 and closing <= 0)"),
            ));
            share_or_more(plan, "end_minus_new", "opening_customers")
        }
        "cohort" => {
            plan.terms.push((
                "new_customers",
                formula(
                    "rows(first_day >= period_start and first_day < period_end and opening <= 0)",
                ),
            ));
            share(plan, "new_and_kept", "new_customers")
        }
        _ => share(plan, "kept", "opening_customers"),
    }
}

/// Customers who left, of those who could.
fn renewable(question: &Question<'_>) -> Result<Plan, Why> {
    // The end of the stretch, of any term of weeks and days, or of one of the terms since its start
    // lies in the window: of whole months, the one that the months between them tell, give or take
    // one, because months are not equally long.
    let could = formula(
        "max(if(day < period_start and ends_on >= period_start, if(ends_on < period_end or term < 0.5 or term - round(term) > 0.000000001 or round(term) - term > 0.000000001, 1, if(plus_months(day, passed) >= period_start and plus_months(day, passed) < period_end, 1, if(plus_months(day, passed + as_whole(round(term))) >= period_start and plus_months(day, passed + as_whole(round(term))) < period_end, 1, if(passed > as_whole(round(term)) and plus_months(day, passed - as_whole(round(term))) >= period_start and plus_months(day, passed - as_whole(round(term))) < period_end, 1, 0)))), 0))",
    );
    let mut plan = customers_with(question, &["term"], vec![("could_leave", could)])?;
    let passed = formula("month_number(period_start) - month_number(day)");
    let months = formula("greatest(as_whole(round(term)), 1)");
    let terms_passed = Select::from("scoped")
        .keep(&SCOPE)
        .keep(&["customer", "day", "ends_on", "paid", "term", "first_day"])
        .column(
            "passed",
            call(
                Function::Greatest,
                vec![
                    passed
                        .clone()
                        .minus(call(Function::Modulo, vec![passed, months.clone()])),
                    months,
                ],
            ),
        );
    let mut by_customer = plan.after.remove(0);
    if let Relation::Select(select) = &mut by_customer.is {
        select.from = Rows::Ours("with_terms");
    }
    plan.after = vec![
        Named::new(
            "with_terms",
            "with the months of all whole terms from the start of a stretch to the window",
            terms_passed,
        ),
        by_customer,
    ];
    plan.terms = terms();
    plan.terms
        .push(("due", formula("rows(opening > 0 and could_leave = 1)")));
    plan.terms
        .push(("lost_of_due", formula("rows(opening > 0 and closing <= 0)")));
    plan.parts = lost_parts();
    Ok(share_or_more(plan, "lost_of_due", "due"))
}

/// Which number a reason has.
fn wanted(question: &Question<'_>) -> &'static str {
    if question.rule.id == "voluntary" {
        "rows(opening > 0 and closing <= 0 and why = 1)"
    } else {
        "rows(opening > 0 and closing <= 0 and why = 2)"
    }
}

/// Customers, or their revenue, who left for one reason.
fn for_reason(question: &Question<'_>) -> Result<Plan, Why> {
    // Of stretches that ended in the window the last tells the reason, the most telling of a day.
    let why = formula(
        "modulo(max(days(period_start, ends_on) * 4 + why where ends_on >= period_start and ends_on < period_end and why is known), 4)",
    );
    let mut plan = customers_with(question, &["why"], vec![("why", why)])?;
    plan.terms = terms();
    plan.terms.push(("left_so", formula(wanted(question))));
    if question.kpi.id == "customer_churn_rate" {
        plan.parts = lost_parts();
        return Ok(share(plan, "left_so", "opening_customers"));
    }
    plan.terms.push((
        "lost_so",
        if question.rule.id == "voluntary" {
            formula(
                "money(sum(opening - closing where opening > 0 and closing <= 0 and why = 1) ?? 0)",
            )
        } else {
            formula(
                "money(sum(opening - closing where opening > 0 and closing <= 0 and why = 2) ?? 0)",
            )
        },
    ));
    plan.n = name("opening_customers");
    Ok(rate(plan, name("lost_so"), "opening_revenue"))
}

/// The share of a list's customers, or of what they pay, who have left.
fn of_list(question: &Question<'_>) -> Result<Plan, Why> {
    let mut plan = listed::customers(question)?;
    let rule = question.rule.id;
    if matches!(rule, "voluntary" | "involuntary") && !question.source.has(Role::CancellationReason)
    {
        return Err(Why::NeedsColumn);
    }
    let lost = match rule {
        "voluntary" => formula("has_left = 1 and why = 1"),
        "involuntary" => formula("has_left = 1 and why = 2"),
        _ => formula("has_left = 1"),
    };
    if question.kpi.id == "gross_revenue_churn_rate" {
        plan.terms = formulas(&[
            ("opening", "sum(amount) ?? 0.0"),
            ("churn", "sum(amount where has_left = 1) ?? 0.0"),
            ("customers", "rows()"),
        ]);
        plan.terms.push((
            "counted",
            sum_where(lost, name("amount")).or(formula("0.0")),
        ));
        plan.value = formula("counted / opening");
        plan.n = name("customers");
        plan.exists = Some(formula("opening > 0.0"));
        plan.parts = formulas(&[
            ("opening", "opening"),
            ("churn", "churn"),
            ("numerator", "counted"),
            ("denominator", "opening"),
        ]);
        return Ok(plan);
    }
    plan.terms = formulas(&[("lost", "rows(has_left = 1)"), ("opening", "rows()")]);
    plan.terms.push(("counted", rows_where(lost)));
    plan.parts = formulas(&[
        ("lost", "lost"),
        ("opening", "opening"),
        ("closing", "opening - lost"),
    ]);
    if question.kpi.id == "customer_retention_rate" {
        plan.terms.push(("kept", formula("rows(has_left = 0)")));
        plan.parts = formulas(&[("kept", "kept"), ("opening", "opening")]);
        return Ok(share(plan, "kept", "opening"));
    }
    Ok(share(plan, "counted", "opening"))
}

//! Every change within a period as SQL: rates of movements, of departures, of each day's own base.

use super::sql::rate;
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::ledger::{changed, changes};
use crate::engine::kpi::queries::parts::{further, scope, share_or_more, told};
use crate::engine::sql::expression::{name, sum};
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::windows::SCOPE;
use crate::engine::sql::{Plan, Why};

/// Every change within the period counts by itself.
pub(super) fn every_change(question: &Question<'_>) -> Result<Plan, Why> {
    let mut plan = changes(question)?;
    plan.terms = changed(None);
    plan.n = name("opening_customers");
    let (kpi, rule) = (question.kpi.id, question.rule.id);
    // The churn rates leave out what changes between two credits.
    let amount = match (kpi, rule) {
        ("gross_revenue_churn_rate", _) => "contraction - credit_cut + churn",
        ("net_revenue_churn_rate", _) => {
            "contraction - credit_cut + churn - (expansion - credit_raised) - (come - new)"
        }
        ("gross_revenue_retention", _) => "opening_revenue - contraction - churn",
        (_, "with_reactivation") => {
            "opening_revenue - contraction - churn + expansion + (come - new)"
        }
        (_, "without_contraction") => "opening_revenue - churn + expansion",
        _ => "opening_revenue - contraction - churn + expansion",
    };
    let mut plan = rate(plan, formula(amount), "opening_revenue");
    let of_rates = matches!(kpi, "gross_revenue_churn_rate" | "net_revenue_churn_rate");
    plan.parts.retain(|(part, _)| {
        matches!(*part, "opening" | "churn" | "numerator" | "denominator") || *part == "contraction"
    });
    if of_rates {
        for (part, is) in &mut plan.parts {
            if *part == "contraction" {
                *is = formula("contraction - credit_cut");
            }
        }
    }
    Ok(plan)
}

/// Every departure counts, over the start or over the start with who is new.
pub(super) fn departures(question: &Question<'_>) -> Result<Plan, Why> {
    let mut plan = changes(question)?;
    plan.terms = changed(None);
    plan.parts = formulas(&[
        ("opening", "opening_customers"),
        ("new", "first_timers"),
        ("closing", "customers"),
        ("departures", "departures"),
    ]);
    if question.rule.id == "departures" {
        return Ok(share_or_more(plan, "departures", "opening_customers"));
    }
    plan.further.push(further(
        "bases",
        "customers at the start, and who is new",
        vec![("base", formula("opening_customers + first_timers"))],
    ));
    Ok(share_or_more(plan, "departures", "base"))
}

/// The departures of each day over the customers at its start.
pub(super) fn daily(question: &Question<'_>) -> Result<Plan, Why> {
    let mut plan = changes(question)?;
    let dated = Select::from("scoped")
        .keep(&SCOPE)
        .keep(&["customer", "day", "ends_on", "paid", "before"])
        .column(
            "on_day",
            formula("greatest(day, plus_days(period_start, 0 - 1))"),
        );
    let mut by = scope();
    by.push(name("on_day"));
    let days = Select::from("dated")
        .keep(&SCOPE)
        .keep(&["on_day"])
        .column(
            "opening",
            formula("rows(day < period_start and ends_on >= period_start and paid > 0)"),
        )
        .column(
            "gone",
            formula("rows(day >= period_start and before > 0 and paid <= 0)"),
        )
        .column(
            "come",
            formula("rows(day >= period_start and before <= 0 and paid > 0)"),
        )
        .group(by);
    let running =
        sum(formula("opening + come - gone")).within(scope(), vec![(name("on_day"), false)]);
    let paying = Select::from("changed_days")
        .keep(&SCOPE)
        .keep(&["opening", "gone", "come"])
        .column("at_end", running);
    plan.after = vec![
        Named::new(
            "dated",
            "changes by their day, the rest on the day before the window",
            dated,
        ),
        Named::new("changed_days", "who left and who came on each day", days),
        Named::new(
            "day_ends",
            "with the customers at the end of the day",
            paying,
        ),
    ];
    plan.terms = formulas(&[
        ("opening", "sum(opening)"),
        ("departures", "sum(gone)"),
        ("closing", "sum(opening + come - gone)"),
        (
            "rates",
            "sum(gone / (at_end - come + gone) where gone > 0) ?? 0.0",
        ),
    ]);
    plan.value = name("rates");
    plan.n = name("opening");
    plan.exists = Some(formula("opening > 0"));
    plan.parts = told(&["opening", "closing", "departures"]);
    Ok(plan)
}

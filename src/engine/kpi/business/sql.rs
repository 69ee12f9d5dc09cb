//! The business family as SQL: counts of visits, carts, jobs and units, added up.

use super::trials_sql::trials;
use super::{defects_sql, deliveries_sql, orders_sql, projects_sql, stock_sql};
use crate::engine::facts::Measure;
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::counted::{Counted, of_whole, ratio, sums, whole_of};
use crate::engine::kpi::queries::parts::{further, share};
use crate::engine::kpi::scope::Basis;
use crate::engine::roles::Role;
use crate::engine::roles::job_status::{JobStatus, job_status};
use crate::engine::sql::expression::{Expr, all, different, name, rows_where, sum_where, whole};
use crate::engine::sql::figure::Further;
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::{Plan, Why};

/// The plan of a rule of this family.
///
/// # Errors
/// Why there is none.
pub fn plan(question: &Question<'_>, basis: Basis) -> Result<Plan, Why> {
    match (question.kpi.id, question.rule.id, basis) {
        ("conversion_rate", rule, Basis::Counts(Measure::Trials)) => trials(question, rule),
        ("average_transaction_value", _, Basis::Orders) => orders_sql::plan(question),
        ("average_transaction_value", rule, _) => sales(question, rule),
        ("on_time_delivery_rate", ..) => deliveries_sql::plan(question),
        ("inventory_turnover", ..) => stock_sql::plan(question),
        ("project_success_rate", ..) => projects_sql::plan(question),
        ("conversion_rate", "standard", _) => {
            let counts = Counted::of(question)?.needing("purchases", Role::Purchases)?;
            let counts = counts.needing_first("visits", &[Role::Visits, Role::Visitors])?;
            Ok(counts.share("purchases", "visits"))
        }
        ("cart_abandonment_rate", rule, _) => {
            let counts = Counted::of(question)?.needing("purchases", Role::Purchases)?;
            let has_carts = question.source.mapping.column_of(Role::Carts).is_some();
            let counts = if has_carts {
                let counts = counts.needing("carts", Role::Carts)?;
                counts.perhaps("checkouts", Role::Checkouts)?
            } else {
                counts.needing("checkouts", Role::Checkouts)?
            };
            match rule {
                "standard" if has_carts => Ok(counts.rest("purchases", "carts")),
                "checkout" if counts.tells("checkouts") => {
                    Ok(counts.rest("purchases", "checkouts"))
                }
                _ => Err(Why::NeedsColumn),
            }
        }
        ("foot_traffic", rule, _) => traffic(question, rule),
        ("gig_completion_rate", rule, _) => jobs(question, rule),
        ("defect_rate", ..) => defects_sql::plan(question),
        _ => Err(Why::NeedsColumn),
    }
}

/// Sums of revenue over sums of orders, or of visits.
fn sales(question: &Question<'_>, rule: &str) -> Result<Plan, Why> {
    let counts = Counted::of(question)?
        .needing("revenue", Role::Amount)?
        .needing("orders", Role::Purchases)?;
    let below = match rule {
        "mean" => "orders",
        "per_visit" => "visits",
        _ => return Err(Why::NeedsColumn),
    };
    let counts = if below == "visits" {
        counts.needing_if("visits", Role::Visits)?
    } else {
        counts
    };
    let mut plan = counts.plan();
    plan.terms = sums(&["revenue", below]);
    Ok(ratio(plan, "revenue", below, whole_of(name(below))))
}

fn traffic(question: &Question<'_>, rule: &str) -> Result<Plan, Why> {
    let counts = Counted::of(question)?.needing("visitors", Role::Visitors)?;
    let dated = counts.dated;
    match rule {
        "visitors" => {
            let mut plan = counts.plan();
            plan.terms = vec![(
                "visitors",
                sum_where(name("visitors").is_known(), name("visitors")),
            )];
            plan.value = name("visitors");
            plan.n = whole_of(name("visitors"));
            plan.exists = Some(name("visitors").is_known());
            plan.parts = vec![("visitors", name("visitors"))];
            Ok(plan)
        }
        "per_day" if dated => {
            let mut plan = counts.plan();
            plan.terms = sums(&["visitors"]);
            plan.terms.push(("days", different(name("day"))));
            Ok(ratio(plan, "visitors", "days", whole_of(name("visitors"))))
        }
        "per_open_hour" => {
            let counts = counts.needing_if("open_hours", Role::OpenHours)?;
            let mut plan = counts.plan();
            plan.terms = sums(&["visitors", "open_hours"]);
            Ok(ratio(
                plan,
                "visitors",
                "open_hours",
                whole_of(name("visitors")),
            ))
        }
        "capture_rate" => {
            let counts = counts.needing_if("passers_by", Role::PassersBy)?;
            Ok(counts.share("visitors", "passers_by"))
        }
        "retail_conversion" => {
            let counts = counts.needing_if("purchases", Role::Purchases)?;
            Ok(counts.share("purchases", "visitors"))
        }
        "per_area" => {
            let counts = counts.needing_if("area", Role::Area)?;
            let mut plan = counts.plan();
            plan.terms = sums(&["visitors", "area"]);
            // The area stands in each row, so that of one day is the mean of the days.
            plan.terms.push((
                "days",
                if dated {
                    different(name("day"))
                } else {
                    whole(1)
                },
            ));
            plan.value = formula("visitors / (area / days)");
            plan.n = whole_of(name("visitors"));
            plan.exists = Some(formula("area > 0.0"));
            Ok(plan)
        }
        _ => Err(Why::NeedsColumn),
    }
}

#[expect(clippy::too_many_lines, reason = "one plan, read from top to bottom")]
fn jobs(question: &Question<'_>, rule: &str) -> Result<Plan, Why> {
    let source = question.source;
    let counts = Counted::of(question)?;
    if source.has(Role::JobsCompleted) {
        let counts = counts.needing("jobs_completed", Role::JobsCompleted)?;
        let has_accepted = source.has(Role::JobsAccepted);
        return match rule {
            "accepted" if has_accepted => {
                let counts = counts.needing("jobs_accepted", Role::JobsAccepted)?;
                Ok(counts.share("jobs_completed", "jobs_accepted"))
            }
            "requested" => {
                let counts = if has_accepted {
                    let counts = counts.needing("jobs_accepted", Role::JobsAccepted)?;
                    counts.needing_if("jobs_requested", Role::JobsRequested)?
                } else {
                    counts.needing("jobs_requested", Role::JobsRequested)?
                };
                let mut plan = counts.plan();
                // Each is added up by itself: rows may lack what was asked for.
                plan.terms = formulas(&[
                    ("jobs_completed", "sum(jobs_completed)"),
                    ("jobs_requested", "sum(jobs_requested)"),
                ]);
                Ok(of_whole(plan, "jobs_completed", "jobs_requested"))
            }
            "without_issues" if has_accepted => {
                let counts = counts
                    .needing("jobs_accepted", Role::JobsAccepted)?
                    .needing_if("issues", Role::JobsWithIssues)?;
                let mut plan = counts.plan();
                plan.terms = formulas(&[
                    ("completed", "sum(jobs_completed)"),
                    ("jobs_accepted", "sum(jobs_accepted)"),
                    ("issues", "sum(issues)"),
                ]);
                plan.further.push(without_issues());
                Ok(good_jobs(plan, "jobs_accepted"))
            }
            _ => Err(Why::NeedsColumn),
        };
    }
    let column = source.column(Role::Status)?;
    let state = |is: fn(JobStatus) -> bool| {
        source.words_at(column, move |word| {
            job_status(word).map(|status| whole(i64::from(is(status))))
        })
    };
    let decided: Expr = match rule {
        "accepted" | "without_issues" => state(|it| {
            !matches!(
                it,
                JobStatus::Requested | JobStatus::Declined | JobStatus::Open
            )
        })?,
        "requested" => state(|it| !matches!(it, JobStatus::Requested | JobStatus::Open))?,
        "without_customers_cancellations" => state(|it| {
            !matches!(
                it,
                JobStatus::Requested
                    | JobStatus::Declined
                    | JobStatus::Open
                    | JobStatus::CancelledByCustomer
            )
        })?,
        _ => return Err(Why::NeedsColumn),
    };
    let completed = state(|it| it == JobStatus::Completed)?;
    let mut counts = counts
        .with("jobs_completed", completed)
        .with("decided", decided)
        .filter(name("jobs_completed").is_known());
    if rule == "without_issues" {
        counts = counts.needing_if("issues", Role::JobsWithIssues)?;
        let mut plan = counts.plan();
        // A complaint about a job that was not done is no issue of a completed one.
        plan.terms = formulas(&[
            ("completed", "rows(jobs_completed = 1)"),
            ("decided", "rows(decided = 1)"),
            (
                "issues",
                "if(count(issues) > 0, rows(issues > 0.0 and jobs_completed = 1))",
            ),
        ]);
        plan.further.push(without_issues());
        return Ok(good_jobs(plan, "decided"));
    }
    let mut plan = counts.plan();
    plan.terms = vec![
        (
            "jobs_completed",
            rows_where(name("jobs_completed").equals(whole(1))),
        ),
        ("decided", rows_where(name("decided").equals(whole(1)))),
    ];
    plan.parts = ["jobs_completed", "decided"]
        .map(|it| (it, name(it)))
        .to_vec();
    Ok(share(plan, "jobs_completed", "decided"))
}

fn without_issues() -> Further {
    further(
        "good",
        "completed jobs without a complaint or a refund",
        formulas(&[("jobs_without_issues", "completed - issues")]),
    )
}

fn good_jobs(plan: Plan, of: &'static str) -> Plan {
    let mut plan = of_whole(plan, "jobs_without_issues", of);
    let fits = formula("issues <= completed");
    plan.exists = plan.exists.map(|exists| all(vec![exists, fits]));
    plan
}

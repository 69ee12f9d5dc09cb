//! The business family as SQL: counts of visits, carts, jobs and units, added up.

use super::counted_sql::{Counted, of_whole, ratio, sums, whole_of};
use super::orders_sql;
use super::trials_sql::trials;
use crate::engine::facts::Measure;
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::share;
use crate::engine::kpi::scope::Basis;
use crate::engine::roles::Role;
use crate::engine::roles::job_status::{JobStatus, job_status};
use crate::engine::sql::expression::{
    Expr, Function, all, call, choose, different, name, number, rows_where, sum_where, whole,
};
use crate::engine::sql::{Plan, Why};

/// The plan of a rule of this family.
///
/// # Errors
/// Why there is none.
pub fn plan(question: &Question<'_>, basis: Basis) -> Result<Plan, Why> {
    match (question.kpi.id, question.rule.id, basis) {
        ("conversion_rate", rule, Basis::Counts(Measure::Trials)) => trials(question, rule),
        ("average_transaction_value", _, Basis::Orders) => orders_sql::plan(question),
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
        ("defect_rate", rule, _) => defects(question, rule),
        _ => Err(Why::NotWritten),
    }
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
        _ => Err(Why::NotWritten),
    }
}

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
                Ok(counts.share("jobs_completed", "jobs_requested"))
            }
            _ => Err(Why::NotWritten),
        };
    }
    let column = source.column(Role::Status)?;
    let state = |is: fn(JobStatus) -> bool| {
        source.words_at(column, move |word| {
            job_status(word).map(|status| whole(i64::from(is(status))))
        })
    };
    let decided: Expr = match rule {
        "accepted" => state(|it| {
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
        _ => return Err(Why::NotWritten),
    };
    let completed = state(|it| it == JobStatus::Completed)?;
    let counts = counts
        .with("jobs_completed", completed)
        .with("decided", decided)
        .filter(name("jobs_completed").is_known());
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

fn defects(question: &Question<'_>, rule: &str) -> Result<Plan, Why> {
    let of_orders = question.day == Some(Role::OrderedAt);
    let (defective, units): (Role, &[Role]) = if of_orders {
        (
            Role::QuantityDefective,
            &[Role::QuantityDelivered, Role::Quantity],
        )
    } else {
        (Role::Defective, &[Role::Inspected, Role::Produced])
    };
    let counts = Counted::of(question)?;
    if !units.iter().any(|role| question.source.has(*role)) {
        return Err(Why::NotWritten);
    }
    let counts = counts.needing_first("inspected", units)?;
    let counts = if question.source.has(defective) {
        let counts = counts.needing("defective", defective)?;
        counts.perhaps("defects", Role::Defects)?
    } else {
        counts.needing("defects", Role::Defects)?
    };
    let counts = counts.perhaps("reworked", Role::Reworked)?;
    let has = |term: &str| counts.tells(term);
    match rule {
        "units" if has("defective") => Ok(bounded(counts.share("defective", "inspected"), 1.0)),
        "parts_per_million" if has("defective") => {
            Ok(bounded(counts.share("defective", "inspected"), 1e6))
        }
        "defects_per_unit" if has("defects") => {
            let mut plan = counts.plan();
            plan.terms = sums(&["defects", "inspected"]);
            let n = whole_of(name("inspected"));
            Ok(ratio(plan, "defects", "inspected", n))
        }
        "not_first_pass" if has("defective") && has("reworked") => {
            let mut plan = counts.plan();
            plan.terms = sums(&["defective", "reworked", "inspected"]);
            plan.terms.push(("not_right", {
                let terms = ["defective", "reworked", "inspected"];
                let known = all(terms.map(|it| name(it).is_known()).to_vec());
                sum_where(known, name("defective").plus(name("reworked")))
            }));
            plan.parts = ["defective", "reworked", "inspected", "not_right"]
                .map(|it| (it, name(it)))
                .to_vec();
            Ok(bounded(of_whole(plan, "not_right", "inspected"), 1.0))
        }
        _ => Err(Why::NeedsColumn),
    }
}

/// With the exact upper bound where nothing was found, and as so many of `times`.
fn bounded(mut plan: Plan, times: f64) -> Plan {
    let found = plan.value.clone();
    let none = || found.clone().equals(number(0.0));
    let bound = || {
        let n = plan.n.clone();
        let root = number(1.0).over(n);
        number(1.0).minus(call(Function::Power, vec![number(0.05), root]))
    };
    let scaled = |is: Expr| {
        if times > 1.0 {
            number(times).times(is)
        } else {
            is
        }
    };
    if let Some((low, high)) = plan.interval.take() {
        plan.interval = Some((
            scaled(choose(none(), number(0.0), low)),
            scaled(choose(none(), bound(), high)),
        ));
    }
    plan.value = scaled(found);
    plan
}

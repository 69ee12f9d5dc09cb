//! Defects as SQL: units found defective, of those checked, and what is right after all steps.

use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::counted::{Counted, of_whole, ratio, sums, whole_of};
use crate::engine::kpi::queries::parts::scope;
use crate::engine::roles::Role;
use crate::engine::sql::expression::{Expr, Function, all, call, choose, name, number, sum_where};
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::windows::SCOPE;
use crate::engine::sql::{Plan, Why};

/// The plan of a rule on units and what was found of them.
///
/// # Errors
/// Where a column that the rule needs is not there.
pub(super) fn plan(question: &Question<'_>) -> Result<Plan, Why> {
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
        return Err(Why::NeedsColumn);
    }
    let counts = counts.needing_first("inspected", units)?;
    let counts = if question.source.has(defective) {
        let counts = counts.needing("defective", defective)?;
        counts.perhaps("defects", Role::Defects)?
    } else {
        counts.needing("defects", Role::Defects)?
    };
    let mut counts = counts.perhaps("reworked", Role::Reworked)?;
    let rule = question.rule.id;
    if rule == "defects_per_million" && counts.tells("defects") {
        let counts = counts.needing_if("opportunities", Role::Opportunities)?;
        let mut plan = counts.plan();
        plan.terms = formulas(&[
            (
                "defects",
                "sum(defects where opportunities is known and inspected is known)",
            ),
            (
                "chances",
                "sum(opportunities * inspected where defects is known)",
            ),
        ]);
        return Ok(bounded(of_whole(plan, "defects", "chances"), 1e6));
    }
    if rule == "rolled" && counts.tells("defective") {
        counts = counts.with("step", question.source.text(Role::Step)?);
        return Ok(rolled(counts));
    }
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

/// What is right after all steps, each of which may find something.
fn rolled(counts: Counted<'_>) -> Plan {
    let again = if counts.tells("reworked") {
        "sum(defective + (reworked ?? 0.0) where step is known)"
    } else {
        "sum(defective where step is known)"
    };
    let mut plan = counts.plan();
    let steps = Select::from("scoped")
        .keep(&SCOPE)
        .column("not_right", formula(again))
        .column(
            "inspected",
            formula("sum(inspected where step is known and defective is known)"),
        )
        .column("row_count", formula("rows()"))
        .group([scope(), vec![name("step")]].concat());
    let rates = Select::from("steps_of_work")
        .keep(&SCOPE)
        .keep(&["inspected", "row_count"])
        .column("right_share", formula("1.0 - not_right / inspected"));
    plan.after = vec![
        Named::new("steps_of_work", "what was not right at each step", steps),
        Named::new("rates", "the share that was right", rates),
    ];
    // A product as the sum of logarithms; at a step nothing may be right.
    plan.terms = formulas(&[
        ("steps", "count(inspected)"),
        ("row_count", "sum(row_count)"),
        ("least", "min(right_share)"),
        ("unchecked", "rows(inspected <= 0.0)"),
        (
            "product",
            "exponential(sum(if(right_share > 0.0, logarithm(right_share))))",
        ),
    ]);
    plan.n = name("row_count");
    plan.value = formula("if(least <= 0.0, 1.0, 1.0 - product)");
    plan.exists = Some(formula(
        "steps > 0 and unchecked = 0 and least >= 0.0 - 0.000000000001",
    ));
    plan
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

//! The time to the first value as SQL, of those who got there. Who still waits needs a curve.

use super::actions_sql::{has_times, named};
use super::sql::{Needs, log};
use crate::engine::base::Date;
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::{kept, source, told};
use crate::engine::kpi::scope::Basis;
use crate::engine::roles::Role;
use crate::engine::sql::expression::{Expr, Function, Type, call, name, number, whole};
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::{Plan, Why};

/// The plan of a rule on the time to the first value.
///
/// # Errors
/// `NeedsSurvival` for the rule that counts who still waits; where a column is not there.
pub(super) fn plan(question: &Question<'_>, basis: Basis) -> Result<Plan, Why> {
    let rule = question.rule.id;
    if rule == "with_waiting" {
        return Err(Why::NeedsSurvival);
    }
    question.source.as_of().ok_or(Why::NeedsColumn)?;
    let mut plan = if basis == Basis::FirstValues {
        of_list(question)?
    } else {
        of_log(question)?
    };
    plan.terms = formulas(&[
        ("reached", "count(waited)"),
        ("waiting", "rows(waited is nothing)"),
        ("median", "median(waited)"),
        ("mean", "mean(waited)"),
        ("total_days", "sum(waited)"),
    ]);
    plan.value = name(if rule == "mean_reached" {
        "mean"
    } else {
        "median"
    });
    plan.n = name("reached");
    plan.exists = Some(formula("reached > 0"));
    plan.parts = told(&["reached", "waiting", "median", "mean", "total_days"]);
    Ok(plan)
}

/// A list of customers with their start and their first value.
fn of_list(question: &Question<'_>) -> Result<Plan, Why> {
    let source = question.source;
    let either = |one: Role, other: Role| {
        let has = source.mapping.column_of(one).is_some();
        if has { one } else { other }
    };
    let start = either(Role::TrialStartedAt, Role::StartedAt);
    let value = either(Role::ValueAt, Role::PaidAt);
    if source.repeats(&[Role::Customer]) {
        return Err(Why::NeedsRowOrder);
    }
    let mut columns = vec![
        ("customer", source.text(Role::Customer)?),
        ("day", source.day(start)?),
        ("value_on", source.day(value)?),
    ];
    let by_moment = has_times(source, start) && has_times(source, value);
    let waited = if by_moment {
        columns.push(("begun_at", source.moment(start)?));
        columns.push(("value_at", source.moment(value)?));
        let hours = call(
            Function::HoursBetween,
            vec![name("begun_at"), name("value_at")],
        );
        hours.over(number(24.0))
    } else {
        formula("as_number(days(day, value_on))")
    };
    let began = Select::from("source")
        .keep(&kept(source, &["day", "value_on"]))
        .column("lasted", waited)
        .filter(formula(
            "customer is known and day is known and day <= as_of",
        ));
    let waits = Select::from("began")
        .keep(&kept(source, &["day"]))
        .column("waited", formula("if(value_on <= as_of, lasted)"))
        // A value before the start is a fault of the row.
        .filter(formula(
            "value_on is nothing or value_on > as_of or lasted >= 0.0",
        ));
    Ok(Plan::of(
        vec![
            self::source(source, columns),
            Named::new("began", "who began, and how long it took them", began),
            Named::new(
                "waits",
                "the same; nothing where the value has not come",
                waits,
            ),
        ],
        vec!["day", "waited"],
    ))
}

/// From the first event of each user to the first one that shows value.
fn of_log(question: &Question<'_>) -> Result<Plan, Why> {
    let source = question.source;
    let of = |role: Role| source.mapping.column_of(role);
    let column = of(Role::Event).or(of(Role::Feature));
    if source.words("time_to_value.value_event").is_empty() {
        return Err(Why::NeedsColumn);
    }
    let shows = named(source, column, "time_to_value.value_event", false)?;
    let needs = Needs {
        acts: true,
        moment: has_times(source, Role::OccurredAt),
        ..Needs::default()
    };
    let mut fields = vec!["person", "day", "counts"];
    fields.extend(needs.moment.then_some("happened_at"));
    let mut plan = Plan::of(log(question, needs, Some(shows))?, fields);
    let minute = if needs.moment {
        let since = Expr::Day(Date(0)).cast(Type::Moment);
        let hours = call(Function::HoursBetween, vec![since, name("happened_at")]);
        // A millionth keeps whole minutes whole.
        let minutes = hours.times(number(60.0)).plus(number(1e-6));
        call(Function::Floor, vec![minutes]).cast(Type::Whole)
    } else {
        let since = Expr::Day(Date(0));
        call(Function::DaysBetween, vec![since, name("day")]).times(whole(1_440))
    };
    let minutes = Select::from("parts")
        .keep(&["by_segment", "segment", "person", "day", "counts"])
        .column("minute", minute);
    let users = Select::from("minutes")
        .keep(&["by_segment", "segment", "person"])
        .column("day", formula("min(day)"))
        .column(
            "waited",
            formula("(min(minute where counts = 1) - min(minute)) / 1440.0"),
        )
        .group(["by_segment", "segment", "person"].map(name).to_vec());
    plan.middle = (
        vec![
            Named::new("minutes", "what each user did, by whole minutes", minutes),
            Named::new(
                "users",
                "each user on their first day, and the days to the first value",
                users,
            ),
        ],
        vec!["day", "waited"],
    );
    Ok(plan)
}

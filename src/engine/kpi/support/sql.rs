//! The support family as SQL: times, promises, reopened and open tickets.

use super::promises_sql;
use super::tickets_sql::Tickets;
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::share;
use crate::engine::kpi::scope::Basis;
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Function, all, any, as_of, call, greatest_of, mean, name, of, only_if, rows, rows_where, sum,
    whole,
};
use crate::engine::sql::relation::Named;
use crate::engine::sql::{Plan, Why};

/// The plan of a rule of this family.
///
/// # Errors
/// Why there is none.
pub fn plan(question: &Question<'_>, basis: Basis) -> Result<Plan, Why> {
    match question.kpi.id {
        "first_response_time" | "resolution_time" => times(question, basis),
        "reopen_rate" => reopened(question),
        "open_backlog" => backlog(question),
        _ => promises_sql::plan(question),
    }
}

/// Which figure of the times is the value.
enum Figure {
    Mean,
    Quantile(f64),
}

fn times(question: &Question<'_>, basis: Basis) -> Result<Plan, Why> {
    let figure = match question.rule.id {
        "mean_calendar_hours" => Figure::Mean,
        "p75_calendar_hours" => Figure::Quantile(0.75),
        "p90_calendar_hours" => Figure::Quantile(0.9),
        "median_business_hours" => return Err(Why::NeedsCalendar),
        "median_with_open" => return Err(Why::NeedsSurvival),
        _ => Figure::Quantile(0.5),
    };
    let mut tickets = Tickets::of(question)?;
    let replies = question.kpi.id == "first_response_time";
    let counted = if replies {
        tickets.replied()?
    } else {
        tickets.solved()?
    };
    let hours = match question.rule.id {
        "as_exported" => tickets.exported(replies)?,
        "first_resolution" => tickets.first_solution()?,
        _ => "hours",
    };
    let by_completion = matches!(basis, Basis::Replied | Basis::Solved);
    let day = if by_completion {
        only_if(name("hours").is_known(), name("ended_on"))
    } else {
        name("created_on")
    };
    let rows_that_count = tickets
        .select(counted)
        .column("day", day)
        .column("hours", name(hours));
    tickets.steps.push(Named::new(
        "tickets",
        "each ticket once, with the hours that it took; nothing where it still waits",
        rows_that_count,
    ));
    let mut plan = Plan::of(tickets.steps, vec!["day", "hours"]);
    let quantile = |share: f64| call(Function::Quantile(share), vec![name("hours")]);
    plan.terms = vec![
        ("count", call(Function::Count, vec![name("hours")])),
        (
            "open",
            rows().minus(call(Function::Count, vec![name("hours")])),
        ),
        ("mean", mean(name("hours"))),
        ("median", quantile(0.5)),
        ("p75", quantile(0.75)),
        ("p90", quantile(0.9)),
        ("p95", quantile(0.95)),
    ];
    plan.value = match figure {
        Figure::Mean => name("mean"),
        Figure::Quantile(share) if share > 0.8 => name("p90"),
        Figure::Quantile(share) if share > 0.6 => name("p75"),
        Figure::Quantile(_) => name("median"),
    };
    plan.n = name("count");
    plan.exists = Some(name("count").above(whole(0)));
    let told = plan.terms.iter().map(|(term, _)| (*term, name(term)));
    plan.parts = told.collect();
    Ok(plan)
}

fn reopened(question: &Question<'_>) -> Result<Plan, Why> {
    let mut tickets = Tickets::of(question)?;
    let column = question.source.column(Role::Reopens)?;
    let times = question.source.count_or_flag_at(column)?;
    tickets.ask("times", times);
    let solved = tickets.is_solved()?;
    let counted = tickets
        .select(name("times").at_least(whole(0)))
        .column("day", name("created_on"))
        .keep(&["times"])
        .column("is_solved", solved);
    tickets.steps.push(Named::new(
        "tickets",
        "each ticket once, with how often it was opened again",
        counted,
    ));
    let mut plan = Plan::of(tickets.steps, vec!["day", "times", "is_solved"]);
    let is_solved = || name("is_solved").equals(whole(1));
    let came_back = || name("times").above(whole(0));
    plan.terms = vec![
        ("reopened", rows_where(all(vec![is_solved(), came_back()]))),
        ("solved", rows_where(is_solved())),
        (
            "open_again",
            rows_where(all(vec![name("is_solved").equals(whole(0)), came_back()])),
        ),
        ("times", sum(name("times"))),
        ("ever_reopened", rows_where(came_back())),
        (
            "ever_solved",
            rows_where(any(vec![is_solved(), came_back()])),
        ),
    ];
    plan.parts = ["reopened", "solved", "open_again", "times"]
        .map(|part| (part, name(part)))
        .to_vec();
    Ok(match question.rule.id {
        "of_solved" => share(plan, "reopened", "solved"),
        "ever_solved" => share(plan, "ever_reopened", "ever_solved"),
        _ => return Err(Why::NeedsColumn),
    })
}

fn backlog(question: &Question<'_>) -> Result<Plan, Why> {
    let mut tickets = Tickets::of(question)?;
    let by_dates = question.rule.id == "by_dates" && tickets.solved_on().is_some();
    let counted = tickets.with_known_solution();
    let done = tickets.has_status();
    if !by_dates && !done {
        return Err(Why::NeedsColumn);
    }
    let mut open = tickets.select(counted).column("day", name("created_on"));
    if by_dates {
        open = open.column("solved_on", name("solved_on"));
    } else {
        open = open.column("is_done", name("is_done"));
    }
    tickets
        .steps
        .push(Named::new("tickets", "each ticket once", open));
    let field = if by_dates { "solved_on" } else { "is_done" };
    let mut plan = Plan::of(tickets.steps, vec!["day", field]);
    // A status is of now: it says nothing of what was open at the end of an earlier period, and
    // nothing of what is created later.
    plan.within = Some(if by_dates {
        of("r", "day").below(of("w", "period_end"))
    } else {
        of("w", "period_end").above(as_of())
    });
    let is_open = || {
        if by_dates {
            any(vec![
                name("solved_on").is_nothing(),
                name("solved_on").at_least(name("period_end")),
            ])
        } else {
            name("is_done").equals(whole(0))
        }
    };
    let last = || {
        call(
            Function::Least,
            vec![name("period_end").plus_days(-1), as_of()],
        )
    };
    let age = || {
        let days = call(Function::DaysBetween, vec![name("day"), last()]);
        only_if(is_open(), days)
    };
    let quantile = |share: f64| call(Function::Quantile(share), vec![age()]);
    plan.terms = vec![
        ("open", rows_where(is_open())),
        ("created", rows()),
        ("median_age_days", quantile(0.5)),
        ("p90_age_days", quantile(0.9)),
        ("oldest_age_days", greatest_of(age())),
    ];
    plan.value = name("open");
    plan.n = name("created");
    plan.exists = Some(name("created").above(whole(0)));
    plan.parts = vec![
        ("open", name("open")),
        ("created", name("created")),
        ("solved", name("created").minus(name("open"))),
    ];
    let ages = ["median_age_days", "p90_age_days", "oldest_age_days"];
    plan.parts.extend(ages.map(|part| (part, name(part))));
    Ok(plan)
}

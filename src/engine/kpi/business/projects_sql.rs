//! Projects as SQL: closed, and kept to their scope, their time and their budget.

use crate::engine::facts::Reading;
use crate::engine::facts::counts::says_yes_or_no;
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::counted::{Counted, of_whole};
use crate::engine::kpi::queries::parts::{further, told};
use crate::engine::roles::Role;
use crate::engine::roles::job_status::{JobStatus, job_status};
use crate::engine::sql::expression::{
    Function, all, call, choose, name, number, only_if, rows, rows_where, sum, whole,
};
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::{Expr, Plan, Why};

/// What projects may keep to: the term, and the role that counts it or answers it.
const KEPT: [(&str, Role); 3] = [
    ("projects_in_scope", Role::ProjectsInScope),
    ("projects_on_time", Role::ProjectsOnTime),
    ("projects_on_budget", Role::ProjectsOnBudget),
];

/// The plan of a rule on projects.
///
/// # Errors
/// Where a column that the rule needs is not there.
pub(super) fn plan(question: &Question<'_>) -> Result<Plan, Why> {
    let wanted: &[usize] = match question.rule.id {
        "in_scope" => &[0],
        "on_time" => &[1],
        "on_budget" => &[2],
        "time_and_budget" => &[1, 2],
        _ => &[0, 1, 2],
    };
    if question
        .source
        .mapping
        .column_of(Role::ProjectsClosed)
        .is_some()
    {
        return counted(question, wanted);
    }
    by_row(question, wanted)
}

/// Counts of many projects a row.
fn counted(question: &Question<'_>, wanted: &[usize]) -> Result<Plan, Why> {
    let source = question.source;
    let closed = source.column(Role::ProjectsClosed)?;
    let reading = Reading::new(source.table, source.mapping, source.frame.clone());
    let cells = reading.numbers(closed);
    let mut counts = Counted::of(question)?.needing("projects_closed", Role::ProjectsClosed)?;
    if cells.values.iter().all(|one| (one - 1.0).abs() < 1e-9) {
        // One project a row after all.
        let mut kept = Vec::new();
        for place in wanted {
            let (term, role) = KEPT[*place];
            counts = counts.needing_if(term, role)?;
            kept.push(choose_known(name(term), name(term).above(number(0.5))));
        }
        return Ok(judged(counts, &kept));
    }
    if wanted.len() == 3 && source.has(Role::ProjectsSuccessful) {
        let counts = counts.perhaps("projects_successful", Role::ProjectsSuccessful)?;
        let mut plan = counts.plan();
        plan.terms = formulas(&[
            ("projects_closed", "sum(projects_closed)"),
            (
                "projects_successful",
                "sum(projects_successful where projects_closed is known)",
            ),
        ]);
        return Ok(of_whole(plan, "projects_successful", "projects_closed"));
    }
    for place in wanted {
        let (term, role) = KEPT[*place];
        counts = counts.needing_if(term, role)?;
    }
    if let [only] = wanted {
        let mut plan = counts.share(KEPT[*only].0, "projects_closed");
        plan.parts.retain(|(part, _)| *part != "projects_closed");
        return Ok(plan);
    }
    // How many kept to all is known only where the counts leave no choice.
    let mut plan = counts.plan();
    plan.terms = formulas(&[("projects_closed", "sum(projects_closed)")]);
    let mut missed = Vec::new();
    let mut known = Vec::new();
    for place in wanted {
        let (term, _) = KEPT[*place];
        plan.terms.push((term, sum(name(term))));
        missed.push(name("projects_closed").minus(name(term)));
        known.push(name(term));
    }
    let missed = missed.into_iter().reduce(Expr::plus).unwrap_or(whole(0));
    let most = call(Function::Least, known);
    let least = name("projects_closed").minus(missed);
    let least = call(Function::Greatest, vec![least, number(0.0)]);
    plan.further.push(further(
        "bounds",
        "at least and at most so many kept to all of them",
        vec![("least_kept", least), ("most_kept", most)],
    ));
    let mut plan = of_whole(plan, "most_kept", "projects_closed");
    plan.exists = plan
        .exists
        .map(|exists| all(vec![exists, formula("least_kept >= most_kept")]));
    Ok(plan)
}

/// One project a row.
fn by_row(question: &Question<'_>, wanted: &[usize]) -> Result<Plan, Why> {
    let source = question.source;
    let reading = Reading::new(source.table, source.mapping, source.frame.clone());
    let answers = |role: Role| says_yes_or_no(&reading, role);
    let has_end = source.mapping.column_of(Role::ActualEnd).is_some();
    let mut counts = Counted::bare(source);
    if has_end {
        counts = counts.dated_by(Role::ActualEnd)?;
    }
    if let Ok(column) = source.column(Role::Status) {
        let says = |word: &str| {
            let out = job_status(word).is_some_and(|it| {
                it.is_cancelled() || matches!(it, JobStatus::Open | JobStatus::Requested)
            });
            out.then(|| whole(1))
        };
        let out = source.words_at(column, says)?;
        counts = counts
            .with("is_out", out.or(whole(0)))
            .filter(formula("is_out = 0"));
    }
    let mut kept = Vec::new();
    for place in wanted {
        let (term, role) = KEPT[*place];
        if source.has(role) && answers(role) {
            counts = counts.needing_if(term, role)?;
            kept.push(choose_known(name(term), name(term).above(number(0.5))));
        } else if *place == 1 && has_end && source.has(Role::PlannedEnd) {
            counts = counts.with("planned_on", source.day(Role::PlannedEnd)?);
            let grace = question.setting("days_of_grace").unwrap_or(0.0);
            let late = formula("as_number(days(planned_on, day))");
            kept.push(choose_known(late.clone(), late.at_most(number(grace))));
        } else if *place == 2 && source.has(Role::PlannedCost) && source.has(Role::ActualCost) {
            counts = counts
                .with("planned_cost", source.money(Role::PlannedCost)?)
                .with("actual_cost", source.money(Role::ActualCost)?);
            let most = 1.0 + question.setting("budget_tolerance").unwrap_or(0.0);
            let limit = name("planned_cost")
                .times(number(most))
                .times(number(1.0 + 1e-12));
            kept.push(choose_known(
                formula("planned_cost + actual_cost"),
                name("actual_cost").at_most(limit),
            ));
        } else {
            return Err(Why::NeedsColumn);
        }
    }
    Ok(judged(counts, &kept))
}

/// Projects that kept to all of these, of those of which that is known.
fn judged(counts: Counted<'_>, kept: &[Expr]) -> Plan {
    let mut plan = counts.plan();
    let judged = || all(kept.iter().map(|it| it.clone().is_known()).collect());
    let good = all(kept.iter().map(|it| it.clone().equals(whole(1))).collect());
    plan.terms = vec![
        ("judged", rows_where(judged())),
        ("good", rows_where(all(vec![judged(), good]))),
        ("projects_closed", rows()),
    ];
    plan.parts = told(&["judged", "projects_closed"]);
    of_whole(plan, "good", "judged")
}

/// 1 where it holds and 0 where it does not; nothing where that is not known.
fn choose_known(known: Expr, holds: Expr) -> Expr {
    only_if(known.is_known(), choose(holds, whole(1), whole(0)))
}

//! Promises of time as SQL: what became of the target for the reply and of that for the solution, as
//! columns say or as measured times say.

use super::tickets_sql::Tickets;
use crate::engine::facts::tickets::service_levels::{ROUNDING, of_word, target_of};
use crate::engine::facts::{Kept, Target};
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::{kept, share, told};
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Expr, Function, Type, all, any, as_of, call, name, number, rows_where, text, whole,
};
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::{Plan, Source, Why};

/// The columns that say what became of a promise.
const STATES: [&str; 6] = [
    "target_1", "target_2", "target_3", "target_4", "target_5", "target_6",
];

/// What became of one target.
struct State {
    target: Target,
    /// Met, missed, open or overdue; nothing where nothing was promised.
    is: Expr,
    /// Worked out of the tickets' times, not told by a column.
    measured: bool,
}

/// The plan of a rule on promises.
///
/// # Errors
/// Where nothing is promised, or in hours of work.
pub(super) fn plan(question: &Question<'_>) -> Result<Plan, Why> {
    let source = question.source;
    let rule = question.rule.id;
    let mut tickets = Tickets::of(question)?;
    let mut states = written(question, &mut tickets)?;
    let is_told = !states.is_empty();
    // As the export says, else as times say.
    let in_force = rule == "recomputed" || !is_told;
    states.extend(measured(source, &mut tickets, in_force)?);
    if states.len() > STATES.len() {
        return Err(Why::NeedsColumn);
    }
    let every: Vec<&'static str> = STATES.iter().copied().take(states.len()).collect();
    let wanted: Vec<&'static str> = states
        .iter()
        .zip(&every)
        .filter(|(state, _)| state.measured == in_force)
        .filter(|(state, _)| match rule {
            "first_response" => state.target == Target::FirstResponse,
            "resolution" => state.target == Target::Resolution,
            _ => true,
        })
        .map(|(_, column)| *column)
        .collect();
    if wanted.is_empty() {
        return Err(Why::NeedsColumn);
    }
    let mut judged = tickets
        .select(whole(1).equals(whole(1)))
        .column("day", name("created_on"));
    for (state, column) in states.into_iter().zip(&every) {
        judged = judged.column(column, state.is);
    }
    let promised = any(every.iter().map(|state| name(state).is_known()).collect());
    let counted = Select::from("judged")
        .keep(&kept(source, &["day"]))
        .keep(&every)
        .filter(promised);
    tickets.steps.push(Named::new(
        "judged",
        "each ticket once, with what became of what was promised",
        judged,
    ));
    tickets.steps.push(Named::new(
        "tickets",
        "those of which anything was promised",
        counted,
    ));
    let mut fields = vec!["day"];
    fields.extend(&every);
    let mut plan = Plan::of(tickets.steps, fields);
    plan.terms = terms(&wanted);
    plan.parts = told(&["met", "missed", "overdue", "open", "tickets"]);
    Ok(match rule {
        "by_ticket" => share(plan, "kept", "decided"),
        "with_overdue" => share(plan, "met", "completed_or_overdue"),
        _ => share(plan, "met", "completed"),
    })
}

/// What columns say that became of promises.
fn written(question: &Question<'_>, tickets: &mut Tickets<'_>) -> Result<Vec<State>, Why> {
    const TOLD: [&str; 4] = ["told_1", "told_2", "told_3", "told_4"];
    let source = question.source;
    let columns = source.mapping.columns_of(Role::SlaMet);
    let columns: Vec<usize> = columns
        .filter(|column| source.mapping.columns[*column].open.is_empty())
        .collect();
    if columns.len() > TOLD.len() {
        return Err(Why::NeedsColumn);
    }
    let mut states = Vec::new();
    for (column, called) in columns.iter().zip(TOLD) {
        let meaning = &source.mapping.columns[*column];
        let says = source.words_at(*column, |word| match of_word(meaning, word) {
            Kept::Met => Some(text("met")),
            Kept::Missed => Some(text("missed")),
            Kept::Open => Some(text("open")),
            Kept::Overdue | Kept::Unpromised => None,
        })?;
        tickets.ask(called, says);
        states.push(State {
            target: target_of(&source.header(*column)),
            is: name(called),
            measured: false,
        });
    }
    Ok(states)
}

/// What times say, held against the hours that a column or the settings promise.
fn measured(
    source: &Source<'_>,
    tickets: &mut Tickets<'_>,
    in_force: bool,
) -> Result<Vec<State>, Why> {
    let replies = tickets.reply_hours()?;
    let solutions = tickets.solution_hours()?;
    let both = replies.is_some() && solutions.is_some();
    let mut states = Vec::new();
    for (target, hours, promised, counts) in [
        (
            Target::FirstResponse,
            "reply_hours",
            "promised_reply",
            replies,
        ),
        (
            Target::Resolution,
            "solution_hours",
            "promised_solution",
            solutions.clone(),
        ),
    ] {
        let Some(counts) = counts else { continue };
        let Some(hours_promised) = promise(source, target, (both, in_force))? else {
            continue;
        };
        if source.frame.promises.in_business_hours {
            return Err(Why::NeedsCalendar);
        }
        tickets.ask(promised, hours_promised);
        let limit = || name(promised).plus(number(ROUNDING));
        let end = as_of().plus_days(1).cast(Type::Moment);
        let waited = call(Function::HoursBetween, vec![name("created_at"), end]);
        let mut cases = vec![(
            any(vec![
                name(promised).is_nothing(),
                Expr::Not(Box::new(counts)),
            ]),
            Expr::Nothing(Type::Text),
        )];
        if target == Target::FirstResponse && both {
            // Solved without any reply: there is no reply to wait for.
            cases.push((
                all(vec![
                    name("reply_hours").is_nothing(),
                    name("solution_hours").is_known(),
                ]),
                Expr::Nothing(Type::Text),
            ));
        }
        cases.extend([
            (
                all(vec![name(hours).is_nothing(), waited.above(limit())]),
                text("overdue"),
            ),
            (name(hours).is_nothing(), text("open")),
            (name(hours).at_most(limit()), text("met")),
        ]);
        states.push(State {
            target,
            is: Expr::Case(cases, Some(Box::new(text("missed")))),
            measured: true,
        });
    }
    Ok(states)
}

/// The hours promised for a target: as a column says, else as the settings say for a priority.
fn promise(
    source: &Source<'_>,
    target: Target,
    (both, in_force): (bool, bool),
) -> Result<Option<Expr>, Why> {
    let promises = &source.frame.promises;
    let columns = source.mapping.columns_of(Role::SlaTargetMinutes);
    for column in columns.filter(|column| source.mapping.columns[*column].open.is_empty()) {
        let of_column = match target_of(&source.header(column)) {
            Target::Whole => promises.column_is_for,
            clear => Some(clear),
        };
        if of_column.is_none() && both {
            // What the column is about is not known.
            if in_force {
                return Err(Why::NeedsColumn);
            }
        } else if of_column.is_none_or(|of_column| of_column == target) {
            return Ok(Some(source.hours_at(column)?));
        }
    }
    if !promises.has(target) {
        return Ok(None);
    }
    let usual = promises.hours(target, "");
    let usual = usual.map_or(Expr::Nothing(Type::Number), Expr::Number);
    let Some(column) = source.mapping.column_of(Role::Priority) else {
        return Ok(Some(usual.cast(Type::Number)));
    };
    let by_priority = source.words_at(column, |word| {
        promises.hours(target, word).map(Expr::Number)
    })?;
    Ok(Some(by_priority.cast(Type::Number).or(usual)))
}

fn terms(states: &[&'static str]) -> Vec<(&'static str, Expr)> {
    let is = |state: &str, word: &str| {
        // Nothing is no word: a comparison with it would be neither true nor false.
        name(state).or(text("")).equals(text(word))
    };
    let count = |word: &str| {
        let each = states.iter().map(|state| rows_where(is(state, word)));
        each.reduce(Expr::plus).unwrap_or(whole(0))
    };
    let some = |word: &str| any(states.iter().map(|state| is(state, word)).collect());
    let none = |word: &str| Expr::Not(Box::new(some(word)));
    let completed = any(vec![some("met"), some("missed")]);
    let kept = all(vec![
        some("met"),
        none("missed"),
        none("open"),
        none("overdue"),
    ]);
    let completed_targets = || count("met").plus(count("missed"));
    vec![
        ("met", count("met")),
        ("missed", count("missed")),
        ("overdue", count("overdue")),
        ("open", count("open")),
        ("tickets", rows_where(completed)),
        ("kept", rows_where(kept.clone())),
        ("decided", rows_where(any(vec![some("missed"), kept]))),
        ("completed", completed_targets()),
        (
            "completed_or_overdue",
            completed_targets().plus(count("overdue")),
        ),
    ]
}

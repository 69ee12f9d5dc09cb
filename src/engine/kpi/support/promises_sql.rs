//! Promises of time as SQL: what became of the target for the reply and of that for the solution.

use super::tickets_sql::Tickets;
use crate::engine::facts::tickets::promises::PREFIX;
use crate::engine::facts::tickets::service_levels::{of_word, target_of};
use crate::engine::facts::{Kept, Target};
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::share;
use crate::engine::roles::Role;
use crate::engine::sql::expression::{Expr, all, any, name, rows_where, text, whole};
use crate::engine::sql::relation::Named;
use crate::engine::sql::{Plan, Why};

/// The columns that say what became of a promise.
const STATES: [&str; 4] = ["target_1", "target_2", "target_3", "target_4"];

/// The plan of a rule on promises that columns tell.
///
/// # Errors
/// Why there is none.
pub(super) fn plan(question: &Question<'_>) -> Result<Plan, Why> {
    let source = question.source;
    let wanted = match question.rule.id {
        "first_response" => Some(Target::FirstResponse),
        "resolution" => Some(Target::Resolution),
        "by_target" | "by_ticket" | "with_overdue" => None,
        _ => return Err(Why::NotWritten),
    };
    let told: Vec<usize> = source
        .mapping
        .columns_of(Role::SlaMet)
        .filter(|column| source.mapping.columns[*column].open.is_empty())
        .collect();
    if told.is_empty() || told.len() > STATES.len() || promises_by_settings(question) {
        // Promised times held against measured ones.
        return Err(Why::NotWritten);
    }
    if source.has(Role::SlaTargetMinutes) {
        return Err(Why::NotWritten);
    }
    let mut tickets = Tickets::of(question)?;
    let mut states = Vec::new();
    for (column, state) in told.iter().zip(STATES) {
        let meaning = &source.mapping.columns[*column];
        let says = source.words_at(*column, |word| match of_word(meaning, word) {
            Kept::Met => Some(text("met")),
            Kept::Missed => Some(text("missed")),
            Kept::Open => Some(text("open")),
            Kept::Overdue | Kept::Unpromised => None,
        })?;
        tickets.ask(state, says);
        let is_wanted = wanted.is_none_or(|wanted| target_of(&source.header(*column)) == wanted);
        if is_wanted {
            states.push(state);
        }
    }
    if states.is_empty() {
        return Err(Why::NeedsColumn);
    }
    let every: Vec<&'static str> = STATES.iter().copied().take(told.len()).collect();
    let promised = any(every.iter().map(|state| name(state).is_known()).collect());
    let counted = tickets
        .select(promised)
        .column("day", name("created_on"))
        .keep(&every);
    tickets.steps.push(Named::new(
        "tickets",
        "each ticket once, with what became of what was promised",
        counted,
    ));
    let mut fields = vec!["day"];
    fields.extend(&every);
    let mut plan = Plan::of(tickets.steps, fields);
    plan.terms = terms(&states);
    plan.parts = ["met", "missed", "overdue", "open", "tickets"]
        .map(|part| (part, name(part)))
        .to_vec();
    Ok(match question.rule.id {
        "by_ticket" => share(plan, "kept", "decided"),
        _ => share(plan, "met", "completed"),
    })
}

fn promises_by_settings(question: &Question<'_>) -> bool {
    let mut names = question.source.settings.keys();
    names.any(|name| {
        let own = name.strip_prefix(PREFIX).unwrap_or_default();
        own.starts_with("first_response_hours") || own.starts_with("resolution_hours")
    })
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
    let kept = all(vec![some("met"), none("missed"), none("open")]);
    vec![
        ("met", count("met")),
        ("missed", count("missed")),
        ("overdue", rows_where(whole(1).equals(whole(0)))),
        ("open", count("open")),
        ("tickets", rows_where(completed)),
        ("kept", rows_where(kept.clone())),
        ("decided", rows_where(any(vec![some("missed"), kept]))),
        ("completed", count("met").plus(count("missed"))),
    ]
}

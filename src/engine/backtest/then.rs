//! The health of accounts as it was told on a past day, under the choices of today.

use std::rc::Rc;

use crate::engine::accounts::{Accounts, measures};
use crate::engine::facts::health::{self, Curve, Health, MeasureChoice};
use crate::engine::facts::{HealthChoices, Reading};
use crate::engine::table::Reason;

/// The measures of accounts on a past day.
///
/// They are the figures of `then`, with the same curves, weights and rules for what is missing as
/// today's. Lines between percentiles are those of the accounts of that
/// day. Scores are not changed by hand: the cells that do it speak of today.
///
/// `list`: the table of accounts, read as if the day were today. `began_later`: accounts that were
/// none as yet. `as_today`: with the curves of today's measures, as [`as_today`] gives them; else
/// curves are made of the day's values. Absent where the list names no customers.
pub fn health(
    list: &Reading<'_>,
    then: &Accounts,
    (began_later, as_today): (&[bool], Option<Vec<MeasureChoice>>),
    (of_rows, first_rows): (&[u32], &[u32]),
) -> Option<Health> {
    let mut choices: HealthChoices = list.frame.health.as_ref().clone();
    choices.overrides.clear();
    let mut bare = choices.clone();
    bare.measures.clear();
    // What a column says of who has left, it says of today; the ledger of the day does it below.
    bare.scores_lost = true;
    let mut frame = list.frame.clone();
    frame.health = Rc::new(bare);
    let list = Reading::new(list.table, list.mapping, frame);
    let mut found = health::of_list(&list)?;
    if let Some(measures) = as_today {
        choices.measures = measures;
    }
    let is_there = |id: &str| then.figure(id).is_some();
    choices
        .measures
        .retain(|measure| measure.figure().is_some_and(is_there));
    found.choices = Rc::new(choices);
    for (account, row) in first_rows.iter().enumerate() {
        let reason = found.reasons.get_mut(*row as usize);
        if let (Some(reason), Some(true)) = (reason, began_later.get(account))
            && *reason == Reason::Used
        {
            *reason = Reason::AfterAsOf;
        }
    }
    measures::add(&mut found, then, (of_rows, first_rows));
    Some(found)
}

/// The measures of today's score that are figures of the accounts, each with its curve of today.
///
/// So the score of another day is on the same footing. A measure of which nearly all accounts have
/// the same value today makes its curve anew.
pub fn as_today(today: &Health) -> Vec<MeasureChoice> {
    let figures = today.measures.iter().filter_map(|measure| {
        let mut choice = MeasureChoice {
            column: measure.column.clone(),
            direction: Some(measure.direction),
            weight: Some(measure.weight),
            group: measure.group.as_ref().map(|(name, _)| name.clone()),
            missing: Some(measure.missing),
            ..MeasureChoice::default()
        };
        choice.figure()?;
        match &measure.curve {
            Curve::Line(knots) => choice.line.clone_from(knots),
            Curve::Steps(steps) => choice.steps.clone_from(steps),
            Curve::Around(..) => {}
        }
        Some(choice)
    });
    figures.collect()
}

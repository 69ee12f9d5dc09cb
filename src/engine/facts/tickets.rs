//! Tickets: how long until a reply, and until a solution.

use super::reading::{self, Reading};
use crate::engine::base::Instant;
use crate::engine::roles::Role;
use crate::engine::table::Reason;
use crate::engine::table::column::{InstantCells, NO_INSTANT};

/// How long something took, one entry a ticket.
#[derive(Clone, Debug)]
pub struct Durations {
    /// Hours until it happened; NaN where it has not happened yet or the row is left out.
    pub hours: Vec<f64>,
    /// Hours waited so far where it has not happened yet; NaN else.
    pub waiting_hours: Vec<f64>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// The day on which the ticket was created.
    pub days: Option<Vec<i32>>,
}

/// What every ticket begins with.
#[derive(Clone, Debug)]
pub struct Start {
    created: Option<InstantCells>,
    days: Option<Vec<i32>>,
    reasons: Vec<Reason>,
}

/// Words of ticket systems for tickets on which nobody works any more.
const DONE: [&str; 9] = [
    "solved",
    "closed",
    "resolved",
    "done",
    "complete",
    "completed",
    "archived",
    "geschlossen",
    "gelöst",
];

impl Start {
    /// Reads creation times and leaves out tickets that stand twice.
    pub fn read(reading: &Reading<'_>) -> Self {
        let mut reasons = reading.reasons();
        let created = reading.instants_of(Role::CreatedAt);
        if let Some(cells) = &created {
            reading::require_instants(cells, reading.horizon(), &mut reasons);
        }
        if let Some(keys) = reading.keys_of(Role::Ticket) {
            reading::require_first(&keys, &mut reasons);
        }
        let days = created.as_ref().map(reading::days);
        Self {
            created,
            days,
            reasons,
        }
    }
}

/// Time from creation to the first reply.
pub fn first_response(reading: &Reading<'_>, start: &Start) -> Option<Durations> {
    durations(
        reading,
        start,
        Role::FirstResponseAt,
        Role::FirstResponseMinutes,
        Until::Reply,
    )
}

/// Time from creation to the solution.
pub fn resolution(reading: &Reading<'_>, start: &Start) -> Option<Durations> {
    durations(
        reading,
        start,
        Role::ResolvedAt,
        Role::ResolutionMinutes,
        Until::Solution,
    )
}

#[derive(Clone, Copy, PartialEq)]
enum Until {
    Reply,
    Solution,
}

fn durations(
    reading: &Reading<'_>,
    start: &Start,
    moment: Role,
    length: Role,
    until: Until,
) -> Option<Durations> {
    let created = start.created.as_ref();
    let mut reasons = start.reasons.clone();
    let hours = match (reading.instants_of(moment), created) {
        (Some(happened), Some(created)) => {
            reading::mark_invalid(
                &happened.invalid,
                &mut reasons,
                Reason::Used,
                Reason::DateInvalid,
            );
            between(created, &happened, reading.horizon(), &mut reasons)
        }
        _ => written(reading, length, &mut reasons)?,
    };
    let done = done_marks(reading);
    let solved = if until == Until::Reply {
        reading.instants_of(Role::ResolvedAt)
    } else {
        None
    };
    let mut waiting_hours = vec![f64::NAN; hours.len()];
    for row in 0..hours.len() {
        if reasons[row] != Reason::Used || !hours[row].is_nan() {
            continue;
        }
        if until == Until::Solution && done.as_ref().is_some_and(|done| done[row]) {
            // Solved at an unknown time: neither a duration nor still open.
            reasons[row] = Reason::DateMissing;
            continue;
        }
        let end = solved
            .as_ref()
            .map(|cells| cells.values[row])
            .filter(|v| *v != NO_INSTANT);
        let end = end.or(reading.horizon().map(|horizon| horizon.0));
        if let (Some(created), Some(end)) = (created, end) {
            waiting_hours[row] = Instant(end)
                .hours_since(Instant(created.values[row]))
                .max(0.0);
        }
    }
    Some(Durations {
        hours,
        waiting_hours,
        reasons,
        days: start.days.clone(),
    })
}

fn between(
    created: &InstantCells,
    happened: &InstantCells,
    horizon: Option<Instant>,
    reasons: &mut [Reason],
) -> Vec<f64> {
    let mut hours = vec![f64::NAN; reasons.len()];
    for (row, reason) in reasons.iter_mut().enumerate() {
        let end = happened.values[row];
        // What happens after the last day that counts has not happened yet.
        if *reason != Reason::Used
            || end == NO_INSTANT
            || horizon.is_some_and(|horizon| end >= horizon.0)
        {
            continue;
        }
        let duration = Instant(end).hours_since(Instant(created.values[row]));
        if duration < 0.0 {
            *reason = Reason::EndsBeforeStart;
        } else {
            hours[row] = duration;
        }
    }
    hours
}

/// Durations as the ticket system wrote them, in hours.
fn written(reading: &Reading<'_>, length: Role, reasons: &mut [Reason]) -> Option<Vec<f64>> {
    let cells = reading.hours_of(length)?;
    for row in &cells.invalid {
        if reasons[*row as usize] == Reason::Used {
            reasons[*row as usize] = Reason::NumberInvalid;
        }
    }
    let mut hours = cells.values;
    for (value, reason) in hours.iter_mut().zip(reasons.iter_mut()) {
        if *value < 0.0 && *reason == Reason::Used {
            *reason = Reason::EndsBeforeStart;
        }
        if *reason != Reason::Used {
            *value = f64::NAN;
        }
    }
    Some(hours)
}

fn done_marks(reading: &Reading<'_>) -> Option<Vec<bool>> {
    let keys = reading.keys_of(Role::Status)?;
    let done: Vec<bool> = keys
        .texts
        .texts()
        .map(|text| DONE.contains(&text.trim().to_lowercase().as_str()))
        .collect();
    Some(keys.codes.iter().map(|code| done[*code as usize]).collect())
}

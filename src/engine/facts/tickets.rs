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
    /// Hours waited so far where it has not happened yet, each with its row, ascending.
    waiting: Vec<(u32, f64)>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// The day on which the ticket was created.
    pub days: Option<Vec<i32>>,
}

impl Durations {
    /// Hours waited so far; `None` where it has happened or the row is left out.
    pub fn waiting_hours(&self, row: u32) -> Option<f64> {
        let place = self.waiting.binary_search_by_key(&row, |(row, _)| *row);
        place.ok().map(|place| self.waiting[place].1)
    }
}

/// What every ticket begins with.
#[derive(Clone, Debug)]
pub struct Start {
    created: Option<InstantCells>,
    resolved: Option<InstantCells>,
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
        if let Some(column) = reading.mapping.column_of(Role::Ticket) {
            let column = &reading.table.columns[column];
            reading::require_first_of(column, &mut reasons);
        }
        let days = created.as_ref().map(reading::days);
        Self {
            created,
            resolved: reading.instants_of(Role::ResolvedAt),
            days,
            reasons,
        }
    }
}

/// Time from creation to the first reply.
pub fn first_response(reading: &Reading<'_>, start: &Start) -> Option<Durations> {
    durations(reading, start, Role::FirstResponseMinutes, Until::Reply)
}

/// Time from creation to the solution.
pub fn resolution(reading: &Reading<'_>, start: &Start) -> Option<Durations> {
    durations(reading, start, Role::ResolutionMinutes, Until::Solution)
}

#[derive(Clone, Copy, PartialEq)]
enum Until {
    Reply,
    Solution,
}

fn durations(
    reading: &Reading<'_>,
    start: &Start,
    length: Role,
    until: Until,
) -> Option<Durations> {
    let created = start.created.as_ref();
    let resolved = start.resolved.as_ref();
    let mut reasons = start.reasons.clone();
    let replied = match until {
        Until::Reply => reading.instants_of(Role::FirstResponseAt),
        Until::Solution => None,
    };
    let happened = match until {
        Until::Reply => replied.as_ref(),
        Until::Solution => resolved,
    };
    let hours = match (happened, created) {
        (Some(happened), Some(created)) => {
            reading::mark_invalid(
                &happened.invalid,
                &mut reasons,
                Reason::Used,
                Reason::DateInvalid,
            );
            between(created, happened, reading.horizon(), &mut reasons)
        }
        _ => written(reading, length, &mut reasons)?,
    };
    let done = done_marks(reading);
    // Nobody waits for a reply any more once the ticket is solved.
    let solved = resolved.filter(|_| until == Until::Reply);
    let mut waiting = Vec::new();
    for (row, (hours, reason)) in hours.iter().zip(&mut reasons).enumerate() {
        if !hours.is_nan() || *reason != Reason::Used {
            continue;
        }
        if until == Until::Solution && done.as_ref().is_some_and(|done| done[row]) {
            // Solved at an unknown time: neither a duration nor still open.
            *reason = Reason::DateMissing;
            continue;
        }
        let end = solved
            .map(|cells| cells.values[row])
            .filter(|v| *v != NO_INSTANT);
        let end = end.or(reading.horizon().map(|horizon| horizon.0));
        if let (Some(created), Some(end)) = (created, end) {
            let so_far = Instant(end).hours_since(Instant(created.values[row]));
            waiting.push((row as u32, so_far.max(0.0)));
        }
    }
    Some(Durations {
        hours,
        waiting,
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
    let moments = created.values.iter().zip(&happened.values);
    let hours = moments.zip(reasons).map(|((&start, &end), reason)| {
        // What happens after the last day that counts has not happened yet.
        if *reason != Reason::Used
            || end == NO_INSTANT
            || horizon.is_some_and(|horizon| end >= horizon.0)
        {
            return f64::NAN;
        }
        let duration = Instant(end).hours_since(Instant(start));
        if duration < 0.0 {
            *reason = Reason::EndsBeforeStart;
            return f64::NAN;
        }
        duration
    });
    hours.collect()
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

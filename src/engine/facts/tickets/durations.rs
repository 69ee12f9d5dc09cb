//! How long it took until a reply, and until a solution.

use std::rc::Rc;

use super::start::{self, Moments, Start};
use crate::engine::base::Instant;
use crate::engine::facts::NO_DAY;
use crate::engine::facts::reading::{self, Reading};
use crate::engine::roles::Role;
use crate::engine::roles::synonyms::normal;
use crate::engine::table::Reason;
use crate::engine::table::column::NumberCells;

/// Times that are further apart than this disagree, in hours: a minute, and what rounding adds.
const MINUTE: f64 = 1.0 / 60.0 + 1e-9;

/// Lengths of time, one entry a ticket.
#[derive(Clone, Debug, Default)]
pub struct Lengths {
    /// Hours until it happened; NaN where it has not happened yet or the row is left out.
    pub hours: Vec<f64>,
    /// Hours waited so far where it has not happened yet, each with its row, ascending.
    waiting: Vec<(u32, f64)>,
}

impl Lengths {
    /// Those that wait, to be asked row by row in ascending order.
    pub fn waiting(&self) -> Waiting<'_> {
        Waiting(&self.waiting)
    }
}

/// Hours waited so far, asked for row by row in ascending order.
#[derive(Clone, Debug)]
pub struct Waiting<'a>(&'a [(u32, f64)]);

impl Waiting<'_> {
    /// Hours waited so far; `None` where it has happened or the row is left out. No row is before
    /// one that was asked for.
    pub fn hours(&mut self, row: u32) -> Option<f64> {
        while let [(first, hours), rest @ ..] = self.0 {
            if *first >= row {
                return (*first == row).then_some(*hours);
            }
            self.0 = rest;
        }
        None
    }
}

/// How long something took, one entry a ticket.
#[derive(Clone, Debug)]
pub struct Durations {
    /// Around the clock: between two moments, or as the ticket system wrote it where there are
    /// none.
    pub calendar: Lengths,
    /// In business hours; absent without a calendar or without moments.
    pub business: Option<Lengths>,
    /// As the ticket system wrote it, where moments are in force.
    exported: Option<Lengths>,
    /// Until the first solution, where another column tells the last one.
    pub first: Option<Lengths>,
    /// The ticket system's own times are in force.
    is_written: bool,
    /// Rows in which the ticket system's own time is more than a minute away from the time between
    /// the moments, ascending.
    pub disagreeing: Vec<u32>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// The day on which the ticket was created.
    pub days: Option<Rc<Vec<i32>>>,
    /// The day on which it happened; [`NO_DAY`] where it has not.
    pub done_days: Option<Vec<i32>>,
}

impl Durations {
    /// The times as the ticket system wrote them.
    pub fn exported(&self) -> Option<&Lengths> {
        if self.is_written {
            Some(&self.calendar)
        } else {
            self.exported.as_ref()
        }
    }
}

/// Time from creation to the first reply.
pub fn first_response(start: &Start<'_>) -> Option<Durations> {
    let replied = start::moments(start.reading, Role::FirstResponseAt);
    let mut found = durations(start, replied.as_ref(), Role::FirstResponseMinutes)?;
    // Nobody waits for a reply any more once the ticket is solved.
    found.wait(start, start.resolved.as_ref());
    found.count_business_hours(start, replied.as_ref(), Role::FirstResponseMinutes);
    Some(found)
}

/// Time from creation to the solution.
pub fn resolution(start: &Start<'_>) -> Option<Durations> {
    let (at, length) = start::full_or_first(start.reading);
    let resolved = start.resolved.as_ref();
    let mut found = durations(start, resolved, length)?;
    if let Some(done) = &start.done {
        for ((reason, hours), done) in found
            .reasons
            .iter_mut()
            .zip(&found.calendar.hours)
            .zip(done)
        {
            if *done && hours.is_nan() && *reason == Reason::Used {
                // Solved at an unknown time: neither a duration nor still open.
                *reason = Reason::DateMissing;
            }
        }
    }
    found.wait(start, None);
    found.count_business_hours(start, resolved, length);
    if at == Role::ResolvedAt {
        found.first = first_solution(start, &found.reasons);
    }
    Some(found)
}

/// Times without those that still wait.
fn durations(start: &Start<'_>, happened: Option<&Moments>, length: Role) -> Option<Durations> {
    let reading = start.reading;
    let mut reasons = start.reasons.clone();
    let (mut exported, mut disagreeing) = (None, Vec::new());
    let measured = happened.zip(start.created.as_ref());
    let hours = match measured {
        Some((happened, created)) => {
            reading::mark_invalid(
                &happened.at.invalid,
                &mut reasons,
                Reason::Used,
                Reason::DateInvalid,
            );
            let hours = between(start, (created, happened), &mut reasons);
            if let Some(cells) = beside(reading, length) {
                let own = written(cells, &mut reasons.clone());
                if !in_business_hours(reading, length) {
                    disagreeing = apart(&hours, &own);
                }
                exported = Some(own);
            }
            hours
        }
        None => written(reading.hours_of(length)?, &mut reasons),
    };
    let without_waiting = |hours| Lengths {
        hours,
        waiting: Vec::new(),
    };
    Some(Durations {
        done_days: done_days(start, happened, &hours),
        calendar: without_waiting(hours),
        business: None,
        exported: exported.map(without_waiting),
        first: None,
        is_written: measured.is_none(),
        disagreeing,
        reasons,
        days: start.days(),
    })
}

impl Durations {
    /// Tells how long those have waited to whom it has not happened: up to the last day that
    /// counts, or up to a moment at which they no longer wait.
    fn wait(&mut self, start: &Start<'_>, no_longer: Option<&Moments>) {
        let Some(created) = &start.created else {
            return;
        };
        for (row, (hours, reason)) in self.calendar.hours.iter().zip(&self.reasons).enumerate() {
            if !hours.is_nan() || *reason != Reason::Used {
                continue;
            }
            if let Some(end) = still(start, no_longer, row) {
                let so_far = Instant(end).hours_since(Instant(created.at.values[row]));
                self.calendar.waiting.push((row as u32, so_far.max(0.0)));
            }
        }
    }

    /// Counts the same times by the calendar of business hours, where there is one.
    fn count_business_hours(
        &mut self,
        start: &Start<'_>,
        happened: Option<&Moments>,
        length: Role,
    ) {
        let Some((calendar, created)) = start
            .reading
            .frame
            .calendar
            .as_ref()
            .zip(start.created.as_ref())
        else {
            return;
        };
        // A time that is in business hours already says nothing about the moment of its end.
        if self.is_written && in_business_hours(start.reading, length) {
            return;
        }
        let end_of = |row: usize| {
            let hours = self.calendar.hours[row];
            if hours.is_nan() {
                return None;
            }
            match happened {
                Some(happened) if !self.is_written => Some(happened.at.values[row]),
                _ => start::ended(created.at.values[row], hours),
            }
        };
        let used = |row: &usize| self.reasons[*row] == Reason::Used;
        let rows = || (0..self.reasons.len()).filter(used);
        let first = rows().map(|row| created.at.values[row]).min();
        let last = rows().filter_map(end_of).chain(start.horizon).max();
        let Some((first, last)) = first.zip(last) else {
            return;
        };
        let time = calendar.lay_out(start.utc(first), start.utc(last.max(first)));
        let hours_to = |row: usize, end: i64| {
            time.hours_between(start.utc(created.at.values[row]), start.utc(end))
        };
        let mut lengths = Lengths {
            hours: vec![f64::NAN; self.reasons.len()],
            waiting: Vec::with_capacity(self.calendar.waiting.len()),
        };
        for row in rows() {
            if let Some(end) = end_of(row) {
                lengths.hours[row] = hours_to(row, end);
            }
        }
        for (row, so_far) in &self.calendar.waiting {
            if let Some(end) = start::ended(created.at.values[*row as usize], *so_far) {
                lengths.waiting.push((*row, hours_to(*row as usize, end)));
            }
        }
        self.business = Some(lengths);
    }
}

/// Until when a ticket has waited.
fn still(start: &Start<'_>, no_longer: Option<&Moments>, row: usize) -> Option<i64> {
    let ended = no_longer.map(|moments| moments.at.values[row]);
    ended.filter(|at| start.has_come(*at)).or(start.horizon)
}

fn between(
    start: &Start<'_>,
    (created, happened): (&Moments, &Moments),
    reasons: &mut [Reason],
) -> Vec<f64> {
    let moments = created.at.values.iter().zip(&happened.at.values);
    let hours = moments.zip(reasons).map(|((&created, &end), reason)| {
        // What happens after the last day that counts has not happened yet.
        if *reason != Reason::Used || !start.has_come(end) {
            return f64::NAN;
        }
        let duration = Instant(end).hours_since(Instant(created));
        if duration < 0.0 {
            *reason = Reason::EndsBeforeStart;
            return f64::NAN;
        }
        duration
    });
    hours.collect()
}

/// Durations as the ticket system wrote them, in hours.
fn written(cells: NumberCells, reasons: &mut [Reason]) -> Vec<f64> {
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
    hours
}

/// The lengths that stand beside moments; absent where their numbers are in no known unit.
fn beside(reading: &Reading<'_>, length: Role) -> Option<NumberCells> {
    let column = reading.mapping.column_of(length)?;
    let meaning = reading.meaning(column);
    if meaning.unit.is_none() {
        let plain = reading.numbers(column);
        if plain.values.iter().any(|value| !value.is_nan()) {
            return None;
        }
    }
    reading.hours_of(length)
}

/// Whether the ticket system counts the role's times in business hours.
fn in_business_hours(reading: &Reading<'_>, length: Role) -> bool {
    /// Products whose exported times are always in business hours.
    const ALWAYS: [&str; 2] = ["Freshdesk ticket export", "Freshservice ticket export"];
    let column = reading.mapping.column_of(length);
    let named = column.is_some_and(|column| {
        let name = normal(&reading.table.columns[column].name);
        name.split(' ')
            .any(|word| matches!(word, "business" | "bhrs"))
    });
    named
        || reading
            .mapping
            .export
            .is_some_and(|export| ALWAYS.contains(&export))
}

/// Rows in which both times are known and further apart than a minute.
fn apart(one: &[f64], other: &[f64]) -> Vec<u32> {
    let pairs = one.iter().zip(other).enumerate();
    let far = pairs.filter(|(_, (one, other))| (*one - *other).abs() > MINUTE);
    far.map(|(row, _)| row as u32).collect()
}

fn done_days(start: &Start<'_>, happened: Option<&Moments>, hours: &[f64]) -> Option<Vec<i32>> {
    let created = start.created.as_ref()?;
    let day = |(row, hours): (usize, &f64)| {
        if hours.is_nan() {
            return NO_DAY;
        }
        match happened {
            Some(happened) => happened.days[row],
            None => start::ended(created.at.values[row], *hours).map_or(NO_DAY, |at| start.day(at)),
        }
    };
    Some(hours.iter().enumerate().map(day).collect())
}

/// Times until the first solution, where a column tells it beside the last one.
fn first_solution(start: &Start<'_>, reasons: &[Reason]) -> Option<Lengths> {
    let mut reasons = reasons.to_vec();
    let solved = start::moments(start.reading, Role::FirstResolvedAt);
    let hours = match solved.zip(start.created.as_ref()) {
        Some((solved, created)) => between(start, (created, &solved), &mut reasons),
        None => written(
            beside(start.reading, Role::FirstResolutionMinutes)?,
            &mut reasons,
        ),
    };
    Some(Lengths {
        hours,
        waiting: Vec::new(),
    })
}

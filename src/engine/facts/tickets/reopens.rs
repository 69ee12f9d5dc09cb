//! How often tickets were opened again after they had been solved.

use std::rc::Rc;

use super::start::{LATER, Start, is_solved, marks};
use crate::engine::facts::NO_DAY;
use crate::engine::facts::reading;
use crate::engine::roles::Role;
use crate::engine::table::Reason;
use crate::engine::table::value::flag;

/// One entry a ticket.
#[derive(Clone, Debug)]
pub struct Reopens {
    /// Times that it was opened again: not negative where the row is used.
    pub times: Vec<f64>,
    /// Whether it is solved, by the last day that counts.
    pub solved: Vec<bool>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// The day on which the ticket was created.
    pub days: Option<Rc<Vec<i32>>>,
}

/// Reads how often tickets were opened again: a number, or yes for once and no for never. Absent
/// where no column says that, or none says which tickets are solved.
pub fn read(start: &Start<'_>) -> Option<Reopens> {
    let column = start.reading.mapping.column_of(Role::Reopens)?;
    if !start.reading.meaning(column).open.is_empty() {
        return None;
    }
    let mut cells = start.reading.numbers(column);
    let mut reasons = start.reasons.clone();
    if !cells.invalid.is_empty() {
        let keys = start.reading.table.columns[column].keys();
        let flags: Vec<Option<bool>> = keys.texts.texts().map(|text| flag::parse(&text)).collect();
        cells.invalid.retain(|row| {
            let said = flags[keys.codes[*row as usize] as usize];
            if let Some(yes) = said {
                cells.values[*row as usize] = f64::from(u8::from(yes));
            }
            said.is_none()
        });
    }
    reading::require_numbers(&cells, &mut reasons);
    for (reason, times) in reasons.iter_mut().zip(&cells.values) {
        if *reason == Reason::Used && *times < 0.0 {
            *reason = Reason::NumberInvalid;
        }
    }
    Some(Reopens {
        times: cells.values,
        solved: solved(start)?,
        reasons,
        days: start.days(),
    })
}

/// Whether each ticket is solved: as its status says, else by the moment or the length of its
/// solution. What was merged, deleted or spam can be opened by nobody again.
fn solved(start: &Start<'_>) -> Option<Vec<bool>> {
    if start.done.is_some() {
        return marks(start.reading, is_solved);
    }
    let days = start.solved_days()?;
    Some(
        days.into_iter()
            .map(|day| day != NO_DAY && day != LATER)
            .collect(),
    )
}

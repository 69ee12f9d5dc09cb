//! Reads the columns of a table by their roles.

use super::{Frame, NO_DAY};
use crate::engine::base::{Date, Instant, Zone};
use crate::engine::options::ColumnUnit;
use crate::engine::roles::{Mapping, Meaning, Role, vocabulary};
use crate::engine::table::column::{InstantCells, NO_INSTANT, NumberCells};
use crate::engine::table::keys::Keys;
use crate::engine::table::value::flag;
use crate::engine::table::value::serial::Calendar;
use crate::engine::table::{Column, Reason, Table};

/// A table, what it means, and the frame of the run.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// The table.
    pub table: &'a Table,
    /// What it means.
    pub mapping: &'a Mapping,
    /// Zone and last day.
    pub frame: Frame,
}

impl<'a> Reading<'a> {
    /// A reading of the table.
    pub const fn new(table: &'a Table, mapping: &'a Mapping, frame: Frame) -> Self {
        Self {
            table,
            mapping,
            frame,
        }
    }

    /// Rows of the table.
    pub const fn rows(&self) -> usize {
        self.table.rows as usize
    }

    /// A mark for every row: used, but for the rows that the reader could not trust.
    pub fn reasons(&self) -> Vec<Reason> {
        let mut reasons = vec![Reason::Used; self.rows()];
        for (row, reason) in &self.table.spoilt {
            reasons[*row as usize] = *reason;
        }
        reasons
    }

    /// What the column means.
    pub fn meaning(&self, column: usize) -> &'a Meaning {
        &self.mapping.columns[column]
    }

    /// The column as moments in the report's zone.
    pub fn instants(&self, column: usize) -> InstantCells {
        self.instants_as(column, &self.frame.zone)
    }

    /// The column of the role as moments in UTC, where there is one without an open question.
    pub fn utc_of(&self, role: Role) -> Option<InstantCells> {
        let column = self.mapping.column_of(role)?;
        self.meaning(column)
            .open
            .is_empty()
            .then(|| self.instants_as(column, &self.frame.zone.for_utc()))
    }

    fn instants_as(&self, column: usize, zone: &Zone) -> InstantCells {
        let meaning = self.meaning(column);
        let calendar = if meaning.unit == Some(ColumnUnit::DaysSince1904) {
            Calendar::From1904
        } else {
            Calendar::From1900
        };
        let cells = &self.table.columns[column];
        let mut instants = cells.instants_in(meaning.date_order, zone, calendar);
        if meaning.role == Some(Role::EndedAt) {
            // "Ongoing" is no date, and says as much as an empty cell.
            let goes_on = |row: &u32| vocabulary::goes_on(&cells.cells.text(*row as usize));
            instants.invalid.retain(|row| !goes_on(row));
        }
        instants
    }

    /// The column of the role as moments, where there is one without an open question.
    pub fn instants_of(&self, role: Role) -> Option<InstantCells> {
        let column = self.mapping.column_of(role)?;
        self.meaning(column)
            .open
            .is_empty()
            .then(|| self.instants(column))
    }

    /// The column as numbers.
    pub fn numbers(&self, column: usize) -> NumberCells {
        let meaning = self.meaning(column);
        self.table.columns[column].numbers(meaning.decimal, &meaning.missing)
    }

    /// The column of the role as numbers, where there is one without an open question.
    pub fn numbers_of(&self, role: Role) -> Option<NumberCells> {
        let column = self.mapping.column_of(role)?;
        self.meaning(column)
            .open
            .is_empty()
            .then(|| self.numbers(column))
    }

    /// The column of the role as hours, where there is one without an open question: plain numbers
    /// in the unit of its header, and durations such as `48:30:00` as they are.
    pub fn hours_of(&self, role: Role) -> Option<NumberCells> {
        let column = self.mapping.column_of(role)?;
        self.meaning(column)
            .open
            .is_empty()
            .then(|| self.hours_in(column))
    }

    /// The column as hours, as [`Reading::hours_of`].
    pub fn hours_in(&self, column: usize) -> NumberCells {
        let meaning = self.meaning(column);
        let per_hour = match meaning.unit {
            Some(ColumnUnit::Seconds) => 3_600.0,
            Some(ColumnUnit::Hours) => 1.0,
            Some(ColumnUnit::Days) => 1.0 / 24.0,
            _ => 60.0,
        };
        self.table.columns[column].hours(meaning.decimal, &meaning.missing, per_hour, meaning.clock)
    }

    /// The column of the role as months, where there is one without an open question: numbers in
    /// the unit of its header, a month of 30.4375 days.
    pub fn months_of(&self, role: Role) -> Option<NumberCells> {
        let mut cells = self.numbers_of(role)?;
        let unit = self.meaning(self.mapping.column_of(role)?).unit;
        let months = match unit {
            Some(ColumnUnit::Days) => 12.0 / 365.25,
            Some(ColumnUnit::Years) => 12.0,
            _ => return Some(cells),
        };
        for value in &mut cells.values {
            *value *= months;
        }
        Some(cells)
    }

    /// The column of the role as counts, where there is one without an open question: numbers, or
    /// 1 for yes and 0 for no.
    pub fn counts_of(&self, role: Role) -> Option<NumberCells> {
        let column = self.mapping.column_of(role)?;
        let meaning = self.meaning(column);
        if !meaning.open.is_empty() {
            return None;
        }
        let mut cells = self.numbers(column);
        let keys = self.table.columns[column].keys();
        let flags: Vec<Option<bool>> = keys.texts.texts().map(|it| flag::parse(&it)).collect();
        cells.invalid.retain(|&row| {
            let said = flags[keys.codes[row as usize] as usize];
            if let Some(said) = said {
                cells.values[row as usize] = f64::from(u8::from(said));
            }
            said.is_none()
        });
        Some(cells)
    }

    /// The column of the role as keys, where there is one.
    pub fn keys_of(&self, role: Role) -> Option<Keys<'a>> {
        Some(self.table.columns[self.mapping.column_of(role)?].keys())
    }

    /// First moment after the last day that counts.
    pub fn horizon(&self) -> Option<Instant> {
        self.frame.as_of.map(|day| day.plus_days(1).start())
    }
}

/// Marks rows whose moment is needed: missing, unreadable, or after the last day that counts.
pub fn require_instants(cells: &InstantCells, horizon: Option<Instant>, reasons: &mut [Reason]) {
    for (reason, value) in reasons.iter_mut().zip(&cells.values) {
        if *reason != Reason::Used {
            continue;
        }
        if *value == NO_INSTANT {
            *reason = Reason::DateMissing;
        } else if horizon.is_some_and(|end| *value >= end.0) {
            *reason = Reason::AfterAsOf;
        }
    }
    mark_invalid(
        &cells.invalid,
        reasons,
        Reason::DateMissing,
        Reason::DateInvalid,
    );
}

/// Marks rows whose number is needed: missing or unreadable.
pub fn require_numbers(cells: &NumberCells, reasons: &mut [Reason]) {
    for (reason, value) in reasons.iter_mut().zip(&cells.values) {
        if *reason == Reason::Used && value.is_nan() {
            *reason = Reason::NumberMissing;
        }
    }
    mark_invalid(
        &cells.invalid,
        reasons,
        Reason::NumberMissing,
        Reason::NumberInvalid,
    );
}

/// Marks rows whose key is needed and empty.
pub fn require_keys(keys: &Keys<'_>, reasons: &mut [Reason]) {
    for (reason, code) in reasons.iter_mut().zip(keys.codes.iter()) {
        if *reason == Reason::Used && *code == 0 {
            *reason = Reason::CustomerMissing;
        }
    }
}

/// Marks every row but the first of each key; rows without a key are left as they are.
pub fn require_first(keys: &Keys<'_>, reasons: &mut [Reason]) {
    let mut seen = vec![false; keys.texts.len()];
    for (reason, code) in reasons.iter_mut().zip(keys.codes.iter()) {
        if *reason != Reason::Used || *code == 0 {
            continue;
        }
        if std::mem::replace(&mut seen[*code as usize], true) {
            *reason = Reason::Duplicate;
        }
    }
}

/// [`require_first`] of a column's keys.
pub fn require_first_of(column: &Column, reasons: &mut [Reason]) {
    let used = (0..reasons.len()).filter(|row| reasons[*row] == Reason::Used);
    for row in repeated(column, used) {
        reasons[row] = Reason::Duplicate;
    }
}

/// Those of these rows whose key stands in one that came before; rows without a key are none.
pub fn repeated(column: &Column, rows: impl Iterator<Item = usize>) -> Vec<usize> {
    if let Some((ids, low, span)) = column.cells.close_ids() {
        // A mark for every number of the range takes less than keys for all.
        let mut seen = vec![false; span];
        return rows
            .filter(|row| {
                let number = ids.number(*row);
                number.is_some_and(|it| std::mem::replace(&mut seen[(it - low) as usize], true))
            })
            .collect();
    }
    let keys = column.keys();
    let mut seen = vec![false; keys.texts.len()];
    rows.filter(|row| {
        let code = keys.codes[*row] as usize;
        code != 0 && std::mem::replace(&mut seen[code], true)
    })
    .collect()
}

/// Rows that were marked as missing but whose cell is filled with something unreadable.
pub fn mark_invalid(invalid: &[u32], reasons: &mut [Reason], missing: Reason, unreadable: Reason) {
    for row in invalid {
        let reason = &mut reasons[*row as usize];
        if *reason == missing {
            *reason = unreadable;
        }
    }
}

/// The day of each moment; [`NO_DAY`] where there is none.
pub fn days(cells: &InstantCells) -> Vec<i32> {
    // Rows are often in the order of time, and a comparison is quicker than a division.
    let mut day = Date(0);
    let mut hours = day.start().0..day.plus_days(1).start().0;
    cells
        .values
        .iter()
        .map(|&value| {
            if value == NO_INSTANT {
                return NO_DAY;
            }
            if !hours.contains(&value) {
                day = Instant(value).date();
                hours = day.start().0..day.plus_days(1).start().0;
            }
            day.0
        })
        .collect()
}

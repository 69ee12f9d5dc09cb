//! Groups: which rows belong to which calendar unit and to which segment.
//!
//! Takes: a number a row. Gives: the rows of each number, in one pass.
//! Never: knows what the rows are.

use super::base::{Date, Period, PeriodUnit};
use super::facts::NO_DAY;

/// The rows of each group, by counting: two passes over the rows, whatever the number of groups.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    /// Rows, those of one group side by side and ascending.
    rows: Vec<u32>,
    /// Where each group begins; one more than there are groups.
    starts: Vec<usize>,
}

impl Groups {
    /// Sorts the rows into `count` groups by a number below `count`; rows without a number belong
    /// to no group.
    pub fn from_numbers(rows: &[u32], count: usize, number: impl Fn(u32) -> Option<usize>) -> Self {
        let mut starts = vec![0; count + 1];
        for &row in rows {
            if let Some(group) = number(row) {
                starts[group + 1] += 1;
            }
        }
        for group in 0..count {
            starts[group + 1] += starts[group];
        }
        let mut next = starts.clone();
        let mut sorted = vec![0; starts[count]];
        for &row in rows {
            if let Some(group) = number(row) {
                sorted[next[group]] = row;
                next[group] += 1;
            }
        }
        Self {
            rows: sorted,
            starts,
        }
    }

    /// The rows of a group, ascending.
    pub fn rows(&self, group: usize) -> &[u32] {
        &self.rows[self.starts[group]..self.starts[group + 1]]
    }

    /// How many groups.
    pub const fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there are no groups.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The first and the last day among the rows; nothing where no row has a day.
pub fn span(rows: &[u32], days: &[i32]) -> Option<(Date, Date)> {
    let known = rows
        .iter()
        .map(|&row| days[row as usize])
        .filter(|day| *day != NO_DAY);
    let first = known.clone().min()?;
    Some((Date(first), Date(known.max()?)))
}

/// Rows whose day lies in the period.
pub fn within(rows: &[u32], days: &[i32], period: Period) -> Vec<u32> {
    rows.iter()
        .copied()
        .filter(|&row| period.contains(Date(days[row as usize])))
        .collect()
}

/// Rows by calendar unit, and the number of the first unit.
pub fn by_unit(rows: &[u32], days: &[i32], unit: PeriodUnit, span: (Date, Date)) -> (i32, Groups) {
    let first = unit.index(span.0);
    let count = (unit.index(span.1) - first + 1) as usize;
    // One look-up a day is quicker than calendar arithmetic a row.
    let day_count = (span.1.0 - span.0.0 + 1) as usize;
    let unit_of_day: Vec<usize> = (0..day_count)
        .map(|day| (unit.index(span.0.plus_days(day as i32)) - first) as usize)
        .collect();
    let groups = Groups::from_numbers(rows, count, |row| {
        let day = days[row as usize];
        if day == NO_DAY {
            None
        } else {
            unit_of_day.get((day - span.0.0) as usize).copied()
        }
    });
    (first, groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_with_a_number_is_in_its_group_in_order() {
        let numbers = [2, 0, 1, 2, 9, 0];
        let rows: Vec<u32> = (0..6).collect();
        let groups = Groups::from_numbers(&rows, 3, |row| {
            (numbers[row as usize] < 3).then(|| numbers[row as usize])
        });
        assert_eq!(groups.rows(0), [1, 5]);
        assert_eq!(groups.rows(1), [2]);
        assert_eq!(groups.rows(2), [0, 3]);
    }

    #[test]
    fn rows_without_a_day_belong_to_no_unit() {
        let days = [19_000, NO_DAY, 19_031];
        let span = span(&[0, 1, 2], &days).unwrap();
        let (_, groups) = by_unit(&[0, 1, 2], &days, PeriodUnit::Month, span);
        assert_eq!(
            (groups.len(), groups.rows(0).len(), groups.rows(1).len()),
            (2, 1, 1)
        );
    }
}

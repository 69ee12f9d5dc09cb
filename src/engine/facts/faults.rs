//! Cells that are filled and cannot be read in their column's meaning.

use super::{Facts, Reading};
use crate::engine::options::{DateOrder, Decimal};
use crate::engine::roles::{Kind, Meaning, Nature, Role};
use crate::engine::table::Reason;

/// Unreadable cells of one column, all for the same reason.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnFaults {
    /// The column's place.
    pub column: usize,
    /// What is wrong with the cells.
    pub reason: Reason,
    /// What they should be, in words.
    pub expected: String,
    /// Their rows, ascending.
    pub rows: Vec<u32>,
}

impl ColumnFaults {
    /// Its rows within a range, ascending.
    pub fn rows_in(&self, range: std::ops::Range<u32>) -> &[u32] {
        let from = self.rows.partition_point(|row| *row < range.start);
        let rest = self.rows.get(from..).unwrap_or_default();
        let count = rest.partition_point(|row| *row < range.end);
        rest.get(..count).unwrap_or_default()
    }
}

/// The unreadable cells of a column. `suspect`: the column's profile counts some; without, dates
/// and numbers are not looked at again.
pub fn of_column(
    reading: &Reading<'_>,
    facts: &Facts,
    column: usize,
    suspect: bool,
) -> Vec<ColumnFaults> {
    let meaning = reading.meaning(column);
    let Some(role) = meaning.role.filter(|_| meaning.open.is_empty()) else {
        return Vec::new();
    };
    let found: Vec<(Reason, Vec<u32>)> = match role.nature() {
        Nature::Date if suspect => vec![(Reason::DateInvalid, reading.instants(column).invalid)],
        Nature::Duration if suspect => reading
            .hours_of(role)
            .map(|cells| (Reason::NumberInvalid, cells.invalid))
            .into_iter()
            .collect(),
        Nature::Number | Nature::Count if suspect => {
            vec![(Reason::NumberInvalid, reading.numbers(column).invalid)]
        }
        Nature::Score => of_scores(facts, column),
        Nature::YesNo => facts
            .accounts
            .iter()
            .map(|facts| marked(&facts.reasons, Reason::AnswerInvalid))
            .collect(),
        Nature::Key if role == Role::Interval && reading.mapping.is(Kind::Subscription) => facts
            .ledger
            .iter()
            .map(|facts| marked(&facts.reasons, Reason::IntervalInvalid))
            .collect(),
        _ => Vec::new(),
    };
    let apart = match role {
        Role::FirstResponseMinutes => facts.first_response.as_ref(),
        Role::ResolutionMinutes => facts.resolution.as_ref(),
        _ => None,
    };
    let apart = apart.map(|durations| (Reason::TimeDiffers, durations.disagreeing.clone()));
    found
        .into_iter()
        .chain(apart)
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(reason, rows)| ColumnFaults {
            column,
            reason,
            expected: expected(meaning, reason),
            rows,
        })
        .collect()
}

fn of_scores(facts: &Facts, column: usize) -> Vec<(Reason, Vec<u32>)> {
    facts
        .scores
        .iter()
        .chain(&facts.satisfaction)
        .filter(|scores| scores.column == column)
        .flat_map(|scores| {
            [Reason::ScoreInvalid, Reason::ScoreOutsideScale]
                .map(|reason| marked(&scores.reasons, reason))
        })
        .collect()
}

fn marked(reasons: &[Reason], wanted: Reason) -> (Reason, Vec<u32>) {
    let rows = reasons
        .iter()
        .enumerate()
        .filter(|(_, reason)| **reason == wanted)
        .map(|(row, _)| row as u32)
        .collect();
    (wanted, rows)
}

/// What a cell of this meaning should be, in words without a cell.
fn expected(meaning: &Meaning, reason: Reason) -> String {
    match reason {
        Reason::DateInvalid => String::from(match meaning.date_order {
            DateOrder::DayFirst => "a date; of two small numbers the first is the day",
            DateOrder::MonthFirst => "a date; of two small numbers the first is the month",
            DateOrder::YearFirst => "a date; of three small numbers the first is the year",
        }),
        Reason::NumberInvalid => String::from(match meaning.decimal {
            Decimal::Point => "a number; the point is the decimal mark",
            Decimal::Comma => "a number; the comma is the decimal mark",
        }),
        Reason::IntervalInvalid => String::from("a billing interval such as month or year"),
        Reason::AnswerInvalid => String::from("yes or no"),
        Reason::TimeDiffers => String::from("the time between the two dates, to the minute"),
        _ => meaning.scale.map_or_else(
            || String::from("an answer on a scale"),
            |(low, high)| format!("a number from {low} to {high}"),
        ),
    }
}

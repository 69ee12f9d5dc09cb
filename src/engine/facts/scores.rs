//! Answers on a scale, one a row.

use super::reading::{self, Reading};
use crate::engine::base::Instant;
use crate::engine::options::Direction;
use crate::engine::roles::{Role, ScoreQuestion};
use crate::engine::table::value::missing;
use crate::engine::table::{Cells, Column, Reason};

/// The answers in one column.
#[derive(Clone, Debug)]
pub struct Scores {
    /// The column's place in the table.
    pub column: usize,
    /// What was asked.
    pub question: ScoreQuestion,
    /// The lowest and highest possible answer.
    pub scale: (f64, f64),
    /// The answers, turned so that high is good; NaN where the row is left out.
    pub values: Vec<f64>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// The day of each answer, where the table has one.
    pub days: Option<Vec<i32>>,
}

/// Words that say good or bad without a number.
const GOOD: [&str; 9] = [
    "good",
    "good with comment",
    "satisfied",
    "happy",
    "great",
    "positive",
    "thumbs up",
    "👍",
    "😀",
];
const BAD: [&str; 10] = [
    "bad",
    "bad with comment",
    "dissatisfied",
    "unhappy",
    "not good",
    "negative",
    "thumbs down",
    "👎",
    "unsatisfied",
    "😞",
];
/// Words that say that nobody has rated.
const NOT_RATED: [&str; 6] = [
    "offered",
    "not offered",
    "unoffered",
    "not rated",
    "pending",
    "skipped",
];

/// Reads the answers of a column; `day_role` tells when they were given.
pub fn read(reading: &Reading<'_>, column: usize, day_role: Role) -> Scores {
    let meaning = reading.meaning(column);
    let worded = words(&reading.table.columns[column]);
    let (mut values, invalid, scale) = if let Some((values, invalid)) = worded {
        (values, invalid, (0.0, 1.0))
    } else {
        let cells = reading.numbers(column);
        (
            cells.values,
            cells.invalid,
            meaning.scale.unwrap_or((f64::NEG_INFINITY, f64::INFINITY)),
        )
    };
    let mut reasons = reading.reasons();
    for (reason, value) in reasons.iter_mut().zip(&values) {
        if *reason != Reason::Used {
            continue;
        }
        if value.is_nan() {
            *reason = Reason::ScoreMissing;
        } else if *value < scale.0 || *value > scale.1 {
            *reason = Reason::ScoreOutsideScale;
        }
    }
    reading::mark_invalid(
        &invalid,
        &mut reasons,
        Reason::ScoreMissing,
        Reason::ScoreInvalid,
    );
    let moments = reading.instants_of(day_role);
    let mut days = None;
    if let Some(cells) = moments {
        mark_late(&cells.values, reading.horizon(), &mut reasons);
        days = Some(reading::days(&cells));
    }
    for (value, reason) in values.iter_mut().zip(&reasons) {
        if *reason != Reason::Used {
            *value = f64::NAN;
        } else if meaning.direction == Direction::LowIsGood {
            *value = scale.0 + scale.1 - *value;
        }
    }
    Scores {
        column,
        question: meaning.question.unwrap_or(ScoreQuestion::Csat),
        scale,
        values,
        reasons,
        days,
    }
}

fn mark_late(moments: &[i64], horizon: Option<Instant>, reasons: &mut [Reason]) {
    let Some(end) = horizon else { return };
    for (reason, moment) in reasons.iter_mut().zip(moments) {
        if *reason == Reason::Used && *moment >= end.0 {
            *reason = Reason::AfterAsOf;
        }
    }
}

/// Good as 1 and bad as 0, where the column says it in words; else nothing.
fn words(column: &Column) -> Option<(Vec<f64>, Vec<u32>)> {
    let Cells::Dictionary { codes, texts } = &column.cells else {
        return None;
    };
    let mut known = false;
    let read: Vec<Option<f64>> = texts
        .texts()
        .map(|text| {
            let word = text.trim().to_lowercase();
            let value = if GOOD.contains(&word.as_str()) {
                1.0
            } else if BAD.contains(&word.as_str()) {
                0.0
            } else if NOT_RATED.contains(&word.as_str()) || missing::is_missing(text) {
                return Some(f64::NAN);
            } else {
                return None;
            };
            known = true;
            Some(value)
        })
        .collect();
    if !known {
        return None;
    }
    let mut invalid = Vec::new();
    let values = codes
        .iter()
        .enumerate()
        .map(|(row, code)| {
            read[*code as usize].unwrap_or_else(|| {
                invalid.push(row as u32);
                f64::NAN
            })
        })
        .collect();
    Some((values, invalid))
}

//! Answers on a scale, one a row.

use super::reading::{self, Reading};
use crate::engine::base::Instant;
use crate::engine::options::Direction;
use crate::engine::roles::{Asked, Role, ScoreQuestion, graded, long_form};
use crate::engine::table::{Cells, Column, Reason};

/// The answers in one column.
#[derive(Clone, Debug)]
pub struct Scores {
    /// The column's place in the table.
    pub column: usize,
    /// What was asked.
    pub question: ScoreQuestion,
    /// In a long survey: the question as written.
    pub asked: Option<String>,
    /// Something about these answers must be asked first.
    pub is_open: bool,
    /// The lowest and highest possible answer.
    pub scale: (f64, f64),
    /// The answers, turned so that high is good; NaN where the row is left out.
    pub values: Vec<f64>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// The day of each answer, where the table has one.
    pub days: Option<Vec<i32>>,
}

/// Reads the answers of a column, each question of a long survey by itself; `day_role` tells when
/// they were given.
pub fn read_all(reading: &Reading<'_>, column: usize, day_role: Role) -> Vec<Scores> {
    let mapping = reading.mapping;
    if long_form::score_column(mapping) != Some(column) || mapping.by_question.is_empty() {
        return vec![read(reading, column, day_role)];
    }
    let codes = reading.keys_of(Role::Question).map(|keys| keys.codes);
    mapping
        .by_question
        .iter()
        .map(|asked| {
            let others = |row: usize| {
                codes
                    .as_ref()
                    .is_some_and(|codes| Some(codes[row]) != asked.code)
            };
            read_one(reading, column, day_role, Some(asked), &others)
        })
        .collect()
}

/// Reads the answers of a column; `day_role` tells when they were given.
pub fn read(reading: &Reading<'_>, column: usize, day_role: Role) -> Scores {
    read_one(reading, column, day_role, None, &|_| false)
}

fn read_one(
    reading: &Reading<'_>,
    column: usize,
    day_role: Role,
    asked: Option<&Asked>,
    is_other: &dyn Fn(usize) -> bool,
) -> Scores {
    let meaning = reading.meaning(column);
    let worded = words(&reading.table.columns[column]);
    let known = asked.map_or(meaning.scale, |asked| asked.scale);
    let (mut values, invalid, scale) = if let Some(worded) = worded {
        (worded.values, worded.invalid, worded.scale)
    } else {
        let cells = reading.numbers(column);
        let scale = known.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        (cells.values, cells.invalid, scale)
    };
    let mut reasons = reading.reasons();
    // Of rows that were made of one record for its months, one holds the answer.
    let per_record = reading.table.rows_per_record.max(1) as usize;
    for (row, (reason, value)) in reasons.iter_mut().zip(&values).enumerate() {
        if *reason != Reason::Used {
            continue;
        }
        if row % per_record > 0 {
            *reason = Reason::Duplicate;
        } else if is_other(row) {
            *reason = Reason::OtherQuestion;
        } else if value.is_nan() {
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
    let direction = asked.map_or(meaning.direction, |asked| asked.direction);
    for (value, reason) in values.iter_mut().zip(&reasons) {
        if *reason != Reason::Used {
            *value = f64::NAN;
        } else if direction == Direction::LowIsGood {
            *value = scale.0 + scale.1 - *value;
        }
    }
    let question = asked.map_or_else(
        || meaning.question.unwrap_or(ScoreQuestion::Csat),
        |asked| asked.question,
    );
    Scores {
        column,
        question,
        asked: asked.and_then(|asked| asked.text.clone()),
        is_open: !meaning.open.is_empty() || asked.is_some_and(|asked| !asked.open.is_empty()),
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

/// Answers that were given in words.
struct Worded {
    /// Places on the scale; NaN where there is no answer.
    values: Vec<f64>,
    /// Rows with a word that has no place.
    invalid: Vec<u32>,
    /// The lowest and highest place.
    scale: (f64, f64),
}

/// The answers of a column that says them in words; `None` for a column of numbers.
fn words(column: &Column) -> Option<Worded> {
    let Cells::Dictionary { codes, texts } = &column.cells else {
        return None;
    };
    let graded = graded::read(texts.texts())?;
    let mut invalid = Vec::new();
    let values = codes
        .iter()
        .enumerate()
        .map(|(row, code)| {
            graded.answers[*code as usize].unwrap_or_else(|| {
                invalid.push(row as u32);
                f64::NAN
            })
        })
        .collect();
    Some(Worded {
        values,
        invalid,
        scale: graded.scale,
    })
}

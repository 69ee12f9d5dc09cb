//! Answers on a scale, one a row.

use super::reading::{self, Reading};
use crate::engine::base::Instant;
use crate::engine::options::Direction;
use crate::engine::roles::{Role, ScoreQuestion};
use crate::engine::table::value::{answer_words, missing};
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
    let (mut values, invalid, scale) = if let Some(worded) = worded {
        (worded.values, worded.invalid, worded.scale)
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
    let answers: Vec<&str> = texts.texts().filter(|text| !is_unrated(text)).collect();
    let (places, scale) = places(&answers)?;
    let mut places = places.into_iter();
    let by_code: Vec<Option<f64>> = texts
        .texts()
        .map(|text| {
            if is_unrated(text) {
                Some(f64::NAN)
            } else {
                places.next().flatten()
            }
        })
        .collect();
    let mut invalid = Vec::new();
    let values = codes
        .iter()
        .enumerate()
        .map(|(row, code)| {
            by_code[*code as usize].unwrap_or_else(|| {
                invalid.push(row as u32);
                f64::NAN
            })
        })
        .collect();
    Some(Worded {
        values,
        invalid,
        scale,
    })
}

fn is_unrated(text: &str) -> bool {
    missing::is_missing(text) || NOT_RATED.contains(&text.trim().to_lowercase().as_str())
}

/// A place for each different answer, where it has one, and the lowest and highest place.
type Places = (Vec<Option<f64>>, (f64, f64));

/// The place of each of these different answers, and the ends of their scale: on the form that
/// holds them, else good as 1 and bad as 0.
fn places(answers: &[&str]) -> Option<Places> {
    let verdicts: Vec<Option<f64>> = answers.iter().map(|answer| verdict(answer)).collect();
    let judged = verdicts.iter().flatten().count();
    if let Some(placed) = answer_words::place(answers)
        && placed.places.iter().flatten().count() > judged
    {
        let places = placed.places.iter().map(|place| place.map(|p| p as f64));
        return Some((places.collect(), (1.0, placed.points as f64)));
    }
    // Where most answers are neither good nor bad, the few that are say nothing about the rest.
    (judged > 0 && judged * 2 >= answers.len()).then_some((verdicts, (0.0, 1.0)))
}

/// 1 for a word that says good, 0 for one that says bad.
fn verdict(answer: &str) -> Option<f64> {
    let word = answer.trim().to_lowercase();
    if GOOD.contains(&word.as_str()) {
        Some(1.0)
    } else if BAD.contains(&word.as_str()) {
        Some(0.0)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worded_answers_take_their_places_on_their_form() {
        let (read, scale) = places(&["Very satisfied", "Neutral", "Dissatisfied"]).unwrap();
        assert_eq!(scale.1.to_bits(), 5.0_f64.to_bits());
        assert_eq!(read, [Some(5.0), Some(3.0), Some(2.0)]);
    }

    #[test]
    fn good_and_bad_alone_are_one_and_nothing() {
        let (read, _) = places(&["Good", "Bad", "Good with comment"]).unwrap();
        assert_eq!(read, [Some(1.0), Some(0.0), Some(1.0)]);
    }

    #[test]
    fn words_of_several_forms_are_not_guessed_at() {
        assert!(places(&["Good", "Poor", "Very good", "Mixed"]).is_none());
    }
}

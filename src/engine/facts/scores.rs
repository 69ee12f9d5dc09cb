//! Answers on a scale, one a row.

use super::NO_DAY;
use super::reading::{self, Reading};
use crate::engine::base::Instant;
use crate::engine::options::Direction;
use crate::engine::roles::{Asked, Role, ScoreQuestion, answer_rows, graded, long_form};
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
    /// Whether the answers were turned: low was good as they stand in the file.
    pub turned: bool,
    /// Who answered: a number for each, 0 where a row does not say.
    pub people: Option<Numbers>,
    /// For which customer: a number for each, 0 where a row does not say.
    pub customers: Option<Numbers>,
    /// What the customer pays a month, where the same table says it; NaN where a row does not.
    pub revenue: Option<Vec<f64>>,
    /// The day on which a question was sent that nobody has answered; [`NO_DAY`] in other rows.
    /// Absent where no column says when questions were sent.
    pub unanswered: Option<Vec<i32>>,
    /// Rows of people who recommended the company to someone, where a column counts that.
    pub recommended: Option<Vec<bool>>,
}

/// A number for each person or customer.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// One a row.
    pub of_rows: Vec<u32>,
    /// All numbers are below this.
    pub below: u32,
}

impl Numbers {
    fn read(reading: &Reading<'_>, role: Role) -> Option<Self> {
        let keys = reading.keys_of(role)?;
        Some(Self {
            below: keys.texts.len() as u32,
            of_rows: keys.codes.to_vec(),
        })
    }
}

impl Scores {
    /// Who answered: the person, else the customer where no column tells persons.
    pub fn who(&self) -> Option<&Numbers> {
        self.people.as_ref().or(self.customers.as_ref())
    }
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
    let tried = tried_out(reading);
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
        } else if tried.as_ref().is_some_and(|tried| tried[row]) {
            *reason = Reason::TriedOut;
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
    leave_out_repeated(reading, &mut reasons);
    let unanswered = unanswered(reading, &reasons);
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
        turned: direction == Direction::LowIsGood,
        people: Numbers::read(reading, Role::Respondent),
        customers: Numbers::read(reading, Role::Customer),
        revenue: reading
            .numbers_of(Role::RecurringRevenue)
            .map(|cells| cells.values),
        unanswered,
        recommended: recommended(reading),
    }
}

/// Rows that are told to be no answers of anybody who was asked; absent where no column tells.
fn tried_out(reading: &Reading<'_>) -> Option<Vec<bool>> {
    let keys = reading.table.columns[reading.mapping.tries?].keys();
    let is_try = |text: &str| answer_rows::is_try(reading.mapping, text);
    let tries: Vec<bool> = keys.texts.texts().map(|text| is_try(&text)).collect();
    Some(
        keys.codes
            .iter()
            .map(|code| tries[*code as usize])
            .collect(),
    )
}

/// Leaves out answers whose number stands in another row already, as where two exports overlap; the
/// first row with a score stays. Numbers of which more than half repeat are no numbers of answers,
/// such as those that a spreadsheet has rounded, and nothing is left out by them.
fn leave_out_repeated(reading: &Reading<'_>, reasons: &mut [Reason]) {
    let Some(ids) = reading.mapping.answer_ids else {
        return;
    };
    let told: &[Reason] = reasons;
    let with = |wanted: Reason| (0..told.len()).filter(move |row| told[*row] == wanted);
    let answers = with(Reason::Used).chain(with(Reason::ScoreMissing));
    let looked_at = answers.clone().count();
    let repeated = reading::repeated(&reading.table.columns[ids], answers);
    if repeated.len() * 2 > looked_at {
        return;
    }
    for row in repeated {
        reasons[row] = Reason::Duplicate;
    }
}

/// The day of sending of each row that holds no answer.
fn unanswered(reading: &Reading<'_>, reasons: &[Reason]) -> Option<Vec<i32>> {
    let sent = reading.instants_of(Role::SentAt)?;
    let horizon = reading.horizon();
    let days = reading::days(&sent);
    let rows = days.into_iter().zip(&sent.values).zip(reasons);
    Some(
        rows.map(|((day, moment), reason)| {
            let is_late = horizon.is_some_and(|end| *moment >= end.0);
            if *reason == Reason::ScoreMissing && !is_late {
                day
            } else {
                NO_DAY
            }
        })
        .collect(),
    )
}

/// Who recommended the company: a number of referrals above zero, or yes.
fn recommended(reading: &Reading<'_>) -> Option<Vec<bool>> {
    let counts = reading.counts_of(Role::Referrals)?;
    Some(counts.values.iter().map(|count| *count > 0.0).collect())
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

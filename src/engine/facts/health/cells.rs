//! The cells of a column as values of a measure.

use super::MeasureChoice;
use crate::engine::base::{Date, Refusal};
use crate::engine::facts::NO_DAY;
use crate::engine::facts::reading::{self, Reading};
use crate::engine::facts::scores;
use crate::engine::options::Direction;
use crate::engine::roles::synonyms::normal;
use crate::engine::roles::{Role, measures};
use crate::engine::table::column::InstantCells;
use crate::engine::table::profile::Settled;
use crate::engine::table::value::{flag, missing};
use crate::engine::table::{Column, Profile};

/// What the values of a measure are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cells {
    /// Numbers without known ends.
    Numbers,
    /// Answers on a scale from one end to the other.
    Scale(f64, f64),
    /// Points already.
    Points,
}

/// The values of a measure, one a row.
#[derive(Clone, Debug)]
pub struct Read {
    /// NaN where there is none.
    pub values: Vec<f64>,
    /// What they are.
    pub form: Cells,
    /// Which end is good, unless the user says otherwise.
    pub direction: Direction,
}

impl Read {
    /// The values of a column: answers on their scale, days since a date, words of judgement, yes
    /// and no, or numbers.
    ///
    /// # Errors
    /// `measure_unclear` where a column without a role can be read in two ways.
    pub fn of(
        reading: &Reading<'_>,
        place: usize,
        choice: &MeasureChoice,
    ) -> Result<Self, Refusal> {
        let column = &reading.table.columns[place];
        let meaning = reading.meaning(place);
        if !choice.words.is_empty() {
            return Ok(points_of_words(column, choice));
        }
        if matches!(meaning.role, Some(Role::Score | Role::Satisfaction)) {
            let scores = scores::read(reading, place, Role::RespondedAt);
            let (low, high) = scores.scale;
            return Ok(Self {
                values: scores.values,
                form: if low.is_finite() && high > low {
                    Cells::Scale(low, high)
                } else {
                    Cells::Numbers
                },
                // Answers are turned already where low was good.
                direction: Direction::HighIsGood,
            });
        }
        let profile = Profile::of(column);
        let header = normal(&column.name);
        if profile.share(profile.dates()) >= 0.8 && profile.share(profile.numbers()) < 0.8 {
            let moments = moments(reading, place, &profile)?;
            return Ok(Self {
                values: days_since(reading, &moments),
                form: Cells::Numbers,
                direction: Direction::LowIsGood,
            });
        }
        let direction = match meaning.role {
            Some(role) => measures::direction_of(role, &header).map(|_| meaning.direction),
            None => measures::direction(&header),
        };
        let direction = direction.unwrap_or(Direction::HighIsGood);
        let numbers = numbers(reading, place, &profile)?;
        let is_number = numbers.iter().any(|value| !value.is_nan());
        if is_number {
            let form = natural_scale(&header, &numbers);
            return Ok(Self {
                values: numbers,
                form,
                direction,
            });
        }
        Ok(Self {
            values: judgements(column),
            form: Cells::Scale(0.0, 1.0),
            direction,
        })
    }

    /// Its values divided by those of another column; none where that is nothing or less.
    #[must_use]
    pub fn divided_by(self, other: &Self) -> Self {
        let pairs = self.values.iter().zip(&other.values);
        let share = |(above, below): (&f64, &f64)| {
            if *below > 0.0 {
                above / below
            } else {
                f64::NAN
            }
        };
        Self {
            values: pairs.map(share).collect(),
            form: Cells::Scale(0.0, 1.0),
            direction: self.direction,
        }
    }
}

/// Days since each value was taken: by the column that the settings name, else by one whose header
/// says that it dates the measure. Absent where there is none.
///
/// # Errors
/// Where the settings name a column that is not there, or whose dates can be read in two ways.
pub fn ages(reading: &Reading<'_>, choice: &MeasureChoice) -> Result<Option<Vec<f64>>, Refusal> {
    let place = match &choice.dated_by {
        Some(name) => super::find(reading, name)?,
        None => match dated_beside(reading, &normal(&choice.column)) {
            Some(place) => place,
            None => return Ok(None),
        },
    };
    let profile = Profile::of(&reading.table.columns[place]);
    match moments(reading, place, &profile) {
        Ok(moments) => Ok(Some(days_since(reading, &moments))),
        Err(refusal) if choice.dated_by.is_some() => Err(refusal),
        Err(_) => Ok(None),
    }
}

/// The column whose header is that of the measure with a word for a date.
fn dated_beside(reading: &Reading<'_>, header: &str) -> Option<usize> {
    const ENDINGS: [&str; 8] = [
        "date",
        "at",
        "on",
        "updated",
        "updated at",
        "updated on",
        "date updated",
        "as of",
    ];
    let mut columns = reading.table.columns.iter();
    columns.position(|column| {
        let name = normal(&column.name);
        let rest = name.strip_prefix(header).map(str::trim_start);
        rest.is_some_and(|rest| ENDINGS.contains(&rest)) || name == format!("date of {header}")
    })
}

/// The column as moments.
fn moments(
    reading: &Reading<'_>,
    place: usize,
    profile: &Profile,
) -> Result<InstantCells, Refusal> {
    let order = match (reading.meaning(place).role, profile.date_order()) {
        // What a column with a role means is settled already, or asked about.
        (Some(_), _) => return Ok(reading.instants(place)),
        (None, Settled::Proven(order)) => order,
        (None, Settled::Indifferent) => reading.meaning(place).date_order,
        (None, Settled::Undecided) => return Err(unclear(&reading.table.columns[place].name)),
    };
    Ok(reading.table.columns[place].instants(order, &reading.frame.zone))
}

/// Days from each moment to the last day that counts; NaN for none, and for later ones. Without a
/// last day that counts, the latest of the column is taken for it.
fn days_since(reading: &Reading<'_>, moments: &InstantCells) -> Vec<f64> {
    let days = reading::days(moments);
    let latest = days.iter().copied().max().filter(|day| *day != NO_DAY);
    let Some(today) = reading.frame.as_of.or(latest.map(Date)) else {
        return vec![f64::NAN; days.len()];
    };
    let since = |day: &i32| {
        if *day == NO_DAY || *day > today.0 {
            f64::NAN
        } else {
            f64::from(today.0 - *day)
        }
    };
    days.iter().map(since).collect()
}

/// The column as numbers, yes as 1 and no as 0.
fn numbers(reading: &Reading<'_>, place: usize, profile: &Profile) -> Result<Vec<f64>, Refusal> {
    let column = &reading.table.columns[place];
    let meaning = reading.meaning(place);
    let decimal = match (meaning.role, profile.decimal()) {
        (Some(_), _) | (None, Settled::Indifferent) => meaning.decimal,
        (None, Settled::Proven(decimal)) => decimal,
        (None, Settled::Undecided) => return Err(unclear(&column.name)),
    };
    let mut cells = column.numbers(decimal, &meaning.missing);
    if profile.share(profile.flags) >= 0.9 && !cells.invalid.is_empty() {
        let keys = column.keys();
        let said: Vec<Option<bool>> = keys.texts.texts().map(|it| flag::parse(&it)).collect();
        for row in cells.invalid {
            if let Some(said) = said[keys.codes[row as usize] as usize] {
                cells.values[row as usize] = f64::from(u8::from(said));
            }
        }
    }
    Ok(cells.values)
}

/// The ends of the scale that the header and the values tell together.
fn natural_scale(header: &str, values: &[f64]) -> Cells {
    let is_recommendation =
        header.split(' ').any(|word| word == "nps") || header.contains("promoter");
    if !is_recommendation {
        return Cells::Numbers;
    }
    let within = |low: f64, high: f64| {
        let mut known = values.iter().filter(|value| !value.is_nan());
        known.all(|value| (low..=high).contains(value))
    };
    if within(0.0, 10.0) {
        Cells::Scale(0.0, 10.0)
    } else if within(-100.0, 100.0) {
        Cells::Scale(-100.0, 100.0)
    } else {
        Cells::Numbers
    }
}

/// Words of judgement as 1, 0.5 and 0.
fn judgements(column: &Column) -> Vec<f64> {
    by_text(column, |text| measures::level(text).unwrap_or(f64::NAN))
}

fn points_of_words(column: &Column, choice: &MeasureChoice) -> Read {
    let words: Vec<(String, f64)> = choice
        .words
        .iter()
        .map(|(word, points)| (normal(word), *points))
        .collect();
    let points = |text: &str| {
        let text = normal(text);
        let found = words.iter().find(|(word, _)| *word == text);
        found.map_or(f64::NAN, |(_, points)| *points)
    };
    Read {
        values: by_text(column, points),
        form: Cells::Points,
        direction: Direction::HighIsGood,
    }
}

fn by_text(column: &Column, value: impl Fn(&str) -> f64) -> Vec<f64> {
    let keys = column.keys();
    let read = |text: &str| {
        if missing::is_missing(text) {
            f64::NAN
        } else {
            value(text)
        }
    };
    let values: Vec<f64> = keys.texts.texts().map(|text| read(&text)).collect();
    let rows = keys.codes.iter();
    rows.map(|code| values[*code as usize]).collect()
}

fn unclear(header: &str) -> Refusal {
    Refusal::new(
        "measure_unclear",
        format!(
            "The cells of “{header}” can be read in two ways: which mark is the decimal mark, or whether the day comes first, is not known."
        ),
        "Give the column a role and its form on the check page.",
    )
}

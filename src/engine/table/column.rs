//! One column: its cells, held as compactly as their nature allows.

use std::borrow::Cow;

use super::interner::Interner;
use super::value::serial::{self, Calendar, NumberDates};
use super::value::{date, duration, missing, number};
use crate::engine::base::Instant;
use crate::engine::base::date::DAY_MS;
use crate::engine::options::{ClockForm, DateOrder, Decimal, MissingCode};

/// Stands for "no moment" in [`Cells::Instants`] and [`InstantCells`].
pub const NO_INSTANT: i64 = i64::MIN;

/// One column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// The header cell as written.
    pub name: String,
    /// Its cells.
    pub cells: Cells,
}

/// The cells of a column.
#[derive(Clone, Debug)]
pub enum Cells {
    /// Each different text once, and a number a row. Keeps every cell as written.
    Dictionary {
        /// A number a row; 0 is empty.
        codes: Vec<u32>,
        /// The texts.
        texts: Interner,
    },
    /// Moments in one ISO form, where there are too many different ones for a dictionary.
    Instants {
        /// Milliseconds since 1970, in UTC where `zoned`, else as written; [`NO_INSTANT`] is empty.
        values: Vec<i64>,
        /// The cells carry an offset from UTC.
        zoned: bool,
        /// Only days are written, without a time.
        days_only: bool,
        /// Cells of another form, with their rows.
        others: Vec<(u32, String)>,
    },
    /// Plain numbers, where there are too many different ones for a dictionary.
    Numbers {
        /// NaN is empty.
        values: Vec<f64>,
        /// Cells of another form, with their rows.
        others: Vec<(u32, String)>,
    },
    /// Free text: only whether a cell is filled is held.
    Long {
        /// A mark a row.
        filled: Vec<bool>,
    },
}

/// Numbers of a column, one a row.
#[derive(Clone, Debug)]
pub struct NumberCells {
    /// NaN where the cell is empty, missing or unreadable.
    pub values: Vec<f64>,
    /// Rows whose cell is filled but is no number, ascending.
    pub invalid: Vec<u32>,
}

/// Moments of a column, one a row, in the report's zone.
#[derive(Clone, Debug)]
pub struct InstantCells {
    /// [`NO_INSTANT`] where the cell is empty, missing or unreadable.
    pub values: Vec<i64>,
    /// Rows whose cell is filled but is no date, ascending.
    pub invalid: Vec<u32>,
    /// No cell has a time of day.
    pub days_only: bool,
}

/// Texts of a column as numbers, one a row; 0 is empty or missing.
#[derive(Clone, Debug)]
pub struct Keys<'a> {
    /// A number a row.
    pub codes: Cow<'a, [u32]>,
    /// The texts.
    pub texts: Cow<'a, Interner>,
}

impl Column {
    /// How many rows.
    pub const fn len(&self) -> usize {
        match &self.cells {
            Cells::Dictionary { codes, .. } => codes.len(),
            Cells::Instants { values, .. } => values.len(),
            Cells::Numbers { values, .. } => values.len(),
            Cells::Long { filled } => filled.len(),
        }
    }

    /// Whether it has no rows.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The column as keys. For columns not held as texts the texts are written anew, so equal
    /// values have equal keys.
    pub fn keys(&self) -> Keys<'_> {
        match &self.cells {
            Cells::Dictionary { codes, texts } => {
                let gone: Vec<bool> = texts.texts().map(missing::is_missing).collect();
                if gone.iter().skip(1).any(|gone| *gone) {
                    let codes = codes
                        .iter()
                        .map(|&code| if gone[code as usize] { 0 } else { code })
                        .collect();
                    Keys {
                        codes: Cow::Owned(codes),
                        texts: Cow::Borrowed(texts),
                    }
                } else {
                    Keys {
                        codes: Cow::Borrowed(codes),
                        texts: Cow::Borrowed(texts),
                    }
                }
            }
            Cells::Instants {
                values,
                others,
                days_only,
                ..
            } => keys_of(
                values
                    .iter()
                    .map(|&v| (v != NO_INSTANT).then(|| written_instant(v, *days_only))),
                others,
            ),
            Cells::Numbers { values, others } => keys_of(
                values.iter().map(|v| (!v.is_nan()).then(|| v.to_string())),
                others,
            ),
            Cells::Long { filled } => Keys {
                codes: Cow::Owned(vec![0; filled.len()]),
                texts: Cow::Owned(Interner::default()),
            },
        }
    }

    /// The column as numbers under a decimal mark, with codes that stand for "no answer".
    pub fn numbers(&self, decimal: Decimal, missing_codes: &[MissingCode]) -> NumberCells {
        self.read_numbers(decimal, missing_codes, |number| number, leading_number)
    }

    /// The column as hours: plain numbers in the unit of the header, and durations such as
    /// `48:30:00` or `1d 4h` as they are, in which `form` decides what `12:30` is.
    pub fn hours(
        &self,
        decimal: Decimal,
        missing_codes: &[MissingCode],
        units_per_hour: f64,
        form: ClockForm,
    ) -> NumberCells {
        self.read_numbers(
            decimal,
            missing_codes,
            |number| number / units_per_hour,
            |text| duration::parse(text, form).map(|seconds| seconds / 3_600.0),
        )
    }

    /// What `plain` makes of numbers, and `worded` of the other cells.
    fn read_numbers(
        &self,
        decimal: Decimal,
        missing_codes: &[MissingCode],
        plain: impl Fn(f64) -> f64,
        worded: impl Fn(&str) -> Option<f64>,
    ) -> NumberCells {
        let coded = |value: f64| {
            missing_codes
                .iter()
                .any(|code| matches!(code, MissingCode::Number(n) if (n - value).abs() < 1e-9))
        };
        let read_text = |text: &str| {
            if is_gone(text, missing_codes) {
                return Read::Missing;
            }
            match number::parse(text, decimal) {
                Some(value) if coded(value) => Read::Missing,
                Some(value) => Read::Value(plain(value)),
                None => match worded(text) {
                    Some(value) if coded(value) => Read::Missing,
                    Some(value) => Read::Value(value),
                    None => Read::Invalid,
                },
            }
        };
        match &self.cells {
            Cells::Dictionary { codes, texts } => {
                let read: Vec<Read<f64>> = texts.texts().map(read_text).collect();
                let (values, invalid) = spread(codes, &read, f64::NAN);
                NumberCells { values, invalid }
            }
            Cells::Numbers { values, others } => {
                let mut numbers: Vec<f64> = values
                    .iter()
                    .map(|&v| if coded(v) { f64::NAN } else { plain(v) })
                    .collect();
                let mut invalid = Vec::new();
                for (row, text) in others {
                    match read_text(text) {
                        Read::Missing => {}
                        Read::Value(value) => numbers[*row as usize] = value,
                        Read::Invalid => invalid.push(*row),
                    }
                }
                NumberCells {
                    values: numbers,
                    invalid,
                }
            }
            Cells::Instants { values, .. } => NumberCells {
                values: vec![f64::NAN; values.len()],
                invalid: rows_where(values.iter().map(|&v| v != NO_INSTANT)),
            },
            Cells::Long { filled } => NumberCells {
                values: vec![f64::NAN; filled.len()],
                invalid: rows_where(filled.iter().copied()),
            },
        }
    }

    /// The column as moments in a zone so many minutes east of UTC. Days of a spreadsheet are
    /// those of the calendar from 1900.
    pub fn instants(&self, order: DateOrder, zone_minutes: i32) -> InstantCells {
        self.instants_in(order, zone_minutes, Calendar::From1900)
    }

    /// The same with days of a spreadsheet in another calendar.
    pub fn instants_in(
        &self,
        order: DateOrder,
        zone_minutes: i32,
        calendar: Calendar,
    ) -> InstantCells {
        match &self.cells {
            Cells::Dictionary { codes, texts } => {
                dated_texts(codes, texts, (order, calendar), zone_minutes)
            }
            Cells::Instants {
                values,
                zoned,
                others,
                days_only,
            } => {
                let shift_minutes = if *zoned { zone_minutes } else { 0 };
                let mut cells = InstantCells {
                    values: values
                        .iter()
                        .map(|&v| {
                            if v == NO_INSTANT {
                                v
                            } else {
                                v + i64::from(shift_minutes) * 60_000
                            }
                        })
                        .collect(),
                    invalid: Vec::new(),
                    days_only: *days_only,
                };
                for (row, text) in others.iter().filter(|(_, text)| !missing::is_missing(text)) {
                    match date::parse(text, order) {
                        Some(stamp) => cells.values[*row as usize] = stamp.instant(zone_minutes).0,
                        None => cells.invalid.push(*row),
                    }
                }
                cells
            }
            Cells::Numbers { values, others } => {
                dated_numbers(values, others, (order, calendar), zone_minutes)
            }
            Cells::Long { filled } => InstantCells {
                values: vec![NO_INSTANT; filled.len()],
                invalid: rows_where(filled.iter().copied()),
                days_only: false,
            },
        }
    }
}

/// Moments in the texts of a dictionary.
fn dated_texts(
    codes: &[u32],
    texts: &Interner,
    (order, calendar): (DateOrder, Calendar),
    zone_minutes: i32,
) -> InstantCells {
    let mut days_only = true;
    let counted = number_dates(texts.texts()).map(|counted| counted.within(calendar));
    let read: Vec<Read<i64>> = texts
        .texts()
        .map(|text| {
            if missing::is_missing(text) {
                return Read::Missing;
            }
            let stamp = match (counted, serial::number(text)) {
                (Some(counted), Some(number)) => Some(counted.stamp(number)),
                _ => date::parse(text, order),
            };
            stamp.map_or(Read::Invalid, |stamp| {
                days_only &= stamp.time_ms.is_none();
                Read::Value(stamp.instant(zone_minutes).0)
            })
        })
        .collect();
    let (values, invalid) = spread(codes, &read, NO_INSTANT);
    InstantCells {
        values,
        invalid,
        days_only,
    }
}

/// What the plain numbers among the texts count; `None` where all of them are dates as written,
/// such as `20240229`, or where they do not agree.
fn number_dates<'a>(texts: impl Iterator<Item = &'a str>) -> Option<NumberDates> {
    let mut numbers = Vec::new();
    let mut all_dates = true;
    for text in texts {
        if let Some(number) = serial::number(text) {
            numbers.push(number);
            all_dates = all_dates && date::read(text).is_some();
        }
    }
    if all_dates {
        return None;
    }
    NumberDates::of(numbers.into_iter())
}

/// Moments in plain numbers, where all of them count time since 1970 or days of a spreadsheet.
fn dated_numbers(
    values: &[f64],
    others: &[(u32, String)],
    (order, calendar): (DateOrder, Calendar),
    zone_minutes: i32,
) -> InstantCells {
    let held = values.iter().copied().filter(|value| !value.is_nan());
    let beside = others.iter().filter_map(|(_, text)| serial::number(text));
    let counted = NumberDates::of(held.chain(beside)).map(|counted| counted.within(calendar));
    let mut moments: Vec<i64> = values
        .iter()
        .map(|&value| match counted {
            Some(counted) if !value.is_nan() => counted.stamp(value).instant(zone_minutes).0,
            _ => NO_INSTANT,
        })
        .collect();
    let mut invalid = if counted.is_some() {
        Vec::new()
    } else {
        rows_where(values.iter().map(|value| !value.is_nan()))
    };
    for (row, text) in others.iter().filter(|(_, text)| !missing::is_missing(text)) {
        let stamp = match (counted, serial::number(text)) {
            (Some(counted), Some(number)) => Some(counted.stamp(number)),
            _ => date::parse(text, order),
        };
        match stamp {
            Some(stamp) => moments[*row as usize] = stamp.instant(zone_minutes).0,
            None => invalid.push(*row),
        }
    }
    invalid.sort_unstable();
    InstantCells {
        values: moments,
        invalid,
        days_only: false,
    }
}

enum Read<T> {
    Value(T),
    Missing,
    Invalid,
}

fn spread<T: Copy>(codes: &[u32], read: &[Read<T>], nothing: T) -> (Vec<T>, Vec<u32>) {
    let mut invalid = Vec::new();
    let values = codes
        .iter()
        .enumerate()
        .map(|(row, &code)| match &read[code as usize] {
            Read::Value(value) => *value,
            Read::Missing => nothing,
            Read::Invalid => {
                invalid.push(row as u32);
                nothing
            }
        })
        .collect();
    (values, invalid)
}

fn is_gone(text: &str, missing_codes: &[MissingCode]) -> bool {
    missing::is_missing(text)
        || missing_codes.iter().any(|code| match code {
            MissingCode::Text(word) => word.trim() == text.trim(),
            MissingCode::Number(_) => false,
        })
}

/// The number in front of a worded answer: `9 - very likely`, `5 (excellent)`, `4 stars`.
fn leading_number(text: &str) -> Option<f64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (digits, rest) = text.split_at_checked(end)?;
    if digits.is_empty() || digits.len() > 2 {
        return None;
    }
    let rest = rest.trim_start();
    let first = rest.chars().next()?;
    let worded =
        matches!(first, '-' | '–' | '—' | '(' | ':' | '=') && rest.chars().any(char::is_alphabetic);
    let star = rest.to_lowercase().starts_with("star") || first == '★';
    (worded || star).then(|| digits.parse().ok()).flatten()
}

fn keys_of<'a>(
    written: impl Iterator<Item = Option<String>>,
    others: &[(u32, String)],
) -> Keys<'a> {
    let mut texts = Interner::default();
    let mut codes: Vec<u32> = written
        .map(|text| text.map_or(0, |text| texts.intern(&text)))
        .collect();
    for (row, text) in others {
        if !missing::is_missing(text) {
            codes[*row as usize] = texts.intern(text);
        }
    }
    Keys {
        codes: Cow::Owned(codes),
        texts: Cow::Owned(texts),
    }
}

/// A moment in one standard form.
pub fn written_instant(value: i64, days_only: bool) -> String {
    let day = Instant(value).date();
    if days_only {
        return day.to_string();
    }
    let seconds = value.rem_euclid(DAY_MS).div_euclid(1000);
    let (hours, minutes) = (
        seconds.div_euclid(3600),
        seconds.div_euclid(60).rem_euclid(60),
    );
    format!(
        "{day} {hours:02}:{minutes:02}:{:02}",
        seconds.rem_euclid(60)
    )
}

fn rows_where(marks: impl Iterator<Item = bool>) -> Vec<u32> {
    marks
        .enumerate()
        .filter(|(_, mark)| *mark)
        .map(|(row, _)| row as u32)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::table::ColumnBuilder;

    fn column(cells: &[&str]) -> Column {
        let mut builder = ColumnBuilder::new("c");
        for cell in cells {
            builder.push(cell);
        }
        builder.finish()
    }

    #[test]
    fn numbers_tell_missing_from_unreadable() {
        let cells = column(&["1,5", "", "N/A", "words", "11", "9 - very likely"])
            .numbers(Decimal::Comma, &[MissingCode::Number(11.0)]);
        assert_eq!(cells.invalid, [3]);
        let values: Vec<Option<f64>> = cells
            .values
            .iter()
            .map(|v| (!v.is_nan()).then_some(*v))
            .collect();
        assert_eq!(values, [Some(1.5), None, None, None, None, Some(9.0)]);
    }

    #[test]
    fn epoch_numbers_are_moments() {
        let cells = column(&["1735689600", "1735776000", ""]).instants(DateOrder::DayFirst, 0);
        assert_eq!(Instant(cells.values[0]).date().to_string(), "2025-01-01");
        assert_eq!(cells.values[2], NO_INSTANT);
        assert!(cells.invalid.is_empty());
    }

    #[test]
    fn words_for_nothing_have_no_key() {
        let column = column(&["a", "NULL", "b", ""]);
        assert_eq!(column.keys().codes.as_ref(), [1, 0, 3, 0]);
    }
}

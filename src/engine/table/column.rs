//! One column: its cells, held as compactly as their nature allows.

use super::cells::Cells;
use super::interner::Interner;
use super::keys::Keys;
use super::value::date::Stamp;
use super::value::serial::{self, Calendar, NumberDates};
use super::value::{date, duration, missing, number};
use crate::engine::base::Zone;
use crate::engine::options::{ClockForm, DateOrder, Decimal, MissingCode};

pub use super::instants::NO_INSTANT;

/// One column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// The header cell as written.
    pub name: String,
    /// Its cells.
    pub cells: Cells,
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

impl Column {
    /// How many rows.
    pub const fn len(&self) -> usize {
        self.cells.len()
    }

    /// Empties the cell of a row that turned out to be none, where it is held as written.
    ///
    /// In a column of one form the moment or number stays; the row is left out all the same.
    pub fn clear(&mut self, row: u32) {
        match &mut self.cells {
            Cells::Dictionary { codes, .. } => {
                if let Some(code) = codes.get_mut(row as usize) {
                    *code = 0;
                }
            }
            Cells::Long { filled, .. } => {
                if let Some(mark) = filled.get_mut(row as usize) {
                    *mark = false;
                }
            }
            Cells::Instants { others, .. }
            | Cells::Numbered { others, .. }
            | Cells::Decimals { others, .. } => others.retain(|(other, _)| *other != row),
        }
    }

    /// Whether it has no rows.
    pub const fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The column as keys: equal cells have equal numbers, words for nothing have none.
    pub fn keys(&self) -> Keys<'_> {
        Keys::of(&self.cells)
    }

    /// Whether its cells write numbers with percent signs, judged by the first filled ones.
    pub fn has_percent_signs(&self) -> bool {
        let Cells::Dictionary { texts, .. } = &self.cells else {
            return false;
        };
        let filled = texts.texts().filter(|text| !missing::is_missing(text));
        let mut first = filled.take(20).peekable();
        first.peek().is_some() && first.all(|text| text.contains('%'))
    }

    /// The column as numbers under a decimal mark, with codes that stand for "no answer".
    pub fn numbers(&self, decimal: Decimal, missing_codes: &[MissingCode]) -> NumberCells {
        self.read_numbers(decimal, missing_codes, |number| number, number_beside_words)
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
        let beside = |rows: usize, number: &dyn Fn(usize) -> Option<f64>| {
            let mut values: Vec<f64> = (0..rows)
                .map(|row| match number(row) {
                    Some(value) if !coded(value) => plain(value),
                    _ => f64::NAN,
                })
                .collect();
            let mut invalid = Vec::new();
            for (row, text) in self.cells.others() {
                match read_text(text) {
                    Read::Missing => {}
                    Read::Value(value) => values[*row as usize] = value,
                    Read::Invalid => invalid.push(*row),
                }
            }
            NumberCells { values, invalid }
        };
        let dictionary = |codes: &[u32], texts: &Interner| {
            let read: Vec<Read<f64>> = texts.texts().map(read_text).collect();
            let (values, invalid) = spread(codes, &read, f64::NAN);
            NumberCells { values, invalid }
        };
        // Where a number may be "no answer" as it is written, the texts decide.
        let by_value = missing_codes.iter().all(|code| match code {
            MissingCode::Text(word) => !word.bytes().any(|byte| byte.is_ascii_digit()),
            MissingCode::Number(_) => true,
        });
        match &self.cells {
            Cells::Dictionary { codes, texts } => dictionary(codes, texts),
            Cells::Decimals { numbers, .. } if by_value && decimal == Decimal::Point => {
                beside(numbers.rows(), &|row| numbers.number(row))
            }
            Cells::Numbered { ids, .. } if by_value && ids.is_exact() => {
                beside(ids.rows(), &|row| {
                    ids.number(row).map(|number| number as f64)
                })
            }
            Cells::Long { filled, .. } => NumberCells {
                values: vec![f64::NAN; filled.len()],
                invalid: rows_where(filled.iter().copied()),
            },
            _ => {
                let (codes, texts) = self.cells.as_dictionary();
                dictionary(&codes, &texts)
            }
        }
    }

    /// The column as moments in a zone. Days of a spreadsheet are
    /// those of the calendar from 1900.
    pub fn instants(&self, order: DateOrder, zone: &Zone) -> InstantCells {
        self.instants_in(order, zone, Calendar::From1900)
    }

    /// The same with days of a spreadsheet in another calendar.
    pub fn instants_in(&self, order: DateOrder, zone: &Zone, calendar: Calendar) -> InstantCells {
        let forms = (order, calendar);
        let written_anew = || {
            let (codes, texts) = self.cells.as_dictionary();
            dated_texts(&codes, &texts, forms, zone)
        };
        match &self.cells {
            Cells::Dictionary { codes, texts } => dated_texts(codes, texts, forms, zone),
            Cells::Instants { moments, others } => {
                let mut cells = InstantCells {
                    values: moments.in_zone(zone),
                    invalid: Vec::new(),
                    days_only: moments.days_only(),
                };
                cells.put_beside(others, |text| date::parse(text, order), zone);
                cells
            }
            Cells::Numbered { ids, .. } if ids.is_exact() => self
                .dated_numbers(
                    |row| ids.number(row).map(|number| number as f64),
                    forms,
                    zone,
                )
                .unwrap_or_else(written_anew),
            Cells::Decimals { numbers, .. } => self
                .dated_numbers(|row| numbers.number(row), forms, zone)
                .unwrap_or_else(written_anew),
            Cells::Numbered { .. } => written_anew(),
            Cells::Long { filled, .. } => InstantCells {
                values: vec![NO_INSTANT; filled.len()],
                invalid: rows_where(filled.iter().copied()),
                days_only: false,
            },
        }
    }

    /// Moments in plain numbers, where all of them count time since 1970 or days of a
    /// spreadsheet; `None` where the texts must be looked at.
    fn dated_numbers(
        &self,
        number: impl Fn(usize) -> Option<f64>,
        (order, calendar): (DateOrder, Calendar),
        zone: &Zone,
    ) -> Option<InstantCells> {
        let first = (0..self.len()).find(|row| number(*row).is_some())?;
        if date::read(&self.cells.text(first)).is_some() {
            return None;
        }
        let held = (0..self.len()).filter_map(&number);
        let others = self.cells.others();
        let beside = others.iter().filter_map(|(_, text)| serial::number(text));
        let counted = NumberDates::of(held.chain(beside))?.within(calendar);
        let mut days_only = true;
        let values = (0..self.len())
            .map(|row| {
                number(row).map_or(NO_INSTANT, |number| {
                    let stamp = counted.stamp(number);
                    days_only &= stamp.time_ms.is_none();
                    stamp.instant(zone).0
                })
            })
            .collect();
        let mut cells = InstantCells {
            values,
            invalid: Vec::new(),
            days_only,
        };
        let read = |text: &str| match serial::number(text) {
            Some(number) => Some(counted.stamp(number)),
            None => date::parse(text, order),
        };
        cells.put_beside(others, read, zone);
        Some(cells)
    }
}

impl InstantCells {
    /// Takes in the cells of another form than the column.
    fn put_beside(
        &mut self,
        others: &[(u32, String)],
        read: impl Fn(&str) -> Option<Stamp>,
        zone: &Zone,
    ) {
        for (row, text) in others.iter().filter(|(_, text)| !missing::is_missing(text)) {
            match read(text) {
                Some(stamp) => {
                    self.days_only &= stamp.time_ms.is_none();
                    self.values[*row as usize] = stamp.instant(zone).0;
                }
                None => self.invalid.push(*row),
            }
        }
    }
}

/// Moments in the texts of a dictionary.
fn dated_texts(
    codes: &[u32],
    texts: &Interner,
    (order, calendar): (DateOrder, Calendar),
    zone: &Zone,
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
                Read::Value(stamp.instant(zone).0)
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

/// The number before or behind a worded answer: `9 - very likely`, `5 (excellent)`, `4 stars`,
/// `Extremely likely - 10`, `Very good (5)`.
fn number_beside_words(text: &str) -> Option<f64> {
    leading_number(text).or_else(|| trailing_number(text))
}

fn trailing_number(text: &str) -> Option<f64> {
    let text = text.trim();
    let inner = text.strip_suffix([')', ']']).unwrap_or(text);
    let (words, digits) = inner.rsplit_once(['-', '–', '—', '(', '[', ':', '='])?;
    // A mark that joins words is no mark between an answer and its number: `Covid-19`.
    let parted = words.ends_with(' ') || text.len() > inner.len() || digits.starts_with(' ');
    let digits = digits.trim();
    let is_number = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    (parted && is_number && words.chars().any(char::is_alphabetic))
        .then(|| digits.parse().ok())
        .flatten()
}

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
    let word = rest.to_lowercase();
    let star = STARS.iter().any(|star| word.starts_with(star));
    (worded || star).then(|| digits.parse().ok()).flatten()
}

/// How words for stars begin.
const STARS: [&str; 8] = [
    "star", "★", "⭐", "stern", "étoile", "estrel", "stell", "sterren",
];

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
    use crate::engine::base::Instant;
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
        let cells =
            column(&["1735689600", "1735776000", ""]).instants(DateOrder::DayFirst, &Zone::UTC);
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

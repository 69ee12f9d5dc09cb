//! Finds out which cell of an uneven record belongs to which column, by what the columns hold.
//!
//! A record with a delimiter too many, or with one inside a cell that has no quotes, is read where
//! exactly one way to put its cells fits all columns. Nothing is ever moved on a guess.

use super::super::options::{DateOrder, Decimal};
use super::super::table::value::{date, missing, number};
use super::header::is_value;

/// Fewer rows than this say little about a column.
const FEWEST_ROWS: usize = 8;

/// Fewer filled cells than this say nothing about a column.
const FEWEST_CELLS: usize = 5;

/// After so many uneven records the file is no table with faults; the others are left out unread.
const MOST_ALIGNED: u32 = 20_000;

/// What the cells of a column have in common.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Look {
    /// Too few cells to tell.
    Unknown,
    /// With at most so many digits behind the last mark.
    Number(usize),
    Date,
    /// Letters, digits and marks in one order, such as `R-0001`.
    Mask(String),
    /// One of a few texts.
    Few(Vec<String>),
    /// Any text that is no number and no date.
    Text,
    /// Numbers, dates and texts.
    Any,
}

/// What the columns of a table hold.
#[derive(Clone, Debug)]
pub struct Looks {
    /// A column's look, and whether some of its cells are empty.
    columns: Vec<(Look, bool)>,
    delimiter: char,
    /// Rows often have a delimiter behind their last cell.
    trailing: bool,
    /// Rows often end before the last cell.
    short: bool,
    aligned: u32,
}

/// The ways in which the cells of a record fit the columns.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Aligned {
    /// Only so, a cell a column.
    OneWay(Vec<String>),
    /// Nobody can say which is right.
    SeveralWays,
    /// None.
    NoWay,
}

impl Looks {
    /// The looks of a table's columns by its first rows; absent where these are too few.
    pub fn of(rows: &[Vec<String>], width: usize, delimiter: u8) -> Option<Self> {
        let even: Vec<&Vec<String>> = rows.iter().filter(|row| row.len() == width).collect();
        let is_trailing = |row: &&Vec<String>| {
            row.len() > width && row.iter().skip(width).all(|cell| cell.trim().is_empty())
        };
        let behind: Vec<&Vec<String>> = rows.iter().filter(is_trailing).collect();
        let trailing = behind.len() * 10 > rows.len();
        let short = rows.iter().filter(|row| row.len() < width).count() * 20 > rows.len();
        let used = if trailing {
            [even, behind].concat()
        } else {
            even
        };
        if width < 2 || used.len() < FEWEST_ROWS {
            return None;
        }
        let column = |place: usize| {
            let cells = used
                .iter()
                .filter_map(|row| row.get(place))
                .map(|it| it.trim());
            look(&cells.collect::<Vec<_>>())
        };
        Some(Self {
            columns: (0..width).map(column).collect(),
            delimiter: char::from(delimiter),
            trailing,
            short,
            aligned: 0,
        })
    }

    /// Whether these cells fit the columns from the first on.
    pub fn fit(&self, cells: &[String]) -> bool {
        cells
            .iter()
            .zip(&self.columns)
            .all(|(cell, column)| fits(cell, column))
    }

    /// Whether the cell fits the column at this place.
    pub fn fit_at(&self, place: usize, cell: &str) -> bool {
        self.columns
            .get(place)
            .is_none_or(|column| fits(cell, column))
    }

    /// Whether rows often have a delimiter behind their last cell.
    pub const fn has_trailing(&self) -> bool {
        self.trailing
    }

    /// Whether rows often end before the last cell.
    pub const fn has_short(&self) -> bool {
        self.short
    }

    /// The cells of a record that has too many, a cell a column.
    pub fn align(&mut self, cells: &[String]) -> Aligned {
        self.aligned += 1;
        if self.aligned > MOST_ALIGNED {
            return Aligned::NoWay;
        }
        if let Some(joined) = self.unescaped(cells) {
            return Aligned::OneWay(joined);
        }
        let width = self.columns.len();
        let more = cells.len().saturating_sub(width);
        let from_left = cells
            .iter()
            .zip(&self.columns)
            .take_while(|(cell, column)| fits(cell, column))
            .count();
        let from_right = cells
            .iter()
            .rev()
            .zip(self.columns.iter().rev())
            .take_while(|(cell, column)| fits(cell, column))
            .count();
        let mut found = Aligned::NoWay;
        for place in width.saturating_sub(from_right + 1)..=from_left.min(width - 1) {
            let Some((left, rest)) = cells.split_at_checked(place) else {
                break;
            };
            let Some((within, right)) = rest.split_at_checked(more + 1) else {
                break;
            };
            let joined = self.joined(within);
            let column = self.columns.get(place);
            if column.is_none_or(|column| !fits(&joined, column)) {
                continue;
            }
            let row = Aligned::OneWay([left, &[joined], right].concat());
            if found != Aligned::NoWay && found != row {
                return Aligned::SeveralWays;
            }
            found = row;
        }
        found
    }

    /// One cell of several: empty ones come from a delimiter too many, filled ones had one between.
    fn joined(&self, cells: &[String]) -> String {
        let mut filled = cells.iter().filter(|cell| !cell.trim().is_empty());
        match (filled.next(), filled.next()) {
            (None, _) => String::new(),
            (Some(one), None) => one.clone(),
            _ => cells.join(self.delimiter.encode_utf8(&mut [0; 4])),
        }
    }

    /// The cells, where a backslash before a delimiter says that it is a character like any other.
    fn unescaped(&self, cells: &[String]) -> Option<Vec<String>> {
        let mut joined: Vec<String> = Vec::with_capacity(self.columns.len());
        let mut open = false;
        for cell in cells {
            match joined.last_mut().filter(|_| open) {
                Some(last) => {
                    last.pop();
                    last.push(self.delimiter);
                    last.push_str(cell);
                }
                None => joined.push(cell.clone()),
            }
            let slashes = cell.len() - cell.trim_end_matches('\\').len();
            open = slashes % 2 == 1;
        }
        (!open && joined.len() == self.columns.len()).then_some(joined)
    }
}

/// What the cells have in common, and whether some are empty. One odd cell in twenty is a fault.
fn look(cells: &[&str]) -> (Look, bool) {
    let filled: Vec<&str> = cells
        .iter()
        .copied()
        .filter(|it| !missing::is_missing(it))
        .collect();
    let some_empty = filled.len() < cells.len();
    let most = |count: usize| count * 20 >= filled.len() * 19;
    if filled.len() < FEWEST_CELLS {
        return (Look::Unknown, true);
    }
    let numbers = filled.iter().filter(|it| is_number(it)).count();
    let dates = filled.iter().filter(|it| is_date(it)).count();
    let values = filled.iter().filter(|it| is_value(it)).count();
    let mut texts: Vec<String> = filled.iter().map(|it| (*it).to_owned()).collect();
    texts.sort_unstable();
    texts.dedup();
    let masks: Vec<String> = filled.iter().map(|it| mask(it)).collect();
    let usual = masks.first().cloned().unwrap_or_default();
    let look = if most(dates) {
        Look::Date
    } else if most(numbers) {
        let digits = filled.iter().map(|it| digits_behind(it));
        Look::Number(digits.max().unwrap_or(0))
    } else if values > 0 && !most(filled.len() - values) {
        Look::Any
    } else if texts.len() * 4 <= filled.len() {
        Look::Few(texts)
    } else if usual.contains('9') && most(masks.iter().filter(|it| **it == usual).count()) {
        Look::Mask(usual)
    } else {
        Look::Text
    };
    (look, some_empty)
}

fn fits(cell: &str, (look, some_empty): &(Look, bool)) -> bool {
    let cell = cell.trim();
    if missing::is_missing(cell) {
        return *some_empty;
    }
    match look {
        Look::Unknown | Look::Any => true,
        Look::Number(digits) => is_number(cell) && digits_behind(cell) <= *digits,
        Look::Date => is_date(cell),
        Look::Mask(usual) => mask(cell) == *usual,
        Look::Few(texts) => texts.iter().any(|text| text == cell),
        Look::Text => !is_value(cell),
    }
}

/// Digits behind the last point or comma.
fn digits_behind(text: &str) -> usize {
    let behind = text
        .rsplit_once(['.', ','])
        .map_or("", |(_, behind)| behind);
    behind.bytes().filter(u8::is_ascii_digit).count()
}

fn is_number(text: &str) -> bool {
    number::parse(text, Decimal::Point).is_some() || number::parse(text, Decimal::Comma).is_some()
}

fn is_date(text: &str) -> bool {
    let either = [DateOrder::DayFirst, DateOrder::MonthFirst];
    either
        .into_iter()
        .any(|order| date::parse(text, order).is_some())
}

/// Runs of letters as `a`, runs of digits as `9`, all else as it is.
fn mask(text: &str) -> String {
    let mut mask = String::new();
    for character in text.chars() {
        let sign = match character {
            it if it.is_alphabetic() => 'a',
            it if it.is_numeric() => '9',
            it => it,
        };
        if !(matches!(sign, 'a' | '9') && mask.ends_with(sign)) {
            mask.push(sign);
        }
    }
    mask
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    fn looks() -> Looks {
        let row = |row: usize| {
            let state = if row.is_multiple_of(3) { "" } else { "open" };
            cells(&format!(
                "T-{row},2025-01-{:02},{},{state},{}",
                row + 1,
                ["slow", "it is slow", "no: never", "hm?"][row % 4].repeat(row + 1),
                row * 7
            ))
        };
        let rows: Vec<Vec<String>> = (0..20).map(row).collect();
        Looks::of(&rows, 5, b',').unwrap()
    }

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let read = looks().align(&cells(line));
        let row = expected.split('|').map(str::to_owned).collect();
        assert_eq!(read, Aligned::OneWay(row), "{line}");
    }

    #[test]
    fn a_delimiter_too_many_is_found_by_what_columns_hold() {
        check("T-5,,2025-01-05,x y,open,3", "T-5|2025-01-05|x y|open|3");
        check("T-5,2025-01-05,x,,open,3", "T-5|2025-01-05|x|open|3");
        check("T-5,2025-01-05,x y,open,3,", "T-5|2025-01-05|x y|open|3");
        check(
            "T-5,2025-01-05,one, two, three,open,3",
            "T-5|2025-01-05|one, two, three|open|3",
        );
        check(
            "T-5,2025-01-05,one\\,two,open,3",
            "T-5|2025-01-05|one,two|open|3",
        );
    }

    #[test]
    fn what_fits_in_two_ways_is_not_read() {
        let row = |row: usize| cells(&format!("a b {row},{},{}", row * 3 % 7, ["", "4"][row % 2]));
        let rows: Vec<Vec<String>> = (0..20).map(row).collect();
        let mut looks = Looks::of(&rows, 3, b',').unwrap();
        assert_eq!(
            looks.align(&cells("a b 5,6,,")),
            Aligned::OneWay(cells("a b 5,6,"))
        );
        assert_eq!(looks.align(&cells("a b 5,6,7,8")), Aligned::NoWay);
        let rows: Vec<Vec<String>> = (0..20)
            .map(|row| cells(&format!("a {row},1,,{row}")))
            .collect();
        let mut looks = Looks::of(&[rows, vec![cells("a 1,2,3,")]].concat(), 4, b',').unwrap();
        assert_eq!(looks.align(&cells("a 5,6,,7,")), Aligned::SeveralWays);
    }

    #[test]
    fn cells_that_stand_in_the_wrong_column_do_not_fit() {
        let looks = looks();
        assert!(looks.fit(&cells("T-5,2025-01-05,x")));
        assert!(!looks.fit(&cells("T-52025-01-05,x,open,3")));
        assert!(!looks.fit(&cells("Generated by someone")));
    }
}

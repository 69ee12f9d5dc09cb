//! Builds a column cell by cell, in one pass, without knowing its nature beforehand.
//!
//! Every column begins as a dictionary, which keeps cells as written. Where the cells turn out to
//! be nearly all different, a dictionary wastes memory; then it is turned into moments or numbers,
//! if all its texts have one exact form, or into free text, if they are long. What does not fit
//! later is kept beside, as written.

use super::column::{Cells, Column, NO_INSTANT};
use super::interner::Interner;
use super::value::date::{self, Stamp};
use super::value::missing;

/// A column under construction.
#[derive(Debug)]
pub struct ColumnBuilder {
    name: String,
    cells: Cells,
    next_check: usize,
}

/// The first size of a dictionary at which its worth is looked at.
const FIRST_CHECK: usize = 4_096;

/// Mean bytes of a text from which nearly all different texts are taken for prose.
const PROSE_BYTES: usize = 40;

impl ColumnBuilder {
    /// An empty column with this header.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            cells: Cells::Dictionary {
                codes: Vec::new(),
                texts: Interner::default(),
            },
            next_check: FIRST_CHECK,
        }
    }

    /// The next cell.
    pub fn push(&mut self, cell: &str) {
        match &mut self.cells {
            Cells::Dictionary { codes, texts } => {
                codes.push(texts.intern(cell));
                if texts.len() >= self.next_check {
                    self.reconsider();
                }
            }
            Cells::Instants {
                values,
                zoned,
                days_only,
                others,
            } => {
                let row = values.len() as u32;
                match date::parse_iso(cell.as_bytes()) {
                    Some(stamp)
                        if stamp.offset_minutes.is_some() == *zoned
                            && stamp.time_ms.is_none() == *days_only =>
                    {
                        values.push(stamp.instant(0).0);
                    }
                    _ => {
                        values.push(NO_INSTANT);
                        if !cell.is_empty() {
                            others.push((row, cell.to_owned()));
                        }
                    }
                }
            }
            Cells::Numbers { values, others } => {
                let row = values.len() as u32;
                if let Some(value) = plain_number(cell) {
                    values.push(value);
                } else {
                    values.push(f64::NAN);
                    if !cell.is_empty() {
                        others.push((row, cell.to_owned()));
                    }
                }
            }
            Cells::Long { filled } => filled.push(!missing::is_missing(cell)),
        }
    }

    /// The column as built.
    pub fn finish(self) -> Column {
        Column {
            name: self.name,
            cells: self.cells,
        }
    }

    /// Looks whether the dictionary is worth its memory.
    fn reconsider(&mut self) {
        let Cells::Dictionary { codes, texts } = &self.cells else {
            return;
        };
        self.next_check = texts.len() * 2;
        if texts.len() * 2 < codes.len() {
            return;
        }
        if let Some(cells) = as_instants(codes, texts)
            .or_else(|| as_numbers(codes, texts))
            .or_else(|| as_prose(codes, texts))
        {
            self.cells = cells;
        }
    }
}

fn as_instants(codes: &[u32], texts: &Interner) -> Option<Cells> {
    let first = date::parse_iso(texts.text(1).as_bytes())?;
    let (zoned, days_only) = (first.offset_minutes.is_some(), first.time_ms.is_none());
    let mut moments = vec![NO_INSTANT];
    for text in texts.texts().skip(1) {
        let stamp: Stamp = date::parse_iso(text.as_bytes())?;
        if stamp.offset_minutes.is_some() != zoned || stamp.time_ms.is_none() != days_only {
            return None;
        }
        moments.push(stamp.instant(0).0);
    }
    let values = codes.iter().map(|&code| moments[code as usize]).collect();
    Some(Cells::Instants {
        values,
        zoned,
        days_only,
        others: Vec::new(),
    })
}

fn as_numbers(codes: &[u32], texts: &Interner) -> Option<Cells> {
    let mut numbers = vec![f64::NAN];
    for text in texts.texts().skip(1) {
        numbers.push(plain_number(text)?);
    }
    let values = codes.iter().map(|&code| numbers[code as usize]).collect();
    Some(Cells::Numbers {
        values,
        others: Vec::new(),
    })
}

fn as_prose(codes: &[u32], texts: &Interner) -> Option<Cells> {
    if texts.text_bytes() < texts.len() * PROSE_BYTES {
        return None;
    }
    let filled = codes
        .iter()
        .map(|&code| code != 0 && !missing::is_missing(texts.text(code)))
        .collect();
    Some(Cells::Long { filled })
}

/// A number that is written in one way only, so that nothing is lost when its text is dropped:
/// digits with a decimal point and without grouping, no zero in front, at most 15 digits, and at
/// least one decimal place, because whole numbers may be ids.
fn plain_number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, places) = digits.split_once('.')?;
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let canonical = all_digits(whole)
        && all_digits(places)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && whole.len() + places.len() <= 15
        // Three places after one to three digits could be grouping: 1.234.
        && (places.len() != 3 || whole == "0" || whole.len() > 3);
    if !canonical {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::options::{DateOrder, Decimal};

    #[test]
    fn many_different_moments_are_held_as_moments_and_odd_cells_beside() {
        let mut builder = ColumnBuilder::new("at");
        for second in 0..10_000_i32 {
            builder.push(&format!(
                "2024-01-01T{:02}:{:02}:{:02}Z",
                second.div_euclid(3600),
                second.div_euclid(60) % 60,
                second % 60
            ));
        }
        builder.push("");
        builder.push("soon");
        let column = builder.finish();
        assert!(matches!(column.cells, Cells::Instants { zoned: true, .. }));
        let cells = column.instants(DateOrder::DayFirst, 0);
        assert_eq!(cells.values[9_999] - cells.values[0], 9_999_000);
        assert_eq!(cells.invalid, [10_001]);
    }

    #[test]
    fn many_different_amounts_are_held_as_numbers() {
        let mut builder = ColumnBuilder::new("amount");
        for cents in 0..9_000 {
            builder.push(&format!("{:.2}", f64::from(cents) / 7.0));
        }
        let column = builder.finish();
        assert!(matches!(column.cells, Cells::Numbers { .. }));
        assert!(column.numbers(Decimal::Point, &[]).invalid.is_empty());
    }

    #[test]
    fn a_number_of_another_form_among_held_numbers_is_still_read() {
        let mut builder = ColumnBuilder::new("amount");
        for cents in 0..9_000 {
            builder.push(&format!("{:.2}", f64::from(cents) / 7.0));
        }
        builder.push("1.234");
        builder.push("7");
        builder.push("seven");
        let cells = builder.finish().numbers(Decimal::Point, &[]);
        assert_eq!(cells.values[9_000].to_bits(), 1.234_f64.to_bits());
        assert_eq!(cells.values[9_001].to_bits(), 7.0_f64.to_bits());
        assert_eq!(cells.invalid, [9_002]);
    }

    #[test]
    fn many_different_ids_stay_as_written() {
        let mut builder = ColumnBuilder::new("id");
        for id in 0..9_000 {
            builder.push(&format!("{id:06}"));
        }
        let column = builder.finish();
        assert_eq!(column.keys().texts.text(8), "000007");
    }
}

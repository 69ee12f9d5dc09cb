//! Ids of one form, such as `T0000123`: the same beginning, then digits. Held as numbers that can
//! be written back as they stood.

use std::collections::TryReserveError;

use super::eight::{digits, equal};

/// The longest beginning that is looked for.
const LONGEST_PREFIX: usize = 24;

/// The most digits whose number fits into 64 bits whatever they are.
const MOST_DIGITS: usize = 19;

/// Ids of a column, one a row.
#[derive(Clone, Debug)]
pub struct Numbered {
    prefix: String,
    /// Digits at least: shorter numbers have zeros in front, and no longer ones have.
    width: usize,
    numbers: Numbers,
}

/// The numbers, as narrow as they allow. The largest number of each width is empty.
#[derive(Clone, Debug)]
enum Numbers {
    Narrow(Vec<u32>),
    Wide(Vec<u64>),
}

/// The beginning of an id, and how many digits follow it.
fn parts(text: &str) -> Option<(&str, usize)> {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (prefix, _) = text.split_at_checked(text.len() - digits)?;
    ((1..=MOST_DIGITS).contains(&digits) && prefix.len() <= LONGEST_PREFIX)
        .then_some((prefix, digits))
}

impl Numbered {
    /// No ids yet, of the form that all these texts have; `None` where they have none in common.
    pub fn like<'a>(mut texts: impl Iterator<Item = &'a str>) -> Option<Self> {
        let (prefix, mut width) = parts(texts.next()?)?;
        for text in texts {
            let (other, digits) = parts(text)?;
            if other != prefix {
                return None;
            }
            width = width.min(digits);
        }
        Some(Self {
            prefix: prefix.to_owned(),
            width,
            numbers: Numbers::Narrow(Vec::new()),
        })
    }

    /// What stands before the digits.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether every id is a plain whole number, exact as a floating-point number: nothing before
    /// it, no zeros in front, and at most 15 digits.
    pub fn is_exact(&self) -> bool {
        let below = 1_000_000_000_000_000;
        self.prefix.is_empty()
            && self.width == 1
            && self.range().is_none_or(|(_, high)| high < below)
    }

    /// How many rows.
    pub const fn rows(&self) -> usize {
        match &self.numbers {
            Numbers::Narrow(numbers) => numbers.len(),
            Numbers::Wide(numbers) => numbers.len(),
        }
    }

    /// The number of a row; `None` for an empty row.
    #[inline]
    pub fn number(&self, row: usize) -> Option<u64> {
        match &self.numbers {
            Numbers::Narrow(numbers) => numbers
                .get(row)
                .filter(|number| **number != u32::MAX)
                .map(|number| u64::from(*number)),
            Numbers::Wide(numbers) => numbers
                .get(row)
                .copied()
                .filter(|number| *number != u64::MAX),
        }
    }

    /// Makes room for so many more rows.
    pub fn try_reserve(&mut self, rows: usize) -> Result<(), TryReserveError> {
        match &mut self.numbers {
            Numbers::Narrow(numbers) => numbers.try_reserve_exact(rows),
            Numbers::Wide(numbers) => numbers.try_reserve_exact(rows),
        }
    }

    /// The next row, empty.
    pub fn push_empty(&mut self) {
        match &mut self.numbers {
            Numbers::Narrow(numbers) => numbers.push(u32::MAX),
            Numbers::Wide(numbers) => numbers.push(u64::MAX),
        }
    }

    /// The next row; nothing is put where the text is not of the form.
    #[inline]
    pub fn push_at(&mut self, bytes: &[u8], at: usize, len: usize) -> bool {
        let Some(number) = self.read(bytes, at, len) else {
            return false;
        };
        match &mut self.numbers {
            Numbers::Narrow(numbers) => {
                if number < u64::from(u32::MAX) {
                    numbers.push(number as u32);
                } else {
                    self.widen(number);
                }
            }
            Numbers::Wide(numbers) => numbers.push(number),
        }
        true
    }

    #[inline]
    fn read(&self, bytes: &[u8], at: usize, len: usize) -> Option<u64> {
        let prefix = self.prefix.as_bytes();
        let count = len.checked_sub(prefix.len())?;
        if count < self.width || !equal(prefix, 0, bytes, at, prefix.len()) {
            return None;
        }
        let first = at + prefix.len();
        // A zero in front of more digits than usual would be lost.
        if count > self.width && bytes.get(first) == Some(&b'0') {
            return None;
        }
        digits(bytes, first, count)
    }

    #[cold]
    fn widen(&mut self, next: u64) {
        if let Numbers::Narrow(numbers) = &self.numbers {
            let wide = numbers
                .iter()
                .map(|&number| {
                    if number == u32::MAX {
                        u64::MAX
                    } else {
                        u64::from(number)
                    }
                })
                .chain([next])
                .collect();
            self.numbers = Numbers::Wide(wide);
        }
    }

    /// Writes the id of a number.
    pub fn write(&self, number: u64, text: &mut String) {
        text.push_str(&self.prefix);
        let digits = number.to_string();
        text.extend(std::iter::repeat_n(
            '0',
            self.width.saturating_sub(digits.len()),
        ));
        text.push_str(&digits);
    }

    /// The smallest and the largest number.
    pub fn range(&self) -> Option<(u64, u64)> {
        let mut range = None;
        for number in (0..self.rows()).filter_map(|row| self.number(row)) {
            let (low, high) = range.unwrap_or((number, number));
            range = Some((number.min(low), number.max(high)));
        }
        range
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: &[&str], fits: &[&str], others: &[&str]) {
        let mut ids = Numbered::like(form.iter().copied()).unwrap();
        for text in form.iter().chain(fits) {
            let line = format!("7{text},1");
            assert!(ids.push_at(line.as_bytes(), 1, text.len()), "{text}");
            let mut written = String::new();
            ids.write(ids.number(ids.rows() - 1).unwrap(), &mut written);
            assert_eq!(written, *text);
        }
        for text in others {
            assert!(!ids.push_at(text.as_bytes(), 0, text.len()), "{text}");
        }
    }

    #[test]
    fn ids_are_written_back_as_they_stood() {
        check(
            &["T0000001", "T0000002"],
            &["T9999999", "T12345678", "T0000000"],
            &[
                "",
                "T",
                "T000001",
                "T00000001",
                "t0000001",
                "T000000x",
                "0000001",
                "TT0000001",
            ],
        );
        check(
            &["CUST-42", "CUST-7"],
            &[
                "CUST-0",
                "CUST-4294967295",
                "CUST-9999999999999999999",
                "CUST-1",
            ],
            &["CUST-07", "CUST-12345678901234567890", "CUST--1"],
        );
        check(
            &["10", "9"],
            &["0", "18446744073709551"],
            &["00", "-1", "1.0"],
        );
        check(&["Größe-1"], &["Größe-2"], &["Grösse-2"]);
    }

    #[test]
    fn texts_without_a_common_beginning_are_no_ids() {
        for texts in [
            ["a1", "b1"].as_slice(),
            &["a"],
            &["1-"],
            &["a1", "a1b"],
            &[],
        ] {
            assert!(Numbered::like(texts.iter().copied()).is_none(), "{texts:?}");
        }
    }
}

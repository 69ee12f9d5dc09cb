//! Numbers with decimal places, held so that they can be written back as they stood.

use std::collections::TryReserveError;

use super::eight::digits;

/// Stands for an empty row.
const EMPTY: i64 = i64::MIN;

/// The most digits of a number: all of them are exact as a floating-point number.
const MOST_DIGITS: usize = 15;

const POWERS: [f64; 16] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

/// Numbers of a column, one a row: all digits as one whole number, times sixteen, plus the count
/// of decimal places.
#[derive(Clone, Debug, Default)]
pub struct Decimals {
    packed: Vec<i64>,
}

impl Decimals {
    /// How many rows.
    pub const fn rows(&self) -> usize {
        self.packed.len()
    }

    /// Makes room for so many more rows.
    pub fn try_reserve(&mut self, rows: usize) -> Result<(), TryReserveError> {
        self.packed.try_reserve_exact(rows)
    }

    /// The next row, empty.
    pub fn push_empty(&mut self) {
        self.packed.push(EMPTY);
    }

    /// The next row; nothing is put where the text is not of the form.
    #[inline]
    pub fn push_at(&mut self, bytes: &[u8], at: usize, len: usize) -> bool {
        let Some(packed) = bytes.get(at..at + len).and_then(pack) else {
            return false;
        };
        self.packed.push(packed);
        true
    }

    /// The number of a row; `None` for an empty row.
    #[inline]
    pub fn number(&self, row: usize) -> Option<f64> {
        let packed = *self.packed.get(row)?;
        // Both are exact, so one division gives the nearest number.
        (packed != EMPTY).then(|| (packed >> 4) as f64 / POWERS[(packed & 15) as usize])
    }

    /// Whether the number of a row is written like a year and a month: `2024.01` or `01.2024`.
    pub fn may_be_month(&self, row: usize) -> bool {
        let packed = self.packed.get(row).copied().unwrap_or(EMPTY);
        let (digits, places) = ((packed >> 4).unsigned_abs(), packed & 15);
        match places {
            1 => (10_000..100_000).contains(&digits),
            2 => (100_000..1_000_000).contains(&digits),
            4 => (10_000..1_000_000).contains(&digits),
            _ => false,
        }
    }

    /// The cell of a row as it stood; empty for an empty row.
    pub fn text(&self, row: usize) -> String {
        let packed = self.packed.get(row).copied().unwrap_or(EMPTY);
        if packed == EMPTY {
            return String::new();
        }
        let (number, places) = (packed >> 4, (packed & 15) as u32);
        let power = 10_u64.pow(places);
        let digits = number.unsigned_abs();
        format!(
            "{}{}.{:0width$}",
            if number < 0 { "-" } else { "" },
            digits.div_euclid(power),
            digits.rem_euclid(power),
            width = places as usize
        )
    }
}

/// A number that is written in one way only: digits with a decimal point and without grouping, no
/// zero in front, at most 15 digits, and at least one decimal place, because whole numbers may be
/// ids.
fn pack(text: &[u8]) -> Option<i64> {
    let (negative, unsigned) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let whole_len = unsigned.iter().position(|byte| *byte == b'.')?;
    let places = unsigned.len() - whole_len - 1;
    let leading_zero = whole_len > 1 && unsigned.first() == Some(&b'0');
    // Three places after one to three digits could be grouping: 1.234.
    let grouping = places == 3 && whole_len <= 3 && unsigned.first() != Some(&b'0');
    if whole_len == 0 || places == 0 || whole_len + places > MOST_DIGITS || leading_zero || grouping
    {
        return None;
    }
    let whole = digits(unsigned, 0, whole_len)?;
    let part = digits(unsigned, whole_len + 1, places)?;
    let number = (whole * 10_u64.pow(places as u32) + part).cast_signed();
    // The sign of -0.0 would be lost.
    if negative && number == 0 {
        return None;
    }
    let signed = if negative { -number } else { number };
    Some(signed << 4 | places as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::options::Decimal;
    use crate::engine::table::value::number;

    #[test]
    fn decimals_are_written_back_as_they_stood_and_mean_what_they_say() {
        let mut decimals = Decimals::default();
        for text in [
            "0.5",
            "1.50",
            "-12.25",
            "0.944",
            "1234.567",
            "-0.05",
            "99999999999999.9",
            "1.0",
            "0.00",
            "7.00000000000000",
        ] {
            assert!(decimals.push_at(text.as_bytes(), 0, text.len()), "{text}");
            let row = decimals.rows() - 1;
            assert_eq!(decimals.text(row), text);
            assert_eq!(
                decimals.number(row).map(f64::to_bits),
                number::parse(text, Decimal::Point).map(f64::to_bits)
            );
        }
    }

    #[test]
    fn what_could_be_read_or_written_otherwise_does_not_fit() {
        for text in [
            "",
            ".",
            "1",
            "1.",
            ".5",
            "1.234",
            "12.345",
            "01.5",
            "-0.0",
            "1,5",
            "1.5e3",
            "+1.5",
            "--1.5",
            "1.2.3",
            "1234567890.123456",
            "1.5 ",
        ] {
            let mut decimals = Decimals::default();
            assert!(!decimals.push_at(text.as_bytes(), 0, text.len()), "{text}");
        }
    }
}

//! Numbers and amounts as people write them: grouping, decimal marks, currencies, percent.

use super::fold;
use super::money::{self, Currency};
use crate::engine::options::Decimal;

/// What one cell says about the column's decimal mark.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Evidence {
    /// Not a number under either reading.
    NotANumber,
    /// A number with neither mark, the same under both readings.
    Plain,
    /// Only a decimal point fits.
    Point,
    /// Only a decimal comma fits.
    Comma,
    /// Both fit and differ: `1,234` is 1234 or 1.234.
    Either,
}

/// What the cell says about the decimal mark.
pub fn evidence(text: &str) -> Evidence {
    evidence_of(both(text))
}

/// The number with a decimal point, and with a decimal comma.
pub fn both(text: &str) -> (Option<f64>, Option<f64>) {
    if let Some(whole) = parse_digits(text.as_bytes()) {
        return (Some(whole), Some(whole));
    }
    if is_hopeless(text.as_bytes()) {
        return (None, None);
    }
    let folded = fold::plain(text);
    let point = parse_folded(&folded, Decimal::Point);
    if !folded.contains(['.', ',', '٫', '٬']) {
        return (point, point);
    }
    (point, parse_folded(&folded, Decimal::Comma))
}

/// Whether a look at the characters rules out a number, as it does for most dates, times and ids.
fn is_hopeless(bytes: &[u8]) -> bool {
    let mut after_digit = false;
    for (place, byte) in bytes.iter().enumerate() {
        match byte {
            b':' | b'_' | b'@' | b'#' | b'=' | b';' | b'&' | b'*' | b'"' | b'<' | b'|' => {
                return true;
            }
            // A hyphen between digits, or a slash behind one.
            b'/' if after_digit => return true,
            b'-' if after_digit && bytes.get(place + 1).is_some_and(u8::is_ascii_digit) => {
                return true;
            }
            _ => {}
        }
        after_digit = byte.is_ascii_digit();
    }
    false
}

/// What both readings of a cell say together about the decimal mark.
pub const fn evidence_of(readings: (Option<f64>, Option<f64>)) -> Evidence {
    match readings {
        (None, None) => Evidence::NotANumber,
        (Some(_), None) => Evidence::Point,
        (None, Some(_)) => Evidence::Comma,
        (Some(a), Some(b)) if a.to_bits() == b.to_bits() => Evidence::Plain,
        (Some(_), Some(_)) => Evidence::Either,
    }
}

/// The number in the cell under the given decimal mark; `None` where the whole cell is not one.
///
/// Understands digits of all scripts, one sign, brackets or a minus behind for negatives, one
/// currency before or after, one percent sign (divides by 100), and grouping by the other mark,
/// blanks or apostrophes in threes (and in twos after the first three, as in India). The Arabic
/// marks `٫` and `٬` are what they are under either. Never NaN, infinite or negative zero.
pub fn parse(text: &str, decimal: Decimal) -> Option<f64> {
    if let Some(fast) = parse_plain(text.as_bytes(), decimal) {
        return Some(fast);
    }
    if is_hopeless(text.as_bytes()) {
        return None;
    }
    parse_folded(&fold::plain(text), decimal)
}

/// The currency beside the number, where there is one under either mark.
pub(super) fn currency(text: &str) -> Option<Currency> {
    if is_hopeless(text.as_bytes()) {
        return None;
    }
    let folded = fold::plain(text);
    [Decimal::Point, Decimal::Comma]
        .into_iter()
        .find_map(|decimal| {
            let amount = Amount::of(&folded, decimal)?;
            parse_magnitude(&amount, decimal)?;
            amount.currency
        })
}

fn parse_folded(text: &str, decimal: Decimal) -> Option<f64> {
    if let Some(fast) = parse_plain(text.as_bytes(), decimal) {
        return Some(fast);
    }
    let amount = Amount::of(text, decimal)?;
    let magnitude = parse_magnitude(&amount, decimal)?;
    let value = if amount.percent {
        magnitude / 100.0
    } else {
        magnitude
    };
    Some(if amount.negative { 0.0 - value } else { value })
}

/// The common case without allocation: an optional minus, digits, at most one decimal mark.
fn parse_plain(bytes: &[u8], decimal: Decimal) -> Option<f64> {
    let (negative, digits) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        all => (false, all),
    };
    let mark = match decimal {
        Decimal::Point => b'.',
        Decimal::Comma => b',',
    };
    let mut mantissa = 0_u64;
    let mut count = 0_u32;
    let mut decimals: Option<u32> = None;
    for &byte in digits {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + u64::from(byte - b'0');
                count += 1;
                if count > 15 {
                    return None;
                }
                if let Some(places) = decimals.as_mut() {
                    *places += 1;
                }
            }
            _ if byte == mark && decimals.is_none() => decimals = Some(0),
            _ => return None,
        }
    }
    if count == 0 {
        return None;
    }
    // Both are exact below 2^53 and 10^22, so one division gives the nearest number.
    let value = mantissa as f64 / POWERS.get(decimals.unwrap_or(0) as usize)?;
    // No negative zero: `-0` is the same number as `0`.
    Some(if negative { 0.0 - value } else { value })
}

const POWERS: [f64; 16] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

/// Digits alone, the most frequent cell of all.
fn parse_digits(bytes: &[u8]) -> Option<f64> {
    if bytes.is_empty() || bytes.len() > 15 {
        return None;
    }
    let mut number = 0_u64;
    for byte in bytes {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + u64::from(byte - b'0');
    }
    Some(number as f64)
}

/// An amount taken apart: its digits with their marks, and what stands around them.
struct Amount<'a> {
    /// From the first digit to the last, with a decimal mark before it where there is one.
    core: &'a str,
    negative: bool,
    percent: bool,
    currency: Option<Currency>,
}

/// What stands on one side of the digits.
#[derive(Default)]
struct Side<'a> {
    minus: u32,
    plus: u32,
    open: u32,
    close: u32,
    percent: u32,
    currency: Option<Currency>,
    /// What the currency is written as.
    word: &'a str,
}

impl<'a> Amount<'a> {
    fn of(text: &'a str, decimal: Decimal) -> Option<Self> {
        if text.len() > 64 {
            return None;
        }
        let first = text.bytes().position(|b| b.is_ascii_digit())?;
        let last = text.bytes().rposition(|b| b.is_ascii_digit())?;
        let (before, rest) = text.split_at_checked(first)?;
        let (mut core, mut after) = rest.split_at_checked(last + 1 - first)?;
        let mut before = before;
        let marks = match decimal {
            Decimal::Point => ['.', '٫'],
            Decimal::Comma => [',', '٫'],
        };
        // `.50` has its mark in front, but the dot of `Rs.50` belongs to the currency.
        if let Some(shorter) = before.strip_suffix(marks)
            && !shorter.ends_with(char::is_alphabetic)
        {
            (_, core) = text.split_at_checked(shorter.len())?;
            (core, _) = core.split_at_checked(last + 1 - shorter.len())?;
            before = shorter;
        }
        // `5.` and, on price lists, `5,-` and `5.—` are whole amounts.
        if !core.contains(marks)
            && let Some(shorter) = after.strip_prefix(marks)
        {
            let dashes = shorter.trim_start_matches(['-', '—']);
            if shorter.len() > dashes.len() || shorter.trim().is_empty() {
                after = dashes;
            }
        }
        let (left, right) = (Side::of(before)?, Side::of(after)?);
        let brackets = left.open == 1 && right.close == 1;
        let minus = left.minus + right.minus;
        let plus = left.plus + right.plus;
        let percent = left.percent + right.percent;
        let currency = match (left.currency, right.currency) {
            (Some(a), Some(b)) => Some(a.joined(b)?),
            (a, b) => a.or(b),
        };
        let consistent = left.open == right.close
            && left.close + right.open == 0
            && left.open <= 1
            && minus + plus + u32::from(brackets) <= 1
            && percent <= 1
            && (percent == 0 || currency.is_none());
        // `+49 30 123` is a telephone number, and `R1001` an id.
        let telephone = plus == 1 && core.contains(' ');
        let id = left.word.len() == 1
            && left.word.starts_with(|c: char| c.is_ascii_alphabetic())
            && before.ends_with(left.word)
            && core.bytes().all(|b| b.is_ascii_digit());
        (consistent && !telephone && !id).then_some(Self {
            core,
            negative: minus == 1 || brackets,
            percent: percent == 1,
            currency,
        })
    }
}

impl<'a> Side<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let mut side = Self::default();
        let mut rest = text.trim();
        loop {
            let (found, shorter) = if let Some(shorter) = rest.strip_prefix(is_sign) {
                (rest.chars().next(), shorter)
            } else if let Some(shorter) = rest.strip_suffix(is_sign) {
                (rest.chars().next_back(), shorter)
            } else {
                break;
            };
            match found? {
                '-' => side.minus += 1,
                '+' => side.plus += 1,
                '(' => side.open += 1,
                ')' => side.close += 1,
                _ => side.percent += 1,
            }
            rest = shorter.trim();
        }
        if !rest.is_empty() {
            side.currency = Some(money::mark(rest)?);
            side.word = rest;
        }
        Some(side)
    }
}

const fn is_sign(c: char) -> bool {
    matches!(c, '-' | '+' | '(' | ')' | '%')
}

fn parse_magnitude(amount: &Amount<'_>, decimal: Decimal) -> Option<f64> {
    let (mark, group) = match decimal {
        Decimal::Point => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    let core = amount.core;
    let (core, exponent) = match core.split_once(['e', 'E']) {
        Some((front, exponent)) => (front, Some(exponent)),
        None => (core, None),
    };
    let (whole, fraction) = match core.split_once([mark, '٫']) {
        Some((whole, fraction)) => (whole, fraction),
        None => (core, ""),
    };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // Amounts of a currency without minor units have no decimals: `JPY 1.234` is grouped.
    if fraction.len() == 3 && amount.currency.and_then(Currency::minor_digits) == Some(0) {
        return None;
    }
    if !is_grouped_well(whole, group) {
        return None;
    }
    let digits = whole
        .bytes()
        .chain(fraction.bytes())
        .filter(u8::is_ascii_digit);
    let count = digits.clone().count();
    if exponent.is_none() && count <= 15 {
        let mantissa = digits.fold(0_u64, |sum, b| sum * 10 + u64::from(b - b'0'));
        return Some(mantissa as f64 / POWERS.get(fraction.len())?);
    }
    let mut written: String = whole.chars().filter(char::is_ascii_digit).collect();
    written.push('.');
    written.push_str(fraction);
    if let Some(exponent) = exponent {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        written.push('e');
        written.push_str(exponent);
    }
    let value: f64 = written.parse().ok()?;
    value.is_finite().then_some(value)
}

/// Whether the whole part is plain digits, or grouped in a known form by one and the same sign.
fn is_grouped_well(whole: &str, group: char) -> bool {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return true;
    };
    if ![group, ' ', '\'', '٬'].contains(&separator) {
        return false;
    }
    let mut parts = whole.split(separator);
    let first = parts.next().unwrap_or("");
    // A group of zeros in front is no grouping: 0.944 is not 944.
    if first.is_empty() || first.starts_with('0') || !first.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let (mut threes, mut twos, mut last) = (true, true, 0);
    let mut groups = 0;
    for part in parts {
        if !part.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        if groups > 0 {
            threes &= last == 3;
            twos &= last == 2;
        }
        last = part.len();
        groups += 1;
    }
    let thousands = threes && first.len() <= 3;
    let lakhs = twos && groups > 1 && first.len() <= 2;
    last == 3 && (thousands || lakhs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, decimal: Decimal, expected: Option<f64>) {
        assert_eq!(
            parse(text, decimal).map(f64::to_bits),
            expected.map(f64::to_bits),
            "{text}"
        );
    }

    #[test]
    fn numbers_with_a_decimal_point() {
        for (text, value) in [
            ("0", 0.0),
            ("-12", -12.0),
            ("1,234.50", 1234.5),
            ("$1,234", 1234.0),
            ("(5.25)", -5.25),
            ("12.5%", 0.125),
            ("USD 10", 10.0),
            ("10 EUR", 10.0),
            ("-$3.00", -3.0),
            ("$-3.00", -3.0),
            ("1 234 567", 1_234_567.0),
            ("1'234.5", 1234.5),
            ("12,34,567.89", 1_234_567.89),
            (".50", 0.5),
            ("5-", -5.0),
            ("1e3", 1000.0),
            ("−4", -4.0),
            ("0.1", 0.1),
            ("123456789012345678", 123_456_789_012_345_680.0),
        ] {
            check(text, Decimal::Point, Some(value));
        }
    }

    #[test]
    fn numbers_with_a_decimal_comma() {
        for (text, value) in [
            ("1.234,50", 1234.5),
            ("880,00 €", 880.0),
            ("1 234,5", 1234.5),
            ("12,5 %", 0.125),
            ("1\u{a0}234", 1234.0),
            ("-0,5", -0.5),
        ] {
            check(text, Decimal::Comma, Some(value));
        }
    }

    #[test]
    fn texts_are_not_numbers() {
        for text in [
            "",
            "abc",
            "12 apples",
            "1.2.3",
            "2024-01-02",
            "1,23,4",
            "--1",
            "NaN",
            "inf",
            "€",
            "12:30",
            "1e",
            "e5",
        ] {
            check(text, Decimal::Point, None);
        }
    }

    #[test]
    fn evidence_is_per_cell_and_honest() {
        assert_eq!(evidence("1,234"), Evidence::Either);
        assert_eq!(evidence("1.234"), Evidence::Either);
        assert_eq!(evidence("0.944"), Evidence::Point);
        assert_eq!(evidence("12.5"), Evidence::Point);
        assert_eq!(evidence("12,5"), Evidence::Comma);
        assert_eq!(evidence("1.234,5"), Evidence::Comma);
        assert_eq!(evidence("1,234,567"), Evidence::Point);
        assert_eq!(evidence("42"), Evidence::Plain);
        assert_eq!(evidence("x"), Evidence::NotANumber);
    }
}

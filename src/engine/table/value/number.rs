//! Numbers and amounts as people write them: grouping, decimal marks, currencies, percent.

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
    let point = parse(text, Decimal::Point);
    let comma = parse(text, Decimal::Comma);
    match (point, comma) {
        (None, None) => Evidence::NotANumber,
        (Some(_), None) => Evidence::Point,
        (None, Some(_)) => Evidence::Comma,
        (Some(a), Some(b)) if a.to_bits() == b.to_bits() => Evidence::Plain,
        (Some(_), Some(_)) => Evidence::Either,
    }
}

/// The number in the cell under the given decimal mark; `None` where the whole cell is not one.
///
/// Understands currency signs and codes before or after, a percent sign (divides by 100),
/// grouping by the other mark, blanks or apostrophes in threes (and in twos after the first
/// three, as in India), brackets or a trailing minus for negatives. Never NaN or infinite.
pub fn parse(text: &str, decimal: Decimal) -> Option<f64> {
    if let Some(fast) = parse_plain(text.as_bytes(), decimal) {
        return Some(fast);
    }
    let mut text = text.trim();
    let mut negative = false;
    if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        negative = true;
        text = inner.trim();
    }
    let mut percent = false;
    let mut changed = true;
    // Signs, currency and percent may stand in any order on either side.
    while changed {
        changed = false;
        let shorter = strip_unit(text);
        if shorter.len() != text.len() {
            (text, changed) = (shorter, true);
        }
        for sign in ['-', '−', '\u{2010}', '\u{2013}'] {
            if let Some(rest) = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)) {
                if negative {
                    return None;
                }
                (text, negative, changed) = (rest.trim(), true, true);
            }
        }
        if let Some(rest) = text.strip_prefix('+') {
            (text, changed) = (rest.trim(), true);
        }
        if let Some(rest) = text.strip_suffix('%').or_else(|| text.strip_prefix('%')) {
            if percent {
                return None;
            }
            (text, percent, changed) = (rest.trim(), true, true);
        }
    }
    let magnitude = parse_magnitude(text, decimal)?;
    let value = if percent {
        magnitude / 100.0
    } else {
        magnitude
    };
    Some(if negative { -value } else { value })
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
    Some(if negative { -value } else { value })
}

const POWERS: [f64; 16] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

fn parse_magnitude(text: &str, decimal: Decimal) -> Option<f64> {
    let (mark, group) = match decimal {
        Decimal::Point => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    let (whole, fraction) = match text.split_once(mark) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let (fraction, exponent) = match fraction.map(split_exponent) {
        Some((fraction, exponent)) => (Some(fraction), exponent),
        None => (None, None),
    };
    let (whole, whole_exponent) = if fraction.is_none() {
        split_exponent(whole)
    } else {
        (whole, None)
    };
    let exponent = exponent.or(whole_exponent);
    let mut digits = ungrouped(whole, group)?;
    if let Some(fraction) = fraction {
        if !fraction.bytes().all(|b| b.is_ascii_digit())
            || (fraction.is_empty() && digits.is_empty())
        {
            return None;
        }
        digits.push('.');
        digits.push_str(fraction);
    } else if digits.is_empty() {
        return None;
    }
    if let Some(exponent) = exponent {
        digits.push('e');
        digits.push_str(exponent);
    }
    let value: f64 = digits.parse().ok()?;
    value.is_finite().then_some(value)
}

fn split_exponent(text: &str) -> (&str, Option<&str>) {
    match text.split_once(['e', 'E']) {
        Some((front, exponent))
            if !front.is_empty()
                && exponent
                    .trim_start_matches(['+', '-'])
                    .bytes()
                    .all(|b| b.is_ascii_digit())
                && exponent.bytes().any(|b| b.is_ascii_digit()) =>
        {
            (front, Some(exponent))
        }
        _ => (text, None),
    }
}

/// Digits of the whole part without grouping, where the grouping is of a known form.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    if whole.bytes().all(|b| b.is_ascii_digit()) {
        return Some(whole.to_owned());
    }
    let separator = whole.chars().find(|c| !c.is_ascii_digit())?;
    let allowed = [group, ' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’', '٬'];
    if !allowed.contains(&separator) {
        return None;
    }
    let parts: Vec<&str> = whole.split(separator).collect();
    if !parts
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    let (first, rest) = parts.split_first()?;
    let (last, middle) = rest.split_last()?;
    let thousands = middle.iter().all(|part| part.len() == 3) && (1..=3).contains(&first.len());
    let lakhs = !middle.is_empty()
        && middle.iter().all(|part| part.len() == 2)
        && (1..=2).contains(&first.len());
    // A group of zeros in front is no grouping: 0.944 is not 944.
    (last.len() == 3 && (thousands || lakhs) && !first.starts_with('0')).then(|| parts.concat())
}

/// The text without one currency sign, currency code or blank at either end.
fn strip_unit(text: &str) -> &str {
    let text = text.trim();
    for sign in SIGNS {
        if let Some(rest) = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)) {
            return rest.trim();
        }
    }
    // An ISO code: three capital letters next to a digit, a sign or a blank.
    let letters = |part: &str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_uppercase());
    if let Some((head, rest)) = text.split_at_checked(3)
        && letters(head)
        && !rest.starts_with(|c: char| c.is_alphabetic())
    {
        return rest.trim();
    }
    if let Some((rest, tail)) = text
        .len()
        .checked_sub(3)
        .and_then(|at| text.split_at_checked(at))
        && letters(tail)
        && !rest.ends_with(|c: char| c.is_alphabetic())
    {
        return rest.trim();
    }
    text
}

const SIGNS: [&str; 22] = [
    "US$", "A$", "C$", "CA$", "R$", "NZ$", "HK$", "S$", "$", "€", "£", "¥", "₹", "₩", "₽", "₺",
    "₪", "zł", "kr.", "kr", "Kč", "Fr.",
];

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

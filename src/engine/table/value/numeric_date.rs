//! The fast way for dates of digits alone: `3/4/2025`, `03.04.25 14:05:06`. Without allocation.

use super::day::Day;

/// Three numbers of a date, and the time behind them in milliseconds after midnight.
pub(super) struct Numeric {
    pub(super) day: Day,
    pub(super) time_ms: Option<i64>,
}

/// Reads `a/b/c` with one or two digits each, the last two or four, between slashes, hyphens or
/// dots, and perhaps `H:MM` or `H:MM:SS` behind a blank. `None` for any other form, which is left
/// to the slow way.
pub(super) fn read(bytes: &[u8]) -> Option<Numeric> {
    let mut rest = bytes;
    let (a, a_digits) = number(&mut rest, 2)?;
    let separator = take(&mut rest)?;
    if !matches!(separator, b'/' | b'-' | b'.') {
        return None;
    }
    let (b, b_digits) = number(&mut rest, 2)?;
    if take(&mut rest)? != separator {
        return None;
    }
    let (c, c_digits) = number(&mut rest, 4)?;
    if c_digits == 3 {
        return None;
    }
    let time_ms = if rest.is_empty() {
        None
    } else {
        Some(time(rest)?)
    };
    Some(Numeric {
        day: Day::Numbers {
            numbers: [a, b, c],
            digits: [a_digits, b_digits, c_digits],
            dotted: separator == b'.',
        },
        time_ms,
    })
}

/// ` H:MM[:SS]` to the end, before midnight.
fn time(bytes: &[u8]) -> Option<i64> {
    let mut rest = bytes;
    if take(&mut rest)? != b' ' {
        return None;
    }
    let (hour, _) = number(&mut rest, 2)?;
    let minute = two_digits(&mut rest)?;
    let second = if rest.is_empty() {
        0
    } else {
        two_digits(&mut rest)?
    };
    (rest.is_empty() && hour <= 23 && minute <= 59 && second <= 59)
        .then(|| i64::from(hour * 3_600 + minute * 60 + second) * 1_000)
}

/// A colon and two digits.
fn two_digits(rest: &mut &[u8]) -> Option<u32> {
    let colon = take(rest)? == b':';
    let (number, digits) = number(rest, 2)?;
    (colon && digits == 2).then_some(number)
}

fn take(rest: &mut &[u8]) -> Option<u8> {
    let (first, tail) = rest.split_first()?;
    *rest = tail;
    Some(*first)
}

/// Up to so many digits, and how many there are; at least one, and no further one behind.
fn number(rest: &mut &[u8], most: usize) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut digits = 0;
    while let Some((byte, tail)) = rest.split_first()
        && byte.is_ascii_digit()
    {
        digits += 1;
        if digits > most {
            return None;
        }
        value = value * 10 + u32::from(byte - b'0');
        *rest = tail;
    }
    (digits > 0).then_some((value, digits))
}

#[cfg(test)]
mod tests {
    use super::super::date;

    #[test]
    fn the_fast_way_and_the_slow_way_agree() {
        for (fast, slow) in [
            ("3/4/2025", "3 / 4 / 2025"),
            ("03.04.25", "03 .04 .25"),
            ("24-02-29 7:05", "24 -02 -29 7:05"),
            ("31/12/2024 23:59:59", "31 /12 /2024, 23:59:59"),
        ] {
            let read = date::read(fast);
            assert!(read.is_some(), "{fast}");
            assert_eq!(read, date::read(slow), "{fast}");
        }
    }
}

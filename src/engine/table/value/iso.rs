//! Dates and times as machines write them, read fast and without allocation.

use super::date::Stamp;
use super::day::checked_date;
use crate::engine::base::date::DAY_MS;

/// ISO 8601 as machines write it: `YYYY-MM-DD`, then perhaps `T` or a blank, `HH:MM[:SS[.f…]]`,
/// then perhaps `Z`, `UTC` or an offset. Fast, without allocation.
pub fn parse_iso(bytes: &[u8]) -> Option<Stamp> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, rest @ ..] = bytes else {
        return None;
    };
    let two = |a: &u8, b: &u8| Some(digit(*a)? * 10 + digit(*b)?);
    let year = two(y1, y2)? * 100 + two(y3, y4)?;
    let date = checked_date(year as i32, two(m1, m2)?, two(d1, d2)?)?;
    let stamp = Stamp {
        date,
        time_ms: None,
        offset_minutes: None,
        month_only: false,
    };
    let time = match rest {
        [] => return Some(stamp),
        [b'T' | b't' | b' ', time @ ..] => time,
        _ => return None,
    };
    let [h1, h2, b':', n1, n2, rest @ ..] = time else {
        return None;
    };
    let (hour, minute) = (two(h1, h2)?, two(n1, n2)?);
    let (second, rest) = match rest {
        [b':', s1, s2, rest @ ..] => (two(s1, s2)?, rest),
        _ => (0, rest),
    };
    let (millis, rest) = match rest {
        [b'.' | b',', rest @ ..] => fraction(rest)?,
        _ => (0, rest),
    };
    let time_ms = i64::from(hour * 3_600 + minute * 60 + second) * 1_000 + i64::from(millis);
    // 24:00 is the midnight at the end of the day.
    if (hour > 23 && time_ms != DAY_MS) || minute > 59 || second > 60 {
        return None;
    }
    let offset_minutes = match rest {
        [] => None,
        _ => Some(offset(rest)?),
    };
    Some(
        Stamp {
            offset_minutes,
            ..stamp
        }
        .at(time_ms),
    )
}

const fn digit(byte: u8) -> Option<u32> {
    if byte.is_ascii_digit() {
        Some((byte - b'0') as u32)
    } else {
        None
    }
}

fn fraction(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let count = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if count == 0 {
        return None;
    }
    let (digits, rest) = bytes.split_at(count);
    let millis = (0..3).fold(0, |sum, place| {
        sum * 10 + digits.get(place).map_or(0, |b| u32::from(b - b'0'))
    });
    Some((millis, rest))
}

/// Minutes east of UTC from `Z`, ` UTC`, `+0900`, `+09:00`, `+09`, with a blank before or not.
fn offset(bytes: &[u8]) -> Option<i32> {
    let bytes = bytes.trim_ascii();
    if bytes.eq_ignore_ascii_case(b"z")
        || bytes.eq_ignore_ascii_case(b"utc")
        || bytes.eq_ignore_ascii_case(b"gmt")
    {
        return Some(0);
    }
    let (sign, digits) = match bytes {
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match digits {
        [a, b] => (digit(*a)? * 10 + digit(*b)?, 0),
        [a, b, c, d] | [a, b, b':', c, d] => {
            (digit(*a)? * 10 + digit(*b)?, digit(*c)? * 10 + digit(*d)?)
        }
        _ => return None,
    };
    (hours <= 15 && minutes <= 59).then_some(sign * (hours * 60 + minutes).cast_signed())
}

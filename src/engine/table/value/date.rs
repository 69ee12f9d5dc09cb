//! Dates and times as people and systems write them.

use super::date_words;
use crate::engine::base::{Date, Instant};
use crate::engine::options::DateOrder;

/// A date as written, perhaps with a time of day and an offset from UTC.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Stamp {
    /// The calendar day as written.
    pub date: Date,
    /// Milliseconds after midnight as written; absent where only a day is written.
    pub time_ms: Option<i64>,
    /// Minutes east of UTC; absent where none is written.
    pub offset_minutes: Option<i32>,
    /// Only a month is written; `date` is its first day.
    pub month_only: bool,
}

impl Stamp {
    /// The moment in a zone so many minutes east of UTC. A time without an offset is taken to be
    /// written in that zone.
    pub const fn instant(&self, zone_minutes: i32) -> Instant {
        let written = self.date.start().0
            + match self.time_ms {
                Some(time) => time,
                None => 0,
            };
        match self.offset_minutes {
            Some(offset) => Instant(written + (zone_minutes - offset) as i64 * 60_000),
            None => Instant(written),
        }
    }
}

/// What one cell says about the order of day and month.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Evidence {
    /// Not a date.
    NotADate,
    /// A date that has one reading only: ISO, or with the month's name.
    Certain,
    /// Only day first gives a date.
    DayFirst,
    /// Only month first gives a date.
    MonthFirst,
    /// Both give a date, and different ones.
    Either,
}

/// What the cell says about the order of day and month.
pub fn evidence(text: &str) -> Evidence {
    let day_first = parse(text, DateOrder::DayFirst);
    let month_first = parse(text, DateOrder::MonthFirst);
    match (day_first, month_first) {
        (None, None) => Evidence::NotADate,
        (Some(_), None) => Evidence::DayFirst,
        (None, Some(_)) => Evidence::MonthFirst,
        (Some(a), Some(b)) if a == b => Evidence::Certain,
        (Some(_), Some(_)) => Evidence::Either,
    }
}

/// The date in the cell; `None` where the whole cell is not one.
///
/// Years 1900 to 2199; two-digit years 70 to 99 are of the 1900s, others of the 2000s.
pub fn parse(text: &str, order: DateOrder) -> Option<Stamp> {
    let text = text.trim();
    if let Some(stamp) = parse_iso(text.as_bytes()) {
        return Some(stamp);
    }
    if text.len() > 60 {
        return None;
    }
    parse_words(text, order)
}

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
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let offset_minutes = match rest {
        [] => None,
        _ => Some(offset(rest)?),
    };
    let time_ms = i64::from(hour * 3_600 + minute * 60 + second) * 1_000 + i64::from(millis);
    Some(Stamp {
        time_ms: Some(time_ms),
        offset_minutes,
        ..stamp
    })
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

fn checked_date(year: i32, month: u32, day: u32) -> Option<Date> {
    if !(1900..=2199).contains(&year) {
        return None;
    }
    Date::from_ymd(year, month, day)
}

/// One piece of a written date.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece {
    Number { value: u32, digits: usize },
    Month(u32),
    Mark(char),
}

/// Dates in the forms of people: `3/4/2025`, `3. April 2025`, `Apr 3, 2025 4:05 PM`, `20250403`,
/// `04/2025`, `Jan-25`.
fn parse_words(text: &str, order: DateOrder) -> Option<Stamp> {
    let (date_part, time_ms, offset_minutes) = split_time(text)?;
    let pieces = pieces(date_part)?;
    let numbers: Vec<(u32, usize)> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Number { value, digits } => Some((*value, *digits)),
            _ => None,
        })
        .collect();
    let named = pieces.iter().find_map(|piece| match piece {
        Piece::Month(month) => Some(*month),
        _ => None,
    });
    let first_is_number = matches!(pieces.first(), Some(Piece::Number { .. }));
    let (date, month_only) = match (named, numbers.as_slice()) {
        (Some(month), [(year, digits)]) if *digits == 4 || *digits == 2 => {
            (checked_date(full_year(*year, *digits)?, month, 1)?, true)
        }
        (Some(month), [(a, 4), (b, _)]) => (checked_date(a.cast_signed(), month, *b)?, false),
        (Some(month), [(a, 1..=2), (b, digits @ (2 | 4))]) => {
            (checked_date(full_year(*b, *digits)?, month, *a)?, false)
        }
        (None, [(packed, 8)]) => (
            checked_date(
                (packed.div_euclid(10_000)).cast_signed(),
                packed.div_euclid(100) % 100,
                packed % 100,
            )?,
            false,
        ),
        (None, [(year, 4), (month, 1..=2)]) if first_is_number => {
            (checked_date(year.cast_signed(), *month, 1)?, true)
        }
        (None, [(month, 1..=2), (year, 4)]) => (checked_date(year.cast_signed(), *month, 1)?, true),
        (None, [(year, 4), (month, 1..=2), (day, 1..=2)]) => {
            (checked_date(year.cast_signed(), *month, *day)?, false)
        }
        (None, [(a, 1..=2), (b, 1..=2), (year, digits @ (2 | 4))]) => {
            // Dots are written between day, month and year in that order only.
            let day_first = order == DateOrder::DayFirst || pieces.contains(&Piece::Mark('.'));
            let (day, month) = if day_first { (*a, *b) } else { (*b, *a) };
            (checked_date(full_year(*year, *digits)?, month, day)?, false)
        }
        _ => return None,
    };
    if month_only && time_ms.is_some() {
        return None;
    }
    Some(Stamp {
        date,
        time_ms,
        offset_minutes,
        month_only,
    })
}

const fn full_year(year: u32, digits: usize) -> Option<i32> {
    match digits {
        4 => Some(year.cast_signed()),
        2 if year >= 70 => Some(1900 + year.cast_signed()),
        2 => Some(2000 + year.cast_signed()),
        _ => None,
    }
}

/// Cuts the text at its time of day, if it has one.
fn split_time(text: &str) -> Option<(&str, Option<i64>, Option<i32>)> {
    let Some(colon) = text.find(':') else {
        return Some((text, None, None));
    };
    let (before, _) = text.split_at_checked(colon)?;
    let digits_before = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits_before) {
        return None;
    }
    let (date_part, time_part) = text.split_at_checked(colon - digits_before)?;
    let (time_ms, offset) = parse_time(time_part)?;
    let date_part = date_part.trim_end_matches(['T', ',', ' ']);
    (!date_part.is_empty()).then_some((date_part, Some(time_ms), offset))
}

/// `H:MM[:SS[.f…]]`, then perhaps `AM` or `PM`, then perhaps an offset.
fn parse_time(text: &str) -> Option<(i64, Option<i32>)> {
    let (hour, rest) = text.split_once(':')?;
    let mut hour: u32 = hour.parse().ok()?;
    let bytes = rest.as_bytes();
    let [n1, n2, rest @ ..] = bytes else {
        return None;
    };
    let minute = digit(*n1)? * 10 + digit(*n2)?;
    let (second, rest) = match rest {
        [b':', s1, s2, rest @ ..] => (digit(*s1)? * 10 + digit(*s2)?, rest),
        _ => (0, rest),
    };
    let (millis, rest) = match rest {
        [b'.', rest @ ..] => fraction(rest)?,
        _ => (0, rest),
    };
    let rest = rest.trim_ascii();
    let (half, rest) = match rest.get(..2) {
        Some(half) if half.eq_ignore_ascii_case(b"am") => (Some(0), rest.get(2..)?),
        Some(half) if half.eq_ignore_ascii_case(b"pm") => (Some(12), rest.get(2..)?),
        _ => (None, rest),
    };
    if let Some(half) = half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + half;
    }
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let offset = if rest.is_empty() {
        None
    } else {
        Some(offset(rest)?)
    };
    Some((
        i64::from(hour * 3_600 + minute * 60 + second) * 1_000 + i64::from(millis),
        offset,
    ))
}

fn pieces(text: &str) -> Option<Vec<Piece>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_digit() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, tail) = rest.split_at_checked(digits)?;
            if digits > 8 {
                return None;
            }
            found.push(Piece::Number {
                value: number.parse().ok()?,
                digits,
            });
            rest = tail;
        } else if first.is_alphabetic() {
            let end = rest
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(rest.len());
            let (word, tail) = rest.split_at_checked(end)?;
            match date_words::month(word) {
                Some(month) if !found.iter().any(|p| matches!(p, Piece::Month(_))) => {
                    found.push(Piece::Month(month));
                }
                _ if date_words::is_filler(word) => {}
                _ => return None,
            }
            rest = tail;
        } else if matches!(first, '/' | '-' | '.' | ',' | ' ' | '年' | '月' | '日') {
            if first == '.' {
                found.push(Piece::Mark('.'));
            }
            rest = rest.split_at_checked(first.len_utf8())?.1;
        } else {
            return None;
        }
        if found.len() > 8 {
            return None;
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, order: DateOrder, expected: Option<&str>) {
        let found = parse(text, order).map(|stamp| {
            let day: String = if stamp.month_only {
                stamp.date.to_string().chars().take(7).collect()
            } else {
                stamp.date.to_string()
            };
            let time = stamp.time_ms.map_or_else(String::new, |time| {
                let seconds = time.div_euclid(1000);
                let (hours, minutes) = (seconds.div_euclid(3600), seconds.div_euclid(60) % 60);
                format!(" {hours:02}:{minutes:02}:{:02}", seconds % 60)
            });
            let offset = stamp
                .offset_minutes
                .map_or_else(String::new, |offset| format!(" {offset:+}"));
            day + &time + &offset
        });
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn dates_with_one_reading() {
        for (text, expected) in [
            ("2025-04-03", "2025-04-03"),
            ("2025-04-03T10:20:30Z", "2025-04-03 10:20:30 +0"),
            ("2025-04-03 10:20:30.123", "2025-04-03 10:20:30"),
            ("2021-01-01T16:02:27-05:00", "2021-01-01 16:02:27 -300"),
            ("2024-01-01 10:00:00 +0900", "2024-01-01 10:00:00 +540"),
            ("2024-01-01 10:00:00 UTC", "2024-01-01 10:00:00 +0"),
            ("2011-04-16 00:00:00.000000000", "2011-04-16 00:00:00"),
            ("3 Apr 2025", "2025-04-03"),
            ("April 3, 2025", "2025-04-03"),
            ("3-Apr-25", "2025-04-03"),
            ("Thu, 3 Apr 2025 08:09:10 +0000", "2025-04-03 08:09:10 +0"),
            ("31/12/2024", "2024-12-31"),
            ("12/31/2024 9:30 PM", "2024-12-31 21:30:00"),
            ("03.04.2025", "2025-04-03"),
            ("2025/4/3", "2025-04-03"),
            ("20250403", "2025-04-03"),
            ("2025-04", "2025-04"),
            ("04/2025", "2025-04"),
            ("01.2024", "2024-01"),
            ("Jan-25", "2025-01"),
            ("January 2025", "2025-01"),
        ] {
            check(
                text,
                DateOrder::DayFirst,
                if text.starts_with("12/31") {
                    None
                } else {
                    Some(expected)
                },
            );
            check(
                text,
                DateOrder::MonthFirst,
                if text.starts_with("31/12") {
                    None
                } else {
                    Some(expected)
                },
            );
        }
    }

    #[test]
    fn the_order_decides_where_both_fit() {
        check("03/04/2025", DateOrder::DayFirst, Some("2025-04-03"));
        check("03/04/2025", DateOrder::MonthFirst, Some("2025-03-04"));
        assert_eq!(evidence("03/04/2025"), Evidence::Either);
        assert_eq!(evidence("13/04/2025"), Evidence::DayFirst);
        assert_eq!(evidence("04/13/2025"), Evidence::MonthFirst);
        assert_eq!(evidence("04/04/2025"), Evidence::Certain);
        assert_eq!(evidence("2025-04-03"), Evidence::Certain);
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "12",
            "1234",
            "00:00.0",
            "2025-02-30",
            "hello",
            "12.5",
            "1.2.3",
            "6:00:00",
            "10:30 AM",
            "2025-13-01",
            "99/99/9999",
            "mayor 2025 x",
            "1,234",
            "536365",
        ] {
            check(text, DateOrder::DayFirst, None);
            check(text, DateOrder::MonthFirst, None);
        }
    }

    #[test]
    fn an_offset_moves_the_day_to_the_report_s_zone() {
        let stamp = parse("2021-01-01T21:02:27-05:00", DateOrder::DayFirst).unwrap();
        assert_eq!(stamp.instant(0).date().to_string(), "2021-01-02");
        assert_eq!(stamp.instant(-300).date().to_string(), "2021-01-01");
    }
}

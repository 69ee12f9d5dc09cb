//! Dates and times as people write them.
//!
//! A text is cut into numbers, words and marks; the time of day is taken out; what remains is a
//! day, a month, or three numbers whose order the whole column decides.

use super::clock::{self, Found};
use super::date_tokens::{self, Token};
use super::day::{Day, checked_date, day, full_year};
use super::{date_words, day_halves, fold, numeric_date};
use crate::engine::base::date::DAY_MS;
use crate::engine::base::{Date, Instant, Zone};
use crate::engine::options::DateOrder;

pub use super::iso::parse_iso;

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
    /// The moment in a zone. A time without an offset is taken to be written in that zone.
    pub fn instant(&self, zone: &Zone) -> Instant {
        let written = self.date.start().0 + self.time_ms.unwrap_or_default();
        match self.offset_minutes {
            Some(offset) => Instant(zone.of_utc(written - i64::from(offset) * 60_000)),
            None => Instant(zone.of_written(written)),
        }
    }

    /// The same day at a time so many milliseconds after its midnight; at 24:00 the next day.
    pub(super) fn at(self, time_ms: i64) -> Self {
        let next_day = time_ms == DAY_MS;
        Self {
            date: self.date.plus_days(i32::from(next_day)),
            time_ms: Some(if next_day { 0 } else { time_ms }),
            ..self
        }
    }
}

/// What one cell says about the order of day, month and year.
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
    /// Only year first gives a date: `99/10/09`.
    YearFirst,
    /// Day and month first give different dates.
    Either,
    /// The same between dots, where the day comes first unless another cell proves otherwise.
    Dotted,
}

/// What the cell says about the order of day and month.
pub fn evidence(text: &str) -> Evidence {
    read(text).map_or(Evidence::NotADate, |written| written.evidence())
}

/// The date in the cell; `None` where the whole cell is not one.
///
/// Years 1900 to 2199; two-digit years 70 to 99 are of the 1900s, others of the 2000s. Under
/// [`DateOrder::YearFirst`] three numbers with the year behind are no date, but for `31.12.2024`.
pub fn parse(text: &str, order: DateOrder) -> Option<Stamp> {
    read(text)?.stamp(order)
}

/// A date before its order is decided.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Written {
    day: Day,
    time_ms: Option<i64>,
    offset_minutes: Option<i32>,
}

/// The date in the cell, whatever its order; `None` where the whole cell is not one in any.
pub fn read(text: &str) -> Option<Written> {
    if let Some(stamp) = parse_iso(text.trim_ascii().as_bytes()) {
        return Some(Written {
            day: Day::Known {
                date: stamp.date,
                month_only: false,
            },
            time_ms: stamp.time_ms,
            offset_minutes: stamp.offset_minutes,
        });
    }
    if text.len() > 120 || text.len() < 5 {
        return None;
    }
    if let Some(found) = numeric_date::read(text.trim_ascii().as_bytes()) {
        return Written {
            day: found.day,
            time_ms: found.time_ms,
            offset_minutes: None,
        }
        .if_possible();
    }
    let folded = fold::plain(text);
    if !may_be_date(&folded) {
        return None;
    }
    let tokens = day_halves::join_halves(date_tokens::cut(&folded)?);
    let tokens = without_brackets(tokens)?;
    if let [Token::Number { value, digits }] = *tokens.as_slice()
        && let Some(written) = packed(value, digits)
    {
        return Some(written);
    }
    let written = match clock::find(&tokens) {
        Found::Broken => None,
        Found::Time(clock) => with_clock(&tokens, clock),
        Found::Nothing => {
            if let Some(day) = day(&tokens) {
                Some(Written {
                    day,
                    time_ms: None,
                    offset_minutes: None,
                })
            } else {
                with_clock(&tokens, clock::find_dotted(&tokens)?)
            }
        }
    };
    written?.if_possible()
}

/// Whether a look at the characters leaves a date possible: two digits, and no sign that no date
/// has.
fn may_be_date(text: &str) -> bool {
    let mut digits = 0;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'_' | b'@' | b'#' | b'$' | b'%' | b'&' | b'*' | b'=' | b';' | b'<' | b'"' | b'|' => {
                return false;
            }
            _ => {}
        }
    }
    digits >= 2
}

/// A day and its time in 10 (to the hour), 12, 14 or 17 digits.
fn packed(value: u64, digits: usize) -> Option<Written> {
    let shift = match digits {
        10 => 10_000_000,
        12 => 100_000,
        14 => 1_000,
        17 => 1,
        _ => return None,
    };
    let value = value * shift;
    let part = |from: u64, size: u64| u32::try_from(value.div_euclid(from) % size).ok();
    let year = part(10_000_000_000_000, 10_000)?;
    let (month, day) = (part(100_000_000_000, 100)?, part(1_000_000_000, 100)?);
    let (hour, minute) = (part(10_000_000, 100)?, part(100_000, 100)?);
    let (second, millis) = (part(1_000, 100)?, part(1, 1_000)?);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    Some(Written {
        day: Day::Known {
            date: checked_date(year.cast_signed(), month, day)?,
            month_only: false,
        },
        time_ms: Some(i64::from(hour * 3_600 + minute * 60 + second) * 1_000 + i64::from(millis)),
        offset_minutes: None,
    })
}

fn with_clock(tokens: &[Token], clock: clock::Clock) -> Option<Written> {
    let before = tokens.get(..clock.from)?;
    let behind = tokens.get(clock.to..)?;
    // Unix writes the year behind the time.
    let around: Vec<Token> = before
        .iter()
        .chain([&Token::Blank])
        .chain(behind)
        .cloned()
        .collect();
    let day = day(&around)?;
    if matches!(
        day,
        Day::Known {
            month_only: true,
            ..
        }
    ) {
        return None;
    }
    Some(Written {
        day,
        time_ms: Some(clock.time_ms),
        offset_minutes: clock.offset_minutes,
    })
}

impl Written {
    /// Itself, where it is a date in any order.
    fn if_possible(self) -> Option<Self> {
        [
            DateOrder::DayFirst,
            DateOrder::MonthFirst,
            DateOrder::YearFirst,
        ]
        .into_iter()
        .any(|order| self.stamp(order).is_some())
        .then_some(self)
    }

    /// Whether it names only a month.
    pub const fn is_month(&self) -> bool {
        matches!(
            self.day,
            Day::Known {
                month_only: true,
                ..
            }
        )
    }

    /// Whether a time of day is written.
    pub const fn is_timed(&self) -> bool {
        self.time_ms.is_some()
    }

    /// Whether an offset from UTC is written.
    pub const fn is_zoned(&self) -> bool {
        self.offset_minutes.is_some()
    }

    /// The date under an order of day, month and year.
    pub fn stamp(&self, order: DateOrder) -> Option<Stamp> {
        let (date, month_only) = match self.day {
            Day::Known { date, month_only } => (date, month_only),
            Day::Numbers { .. } => (self.numbers_in(order)?, false),
        };
        let stamp = Stamp {
            date,
            time_ms: None,
            offset_minutes: self.offset_minutes,
            month_only,
        };
        Some(match self.time_ms {
            Some(time_ms) => stamp.at(time_ms),
            None => stamp,
        })
    }

    fn numbers_in(&self, order: DateOrder) -> Option<Date> {
        let Day::Numbers {
            numbers: [a, b, c],
            digits: [first_digits, _, last_digits],
            dotted,
        } = self.day
        else {
            return None;
        };
        let year_last = |month: u32, day: u32| checked_date(full_year(c, last_digits)?, month, day);
        match order {
            DateOrder::DayFirst => year_last(b, a),
            DateOrder::MonthFirst => year_last(a, b),
            DateOrder::YearFirst if last_digits <= 2 && first_digits == 2 => {
                checked_date(full_year(a, 2)?, b, c)
            }
            DateOrder::YearFirst if dotted => year_last(b, a),
            DateOrder::YearFirst => None,
        }
    }

    /// What it says about the order of day, month and year.
    pub fn evidence(&self) -> Evidence {
        let Day::Numbers {
            numbers: [a, _, _],
            dotted,
            ..
        } = self.day
        else {
            return Evidence::Certain;
        };
        let day_first = self.numbers_in(DateOrder::DayFirst);
        let month_first = self.numbers_in(DateOrder::MonthFirst);
        match (day_first, month_first) {
            (Some(a), Some(b)) if a == b => Evidence::Certain,
            (Some(_), Some(_)) if dotted => Evidence::Dotted,
            (Some(_), Some(_)) => Evidence::Either,
            (Some(_), None) => Evidence::DayFirst,
            (None, Some(_)) => Evidence::MonthFirst,
            // `31/04/24` is rather a slip than the fourth of April with the day behind.
            (None, None) if (1..=31).contains(&a) && self.two_digit_year().is_some() => {
                Evidence::NotADate
            }
            (None, None) => Evidence::YearFirst,
        }
    }

    /// Whether the year may stand in front in two digits; `None` where no order is open, or where
    /// its four digits stand behind dots and days come first.
    pub const fn year_in_front(&self) -> Option<bool> {
        match self.day {
            Day::Known { .. }
            | Day::Numbers {
                digits: [_, _, 4],
                dotted: true,
                ..
            } => None,
            Day::Numbers { digits, .. } => Some(matches!(digits, [2, _, 1 | 2])),
        }
    }

    /// The first and the last of three numbers, where both may be the year in two digits.
    pub const fn two_digit_year(&self) -> Option<(u32, u32)> {
        match self.day {
            Day::Numbers {
                numbers: [a, _, c],
                digits: [2, _, 2],
                ..
            } => Some((a, c)),
            _ => None,
        }
    }
}

/// Leaves out weekdays and names of zones in brackets; `None` where something else stands there.
fn without_brackets(tokens: Vec<Token>) -> Option<Vec<Token>> {
    let is_open = |token: &Token| matches!(token.mark(), Some('(' | '['));
    let Some(open) = tokens.iter().position(is_open) else {
        return Some(tokens);
    };
    let close = open
        + tokens
            .iter()
            .skip(open)
            .position(|token| matches!(token.mark(), Some(')' | ']')))?;
    let inside = tokens.get(open + 1..close)?;
    let weekday = inside.iter().all(|token| match token {
        Token::Word(word) => date_words::is_weekday(word),
        Token::Mark(mark) => matches!(mark, '月' | '日' | '월' | '일' | '.' | 'º'),
        Token::Blank => true,
        Token::Number { .. } => false,
    });
    // `GMT+0100 (Central European Standard Time)`, `+01:00[Europe/Berlin]`
    let zoned = tokens.iter().take(open).any(|token| {
        token.mark() == Some('+') || matches!(token.word(), Some("gmt" | "utc" | "z"))
    });
    let zone_name = (zoned || tokens.iter().take(open).any(|t| t.mark() == Some(':')))
        && inside
            .iter()
            .all(|token| !matches!(token, Token::Number { .. }));
    let rest = tokens
        .iter()
        .take(open)
        .chain(tokens.iter().skip(close + 1));
    (weekday || zone_name).then(|| rest.cloned().collect())
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
        assert_eq!(evidence("03.04.2025"), Evidence::Dotted);
        assert_eq!(evidence("99/10/09"), Evidence::YearFirst);
        assert_eq!(evidence("24. 2. 9."), Evidence::YearFirst);
        assert_eq!(evidence("31/04/24"), Evidence::NotADate);
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
        assert_eq!(stamp.instant(&Zone::UTC).date().to_string(), "2021-01-02");
        assert_eq!(
            stamp.instant(&Zone::fixed(-300)).date().to_string(),
            "2021-01-01"
        );
    }
}

//! Numbers that stand for moments: time since 1970, and the day numbers of spreadsheets.

use super::date::Stamp;
use crate::engine::base::Date;
use crate::engine::base::date::DAY_MS;

/// What all plain numbers of a column of dates count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NumberDates {
    /// Time since 1970-01-01 in UTC.
    Since1970(EpochUnit),
    /// Days of a spreadsheet, a fraction being the time of day.
    Days(Calendar),
}

/// The calendar of a workbook.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Calendar {
    /// Day 1 is 1900-01-01, and 1900 is taken for a leap year.
    From1900,
    /// Day 0 is 1904-01-01.
    From1904,
}

/// Units in which systems write moments as plain numbers since 1970.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EpochUnit {
    /// 10 digits.
    Seconds,
    /// 13 digits.
    Milliseconds,
    /// 16 digits.
    Microseconds,
    /// 19 digits.
    Nanoseconds,
}

impl NumberDates {
    /// What the numbers count, where all of them agree: one unit of time under which all lie
    /// between 1990 and 2100, or day numbers between 1954 and 2119.
    pub fn of(mut numbers: impl Iterator<Item = f64>) -> Option<Self> {
        let first = numbers.next()?;
        if let Some(unit) = EpochUnit::of(first) {
            return numbers
                .all(|number| EpochUnit::of(number) == Some(unit))
                .then_some(Self::Since1970(unit));
        }
        (is_day_number(first) && numbers.all(is_day_number))
            .then_some(Self::Days(Calendar::From1900))
    }

    /// The same with the days of another calendar.
    #[must_use]
    pub const fn within(self, calendar: Calendar) -> Self {
        match self {
            Self::Days(_) => Self::Days(calendar),
            Self::Since1970(unit) => Self::Since1970(unit),
        }
    }

    /// The moment that the number stands for, to the nearest millisecond.
    pub fn stamp(self, number: f64) -> Stamp {
        let (ms, offset_minutes) = match self {
            Self::Since1970(unit) => ((number / unit.per_millisecond()).floor() as i64, Some(0)),
            Self::Days(calendar) => (calendar.milliseconds(number), None),
        };
        let time_ms = ms.rem_euclid(DAY_MS);
        let whole_day = matches!(self, Self::Days(_)) && time_ms == 0;
        Stamp {
            date: Date(ms.div_euclid(DAY_MS) as i32),
            time_ms: (!whole_day).then_some(time_ms),
            offset_minutes,
            month_only: false,
        }
    }
}

impl Calendar {
    /// Milliseconds from 1970 to the day number. Right from day 61 (1900-03-01) on.
    fn milliseconds(self, number: f64) -> i64 {
        // 1970-01-01 is day 25,569 of the one and 24,107 of the other.
        let days_to_1970 = match self {
            Self::From1900 => 25_569.0,
            Self::From1904 => 24_107.0,
        };
        ((number - days_to_1970) * DAY_MS as f64).round() as i64
    }
}

impl EpochUnit {
    const fn per_millisecond(self) -> f64 {
        match self {
            Self::Seconds => 0.001,
            Self::Milliseconds => 1.0,
            Self::Microseconds => 1_000.0,
            Self::Nanoseconds => 1_000_000.0,
        }
    }

    /// The unit under which the number lies between 1990 and 2100, if there is one.
    pub fn of(number: f64) -> Option<Self> {
        const FROM_MS: f64 = 631_152_000_000.0;
        const TO_MS: f64 = 4_102_444_800_000.0;
        [
            Self::Seconds,
            Self::Milliseconds,
            Self::Microseconds,
            Self::Nanoseconds,
        ]
        .into_iter()
        .find(|unit| (FROM_MS..TO_MS).contains(&(number / unit.per_millisecond())))
    }
}

/// Whether the number may be a day of a spreadsheet: 20,000 (1954) to 80,000 (2119).
pub fn is_day_number(number: f64) -> bool {
    (20_000.0..80_000.0).contains(&number)
}

/// The plain number in a cell: digits, and perhaps a mark with decimals behind it.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim_ascii();
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if text.len() > 40 || !all_digits(whole) || !all_digits(decimals) {
        return None;
    }
    if decimals == "0" {
        whole.parse().ok()
    } else {
        format!("{whole}.{decimals}").parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(numbers: &[f64], expected: Option<&[&str]>) {
        let found = NumberDates::of(numbers.iter().copied());
        let written: Option<Vec<String>> = found.map(|kind| {
            numbers
                .iter()
                .map(|number| {
                    let stamp = kind.stamp(*number);
                    let time = stamp
                        .time_ms
                        .map_or_else(String::new, |ms| format!(" {ms}"));
                    format!("{}{time}", stamp.date)
                })
                .collect()
        });
        let expected: Option<Vec<String>> =
            expected.map(|all| all.iter().map(|one| (*one).to_owned()).collect());
        assert_eq!(written, expected);
    }

    #[test]
    fn time_since_1970_is_told_by_its_size() {
        check(&[1_735_689_600.0], Some(&["2025-01-01 0"]));
        check(&[1_735_689_600.5], Some(&["2025-01-01 500"]));
        check(&[1_735_689_600_123.0], Some(&["2025-01-01 123"]));
        check(&[1_735_689_600_123_000.0], Some(&["2025-01-01 123"]));
        check(&[1_735_689_600_000_000_000.0], Some(&["2025-01-01 0"]));
        check(&[1_735_689_600.0, 1_735_689_600_123.0], None);
    }

    /// Source: the day numbers that Excel shows for these days.
    #[test]
    fn day_numbers_of_spreadsheets_are_days_with_a_fraction_as_time() {
        check(
            &[45_351.0, 36_526.0, 45_351.999_305_555_55],
            Some(&["2024-02-29", "2000-01-01", "2024-02-29 86340000"]),
        );
        check(&[45_351.0, 12.0], None);
        check(&[2024.0], None);
        let day = NumberDates::Days(Calendar::From1904).stamp(43_889.0).date;
        assert_eq!(day.to_string(), "2024-02-29");
    }

    #[test]
    fn only_plain_numbers_are_taken() {
        for (text, expected) in [
            ("45351", Some(45_351.0)),
            ("45351.5", Some(45_351.5)),
            ("45351,5", Some(45_351.5)),
            ("-5", None),
            ("1.2.3", None),
            ("1e5", None),
            ("", None),
        ] {
            assert_eq!(
                number(text).map(f64::to_bits),
                expected.map(f64::to_bits),
                "{text}"
            );
        }
    }
}

//! Writes a workbook's numbers as text: dates as ISO 8601, numbers in their shortest exact form.

use super::number_format::Moment;
use crate::engine::base::Date;

const DAY_MS: i64 = 86_400_000;

/// The first day of the year 10000: numbers from here on are no dates.
const MOST_DAYS: f64 = 2_958_466.0;

/// The day count at which a workbook begins.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Epoch {
    /// 1 is the first of January 1900, and 60 a day that never was.
    Year1900,
    /// 0 is the first of January 1904.
    Year1904,
}

/// A number as text, without an exponent up to 21 digits.
pub fn number(value: f64) -> String {
    if value.abs() < f64::MIN_POSITIVE {
        return String::from("0");
    }
    if value.is_finite() && value.abs() >= 1e21 {
        return format!("{value:e}");
    }
    value.to_string()
}

/// A number under a format of dates or times. Numbers that are no dates stay numbers.
///
/// Nothing is dropped: a time that the format hides is written, and so is a day.
pub fn moment(value: f64, moment: Moment, epoch: Epoch) -> String {
    if moment == Moment::Duration {
        return duration(value);
    }
    if !(0.0..MOST_DAYS).contains(&value) {
        return number(value);
    }
    let milliseconds = (value * DAY_MS as f64).round() as i64;
    let (days, time_ms) = (
        milliseconds.div_euclid(DAY_MS),
        milliseconds.rem_euclid(DAY_MS),
    );
    let clock = clock(time_ms);
    if moment == Moment::Time && value < 1.0 {
        return clock;
    }
    let Some(day) = day(days, epoch) else {
        return number(value);
    };
    if moment == Moment::DateTime || time_ms > 0 {
        format!("{day}T{clock}")
    } else {
        day.to_string()
    }
}

/// The day of a day count; none for days that never were.
fn day(days: i64, epoch: Epoch) -> Option<Date> {
    let days = i32::try_from(days).ok()?;
    let (year, offset) = match epoch {
        Epoch::Year1904 => (1904, 1),
        // Before the day that never was, the count is one less.
        Epoch::Year1900 => match days {
            0 | 60 => return None,
            1..60 => (1900, 0),
            _ => (1900, -1),
        },
    };
    let first = Date::from_ymd(year, 1, 1)?;
    Some(first.plus_days(days - 1 + offset))
}

fn duration(value: f64) -> String {
    let milliseconds = (value.abs() * DAY_MS as f64).round();
    if !milliseconds.is_finite() || milliseconds > 1e15 {
        return number(value);
    }
    let sign = if value < 0.0 && milliseconds > 0.0 {
        "-"
    } else {
        ""
    };
    format!("{sign}{}", clock(milliseconds as i64))
}

/// Hours, minutes and seconds; milliseconds where there are any.
fn clock(milliseconds: i64) -> String {
    let (seconds, ms) = (
        milliseconds.div_euclid(1_000),
        milliseconds.rem_euclid(1_000),
    );
    let (minutes, hours) = (
        seconds.div_euclid(60).rem_euclid(60),
        seconds.div_euclid(3_600),
    );
    let seconds = seconds.rem_euclid(60);
    if ms == 0 {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}.{ms:03}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_short_and_exact() {
        for (value, expected) in [
            (1.0, "1"),
            (-10.25, "-10.25"),
            (0.1 + 0.2, "0.30000000000000004"),
            (123_456_789_012_345.0, "123456789012345"),
            (0.000_001, "0.000001"),
            (-0.0, "0"),
            (1e21, "1e21"),
        ] {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn day_counts_become_dates_in_both_epochs() {
        for (value, kind, epoch, expected) in [
            (1.0, Moment::Date, Epoch::Year1900, "1900-01-01"),
            (59.0, Moment::Date, Epoch::Year1900, "1900-02-28"),
            (60.0, Moment::Date, Epoch::Year1900, "60"),
            (61.0, Moment::Date, Epoch::Year1900, "1900-03-01"),
            (45_351.0, Moment::Date, Epoch::Year1900, "2024-02-29"),
            (43_889.0, Moment::Date, Epoch::Year1904, "2024-02-29"),
            (0.0, Moment::Date, Epoch::Year1904, "1904-01-01"),
            (0.0, Moment::Date, Epoch::Year1900, "0"),
            (
                45_351.0,
                Moment::DateTime,
                Epoch::Year1900,
                "2024-02-29T00:00:00",
            ),
            (
                45_351.5,
                Moment::Date,
                Epoch::Year1900,
                "2024-02-29T12:00:00",
            ),
            (
                45_352.573_263_888_89,
                Moment::DateTime,
                Epoch::Year1900,
                "2024-03-01T13:45:30",
            ),
            (0.395_833_333_333, Moment::Time, Epoch::Year1900, "09:30:00"),
            (
                45_351.5,
                Moment::Time,
                Epoch::Year1900,
                "2024-02-29T12:00:00",
            ),
            (-1.0, Moment::Date, Epoch::Year1900, "-1"),
            (20_240_229.0, Moment::Date, Epoch::Year1900, "20240229"),
            (1.5, Moment::Duration, Epoch::Year1900, "36:00:00"),
            (-0.25, Moment::Duration, Epoch::Year1900, "-06:00:00"),
            (0.999_999_999_9, Moment::Time, Epoch::Year1904, "00:00:00"),
        ] {
            assert_eq!(moment(value, kind, epoch), expected, "{value}");
        }
    }
}

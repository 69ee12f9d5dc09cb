//! Civil dates and instants, without a clock and without a time-zone database.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Milliseconds in a day.
pub const DAY_MS: i64 = 86_400_000;

/// A moment: milliseconds since 1970-01-01T00:00:00 in the report's time zone.
///
/// Written times with an offset are turned to UTC first and then to the report's zone, so that
/// the calendar day of an instant is the day in that zone.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Instant(pub i64);

impl Instant {
    /// The calendar day on which the moment falls.
    pub const fn date(self) -> Date {
        Date(self.0.div_euclid(DAY_MS) as i32)
    }

    /// Hours from `earlier` to this moment; negative when `earlier` is later.
    pub const fn hours_since(self, earlier: Self) -> f64 {
        (self.0 - earlier.0) as f64 / 3_600_000.0
    }
}

/// A calendar day: days since 1970-01-01, proleptic Gregorian. Written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Date(pub i32);

impl Date {
    /// The day with this year, month (1 to 12) and day of the month (1 to 31), or `None` where
    /// the calendar has no such day. Years 1 to 9999.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        (1..=days_in_month(year, month))
            .contains(&day)
            .then(|| Self(days_from_civil(year, month, day)))
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    pub const fn ymd(self) -> (i32, u32, u32) {
        civil_from_days(self.0)
    }

    /// Reads `YYYY-MM-DD`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = digits(parts.next()?, 2)?;
        let day = digits(parts.next()?, 2)?;
        if parts.next().is_some() {
            return None;
        }
        Self::from_ymd(i32::try_from(year).ok()?, month, day)
    }

    /// The first moment of the day.
    pub const fn start(self) -> Instant {
        Instant(self.0 as i64 * DAY_MS)
    }

    /// The day this many days later (earlier when negative).
    #[must_use]
    pub const fn plus_days(self, days: i32) -> Self {
        Self(self.0 + days)
    }

    /// The first day of this day's month.
    #[must_use]
    pub const fn first_of_month(self) -> Self {
        let (year, month, _) = self.ymd();
        Self(days_from_civil(year, month, 1))
    }

    /// The same day of the month so many months later; the last day of the month where that
    /// month is shorter.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.ymd();
        let index = year * 12 + month.cast_signed() - 1 + months;
        let year = index.div_euclid(12);
        let month = index.rem_euclid(12).cast_unsigned() + 1;
        Self(days_from_civil(
            year,
            month,
            day.min(days_in_month(year, month)),
        ))
    }

    /// Months since year 0, a number that grows by one a month.
    pub const fn month_index(self) -> i32 {
        let (year, month, _) = self.ymd();
        year * 12 + month as i32 - 1
    }

    /// The first day of the month with this index (see [`Date::month_index`]).
    pub const fn from_month_index(index: i32) -> Self {
        let month = index.rem_euclid(12) as u32 + 1;
        Self(days_from_civil(index.div_euclid(12), month, 1))
    }

    /// Day of the week, Monday 0 to Sunday 6.
    pub const fn weekday(self) -> u32 {
        (self.0 + 3).rem_euclid(7) as u32
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("expected a date as YYYY-MM-DD"))
    }
}

fn digits(text: &str, count: usize) -> Option<u32> {
    (text.len() == count && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// Days in a month of the Gregorian calendar; `month` is 1 to 12.
pub const fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.rem_euclid(4) == 0
            && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0) =>
        {
            29
        }
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a civil date.
///
/// # Source
/// Hinnant, H. (2014), "chrono-compatible low-level date algorithms", `days_from_civil`.
const fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted = (month as i32 + 9).rem_euclid(12);
    let day_of_year = (153 * shifted + 2).div_euclid(5) + day as i32 - 1;
    let day_of_era =
        year_of_era * 365 + year_of_era.div_euclid(4) - year_of_era.div_euclid(100) + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`].
const fn civil_from_days(days: i32) -> (i32, u32, u32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era.div_euclid(1_460) + day_of_era.div_euclid(36_524)
        - day_of_era.div_euclid(146_096))
    .div_euclid(365);
    let day_of_year =
        day_of_era - (365 * year_of_era + year_of_era.div_euclid(4) - year_of_era.div_euclid(100));
    let shifted = (5 * day_of_year + 2).div_euclid(153);
    let day = day_of_year - (153 * shifted + 2).div_euclid(5) + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + (month <= 2) as i32;
    (year, month as u32, day as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_from_1600_to_2400_survives_the_round_trip() {
        let first = Date::from_ymd(1600, 1, 1).unwrap();
        let last = Date::from_ymd(2400, 12, 31).unwrap();
        let (mut year, mut month, mut day) = (1600, 1, 1);
        for number in first.0..=last.0 {
            assert_eq!(Date(number).ymd(), (year, month, day));
            assert_eq!(Date::from_ymd(year, month, day), Some(Date(number)));
            day += 1;
            if day > days_in_month(year, month) {
                (day, month) = (1, month + 1);
            }
            if month > 12 {
                (month, year) = (1, year + 1);
            }
        }
    }

    #[test]
    fn days_that_the_calendar_lacks_are_refused() {
        for (year, month, day) in [
            (2023, 2, 29),
            (1900, 2, 29),
            (2024, 4, 31),
            (2024, 13, 1),
            (2024, 0, 1),
            (0, 1, 1),
        ] {
            assert_eq!(Date::from_ymd(year, month, day), None);
        }
    }

    #[test]
    fn months_are_added_to_the_last_day_that_exists() {
        let day = Date::parse("2024-01-31").unwrap();
        assert_eq!(day.plus_months(1).to_string(), "2024-02-29");
        assert_eq!(day.plus_months(-11).to_string(), "2023-02-28");
    }

    #[test]
    fn the_first_of_january_1970_was_a_thursday() {
        assert_eq!(Date(0).weekday(), 3);
        assert_eq!(Instant(-1).date().to_string(), "1969-12-31");
    }
}

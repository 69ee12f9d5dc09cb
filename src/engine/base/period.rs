//! Half-open stretches of days, and the calendar units that cut time into them.

use serde::{Deserialize, Serialize};

use super::date::Date;

/// A half-open stretch of days: `start` belongs to it, `end` does not.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Period {
    /// The first day.
    pub start: Date,
    /// The first day after it.
    pub end: Date,
}

impl Period {
    /// How many days it has.
    pub const fn days(self) -> i32 {
        self.end.0 - self.start.0
    }

    /// Whether it is one calendar month.
    pub fn is_one_month(self) -> bool {
        self.start.first_of_month() == self.start && self.start.plus_months(1) == self.end
    }

    /// The period before, as long as this one: in months where it consists of whole months, else in
    /// days.
    #[must_use]
    pub fn before(self) -> Self {
        let is_first = |day: Date| day == day.first_of_month();
        let start = if is_first(self.start) && is_first(self.end) {
            let months = self.end.month_index() - self.start.month_index();
            self.start.plus_months(-months)
        } else {
            self.start.plus_days(-self.days())
        };
        Self {
            start,
            end: self.start,
        }
    }

    /// So many days that end with its last day.
    #[must_use]
    pub const fn last_days(self, days: i32) -> Self {
        Self {
            start: self.end.plus_days(-days),
            end: self.end,
        }
    }

    /// Whether the day lies in it.
    pub const fn contains(self, day: Date) -> bool {
        self.start.0 <= day.0 && day.0 < self.end.0
    }
}

/// A calendar unit. Weeks begin on Monday, as in ISO 8601.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodUnit {
    /// A calendar day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months from January, April, July or October.
    Quarter,
    /// A calendar year.
    Year,
}

impl PeriodUnit {
    /// The number of the unit in which the day lies; consecutive units have consecutive numbers.
    pub const fn index(self, day: Date) -> i32 {
        match self {
            Self::Day => day.0,
            Self::Week => (day.0 + 3).div_euclid(7),
            Self::Month => day.month_index(),
            Self::Quarter => day.month_index().div_euclid(3),
            Self::Year => day.month_index().div_euclid(12),
        }
    }

    /// The first day of the unit with this number.
    pub const fn start(self, index: i32) -> Date {
        match self {
            Self::Day => Date(index),
            Self::Week => Date(index * 7 - 3),
            Self::Month => Date::from_month_index(index),
            Self::Quarter => Date::from_month_index(index * 3),
            Self::Year => Date::from_month_index(index * 12),
        }
    }

    /// `count` units that end with the unit of this number.
    pub const fn period(self, last_index: i32, count: i32) -> Period {
        Period {
            start: self.start(last_index + 1 - count),
            end: self.start(last_index + 1),
        }
    }

    /// The number of the last unit that is over at the end of the day `as_of`.
    pub const fn last_complete(self, as_of: Date) -> i32 {
        self.index(as_of.plus_days(1)) - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_starts_where_the_one_before_ends() {
        for unit in [
            PeriodUnit::Day,
            PeriodUnit::Week,
            PeriodUnit::Month,
            PeriodUnit::Quarter,
            PeriodUnit::Year,
        ] {
            for day in 18_000..20_000 {
                let day = Date(day);
                let index = unit.index(day);
                let period = unit.period(index, 1);
                assert!(period.contains(day), "{unit:?} {day}");
                assert_eq!(unit.index(period.start), index);
                assert_eq!(unit.index(period.end), index + 1);
            }
        }
    }

    #[test]
    fn the_period_before_is_as_long_in_the_unit_that_it_has() {
        let period = |start: &str, end: &str| Period {
            start: Date::parse(start).unwrap(),
            end: Date::parse(end).unwrap(),
        };
        let march = period("2025-03-01", "2025-04-01");
        assert_eq!(march.before(), period("2025-02-01", "2025-03-01"));
        let quarter = period("2025-01-01", "2025-04-01");
        assert_eq!(quarter.before(), period("2024-10-01", "2025-01-01"));
        let week = period("2025-03-03", "2025-03-10");
        assert_eq!(week.before(), period("2025-02-24", "2025-03-03"));
        assert_eq!(week.last_days(2), period("2025-03-08", "2025-03-10"));
    }

    #[test]
    fn a_month_is_complete_on_its_last_day() {
        let complete = |text: &str| {
            let index = PeriodUnit::Month.last_complete(Date::parse(text).unwrap());
            PeriodUnit::Month.start(index).to_string()
        };
        assert_eq!(complete("2024-02-29"), "2024-02-01");
        assert_eq!(complete("2024-02-28"), "2024-01-01");
    }

    #[test]
    fn weeks_begin_on_monday() {
        let sunday = Date::parse("2026-11-22").unwrap();
        let week = PeriodUnit::Week.period(PeriodUnit::Week.index(sunday), 1);
        assert_eq!(week.start.to_string(), "2026-11-16");
    }
}

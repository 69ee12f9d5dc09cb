//! Business hours: how much working time lies between two moments, by a calendar that somebody
//! draws.
//!
//! A moment is working time when the clocks of the calendar's zone show an hour that is worked on
//! that day of the week, and the day is no holiday. An hour that clocks show twice is worked twice,
//! and one that they skip is not worked.

use super::zones;
use crate::engine::base::date::DAY_MS;
use crate::engine::base::{Date, Error, Zone};
use crate::engine::options::CalendarChoice;

/// Milliseconds in a minute.
const MINUTE_MS: i64 = 60_000;

/// Milliseconds in an hour.
const HOUR_MS: f64 = 3_600_000.0;

/// The hours of a week in which somebody works.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// Monday to Sunday: stretches from a millisecond of the day to another one, ascending.
    week: [Vec<(i64, i64)>; 7],
    /// Days on which nobody works, ascending.
    holidays: Vec<i32>,
    zone: Zone,
}

/// Names of the days of the week in a calendar, Monday first.
const DAYS: [[&str; 2]; 7] = [
    ["mon", "monday"],
    ["tue", "tuesday"],
    ["wed", "wednesday"],
    ["thu", "thursday"],
    ["fri", "friday"],
    ["sat", "saturday"],
    ["sun", "sunday"],
];

impl Calendar {
    /// The calendar that is chosen; its hours are of the report's zone unless it names one.
    ///
    /// # Errors
    /// `calendar_invalid` where a day is unknown, an hour is no time of day, hours end before they
    /// begin or overlap, or no hour is worked at all; `timezone_unsupported`.
    pub fn from_choice(choice: &CalendarChoice, of_report: &Zone) -> Result<Self, Error> {
        let mut week: [Vec<(i64, i64)>; 7] = Default::default();
        for (name, hours) in &choice.days {
            let folded = name.trim().to_lowercase();
            let Some(day) = DAYS
                .iter()
                .position(|names| names.contains(&folded.as_str()))
            else {
                return Err(invalid(&format!("“{name}” is no day of the week")));
            };
            for (from, to) in hours {
                let Some((from_ms, to_ms)) = time_of_day(from).zip(time_of_day(to)) else {
                    return Err(invalid(&format!("{from}–{to} are no times of day")));
                };
                if from_ms >= to_ms {
                    return Err(invalid(&format!("{from}–{to} ends before it begins")));
                }
                week[day].push((from_ms, to_ms));
            }
            week[day].sort_unstable();
            if week[day].windows(2).any(|pair| pair[1].0 < pair[0].1) {
                return Err(invalid(&format!("hours of {name} overlap")));
            }
        }
        if week.iter().all(Vec::is_empty) {
            return Err(invalid("no hour of the week is worked"));
        }
        let mut holidays: Vec<i32> = choice.holidays.iter().map(|day| day.0).collect();
        holidays.sort_unstable();
        Ok(Self {
            week,
            holidays,
            zone: match choice.timezone.as_deref() {
                None => of_report.clone(),
                Some(name) => zones::named(name)?,
            },
        })
    }

    /// The working time between two moments in UTC, in milliseconds, laid out so that the time
    /// between any two moments within is found at once.
    pub fn lay_out(&self, from: i64, to: i64) -> WorkingTime {
        let mut stretches: Vec<(i64, i64)> = Vec::new();
        for even in self.zone.stretches(from, to) {
            let day_of = |utc: i64| (utc + even.ahead).div_euclid(DAY_MS) as i32;
            for day in day_of(even.from)..=day_of(even.to - 1) {
                if self.holidays.binary_search(&day).is_ok() {
                    continue;
                }
                let midnight = Date(day).start().0 - even.ahead;
                for (begin, end) in &self.week[Date(day).weekday() as usize] {
                    let begin = (midnight + begin).max(even.from);
                    let end = (midnight + end).min(even.to);
                    if begin < end {
                        stretches.push((begin, end));
                    }
                }
            }
        }
        WorkingTime::new(from, to, stretches)
    }
}

/// Milliseconds after midnight of `HH:MM`, up to `24:00`.
fn time_of_day(text: &str) -> Option<i64> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let part = |digits: &str| {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse::<i64>().ok()).flatten()
    };
    let (hours, minutes) = (part(hours)?, part(minutes)?);
    let within = minutes < 60 && hours * 60 + minutes <= 24 * 60;
    within.then_some((hours * 60 + minutes) * MINUTE_MS)
}

fn invalid(what: &str) -> Error {
    Error::new(
        "calendar_invalid",
        format!("The calendar cannot be used: {what}."),
        "Give days from mon to sun with hours such as [[\"09:00\",\"17:30\"]]; write a night shift as the end of one day and the beginning of the next.",
    )
}

/// Working time as stretches that follow one another, with the sum before each.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkingTime {
    from: i64,
    stretches: Vec<(i64, i64)>,
    /// Milliseconds worked before each stretch, and at the end all of them.
    before: Vec<i64>,
    /// For every 24 hours from the beginning: the first stretch that ends later.
    first_of_day: Vec<u32>,
}

impl WorkingTime {
    fn new(from: i64, to: i64, stretches: Vec<(i64, i64)>) -> Self {
        let mut before = Vec::with_capacity(stretches.len() + 1);
        let mut sum = 0;
        for (begin, end) in &stretches {
            before.push(sum);
            sum += end - begin;
        }
        before.push(sum);
        let mut first_of_day = Vec::new();
        let mut next = 0;
        let mut day = from;
        while day <= to {
            while stretches.get(next).is_some_and(|(_, end)| *end <= day) {
                next += 1;
            }
            first_of_day.push(next as u32);
            day += DAY_MS;
        }
        Self {
            from,
            stretches,
            before,
            first_of_day,
        }
    }

    /// Milliseconds worked from the beginning up to a moment in UTC.
    fn up_to(&self, utc: i64) -> i64 {
        let day = (utc - self.from).max(0).div_euclid(DAY_MS) as usize;
        let first = self.first_of_day.get(day).or(self.first_of_day.last());
        let mut next = first.map_or(0, |first| *first as usize);
        while self.stretches.get(next).is_some_and(|(_, end)| *end <= utc) {
            next += 1;
        }
        let begun = self
            .stretches
            .get(next)
            .map_or(0, |(begin, _)| (utc - begin).max(0));
        self.before[next] + begun
    }

    /// Hours worked between two moments in UTC, in milliseconds; nothing where the second is not
    /// later.
    pub fn hours_between(&self, start: i64, end: i64) -> f64 {
        (self.up_to(end) - self.up_to(start)).max(0) as f64 / HOUR_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(json: &str) -> CalendarChoice {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_calendar_that_makes_no_sense_is_an_error() {
        for bad in [
            "{}",
            r#"{"days":{"mon":[]}}"#,
            r#"{"days":{"someday":[["09:00","17:00"]]}}"#,
            r#"{"days":{"mon":[["17:00","09:00"]]}}"#,
            r#"{"days":{"mon":[["09:00","09:00"]]}}"#,
            r#"{"days":{"mon":[["09:00","25:00"]]}}"#,
            r#"{"days":{"mon":[["nine","17:00"]]}}"#,
            r#"{"days":{"mon":[["09:00","13:00"],["12:00","17:00"]]}}"#,
        ] {
            let error = Calendar::from_choice(&choice(bad), &Zone::UTC).unwrap_err();
            assert_eq!(error.code, "calendar_invalid", "{bad}");
        }
        let zone = r#"{"days":{"mon":[["09:00","17:00"]]},"timezone":"Nowhere"}"#;
        let error = Calendar::from_choice(&choice(zone), &Zone::UTC).unwrap_err();
        assert_eq!(error.code, "timezone_unsupported");
    }

    #[test]
    fn days_go_by_short_and_full_names_and_may_end_at_midnight() {
        let days = r#"{"days":{"Mon":[["00:00","24:00"]],"tuesday":[["9:00","12:00"]]}}"#;
        let calendar = Calendar::from_choice(&choice(days), &Zone::UTC).unwrap();
        // 1970-01-05 was a Monday.
        let monday = 4 * DAY_MS;
        let time = calendar.lay_out(0, 10 * DAY_MS);
        let hours = time.hours_between(monday, monday + 2 * DAY_MS);
        assert!((hours - 27.0).abs() < 1e-12);
    }
}

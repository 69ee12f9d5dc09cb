//! Who came again so many days after the first time, in calendar days or in days of 24 hours.

use std::ops::Range;

use crate::engine::base::Date;
use crate::engine::chart_spec::Dot;
use crate::engine::facts::{Activity, ActivityRows};
use crate::engine::kpi::prelude::*;
use stats::proportion;

/// The most days that a chart shows.
const MOST_DOTS: u32 = 14;

/// Hours in a day.
const DAY_HOURS: i32 = 24;

/// What a day after the first event is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Days {
    /// A day of the calendar; day 0 is that of the first event.
    Calendar,
    /// 24 hours that begin with the hour of the first event.
    Of24Hours,
}

/// When users must come again, in days since the first event.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum When {
    /// On this day.
    On(u32),
    /// On this day or any later one.
    From(u32),
    /// On any of these days, both included.
    Within(u32, u32),
}

impl When {
    /// The last day that must be over for a user to count.
    pub const fn last_day(self) -> u32 {
        match self {
            Self::On(day) | Self::From(day) | Self::Within(_, day) => day,
        }
    }
}

/// How many could come again, and how many did.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Returned {
    /// Users who came again.
    pub returned: u64,
    /// Users for whom the day is over.
    pub reached: u64,
}

/// The users who came for the first time in a period, and what they did since.
#[derive(Debug)]
pub struct Returns<'a> {
    activity: &'a Activity,
    facts: &'a ActivityRows,
    people: Range<usize>,
    /// The days on which they came for the first time; empty where there are none.
    born: Range<i32>,
    as_of: Date,
    /// The hour of the first event of each of them, for days of 24 hours.
    hours: Option<Vec<i32>>,
}

impl<'a> Returns<'a> {
    /// The users who came for the first time in the period, or ever.
    ///
    /// # Errors
    /// `rule_not_applicable` for days of 24 hours where the table only says days.
    pub fn new(
        activity: &'a Activity,
        facts: &'a ActivityRows,
        period: Option<Period>,
        (as_of, days): (Date, Days),
    ) -> Outcome<Self> {
        let people = activity.newcomers(period);
        let firsts = &activity.firsts()[people.clone()];
        let born = match firsts {
            [first, .., last] => *first..last + 1,
            [only] => *only..only + 1,
            [] => 0..0,
        };
        let mut found = Self {
            activity,
            facts,
            people,
            born,
            as_of,
            hours: None,
        };
        if days == Days::Of24Hours {
            found.hours = Some(found.first_hours()?);
        }
        Ok(found)
    }

    /// How many there are, old enough or not.
    pub fn all(&self) -> u64 {
        self.people.len() as u64
    }

    /// How many came again of those for whom the time is over.
    pub fn share(&self, when: When) -> Returned {
        let last = when.last_day() as i32;
        match &self.hours {
            None => self.by_calendar(when, last),
            Some(hours) => self.by_24_hours(when, last, hours),
        }
    }

    fn by_calendar(&self, when: When, last: i32) -> Returned {
        let firsts = self.activity.firsts();
        // Users stand in the order of their first day, so those old enough come first.
        let old = firsts[self.people.clone()].partition_point(|day| day + last <= self.as_of.0);
        let old = self.people.start..self.people.start + old;
        let returned = match when {
            When::From(day) => {
                let lasts = self.activity.lasts();
                let came = old
                    .clone()
                    .filter(|person| lasts[*person] - firsts[*person] >= day as i32);
                came.count()
            }
            When::On(_) | When::Within(..) => {
                let from = first_day(when);
                let visits = self.activity.visits(self.after(from, last)).iter();
                let came = visits.filter(|visit| {
                    let Some(first) = first_of(firsts, &old, visit.person) else {
                        return false;
                    };
                    // Counted at the first visit within the range.
                    let is_within = first + from <= visit.day && visit.day <= first + last;
                    is_within && visit.before < first + from
                });
                came.count()
            }
        };
        Returned {
            returned: returned as u64,
            reached: old.len() as u64,
        }
    }

    fn by_24_hours(&self, when: When, last: i32, hours: &[i32]) -> Returned {
        let (firsts, lasts) = (self.activity.firsts(), self.activity.lasts());
        let end = (self.as_of.0 + 1) * DAY_HOURS;
        let is_old = |place: usize| hours[place] + DAY_HOURS * (last + 1) <= end;
        let from = first_day(when);
        let mut came = vec![false; hours.len()];
        if matches!(when, When::From(_)) {
            // Who came later than on the calendar day came later by 24 hours, too.
            for (mark, person) in came.iter_mut().zip(self.people.clone()) {
                *mark = lasts[person] - firsts[person] > from;
            }
        }
        let to = if matches!(when, When::From(_)) {
            i32::MAX
        } else {
            last
        };
        for (hour, place) in self.hours_after(from, last + 1) {
            let day = (hour - hours[place]).div_euclid(DAY_HOURS);
            came[place] |= from <= day && day <= to;
        }
        let old = came
            .iter()
            .enumerate()
            .filter(|(place, _)| is_old(*place))
            .map(|(_, came)| *came);
        Returned {
            returned: old.clone().filter(|came| *came).count() as u64,
            reached: old.count() as u64,
        }
    }

    /// The calendar days that lie so many days after the first ones.
    fn after(&self, from: i32, to: i32) -> Period {
        Period {
            start: Date(self.born.start + from),
            end: Date(self.born.end + to),
        }
    }

    /// The hour of everything these users did so many days after the first ones, and their place.
    fn hours_after(&self, from: i32, to: i32) -> impl Iterator<Item = (i32, usize)> {
        let (facts, people) = (self.facts, self.people.clone());
        self.activity
            .actions(self.facts, Some(self.after(from, to)))
            .filter(move |(_, person)| people.contains(&(*person as usize)))
            .map(|(row, person)| {
                let hour = facts.minute(row).div_euclid(60);
                (hour, person as usize - self.people.start)
            })
    }

    fn first_hours(&self) -> Outcome<Vec<i32>> {
        if self.facts.minutes.is_none() {
            return Err(Refusal::new(
                "rule_not_applicable",
                "The table says on which day things happened, but not at which time.",
                "Choose the rule with calendar days, or add the time of day.",
            ));
        }
        let minutes = &self.activity.first_minutes(self.facts)[self.people.clone()];
        Ok(minutes.iter().map(|minute| minute.div_euclid(60)).collect())
    }

    /// The share day by day up to the last day.
    pub fn chart(&self, when: When) -> ChartSpec {
        let last = when.last_day().max(1);
        let step = last.div_ceil(MOST_DOTS);
        let first = (last - 1) % step + 1;
        let dots = (first..=last).step_by(step as usize).map(|day| {
            let found = self.share(match when {
                When::From(_) => When::From(day),
                When::On(_) | When::Within(..) => When::On(day),
            });
            let ends = proportion::wilson(found.returned, found.reached, LEVEL);
            Dot {
                label: format!("Day {day}"),
                value: ends.map(|_| found.returned as f64 / found.reached as f64),
                low: ends.map(|ends| ends.0),
                high: ends.map(|ends| ends.1),
                n: Some(found.reached),
            }
        });
        ChartSpec {
            title: String::from("Users who came again, by days since the first event"),
            summary: String::new(),
            plot: Plot::Dots {
                unit: Unit::Ratio,
                dots: dots.collect(),
                reference: None,
            },
            footnotes: vec![String::from(
                "Each day counts only users for whom it is over, so later days rest on fewer.",
            )],
        }
    }
}

/// The first day of the range.
const fn first_day(when: When) -> i32 {
    match when {
        When::On(day) | When::From(day) | When::Within(day, _) => day as i32,
    }
}

/// The first day of a user, if it is one of these.
fn first_of(firsts: &[i32], people: &Range<usize>, person: u32) -> Option<i32> {
    let person = person as usize;
    people.contains(&person).then(|| firsts[person])
}

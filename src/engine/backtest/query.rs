//! The question about a back-test. Plain data.

use serde::{Deserialize, Serialize};

use crate::engine::base::{Date, PeriodUnit};

/// The most months of which the course of the score is told.
pub const MOST_MONTHS: u32 = 24;

/// How a score is to be tested.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct BacktestQuery {
    /// The answer lists every account that was tested, so that the test can be worked out again.
    pub accounts: bool,
    /// The answer tells the score at the ends of so many months, at most 24; none unless given.
    pub months: u32,
    /// Of this account the score at the ends of months is told too. Then nothing is tested.
    pub customer: Option<String>,
}

/// A past day whose score is worked out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Look {
    /// It is held against what happened in so many days since.
    Test(u32),
    /// It is told.
    Tell(Date),
}

impl Look {
    /// The day.
    pub fn day(self, as_of: Date) -> Date {
        match self {
            Self::Test(days) => as_of.plus_days(-(days as i32)),
            Self::Tell(day) => day,
        }
    }
}

impl BacktestQuery {
    /// The days that are looked back to: those of the tests, the shortest look back first, then the
    /// last days of months, the earliest first, up to the last day that counts.
    pub fn looks(&self, main: u32, as_of: Date) -> Vec<Look> {
        let mut looks = Vec::new();
        if self.customer.is_none() {
            looks.extend(looks_back(main).into_iter().map(Look::Test));
        }
        let months = self.months.min(MOST_MONTHS) as i32;
        let this = PeriodUnit::Month.index(as_of);
        let ends = (1..=months).rev().map(|back| {
            let next = PeriodUnit::Month.start(this - back + 1);
            Look::Tell(next.plus_days(-1))
        });
        looks.extend(ends);
        if months > 0 {
            looks.push(Look::Tell(as_of));
        }
        looks
    }
}

/// Beside the main look back, so many days back.
const USUAL_DAYS: [u32; 3] = [30, 90, 180];

/// How many days each look back goes back, the shortest first.
pub fn looks_back(main: u32) -> Vec<u32> {
    let mut days = USUAL_DAYS.to_vec();
    days.push(main);
    days.sort_unstable();
    days.dedup();
    days
}

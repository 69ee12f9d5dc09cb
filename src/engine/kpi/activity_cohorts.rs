//! Cohorts of users: those who came for the first time in one month, and how many of them came in
//! each month since.

use crate::engine::base::Date;
use crate::engine::facts::Activity;
use crate::engine::report::Cohort;

/// The most cohorts that a finding lists; the latest are kept.
const MOST_COHORTS: usize = 36;

/// The cohorts of all whole months up to the end of the day `as_of`. A month in which nobody came
/// for the first time has none.
pub fn of_activity(activity: &Activity, as_of: Date) -> Vec<Cohort> {
    let over = as_of.plus_days(1).month_index();
    let mut months: Vec<(i32, usize)> = Vec::new();
    // The place among the cohorts of each user.
    let mut cohort_of = Vec::with_capacity(activity.users());
    let mut calendar = Calendar::default();
    for first in activity.firsts() {
        let month = calendar.month(*first);
        match months.last_mut() {
            Some((last, users)) if *last == month => *users += 1,
            _ => months.push((month, 1)),
        }
        cohort_of.push(months.len() - 1);
    }
    let mut came: Vec<Vec<u64>> = months
        .iter()
        .map(|(month, _)| vec![0; (over - month).max(0) as usize])
        .collect();
    for visit in activity.all_visits() {
        let month = calendar.month(visit.day);
        // Once a month: the visit before was in an earlier one.
        if visit.before >= calendar.start {
            continue;
        }
        let cohort = cohort_of[visit.person as usize];
        let since = (month - months[cohort].0) as usize;
        if let Some(count) = came[cohort].get_mut(since) {
            *count += 1;
        }
    }
    let whole = months.iter().filter(|(month, _)| *month < over).count();
    months
        .iter()
        .zip(came)
        .take(whole)
        .skip(whole.saturating_sub(MOST_COHORTS))
        .map(|((month, users), came)| Cohort {
            start: Date::from_month_index(*month),
            customers: *users as u64,
            revenue: None,
            customers_kept: came
                .iter()
                .map(|count| *count as f64 / *users as f64)
                .collect(),
            revenue_kept: Vec::new(),
        })
        .collect()
}

/// The month of days that come in order, most of which lie in the month of the day before.
#[derive(Default)]
struct Calendar {
    /// The first day of the month.
    start: i32,
    /// The first day after it.
    end: i32,
    index: i32,
}

impl Calendar {
    fn month(&mut self, day: i32) -> i32 {
        if !(self.start..self.end).contains(&day) {
            self.index = Date(day).month_index();
            self.start = Date::from_month_index(self.index).0;
            self.end = Date::from_month_index(self.index + 1).0;
        }
        self.index
    }
}

//! Activity: which user did something on which day.

use super::NO_DAY;
use super::reading::{self, Reading};
use crate::engine::base::Period;
use crate::engine::roles::Role;
use crate::engine::table::Reason;

/// One entry a row.
#[derive(Clone, Debug)]
pub struct ActivityRows {
    /// The user's number; 0 where the row is left out.
    pub users: Vec<u32>,
    /// The day; [`NO_DAY`] where the row is left out.
    pub days: Vec<i32>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// Numbers of users run below this.
    pub user_limit: usize,
}

/// Reads events.
pub fn read(reading: &Reading<'_>) -> Option<ActivityRows> {
    let keys = reading.keys_of(Role::User)?;
    let moments = reading.instants_of(Role::OccurredAt)?;
    let mut reasons = reading.reasons();
    reading::require_instants(&moments, reading.horizon(), &mut reasons);
    reading::require_keys(&keys, &mut reasons);
    let days = reading::days(&moments);
    let used = |row: usize| reasons[row] == Reason::Used;
    Some(ActivityRows {
        users: (0..reasons.len())
            .map(|row| if used(row) { keys.codes[row] } else { 0 })
            .collect(),
        days: (0..reasons.len())
            .map(|row| if used(row) { days[row] } else { NO_DAY })
            .collect(),
        user_limit: keys.texts.len(),
        reasons,
    })
}

/// Days on which users were active, each pair once, in the order of days.
#[derive(Clone, Debug)]
pub struct Activity {
    pairs: Vec<(i32, u32)>,
    user_limit: usize,
}

impl Activity {
    /// The activity in these rows.
    pub fn from_rows(facts: &ActivityRows, rows: &[u32]) -> Self {
        let mut pairs: Vec<(i32, u32)> = rows
            .iter()
            .map(|&row| (facts.days[row as usize], facts.users[row as usize]))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        Self {
            pairs,
            user_limit: facts.user_limit,
        }
    }

    /// Active days of each user who was active in the period, in the order of users.
    pub fn days_per_user(&self, period: Period) -> Vec<u32> {
        let mut days = vec![0_u32; self.user_limit];
        for (_, user) in self.within(period) {
            days[*user as usize] += 1;
        }
        days.retain(|count| *count > 0);
        days
    }

    /// Days of the period on which anyone was active.
    pub fn active_days(&self, period: Period) -> u32 {
        let mut count = 0;
        let mut last = None;
        for (day, _) in self.within(period) {
            if last != Some(*day) {
                count += 1;
                last = Some(*day);
            }
        }
        count
    }

    fn within(&self, period: Period) -> &[(i32, u32)] {
        let from = self.pairs.partition_point(|(day, _)| *day < period.start.0);
        let to = self.pairs.partition_point(|(day, _)| *day < period.end.0);
        &self.pairs[from..to]
    }

    /// The first and the last day with activity.
    pub fn span(&self) -> Option<(i32, i32)> {
        Some((self.pairs.first()?.0, self.pairs.last()?.0))
    }
}

//! Activity as rows tell it: which user did what when.

use super::NO_DAY;
use super::reading::{self, Reading};
use crate::engine::roles::Role;
use crate::engine::table::Reason;
use crate::engine::table::column::{InstantCells, NO_INSTANT};
use crate::engine::table::keys::Keys;

/// Milliseconds in a minute.
const MINUTE_MS: i64 = 60_000;

/// Minutes in a day.
pub const DAY_MINUTES: i32 = 1_440;

/// One entry a row.
#[derive(Clone, Debug)]
pub struct ActivityRows {
    /// The user's number; 0 where the row is left out.
    pub users: Vec<u32>,
    /// The day; [`NO_DAY`] where the row is left out.
    pub days: Vec<i32>,
    /// Whole minutes since 1970 in the report's zone; absent where the table only says days.
    pub minutes: Option<Vec<i32>>,
    /// What was done, where a column says.
    pub events: Option<Named>,
    /// What it was done with, where a column says.
    pub features: Option<Named>,
    /// Whose user it was, where a column says.
    pub customers: Option<Vec<u32>>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
    /// Numbers of users run below this.
    pub user_limit: usize,
    /// Numbers of customers run below this.
    pub customer_limit: usize,
}

/// A name a row.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// The number of each row's name; 0 where the cell is empty.
    pub codes: Vec<u32>,
    /// The names by number; the first is empty.
    pub names: Vec<String>,
    /// How many names rows that count hold.
    pub in_use: u64,
}

impl Named {
    fn of(keys: Keys<'_>, reasons: &[Reason]) -> Self {
        let mut seen = vec![false; keys.texts.len()];
        for (code, reason) in keys.codes.iter().zip(reasons) {
            seen[*code as usize] |= *reason == Reason::Used;
        }
        Self {
            in_use: seen.iter().skip(1).filter(|seen| **seen).count() as u64,
            names: keys
                .texts
                .texts()
                .map(|name| name.trim().to_owned())
                .collect(),
            codes: keys.codes.into_owned(),
        }
    }

    /// A mark for every number of a name: whether it is one of these, capitals aside.
    ///
    /// # Errors
    /// The first of them that no row holds.
    pub fn marks(&self, wanted: &[String]) -> Result<Vec<bool>, String> {
        let mut marks = vec![false; self.names.len()];
        for one in wanted {
            let found = self.names.iter().skip(1).zip(&mut marks[1..]);
            let mut is_there = false;
            for (_, mark) in found.filter(|(name, _)| is_alike(name, one)) {
                *mark = true;
                is_there = true;
            }
            if !is_there {
                return Err(one.clone());
            }
        }
        Ok(marks)
    }
}

impl ActivityRows {
    /// The minute of a row that counts; that of midnight where the table says days only.
    pub fn minute(&self, row: usize) -> i32 {
        match &self.minutes {
            Some(minutes) => minutes[row],
            None => self.days[row] * DAY_MINUTES,
        }
    }
}

/// Whether two names are the same but for capitals.
fn is_alike(one: &str, other: &str) -> bool {
    let small = |text: &str| -> Vec<char> { text.chars().flat_map(char::to_lowercase).collect() };
    // Most differ in their first letter already, which needs no copy.
    let first = |text: &str| text.chars().next().map(|it| it.to_lowercase().next());
    first(one) == first(other) && small(one) == small(other)
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
    let customers = reading.keys_of(Role::Customer);
    let named = |role: Role| {
        let keys = reading.keys_of(role)?;
        Some(Named::of(keys, &reasons))
    };
    Some(ActivityRows {
        users: (0..reasons.len())
            .map(|row| if used(row) { keys.codes[row] } else { 0 })
            .collect(),
        days: (0..reasons.len())
            .map(|row| if used(row) { days[row] } else { NO_DAY })
            .collect(),
        minutes: (!moments.days_only).then(|| minutes(&moments)),
        events: named(Role::Event),
        features: named(Role::Feature),
        customer_limit: customers.as_ref().map_or(0, |keys| keys.texts.len()),
        customers: customers.map(|keys| keys.codes.into_owned()),
        user_limit: keys.texts.len(),
        reasons,
    })
}

/// The whole minute of each moment; 0 where there is none, in rows that are left out.
fn minutes(moments: &InstantCells) -> Vec<i32> {
    let minute = |value: &i64| {
        if *value == NO_INSTANT {
            0
        } else {
            value.div_euclid(MINUTE_MS) as i32
        }
    };
    moments.values.iter().map(minute).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whatever_their_capitals_and_a_name_that_nobody_wrote_is_told() {
        let named = Named {
            codes: vec![1, 2, 0, 3],
            names: ["", "Login", "login", "save"].map(str::to_owned).to_vec(),
            in_use: 3,
        };
        let wanted = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            named.marks(&names)
        };
        assert_eq!(wanted(&["LOGIN"]), Ok(vec![false, true, true, false]));
        assert_eq!(wanted(&["save", "open"]), Err(String::from("open")));
        assert_eq!(wanted(&[""]), Err(String::new()));
    }
}

//! Which tickets are open, and since when.

use std::rc::Rc;

use super::start::{LATER, Start};
use crate::engine::base::Date;
use crate::engine::facts::NO_DAY;
use crate::engine::table::Reason;

/// One entry a ticket.
#[derive(Clone, Debug)]
pub struct Backlog {
    /// The day on which it was created.
    pub created: Rc<Vec<i32>>,
    /// The day on which it was solved; [`NO_DAY`] where it is open. Absent where no column says.
    pub solved: Option<Vec<i32>>,
    /// Whether its status says that it is open. Absent without a status.
    pub open_now: Option<Vec<bool>>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
}

/// Reads when tickets were created and solved, and what their status says. Absent where nothing
/// says which of them are open.
pub fn read(start: &Start<'_>) -> Option<Backlog> {
    let created = start.days()?;
    let mut solved = start.solved_days();
    let mut reasons = start.reasons.clone();
    let open_now: Option<Vec<bool>> = start
        .done
        .as_ref()
        .map(|done| done.iter().map(|done| !done).collect());
    if let Some(solved) = &mut solved {
        for (row, reason) in reasons.iter_mut().enumerate() {
            if solved[row] == LATER {
                // It was open on the last day that counts, whatever its status says since.
                solved[row] = NO_DAY;
                continue;
            }
            if *reason != Reason::Used {
                continue;
            }
            let is_done = open_now.as_ref().is_some_and(|open| !open[row]);
            if solved[row] == NO_DAY {
                if is_done {
                    // Solved at an unknown time.
                    *reason = Reason::DateMissing;
                }
            } else if solved[row] < created[row] {
                *reason = Reason::EndsBeforeStart;
            }
        }
    }
    (solved.is_some() || open_now.is_some()).then_some(Backlog {
        created,
        solved,
        open_now,
        reasons,
    })
}

/// How many tickets were created and solved up to each day, ready for any day.
#[derive(Clone, Debug, Default)]
pub struct OpenTickets {
    first_day: i32,
    /// Tickets open at the end of each day from the first one on.
    open: Vec<u32>,
    /// Tickets created up to the end of each day.
    created: Vec<u32>,
}

impl OpenTickets {
    /// Counts these rows by day; nothing where the facts do not say when tickets were solved.
    pub fn from_rows(facts: &Backlog, rows: &[u32]) -> Self {
        let created = |row: &u32| facts.created[*row as usize];
        let Some(first_day) = rows.iter().map(created).min() else {
            return Self::default();
        };
        let solved_on = |row: u32| {
            let solved = facts
                .solved
                .as_ref()
                .map_or(NO_DAY, |days| days[row as usize]);
            (solved != NO_DAY).then_some(solved)
        };
        let last_of = |row: &u32| solved_on(*row).unwrap_or(first_day).max(created(row));
        let last_day = rows.iter().map(last_of).max().unwrap_or(first_day);
        let count = (last_day - first_day + 1) as usize;
        let (mut come, mut gone) = (vec![0_u32; count], vec![0_u32; count]);
        for &row in rows {
            come[(created(&row) - first_day) as usize] += 1;
            if let Some(day) = solved_on(row) {
                gone[(day - first_day) as usize] += 1;
            }
        }
        let (mut sum, mut left) = (0, 0);
        let of_day = come.iter().zip(&gone).map(|(come, gone)| {
            sum += come;
            left += gone;
            (sum - left, sum)
        });
        let (open, created) = of_day.unzip();
        Self {
            first_day,
            open,
            created,
        }
    }

    /// The day on which the first ticket was created; absent without tickets.
    pub fn first_day(&self) -> Option<Date> {
        (!self.open.is_empty()).then_some(Date(self.first_day))
    }

    /// Tickets open at the end of a day, and tickets created up to then.
    pub fn at_end_of(&self, day: Date) -> (u64, u64) {
        let Some(last) = self.open.len().checked_sub(1) else {
            return (0, 0);
        };
        let place = day.0 - self.first_day;
        if place < 0 {
            return (0, 0);
        }
        let place = (place as usize).min(last);
        (u64::from(self.open[place]), u64::from(self.created[place]))
    }
}

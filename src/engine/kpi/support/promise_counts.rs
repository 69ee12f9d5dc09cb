//! Promises of time, counted: by target and by ticket.

use crate::engine::facts::tickets::service_levels::Promise;
use crate::engine::facts::{Kept, ServiceLevels};
use crate::engine::kpi::prelude::*;

/// What became of the targets of the tickets that count.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    /// Targets met.
    pub met: u64,
    /// Targets missed.
    pub missed: u64,
    /// Targets that are open and late already.
    pub overdue: u64,
    /// Targets that are open and not late.
    pub open: u64,
    /// Tickets with a target that was met or missed.
    pub tickets: u64,
    /// Tickets of which all targets are completed, or one was missed.
    pub decided: u64,
    /// Those of them that kept all.
    pub kept: u64,
}

impl Counts {
    /// What became of these promises.
    ///
    /// Every row adds one to a cell for each promise, and one to the cell of what it holds together:
    /// no branch depends on the data, which a million tickets in no order would mispredict.
    pub fn of(scope: &Scope<'_>, promises: &[&Promise]) -> Self {
        let mut targets = [0_u64; 5];
        let mut tickets = [0_u64; 1 << 5];
        if let [one, other] = promises {
            // Counted in pairs first: one look-up a ticket, and nothing waits for the one before.
            let mut pairs = [[0_u32; 64]; 2];
            for (place, &row) in scope.rows.iter().enumerate() {
                let row = row as usize;
                pairs[place % 2][one.kept[row] as usize | (other.kept[row] as usize) << 3] += 1;
            }
            for (pair, (even, odd)) in pairs[0].iter().zip(&pairs[1]).enumerate() {
                let number = u64::from(*even) + u64::from(*odd);
                if number > 0 {
                    let (one, other) = (pair & 7, pair >> 3);
                    targets[one] += number;
                    targets[other] += number;
                    tickets[1 << one | 1 << other] += number;
                }
            }
        } else {
            for &row in scope.rows {
                let mut held = 0;
                for promise in promises {
                    let kept = promise.kept[row as usize] as usize;
                    targets[kept] += 1;
                    held |= 1 << kept;
                }
                tickets[held] += 1;
            }
        }
        let of = |kept: Kept| targets[kept as usize];
        let mut counts = Self {
            met: of(Kept::Met),
            missed: of(Kept::Missed),
            overdue: of(Kept::Overdue),
            open: of(Kept::Open),
            ..Self::default()
        };
        for (held, &number) in tickets.iter().enumerate() {
            let has = |kept: Kept| held & (1 << kept as usize) != 0;
            let broken = has(Kept::Missed);
            let completed = broken || has(Kept::Met);
            let waits = has(Kept::Overdue) || has(Kept::Open);
            counts.tickets += if completed { number } else { 0 };
            counts.decided += if broken || completed && !waits {
                number
            } else {
                0
            };
            counts.kept += if completed && !broken && !waits {
                number
            } else {
                0
            };
        }
        counts
    }

    /// A share with all counts as its terms.
    pub fn share(self, numerator: u64, denominator: u64) -> Outcome<Estimate> {
        at_least_one(denominator, "completed targets")?;
        let parts = vec![
            ("met", self.met as f64),
            ("missed", self.missed as f64),
            ("overdue", self.overdue as f64),
            ("open", self.open as f64),
            ("tickets", self.tickets as f64),
            ("numerator", numerator as f64),
            ("denominator", denominator as f64),
        ];
        Ok(Estimate::share(numerator, denominator).with_parts(parts))
    }
}

/// The promises in force: as the export says that they were kept, else as times say.
pub fn in_force(levels: &ServiceLevels) -> Outcome<&[Promise]> {
    if levels.told.is_empty() {
        measured(levels)
    } else {
        Ok(&levels.told)
    }
}

/// The promises as times and targets say.
pub fn measured(levels: &ServiceLevels) -> Outcome<&[Promise]> {
    if !levels.measured.is_empty() {
        return Ok(&levels.measured);
    }
    Err(if levels.unclear {
        Refusal::new(
            "target_unclear",
            "The column of promised times does not say whether it is for the first reply or for the solution.",
            "Say it with the setting target_is_for.",
        )
    } else if levels.no_calendar {
        Refusal::new(
            "no_calendar",
            "Times are to be measured in business hours, and no calendar says which hours are worked.",
            "Set business hours, or measure around the clock.",
        )
    } else {
        Refusal::new(
            "rule_not_applicable",
            "No column and no setting says what was promised.",
            "Set the hours promised for a first reply or for a solution, or choose another rule.",
        )
    })
}

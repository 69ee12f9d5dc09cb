//! What rules on deliveries share: what became of each row that was due.

use super::on_counts::untold;
use super::scope::Scope;
use crate::engine::base::refusal::Outcome;
use crate::engine::facts::NO_DAY;
use crate::engine::facts::deliveries::{Deliveries, Moments};

/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;

/// How a row is judged.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    /// What was promised or asked for.
    pub target: &'a Moments,
    /// When it came.
    pub delivered: &'a Moments,
    /// Days after the target up to which it is on time.
    pub tolerance: f64,
    /// Days before the target from which on it is too early; absent: never.
    pub early: Option<f64>,
    /// The time of day counts.
    pub by_time: bool,
    /// The last day of the data.
    pub last: f64,
}

/// What became of a row that was due.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Came {
    /// It came on time.
    OnTime,
    /// It came before the days that are allowed for.
    TooEarly,
    /// It came late.
    Late,
    /// It has not come, and the tolerance is over.
    Overdue,
    /// It has not come, and the tolerance is not over; or nobody said by when.
    Open,
}

impl<'a> Judge<'a> {
    /// Judges by days, and takes what comes early for on time.
    ///
    /// # Errors
    /// `not_applicable` where the facts are no deliveries.
    pub fn new(scope: &Scope<'a>, target: &'a Moments, tolerance: f64) -> Outcome<Self> {
        let deliveries = scope.deliveries()?;
        Ok(Self {
            target,
            delivered: &deliveries.delivered,
            tolerance,
            early: None,
            by_time: false,
            last: scope.as_of.map_or(f64::INFINITY, |day| f64::from(day.0)),
        })
    }

    /// What became of a row.
    pub fn came(&self, row: usize) -> Came {
        let target = self.target.days[row];
        let delivered = self.delivered.days[row];
        if target == NO_DAY {
            return Came::Open;
        }
        if delivered == NO_DAY {
            return if self.last > f64::from(target) + self.tolerance {
                Came::Overdue
            } else {
                Came::Open
            };
        }
        let days = f64::from(delivered) - f64::from(target);
        let has_times = !self.target.days_only && !self.delivered.days_only;
        let late = if self.by_time && has_times {
            (self.delivered.instants[row] - self.target.instants[row]) as f64 / DAY
        } else {
            days
        };
        if late > self.tolerance {
            Came::Late
        } else if self.early.is_some_and(|early| -days > early) {
            Came::TooEarly
        } else {
            Came::OnTime
        }
    }
}

/// What was promised; where no column says, what was asked for.
///
/// # Errors
/// `rule_not_applicable` where neither is told.
pub fn target(deliveries: &Deliveries) -> Outcome<&Moments> {
    let promised = deliveries.promised.as_ref();
    promised
        .or(deliveries.requested.as_ref())
        .ok_or_else(|| untold("promised_at"))
}

/// Every row that is due with what became of it.
pub fn due<'a>(scope: &Scope<'a>, judge: Judge<'a>) -> Vec<(usize, Came)> {
    let rows = scope.rows.iter().map(|row| *row as usize);
    rows.map(|row| (row, judge.came(row)))
        .filter(|(_, came)| *came != Came::Open)
        .collect()
}

/// What stands beside every rule, of the rows that are due.
pub fn counts(judge: &Judge<'_>, due: &[(usize, Came)]) -> Vec<(&'static str, f64)> {
    let (mut late, mut overdue, mut early) = (0_u64, 0_u64, 0_u64);
    for (row, came) in due {
        late += u64::from(*came == Came::Late);
        overdue += u64::from(*came == Came::Overdue);
        let delivered = judge.delivered.days[*row];
        early += u64::from(delivered != NO_DAY && delivered < judge.target.days[*row]);
    }
    vec![
        ("delivered", due.len() as f64 - overdue as f64),
        ("late", late as f64),
        ("overdue", overdue as f64),
        ("early", early as f64),
    ]
}

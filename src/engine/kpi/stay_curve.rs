//! How long customers stay: Kaplan and Meier's curve of a ledger or of a list of customers.

use super::prelude::*;
use crate::engine::base::Date;
use crate::engine::facts::{Ledger, Tenures};
use crate::engine::report::CurvePoint;
use crate::engine::stats::survival::{self, Curve};
use crate::engine::table::Reason;

/// Days in a month of the curve: a twelfth of 365.25.
const MONTH_DAYS: f64 = 30.4375;

/// The terms that a curve gives.
pub const STAY_PARTS: [Part; 3] = [
    Part {
        name: "median",
        unit: Unit::Months,
        says: "months after which half of the customers have left; absent until half have",
    },
    Part {
        name: "restricted_mean",
        unit: Unit::Months,
        says: "months that a customer stays on average within the horizon",
    },
    Part {
        name: "horizon",
        unit: Unit::Months,
        says: "the longest time that the curve covers",
    },
];

/// How long each customer has stayed, in months, and whether they have left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stays {
    /// Months as a customer.
    pub months: Vec<f64>,
    /// Whether that time ended with a loss; else it was going on when last seen.
    pub left: Vec<bool>,
}

/// A curve and what it says in a few numbers.
#[derive(Clone, Debug, Default)]
pub struct Stay {
    /// The curve.
    pub points: Vec<CurvePoint>,
    /// The figures of [`STAY_PARTS`], as far as there are any.
    pub parts: Vec<(&'static str, f64)>,
    /// What it was made of.
    pub stays: Stays,
}

impl Stay {
    /// The curve of these rows of a list, a point for every length of time that occurs.
    pub fn of_tenures(tenures: &Tenures, rows: &[u32]) -> Self {
        let known = rows.iter().map(|row| *row as usize);
        let (months, left) = known
            .filter(|row| tenures.reasons[*row] == Reason::Used)
            .map(|row| (tenures.months[row], tenures.left[row]))
            .unzip();
        Self::of(Stays { months, left }, every_step)
    }

    /// The curve of the first lifetimes of a ledger up to the end of the day `as_of`, a point for
    /// every whole month: the share still there after so many months, and of those who were there
    /// at the beginning of that month, how many left in it.
    ///
    /// Who was there when a table of months begins is left out: when they began is not known. Who
    /// goes with a month of which the table says nothing is watched no longer from there on.
    pub fn of_ledger(ledger: &Ledger, as_of: Date) -> Self {
        let mut stays = Stays::default();
        let seen_to = as_of.plus_days(1);
        let lives = ledger.lifetimes();
        for same in lives.chunk_by(|one, other| one.customer == other.customer) {
            let first = same[0];
            if first.start >= seen_to.0 || !ledger.begins_on(Date(first.start)) {
                continue;
            }
            let end = first.end.min(seen_to.0);
            stays.months.push(f64::from(end - first.start) / MONTH_DAYS);
            let is_lost = first.end < seen_to.0 && ledger.speaks_of(Date(first.end));
            stays.left.push(is_lost);
        }
        Self::of(stays, by_month)
    }

    fn of(stays: Stays, told: fn(&Curve) -> Vec<CurvePoint>) -> Self {
        let Some(curve) = survival::kaplan_meier(&stays.months, &stays.left) else {
            return Self::default();
        };
        let points = told(&curve);
        Self {
            parts: parts(&curve, points.last().map_or(0.0, |last| last.at)),
            points,
            stays,
        }
    }
}

/// The curve as it is.
fn every_step(curve: &Curve) -> Vec<CurvePoint> {
    let points = curve.points.iter().map(|point| CurvePoint {
        at: point.at,
        value: point.survival,
        low: point.low,
        high: point.high,
        at_risk: point.at_risk,
        events: point.events,
    });
    points.collect()
}

/// The figures of a curve up to a horizon; none where it covers no time.
fn parts(curve: &Curve, horizon: f64) -> Vec<(&'static str, f64)> {
    let mut parts = Vec::new();
    if let Some(median) = survival::median(curve) {
        parts.push(("median", median));
    }
    if let Some(mean) = survival::restricted_mean(curve, horizon) {
        parts.push(("restricted_mean", mean));
        parts.push(("horizon", horizon));
    }
    parts
}

/// The curve at every whole month that it reaches.
fn by_month(curve: &Curve) -> Vec<CurvePoint> {
    let mut steps = curve.points.iter().peekable();
    let mut points = Vec::new();
    let mut month = 0.0;
    while let Some(there) = survival::survival_at(curve, month) {
        let at_risk = steps.peek().map_or(0, |next| next.at_risk);
        let mut events = 0;
        while let Some(step) = steps.next_if(|step| step.at <= month) {
            events += step.events;
        }
        points.push(CurvePoint {
            at: month,
            value: there.survival,
            low: there.low,
            high: there.high,
            at_risk,
            events,
        });
        month += 1.0;
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five customers: two leave in the first month, one is watched for half a month, one leaves
    /// in the third, one stays.
    #[test]
    fn a_month_tells_who_was_there_at_its_beginning_and_who_left_in_it() {
        let curve = survival::kaplan_meier(
            &[0.4, 0.6, 0.5, 2.5, 3.2],
            &[true, true, false, true, false],
        )
        .unwrap();
        let told: Vec<(f64, u64, u64)> = by_month(&curve)
            .iter()
            .map(|point| (point.at, point.at_risk, point.events))
            .collect();
        assert_eq!(told, [(0.0, 5, 0), (1.0, 5, 2), (2.0, 2, 0), (3.0, 2, 1)]);
        let third = by_month(&curve)[3].value;
        assert!((third - 4.0 / 5.0 * 2.0 / 3.0 / 2.0).abs() < 1e-12);
    }
}

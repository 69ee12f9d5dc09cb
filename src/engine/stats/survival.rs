//! Survival with customers (or tickets) that are still going: Kaplan and Meier's curve.
//!
//! Advice to the next person: "survival" is the share to whom it has *not yet* happened. Between
//! two censorings the product of the factors telescopes to one division, which is why the estimate
//! is written with a base and not as a product: without censoring it is then exactly count / n.

use super::normal;
use super::ranked::Ranked;
use crate::engine::base::math;

/// Name of the method of [`kaplan_meier`], as shown to a reader.
pub const KAPLAN_MEIER: &str = "Kaplan-Meier, log(-log) Greenwood interval";

/// A survival this close to one half counts as one half, so that rounding cannot move a median.
const HALF: f64 = 0.5 + 1e-12;

/// One step of a survival curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// The duration, in the unit given.
    pub at: f64,
    /// Share to whom it has not happened up to and including `at`.
    pub survival: f64,
    /// Lower end of the 95 % interval of `survival`.
    pub low: f64,
    /// Upper end of the 95 % interval of `survival`.
    pub high: f64,
    /// How many were under observation just before `at`.
    pub at_risk: u64,
    /// To how many it happened at `at`.
    pub events: u64,
    /// How many left observation at `at` without it.
    pub censored: u64,
}

/// A survival curve: a step function that starts at duration 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// One point for duration 0 and one for each later duration that occurs, in order.
    pub points: Vec<CurvePoint>,
}

/// Kaplan and Meier's estimate of survival, with its log(−log) Greenwood 95 % interval.
///
/// `happened` says of each duration whether it ended with the event; otherwise it was still going
/// when last seen. At equal durations events come before censorings. While nothing has happened
/// both ends of the interval are 1; where survival reaches 0 the transform is undefined, and the
/// interval runs from 0 to the last upper end. `None` without durations, when the slices differ in
/// length, or when a duration is negative or not finite.
///
/// # Source
/// Kaplan & Meier (1958), "Nonparametric estimation from incomplete observations"; Greenwood
/// (1926); interval: Kalbfleisch & Prentice (1980), as in the library lifelines.
pub fn kaplan_meier(durations: &[f64], happened: &[bool]) -> Option<Curve> {
    if durations.is_empty() || durations.len() != happened.len() || !durations_valid(durations) {
        return None;
    }
    let mut pairs: Vec<(f64, bool)> = durations
        .iter()
        .copied()
        .zip(happened.iter().copied())
        .collect();
    pairs.sort_unstable_by(|left, right| left.0.total_cmp(&right.0));
    let mut walk = Walk::new(pairs.len() as u64);
    let mut points = Vec::new();
    if pairs.first().is_some_and(|first| first.0 > 0.0) {
        points.push(walk.step(0.0, 0, 0));
    }
    for ties in pairs.chunk_by(|left, right| left.0.total_cmp(&right.0).is_eq()) {
        let events = ties.iter().filter(|tie| tie.1).count() as u64;
        let at = ties.first().map_or(0.0, |tie| tie.0);
        points.push(walk.step(at, events, ties.len() as u64 - events));
    }
    Some(Curve { points })
}

/// The median survival: the smallest duration at which survival is one half or less.
///
/// `None` when the curve never comes down to one half.
pub fn median(curve: &Curve) -> Option<f64> {
    curve
        .points
        .iter()
        .find(|point| point.survival <= HALF)
        .map(|point| point.at)
}

/// The 95 % interval of the median survival: where the curve's own interval crosses one half.
///
/// The upper end is `None` when it lies beyond what was observed; the whole is `None` when the
/// lower end does.
///
/// # Source
/// Brookmeyer & Crowley (1982), "A confidence interval for the median survival time".
pub fn median_interval(curve: &Curve) -> Option<(f64, Option<f64>)> {
    let first = |end: fn(&CurvePoint) -> f64| {
        let mut points = curve.points.iter();
        points
            .find(|point| end(point) <= HALF)
            .map(|point| point.at)
    };
    Some((first(|point| point.low)?, first(|point| point.high)))
}

/// Survival at a duration: the last step at or before it.
///
/// `None` on an empty curve, before 0, and beyond the last duration observed.
pub fn survival_at(curve: &Curve, duration: f64) -> Option<&CurvePoint> {
    if curve.points.last()?.at < duration {
        return None;
    }
    let after = curve.points.partition_point(|point| point.at <= duration);
    curve.points.get(after.checked_sub(1)?)
}

/// The restricted mean: the area under the curve from 0 to the horizon, in the unit of durations.
///
/// The mean time without the event within the horizon. `None` on an empty curve, unless the
/// horizon is positive, and when it lies beyond the last duration observed while survival is not
/// yet 0.
///
/// # Source
/// Irwin (1949); Royston & Parmar (2013), "Restricted mean survival time".
pub fn restricted_mean(curve: &Curve, horizon: f64) -> Option<f64> {
    let last = curve.points.last()?;
    if !horizon.is_finite() || horizon <= 0.0 || (last.at < horizon && last.survival > 0.0) {
        return None;
    }
    let ends = curve.points.iter().skip(1).map(|point| point.at);
    let steps = curve.points.iter().zip(ends.chain([horizon]));
    Some(math::sum(steps.map(|(point, end)| {
        point.survival * (end.min(horizon) - point.at).max(0.0)
    })))
}

/// The Kaplan–Meier median of finished and still open durations, without the curve.
///
/// The same as [`median`] of [`kaplan_meier`]; a million values take a fraction of a second.
/// `None` when it does not come down to one half, without durations, or when one is negative or
/// not finite.
pub fn median_with_open(finished: &mut Ranked<'_>, open: &[f64]) -> Option<f64> {
    if finished.at(0).is_some_and(|least| least < 0.0) || !durations_valid(open) {
        return None;
    }
    let count = finished.len() + open.len();
    let half = count.div_ceil(2).checked_sub(1)?;
    if open.is_empty() {
        // Nothing is censored: the first value with half of all at or below it.
        return finished.at(half);
    }
    let enough = finished.at(enough_rank(finished.len(), open.len()));
    crossing(finished, open, enough.unwrap_or(f64::INFINITY))
        .or_else(|| crossing(finished, open, f64::INFINITY))
}

/// The Kaplan–Meier median of finished and still open durations with its 95 % interval, without
/// keeping the curve: the same as [`median`] and [`median_interval`] of [`kaplan_meier`].
///
/// `None` when the curve does not come down to one half, without durations, or when one is negative
/// or not finite. The interval is `None` when an end lies beyond what was observed.
pub fn median_with_open_interval(
    finished: &[f64],
    open: &[f64],
) -> Option<(f64, Option<(f64, f64)>)> {
    if !durations_valid(finished) || !durations_valid(open) {
        return None;
    }
    let sorted = |values: &[f64]| {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        sorted
    };
    let (finished, open) = (sorted(finished), sorted(open));
    let (mut low, mut median, mut high) = (None, None, None);
    let mut walk = Walk::new((finished.len() + open.len()) as u64);
    let (mut left, mut rank) = (0, 0);
    while let Some(at) = finished.get(rank).copied() {
        let gone = open.get(left..).unwrap_or_default();
        let gone = gone.partition_point(|open| *open < at);
        walk.leave(gone as u64);
        left += gone;
        let rest = finished.get(rank..).unwrap_or_default();
        let events = rest.partition_point(|other| *other <= at);
        rank += events;
        let point = walk.step(at, events as u64, 0);
        let reached = |survival: f64| (survival <= HALF).then_some(at);
        low = low.or_else(|| reached(point.low));
        median = median.or_else(|| reached(point.survival));
        high = high.or_else(|| reached(point.high));
        if high.is_some() {
            break;
        }
    }
    Some((median?, low.zip(high)))
}

/// The rank of a finished duration at which survival is below one half, if there is one.
///
/// If those still open never came to an end, it would be one half at the middle of all. A
/// thousandth more, so that rounding cannot matter.
pub const fn enough_rank(finished: usize, open: usize) -> usize {
    let count = finished + open;
    count.div_ceil(2) + count.div_ceil(1_000)
}

/// Where survival comes down to one half, if censorings from a limit on do not matter.
fn crossing(finished: &mut Ranked<'_>, open: &[f64], limit: f64) -> Option<f64> {
    let mut censored: Vec<f64> = open.iter().copied().filter(|at| *at < limit).collect();
    censored.sort_unstable_by(f64::total_cmp);
    // An event at the time of a censoring comes before it.
    let behind: Vec<f64> = censored.iter().map(|at| at.next_up()).collect();
    let mut up_to = finished.below(&behind);
    up_to.push(finished.len());
    let mut walk = Walk::new((finished.len() + open.len()) as u64);
    let (mut rank, mut leaving) = (0, 0);
    for up_to in up_to {
        let events = (up_to - rank) as u64;
        if events > 0 {
            walk.leave(leaving);
            leaving = 0;
            if let Some(least) = walk.least_for_half(events) {
                return finished.at(rank + least as usize - 1);
            }
            walk.happen(events);
            rank = up_to;
        }
        leaving += 1;
    }
    None
}

/// Whether every duration is a finite number of at least 0.
fn durations_valid(durations: &[f64]) -> bool {
    durations
        .iter()
        .all(|duration| duration.is_finite() && *duration >= 0.0)
}

/// The state of the estimate while walking along the durations.
struct Walk {
    at_risk: u64,
    base_at_risk: u64,
    base_survival: f64,
    variance: f64,
    last_high: f64,
}

impl Walk {
    fn new(count: u64) -> Self {
        Self {
            at_risk: count,
            base_at_risk: count,
            base_survival: 1.0,
            variance: 0.0,
            last_high: 1.0,
        }
    }

    /// Share to whom it has not happened so far.
    fn survival(&self) -> f64 {
        self.after(0)
    }

    /// The same once it has happened to so many more.
    fn after(&self, events: u64) -> f64 {
        if self.base_at_risk == 0 {
            return self.base_survival;
        }
        self.base_survival * ((self.at_risk - events) as f64 / self.base_at_risk as f64)
    }

    /// To how many it must happen, of so many to whom it will, for survival to be one half.
    fn least_for_half(&self, events: u64) -> Option<u64> {
        let is_half = |events: &u64| self.after(*events) <= HALF;
        if !is_half(&events) {
            return None;
        }
        let (mut too_few, mut enough) = (0, events);
        while enough - too_few > 1 {
            let middle = u64::midpoint(too_few, enough);
            if is_half(&middle) {
                enough = middle;
            } else {
                too_few = middle;
            }
        }
        Some(enough)
    }

    /// It happens to so many.
    fn happen(&mut self, events: u64) {
        let before = self.at_risk as f64;
        self.at_risk -= events;
        if self.at_risk > 0 {
            self.variance += events as f64 / (before * self.at_risk as f64);
        }
    }

    /// So many leave observation: from here the product has a new base.
    fn leave(&mut self, censored: u64) {
        if censored > 0 {
            self.base_survival = self.survival();
            self.at_risk -= censored;
            self.base_at_risk = self.at_risk;
        }
    }

    /// One duration, with what happens at it.
    fn step(&mut self, at: f64, events: u64, censored: u64) -> CurvePoint {
        let at_risk = self.at_risk;
        self.happen(events);
        let survival = self.survival();
        let (low, high) = self.interval(survival);
        self.last_high = high;
        self.leave(censored);
        CurvePoint {
            at,
            survival,
            low,
            high,
            at_risk,
            events,
            censored,
        }
    }

    /// The log(−log) interval: S to the power exp(± z·σ / ln S).
    fn interval(&self, survival: f64) -> (f64, f64) {
        if survival >= 1.0 {
            return (1.0, 1.0);
        }
        if survival <= 0.0 {
            return (0.0, self.last_high);
        }
        let log = math::ln(survival);
        let shift = normal::Z_95 * math::sqrt(self.variance) / log;
        (
            math::exp(log * math::exp(-shift)),
            math::exp(log * math::exp(shift)),
        )
    }
}

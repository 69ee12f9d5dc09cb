//! Targets: whether a figure meets the wanted one, and what the rest of the year must bring for it.
//!
//! Nothing here knows what a KPI means. How the figure of a year comes from its months is found by
//! trying: the last whole months together are compared with each of them.

use super::prepared::Prepared;
use super::window::Window;
use super::{Estimate, Job};
use crate::engine::base::refusal::Outcome;
use crate::engine::base::{Better, Date, PeriodUnit, Refusal, Unit};
use crate::engine::kpi::definition::{Kpi, Rule};
use crate::engine::kpi::estimate::Spread;
use crate::engine::kpi::scope::Detail;
use crate::engine::options::{Options, TargetChoice};
use crate::engine::report::{RestOfYear, RestOutcome, RestWay, SegmentPoint, TargetReport};

const MONTHS_OF_A_YEAR: i32 = 12;

const DAYS_OF_A_YEAR: f64 = 365.25;

/// Figures that should be the same differ by no more than this share of their size.
const SAME: f64 = 1e-9;

/// What the user wants of the figure; absent without a target in its own unit.
pub(super) fn chosen<'a>(job: &Job<'a>, rule: &Rule) -> Option<&'a TargetChoice> {
    chosen_for(job.kpi, rule, job.options)
}

/// The same of a figure that was worked out elsewhere.
pub(super) fn chosen_for<'a>(
    kpi: &Kpi,
    rule: &Rule,
    options: &'a Options,
) -> Option<&'a TargetChoice> {
    // A target is in the KPI's own unit, and says nothing of a mean beside a share.
    let in_its_unit = kpi.unit_of(rule) == kpi.unit;
    options.targets.get(kpi.id).filter(|_| in_its_unit)
}

/// The target of a figure that was worked out elsewhere: what the rest of the year must bring is not
/// known.
pub(super) fn of_value(
    (kpi, rule): (&Kpi, &Rule),
    options: &Options,
    now: &Estimate,
) -> Option<TargetReport> {
    let wanted = chosen_for(kpi, rule, options)?.value()?;
    let ends = now.interval.as_ref().map(|it| (it.low, it.high));
    Some(TargetReport {
        value: wanted,
        met: is_met(kpi.better, wanted, ends.unwrap_or((now.value, now.value))),
        rest_of_year: None,
        refusal: None,
    })
}

/// The target of the figure, with what it takes until the end of the year.
pub(super) fn of_figure(
    job: &Job<'_>,
    rule: &Rule,
    prepared: &Prepared<'_>,
    (window, span): (&Window, Option<(Date, Date)>),
    now: &Estimate,
) -> Option<TargetReport> {
    let choice = chosen(job, rule)?;
    let wanted = choice.value()?;
    let ends = now.interval.as_ref().map(|it| (it.low, it.high));
    let rest = Year::of(job, prepared, span)
        .and_then(|year| year.rest(job, rule, prepared, (choice, wanted, window), now));
    let (rest_of_year, refusal) = match rest {
        Ok(rest) => (Some(rest), None),
        Err(refusal) => (None, Some(refusal)),
    };
    Some(TargetReport {
        value: wanted,
        met: is_met(
            job.kpi.better,
            wanted,
            ends.unwrap_or((now.value, now.value)),
        ),
        rest_of_year,
        refusal,
    })
}

/// The target of one segment's figure.
pub(super) fn of_segment(
    choice: Option<&TargetChoice>,
    better: Better,
    point: &SegmentPoint,
) -> Option<TargetReport> {
    let wanted = choice?.of_segment(&point.is)?;
    let value = point.value?;
    let ends = (point.low.unwrap_or(value), point.high.unwrap_or(value));
    Some(TargetReport {
        value: wanted,
        met: is_met(better, wanted, ends),
        rest_of_year: None,
        refusal: None,
    })
}

/// A target is met or missed only if the whole interval lies on one side of it.
fn is_met(better: Better, wanted: f64, (low, high): (f64, f64)) -> Option<bool> {
    match better {
        Better::Higher | Better::Neither if low >= wanted => Some(true),
        Better::Higher | Better::Neither if high < wanted => Some(false),
        Better::Lower if high <= wanted => Some(true),
        Better::Lower if low > wanted => Some(false),
        _ => None,
    }
}

/// The year in which the last day that counts lies, by numbers of months.
struct Year {
    /// Its first month.
    first: i32,
    /// The last month that is over.
    last_done: i32,
    /// The first month of which the table holds anything.
    from: i32,
}

/// A month, or several together: the figure and what it weighs.
struct Weighed {
    value: f64,
    weights: [f64; 2],
}

impl Weighed {
    /// By the formula's denominator, where it has one, and by n.
    fn of(found: &Estimate) -> Self {
        let mut parts = found.parts.iter();
        let below = parts.find(|(name, _)| *name == "denominator");
        Self {
            value: found.value,
            weights: [below.map_or(f64::NAN, |it| it.1), found.n as f64],
        }
    }
}

impl Year {
    fn of(job: &Job<'_>, prepared: &Prepared<'_>, span: Option<(Date, Date)>) -> Outcome<Self> {
        let unit = PeriodUnit::Month;
        let held = job.frame.as_of.zip(prepared.units(unit, span));
        let Some((as_of, (from, _))) = held else {
            return Err(Refusal::new(
                "no_dates",
                "No column says when, so nothing can be said about the rest of a year.",
                "Say on the check page which column holds the date.",
            ));
        };
        let month = unit.index(as_of);
        // From 0, which is January.
        let starts = job.options.year_starts.map_or(0, |month| month as i32 - 1);
        Ok(Self {
            first: month - (month - starts).rem_euclid(MONTHS_OF_A_YEAR),
            last_done: unit.last_complete(as_of),
            from,
        })
    }

    /// What the months that are left must bring.
    fn rest(
        &self,
        job: &Job<'_>,
        rule: &Rule,
        prepared: &Prepared<'_>,
        (choice, wanted, window): (&TargetChoice, f64, &Window),
        now: &Estimate,
    ) -> Outcome<RestOfYear> {
        let of_months = |last: i32, count: i32| {
            let period = PeriodUnit::Month.period(last, count);
            prepared.estimate(rule, Some(period), Detail::Point)
        };
        // The months of the year so far, and as many before as make a year.
        let from = self.from.max(self.last_done + 1 - MONTHS_OF_A_YEAR);
        let count = self.last_done + 1 - from;
        if count < 2 {
            return Err(Refusal::new(
                "months_too_few",
                "The table holds fewer than two whole months, so it cannot be told what the rest of the year must bring.",
                "Add the months before.",
            ));
        }
        let months: Vec<Option<Weighed>> = (from..=self.last_done)
            .map(|month| of_months(month, 1).ok().as_ref().map(Weighed::of))
            .collect();
        let together = Weighed::of(&of_months(self.last_done, count)?);
        let (way, by) = way(&months, &together, job.kpi.unit).ok_or_else(|| {
            Refusal::new(
                "year_not_of_months",
                "The figure of a year does not follow from those of its months, as with a median or with customers counted once, so no month can be told what it must bring.",
                "Set a target for a month, and look at the months one by one.",
            )
        })?;
        let of_year = match way {
            RestWay::Sum => wanted * years(window),
            RestWay::Level | RestWay::Rate => wanted,
        };
        let mut rest = self.needed((way, by), &months, choice.year().unwrap_or(of_year))?;
        rest.outcome = match rest.needed {
            Some(needed) => outcome(job.kpi.better, needed, ends(now.spread, way)),
            None if rest.so_far.is_some_and(|so_far| {
                is_met(job.kpi.better, rest.wanted, (so_far, so_far)) == Some(true)
            }) =>
            {
                RestOutcome::Met
            }
            None => RestOutcome::Missed,
        };
        Ok(rest)
    }

    /// The arithmetic: what each month that is left must bring. The months end with the last one
    /// that is over.
    fn needed(
        &self,
        (way, by): (RestWay, usize),
        months: &[Option<Weighed>],
        wanted: f64,
    ) -> Outcome<RestOfYear> {
        let done = (self.last_done + 1 - self.first).max(0);
        let left = f64::from(MONTHS_OF_A_YEAR - done);
        let own = &months[(months.len() as i32 - done).max(0) as usize..];
        let begins_late = self.from > self.first && done > 0;
        if way == RestWay::Sum && (begins_late || own.iter().any(Option::is_none)) {
            return Err(Refusal::new(
                "month_missing",
                "The table says nothing of a month of this year, so the sum so far is not known.",
                "Add the month.",
            ));
        }
        let known = own.iter().flatten();
        let month_of_year = self.first.rem_euclid(MONTHS_OF_A_YEAR);
        let mut rest = RestOfYear {
            year: self.first.div_euclid(MONTHS_OF_A_YEAR),
            begins: (month_of_year > 0).then_some(month_of_year as u32 + 1),
            way,
            wanted,
            months_done: done as u32,
            months_left: (MONTHS_OF_A_YEAR - done) as u32,
            so_far: None,
            weight_so_far: None,
            weight_a_month: None,
            needed: None,
            outcome: RestOutcome::Needed,
        };
        let needed = match way {
            RestWay::Sum => {
                let so_far: f64 = known.map(|it| it.value).sum();
                rest.so_far = Some(so_far);
                (wanted - so_far) / left
            }
            RestWay::Level => {
                let so_far = months.last().and_then(Option::as_ref).map(|it| it.value);
                rest.so_far = so_far;
                (wanted - so_far.unwrap_or(f64::NAN)) / left
            }
            RestWay::Rate => {
                let (mut above, mut below) = (0.0, 0.0);
                for it in known {
                    above += it.value * it.weights[by];
                    below += it.weights[by];
                }
                let a_month = mean(months.iter().flatten().map(|it| it.weights[by]));
                rest.so_far = (below > 0.0).then(|| above / below);
                rest.weight_so_far = Some(below);
                rest.weight_a_month = Some(a_month);
                let to_come = a_month * left;
                (wanted * (below + to_come) - above) / to_come
            }
        };
        rest.needed = Some(needed).filter(|needed| needed.is_finite());
        Ok(rest)
    }
}

/// How the figure of several months comes from those of each, and which weight it takes; `None`
/// where it does not.
fn way(months: &[Option<Weighed>], together: &Weighed, unit: Unit) -> Option<(RestWay, usize)> {
    let known = || months.iter().flatten();
    let size = known().map(|it| it.value.abs()).fold(0.0, f64::max);
    let same = |one: f64, other: f64, size: f64| (one - other).abs() <= SAME * size.max(1e-9);
    let sum: f64 = known().map(|it| it.value).sum();
    let is_amount = matches!(unit, Unit::Money | Unit::Count);
    if is_amount && same(sum, together.value, size * months.len() as f64) {
        return Some((RestWay::Sum, 1));
    }
    for by in [0, 1] {
        let below: f64 = known().map(|it| it.weights[by]).sum();
        let above: f64 = known().map(|it| it.value * it.weights[by]).sum();
        let total = together.weights[by];
        if total > 0.0
            && same(below, total, total)
            && same(above, together.value * total, size * total)
        {
            return Some((RestWay::Rate, by));
        }
    }
    let last = months.last().and_then(Option::as_ref)?;
    (is_amount && same(last.value, together.value, size)).then_some((RestWay::Level, 1))
}

/// How many of the headline's periods make a year; 1 where it covers all rows.
fn years(window: &Window) -> f64 {
    if window.period.is_none() {
        return 1.0;
    }
    let months = match window.unit {
        PeriodUnit::Month => window.count,
        PeriodUnit::Quarter => window.count * 3,
        PeriodUnit::Year => window.count * MONTHS_OF_A_YEAR,
        PeriodUnit::Day => return DAYS_OF_A_YEAR / f64::from(window.count),
        PeriodUnit::Week => return DAYS_OF_A_YEAR / (7.0 * f64::from(window.count)),
    };
    f64::from(MONTHS_OF_A_YEAR) / f64::from(months)
}

/// Between what a month's figure must lie, where that is known.
const fn ends(spread: Spread, way: RestWay) -> (f64, f64) {
    match (way, spread) {
        (RestWay::Rate, Spread::Share(..)) => (0.0, 1.0),
        (RestWay::Rate, Spread::Promoters(_)) => (-100.0, 100.0),
        _ => (f64::NEG_INFINITY, f64::INFINITY),
    }
}

fn outcome(better: Better, needed: f64, (low, high): (f64, f64)) -> RestOutcome {
    let (secured, out) = match better {
        Better::Higher | Better::Neither => (needed <= low, needed > high),
        Better::Lower => (needed >= high, needed < low),
    };
    if secured {
        RestOutcome::Secured
    } else if out {
        RestOutcome::OutOfReach
    } else {
        RestOutcome::Needed
    }
}

/// The mean of some numbers; 0 of none.
fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0_f64);
    for number in numbers {
        sum += number;
        count += 1.0;
    }
    if count > 0.0 { sum / count } else { 0.0 }
}

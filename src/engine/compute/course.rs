//! The course of a figure: the period before, and a point for each unit of time.

use super::prepared::Prepared;
use super::window::Window;
use super::{Job, MOST_POINTS, movements};
use crate::engine::base::{Date, Period};
use crate::engine::chart_spec::ChartSpec;
use crate::engine::group;
use crate::engine::kpi::definition::Rule;
use crate::engine::kpi::estimate::{self, Estimate, Flow};
use crate::engine::kpi::scope::Detail;
use crate::engine::options::Compare;
use crate::engine::report::{Previous, SeriesPoint};

/// The figure of the period before, and whether the change is more than chance would make.
pub(super) fn previous(
    job: &Job<'_>,
    rule: &Rule,
    prepared: &Prepared<'_>,
    window: &Window,
    now: &Estimate,
) -> Option<Previous> {
    let period = window.period?;
    let index = window.unit.index(period.start) + window.count - 1;
    let before = match job.options.compare.unwrap_or(Compare::Previous) {
        Compare::Previous => window.unit.period(index - window.count, window.count),
        Compare::YearBefore => Period {
            start: period.start.plus_months(-12),
            end: period.end.plus_months(-12),
        },
        Compare::None => return None,
    };
    let then = prepared.estimate(rule, Some(before), Detail::Point).ok()?;
    Some(compared(now, &then, Some(then.n), before))
}

/// A figure held against that of the period before, which rests on `n`.
pub(super) fn compared(
    now: &Estimate,
    then: &Estimate,
    n: Option<u64>,
    before: Period,
) -> Previous {
    let change = estimate::change(now, then);
    Previous {
        value: then.value,
        n,
        counts: then.spread.counts(),
        period: before,
        change: now.value - then.value,
        change_interval: change.map(|change| (change.low, change.high)),
        p_value: change.map(|change| change.p_value),
        test: change.map(|change| change.method.to_owned()),
        verdict: estimate::verdict(now, then, change.as_ref()),
    }
}

/// A figure for each unit from the first to the last that holds anything; and what was added and lost
/// in each, where `flows` are terms of the figure and each figure covers one unit.
pub(super) fn series(
    job: &Job<'_>,
    rule: &Rule,
    prepared: &Prepared<'_>,
    window: &Window,
    span: Option<(Date, Date)>,
    flows: &[Flow],
) -> (Vec<SeriesPoint>, Option<ChartSpec>) {
    let Some((first, last)) = prepared.units(window.unit, span) else {
        return (Vec::new(), None);
    };
    let mut moved = Vec::new();
    let first = first.max(last - MOST_POINTS + 1);
    let by_rows = match (job.subject.days(), span) {
        (Some(days), Some(span)) if prepared.activity.is_none() => {
            Some(group::by_unit(prepared.rows, days, window.unit, span))
        }
        _ => None,
    };
    let over = job.frame.as_of.map(|day| day.plus_days(1));
    let points = (first..=last)
        .map(|index| {
            let one = window.unit.period(index, 1);
            let found = match &by_rows {
                Some((start, groups)) => prepared.estimate_rows(
                    rule,
                    groups.rows((index - start) as usize),
                    Some(one),
                    Detail::Point,
                ),
                None => prepared.estimate(
                    rule,
                    Some(window.unit.period(index, window.count)),
                    Detail::Point,
                ),
            };
            let partial = over.is_some_and(|over| over < one.end);
            let found = found.ok();
            if !flows.is_empty() && window.count == 1 {
                let period = movements::period(flows, one.start, found.as_ref(), partial);
                moved.push(period);
            }
            point(one.start, found, partial)
        })
        .collect();
    (points, movements::chart(job.kpi, flows, moved))
}

/// A figure as a point.
pub(super) fn point(start: Date, found: Option<Estimate>, partial: bool) -> SeriesPoint {
    let ends = found
        .as_ref()
        .and_then(|found| found.interval.as_ref())
        .map(|interval| (interval.low, interval.high));
    SeriesPoint {
        start,
        value: found.as_ref().map(|found| found.value),
        n: found.as_ref().map(|found| found.n),
        counts: found
            .as_ref()
            .map(|found| found.spread.counts())
            .unwrap_or_default(),
        low: ends.map(|ends| ends.0),
        high: ends.map(|ends| ends.1),
        partial,
    }
}

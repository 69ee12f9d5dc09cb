//! Times until something happens, with those that still wait: shared by the KPIs of this family.

use crate::engine::facts::{Durations, Lengths};
use crate::engine::kpi::prelude::*;
use crate::engine::kpi::scope::Subject;
use stats::mean::{self, Moments};
use stats::ranked::Ranked;
use stats::{normal, quantile, survival};

/// The rule, and the term, of the median that counts those that still wait.
const WITH_OPEN: &str = "median_with_open";

/// The rule that places a ticket in time by its reply or solution.
const BY_COMPLETION: &str = "median_by_completion";

/// The quantiles that are told.
const SHARES: [f64; 4] = [0.5, 0.75, 0.9, 0.95];

/// Which figure of the times is the value.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Figure {
    Mean,
    Quantile(f64),
}

/// Which times of a ticket are measured.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Measured {
    AroundTheClock,
    InBusinessHours,
    AsExported,
    UntilTheFirst,
}

impl Measured {
    fn of(self, durations: &Durations) -> Outcome<&Lengths> {
        match self {
            Self::AroundTheClock => Ok(&durations.calendar),
            Self::InBusinessHours => durations.business.as_ref().ok_or_else(|| {
                Refusal::new(
                    "no_calendar",
                    "No calendar says which hours are worked, or the export has no moments to count them between.",
                    "Set business hours: days with their hours, holidays and the time zone.",
                )
            }),
            Self::AsExported => durations.exported().ok_or_else(|| {
                no_column("No column holds the ticket system's own time in a unit that we know.")
            }),
            Self::UntilTheFirst => durations.first.as_ref().ok_or_else(|| {
                no_column("No column says when a ticket was solved for the first time.")
            }),
        }
    }
}

fn no_column(found: &str) -> Refusal {
    Refusal::new(
        "rule_not_applicable",
        found,
        "Add the column to the export, or choose another rule.",
    )
}

/// Median hours of the tickets that have the time.
pub fn median_hours(scope: &Scope<'_>) -> Outcome<Estimate> {
    of(scope, Measured::AroundTheClock, Figure::Quantile(0.5))
}

/// Mean hours.
pub fn mean_hours(scope: &Scope<'_>) -> Outcome<Estimate> {
    of(scope, Measured::AroundTheClock, Figure::Mean)
}

/// The hours within which three of four have it.
pub fn p75_hours(scope: &Scope<'_>) -> Outcome<Estimate> {
    of(scope, Measured::AroundTheClock, Figure::Quantile(0.75))
}

/// The hours within which nine of ten have it.
pub fn p90_hours(scope: &Scope<'_>) -> Outcome<Estimate> {
    of(scope, Measured::AroundTheClock, Figure::Quantile(0.9))
}

/// Median business hours.
pub fn median_business_hours(scope: &Scope<'_>) -> Outcome<Estimate> {
    of(scope, Measured::InBusinessHours, Figure::Quantile(0.5))
}

/// Median of the hours that the ticket system wrote.
pub fn median_exported(scope: &Scope<'_>) -> Outcome<Estimate> {
    of(scope, Measured::AsExported, Figure::Quantile(0.5))
}

/// Median hours to the first solution.
pub fn median_first(scope: &Scope<'_>) -> Outcome<Estimate> {
    of(scope, Measured::UntilTheFirst, Figure::Quantile(0.5))
}

/// Median hours that counts tickets that still wait as “not yet”.
pub fn median_with_open(scope: &Scope<'_>) -> Outcome<Estimate> {
    let times = Times::of(scope, &scope.durations()?.calendar, true);
    let all = (times.finished.len() + times.open.len()) as u64;
    at_least_one(all, "tickets with or without this time")?;
    let never = || {
        Refusal::new(
            "median_not_reached",
            "More than half of the tickets still wait, so half have not come so far yet.",
            "Choose a longer or an earlier period.",
        )
    };
    if scope.detail == Detail::Bridge {
        let mut ranked = Ranked::of(&times.finished).ok_or_else(too_long)?;
        let value = survival::median_with_open(&mut ranked, &times.open).ok_or_else(never)?;
        return Ok(Estimate::of(value, all, Spread::StandardError(None)));
    }
    let (value, ends) =
        survival::median_with_open_interval(&times.finished, &times.open).ok_or_else(never)?;
    let mut estimate = Estimate::of(value, all, error_of(ends));
    estimate.interval = ends.map(|ends| interval(ends, survival::KAPLAN_MEIER));
    if scope.detail != Detail::Headline {
        return Ok(estimate);
    }
    let ranked = Ranked::of(&times.finished);
    if let Some(Ok(told)) = ranked.map(|mut ranked| describe(&times, &mut ranked)) {
        estimate.parts = told.parts;
        estimate.chart = Some(told.chart);
    }
    if !estimate.parts.iter().any(|(name, _)| *name == WITH_OPEN) {
        estimate.parts.push((WITH_OPEN, value));
    }
    Ok(estimate)
}

/// From typed totals: a mean can be worked out.
pub fn typed_mean(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (count, total) = (scope.figure("count")?, scope.figure("total_hours")?);
    let Some(count) = heads(count) else {
        return Err(not_heads());
    };
    at_least_one(count, "tickets with this time")?;
    if total < 0.0 {
        return Err(Refusal::new(
            "term_not_positive",
            "The hours of all tickets are below nothing.",
            "Look at the typed figure.",
        ));
    }
    let value = total / count as f64;
    let mut parts = vec![
        ("count", count as f64),
        ("total_hours", total),
        ("mean", value),
    ];
    let mut estimate = Estimate::of(value, count, Spread::StandardError(None));
    if let Ok(deviation) = scope.figure("standard_deviation") {
        let moments = Moments::from_summary(count, value, deviation * deviation);
        estimate.interval = mean_interval(&moments);
        estimate.spread = Spread::Mean(moments);
        parts.push(("standard_deviation", deviation));
    }
    Ok(estimate.with_parts(parts))
}

/// The times of the rows that count.
struct Times {
    finished: Vec<f64>,
    /// Hours waited so far.
    open: Vec<f64>,
    /// How many wait, with or without a known beginning.
    waiting: u64,
}

impl Times {
    /// `with_open`: the hours waited so far are wanted.
    fn of(scope: &Scope<'_>, lengths: &Lengths, with_open: bool) -> Self {
        let mut finished: Vec<f64> = Vec::with_capacity(scope.rows.len());
        let mut open: Vec<f64> = Vec::new();
        let mut still = lengths.waiting();
        for &row in scope.rows {
            let hours = lengths.hours[row as usize];
            if !hours.is_nan() {
                finished.push(hours);
            } else if with_open {
                open.extend(still.hours(row));
            }
        }
        Self {
            waiting: (scope.rows.len() - finished.len()) as u64,
            finished,
            open,
        }
    }

    fn mean(&self) -> f64 {
        math::sum(self.finished.iter().copied()) / self.finished.len() as f64
    }

    /// How many have the time.
    const fn count(&self) -> u64 {
        self.finished.len() as u64
    }
}

/// What a headline tells of times whatever the rule.
struct Told {
    parts: Vec<(&'static str, f64)>,
    chart: ChartSpec,
    /// The figures of other rules on the same times.
    others: Vec<(&'static str, f64)>,
}

fn of(scope: &Scope<'_>, measured: Measured, figure: Figure) -> Outcome<Estimate> {
    let lengths = measured.of(scope.durations()?)?;
    let times = Times::of(scope, lengths, scope.detail == Detail::Headline);
    let count = times.count();
    at_least_one(count, "tickets with this time")?;
    if figure == Figure::Mean && scope.detail != Detail::Headline {
        return Ok(mean_estimate(scope, &times));
    }
    let mut ranked = Ranked::of(&times.finished).ok_or_else(too_long)?;
    if scope.detail == Detail::Headline {
        let enough = survival::enough_rank(times.finished.len(), times.open.len());
        quantile::look_ahead(&mut ranked, &SHARES, LEVEL, enough);
    }
    let mut estimate = match figure {
        Figure::Mean => mean_estimate(scope, &times),
        Figure::Quantile(share) => quantile_estimate(scope, &mut ranked, share)?,
    };
    if scope.detail == Detail::Headline {
        let told = describe(&times, &mut ranked)?;
        estimate.parts = told.parts;
        estimate.chart = Some(told.chart);
        if measured == Measured::AroundTheClock {
            // Of all rows it does not matter by which day they are placed in time.
            let by_creation = matches!(scope.subject, Subject::Durations(_));
            let is_same =
                |name: &str| scope.window.is_none() || by_creation && name != BY_COMPLETION;
            let others = told.others.into_iter().filter(|(name, _)| is_same(name));
            estimate.others = others
                .map(|(name, value)| (name, plain(value, count)))
                .collect();
        }
    }
    Ok(match figure {
        Figure::Quantile(share) => estimate.with_values(scope, share, times.finished),
        Figure::Mean => estimate,
    })
}

/// A figure alone, to be held against another rule's.
const fn plain(value: f64, count: u64) -> Estimate {
    Estimate::of(value, count, Spread::StandardError(None))
}

fn mean_estimate(scope: &Scope<'_>, times: &Times) -> Estimate {
    if scope.detail == Detail::Bridge {
        return plain(times.mean(), times.count());
    }
    let moments = Moments::from_values(&times.finished);
    let mut estimate = Estimate::of(times.mean(), times.count(), Spread::Mean(moments));
    estimate.interval = mean_interval(&moments);
    estimate
}

fn quantile_estimate(scope: &Scope<'_>, ranked: &mut Ranked<'_>, share: f64) -> Outcome<Estimate> {
    let count = ranked.len() as u64;
    let is_median = share <= 0.5;
    if is_median && scope.detail != Detail::Bridge {
        quantile::look_ahead(ranked, &[share], LEVEL, 0);
    }
    let found =
        quantile::select_quantiles(ranked, &[share]).and_then(|found| found.first().copied());
    let value = found.ok_or_else(too_long)?;
    if scope.detail == Detail::Bridge {
        return Ok(plain(value, count));
    }
    let (ends, spread) = if is_median {
        let ends = quantile::select_median_interval(ranked, LEVEL);
        (ends, Spread::Median(quantile::select_median(ranked)))
    } else {
        let ends = quantile::select_quantile_interval(ranked, share, LEVEL);
        (ends, error_of(ends))
    };
    let mut estimate = Estimate::of(value, count, spread);
    estimate.interval = ends.map(|ends| interval(ends, quantile::ORDER_STATISTICS));
    Ok(estimate)
}

/// The quantiles of the times and their picture.
fn describe(times: &Times, ranked: &mut Ranked<'_>) -> Outcome<Told> {
    let quantiles = quantile::select_quantiles(ranked, &SHARES);
    let quantiles = quantiles.and_then(|found| <[f64; 4]>::try_from(found).ok());
    let [median, p75, p90, p95] = quantiles.ok_or_else(too_long)?;
    let mean = times.mean();
    let mut parts = vec![
        ("count", times.count() as f64),
        ("open", times.waiting as f64),
        ("mean", mean),
        ("median", median),
        ("p75", p75),
        ("p90", p90),
        ("p95", p95),
    ];
    let mut others = vec![
        ("median_calendar_hours", median),
        ("mean_calendar_hours", mean),
        ("p75_calendar_hours", p75),
        ("p90_calendar_hours", p90),
        (BY_COMPLETION, median),
    ];
    let chart = picture(ranked, median, p90);
    // Without knowing how long they have waited, those that wait cannot be counted as such.
    let known = times.open.len() as u64 == times.waiting;
    let with_open = known.then(|| survival::median_with_open(ranked, &times.open));
    if let Some(with_open) = with_open.flatten() {
        parts.push((WITH_OPEN, with_open));
        others.push((WITH_OPEN, with_open));
    }
    Ok(Told {
        parts,
        chart,
        others,
    })
}

fn mean_interval(moments: &Moments) -> Option<crate::engine::report::Interval> {
    let ends = moments.t_interval();
    ends.map(|(low, high)| interval((low.max(0.0), high), mean::STUDENT))
}

/// The standard error that an interval stands for.
fn error_of(ends: Option<(f64, f64)>) -> Spread {
    let error = ends.map(|(low, high)| (high - low) / (2.0 * normal::Z_95));
    Spread::StandardError(error.filter(|error| *error > 0.0))
}

fn too_long() -> Refusal {
    Refusal::new(
        "not_finite",
        "Some times are too long to be counted.",
        "Look for dates far in the past or in the future.",
    )
}

fn picture(hours: &mut Ranked<'_>, median: f64, p90: f64) -> ChartSpec {
    ChartSpec {
        title: String::from("How long it took"),
        summary: String::new(),
        plot: Plot::Histogram {
            unit: Unit::Hours,
            classes: log_classes(hours),
            markers: vec![
                Marker {
                    label: String::from("median"),
                    at: median,
                },
                Marker {
                    label: String::from("9 of 10"),
                    at: p90,
                },
            ],
        },
        footnotes: vec![String::from(
            "The axis is logarithmic: each step to the right is a multiple.",
        )],
    }
}

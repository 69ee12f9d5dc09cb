//! Times until something happens, with those that still wait: shared by the KPIs of this family.

use crate::engine::facts::{Durations, Lengths};
use crate::engine::kpi::prelude::*;
use stats::mean::{self, Moments};
use stats::ranked::Ranked;
use stats::{normal, quantile, survival};

/// The quantiles that are told.
const SHARES: [f64; 4] = [0.5, 0.75, 0.9, 0.95];

/// The terms that every duration KPI gives.
pub const PARTS: &[Part] = &[
    Part {
        name: "count",
        unit: Unit::Count,
        says: "tickets that have the time",
    },
    Part {
        name: "open",
        unit: Unit::Count,
        says: "tickets that still wait for it",
    },
    Part {
        name: "mean",
        unit: Unit::Hours,
        says: "mean of those that have it",
    },
    Part {
        name: "median",
        unit: Unit::Hours,
        says: "half of those that have it took less",
    },
    Part {
        name: "p75",
        unit: Unit::Hours,
        says: "three of four took less",
    },
    Part {
        name: "p90",
        unit: Unit::Hours,
        says: "nine of ten took less",
    },
    Part {
        name: "p95",
        unit: Unit::Hours,
        says: "nineteen of twenty took less",
    },
    Part {
        name: "median_with_open",
        unit: Unit::Hours,
        says: "median that counts those that still wait as “not yet” (Kaplan–Meier)",
    },
    Part {
        name: "total_hours",
        unit: Unit::Hours,
        says: "typed figures: hours of all tickets that have the time, added up",
    },
    Part {
        name: "standard_deviation",
        unit: Unit::Hours,
        says: "typed figures: standard deviation of the times, for the interval of the mean",
    },
];

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
    if let Ok(told) = describe(scope, &times) {
        estimate.parts = told.parts;
        estimate.chart = told.chart;
    }
    if !estimate
        .parts
        .iter()
        .any(|(name, _)| *name == "median_with_open")
    {
        estimate.parts.push(("median_with_open", value));
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
    sum: f64,
}

impl Times {
    /// `with_open`: the hours waited so far are wanted, which take a search a ticket.
    fn of(scope: &Scope<'_>, lengths: &Lengths, with_open: bool) -> Self {
        let mut finished: Vec<f64> = Vec::with_capacity(scope.rows.len());
        let mut waiting = 0_u64;
        let mut open: Vec<f64> = Vec::new();
        // Summed while they are gathered: one pass less.
        let sum = math::sum(scope.rows.iter().filter_map(|&row| {
            let hours = lengths.hours[row as usize];
            if hours.is_nan() {
                waiting += 1;
                if with_open {
                    open.extend(lengths.waiting_hours(row));
                }
                return None;
            }
            finished.push(hours);
            Some(hours)
        }));
        Self {
            finished,
            open,
            waiting,
            sum,
        }
    }

    fn mean(&self) -> f64 {
        self.sum / self.finished.len() as f64
    }
}

/// What is told of times whatever the rule.
struct Told {
    parts: Vec<(&'static str, f64)>,
    chart: Option<ChartSpec>,
    quantiles: [f64; 4],
    ends: Option<(f64, f64)>,
    median: Option<quantile::Median>,
}

fn of(scope: &Scope<'_>, measured: Measured, figure: Figure) -> Outcome<Estimate> {
    let lengths = measured.of(scope.durations()?)?;
    let times = Times::of(scope, lengths, scope.detail == Detail::Headline);
    let count = times.finished.len() as u64;
    at_least_one(count, "tickets with this time")?;
    if scope.detail == Detail::Bridge {
        let value = match figure {
            Figure::Mean => times.mean(),
            Figure::Quantile(share) => {
                let mut ranked = Ranked::of(&times.finished).ok_or_else(too_long)?;
                let found = quantile::select_quantiles(&mut ranked, &[share]);
                found
                    .and_then(|found| found.first().copied())
                    .ok_or_else(too_long)?
            }
        };
        return Ok(Estimate::of(value, count, Spread::StandardError(None)));
    }
    let told = describe(scope, &times)?;
    let (value, ends, spread) = match figure {
        Figure::Mean => {
            let moments = Moments::from_values(&times.finished);
            (times.mean(), mean_interval(&moments), Spread::Mean(moments))
        }
        Figure::Quantile(share) if share <= 0.5 => {
            let ends = told
                .ends
                .map(|ends| interval(ends, quantile::ORDER_STATISTICS));
            (told.quantiles[0], ends, Spread::Median(told.median))
        }
        Figure::Quantile(share) => {
            let mut ranked = Ranked::of(&times.finished).ok_or_else(too_long)?;
            let ends = quantile::select_quantile_interval(&mut ranked, share, LEVEL);
            let place = SHARES.iter().position(|other| *other >= share).unwrap_or(0);
            let told_ends = ends.map(|ends| interval(ends, quantile::ORDER_STATISTICS));
            (told.quantiles[place], told_ends, error_of(ends))
        }
    };
    let mut estimate = Estimate::of(value, count, spread);
    estimate.interval = ends;
    estimate.parts = told.parts;
    estimate.chart = told.chart;
    Ok(match figure {
        Figure::Quantile(share) => estimate.with_values(scope, share, times.finished),
        Figure::Mean => estimate,
    })
}

/// The quantiles of the times, the interval of their median, and their picture.
fn describe(scope: &Scope<'_>, times: &Times) -> Outcome<Told> {
    let count = times.finished.len();
    at_least_one(count as u64, "tickets with this time")?;
    let mut ranked = Ranked::of(&times.finished).ok_or_else(too_long)?;
    let enough = survival::enough_rank(count, times.open.len());
    quantile::look_ahead(&mut ranked, &SHARES, LEVEL, enough);
    let quantiles = quantile::select_quantiles(&mut ranked, &SHARES);
    let quantiles = quantiles.and_then(|found| <[f64; 4]>::try_from(found).ok());
    let quantiles @ [median, p75, p90, p95] = quantiles.ok_or_else(too_long)?;
    let mut parts = vec![
        ("count", count as f64),
        ("open", times.waiting as f64),
        ("mean", times.mean()),
        ("median", median),
        ("p75", p75),
        ("p90", p90),
        ("p95", p95),
    ];
    let ends = quantile::select_median_interval(&mut ranked, LEVEL);
    let spread = quantile::select_median(&mut ranked);
    let mut chart = None;
    if scope.detail == Detail::Headline {
        chart = Some(picture(&mut ranked, median, p90));
        // Without knowing how long they have waited, those that wait cannot be counted as such.
        let known = times.open.len() as u64 == times.waiting;
        let with_open = known.then(|| survival::median_with_open(&mut ranked, &times.open));
        if let Some(with_open) = with_open.flatten() {
            parts.push(("median_with_open", with_open));
        }
    }
    Ok(Told {
        parts,
        chart,
        quantiles,
        ends,
        median: spread,
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

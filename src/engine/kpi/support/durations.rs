//! Times until something happens, with those that still wait: shared by the KPIs of this family.

use crate::engine::kpi::prelude::*;
use stats::ranked::Ranked;
use stats::{quantile, survival};

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
];

/// Median hours of the tickets that have the time.
pub fn median_hours(scope: &Scope<'_>) -> Outcome<Estimate> {
    let facts = scope.durations()?;
    let mut finished: Vec<f64> = Vec::with_capacity(scope.rows.len());
    let mut waiting = 0_u64;
    let mut open: Vec<f64> = Vec::new();
    // Summed while they are gathered: one pass less.
    let sum = math::sum(scope.rows.iter().filter_map(|&row| {
        let hours = facts.hours[row as usize];
        if hours.is_nan() {
            waiting += 1;
            open.extend(facts.waiting_hours(row));
            return None;
        }
        finished.push(hours);
        Some(hours)
    }));
    let count = finished.len() as u64;
    at_least_one(count, "tickets with this time")?;
    let mean = sum / count as f64;
    let too_long = || {
        Refusal::new(
            "not_finite",
            "Some times are too long to be counted.",
            "Look for dates far in the past or in the future.",
        )
    };
    let mut ranked = Ranked::of(&finished).ok_or_else(too_long)?;
    let enough = survival::enough_rank(finished.len(), open.len());
    quantile::look_ahead(&mut ranked, &SHARES, LEVEL, enough);
    let quantiles = quantile::select_quantiles(&mut ranked, &SHARES);
    let quantiles = quantiles.and_then(|found| <[f64; 4]>::try_from(found).ok());
    let [median, p75, p90, p95] = quantiles.ok_or_else(too_long)?;
    let ends = quantile::select_median_interval(&mut ranked, LEVEL);
    let mut parts = vec![
        ("count", count as f64),
        ("open", waiting as f64),
        ("mean", mean),
        ("median", median),
        ("p75", p75),
        ("p90", p90),
        ("p95", p95),
    ];
    let mut chart = None;
    let spread = Spread::Median(quantile::select_median(&mut ranked));
    if scope.detail == Detail::Headline {
        chart = Some(picture(&mut ranked, median, p90));
        if let Some(with_open) = survival::median_with_open(&mut ranked, &open) {
            parts.push(("median_with_open", with_open));
        }
    }
    Ok(Estimate {
        value: median,
        n: count,
        interval: ends.map(|ends| interval(ends, quantile::ORDER_STATISTICS)),
        parts,
        spread,
        chart,
        tally: None,
        curve: Vec::new(),
        stays: None,
        cohorts: Vec::new(),
    })
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

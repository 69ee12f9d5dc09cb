//! The terms of times until something happens.

use crate::engine::kpi::prelude::*;

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

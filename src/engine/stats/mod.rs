//! Stats: estimates, their intervals, and tests of a change.
//!
//! Takes: slices of numbers and counts. Gives: numbers, with the name of the method that gave them.
//! Never: knows a table, a date or a KPI; returns NaN (what is undefined is `None`).
//! Start at [`proportion`]. Cases: `tests/stats_oracle.rs`, `tests/real_data_stats.rs`.
//!
//! A difference is always the first argument less the second: give the current period first.
//! Every interval is two-sided; where no level is asked for, it is 95 %.

pub mod bootstrap;
pub mod buying;
pub mod calibration;
pub mod change;
pub mod cohorts;
pub mod concentration;
pub mod fisher;
pub mod gamma;
pub mod hazard;
pub mod lift;
pub mod log_rank;
pub mod logistic;
pub mod mean;
pub mod minimise;
pub mod multiple;
pub mod net_promoter;
pub mod normal;
pub mod outside;
pub mod precision;
pub mod proportion;
pub mod quantile;
pub mod ranked;
pub mod ratio_sums;
pub mod restricted;
pub mod rng;
pub mod roc;
pub mod roc_difference;
pub mod student;
pub mod survival;

pub use change::Change;
pub use cohorts::weighted_means;

/// Fails unless the two numbers differ by at most `tolerance`.
#[cfg(test)]
#[track_caller]
fn assert_close(actual: f64, expected: f64, tolerance: f64) {
    assert!(
        (actual - expected).abs() <= tolerance,
        "{actual} is not within {tolerance} of {expected}"
    );
}

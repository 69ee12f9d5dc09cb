//! The units in which KPIs are given, and which direction is better.

use serde::{Deserialize, Serialize};

/// The unit of a figure. A ratio is a fraction; percent exists only in `present`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A fraction, usually 0 to 1; 1.02 is 102 %.
    Ratio,
    /// Points on a scale of its own, such as −100 to 100.
    Score,
    /// Major units of the report's currency.
    Money,
    /// How many.
    Count,
    /// Hours of 3,600 seconds.
    Hours,
    /// Days of 24 hours.
    Days,
    /// Calendar months.
    Months,
    /// A multiple, such as "5.8 times".
    Times,
}

/// Which direction of change is good news.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither direction is good or bad by itself.
    Neither,
}

//! What a KPI file needs, and nothing else.

pub use super::definition::{
    Beside, Covers, Example, Expected, Gives, Kpi, Need, Part, PathStep, Rule, Setting, Takes,
};
pub use super::estimate::{Estimate, Flow, LEVEL, Spread, interval};
pub use super::histogram::log_classes;
pub use super::movement_classes::{Counting, MOVEMENT_CLASSES, Moved, any, moves, of_paying};
pub use super::on_ledger::{
    CUSTOMER_NEEDS, LOSING_NEEDS, MOVEMENT_FLOWS, MOVEMENT_PARTS, PAYING_NEEDS, REVENUE_NEEDS,
    TYPED_NEED, anyone_pays, heads, loss, movement_chart, movement_parts, no_new_customers,
    no_opening, not_heads, waterfall,
};
pub use super::scope::{Basis, Detail, Scope};
pub use super::tally::{Counted, Tally};
pub use crate::engine::base::refusal::Outcome;
pub use crate::engine::base::{Better, Period, Refusal, Unit, math};
pub use crate::engine::chart_spec::{
    Bar, ChartSpec, HistogramClass, Marker, Plot, Tone, WaterfallStep,
};
pub use crate::engine::facts::ledger::{ChangeKind, MovementRule, money};
pub use crate::engine::report::Interval;
pub use crate::engine::roles::{Kind, Role, ScoreQuestion};
pub use crate::engine::stats;

/// Refuses where nothing counts.
pub fn at_least_one(n: u64, what: &str) -> Outcome<()> {
    if n > 0 {
        return Ok(());
    }
    Err(Refusal::new(
        "no_rows_count",
        format!("There are no {what} in this period, so there is nothing to divide by."),
        "Choose a longer period, or look at which rows were left out and why.",
    ))
}

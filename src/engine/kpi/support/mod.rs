//! Support: how customers are served.
//!
//! Takes: a scope of facts. Gives: estimates. Never: sees another KPI's file.

pub mod duration_terms;
pub mod durations;
pub mod first_response_time;
pub mod open_backlog;
pub mod promise_counts;
mod promises_sql;
pub mod reopen_rate;
pub mod resolution_time;
pub mod service_level_attainment;
pub mod sql;
mod tickets_sql;

//! SQL: a figure as a plan of relations, and the plan as a query of one dialect.
//!
//! Takes: what a table's columns mean, and a KPI's own plan. Gives: one readable query, or the reason
//! why SQL cannot say it. Never: knows a KPI, holds a cell, or runs anything.
//! Start at [`figure::Figure`]. Which KPI is planned how stands beside the KPIs
//! (`engine::kpi::queries`). Tests: `tests/sql_queries.rs`, and `tests/sql/`, which runs every query.

pub mod dialect;
pub mod expression;
pub mod figure;
pub mod formula;
pub mod prune;
pub mod relation;
pub mod source;
pub mod why;
pub mod windows;
pub mod writing;

pub use dialect::Dialect;
pub use expression::{Expr, Type};
pub use figure::{Figure, Plan};
pub use source::Source;
pub use why::Why;

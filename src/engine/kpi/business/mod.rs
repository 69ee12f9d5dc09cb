//! Business: figures of particular trades.
//!
//! Takes: a scope of facts. Gives: estimates. Never: sees another KPI's file.

pub mod average_transaction_value;

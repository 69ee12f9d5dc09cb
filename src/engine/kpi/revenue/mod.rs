//! Revenue: what recurs.
//!
//! Takes: a scope of facts. Gives: estimates. Never: sees another KPI's file.

pub mod monthly_recurring_revenue;

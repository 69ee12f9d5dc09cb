//! Usage: what customers use.
//!
//! Takes: a scope of facts. Gives: estimates. Never: sees another KPI's file.

pub mod stickiness;

//! Survey: what customers say.
//!
//! Takes: a scope of facts. Gives: estimates. Never: sees another KPI's file.

pub mod customer_satisfaction_score;
pub mod net_promoter_score;

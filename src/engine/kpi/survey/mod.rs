//! Survey: what customers say.
//!
//! Takes: a scope of facts. Gives: estimates. Never: sees another KPI's file.

mod answers_sql;
pub mod average_rating;
pub mod brand_advocacy_rate;
pub mod customer_effort_score;
pub mod customer_satisfaction_score;
pub mod employee_engagement;
pub mod net_promoter_score;
pub mod repeat_purchase_rate;
pub mod sql;

//! Usage: what customers use.
//!
//! Takes: a scope of facts. Gives: estimates. Never: sees another KPI's file.

mod actions_sql;
pub mod active_users;
pub mod customer_health_score;
pub mod engagement_rate;
mod entitled_sql;
pub mod feature_adoption_rate;
pub mod feature_use;
pub mod health_examples;
pub mod health_scores;
pub mod health_terms;
pub mod health_weights;
pub mod returns;
pub mod sql;
pub mod stickiness;
pub mod time_to_value;
pub mod usage_retention;
pub mod waits;
mod waits_sql;

//! Value: what customers cost to win, and what they bring.
//!
//! Takes: a scope of facts. Gives: estimates. Never: sees another KPI's file.

pub mod cac_payback_period;
pub mod customer_acquisition_cost;
pub mod customer_lifetime_value;
pub mod customer_value;
pub mod lifetime_value_to_acquisition_cost;
mod spending_sql;
pub mod sql;
mod won_sql;

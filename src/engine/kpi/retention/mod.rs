//! Retention: who stays, and what they pay.
//!
//! Takes: a scope of facts. Gives: estimates. Never: sees another KPI's file.

pub mod customer_churn_rate;
pub mod customer_retention_rate;
mod departures_sql;
pub mod gross_revenue_churn_rate;
pub mod gross_revenue_retention;
pub mod net_renewal_rate;
pub mod net_revenue_churn_rate;
pub mod net_revenue_retention;
pub mod renewal_rate;
mod renewals_sql;
pub mod sql;

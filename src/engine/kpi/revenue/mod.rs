//! Revenue: what recurs.
//!
//! Takes: a scope of facts. Gives: estimates. Never: sees another KPI's file.

pub mod annual_recurring_revenue;
pub mod average_of_customers;
pub mod average_revenue_per_account;
pub mod expansion_rate;
pub mod monthly_recurring_revenue;
pub mod net_new_recurring_revenue;
pub mod quick_ratio;
pub mod sql;

//! Business: figures of particular trades.
//!
//! Takes: a scope of facts. Gives: estimates. Never: sees another KPI's file.

pub mod average_transaction_value;
pub mod cart_abandonment_rate;
pub mod conversion_rate;
pub mod defect_rate;
mod defects_sql;
mod deliveries_sql;
pub mod foot_traffic;
pub mod gig_completion_rate;
pub mod inventory_turnover;
pub mod on_time_delivery_rate;
mod orders_sql;
pub mod project_success_rate;
mod projects_sql;
pub mod sql;
mod stock_sql;
mod trials_sql;

//! KPI: the catalogue, one file a KPI.
//!
//! Takes: facts, through a [`scope::Scope`]. Gives: an [`estimate::Estimate`], or a refusal.
//! Never: sees a cell, the words of the page, a browser, or another KPI's file.
//! Start at [`registry::ALL`]; to add one, see `CONTRIBUTING.md`. Tests: `tests/kpi_examples.rs`.

pub mod about;
pub mod activity_cohorts;
pub mod answers;
pub mod business;
pub mod business_type;
pub mod churn_reasons;
pub mod concentration;
pub mod definition;
pub mod estimate;
pub mod funnel_stages;
pub mod histogram;
pub mod lifetime;
pub mod lost_revenue;
pub mod movement_classes;
pub mod on_activity;
pub mod on_counts;
pub mod on_deliveries;
pub mod on_ledger;
pub mod on_renewals;
pub mod on_spend;
pub mod prelude;
pub mod queries;
pub mod registry;
pub mod retention;
pub mod revenue;
pub mod scope;
pub mod sides;
pub mod source_notes;
pub mod start_cohorts;
pub mod stay_curve;
pub mod support;
pub mod survey;
pub mod tally;
pub mod typed_terms;
pub mod usage;
pub mod value;

pub use about::AboutReport;
pub use definition::Kpi;
pub use registry::ALL;

//! KPI: the catalogue, one file a KPI.
//!
//! Takes: facts. Gives: an estimate with its terms, or a refusal.
//! Never: sees a cell, text, a browser, or another KPI's file.
//! Start at [`about::About`]. Tests: `tests/kpi_examples.rs`.

pub mod about;

pub use about::AboutReport;

/// The whole catalogue as data, in the order of the manual.
pub fn catalogue() -> Vec<AboutReport> {
    Vec::new()
}

//! Export: what a reader takes away from a report.
//!
//! Takes: a report, the catalogue and the reader's habits. Gives: a table of figures as CSV, a text
//! as Markdown, charts as pictures of SVG or as tables of tab-separated cells. Never: holds a row of
//! the input; knows a KPI by its id or a browser; writes a text that a spreadsheet takes for a
//! formula.
//! Start at [`figures::csv`], [`markdown::markdown`] and [`picture::svg`]. Tests: beside the code,
//! `tests/native_program.rs`, and the browser's `tests/browser/export.test.js`.

pub mod figures;
pub mod markdown;
pub mod picture;

use crate::engine::base::Error;
use crate::engine::report::Report;

/// The report with the findings of one KPI; whole where none is named.
///
/// # Errors
/// `kpi_unknown` where it has none of them.
pub fn only(report: &Report, kpi: Option<&str>) -> Result<Report, Error> {
    let mut report = report.clone();
    if let Some(kpi) = kpi {
        report.findings.retain(|finding| finding.kpi == kpi);
        if report.findings.is_empty() {
            return Err(Error::new(
                "kpi_unknown",
                "The report has no figure of this KPI.",
                "Give the id of one of the report's findings.",
            ));
        }
    }
    Ok(report)
}

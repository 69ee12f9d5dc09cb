//! A sheet that calls customers at the end ÷ customers at the start "churn" is told so; one that
//! holds churn is not.
#![expect(clippy::expect_used, reason = "test code")]

mod support;

use support::{options, report_on};

/// How many rows the note about a sheet's own formula counts; nothing without one.
fn told(sheet: &str) -> Option<u64> {
    let report = report_on(&[("sheet.csv", sheet.as_bytes())], &options("")).expect("a table");
    let mut notes = report.notes.iter();
    let note = notes.find(|note| note.code == "end_over_start_is_not_churn")?;
    assert_eq!(note.column.as_deref(), Some("churn rate"), "{note:?}");
    note.count
}

#[test]
fn customers_at_the_end_over_customers_at_the_start_is_named_for_what_it_is() {
    let header = "month,customers at start,customers at end,churn rate\n";
    let with = |rows: &str| told(&format!("{header}{rows}"));
    assert_eq!(
        with("2025-01,700,903,1.29\n2025-02,903,880,0.9745\n"),
        Some(2)
    );
    assert_eq!(
        with("2025-01,700,903,129%\n2025-02,903,880,97.45%\n"),
        Some(2)
    );
    assert_eq!(
        with("2025-01,700,903,1.290\n2025-02,903,880,0.975\n"),
        Some(2)
    );
    // Seventy of seven hundred lost is churn.
    assert_eq!(with("2025-01,700,903,0.10\n2025-02,903,880,0.05\n"), None);
    // Where nothing changed, a hundred per cent proves nothing.
    assert_eq!(with("2025-01,700,700,100%\n2025-02,700,700,100%\n"), None);
}

//! The ledger: read = used + left out, for the whole and for each table.

use super::format::Habits;
use super::{reasons, words};
use crate::engine::report::Report;
use crate::present::language::say;
use crate::told;

/// What the ledger page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerView {
    /// Rows read.
    pub read: String,
    /// Rows used.
    pub used: String,
    /// Rows left out.
    pub left_out: String,
    /// "left out, 0.6%".
    pub left_out_says: String,
    /// The share of used rows, from 0 to 1, for the bar.
    pub used_share: f64,
    /// One row a table, then the sum.
    pub tables: Vec<TableCounts>,
    /// One row a reason and table, largest first; then the sum.
    pub reasons: Vec<ReasonRow>,
    /// The sum of all reasons.
    pub sum: String,
}

/// The counts of one table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableCounts {
    /// The table's name.
    pub name: String,
    /// Rows read.
    pub read: String,
    /// Rows used.
    pub used: String,
    /// Rows left out.
    pub left_out: String,
}

/// One reason for which rows of a table were left out.
#[derive(Clone, Debug, PartialEq)]
pub struct ReasonRow {
    /// Its code.
    pub code: String,
    /// The reason in words.
    pub says: String,
    /// How many rows.
    pub count: String,
    /// The table.
    pub table: String,
    /// What the reader can do.
    pub remedy: &'static str,
}

/// The ledger of a report.
pub fn ledger(habits: &Habits, report: &Report) -> LedgerView {
    let read: u64 = report.tables.iter().map(|table| table.rows.read).sum();
    let used: u64 = report.tables.iter().map(|table| table.rows.used).sum();
    let left = read.saturating_sub(used);
    let share = if read == 0 {
        0.0
    } else {
        used as f64 / read as f64
    };
    let tables = report.tables.iter().map(|table| TableCounts {
        name: table.name.clone(),
        read: habits.count(table.rows.read),
        used: habits.count(table.rows.used),
        left_out: habits.count(table.rows.read.saturating_sub(table.rows.used)),
    });
    LedgerView {
        read: habits.count(read),
        used: habits.count(used),
        left_out: habits.count(left),
        left_out_says: told!("left out, {0}", habits.percent(1.0 - share)),
        used_share: share,
        tables: tables.collect(),
        reasons: reason_rows(habits, report),
        sum: habits.count(left),
    }
}

fn reason_rows(habits: &Habits, report: &Report) -> Vec<ReasonRow> {
    let mut rows: Vec<(u64, &str, &str)> = report
        .tables
        .iter()
        .flat_map(|table| {
            table
                .rows
                .left_out
                .iter()
                .map(|it| (it.count, it.reason.as_str(), table.name.as_str()))
        })
        .collect();
    rows.sort_by_key(|(count, _, _)| std::cmp::Reverse(*count));
    rows.into_iter()
        .map(|(count, code, table)| {
            let reason = reasons::reason(code);
            ReasonRow {
                code: code.to_owned(),
                says: reason.says,
                count: habits.count(count),
                table: table.to_owned(),
                remedy: reason.remedy,
            }
        })
        .collect()
}

/// The line of the status bar: "640 rows read = 600 used + 40 left out".
pub fn status(habits: &Habits, report: &Report) -> String {
    let view = ledger(habits, report);
    told!(
        "{0} rows read = {1} used + {2} left out",
        view.read,
        view.used,
        view.left_out
    )
}

/// Up to which day the data counts: "Data to 18 Nov 2026".
pub fn data_to(habits: &Habits, report: &Report) -> String {
    report.as_of.map_or_else(
        || say(words::STATUS_STORED).to_owned(),
        |day| told!("Data to {0}", habits.date(day)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::example::Example;

    #[test]
    fn the_counts_add_up_and_unknown_reasons_are_read_out() {
        let example = Example::new();
        let reader = example.reader();
        let view = ledger(reader.habits, &example.report);
        assert_eq!(
            (
                view.read.as_str(),
                view.used.as_str(),
                view.left_out.as_str()
            ),
            ("640", "600", "40")
        );
        assert_eq!(view.left_out_says, "left out, 6.2%");
        assert_eq!(view.reasons[0].says, "Same id as an earlier row");
        assert_eq!(view.reasons[1].says, "Odd thing");
        assert_eq!(
            status(reader.habits, &example.report),
            "640 rows read = 600 used + 40 left out"
        );
    }
}

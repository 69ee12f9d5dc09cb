//! The question about rows and its answer. Plain data; both cross between page and worker.

use serde::{Deserialize, Serialize};

use crate::engine::report::Finding;

/// The most rows of one answer.
pub const MOST_ROWS: u32 = 200;

/// Which rows are asked for. What is absent does not narrow.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct RowsQuery {
    /// The table's name.
    pub table: String,
    /// Used or left out by this finding instead of by all: a KPI's id, `id/column` where several
    /// columns of the table give it, or `id/column/question` where one column answers several
    /// questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<String>,
    /// Only used rows, or only rows left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket: Option<Bucket>,
    /// Only rows left out for this reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Only rows with an unreadable cell in this column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Only rows behind a step from the rule in force to this rule of the finding's KPI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The step, from 0; absent: the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
    /// Only rows whose comment holds this term of the finding's reasons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    /// Only rows with a comment on this side of the finding's answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// Only rows of this account: a customer's id as the list of accounts writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Only rows of the customers of this group, such as `orders/champions` or
    /// `recurring_revenue/a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// How many of these rows to pass over first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<u32>,
    /// How many rows to give; absent or above 200: 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// How a question names a finding: the KPI's id, then the column and the question where it has them,
/// parted by slashes.
pub fn name_of(finding: &Finding) -> String {
    let parts = [finding.column.as_deref(), finding.question.as_deref()];
    let named = parts.into_iter().flatten();
    std::iter::once(finding.kpi.as_str())
        .chain(named)
        .collect::<Vec<&str>>()
        .join("/")
}

/// Where a row ended.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bucket {
    /// It counts.
    Used,
    /// It does not, for a stated reason.
    LeftOut,
}

/// Some rows of a table.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Rows {
    /// The table's name.
    pub table: String,
    /// Its headers.
    pub columns: Vec<String>,
    /// How many rows the question fits.
    pub total: u64,
    /// How many of them come before these.
    pub from: u64,
    /// The rows, in the table's order.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Row {
    /// Its number in the table, from 1.
    pub row: u64,
    /// The line of the file on which it begins, from 1; absent where that is not known.
    pub line: Option<u64>,
    /// The byte of the file at which it begins, from 0; absent where the file cannot be read again
    /// from the middle.
    pub byte: Option<u64>,
    /// Where it ended.
    pub bucket: Bucket,
    /// Why it is left out; absent where it is used.
    pub reason: Option<String>,
    /// Its cells, one a column; absent where a cell is not kept and cannot be read again.
    pub cells: Vec<Option<String>>,
    /// Whether every cell stands as in the file; false where a long text is not kept and the file
    /// cannot be read in places.
    pub as_written: bool,
    /// The record as it stands in the file, at most 4,000 characters.
    pub raw: Option<String>,
    /// Cells that cannot be read in their column's meaning.
    pub faults: Vec<CellFault>,
}

/// A cell that cannot be read in its column's meaning.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CellFault {
    /// The column's header.
    pub column: String,
    /// Stable, `snake_case`; listed in `www/docs/codes.md`.
    pub code: String,
    /// The cell.
    pub found: Option<String>,
    /// What it should be.
    pub expected: String,
}

//! What the page and the worker say to each other. Plain data; files cross beside it.

use serde::{Deserialize, Serialize};

use super::accounts::query::{AccountQuery, AccountsQuery};
use super::backtest::query::BacktestQuery;
use super::base::Error;
use super::calculator::CalculationQuery;
use super::options::Options;
use super::rows::RowsQuery;
use super::sql_view::SqlQuery;

/// Grows with every change of these messages; page and worker refuse to talk across versions.
pub const VERSION: u32 = 7;

/// From the page to the worker.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Read these tables and report. The files themselves stand beside the message, in the same
    /// order. What was read before stays until this run succeeds.
    Open {
        /// The run this belongs to; answers carry it.
        run: u32,
        /// One a table.
        sources: Vec<Source>,
        /// The choices.
        options: Options,
    },
    /// Report again on the tables that are held, under other choices.
    Update {
        /// The run this belongs to.
        run: u32,
        /// The choices, whole.
        options: Options,
    },
    /// Show rows of a table that is held. Answered when no run is under way.
    Rows {
        /// The question's number; the answer carries it.
        ask: u32,
        /// Which rows.
        query: RowsQuery,
    },
    /// List accounts. Answered when no run is under way.
    Accounts {
        /// The question's number; the answer carries it.
        ask: u32,
        /// Which accounts.
        query: AccountsQuery,
    },
    /// Tell all that is known of one account.
    Account {
        /// The question's number; the answer carries it.
        ask: u32,
        /// Which, and what is supposed of it.
        query: AccountQuery,
    },
    /// Test the health score against who has left since. Answered when no run is under way.
    Backtest {
        /// The question's number; the answer carries it.
        ask: u32,
        /// How.
        query: BacktestQuery,
    },
    /// Write figures as SQL. Answered when no run is under way.
    Sql {
        /// The question's number; the answer carries it.
        ask: u32,
        /// Which, for which engine.
        query: SqlQuery,
    },
    /// Work a KPI out from typed figures. Answered at once; needs no table.
    Calculate {
        /// The question's number; the answer carries it.
        ask: u32,
        /// What, from which figures.
        query: CalculationQuery,
    },
    /// List every row left out and every unreadable cell as CSV.
    Ledger {
        /// The question's number; the answers carry it.
        ask: u32,
    },
}

/// One table to read.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Source {
    /// File name, or `pasted`.
    pub name: String,
    /// Bytes, where known before reading.
    pub size_bytes: Option<f64>,
}

/// From the worker to the page.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The worker is ready.
    Ready {
        /// [`VERSION`] of the worker.
        version: u32,
        /// The KPI catalogue (a list of [`super::kpi::AboutReport`]), as JSON.
        catalogue: String,
        /// The roles (a list of [`super::roles::RoleReport`]), as JSON.
        roles: String,
    },
    /// Still at work; also the heartbeat.
    Progress {
        /// The run.
        run: u32,
        /// Bytes read of all sources.
        bytes_read: f64,
        /// Bytes of all sources, where known.
        bytes_total: f64,
        /// Rows read of all sources.
        rows_read: f64,
    },
    /// The run is over.
    Finished {
        /// The run.
        run: u32,
        /// The [`super::report::Report`], as the JSON that `export("json")` gives.
        report: String,
        /// One a table.
        previews: Vec<Preview>,
    },
    /// The run could not go on; what was held before is held still.
    Failed {
        /// The run.
        run: u32,
        /// Why.
        error: Error,
    },
    /// Rows that were asked for. For the page alone: they hold cells.
    Rows {
        /// The question's number.
        ask: u32,
        /// The [`super::rows::Rows`], as JSON.
        rows: String,
    },
    /// Accounts that were asked for. For the page alone: they hold cells.
    Accounts {
        /// The question's number.
        ask: u32,
        /// The [`super::accounts::query::AccountsPage`], the
        /// [`super::accounts::query::AccountPage`] or the [`super::report::BacktestReport`], as JSON.
        accounts: String,
    },
    /// What was asked for as SQL. Holds no cell but the names of columns, tables, questions and the
    /// values of the recipe's filters.
    Sql {
        /// The question's number.
        ask: u32,
        /// All of it as one text.
        text: String,
        /// A list of [`super::sql_view::SqlFigure`], as JSON.
        figures: String,
    },
    /// What was worked out from typed figures.
    Calculated {
        /// The question's number.
        ask: u32,
        /// The [`super::calculator::Calculation`], as JSON.
        calculation: String,
    },
    /// The next lines of the list that was asked for. For the page alone: they hold cells.
    Ledger {
        /// The question's number.
        ask: u32,
        /// CSV.
        text: String,
        /// Nothing follows.
        is_last: bool,
    },
    /// A question that cannot be answered.
    Unanswered {
        /// The question's number.
        ask: u32,
        /// Why.
        error: Error,
    },
}

/// The first rows of a table as written: for the eyes of the user, never in a report or an event.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Preview {
    /// The table's name.
    pub table: String,
    /// Header cells.
    pub header: Vec<String>,
    /// At most 20 rows of cells.
    pub rows: Vec<Vec<String>>,
    /// For every column the most frequent values (at most 50), for segments and filters; empty
    /// for columns with too many different values.
    pub values: Vec<Vec<String>>,
}

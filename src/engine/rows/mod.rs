//! Rows: which rows were used or left out, why, and what stands in them.
//!
//! Takes: a question about the rows of a table that is held. Gives: at most 200 of them with their
//! cells as written, or the list of everything left out or unreadable as CSV.
//! Never: puts a cell into a report, a note or an error; holds a second copy of the table.
//! Start at [`asking::Asking`]. Tests: `tests/rows.rs`.
#![deny(
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "what the user asks must not panic us"
)]

pub mod asking;
pub mod cells;
pub mod csv;
pub mod pick;
pub mod query;
pub mod read_back;

pub use query::{Bucket, CellFault, Row, Rows, RowsQuery};

//! Ingest: turns what the user gave us into a typed table.
//!
//! Takes: bytes, in pieces cut anywhere. Gives: a [`crate::engine::table::Table`] with its notes.
//! Never: fails on a bad cell; knows what a column means (that is `roles`).
//! Start at [`reader::Reader`]. Cases: `tests/ingest_cases.rs`.
#![deny(clippy::expect_used, reason = "user data")]

pub mod align;
pub mod assemble;
pub mod beginning;
pub mod cell_text;
pub mod choices;
pub mod code_pages;
pub mod decode;
pub mod delimited;
pub mod empty_columns;
pub mod encoding;
pub mod encoding_guess;
pub mod evidence;
pub mod format;
pub mod grid;
pub mod header;
pub mod header_names;
pub mod json;
pub mod line_ends;
pub mod odd_records;
pub mod padded;
pub mod preamble;
pub mod reader;
pub mod regular;
pub mod reread;
pub mod sample_records;
pub mod sniff;
pub mod structure;
pub mod swaps;
pub mod tokenizer;
pub mod tokenizer_blocks;
pub mod totals;
pub mod typographic_quotes;
pub mod wide_months;
pub mod wrapped;
pub mod xlsx;

pub use choices::{ReadingChoices, WantedColumns};
pub use reader::{Finished, Reader};

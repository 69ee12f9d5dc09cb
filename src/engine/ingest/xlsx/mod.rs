//! Workbooks: one table for each sheet that holds one.
//!
//! Takes: the bytes of a workbook. Gives: a table for each visible sheet that holds one.
//! Never: opens what may not fit into memory; trusts a size that the file declares.
//! Start at [`Workbook`]. Cases: `tests/workbooks.rs`.

pub mod guard;
pub mod number_format;
pub mod parts;
pub mod preflight;
pub mod serial;
pub mod sheet;
pub mod workbook;
pub mod zip_directory;

pub use workbook::Workbook;

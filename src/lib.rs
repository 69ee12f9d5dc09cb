//! Kept: customer-success KPIs from a user's own tables, on the user's own device.
//!
//! Five rooms, none of which knows a browser:
//! - [`engine`]: bytes in, report out.
//! - [`charts`]: a chart as data in, drawing calls out.
//! - [`present`]: a report in, what a person reads out.
//! - [`export`]: a report in, tables, texts and pictures out.
//! - [`frozen`]: a report in, a file to pass on out.
//!
//! `charts` and `present` may use `engine`, `export` and `frozen` all of these; `engine` uses none.
//! `native` is the program for a command line and uses all of them; no build for the browser has it.
//! The page (`src/main.rs`) and the worker (`src/bin/worker.rs`) are programs on top.

pub mod charts;
pub mod engine;
pub mod export;
pub mod frozen;
#[cfg(not(target_arch = "wasm32"))]
pub mod native;
pub mod present;

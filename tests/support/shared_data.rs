//! Real tables and the answers of independent libraries, which stand beside this repository. Where
//! the folder is absent, tests on it say so and check nothing.
#![allow(dead_code, reason = "not every test file uses all of it")]
#![expect(
    unreachable_pub,
    reason = "test code; each test file is a crate of its own"
)]

use std::fs;
use std::path::PathBuf;

use kept::engine::report::Report;
use serde_json::Value;

use crate::support::{options, report_on};

/// The folder, where it is there.
pub fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("../shared/data is absent: real tables are not checked");
    None
}

/// The answers in a file of `expected/`.
pub fn expected(name: &str) -> Option<Value> {
    let text = fs::read_to_string(folder()?.join("expected").join(name)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// The report on a table under these options, its rows all in one bucket each.
pub fn report(path: &str, choices: &str) -> Option<Report> {
    let bytes = fs::read(folder()?.join(path)).unwrap();
    let name = path.rsplit('/').next().unwrap();
    let report = report_on(&[(name, &bytes)], &options(choices)).unwrap();
    for table in &report.tables {
        let left_out: u64 = table.rows.left_out.iter().map(|l| l.count).sum();
        assert_eq!(table.rows.read, table.rows.used + left_out, "{path}");
    }
    Some(report)
}

/// A number of the answers.
#[track_caller]
pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

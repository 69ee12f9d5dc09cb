//! Every documented export format is recognised and its planted faults are found, without help.
//!
//! One table in `tests/cases/exports/` (headers of the vendor, invented rows) and, under the same
//! name, what is expected of it as JSON. A field that is left out is not checked.
#![expect(clippy::panic, reason = "test code")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use kept::engine::options::{ColumnUnit, Options};
use kept::engine::report::{ColumnReport, LeftOut, Report};
use serde::Deserialize;
use support::report_on;

/// What is expected of one table.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Expected {
    /// The export's name; null where it is known by its shape alone.
    export: Option<String>,
    kinds: Vec<String>,
    /// Header to role; null for no role.
    columns: BTreeMap<String, Option<String>>,
    units: BTreeMap<String, ColumnUnit>,
    /// Header to what the score asks.
    asked: BTreeMap<String, String>,
    delimiter: Option<String>,
    /// Rows that no finding uses, by reason.
    left_out: BTreeMap<String, u64>,
    /// Reasons that leave out at least one row.
    left_out_any: Vec<String>,
    /// Rows that one finding leaves out and others use, by KPI and reason.
    findings: BTreeMap<String, BTreeMap<String, u64>>,
    /// Cells that cannot be read, by header.
    unreadable: BTreeMap<String, u64>,
    /// Open questions: code and column.
    questions: Vec<(String, String)>,
    notes: Vec<String>,
    /// KPIs that are refused, and why.
    refusals: BTreeMap<String, String>,
    /// KPI to the n of its value; null where only a value is expected.
    values: BTreeMap<String, Option<u64>>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/exports")
}

#[test]
fn every_documented_export_is_read_without_help() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder()).expect("the folder is there") {
        let path = entry.expect("the folder can be listed").path();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        count += 1;
        let bytes = fs::read(&path).expect("the table can be read");
        let json = fs::read_to_string(path.with_extension("json")).expect("an expectation");
        let expected: Expected = serde_json::from_str(&json).expect("an expectation is readable");
        let name = path.file_name().expect("a name").to_string_lossy();
        let report = report_on(&[(&name, &bytes)], &Options::default())
            .unwrap_or_else(|error| panic!("{name}: {}", error.code));
        for fault in compare(&report, &expected) {
            wrong.push(format!("{name}: {fault}"));
        }
    }
    assert!(count >= 25, "only {count} tables");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What differs from the expectation, as sentences.
fn compare(report: &Report, expected: &Expected) -> Vec<String> {
    let table = &report.tables[0];
    let mut wrong = Vec::new();
    let mut check = |holds: bool, says: String| {
        if !holds {
            wrong.push(says);
        }
    };
    let kinds = if table.kinds.is_empty() {
        table.kind.iter().cloned().collect()
    } else {
        table.kinds.clone()
    };
    check(kinds == expected.kinds, format!("kinds {kinds:?}"));
    check(
        table.export == expected.export,
        format!("export {:?}", table.export),
    );
    let left: u64 = table.rows.left_out.iter().map(|left| left.count).sum();
    check(
        table.rows.read == table.rows.used + left,
        String::from("rows do not reconcile"),
    );
    for (header, role) in &expected.columns {
        let found = column(report, header).role.clone();
        check(found == *role, format!("{header} is {found:?}"));
    }
    for (header, unit) in &expected.units {
        let found = column(report, header).unit;
        check(found == Some(*unit), format!("{header} is in {found:?}"));
    }
    for (header, asked) in &expected.asked {
        let found = column(report, header).question.clone();
        check(
            found.as_ref() == Some(asked),
            format!("{header} asks {found:?}"),
        );
    }
    for (header, cells) in &expected.unreadable {
        let found = column(report, header).unreadable;
        check(
            found == *cells,
            format!("{header} has {found} unreadable cells"),
        );
    }
    if let Some(delimiter) = &expected.delimiter {
        check(
            table.dialect.delimiter == *delimiter,
            format!("delimiter {:?}", table.dialect.delimiter),
        );
    }
    for (reason, rows) in &expected.left_out {
        let found = count_of(&table.rows.left_out, reason);
        check(
            found == *rows,
            format!(
                "{found} rows {reason}, not {rows}: {:?}",
                all(&table.rows.left_out)
            ),
        );
    }
    for reason in &expected.left_out_any {
        let found = count_of(&table.rows.left_out, reason);
        check(found > 0, format!("no row {reason}"));
    }
    for (code, header) in &expected.questions {
        let asked = table
            .questions
            .iter()
            .any(|question| question.code == *code && question.column.as_ref() == Some(header));
        check(asked, format!("{code} is not asked about {header}"));
    }
    for code in &expected.notes {
        let said = report.notes.iter().any(|note| note.code == *code);
        check(said, format!("no note {code}"));
    }
    wrong.extend(compare_findings(report, expected));
    wrong
}

fn compare_findings(report: &Report, expected: &Expected) -> Vec<String> {
    let mut wrong = Vec::new();
    let of = |kpi: &str| report.findings.iter().find(|finding| finding.kpi == kpi);
    for (kpi, reasons) in &expected.findings {
        let Some(finding) = of(kpi).filter(|finding| finding.value.is_some()) else {
            wrong.push(format!("{kpi} has no value"));
            continue;
        };
        for (reason, rows) in reasons {
            let found = count_of(&finding.left_out, reason);
            if found != *rows {
                wrong.push(format!(
                    "{kpi} leaves out {found} rows {reason}, not {rows}"
                ));
            }
        }
    }
    for (kpi, code) in &expected.refusals {
        let found = of(kpi).and_then(|finding| finding.refusal.as_ref());
        if found.is_none_or(|refusal| refusal.code != *code) {
            wrong.push(format!("{kpi} is not refused with {code}"));
        }
    }
    for (kpi, n) in &expected.values {
        let found = of(kpi).filter(|finding| finding.value.is_some());
        if found.is_none() || n.is_some_and(|n| found.and_then(|f| f.n) != Some(n)) {
            wrong.push(format!("{kpi} has n {:?}", found.and_then(|f| f.n)));
        }
    }
    wrong
}

fn column<'a>(report: &'a Report, header: &str) -> &'a ColumnReport {
    report.tables[0]
        .columns
        .iter()
        .find(|column| column.name == header)
        .unwrap_or_else(|| panic!("no column {header}"))
}

fn count_of(left_out: &[LeftOut], reason: &str) -> u64 {
    left_out
        .iter()
        .find(|left| left.reason == reason)
        .map_or(0, |left| left.count)
}

fn all(left_out: &[LeftOut]) -> Vec<(&str, u64)> {
    left_out
        .iter()
        .map(|left| (left.reason.as_str(), left.count))
        .collect()
}

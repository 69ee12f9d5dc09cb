//! Cases of reading, written as text: `tests/cases/ingest/*.case`.
//!
//! A table that was read wrongly becomes a case by pasting it.
#![expect(clippy::expect_used, clippy::panic, reason = "test code")]

mod support;

use std::fs;
use std::path::PathBuf;

use kept::engine::options::Options;
use kept::engine::report::Report;
use support::report_on;

#[test]
fn every_case_is_read_as_it_says() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/ingest");
    let (mut count, mut wrong) = (0, Vec::new());
    for entry in fs::read_dir(folder).expect("the cases are there") {
        let text = fs::read_to_string(entry.expect("a case").path()).expect("cases are text");
        for section in text.split("\n--- ").skip(1) {
            wrong.extend(claims_that_fail(section));
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 10, "only {count} cases were found");
}

fn claims_that_fail(section: &str) -> Vec<String> {
    let (title, body) = section.split_once(" ---\n").expect("a title ends with ---");
    let (pasted, claims): (Vec<&str>, Vec<&str>) = body
        .trim_end()
        .lines()
        .partition(|line| !line.starts_with("==> "));
    let pasted = pasted.join("\n") + "\n";
    let report = report_on(&[("pasted", pasted.as_bytes())], &Options::default())
        .unwrap_or_else(|error| panic!("{title}: {error}"));
    assert!(!claims.is_empty(), "{title} claims nothing");
    let table = &report.tables[0];
    let columns: Vec<_> = table
        .columns
        .iter()
        .map(|column| (&column.name, &column.role, &column.value_type))
        .collect();
    claims
        .into_iter()
        .map(|claim| claim.trim_start_matches("==> "))
        .filter(|claim| !holds(&report, &claim.split(' ').collect::<Vec<_>>()))
        .map(|claim| {
            format!(
                "{title}: “{claim}” does not hold: {columns:?} {:?} {:?}",
                table.rows, report.notes
            )
        })
        .collect()
}

fn holds(report: &Report, words: &[&str]) -> bool {
    let table = &report.tables[0];
    let count = |word: &str| word.parse::<u64>().expect("a count");
    match words {
        ["columns", columns @ ..] => {
            let found: Vec<String> = table
                .columns
                .iter()
                .map(|column| {
                    format!(
                        "{}:{}:{}",
                        column.name,
                        column.role.as_deref().unwrap_or("-"),
                        column.value_type
                    )
                })
                .collect();
            found == columns
        }
        ["kind", kind] => table.kind.as_deref() == Some(*kind),
        ["read", rows] => table.rows.read == count(rows),
        ["left_out", reason, rows] => table
            .rows
            .left_out
            .iter()
            .any(|left| left.reason == *reason && left.count == count(rows)),
        ["note", code] => report.notes.iter().any(|note| note.code == *code),
        ["note", code, times] => report
            .notes
            .iter()
            .any(|note| note.code == *code && note.count == Some(count(times))),
        ["questions", "none"] => table.questions.is_empty(),
        ["question", code] => table
            .questions
            .iter()
            .any(|question| question.code == *code),
        ["question", code, column] => table
            .questions
            .iter()
            .any(|question| question.code == *code && question.column.as_deref() == Some(*column)),
        other => panic!("a claim that nobody knows: {other:?}"),
    }
}

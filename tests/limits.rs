//! What is too much is said, and what is a lot is read.
#![expect(clippy::expect_used, reason = "test code")]

mod support;

use std::fmt::Write as _;

use kept::engine::report::Report;
use kept::engine::session::Session;
use support::{finding, open, options, report_on};

/// The report on these tables.
fn report_of(tables: &[(&str, &[u8])], choices: &str) -> Report {
    report_on(tables, &options(choices)).expect("the tables are read")
}

/// Answers from 0 to 10 with further columns, each row made from its number.
fn answers(rows: usize, header: &str, more: impl Fn(usize) -> String) -> String {
    let mut text = format!("Response,Submitted,NPS score{header}\n");
    for row in 0..rows {
        let (day, score) = (1 + row % 28, row % 11);
        writeln!(text, "R-{row},2025-05-{day:02},{score}{}", more(row)).expect("text takes it");
    }
    text
}

#[test]
fn two_thousand_columns_are_read() {
    let header: Vec<String> = (0..2_000).map(|it| format!(",Field {it}")).collect();
    let cells: Vec<String> = (0..2_000).map(|it| format!(",v{}", it % 7)).collect();
    let (header, cells) = (header.concat(), cells.concat());
    let text = answers(400, &header, |_| cells.clone());
    let report = report_of(&[("wide.csv", text.as_bytes())], "");
    assert_eq!(report.tables[0].columns.len(), 2_003);
    assert_eq!(finding(&report, "net_promoter_score").n, Some(400));
}

#[test]
fn more_columns_than_are_read_are_refused_and_what_was_there_stays() {
    let kept = answers(40, "", |_| String::new());
    let mut session = Session::new();
    open(&mut session, 1, &[("a.csv", kept.as_bytes())], &options("")).expect("it is read");
    let wide = format!("{}\n{}\n", ",a".repeat(5_000), ",1".repeat(5_000));
    let refused = open(&mut session, 2, &[("b.csv", wide.as_bytes())], &options(""));
    let error = refused.expect_err("nobody makes so many columns");
    assert_eq!(error.code, "too_many_columns");
    assert!(error.hint.len() > 10);
    let rows = support::rows(
        &mut session,
        &[("a.csv", kept.as_bytes())],
        r#"{"table":"a.csv"}"#,
    );
    assert_eq!(rows.expect("the table before is held").total, 40);
}

#[test]
fn a_thousand_files_are_read() {
    let text = answers(20, "", |_| String::new());
    let names: Vec<String> = (0..1_000)
        .map(|file| format!("answers_{file}.csv"))
        .collect();
    let tables: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), text.as_bytes()))
        .collect();
    let report = report_of(&tables, "");
    assert_eq!(report.tables.len(), 1_000);
}

#[test]
fn five_hundred_segments_are_told() {
    let text = answers(5_000, ",Team", |row| format!(",Team {}", row % 500));
    let report = report_of(&[("s.csv", text.as_bytes())], r#"{"segment":"Team"}"#);
    let found = finding(&report, "net_promoter_score");
    assert_eq!(found.n, Some(5_000));
    assert!(!found.segments.is_empty());
    let told: u64 = found.segments.iter().filter_map(|segment| segment.n).sum();
    assert_eq!(
        told, 5_000,
        "every row is in a segment, the rest of them together"
    );
}

#[test]
fn two_hundred_years_of_months_are_read() {
    let mut text = String::from("Account,Month,MRR\n");
    for month in 0..2_400 {
        for account in 0..3 {
            let year = 1_900 + i32::div_euclid(month, 12);
            writeln!(
                text,
                "A{account},{year}-{:02},{}",
                1 + month % 12,
                10 + account
            )
            .expect("text takes it");
        }
    }
    let report = report_of(&[("m.csv", text.as_bytes())], r#"{"as_of":"2099-12-31"}"#);
    let found = finding(&report, "monthly_recurring_revenue");
    assert_eq!(found.value, Some(33.0));
    // Side by side they are as many rows.
    let header: Vec<String> = (0..2_400)
        .map(|month| {
            format!(
                ",{}-{:02}",
                1_900 + i32::div_euclid(month, 12),
                1 + month % 12
            )
        })
        .collect();
    let row = |account: usize| format!("A{account}{}\n", ",10".repeat(2_400));
    let rows: Vec<String> = (0..3).map(row).collect();
    let text = format!("Account{}\n{}", header.concat(), rows.concat());
    let report = report_of(&[("w.csv", text.as_bytes())], r#"{"as_of":"2099-12-31"}"#);
    assert_eq!(report.tables[0].rows.read, 3);
}

/// A table with a cell of so many bytes, quoted or not.
fn with_long_cell(bytes: usize, quoted: bool) -> String {
    let long = "long text ".repeat(bytes.div_ceil(10));
    let cell = if quoted {
        format!("\"{long}, and more\"")
    } else {
        long
    };
    answers(60, ",Comment", |row| {
        if row == 30 {
            format!(",{cell}")
        } else {
            String::from(",ok")
        }
    })
}

#[test]
fn a_cell_of_a_hundred_megabytes_is_read() {
    for quoted in [false, true] {
        let text = with_long_cell(100 << 20, quoted);
        let report = report_of(&[("l.csv", text.as_bytes())], "");
        assert!(finding(&report, "net_promoter_score").n >= Some(59));
    }
}

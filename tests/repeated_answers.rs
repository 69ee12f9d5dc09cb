//! An answer that stands in two rows counts once, and what the makers of a survey tried out does not
//! count. The tables are invented.

#![expect(clippy::expect_used, reason = "test code")]

mod support;

use std::fmt::Write as _;

use kept::engine::options::Options;
use kept::engine::report::Report;
use support::{finding, report_on};

fn report(table: &str) -> Report {
    report_on(&[("answers.csv", table.as_bytes())], &Options::default()).expect("a table")
}

/// How many rows were left out for this reason.
fn left_out(report: &Report, reason: &str) -> u64 {
    let told = report.tables[0].rows.left_out.iter();
    told.filter(|it| it.reason == reason)
        .map(|it| it.count)
        .sum()
}

/// A survey of twenty answers, each with what is to be added in front of its day and score.
fn survey(header: &str, front: impl Fn(u32) -> String) -> String {
    let mut table = format!("{header},Response Date,How likely are you to recommend us?\n");
    for row in 0..20 {
        let score = [10, 9, 3, 7][row as usize % 4];
        writeln!(table, "{},2025-01-{:02},{score}", front(row), row + 1).expect("a text takes all");
    }
    table
}

#[test]
fn an_answer_that_was_exported_twice_counts_once() {
    let once = survey("Response ID,Email", |row| {
        format!("R_{row},u{row}@x.example")
    });
    let again: String = once
        .lines()
        .skip(1)
        .take(8)
        .fold(String::new(), |all, line| all + line + "\n");
    let (alone, both) = (report(&once), report(&(once.clone() + &again)));
    let (one, two) = (
        finding(&alone, "net_promoter_score"),
        finding(&both, "net_promoter_score"),
    );
    assert_eq!((one.n, one.value), (two.n, two.value));
    assert_eq!(one.n, Some(20));
    assert_eq!(left_out(&both, "duplicate"), 8);
}

#[test]
fn the_row_with_a_score_stays_wherever_it_stands() {
    let filled = survey("Response ID,Email", |row| {
        format!("R_{row},u{row}@x.example")
    });
    let (header, rows) = filled.split_once('\n').expect("a header");
    let begun = "R_3,u3@x.example,2025-01-04,\n";
    let told = report(&format!("{header}\n{begun}{rows}"));
    assert_eq!(finding(&told, "net_promoter_score").n, Some(20));
    assert_eq!(left_out(&told, "duplicate"), 1);
}

#[test]
fn numbers_that_a_spreadsheet_has_rounded_leave_nothing_out() {
    let told = report(&survey("Response ID,Email", |row| {
        format!("1.23E+11,u{row}@x.example")
    }));
    assert_eq!(finding(&told, "net_promoter_score").n, Some(20));
    assert_eq!(left_out(&told, "duplicate"), 0);
}

#[test]
fn a_person_may_answer_again_under_another_number() {
    let told = report(&survey("Response ID,Email", |row| {
        format!("R_{row},u{}@x.example", row % 5)
    }));
    assert_eq!(finding(&told, "net_promoter_score").n, Some(20));
}

#[test]
fn each_question_of_a_long_survey_has_its_answer_under_one_number() {
    let mut table = String::from("Response ID,Question,Score,Response Date\n");
    for row in 0..20 {
        for (question, score) in [("NPS", 9), ("CSAT", 4)] {
            writeln!(table, "R_{row},{question},{score},2025-01-{:02}", row + 1)
                .expect("a text takes all");
        }
    }
    table += "R_4,NPS,9,2025-01-05\n";
    let told = report(&table);
    assert_eq!(finding(&told, "net_promoter_score").n, Some(20));
    assert_eq!(finding(&told, "customer_satisfaction_score").n, Some(20));
}

#[test]
fn a_ticket_that_stands_twice_is_rated_once() {
    let mut table = String::from("Ticket ID,Status,Created at,CSAT\n");
    for row in 0..20 {
        let line = format!(
            "{row},Closed,2025-01-{:02} 08:00,{}\n",
            row + 1,
            row % 5 + 1
        );
        table += &line;
        if row % 5 == 4 {
            table += &line;
        }
    }
    let told = report(&table);
    let found = finding(&told, "customer_satisfaction_score");
    assert_eq!((found.n, found.value), (Some(20), Some(0.4)));
}

#[test]
fn an_answer_without_a_number_is_one_of_its_own() {
    let told = report(&survey("Response ID,Email", |row| {
        let number = if row % 4 == 0 {
            String::new()
        } else {
            row.to_string()
        };
        format!("{number},u{row}@x.example")
    }));
    assert_eq!(finding(&told, "net_promoter_score").n, Some(20));
}

#[test]
fn previews_and_tests_are_no_answers() {
    for (header, words) in [
        ("Status", ["IP Address", "Survey Preview"]),
        ("Distribution Channel", ["email", "preview"]),
    ] {
        let told = report(&survey(&format!("Response ID,{header}"), |row| {
            format!("R_{row},{}", words[usize::from(row % 10 == 2)])
        }));
        let found = finding(&told, "net_promoter_score");
        // Of twenty, two previews, both with a score of 3.
        assert_eq!(found.n, Some(18), "{header}");
        assert_eq!(left_out(&told, "tried_out"), 2, "{header}");
    }
}

//! What anybody would see who looks at a table, and what a header alone would get wrong. The tables
//! are invented.

#![expect(clippy::expect_used, reason = "test code")]

mod support;

use std::fmt::Write as _;

use kept::engine::base::Date;
use kept::engine::options::Options;
use kept::engine::report::{Report, Status};
use support::{finding, report_on};

fn report(table: &str) -> Report {
    report_on(&[("table.csv", table.as_bytes())], &Options::default()).expect("a table")
}

/// A table with a header and so many rows, each written by its number from 0.
fn table(header: &str, rows: u32, row: impl Fn(u32) -> String) -> String {
    let mut text = format!("{header}\n");
    for number in 0..rows {
        writeln!(text, "{}", row(number)).expect("a text takes all");
    }
    text
}

fn value(report: &Report, kpi: &str) -> Option<f64> {
    finding(report, kpi).value
}

#[test]
fn what_a_list_of_customers_says_is_due_does_not_say_what_day_it_is() {
    let events = table("user_id,event,timestamp", 60, |row| {
        format!("u{},open,2025-02-{:02} 10:00", row % 7, row % 28 + 1)
    });
    let customers = table("customer_id,company,Renewal Date,Health Score", 12, |row| {
        format!("c{row},Company {row},2025-12-{:02},{}", row + 1, 50 + row)
    });
    let tables = [
        ("events.csv", events.as_bytes()),
        ("customers.csv", customers.as_bytes()),
    ];
    let both = report_on(&tables, &Options::default()).expect("tables");
    assert_eq!(both.as_of, Date::from_ymd(2025, 2, 28));
}

#[test]
fn a_score_that_nobody_was_asked_for_is_no_satisfaction() {
    for name in ["Health Score", "Usage Score", "CSM Score", "Risk Score"] {
        let report = report(&table(&format!("Account,ARR,{name}"), 12, |row| {
            format!("Company {row},{},{}", 1_000 + row, row % 5 + 1)
        }));
        let told = |kpi: &str| report.findings.iter().any(|it| it.kpi == kpi);
        assert!(!told("customer_satisfaction_score"), "{name}");
    }
}

#[test]
fn a_status_is_known_by_its_first_word_and_numbers_are_no_words() {
    let rows = |statuses: [&str; 3]| {
        table("Ticket ID,Created at,Status", 9, |row| {
            let status = statuses[row as usize % 3];
            format!("{row},2025-03-{:02} 09:00,{status}", row + 1)
        })
    };
    let worded = report(&rows(["Closed - Resolved", "Closed (duplicate)", "Open"]));
    assert_eq!(value(&worded, "open_backlog"), Some(3.0));
    // Codes of a ticket system say nothing to anybody else.
    let coded = report(&rows(["2", "4", "5"]));
    let told = |report: &Report| {
        let mut findings = report.findings.iter();
        findings.any(|it| it.kpi == "open_backlog" && it.status == Status::Ok)
    };
    assert!(!told(&coded));
}

#[test]
fn how_many_customers_there_are_is_no_customer() {
    for name in [
        "Active Customers",
        "# Customers",
        "Total Customers",
        "Customers",
    ] {
        let report = report(&table(&format!("Month,MRR,{name}"), 6, |row| {
            format!(
                "2025-{:02}-01,{},{}",
                row + 1,
                10_000 + row * 100,
                100 + row
            )
        }));
        let roles = report.tables[0].columns.iter();
        let roles: Vec<Option<&str>> = roles.map(|it| it.role.as_deref()).collect();
        assert!(!roles.contains(&Some("customer")), "{name}: {roles:?}");
    }
    // What says that it is an id is one, whatever stands before.
    let ids = report(&table("Kunden-Nr.;Monat;MRR", 12, |row| {
        format!(
            "{};2025-{:02}-01;100",
            40_001 + row % 4,
            row.div_euclid(4) + 1
        )
    }));
    assert_eq!(ids.tables[0].columns[0].role.as_deref(), Some("customer"));
    // Names under the same header are customers.
    let named = report(&table("Month,MRR,Customers", 12, |row| {
        format!("2025-{:02}-01,100,Company {}", row % 6 + 1, row % 2)
    }));
    assert_eq!(named.tables[0].kind.as_deref(), Some("revenue_month"));
}

#[test]
fn an_end_that_has_not_come_may_be_written_in_words() {
    for word in [
        "ongoing",
        "Present",
        "laufend",
        "unbefristet",
        "en cours",
        "0000-00-00",
        "",
    ] {
        let report = report(&table("Customer,Start Date,End Date,MRR", 20, |row| {
            let end = if row % 2 == 0 { word } else { "2025-03-15" };
            format!("c{row},2024-06-01,{end},100")
        }));
        let status = &finding(&report, "monthly_recurring_revenue").status;
        assert_eq!(*status, Status::Ok, "{word}");
        let churned = value(&report, "customer_churn_rate").or(Some(f64::NAN));
        let rows = &report.tables[0].rows;
        assert_eq!(rows.used, 20, "{word}: {:?} {churned:?}", rows.left_out);
        let unread = report.tables[0]
            .columns
            .iter()
            .find(|it| it.name == "End Date");
        assert_eq!(
            unread.and_then(|it| it.role.as_deref()),
            Some("ended_at"),
            "{word}"
        );
    }
}

#[test]
fn ends_that_have_not_come_are_known_beside_many_dates() {
    let report = report(&table("Customer,Start Date,End Date,MRR", 2_000, |row| {
        let day = Date(18_000 + (row % 900) as i32);
        let end = if row % 2 == 0 {
            String::from("ongoing")
        } else {
            day.to_string()
        };
        format!("c{row},2018-06-01,{end},100")
    }));
    let column = &report.tables[0].columns[2];
    assert_eq!(
        (column.role.as_deref(), column.unreadable),
        (Some("ended_at"), 0)
    );
    assert_eq!(report.tables[0].rows.used, 2_000);
    assert!(
        report
            .notes
            .iter()
            .all(|note| note.code != "cells_unreadable")
    );
}

#[test]
fn intervals_are_known_in_the_words_of_invoices() {
    for (header, month, year) in [
        ("Billing Interval (months)", "1", "12"),
        ("Betaalperiode", "maandelijks", "jaarlijks"),
        ("Zahlweise", "monatlich", "jährlich"),
        ("Billing Frequency", "every month", "every 12 months"),
    ] {
        let table = table(
            &format!("Customer,Start Date,End Date,Amount,{header}"),
            20,
            |row| {
                let (amount, interval) = if row % 2 == 0 {
                    (100, month)
                } else {
                    (1_200, year)
                };
                let end = if row > 17 { "2025-03-15" } else { "" };
                format!("c{row},2024-06-01,{end},{amount},{interval}")
            },
        );
        let report = report(&table);
        assert_eq!(
            value(&report, "monthly_recurring_revenue"),
            Some(2_000.0),
            "{header}"
        );
    }
}

#[test]
fn what_has_not_begun_pays_nothing() {
    let report = report(&table(
        "Customer,Start Date,End Date,MRR,Status",
        20,
        |row| {
            let status = ["active", "draft", "pending", "incomplete"][row as usize % 4];
            let end = if row == 16 { "2025-03-15" } else { "" };
            format!("c{row},2024-06-01,{end},100,{status}")
        },
    ));
    assert_eq!(value(&report, "monthly_recurring_revenue"), Some(500.0));
    let reasons = report.tables[0].rows.left_out.iter();
    let reasons: Vec<(&str, u64)> = reasons.map(|it| (&*it.reason, it.count)).collect();
    assert_eq!(reasons, [("status_left_out", 15)]);
}

#[test]
fn five_answers_with_extremely_at_the_ends_are_a_scale_of_five() {
    let words = [
        "Extremely dissatisfied",
        "Somewhat dissatisfied",
        "Neither satisfied nor dissatisfied",
        "Somewhat satisfied",
        "Extremely satisfied",
    ];
    let report = report(&table("Date,How satisfied are you?", 40, |row| {
        format!("2025-01-{:02},{}", row % 28 + 1, words[row as usize % 5])
    }));
    let found = finding(&report, "customer_satisfaction_score");
    assert_eq!(
        (found.value, found.parts.get("mean")),
        (Some(0.4), Some(3.0))
    );
}

#[test]
fn what_is_billed_every_month_is_no_order() {
    let report = report(&table(
        "id,Customer ID,Plan,Quantity,Interval,Amount,Status,Created",
        20,
        |row| {
            format!(
                "sub_{row},cus_{row},Pro,1,month,50,active,2024-{:02}-03",
                row % 12 + 1
            )
        },
    ));
    assert_eq!(report.tables[0].kind.as_deref(), Some("subscription"));
}

#[test]
fn a_year_of_revenue_beside_a_month_is_not_taken_for_the_month() {
    let report = report(&table(
        "Customer,Month,Annual Recurring Revenue (EUR)",
        24,
        |row| format!("c{},2025-{:02}-01,1200", row % 4, row.div_euclid(4) + 1),
    ));
    let told = report.findings.iter();
    let mut told = told.filter(|it| it.kpi == "monthly_recurring_revenue");
    assert!(told.all(|it| it.value.is_none()));
}

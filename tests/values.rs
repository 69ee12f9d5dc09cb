//! What single values mean to whole figures: durations, minor units, mixed currencies, and orders
//! of dates that nobody can decide.

#![expect(clippy::unwrap_used, reason = "test code")]

mod support;

use std::fmt::Write as _;

use kept::engine::report::Report;
use support::{assert_close, finding, options, report_on};

fn report(table: &str, choices: &str) -> Report {
    report_on(&[("export.csv", table.as_bytes())], &options(choices)).unwrap()
}

#[test]
fn a_column_of_clock_times_and_plain_hours_is_one_column_of_durations() {
    let report = report(
        "Ticket ID,Status,Created time,First response time (in hrs)\n\
         1,Closed,2025-01-02 10:00:00,48:30:00\n\
         2,Closed,2025-01-02 11:00:00,2\n\
         3,Closed,2025-01-03 10:00:00,1:30:00\n\
         4,Closed,2025-01-03 11:00:00,1d 4h\n\
         5,Closed,2025-01-04 10:00:00,-0:30:00\n\
         6,Closed,2025-01-04 11:00:00,#REF!\n\
         7,Closed,2025-01-04 12:00:00,2:00:00\n\
         8,Closed,2025-01-04 13:00:00,120 min\n\
         9,Closed,2025-01-04 14:00:00,PT2H\n\
         10,Closed,2025-01-04 15:00:00,2.0\n",
        "",
    );
    let found = finding(&report, "first_response_time");
    assert_eq!(found.n, Some(8));
    let mean = found.parts.get("mean").unwrap();
    assert_close(
        mean,
        (48.5 + 2.0 + 1.5 + 28.0 + 4.0 * 2.0) / 8.0,
        1e-12,
        "mean",
    );
    let left_out = &found.left_out;
    let unreadable = left_out.iter().find(|it| it.reason == "number_invalid");
    assert_eq!(unreadable.map(|it| it.count), Some(2), "{left_out:?}");
}

const TWO_PARTS: &str = "Ticket ID,Status,Created time,First response time\n\
    1,Closed,2025-01-02 10:00:00,12:30\n2,Closed,2025-01-02 11:00:00,0:30\n";

#[test]
fn two_numbers_with_a_colon_are_asked_about_and_the_answer_counts() {
    let open = report(TWO_PARTS, "");
    assert_eq!(open.tables[0].questions[0].code, "clock");
    let refused = finding(&open, "first_response_time").refusal.as_ref();
    assert_eq!(refused.unwrap().code, "question_open");
    for (clock, hours) in [("hours_minutes", 6.5), ("minutes_seconds", 6.5 / 60.0)] {
        let choices = format!(
            r#"{{"mapping":{{"export.csv":{{"columns":{{"First response time":
                {{"role":"first_response_minutes","clock":"{clock}"}}}}}}}}}}"#
        );
        let settled = report(TWO_PARTS, &choices);
        let mean = finding(&settled, "first_response_time").parts.get("mean");
        assert_close(mean.unwrap(), hours, 1e-12, clock);
    }
}

#[test]
fn minor_units_are_those_of_each_row_s_currency() {
    for (currency, amount, value) in [
        ("EUR", "12345", 123.45),
        ("jpy", "12345", 12_345.0),
        ("KWD", "12345", 12.345),
        ("ISK", "500", 500.0),
    ] {
        let by_column = report(
            &format!(
                "order_id,customer,ordered_at,amount_cents,currency\n\
                 1,a,2025-01-02,{amount},{currency}\n2,b,2025-01-03,{amount},{currency}\n"
            ),
            "",
        );
        let found = finding(&by_column, "average_transaction_value").value;
        assert_close(found.unwrap(), value, 1e-12, currency);
        let by_option = report(
            &format!("order_id,customer,ordered_at,amount_cents\n1,a,2025-01-02,{amount}\n"),
            &format!(r#"{{"currency":"{currency}"}}"#),
        );
        let found = finding(&by_option, "average_transaction_value").value;
        assert_close(found.unwrap(), value, 1e-12, currency);
    }
}

#[test]
fn currencies_beside_the_amounts_are_never_added_up() {
    let mixed = report(
        "order_id,customer,ordered_at,amount\n1,a,2025-01-02,$10.00\n2,b,2025-01-03,10.00 €\n",
        "",
    );
    let mixed = finding(&mixed, "average_transaction_value");
    let refusal = mixed.refusal.as_ref();
    assert_eq!(refusal.unwrap().code, "currencies_mixed");
    assert_eq!(mixed.currencies.len(), 2, "each wants a rate but one");
    let one = report(
        "order_id,customer,ordered_at,amount\n1,a,2025-01-02,12.00 €\n2,b,2025-01-03,EUR 10.00\n",
        "",
    );
    assert_eq!(one.currency.as_deref(), Some("EUR"));
    let found = finding(&one, "average_transaction_value").value;
    assert_close(found.unwrap(), 11.0, 1e-12, "one currency");
}

#[test]
fn a_rule_without_a_figure_says_why() {
    let found = report(
        "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-01-01,2025-03-15,10\n",
        r#"{"as_of":"2025-03-31"}"#,
    );
    let variants = &finding(&found, "customer_churn_rate").variants;
    let of = |id: &str| variants.iter().find(|it| it.variant == id).unwrap();
    let refusal = of("renewable_base").refusal.as_ref();
    assert_eq!(refusal.unwrap().code, "rule_not_applicable");
    assert_eq!(of("renewable_base").value, None);
    assert_eq!(of("stripe").refusal, None);
}

#[test]
fn a_year_in_two_digits_that_may_stand_in_front_is_asked_about() {
    let mut table = String::from("order_id,customer,ordered_at,amount\n");
    for day in 1..=20 {
        writeln!(table, "{day},a,24/03/{day:02},10.50").unwrap();
    }
    let open = report(&table, "");
    let question = &open.tables[0].questions[0];
    assert_eq!(question.code, "date_order");
    assert_eq!(question.choices, ["day_first", "year_first"]);
    let settled = report(
        &table,
        r#"{"mapping":{"export.csv":{"date_order":"year_first"}}}"#,
    );
    assert!(settled.tables[0].questions.is_empty());
    assert_eq!(settled.as_of.unwrap().to_string(), "2024-03-20");
}

#[test]
fn days_of_a_spreadsheet_are_dates_where_the_header_says_so() {
    let found = report(
        "order_id,customer,ordered_at,amount\n1,a,45351,10\n2,b,45352.5,20\n3,c,2024-03-02,30\n",
        "",
    );
    assert_eq!(found.as_of.unwrap().to_string(), "2024-03-02");
    assert_eq!(finding(&found, "average_transaction_value").n, Some(3));
}

#[test]
fn days_of_a_workbook_from_1904_are_dates_where_the_user_says_so() {
    let found = report(
        "order_id,customer,ordered_at,amount\n1,a,43889,10\n2,b,43890,20\n",
        r#"{"mapping":{"export.csv":{"columns":{"ordered_at":
            {"role":"ordered_at","unit":"days_since_1904"}}}}}"#,
    );
    assert_eq!(found.as_of.unwrap().to_string(), "2024-03-01");
}

#[test]
fn durations_that_name_their_units_are_read_as_desks_write_them() {
    for (cells, hours) in [
        (
            [
                "0 Day(s) 5 Hour(s) 30 Minute(s)",
                "1 Day(s) 2 Hour(s) 30 Minute(s)",
            ],
            16.0,
        ),
        (["05:30 hrs", "26:30 hrs"], 16.0),
        (["30:00 min", "90:00 min"], 1.0),
    ] {
        let table = format!(
            "Ticket ID,Status,Created time,First response time\n\
             1,Closed,2025-01-02 10:00:00,{}\n2,Closed,2025-01-02 11:00:00,{}\n",
            cells[0], cells[1]
        );
        let report = report(&table, "");
        assert!(report.tables[0].questions.is_empty(), "{cells:?}");
        let found = finding(&report, "first_response_time");
        assert_close(found.parts.get("mean").unwrap(), hours, 1e-12, cells[0]);
    }
}

//! What amounts are for: a month, a year, a whole contract, or an advertisement; and in what unit.
//! The tables are invented.

#![expect(clippy::expect_used, reason = "test code")]

mod support;

use std::fmt::Write as _;

use kept::engine::base::{Date, Note};
use kept::engine::options::Options;
use kept::engine::report::{Report, Status};
use support::{finding, report_on};

/// As of a day on which all contracts run.
fn report(name: &str, table: &str) -> Report {
    let options = Options {
        as_of: Date::from_ymd(2025, 6, 30),
        ..Options::default()
    };
    report_on(&[(name, table.as_bytes())], &options).expect("a table")
}

/// A table with a header and so many rows, each written by its number from 0.
fn table(header: &str, rows: u32, row: impl Fn(u32) -> String) -> String {
    let mut text = format!("{header}\n");
    for number in 0..rows {
        writeln!(text, "{}", row(number)).expect("a text takes all");
    }
    text
}

fn revenue(report: &Report) -> Option<f64> {
    let is_revenue = |it: &&kept::engine::report::Finding| it.kpi == "monthly_recurring_revenue";
    report.findings.iter().find(is_revenue)?.value
}

#[test]
fn a_contract_s_value_is_spread_over_its_time() {
    for name in [
        "Contract Value",
        "Total Contract Value",
        "TCV",
        "Vertragswert",
    ] {
        let contracts = table(
            &format!("Customer,Contract Start,Contract End,{name}"),
            12,
            |row| format!("C{row},2024-{:02}-01,2026-{:02}-01,2400", row + 1, row + 1),
        );
        let told = report("contracts.csv", &contracts);
        assert_eq!(revenue(&told), Some(1_200.0), "{name}");
        let is_told = |it: &Note| it.code == "amount_spread_over_its_time";
        assert!(told.notes.iter().any(is_told), "{name}");
    }
}

#[test]
fn a_contract_s_value_without_its_time_is_no_amount_a_month() {
    let told = report(
        "contracts.csv",
        &table("Customer,Start Date,Contract Value", 12, |row| {
            format!("C{row},2024-{:02}-01,2400", row + 1)
        }),
    );
    assert_eq!(revenue(&told), None);
    let column = &told.tables[0].columns[2];
    assert_ne!(column.role.as_deref(), Some("amount"));
    // With its length beside it, it is one.
    let told = report(
        "contracts.csv",
        &table(
            "Customer,Start Date,End Date,Contract Value,Term (months)",
            12,
            |row| format!("C{row},2024-{:02}-01,,2400,24", row + 1),
        ),
    );
    assert_eq!(revenue(&told), Some(1_200.0));
}

#[test]
fn what_is_paid_a_year_is_not_what_is_paid_in_each_month_beside_each_other() {
    let months = |word: &str| {
        let header = format!("Customer,{word} Jan 2025,{word} Feb 2025,{word} Mar 2025");
        let text = table(&header, 6, |row| format!("C{row},1200,1200,2400"));
        let told = report_on(&[("t.csv", text.as_bytes())], &Options::default());
        revenue(&told.expect("a table"))
    };
    assert_eq!(months("MRR"), Some(14_400.0));
    assert_eq!(months("ARR"), None);
    assert_eq!(months("Logins"), None);
}

#[test]
fn interfaces_of_billing_systems_give_cents() {
    let rows = |amount: &str, customer: &str| {
        table(
            &format!("id,customer,start_date,ended_at,{amount},plan.currency,plan.interval,status"),
            8,
            |row| {
                let started = 1_704_067_200 + row * 432_000;
                format!("sub_{row},{customer}{row},{started},,5000,eur,month,active")
            },
        )
    };
    let told = report("t.csv", &rows("plan.amount", "cus_"));
    assert_eq!(revenue(&told), Some(400.0));
    // Without their ids nothing tells that they are cents.
    let others = rows("plan.amount", "c").replace("sub_", "");
    assert_eq!(revenue(&report("t.csv", &others)), Some(40_000.0));
    // Without a path only ids as long as theirs do.
    let told = |customer: &str| revenue(&report("t.csv", &rows("unit_amount", customer)));
    assert_eq!(told("cus_NffrFeUfNV2Hi"), Some(400.0));
    let letters = rows("unit_amount", "cus_NffrFeUfNVZHib").replace("Hib0", "Hiba");
    assert_eq!(revenue(&report("t.csv", &letters)), Some(400.0));
    assert_eq!(told("cus_"), Some(40_000.0));
    assert_eq!(told("cus_00000000000000"), Some(40_000.0));
    // A person's table writes names with spaces.
    let told = report("t.csv", &rows("Plan amount", "cus_"));
    assert_eq!(revenue(&told), Some(40_000.0));
}

#[test]
fn what_a_campaign_costs_is_no_order() {
    for (header, cost) in [
        ("Day,Campaign,Currency code,Cost,Impr.,Clicks", "50.00"),
        ("Datum,Kampagne,Währung,Kosten,Impressionen,Klicks", "50.00"),
        (
            "Day,Campaign name,Currency,Amount spent,Impressions,Reach",
            "50.00",
        ),
    ] {
        let told = report(
            "ads.csv",
            &table(header, 40, |row| {
                format!("2025-01-{:02},Brand,EUR,{cost},10,1", row % 28 + 1)
            }),
        );
        let kind = told.tables[0].kind.as_deref();
        assert_eq!(kind, Some("spend"), "{header}");
    }
    // What a campaign brings in is no cost.
    let gifts = report(
        "gifts.csv",
        &table("Date,Campaign,Amount,Customer", 20, |row| {
            format!("2025-01-{:02},Spring,30.00,c{}", row + 1, row % 7)
        }),
    );
    assert_ne!(gifts.tables[0].kind.as_deref(), Some("spend"));
    // Shops tell by which campaign somebody came.
    let shop = report(
        "orders.csv",
        &table("Order ID,Order date,Customer,Total,Campaign", 12, |row| {
            format!("{row},2025-01-{:02},c{},30,spring", row + 1, row % 5)
        }),
    );
    assert_eq!(shop.tables[0].kind.as_deref(), Some("order"));
}

#[test]
fn merged_deleted_and_spam_tickets_are_not_solved() {
    let told = report(
        "tickets.csv",
        &table("Ticket ID,Created at,Status,Reopens", 8, |row| {
            let status = ["solved", "deleted", "closed", "spam"][row as usize % 4];
            format!("{row},2025-03-0{} 09:00,{status},{}", row + 1, row % 2)
        }),
    );
    let found = finding(&told, "reopen_rate");
    assert_eq!(found.status, Status::Ok);
    assert_eq!(found.n, Some(4));
}

#[test]
fn deals_that_are_due_on_a_day_and_won_or_lost_are_renewals() {
    for amounts in ["Amount", "Prior Contract Amount"] {
        let header = format!(
            "Account Name,Opportunity Name,Type,Stage,Renewal Due Date,{amounts},Close Date"
        );
        let told = report(
            "renewals.csv",
            &table(&header, 20, |row| {
                let stage = if row % 5 == 0 {
                    "Closed Lost"
                } else {
                    "Closed Won"
                };
                let day = row + 1;
                format!("C{row},R{row},Renewal,{stage},2025-01-{day:02},1000,2025-01-{day:02}")
            }),
        );
        assert_eq!(told.tables[0].kind.as_deref(), Some("renewal"), "{amounts}");
        let rate = told.findings.iter().find(|it| it.kpi == "renewal_rate");
        assert_eq!(rate.and_then(|it| it.value), Some(0.8), "{amounts}");
    }
}

#[test]
fn an_interval_may_stand_in_two_columns_or_as_iso_8601() {
    let told = report(
        "subscriptions.csv",
        &table(
            "Customer,Start Date,End Date,Amount,Billing Interval Unit,Billing Interval",
            8,
            |row| {
                let (amount, count) = if row % 2 == 0 { (50, 1) } else { (600, 12) };
                format!("A{row},2024-01-0{},,{amount},month,{count}", row + 1)
            },
        ),
    );
    assert_eq!(revenue(&told), Some(400.0));
    for (unit, months) in [("P1Y", 12), ("P1M", 1), ("Every 6 months", 6), ("P3M", 3)] {
        let told = report(
            "subscriptions.csv",
            &table(
                "Customer,Start Date,End Date,Price,Billing Period",
                8,
                |row| {
                    let (amount, unit) = if row % 2 == 0 {
                        (50, "P1M")
                    } else {
                        (50 * months, unit)
                    };
                    format!("A{row},2024-01-0{},,{amount},{unit}", row + 1)
                },
            ),
        );
        assert_eq!(revenue(&told), Some(400.0), "{unit}");
    }
}

#[test]
fn what_has_ended_by_its_status_is_not_paid_for_ever() {
    let rows = |header: &str, ended: &str| {
        table(header, 10, |row| match row {
            0 => format!("C0,2024-01-01,2024-11-30,100,Cancelled,{ended}"),
            1 => format!("C1,2024-01-01,,100,Cancelled,{ended}"),
            _ => format!("C{row},2024-01-01,,100,Active,"),
        })
    };
    // Nobody says when the second one ended.
    let told = report(
        "s.csv",
        &rows("Customer,Start Date,End Date,MRR,Status,Notes", ""),
    );
    assert_eq!(revenue(&told), Some(800.0));
    let left_out = &told.tables[0].rows.left_out;
    assert_eq!(left_out.len(), 1, "{left_out:?}");
    assert_eq!(
        (left_out[0].reason.as_str(), left_out[0].count),
        ("status_left_out", 1)
    );
    // It was asked for: that is when.
    let told = report(
        "s.csv",
        &rows(
            "Customer,Start Date,End Date,MRR,Status,Cancellation requested at",
            "2025-02-10",
        ),
    );
    assert_eq!(revenue(&told), Some(800.0));
    assert!(told.tables[0].rows.left_out.is_empty());
}

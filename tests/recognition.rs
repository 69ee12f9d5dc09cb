//! Export formats are recognised by their headers and the shape of their cells, unaided.
//!
//! Headers are those of the vendors' exports; the rows below them are invented.

#![expect(clippy::expect_used, clippy::panic, reason = "test code")]

mod support;

use kept::engine::options::Options;
use kept::engine::report::{Report, TableReport};
use support::report_on;

#[track_caller]
fn check(table: &str, kind: Option<&str>, roles: &[(&str, &str)]) -> Report {
    let report =
        report_on(&[("export.csv", table.as_bytes())], &Options::default()).expect("a table");
    let found = &report.tables[0];
    assert_eq!(found.kind.as_deref(), kind, "{:?}", roles_of(found));
    for (header, role) in roles {
        let column = found.columns.iter().find(|column| column.name == *header);
        let column = column.unwrap_or_else(|| panic!("no column {header}"));
        assert_eq!(
            column.role.as_deref(),
            Some(*role),
            "{header} in {:?}",
            roles_of(found)
        );
    }
    report
}

fn roles_of(table: &TableReport) -> Vec<(&str, Option<&str>)> {
    table
        .columns
        .iter()
        .map(|column| (column.name.as_str(), column.role.as_deref()))
        .collect()
}

#[test]
fn zendesk_tickets() {
    check(
        "Summation column,Id,Requester,Requester id,Status,Priority,Via,Created at,Updated at,Organization,Solved at,Resolution time,Satisfaction Score,Reopens,Replies,First reply time in minutes,Full resolution time in minutes\n\
         1,101,Ann,7,Solved,High,Mail,2025-01-02 10:00,2025-01-03 10:00,Acme,2025-01-03 09:00,23,Good,0,2,30,1380\n\
         1,102,Bob,8,Open,Low,Web,2025-01-04 10:00,2025-01-04 10:00,Bolt,,,Offered,0,1,,\n\
         1,103,Cai,9,Closed,Low,Web,2025-01-05 10:00,2025-01-06 10:00,Bolt,2025-01-06 10:00,24,Bad,1,3,60,1440\n",
        Some("ticket"),
        &[
            ("Id", "ticket"),
            ("Created at", "created_at"),
            ("Solved at", "resolved_at"),
            ("First reply time in minutes", "first_response_minutes"),
            ("Satisfaction Score", "satisfaction"),
            ("Priority", "priority"),
            ("Status", "status"),
        ],
    );
}

#[test]
fn freshdesk_tickets() {
    check(
        "Ticket ID,Subject,Status,Priority,Source,Created time,Due by Time,Resolved time,Closed time,Last update time,Initial response time,Tags\n\
         1,Hello,Closed,High,Email,2025-01-02 10:00:00,2025-01-05 10:00:00,2025-01-03 10:00:00,2025-01-03 11:00:00,2025-01-03 11:00:00,2025-01-02 11:00:00,a\n\
         2,World,Open,Low,Portal,2025-01-03 10:00:00,2025-01-06 10:00:00,,,2025-01-03 11:00:00,2025-01-03 13:00:00,b\n",
        Some("ticket"),
        &[
            ("Ticket ID", "ticket"),
            ("Created time", "created_at"),
            ("Resolved time", "resolved_at"),
            ("Initial response time", "first_response_at"),
        ],
    );
}

#[test]
fn stripe_subscriptions() {
    check(
        "id,Customer ID,Customer Email,Plan,Quantity,Currency,Interval,Amount,Status,Created (UTC),Start Date (UTC),Current Period End (UTC),Canceled At (UTC),Ended At (UTC)\n\
         sub_1,cus_1,a@x.com,team,1,eur,month,49.00,active,2024-01-02 10:00,2024-01-02 10:00,2025-02-02 10:00,,\n\
         sub_2,cus_2,b@y.com,team,2,eur,year,490.00,canceled,2024-02-02 10:00,2024-02-02 10:00,2025-02-02 10:00,2024-06-01 09:00,2024-07-01 00:00\n",
        Some("subscription"),
        &[
            ("Customer ID", "customer"),
            ("Start Date (UTC)", "started_at"),
            ("Ended At (UTC)", "ended_at"),
            ("Amount", "amount"),
            ("Interval", "interval"),
            ("Quantity", "quantity"),
        ],
    );
}

#[test]
fn baremetrics_and_playbook_subscriptions() {
    check(
        "plan_oid,plan_name,plan_currency,plan_amount,plan_interval,plan_interval_count,customer_oid,customer_name,subscription_oid,subscription_started_at,subscription_canceled_at,subscription_quantity\n\
         p1,Team,USD,4900,month,1,c1,Acme,s1,2024-01-02,,1\np1,Team,USD,4900,month,1,c2,Bolt,s2,2024-01-05,2024-06-05,3\n",
        Some("subscription"),
        &[
            ("customer_oid", "customer"),
            ("subscription_started_at", "started_at"),
            ("subscription_canceled_at", "ended_at"),
            ("plan_amount", "amount"),
            ("plan_interval", "interval"),
            ("subscription_quantity", "quantity"),
        ],
    );
    check(
        "subscription_id,customer_id,start_date,end_date,monthly_amount\n1,a,2024-01-01,2024-04-01,50\n2,b,2024-02-01,,70\n",
        Some("subscription"),
        &[
            ("customer_id", "customer"),
            ("start_date", "started_at"),
            ("end_date", "ended_at"),
            ("monthly_amount", "amount"),
        ],
    );
}

#[test]
fn shopify_orders_are_added_up_by_order() {
    let report = check(
        "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Cancelled at,Refunded Amount,Id\n\
         #1001,a@x.com,paid,2024-01-01 10:00:00 +0900,EUR,90.00,10.00,0.00,100.00,2024-01-01 10:00:00 +0900,1,Mug,50.00,,0.00,9001\n\
         #1001,a@x.com,,,,,,,,2024-01-01 10:00:00 +0900,1,Cup,40.00,,,\n\
         #1002,b@x.com,paid,2024-01-02 10:00:00 +0900,EUR,45.00,5.00,0.00,50.00,2024-01-02 10:00:00 +0900,1,Mug,50.00,,0.00,9002\n",
        Some("order"),
        &[
            ("Name", "order"),
            ("Total", "amount"),
            ("Cancelled at", "cancelled_at"),
        ],
    );
    let value = support::finding(&report, "average_transaction_value");
    assert_eq!((value.value, value.n), (Some(75.0), Some(2)));
}

#[test]
fn surveys_by_their_questions() {
    check(
        "#,\"How likely are you to recommend us to a friend or colleague?\",\"How satisfied are you with our support?\",Start Date (UTC),Submit Date (UTC),Network ID\n\
         a1,9,4,2025-01-02 10:00:00,2025-01-02 10:05:00,n1\na2,0,5,2025-01-03 10:00:00,2025-01-03 10:05:00,n2\na3,10,1,2025-01-04 10:00:00,2025-01-04 10:05:00,n3\n",
        Some("survey"),
        &[
            (
                "How likely are you to recommend us to a friend or colleague?",
                "score",
            ),
            ("How satisfied are you with our support?", "score"),
            ("Submit Date (UTC)", "responded_at"),
        ],
    );
    check(
        "id,person,survey_type,score,comment,permalink,created_at\n1,77,nps,9,Nice,http://x,1735812000\n2,78,nps,0,Bad,http://y,1735898400\n",
        Some("survey"),
        &[
            ("score", "score"),
            ("created_at", "responded_at"),
            ("comment", "comment"),
        ],
    );
}

#[test]
fn monthly_revenue_and_events() {
    check(
        "customer_id,month,mrr\na,2024-01,100\na,2024-02,120\nb,2024-01,50\n",
        Some("revenue_month"),
        &[
            ("customer_id", "customer"),
            ("month", "month"),
            ("mrr", "recurring_revenue"),
        ],
    );
    check(
        "event_name,distinct_id,time,insert_id\nlogin,u1,1735812000,x1\nsave,u1,1735812600,x2\nlogin,u2,1735898400,x3\n",
        Some("event"),
        &[
            ("event_name", "event"),
            ("distinct_id", "user"),
            ("time", "occurred_at"),
        ],
    );
}

#[test]
fn tables_with_an_id_a_name_and_a_date_are_not_taken_for_tickets_or_orders() {
    for table in [
        "id,name,created_at,url\n1,Acme,2025-01-02,http://a\n2,Bolt,2025-01-03,http://b\n",
        "id,amount_off,created,currency,duration,name\nc1,1000,2025-01-02,usd,once,Sale\nc2,500,2025-01-03,usd,once,More\n",
        "id,active,amount,created,currency,interval\np1,true,150000,2025-01-02,usd,month\np2,true,2000,2025-01-03,usd,month\n",
    ] {
        let report = check(table, None, &[]);
        assert_eq!(report.tables[0].questions[0].code, "kind");
    }
}

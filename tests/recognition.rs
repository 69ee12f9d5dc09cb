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
        "value,share,datetime_short\n17,3%,2025-01-02 10:00\n25,4%,2025-01-03 11:30\n",
        "id,active,amount,created,currency,interval\np1,true,150000,2025-01-02,usd,month\np2,true,2000,2025-01-03,usd,month\n",
    ] {
        let report = check(table, None, &[]);
        assert_eq!(report.tables[0].questions[0].code, "kind");
    }
}

/// The same tickets under the headers of seven languages.
#[test]
fn tickets_are_known_in_seven_languages() {
    for (headers, roles) in [
        (
            "Ticketnummer;Erstellt am;Gelöst am;Priorität;Status;Kunde",
            ["Ticketnummer", "Erstellt am", "Gelöst am", "Priorität"],
        ),
        (
            "Numéro de ticket;Créé le;Résolu le;Priorité;Statut;Client",
            ["Numéro de ticket", "Créé le", "Résolu le", "Priorité"],
        ),
        (
            "Número de ticket;Fecha de creación;Fecha de resolución;Prioridad;Estado;Cliente",
            [
                "Número de ticket",
                "Fecha de creación",
                "Fecha de resolución",
                "Prioridad",
            ],
        ),
        (
            "Número do ticket;Data de criação;Data de resolução;Prioridade;Status;Cliente",
            [
                "Número do ticket",
                "Data de criação",
                "Data de resolução",
                "Prioridade",
            ],
        ),
        (
            "Numero ticket;Data di creazione;Data di risoluzione;Priorità;Stato;Cliente",
            [
                "Numero ticket",
                "Data di creazione",
                "Data di risoluzione",
                "Priorità",
            ],
        ),
        (
            "Ticketnummer;Aangemaakt op;Opgelost op;Prioriteit;Status;Klant",
            ["Ticketnummer", "Aangemaakt op", "Opgelost op", "Prioriteit"],
        ),
        (
            "TICKET_ID;createdAt;Resolved-At;priority;STATUS;Customer",
            ["TICKET_ID", "createdAt", "Resolved-At", "priority"],
        ),
    ] {
        let rows = "1;2025-01-13;2025-01-14;A;B;Acme\n2;2025-01-15;2025-01-17;A;B;Bolt\n3;2025-01-16;;C;D;Acme\n";
        let [ticket, created, resolved, priority] = roles;
        check(
            &format!("{headers}\n{rows}"),
            Some("ticket"),
            &[
                (ticket, "ticket"),
                (created, "created_at"),
                (resolved, "resolved_at"),
                (priority, "priority"),
            ],
        );
    }
}

/// Kinds are recognised and mapped whether a KPI supports them or not; without one, rows say so.
#[test]
fn tables_of_business_and_revenue_are_known_by_their_headers() {
    for (table, kind, roles) in [
        (
            "customer,renewal_date,amount_due,outcome,amount_renewed\nA,2025-01-31,100,renewed,120\nB,2025-02-28,80,churned,0\nC,2025-03-31,50,open,\n",
            "renewal",
            vec![
                ("renewal_date", "due_at"),
                ("amount_due", "amount_due"),
                ("outcome", "outcome"),
                ("amount_renewed", "amount_renewed"),
            ],
        ),
        (
            "Kunde;Datum;Bewegungsart;Betrag\nA;2025-01-15;Neugeschäft;100\nB;2025-01-16;Kündigung;-80\nC;2025-02-17;Erweiterung;50\n",
            "revenue_movement",
            vec![("Bewegungsart", "movement"), ("Betrag", "amount")],
        ),
        (
            "month,channel,ad spend\n2025-01,search,1000\n2025-02,search,1200\n",
            "spend",
            vec![
                ("month", "month"),
                ("ad spend", "amount"),
                ("channel", "channel"),
            ],
        ),
        (
            "month,sessions,add to carts,checkouts,purchases\n2025-01,1000,200,100,45\n2025-02,1100,210,110,50\n",
            "funnel",
            vec![
                ("sessions", "visits"),
                ("add to carts", "carts"),
                ("checkouts", "checkouts"),
                ("purchases", "purchases"),
            ],
        ),
        (
            "Monat;Produziert;Geprüft;Ausschuss\n2025-01;1000;900;9\n2025-02;1100;950;12\n",
            "operations",
            vec![
                ("Produziert", "produced"),
                ("Geprüft", "inspected"),
                ("Ausschuss", "defective"),
                ("Monat", "month"),
            ],
        ),
    ] {
        check(table, Some(kind), &roles);
    }
}

/// What cannot be decided is asked with its choices, and the answer is one of the mapping.
#[test]
fn undecided_roles_and_directions_are_asked() {
    let report = check(
        "respondent,response date,customer effort score\n1,2025-01-15,6\n2,2025-01-16,7\n3,2025-01-17,5\n",
        Some("survey"),
        &[("customer effort score", "score")],
    );
    assert_eq!(report.tables[0].questions[0].code, "direction");
    let table = "ticket id,created at,created on,resolved at\n1,2025-01-13,2025-01-12,2025-01-15\n2,2025-01-14,2025-01-14,2025-01-16\n";
    let report = check(table, Some("ticket"), &[]);
    let question = &report.tables[0].questions[0];
    assert_eq!(question.code, "role");
    assert_eq!(question.role.as_deref(), Some("created_at"));
    assert_eq!(question.choices, ["created at", "created on"]);
    assert!(question.affects.contains(&String::from("resolution_time")));
    let refused = support::finding(&report, "resolution_time")
        .refusal
        .as_ref();
    assert_eq!(
        refused.map(|refusal| refusal.code.as_str()),
        Some("question_open")
    );
    let answer = r#"{"mapping":{"export.csv":{"columns":{"created on":"created_at"}}}}"#;
    let report = report_on(
        &[("export.csv", table.as_bytes())],
        &support::options(answer),
    )
    .expect("a table");
    assert!(report.tables[0].questions.is_empty());
    assert!(support::finding(&report, "resolution_time").value.is_some());
}

/// One score column with the answers to several questions gives each its own figure.
#[test]
fn every_question_of_a_long_survey_has_its_own_scale() {
    let report = check(
        "respondent,question,score,response date\n1,nps,10,2025-01-15\n1,csat,5,2025-01-15\n2,nps,0,2025-01-16\n2,csat,4,2025-01-16\n3,nps,9,2025-01-17\n3,csat,1,2025-01-17\n",
        Some("survey"),
        &[("question", "question"), ("score", "score")],
    );
    let nps = support::finding(&report, "net_promoter_score");
    assert_eq!((nps.n, nps.question.as_deref()), (Some(3), Some("nps")));
    let csat = support::finding(&report, "customer_satisfaction_score");
    assert_eq!((csat.n, csat.parts.get("satisfied")), (Some(3), Some(2.0)));
    assert_eq!(report.tables[0].rows.used, 6);
}

/// An undecided date withholds the course over time, not the figure over all rows.
#[test]
fn a_survey_stands_without_its_dates_and_shows_no_course() {
    let table = "respondent,nps,response date\n1,10,03/04/2025\n2,9,05/06/2025\n3,2,07/08/2025\n";
    let report = check(table, Some("survey"), &[("response date", "responded_at")]);
    let question = &report.tables[0].questions[0];
    assert_eq!(question.code, "date_order");
    assert!(
        question
            .affects
            .contains(&String::from("net_promoter_score"))
    );
    let nps = support::finding(&report, "net_promoter_score");
    assert!(nps.value.is_some() && nps.series.is_empty() && nps.previous.is_none());
    assert!(
        report
            .notes
            .iter()
            .any(|note| note.code == "series_withheld")
    );
    let by_month = support::options(r#"{"period":{"unit":"month"}}"#);
    let report = report_on(&[("export.csv", table.as_bytes())], &by_month).expect("a table");
    let refused = support::finding(&report, "net_promoter_score")
        .refusal
        .as_ref();
    assert_eq!(
        refused.map(|refusal| refusal.code.as_str()),
        Some("question_open")
    );
}

/// The name of a figure is a score in any language where its cells are answers, and nowhere else.
#[test]
fn a_named_figure_is_a_score_in_any_language() {
    for (header, answers, finding) in [
        ("Nota NPS", [10, 9, 2], "net_promoter_score"),
        ("Ocena NPS klienta", [10, 0, 7], "net_promoter_score"),
        ("Nota CSAT", [5, 4, 1], "customer_satisfaction_score"),
    ] {
        let [first, second, third] = answers;
        let table = format!(
            "Data da resposta;Cliente;{header};Comentário\n13/01/2025;Acme;{first};bom\n14/01/2025;Bolt;{second};\n15/01/2025;Cedar;{third};ruim\n"
        );
        let report = check(
            &table,
            Some("survey"),
            &[
                (header, "score"),
                ("Data da resposta", "responded_at"),
                ("Cliente", "customer"),
                ("Comentário", "comment"),
            ],
        );
        assert_eq!(support::finding(&report, finding).n, Some(3), "{header}");
    }
    let report = check(
        "Data;Cliente;Nota CES\n13/01/2025;Acme;7\n14/01/2025;Bolt;2\n",
        Some("survey"),
        &[("Nota CES", "score")],
    );
    assert_eq!(report.tables[0].questions[0].code, "direction");
    for counts in [
        "month,NPS responses\n2025-01,120\n2025-02,96\n",
        "month,NPS mailing\n2025-01,120\n2025-02,96\n",
    ] {
        let report =
            report_on(&[("export.csv", counts.as_bytes())], &Options::default()).expect("a table");
        assert!(
            report.tables[0]
                .columns
                .iter()
                .all(|column| column.role.as_deref() != Some("score"))
        );
    }
}

/// A line for each thing bought, and on each of them the total of the whole order.
#[test]
fn an_amount_that_every_line_repeats_is_counted_once() {
    let report = check(
        "InvoiceNumber,InvoiceDate,ContactName,Total,Description,LineAmount\n\
         A1,2025-01-02,X,30,a,10\nA1,2025-01-02,X,30,b,20\n\
         A2,2025-01-03,Y,50,a,25\nA2,2025-01-03,Y,50,b,25\n\
         A3,2025-01-04,X,9,a,4\nA3,2025-01-04,X,9,b,5\nA4,2025-01-05,Z,11,a,11\n",
        Some("order"),
        &[("Total", "amount"), ("InvoiceNumber", "order")],
    );
    let finding = support::finding(&report, "average_transaction_value");
    assert_eq!((finding.value, finding.n), (Some(25.0), Some(4)));
    assert!(
        report
            .notes
            .iter()
            .any(|note| note.code == "amount_repeated")
    );
    // The prices of single things are added up, equal or not.
    let report = check(
        "order id,purchase date,item price\n\
         A1,2025-01-02,10\nA1,2025-01-02,10\nA2,2025-01-03,25\nA2,2025-01-03,25\n\
         A3,2025-01-04,5\nA3,2025-01-04,5\n",
        Some("order"),
        &[("item price", "amount")],
    );
    let finding = support::finding(&report, "average_transaction_value");
    assert_eq!((finding.value, finding.n), (Some(80.0 / 3.0), Some(3)));
}

#[test]
fn an_order_with_many_lines_is_known_by_its_id() {
    let lines = (0..40)
        .map(|line: i32| {
            format!(
                "302-{},2025-01-{:02}T10:00:00+00:00,Shipped,2,5.00\n",
                line.div_euclid(4),
                line.div_euclid(4) + 1
            )
        })
        .collect::<Vec<String>>()
        .concat();
    let report = check(
        &format!("amazon-order-id,purchase-date,order-status,quantity,item-price\n{lines}"),
        Some("order"),
        &[("amazon-order-id", "order"), ("item-price", "amount")],
    );
    let finding = support::finding(&report, "average_transaction_value");
    assert_eq!((finding.value, finding.n), (Some(20.0), Some(10)));
}

#[test]
fn monthly_revenue_is_not_divided_by_the_billing_interval() {
    let report = check(
        "Subscription Id,Customer Id,Plan Amount,Billing Period Unit,Started At,MRR\n\
         S1,A,1200.00,year,2024-01-01,100.00\nS2,B,50.00,month,2024-01-01,50.00\n\
         S3,C,600.00,year,2024-02-01,50.00\n",
        Some("subscription"),
        &[("MRR", "amount"), ("Billing Period Unit", "interval")],
    );
    let finding = support::finding(&report, "monthly_recurring_revenue");
    // At the end of January; the third one starts on the last day of the data.
    assert_eq!(finding.value, Some(150.0));
    assert!(
        report
            .notes
            .iter()
            .any(|note| note.code == "interval_not_applied")
    );
}

#[test]
fn what_is_billed_every_so_often_is_a_subscription_and_no_order() {
    check(
        "id,status,customer_id,currency_code,created_at,started_at,canceled_at,billing_cycle_interval,billing_cycle_frequency,unit_price_amount_cents\n\
         sub_1,active,c1,USD,2025-01-02,2025-01-02,,month,1,2900\n\
         sub_2,canceled,c2,USD,2025-01-03,2025-01-03,2025-03-03,month,1,9900\n",
        Some("subscription"),
        &[
            ("billing_cycle_interval", "interval"),
            ("billing_cycle_frequency", "interval_count"),
        ],
    );
}

#[test]
fn a_time_without_a_unit_is_asked_about() {
    let report = check(
        "Ticket ID,Created at,Time to first reply,Resolution time (hours)\n\
         1,2025-01-02 10:00,30,2\n2,2025-01-03 10:00,45,3\n3,2025-01-04 10:00,600,9\n",
        Some("ticket"),
        &[("Time to first reply", "first_response_minutes")],
    );
    let asked = &report.tables[0].questions;
    assert_eq!(asked.len(), 1);
    assert_eq!(
        (asked[0].code.as_str(), asked[0].column.as_deref()),
        ("unit", Some("Time to first reply"))
    );
    assert_eq!(asked[0].affects, ["first_response_time"]);
    let refused = support::finding(&report, "first_response_time");
    assert_eq!(
        refused.refusal.as_ref().expect("waits").code,
        "question_open"
    );
    assert_eq!(
        support::finding(&report, "resolution_time").value,
        Some(3.0)
    );
}

#[test]
fn siblings_suggest_the_order_of_dates_and_settle_nothing() {
    let rows = (1..=12)
        .map(|day| {
            format!(
                "{day},{day:02}/{day:02}/2025 10:00,{:02}/02/2025 10:00\n",
                day + 12
            )
        })
        .collect::<Vec<String>>()
        .concat();
    // Both ends of the first column's dates may be days.
    let rows = rows.replace("12/12/2025", "12/11/2025");
    let report = check(
        &format!("Ticket ID,Created At,Resolved At\n{rows}"),
        Some("ticket"),
        &[],
    );
    let question = &report.tables[0].questions[0];
    assert_eq!(question.code, "date_order");
    let suggested = question
        .suggested
        .as_ref()
        .expect("the other column shows it");
    assert_eq!(suggested.choice, "day_first");
    assert!(suggested.because.contains("Resolved At"));
    let refused = support::finding(&report, "resolution_time");
    assert_eq!(
        refused.refusal.as_ref().expect("waits").code,
        "question_open"
    );
}

#[test]
fn answers_under_a_header_that_says_nothing_are_asked_about() {
    let rows = (0..30)
        .map(|row| {
            format!(
                "{row},{},{},2025-01-{:02}\n",
                row % 11,
                100 + row,
                row % 28 + 1
            )
        })
        .collect::<Vec<String>>()
        .concat();
    let table = format!("Respondent ID,Q1,Q2,Submitted\n{rows}");
    let report = check(&table, Some("survey"), &[]);
    let question = &report.tables[0].questions[0];
    assert_eq!(
        (question.code.as_str(), question.role.as_deref()),
        ("role", Some("score"))
    );
    assert_eq!(question.choices, ["Q1"]);
    assert!(!question.affects.is_empty());
    let options = r#"{"mapping":{"export.csv":{"columns":{"Q1":"score"}}}}"#;
    let answered = report_on(
        &[("export.csv", table.as_bytes())],
        &support::options(options),
    )
    .expect("a table");
    assert!(
        support::finding(&answered, "net_promoter_score")
            .value
            .is_some()
    );
}

#[test]
fn numbers_at_the_end_of_worded_answers_are_read() {
    let report = check(
        "Respondent ID,How likely are you to recommend us?\n\
         1,Not at all likely - 0\n2,9\n3,Extremely likely - 10\n4,7\n5,10 (extremely likely)\n",
        Some("survey"),
        &[],
    );
    let nps = support::finding(&report, "net_promoter_score");
    assert_eq!((nps.n, nps.value), (Some(5), Some(40.0)));
}

#[test]
fn lines_below_a_report_belong_to_no_row() {
    let report = check(
        "\"Case Number\",\"Account Name\",\"Date/Time Opened\",\"Date/Time Closed\"\n\
         \"001\",\"A\",\"2025-01-02 10:00\",\"2025-01-02 12:00\"\n\
         \"002\",\"B\",\"2025-01-03 10:00\",\"2025-01-03 13:00\"\n\n\n\
         \"Support cases\"\n\"Copyright (c) 2000-2025 example, inc.\"\n",
        Some("ticket"),
        &[],
    );
    let left = &report.tables[0].rows.left_out;
    assert_eq!(
        (left.len(), left[0].reason.as_str(), left[0].count),
        (1, "footer", 2)
    );
}

#[test]
fn a_movement_is_told_from_its_amount_by_the_cells() {
    check(
        "Customer,Date,Type,MRR Movement,Currency\n\
         A,2025-01-03,New Business,100,USD\nB,2025-01-05,New Business,50,USD\n\
         A,2025-02-03,Expansion,20,USD\nB,2025-02-09,Churn,-50,USD\n\
         A,2025-03-03,Contraction,-20,USD\n",
        Some("revenue_movement"),
        &[("Type", "movement"), ("MRR Movement", "amount")],
    );
}

#[test]
fn an_order_that_waits_for_its_payment_is_none() {
    let report = check(
        "Order Number,Order Status,Order Date,Email (Billing),Order Total Amount\n\
         1,Completed,2025-01-03,a@x.example,10.50\n2,Pending payment,2025-01-05,b@x.example,99.00\n\
         3,Processing,2025-02-03,c@x.example,20.50\n",
        Some("order"),
        &[("Order Status", "status")],
    );
    let found = support::finding(&report, "average_transaction_value");
    assert_eq!((found.n, found.value), (Some(2), Some(15.5)));
}

#[test]
fn a_contract_renewed_for_less_is_renewed() {
    let report = check(
        "Customer,Due date,Amount due,Outcome,Amount renewed\n\
         A,2025-01-13,100,Renewed,100\nB,2025-01-15,200,Downgrade,50\n\
         C,2025-02-03,300,Churned,0\nD,2025-02-23,400,Renewed,400\n",
        Some("renewal"),
        &[("Outcome", "outcome")],
    );
    let found = support::finding(&report, "renewal_rate");
    assert_eq!((found.n, found.value), (Some(4), Some(0.75)));
}

#[test]
fn money_with_its_currency_has_no_three_decimals() {
    let table = |amounts: [&str; 3]| {
        let [a, b, c] = amounts;
        format!(
            "Customer;Start date;End date;MRR\n\
             A;2024-01-13;;{a}\nB;2024-01-15;;{b}\nC;2024-01-31;;{c}\n"
        )
    };
    for (amounts, sum) in [
        (["$45,000", "$3,000", "$950"], 48_950.0),
        (["45.000 €", "3.500 €", "12.250 €"], 60_750.0),
    ] {
        let report = check(&table(amounts), Some("subscription"), &[("MRR", "amount")]);
        assert!(report.tables[0].questions.is_empty(), "{amounts:?}");
        let found = support::finding(&report, "monthly_recurring_revenue");
        assert_eq!(found.value, Some(sum), "{amounts:?}");
    }
    // Prices of small things have three decimals, plain numbers and dinars too.
    for amounts in [
        ["$1,125", "$3,000", "$2,250"],
        ["45,000", "3,000", "12,250"],
        ["KWD 45,000", "KWD 3,000", "KWD 12,250"],
        ["$45,000", "$3.000", "$12,250"],
    ] {
        let report = check(&table(amounts), Some("subscription"), &[("MRR", "amount")]);
        let codes: Vec<&str> = report.tables[0]
            .questions
            .iter()
            .map(|question| question.code.as_str())
            .collect();
        assert_eq!(codes, ["decimal"], "{amounts:?}");
    }
}

#[test]
fn churn_is_not_told_where_nobody_says_when_subscriptions_ended() {
    let options = r#"{"as_of":"2024-05-31"}"#;
    let undated = "Subscription ID,Customer,Status,Start date,MRR\n\
         1,A,Active,2024-01-13,10\n2,B,Churned,2024-02-15,20\n4,D,Active,2024-03-03,80\n";
    let report = report_on(
        &[("export.csv", undated.as_bytes())],
        &support::options(options),
    )
    .expect("a table");
    let paid = support::finding(&report, "monthly_recurring_revenue");
    assert_eq!(paid.value, Some(90.0));
    for kpi in [
        "customer_churn_rate",
        "net_revenue_retention",
        "customer_retention_rate",
    ] {
        let refusal = support::finding(&report, kpi).refusal.as_ref();
        assert_eq!(refusal.expect("refused").code, "role_missing", "{kpi}");
    }
}

#[test]
fn a_status_of_customers_says_who_left_and_one_of_deals_does_not() {
    let report = check(
        "Customer,Status,MRR\nA,Active,10\nB,Churned,20\nC,Active,30\nD,Active,40\n",
        Some("account"),
        &[("Status", "churned")],
    );
    let churn = support::finding(&report, "customer_churn_rate");
    assert_eq!((churn.n, churn.value), (Some(4), Some(0.25)));
    let deals = report_on(
        &[(
            "export.csv",
            b"Customer,Status,MRR\nA,Open,10\nB,Closed,20\nC,Open,30\nD,Open,40\n",
        )],
        &Options::default(),
    )
    .expect("a table");
    assert_eq!(deals.tables[0].columns[1].role, None);
}

#[test]
fn a_filter_by_one_currency_leaves_no_mixture() {
    let table = "order_id,order_date,customer,total,currency\n\
         1,2025-01-03,a,10,EUR\n2,2025-01-04,b,20,USD\n3,2025-01-05,c,30,EUR\n";
    let figure = |filter: &str| {
        let report = report_on(
            &[("export.csv", table.as_bytes())],
            &support::options(filter),
        )
        .expect("a table");
        let found = support::finding(&report, "average_transaction_value");
        let code = found.refusal.as_ref().map(|refusal| refusal.code.clone());
        (found.value, code, report.currency.clone())
    };
    let mixed = figure("{}");
    assert_eq!(mixed.1.as_deref(), Some("currencies_mixed"));
    let dollars = figure(r#"{"filter":[{"column":"currency","is":["USD"]}]}"#);
    assert_eq!(dollars, (Some(20.0), None, Some(String::from("USD"))));
}

#[test]
fn an_empty_column_does_not_say_what_a_table_is() {
    check(
        "#,Subject,Customer,Email,Mailbox,Status,Assigned To,Created,First Response Time,Resolution Time,Closed,Rating\n\
         101,a,Bob,b@x.com,Help,Closed,Ann,2025-03-01 09:00,1h 10m,1d 2h,2025-03-02 11:00,\n\
         102,b,Eve,e@x.com,Help,Active,Ann,2025-03-03 09:00,30m,,,\n",
        Some("ticket"),
        &[
            ("#", "ticket"),
            ("Created", "created_at"),
            ("First Response Time", "first_response_minutes"),
        ],
    );
    // A list of contracts none of which has ended is one all the same.
    check(
        "Customer,Start Date,End Date,Price\nA,2024-01-01,,100\nB,2024-02-01,,200\n",
        Some("subscription"),
        &[("End Date", "ended_at")],
    );
    // Where nothing else says it, the empty column does.
    check(
        "Response ID,Response Date,CSAT\nr1,2025-03-01,\nr2,2025-03-02,\n",
        Some("survey"),
        &[("CSAT", "score")],
    );
}

/// Checks what becomes of one column of tickets, over these cells.
#[track_caller]
fn check_ticket_column(header: &str, cells: [&str; 4], role: Option<&str>) -> Report {
    let rows: Vec<String> = cells
        .iter()
        .zip(1..)
        .map(|(cell, day)| format!("{day},Closed,2025-03-0{day} 09:00,{cell}\n"))
        .collect();
    let rows = rows.concat();
    let report = check(
        &format!("Ticket ID,Status,Created at,{header}\n{rows}"),
        Some("ticket"),
        &[],
    );
    let columns = roles_of(&report.tables[0]);
    assert_eq!(columns[3], (header, role), "{cells:?}");
    report
}

#[test]
fn what_customers_did_is_counted_and_no_customer() {
    for header in [
        "Customer interactions",
        "Customer replies",
        "Account balance",
    ] {
        check_ticket_column(header, ["3", "1", "2", "2"], None);
    }
    check_ticket_column("Main customer ref", ["3", "1", "2", "2"], Some("customer"));
}

#[test]
fn the_amount_of_a_contract_is_no_plan() {
    for header in ["Contract Amount", "Total Contract Amount"] {
        let report = check(
            &format!(
                "Account Name,Start Date,End Date,MRR,{header}\n\
                 A,2024-01-01,2024-12-31,100,1200\nB,2024-02-01,,200,2400\n\
                 C,2024-03-01,,300,3600\n"
            ),
            Some("subscription"),
            &[("MRR", "amount")],
        );
        let columns = roles_of(&report.tables[0]);
        assert_ne!(columns[4].1, Some("plan"), "{header}");
    }
}

#[test]
fn the_first_response_is_a_length_of_time_where_its_unit_stands_beside_it() {
    for (header, cells, hours) in [
        ("First response (min)", ["30", "50", "60", "100"], 1.0),
        ("First Reply (hours)", ["1", "2", "2", "3"], 2.0),
        ("Erste Antwort (Std.)", ["1", "2", "2", "3"], 2.0),
        ("Première réponse en minutes", ["60", "60", "60", "60"], 1.0),
        ("First agent response time", ["1h", "2h", "2h", "3h"], 2.0),
        ("First reply", ["1h", "2h", "2h", "3h"], 2.0),
        (
            "First Response Time in Business Hours",
            ["1", "2", "2", "3"],
            2.0,
        ),
    ] {
        let report = check_ticket_column(header, cells, Some("first_response_minutes"));
        let found = support::finding(&report, "first_response_time");
        assert_eq!(found.parts.get("mean"), Some(hours), "{header}");
    }
}

#[test]
fn whether_a_promise_was_kept_is_read_the_right_way_round() {
    for (header, cells, kept) in [
        ("SLA met", ["TRUE", "FALSE", "FALSE", "FALSE"], 0.25),
        ("made_sla", ["true", "false", "false", "false"], 0.25),
        ("SLA breached", ["TRUE", "FALSE", "FALSE", "FALSE"], 0.75),
        ("SLA Violated", ["yes", "no", "no", "no"], 0.75),
        ("SLA verletzt", ["ja", "nein", "nein", "nein"], 0.75),
        ("Response SLA violation", ["1", "0", "0", "0"], 0.75),
        ("SLA not breached", ["yes", "no", "no", "no"], 0.25),
        (
            "First Reply SLA",
            ["Breached", "Achieved", "Achieved", "Achieved"],
            0.75,
        ),
        (
            "SLA violated",
            ["Violated", "Not violated", "Not violated", "Not violated"],
            0.75,
        ),
    ] {
        let report = check_ticket_column(header, cells, Some("sla_met"));
        let found = support::finding(&report, "service_level_attainment");
        assert_eq!(found.value, Some(kept), "{header}");
    }
    check_ticket_column("SLA policy", ["Gold", "Gold", "Silver", "Gold"], None);
}

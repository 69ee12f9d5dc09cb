//! What tables in the manner of real exports are taken for: what is easily read wrongly without a
//! word, in the languages that headers and statuses are written in.
#![expect(clippy::expect_used, reason = "test code")]

mod support;

use kept::engine::report::Report;
use support::{assert_close, finding, options, report_on};

fn report(text: &str) -> Report {
    report_on(
        &[("t.csv", text.as_bytes())],
        &options(r#"{"as_of":"2025-05-31"}"#),
    )
    .expect("the table is read")
}

#[track_caller]
fn check_value(text: &str, kpi: &str, expected: f64) {
    let report = report(text);
    let found = finding(&report, kpi);
    let value = found.value.unwrap_or(f64::NAN);
    assert_close(value, expected, 1e-9, &format!("{kpi} {:?}", found.refusal));
}

#[track_caller]
fn check_roles(text: &str, kind: &str, roles: &[(&str, &str)]) {
    let report = report(text);
    let table = &report.tables[0];
    assert_eq!(table.kind.as_deref(), Some(kind));
    for (header, role) in roles {
        let column = table.columns.iter().find(|it| it.name == *header);
        let found = column.and_then(|it| it.role.as_deref());
        assert_eq!(found, Some(*role), "{header}");
    }
}

/// Rows 1, 2, … of a table, each made from its number.
fn rows(count: usize, row: impl Fn(usize) -> String) -> String {
    (1..=count).map(|number| row(number) + "\n").collect()
}

#[test]
fn a_recommendation_that_nobody_gives_more_than_five_is_asked_about() {
    let answers = rows(60, |row| {
        format!("2025-05-{:02},{}", 1 + row % 28, 1 + row % 5)
    });
    let text = format!("Timestamp,How likely are you to recommend us?\n{answers}");
    let report = report(&text);
    let codes: Vec<&str> = report.tables[0]
        .questions
        .iter()
        .map(|it| it.code.as_str())
        .collect();
    assert_eq!(codes, ["scale"]);
    assert!(
        report.findings.iter().all(|it| it.value.is_none()),
        "no figure is guessed"
    );
    // A few such answers may be all from 0 to 10 that there are.
    check_value(
        "Timestamp,How likely are you to recommend us?\n2025-05-01,5\n2025-05-02,1\n",
        "net_promoter_score",
        -100.0,
    );
}

#[test]
fn amounts_a_year_are_divided_by_twelve_in_every_language() {
    for header in [
        "Annual amount",
        "Montant annuel HT",
        "Jahresbetrag",
        "Importe anual",
        "Valor anual",
        "Importo annuo",
        "Jaarbedrag",
        "Montant par an",
    ] {
        let text = format!(
            "contract id,customer,start date,end date,{header}\nK1,A,2025-01-01,,1200\nK2,B,2025-01-01,,2400\n"
        );
        check_value(&text, "monthly_recurring_revenue", 300.0);
    }
}

#[test]
fn amounts_a_month_are_not_divided_by_what_is_billed_when() {
    for header in [
        "Monthly amount",
        "Monatsbetrag",
        "Montant mensuel",
        "Cuota mensual",
        "Maandbedrag",
    ] {
        let text = format!(
            "subscription id,customer,start date,end date,{header},billing interval,seats\nK1,A,2025-01-01,,100,year,3\nK2,B,2025-01-01,,50,month,2\n"
        );
        check_value(&text, "monthly_recurring_revenue", 150.0);
    }
}

#[test]
fn cancelled_orders_do_not_count_in_any_language() {
    for (header, gone) in [
        ("Order status", "Cancelled"),
        ("Bestellstatus", "Storniert"),
        ("État", "Annulée"),
        ("Estado del pedido", "Cancelado"),
        ("Stato ordine", "Annullato"),
        ("Bestelstatus", "Geannuleerd"),
        ("Status do pedido", "Cancelado"),
    ] {
        let text = format!(
            "order id,customer,order date,total amount,{header}\n1,A,2025-05-01,10,ok\n2,B,2025-05-02,20,ok\n3,C,2025-05-03,900,{gone}\n"
        );
        check_value(&text, "average_transaction_value", 15.0);
    }
}

#[test]
fn an_interval_stands_in_the_column_of_its_unit() {
    let text = "Subscription Id,Customer Id,Plan Amount,Billing Period,Billing Period Unit,Status,Activated At,Cancelled At\nS1,A,100.00,1,month,Active,2025-01-01,\nS2,B,600.00,6,month,Active,2025-01-01,\nS3,C,1200.00,1,year,Active,2025-01-01,\n";
    check_value(text, "monthly_recurring_revenue", 300.0);
}

#[test]
fn changes_of_revenue_are_known_by_their_words() {
    let text = "Customer,Date,Type,Amount,Currency\nA,2025-05-02,New Business,100,USD\nB,2025-05-03,Expansion,20,USD\nA,2025-05-09,Contraction,-30,USD\nC,2025-05-10,Churn,-50,USD\n";
    check_roles(
        text,
        "revenue_movement",
        &[("Type", "movement"), ("Amount", "amount")],
    );
    // Deals have types too.
    let text = "Deal,Customer,Date,Type,Amount\n1,A,2025-05-02,New Business,100\n2,B,2025-05-03,Expansion,20\n3,C,2025-05-03,New Business,70\n";
    check_roles(text, "order", &[("Amount", "amount")]);
}

#[test]
fn times_of_day_in_headers_are_dates_of_tickets() {
    check_roles(
        "ID du ticket,Sujet,Statut,Heure de création,Heure de résolution,Heure de réponse initiale\n1,x,Résolu,2025-05-01 10:00:00,2025-05-01 12:00:00,2025-05-01 10:30:00\n2,y,Ouvert,2025-05-02 10:00:00,,2025-05-02 11:00:00\n",
        "ticket",
        &[
            ("Heure de création", "created_at"),
            ("Heure de résolution", "resolved_at"),
            ("Heure de réponse initiale", "first_response_at"),
        ],
    );
    check_roles(
        "Número do chamado;Assunto;Status;Hora de criação;Hora de fechamento;Tempo da primeira resposta em minutos\n1;x;Fechado;01/05/2025 10:00:00;13/05/2025 12:00:00;30,5\n2;y;Aberto;02/05/2025 10:00:00;;12,0\n",
        "ticket",
        &[
            ("Hora de criação", "created_at"),
            ("Hora de fechamento", "resolved_at"),
            (
                "Tempo da primeira resposta em minutos",
                "first_response_minutes",
            ),
        ],
    );
}

#[test]
fn the_day_on_which_a_customer_was_activated_is_the_start() {
    check_roles(
        "Cliente;Data attivazione;Data disdetta;Canone mensile\nA;13/01/2025;;100\nB;14/02/2025;15/05/2025;50\nC;01/03/2025;;70\n",
        "subscription",
        &[
            ("Data attivazione", "started_at"),
            ("Data disdetta", "ended_at"),
        ],
    );
    check_roles(
        "Company Name,ARR,Original Contract Date,Churn Date\nA,1200,01/13/2025,\nB,2400,02/14/2025,05/15/2025\nC,600,03/01/2025,\n",
        "subscription",
        &[("Original Contract Date", "started_at"), ("ARR", "amount")],
    );
}

#[test]
fn amounts_as_of_today_are_not_taken_for_what_ended_subscriptions_paid() {
    let row = |row: usize| {
        let (ended, now) = if row.is_multiple_of(4) {
            ("2025-05-10", 0)
        } else {
            ("", 100)
        };
        format!("S{row},C{row},100,{now},2025-01-01,{ended}")
    };
    let body = rows(20, row);
    let both = format!(
        "subscription id,customer,plan amount,subscription mrr,start date,end date\n{body}"
    );
    check_roles(&both, "subscription", &[("plan amount", "amount")]);
    check_value(&both, "customer_churn_rate", 0.25);
    // Where nothing else says what they paid, it is told.
    let alone = both.replace("plan amount", "plan rank");
    let told = report(&alone);
    assert!(told.notes.iter().any(|it| it.code == "amounts_of_today"));
}

#[test]
fn sales_and_marketing_are_added_up_whatever_currency_stands_behind() {
    let text = "Month,Channel,Marketing spend (USD),Sales spend (USD)\n2025-04,Search,100,50\n2025-05,Search,200,70\n";
    check_roles(
        text,
        "spend",
        &[
            ("Marketing spend (USD)", "amount"),
            ("Sales spend (USD)", "amount"),
        ],
    );
}

#[test]
fn a_day_that_means_never_is_no_end() {
    for never in [
        "9999-12-31",
        "31.12.9999",
        "12/31/2999",
        "9999-12-31 00:00:00",
    ] {
        let text = format!(
            "subscription_id,customer_id,start_date,end_date,mrr\n1,A,2025-01-01,{never},100\n2,B,2025-01-01,2025-05-20,50\n3,C,2025-01-01,{never},30\n4,D,2025-01-01,2025-02-13,30\n"
        );
        check_value(&text, "monthly_recurring_revenue", 130.0);
        check_value(&text, "customer_churn_rate", 1.0 / 3.0);
    }
}

#[test]
fn what_has_ended_without_a_date_does_not_pay_on() {
    let text = "Customer,MRR,Status,Customer since\nA,100,Active,2025-01-01\nB,50,Churned,2025-01-01\nC,30,Active,2025-02-01\n";
    check_value(text, "monthly_recurring_revenue", 130.0);
    assert!(
        report(text)
            .notes
            .iter()
            .any(|it| it.code == "ended_without_date")
    );
}

#[test]
fn amounts_of_a_week_or_a_quarter_are_told_a_month() {
    let table = |header: &str| {
        format!(
            "contract id,customer,start date,end date,{header}\nK1,A,2025-01-01,,300\nK2,B,2025-01-01,,600\n"
        )
    };
    check_value(
        &table("Quarterly amount"),
        "monthly_recurring_revenue",
        300.0,
    );
    let weekly = report(&table("Weekly amount"));
    let value = finding(&weekly, "monthly_recurring_revenue")
        .value
        .unwrap_or(f64::NAN);
    assert_close(
        value,
        900.0 * 365.25 / 7.0 / 12.0,
        0.01,
        "a week is no month",
    );
}

#[test]
fn prices_of_units_are_multiplied_by_how_many_were_bought() {
    let text = "Order ID,Customer,Order Date,Product,Quantity,Unit price\n1,A,2025-05-01,P,2,10\n1,A,2025-05-01,Q,1,5\n2,B,2025-05-02,P,3,10\n";
    check_value(text, "average_transaction_value", 27.5);
}

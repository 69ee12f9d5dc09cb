//! Lists of accounts with measures of how they are doing are known by their headers, in seven
//! languages and as tools export them; tables that measure nothing get no score.
#![expect(clippy::expect_used, reason = "test code")]

mod support;

use kept::engine::options::Options;
use kept::engine::report::{Report, Status};
use support::report_on;

fn read(table: &str) -> Report {
    report_on(&[("accounts.csv", table.as_bytes())], &Options::default()).expect("a table")
}

/// The measures that count, and whether there is a score.
fn measures(table: &str) -> Option<Vec<String>> {
    let report = read(table);
    let found = report
        .findings
        .iter()
        .find(|it| it.kpi == "customer_health_score")?;
    (found.status == Status::Ok).then(|| found.measures.iter().map(|it| it.name.clone()).collect())
}

#[track_caller]
fn counts(table: &str, expected: &[&str]) {
    let found = measures(table).unwrap_or_default();
    assert_eq!(found, expected, "{table}");
}

#[test]
fn measures_are_known_in_seven_languages() {
    for (headers, expected) in [
        (
            "Account,Logins last 30 days,Open tickets",
            ["Logins last 30 days", "Open tickets"],
        ),
        (
            "Kunde,Anzahl Logins,Offene Tickets",
            ["Anzahl Logins", "Offene Tickets"],
        ),
        (
            "Client,Nombre de connexions,Tickets ouverts",
            ["Nombre de connexions", "Tickets ouverts"],
        ),
        (
            "Cliente,Usuarios activos,Facturas vencidas",
            ["Usuarios activos", "Facturas vencidas"],
        ),
        (
            "Cliente,Usuários ativos,Faturas em atraso",
            ["Usuários ativos", "Faturas em atraso"],
        ),
        (
            "Cliente,Utenti attivi,Ticket aperti",
            ["Utenti attivi", "Ticket aperti"],
        ),
        (
            "Klant,Actieve gebruikers,Openstaande facturen",
            ["Actieve gebruikers", "Openstaande facturen"],
        ),
    ] {
        counts(&format!("{headers}\nA,12,1\nB,30,0\nC,7,4\n"), &expected);
    }
}

#[test]
fn a_list_as_customer_success_tools_export_it() {
    counts(
        "Company Name,CSM,Plan,MRR,Renewal Date,Last Seen,Active Users,Licenses,Licenses Used,NPS,Open Tickets,Overdue Invoices,CSM Pulse\n\
         Acme,Ann,Team,900,2026-01-01,2025-06-29,40,50,45,9,1,0,Green\n\
         Birch,Bob,Team,400,2026-02-01,2025-03-01,3,50,10,3,7,2,Red\n\
         Cedar,Ann,Basic,100,2026-03-01,2025-06-20,4,5,4,7,2,0,Yellow\n",
        &[
            "Last Seen",
            "Active Users",
            "Licenses Used ÷ Licenses",
            "NPS",
            "Open Tickets",
            "Overdue Invoices",
            "CSM Pulse",
        ],
    );
}

#[test]
fn decimal_commas_and_percentages_are_read() {
    let report = read("Kunde;Nutzungsgrad;Offene Tickets\nA;12,5 %;1\nB;80,0 %;0\nC;40,0 %;4\n");
    let found = report
        .findings
        .iter()
        .find(|it| it.kpi == "customer_health_score")
        .expect("a score");
    assert_eq!(
        found.measures.first().map(|it| it.points.as_str()),
        Some("0 points at 0.125, 100 points at 0.8; in a straight line between")
    );
}

#[test]
fn one_measure_alone_and_other_tables_get_no_score_unasked() {
    for table in [
        "customer,mrr,open tickets\nA,100,3\nB,200,1\n",
        "customer,mrr,shoe size\nA,100,38\nB,200,44\n",
        "respondent,nps,date\n1,9,2025-01-02\n2,3,2025-01-03\n",
        "Ticket ID,Created at,Resolved at,Priority\n1,2025-01-02,2025-01-03,High\n2,2025-01-02,2025-01-04,Low\n",
        "month,sessions,purchases\n2025-01,100,3\n2025-02,120,5\n",
        "user_id,event_time,event\nu1,2025-02-01T10:00:00Z,login\nu2,2025-02-02T22:00:00Z,export\n",
    ] {
        assert_eq!(measures(table), None, "{table}");
    }
}

#[test]
fn a_mark_that_may_be_either_is_asked_about_first() {
    let report = read("customer;usage;open tickets\nA;1,234;3\nB;2,345;1\n");
    let question = report.tables[0].questions.first().expect("a question");
    assert_eq!(
        (question.code.as_str(), question.column.as_deref()),
        ("decimal", Some("usage"))
    );
    assert!(
        question
            .affects
            .iter()
            .any(|it| it == "customer_health_score")
    );
    let found = report
        .findings
        .iter()
        .find(|it| it.kpi == "customer_health_score");
    let refusal = found.and_then(|it| it.refusal.as_ref()).expect("a refusal");
    assert_eq!(refusal.code, "question_open");
}

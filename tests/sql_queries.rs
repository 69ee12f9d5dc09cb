//! Figures as SQL: every rule has a query or a reason, queries name what they rest on, and the session
//! gives them. That they give the engine's figures is tested by `tests/sql/`, which runs them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod support;

use std::fs;
use std::path::PathBuf;

use kept::engine::base::Error;
use kept::engine::protocol::{Event, Request};
use kept::engine::session::Session;
use kept::engine::sql::Dialect;
use kept::engine::sql::why::Why;
use kept::engine::sql_view::{SqlFigure, SqlQuery};
use support::options;

fn sample(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("www/samples");
    fs::read(folder.join(name)).unwrap()
}

/// The figures of a table as SQL, and all of them as one text.
fn asked(
    table: (&str, &[u8]),
    choices: &str,
    query: &str,
) -> Result<(Vec<SqlFigure>, String), Error> {
    let mut session = Session::new();
    support::open(&mut session, 1, &[table], &options(choices)).unwrap();
    ask(&mut session, table, query)
}

fn ask(
    session: &mut Session,
    table: (&str, &[u8]),
    query: &str,
) -> Result<(Vec<SqlFigure>, String), Error> {
    session.accept(Request::Sql {
        ask: 4,
        query: serde_json::from_str::<SqlQuery>(query).unwrap(),
    });
    match support::answer(session, &[table]) {
        Event::Sql {
            ask: 4,
            text,
            figures,
        } => Ok((serde_json::from_str(&figures).unwrap(), text)),
        Event::Unanswered { ask: 4, error } => Err(error),
        other => panic!("{other:?} is no answer"),
    }
}

fn only(table: (&str, &[u8]), choices: &str, query: &str) -> String {
    let (figures, text) = asked(table, choices, query).unwrap();
    assert_eq!(figures.len(), 1, "{text}");
    figures[0]
        .sql
        .clone()
        .unwrap_or_else(|| panic!("{:?}", figures[0]))
}

const NPS: &[u8] = b"respondent,score on 10,answered on,plan\n1,10,2025-01-02,a\n2,3,2025-01-09,b\n3,9,2025-02-03,a\n";
const AS_NPS: &str = r#"{"mapping":{"my answers.csv":{"columns":{"score on 10":{"role":"score","question":"nps","scale":[0,10]},"answered on":"responded_at"}}}}"#;

#[test]
fn every_rule_has_a_query_or_a_reason() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("www/samples");
    for name in fs::read_dir(folder).unwrap() {
        let name = name.unwrap().file_name().into_string().unwrap();
        let bytes = sample(&name);
        let table = (name.as_str(), bytes.as_slice());
        let mut session = Session::new();
        support::open(&mut session, 1, &[table], &options("")).unwrap();
        for kpi in kept::engine::kpi::ALL {
            for rule in kpi.rules {
                let query = format!(r#"{{"kpi":"{}","rule":"{}"}}"#, kpi.id, rule.id);
                match ask(&mut session, table, &query) {
                    Ok((figures, _)) => check(&figures, rule.id),
                    Err(error) => assert_eq!(error.code, "nothing_loaded", "{name}: {query}"),
                }
            }
        }
    }
}

/// Each has a query or a known reason, and is of the rule.
fn check(figures: &[SqlFigure], rule: &str) {
    for figure in figures {
        let reason = figure.reason.as_deref();
        let is_known = Why::ALL.iter().any(|why| Some(why.code()) == reason);
        assert_eq!(figure.sql.is_none(), is_known, "{figure:?}");
        assert_eq!(figure.variant, rule, "{figure:?}");
    }
}

#[test]
fn a_query_says_at_its_head_what_it_is() {
    let sql = only(
        ("my answers.csv", NPS),
        AS_NPS,
        r#"{"kpi":"net_promoter_score"}"#,
    );
    let head: Vec<&str> = sql
        .lines()
        .take_while(|line| line.starts_with("--"))
        .collect();
    let head = head.join("\n");
    for says in [
        "Net promoter score (net_promoter_score), rule standard",
        "(promoters − detractors) ÷ answers × 100",
        "Edition 1",
        "all rows; the last day that counts is 2025-02-03",
        "my answers.csv",
        "\"score on 10\" DOUBLE",
        "\"answered on\" TIMESTAMP",
    ] {
        assert!(head.contains(says), "{says}: {head}");
    }
    assert!(sql.contains("FROM \"my answers\""), "{sql}");
    assert!(
        !head.contains("respondent"),
        "what is not asked for is not expected: {head}"
    );
}

#[test]
fn the_recipe_decides_period_segment_filters_and_settings() {
    let choices = AS_NPS.replacen(
        '{',
        r#"{"period":{"unit":"quarter","count":2},"segment":"plan","filter":[{"column":"plan","is":["a","it's"]}],"as_of":"2025-06-30","#,
        1,
    );
    let sql = only(
        ("my answers.csv", NPS),
        &choices,
        r#"{"kpi":"net_promoter_score"}"#,
    );
    for says in [
        "2 quarters that end with the last complete one; the last day that counts is 2025-06-30",
        "Split by: plan",
        "DATE '2025-06-30' AS day",
        "DATE_TRUNC('quarter'",
        "IN ('a', 'it''s')",
        "'segment' AS covers",
    ] {
        assert!(sql.contains(says), "{says}: {sql}");
    }
    let csat = b"respondent,csat\n1,5\n2,3\n3,4\n";
    let strict = r#"{"settings":{"customer_satisfaction_score.satisfied_from":5}}"#;
    let sql = only(
        ("pasted", csat),
        strict,
        r#"{"kpi":"customer_satisfaction_score"}"#,
    );
    assert!(sql.contains("score >= 5.0 THEN"), "{sql}");
    assert!(
        sql.contains("Setting: customer_satisfaction_score.satisfied_from = 5"),
        "{sql}"
    );
}

#[test]
fn each_dialect_quotes_names_and_texts_in_its_own_way() {
    let table = b"respondent,csat,the \"odd`\\ one\n1,5,x\n2,3,it's\\\n3,4,x\n";
    let choices = r#"{"filter":[{"column":"the \"odd`\\ one","is":["it's\\"]}]}"#;
    for (dialect, name, text, place) in [
        (
            Dialect::Duckdb,
            r#""the ""odd`\ one""#,
            r"('it''s\')",
            r#""a"."b""#,
        ),
        (
            Dialect::Postgresql,
            r#""the ""odd`\ one""#,
            r"('it''s\')",
            r#""a"."b""#,
        ),
        (
            Dialect::Spark,
            r#"`the "odd``\ one`"#,
            r"('it\'s\\')",
            "`a`.`b`",
        ),
        (
            Dialect::Bigquery,
            r#"`the "odd\`\\ one`"#,
            r"('it\'s\\')",
            "`a`.`b`",
        ),
        (
            Dialect::Snowflake,
            r#""the ""odd`\ one""#,
            r"('it''s\\')",
            r#""a"."b""#,
        ),
    ] {
        let query = format!(
            r#"{{"kpi":"customer_satisfaction_score","dialect":"{}","tables":{{"t.csv":"a.b"}}}}"#,
            dialect.id()
        );
        let sql = only(("t.csv", table), choices, &query);
        for part in [name, text, place] {
            assert!(sql.contains(part), "{part}: {sql}");
        }
    }
}

#[test]
fn what_sql_cannot_say_is_told_with_a_reason() {
    let tickets = sample("tickets.csv");
    let query = r#"{"kpi":"resolution_time","rule":"median_with_open"}"#;
    let (figures, text) = asked(("tickets.csv", &tickets), "", query).unwrap();
    assert_eq!(figures[0].reason.as_deref(), Some("sql_needs_survival"));
    assert!(
        text.starts_with("-- resolution_time (median_with_open): no query."),
        "{text}"
    );
    let zone = r#"{"timezone":"Europe/Berlin"}"#;
    let (figures, _) = asked(
        ("tickets.csv", &tickets),
        zone,
        r#"{"kpi":"resolution_time"}"#,
    )
    .unwrap();
    assert_eq!(figures[0].reason.as_deref(), Some("sql_needs_fixed_clock"));
}

#[test]
fn what_the_report_refuses_has_no_query() {
    // Some have ended by their status, and no column says when.
    let table = "subscription_id,customer_id,started_at,status,mrr\n\
                 s1,a,2024-01-01,active,100\ns2,b,2024-01-01,canceled,80\ns3,c,2024-02-01,active,50\n";
    for kpi in ["customer_churn_rate", "net_revenue_retention"] {
        let query = format!(r#"{{"kpi":"{kpi}"}}"#);
        let (figures, _) = asked(("subscriptions.csv", table.as_bytes()), "", &query).unwrap();
        let reason = figures[0].reason.as_deref();
        assert_eq!(reason, Some("sql_needs_column"), "{kpi}");
    }
}

#[test]
fn all_figures_are_one_text_with_a_way_to_run_them() {
    let tickets = sample("tickets.csv");
    let (figures, text) =
        asked(("tickets.csv", &tickets), "", r#"{"dialect":"postgresql"}"#).unwrap();
    assert!(figures.len() > 3, "{text}");
    assert!(text.contains("psql --set ON_ERROR_STOP=1"), "{text}");
    for figure in figures {
        assert!(text.contains(&figure.file), "{}", figure.file);
    }
}

#[test]
fn a_question_that_cannot_be_answered_says_why() {
    let mut session = Session::new();
    session.accept(Request::Sql {
        ask: 1,
        query: SqlQuery::default(),
    });
    let Some(Event::Unanswered { error, .. }) = session.step() else {
        panic!("nothing is loaded");
    };
    assert_eq!(error.code, "nothing_loaded");
    let wrong = asked(("my answers.csv", NPS), AS_NPS, r#"{"kpi":"happiness"}"#);
    assert_eq!(wrong.unwrap_err().code, "kpi_unknown");
    let absent = asked(("my answers.csv", NPS), AS_NPS, r#"{"kpi":"open_backlog"}"#);
    assert_eq!(absent.unwrap_err().code, "nothing_loaded");
}

#[test]
fn a_figure_on_two_tables_names_the_columns_of_both() {
    let spend: (&str, &[u8]) = (
        "costs.csv",
        b"month,marketing spend\n2025-01,1000\n2025-02,1200\n2025-03,900\n",
    );
    let customers: (&str, &[u8]) = (
        "who.csv",
        b"customer_id,started_at,ended_at\na,2025-01-05,\nb,2025-02-11,2025-03-02\nc,2025-03-03,\n",
    );
    let query = r#"{"kpi":"customer_acquisition_cost","tables":{"who.csv":"crm.who"}}"#;
    let mut session = Session::new();
    support::open(&mut session, 1, &[spend, customers], &options("")).unwrap();
    let (figures, _) = ask(&mut session, spend, query).unwrap();
    let sql = figures[0].sql.clone().unwrap();
    let head: Vec<&str> = sql.lines().take_while(|it| it.starts_with("--")).collect();
    let second = head
        .iter()
        .position(|line| *line == "-- Second table: who.csv. Columns:")
        .unwrap_or_else(|| panic!("{sql}"));
    assert!(head[..second].contains(&"--   \"marketing spend\" DOUBLE"));
    assert!(head[second..].contains(&"--   \"started_at\" TIMESTAMP"));
    for says in ["FROM \"costs\"", "FROM \"crm\".\"who\""] {
        assert!(sql.contains(says), "{says}: {sql}");
    }
    let (figures, _) = asked(spend, "", query).unwrap();
    assert_eq!(figures[0].reason.as_deref(), Some("sql_needs_two_tables"));
}

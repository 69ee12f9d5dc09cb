//! Claims about the ledger: every row is somewhere, and can be looked at.

#![expect(clippy::unwrap_used, reason = "test code")]

mod support;

use kept::engine::options::Options;
use kept::engine::protocol::{Event, Request};
use kept::engine::report::Report;
use kept::engine::rows::{Bucket, Rows};
use kept::engine::session::Session;
use support::{finish, ledger, open, options, rows};

/// Five faults of four sorts among eight answers.
const SURVEY: &[u8] = b"customer,responded_at,How likely are you to recommend us? (0-10),note\n\
C1,2025-01-03,9,fine\n\
C2,2025-01-04,eleven,\"two\nlines\"\n\
C3,2025-01-05,,=SUM(A1)\n\
C4,2025-01-06,10,ok\n\
C5,soon,8,ok\n\
C6,2025-01-08,7,a,b,c\n\
C7,2025-01-09,4,ok\n\
C8,2025-01-10,3,ok\n";

const FILES: &[(&str, &[u8])] = &[("survey.csv", SURVEY)];

fn loaded(options: &Options) -> (Session, Report) {
    let mut session = Session::new();
    let json = open(&mut session, 1, FILES, options).unwrap();
    (session, serde_json::from_str(&json).unwrap())
}

fn ask(session: &mut Session, query: &str) -> Rows {
    rows(session, FILES, query).unwrap()
}

fn numbers(rows: &Rows) -> Vec<u64> {
    rows.rows.iter().map(|row| row.row).collect()
}

#[test]
fn the_rows_of_a_reason_are_those_that_the_report_counts() {
    let (mut session, report) = loaded(&Options::default());
    let table = &report.tables[0];
    let left: u64 = table.rows.left_out.iter().map(|left| left.count).sum();
    assert_eq!(table.rows.read, table.rows.used + left);
    for left in &table.rows.left_out {
        let query = format!(r#"{{"table":"survey.csv","reason":"{}"}}"#, left.reason);
        let found = ask(&mut session, &query);
        assert_eq!(found.total, left.count, "{}", left.reason);
        assert_eq!(numbers(&found), left.sample_rows);
        for row in &found.rows {
            assert_eq!(row.bucket, Bucket::LeftOut);
            assert_eq!(row.reason.as_deref(), Some(left.reason.as_str()));
        }
    }
    let used = ask(&mut session, r#"{"table":"survey.csv","bucket":"used"}"#);
    assert_eq!(used.total, table.rows.used);
    assert!(used.rows.iter().all(|row| row.reason.is_none()));
}

#[test]
fn a_finding_tells_its_own_rows() {
    let (mut session, report) = loaded(&Options::default());
    let finding = support::finding(&report, "net_promoter_score");
    let query = r#"{"table":"survey.csv","finding":"net_promoter_score","bucket":"used"}"#;
    assert_eq!(Some(ask(&mut session, query).total), finding.n);
    let by_column = r#"{"table":"survey.csv","bucket":"used","finding":"net_promoter_score/How likely are you to recommend us? (0-10)"}"#;
    assert_eq!(Some(ask(&mut session, by_column).total), finding.n);
    let other = rows(
        &mut session,
        FILES,
        r#"{"table":"survey.csv","finding":"stickiness"}"#,
    );
    assert_eq!(other.unwrap_err().code, "finding_unknown");
}

#[test]
fn filtered_rows_are_told_by_the_finding_that_leaves_them_out() {
    let (mut session, _) = loaded(&options(r#"{"filter":[{"column":"note","is":["ok"]}]}"#));
    let query = r#"{"table":"survey.csv","finding":"net_promoter_score","reason":"filtered_out"}"#;
    assert_eq!(numbers(&ask(&mut session, query)), [1]);
}

#[test]
fn unreadable_cells_are_counted_in_the_report_and_shown_in_the_rows() {
    let (mut session, report) = loaded(&Options::default());
    let faults = &report.tables[0].faults;
    let told: Vec<(&str, u64, u64)> = faults
        .iter()
        .map(|it| (it.code.as_str(), it.count, it.sample[0].row))
        .collect();
    assert_eq!(told, [("date_invalid", 1, 5), ("score_invalid", 1, 2)]);
    let whole = serde_json::to_string(&report).unwrap();
    assert!(!whole.contains("eleven") && !whole.contains("soon"));
    let found = ask(
        &mut session,
        r#"{"table":"survey.csv","column":"responded_at"}"#,
    );
    assert_eq!(numbers(&found), [5]);
    let fault = &found.rows[0].faults[0];
    assert_eq!(fault.found.as_deref(), Some("soon"));
    assert!(fault.expected.contains("date"));
}

#[test]
fn rows_come_in_pages_that_fit_together() {
    let mut text = vec![String::from("customer,nps\n")];
    for row in 0..1_000 {
        let score = if row % 3 == 0 {
            String::new()
        } else {
            (row % 11).to_string()
        };
        text.push(format!("C{row},{score}\n"));
    }
    let text = text.concat();
    let files: &[(&str, &[u8])] = &[("s.csv", text.as_bytes())];
    let mut session = Session::new();
    open(&mut session, 1, files, &Options::default()).unwrap();
    let mut seen = Vec::new();
    for from in [0, 200] {
        let query = format!(r#"{{"table":"s.csv","reason":"score_missing","from":{from}}}"#);
        let page = rows(&mut session, files, &query).unwrap();
        assert_eq!((page.total, page.from), (334, from));
        seen.extend(numbers(&page));
    }
    let expected: Vec<u64> = (0..1_000).step_by(3).map(|row| row + 1).collect();
    assert_eq!(seen, expected);
    let all = rows(&mut session, files, r#"{"table":"s.csv","count":5000}"#).unwrap();
    assert_eq!((all.total, all.rows.len()), (1_000, 200));
    assert_eq!(all.rows[199].cells[0].as_deref(), Some("C199"));
}

#[test]
fn questions_that_cannot_be_answered_say_why() {
    let (mut session, _) = loaded(&Options::default());
    for (query, code) in [
        (r#"{"table":"other.csv"}"#, "table_unknown"),
        (r#"{"table":"survey.csv","reason":"odd"}"#, "reason_unknown"),
        (
            r#"{"table":"survey.csv","finding":"odd"}"#,
            "finding_unknown",
        ),
    ] {
        assert_eq!(rows(&mut session, FILES, query).unwrap_err().code, code);
    }
    let unloaded = rows(&mut Session::new(), FILES, r#"{"table":"survey.csv"}"#);
    assert_eq!(unloaded.unwrap_err().code, "nothing_loaded");
}

#[test]
fn a_question_during_a_run_is_answered_after_it() {
    let (mut session, _) = loaded(&Options::default());
    session.accept(Request::Update {
        run: 2,
        options: options(r#"{"filter":[{"column":"note","is":["ok"]}]}"#),
    });
    let query = r#"{"table":"survey.csv","reason":"filtered_out"}"#;
    session.accept(Request::Rows {
        ask: 1,
        query: serde_json::from_str(query).unwrap(),
    });
    finish(&mut session, FILES).unwrap();
    assert_eq!(session.step(), None);
    assert!(session.wants_range().is_some());
    session.feed_range(None);
    let Some(Event::Rows { ask: 1, rows }) = session.step() else {
        panic!("the question is still there after the run")
    };
    assert_eq!(numbers(&serde_json::from_str(&rows).unwrap()), [1]);
}

#[test]
fn the_list_of_faults_is_safe_csv_and_names_every_row_left_out() {
    let (mut session, report) = loaded(&Options::default());
    let list = ledger(&mut session, FILES);
    let mut lines = list.split("\r\n");
    assert_eq!(
        lines.next(),
        Some("table,row,line,bucket,reason,column,found,expected")
    );
    let table = &report.tables[0];
    let left = table.rows.read - table.rows.used;
    let told: std::collections::BTreeSet<&str> = list
        .lines()
        .filter(|line| line.contains(",left_out,"))
        .filter_map(|line| line.split(',').nth(1))
        .collect();
    assert_eq!(told.len() as u64, left);
    assert!(list.contains(",score_invalid,How likely are you to recommend us? (0-10),eleven,"));
    assert!(list.contains(",used,date_invalid,responded_at,soon,"));
}

#[test]
fn rows_are_shown_as_they_stand_in_the_file() {
    let (mut session, report) = loaded(&Options::default());
    let found = ask(&mut session, r#"{"table":"survey.csv"}"#);
    let row = |number: usize| &found.rows[number - 1];
    assert_eq!((row(2).line, row(3).line), (Some(3), Some(5)));
    assert_eq!(row(2).cells[3].as_deref(), Some("two\nlines"));
    assert_eq!(
        row(2).raw.as_deref(),
        Some("C2,2025-01-04,eleven,\"two\nlines\"")
    );
    let byte = row(6).byte.unwrap() as usize;
    assert!(SURVEY[byte..].starts_with(b"C6,"));
    assert_eq!(row(6).reason.as_deref(), Some("too_many_cells"));
    assert_eq!(row(6).cells.len(), 6);
    assert!(found.rows.iter().all(|row| row.as_written));
    // A row of two lines stands before it, so the line does not follow without reading.
    assert_eq!(report.tables[0].faults[0].sample[0].line, None);
}

#[test]
fn long_texts_and_forms_of_dates_come_back_from_the_file() {
    let mut text = vec![String::from("customer,responded_at,nps,comment\n")];
    for row in 0..10_000 {
        text.push(format!(
            "C{row},2025-01-{:02}T{:02}:{:02}:{:02}Z,{},\"Answer number {row}, long enough to be prose and never twice the same\"\n",
            row % 28 + 1,
            row % 24,
            row % 60,
            row % 59,
            row % 11
        ));
    }
    text.push(String::from("X,soon,5,short\n"));
    let text = text.concat();
    let files: &[(&str, &[u8])] = &[("s.csv", text.as_bytes())];
    let mut session = Session::new();
    let report = open(&mut session, 1, files, &Options::default()).unwrap();
    let report: Report = serde_json::from_str(&report).unwrap();
    let fault = &report.tables[0].faults[0];
    assert_eq!(
        (fault.code.as_str(), fault.sample[0].line),
        ("date_invalid", Some(10_002))
    );
    let query = r#"{"table":"s.csv","from":9990}"#;
    let found = rows(&mut session, files, query).unwrap();
    let row = &found.rows[1];
    assert_eq!((row.row, row.line), (9_992, Some(9_993)));
    let comment = "Answer number 9991, long enough to be prose and never twice the same";
    assert_eq!(row.cells[3].as_deref(), Some(comment));
    assert!(row.cells[1].as_deref().unwrap().ends_with('Z'));
    // Where the bytes cannot be had, what is held is shown, and said not to be as written.
    session.accept(Request::Rows {
        ask: 1,
        query: serde_json::from_str(query).unwrap(),
    });
    let held = loop {
        match session.step() {
            Some(Event::Rows { rows, .. }) => break serde_json::from_str::<Rows>(&rows).unwrap(),
            Some(other) => panic!("{other:?} is no answer"),
            None => session.feed_range(None),
        }
    };
    let row = &held.rows[1];
    assert_eq!((row.as_written, row.cells[3].as_deref()), (false, None));
    assert_eq!((row.line, row.raw.as_deref()), (Some(9_993), None));
}

#[test]
fn another_encoding_delimiter_or_header_is_read_again_from_the_same_files() {
    let text: &[u8] = b"made by hand\nname;nps\nCaf\xe9;9\nB;3\n";
    let other: &[u8] = b"id,started_at,mrr\nA,2025-01-01,5\nB,2025-02-01,7\n";
    let files = &[("a.csv", text), ("b.csv", other)];
    let mut session = Session::new();
    open(&mut session, 1, files, &Options::default()).unwrap();
    for (mapping, columns, delimiter) in [
        (r#"{"delimiter":";"}"#, 2, ";"),
        (r#"{"encoding":"windows-1251"}"#, 2, ";"),
        (r#"{"header_row":3}"#, 2, ";"),
        ("{}", 2, ";"),
    ] {
        session.accept(Request::Update {
            run: 2,
            options: options(&format!(r#"{{"mapping":{{"a.csv":{mapping}}}}}"#)),
        });
        assert_eq!(
            session.wants(),
            Some(0),
            "{mapping} concerns the first file alone"
        );
        let report = finish(&mut session, files).unwrap();
        let report: Report = serde_json::from_str(&report).unwrap();
        let table = &report.tables[0];
        assert_eq!(table.columns.len(), columns, "{mapping}");
        assert_eq!(table.dialect.delimiter, delimiter, "{mapping}");
        assert_eq!(report.tables[1].name, "b.csv");
        if mapping.contains("encoding") {
            let found = rows(&mut session, files, r#"{"table":"a.csv"}"#).unwrap();
            assert_eq!(found.rows[0].cells[0].as_deref(), Some("Cafй"));
        }
        if mapping.contains("header_row") {
            assert_eq!(table.columns[0].name, "Café");
        }
    }
}

#[test]
fn a_reading_again_that_fails_leaves_what_was_held() {
    let (mut session, before) = loaded(&Options::default());
    session.accept(Request::Update {
        run: 2,
        options: options(r#"{"mapping":{"survey.csv":{"header_row":11}}}"#),
    });
    let error = finish(&mut session, FILES).unwrap_err();
    assert_eq!(error.code, "no_rows");
    session.accept(Request::Update {
        run: 3,
        options: Options::default(),
    });
    let after = finish(&mut session, &[]).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&after).unwrap(), before);
}

#[test]
fn rows_with_months_side_by_side_are_listed_as_the_file_has_them() {
    let text = b"Customer,Plan,2025-01,2025-02,2025-03\nC1,Pro,10,20,\nC2,Pro,5,5,5,9\nC3,Team,7,,8\nTotal,,22,25,8\n";
    let files: &[(&str, &[u8])] = &[("mrr.csv", text)];
    let mut session = Session::new();
    let json = open(&mut session, 1, files, &Options::default()).unwrap();
    let report: Report = serde_json::from_str(&json).unwrap();
    let table = &report.tables[0];
    assert_eq!((table.rows.read, table.rows.used), (4, 2));
    let all = rows(&mut session, files, r#"{"table":"mrr.csv"}"#).unwrap();
    assert_eq!(all.total, 4);
    assert_eq!(
        all.columns,
        ["Customer", "Plan", "2025-01", "2025-02", "2025-03"]
    );
    let third: Vec<Option<&str>> = all.rows[2].cells.iter().map(Option::as_deref).collect();
    assert_eq!(
        third,
        [Some("C3"), Some("Team"), Some("7"), Some(""), Some("8")]
    );
    let reasons: Vec<Option<&str>> = all.rows.iter().map(|row| row.reason.as_deref()).collect();
    assert_eq!(
        reasons,
        [None, Some("too_many_cells"), None, Some("total_row")]
    );
}

#[test]
fn a_figure_on_months_side_by_side_counts_and_leaves_out_rows_of_the_file() {
    let text = b"Customer,NPS,2025-01,2025-02,2025-03\nC1,10,10,20,30\nC2,,5,5,5\nC3,3,7,9,8\nC4,9,7,9,8\n";
    let files: &[(&str, &[u8])] = &[("mrr.csv", text)];
    let mut session = Session::new();
    let json = open(&mut session, 1, files, &Options::default()).unwrap();
    let report: Report = serde_json::from_str(&json).unwrap();
    let finding = support::finding(&report, "net_promoter_score");
    assert_eq!(finding.n, Some(3));
    let left: u64 = finding.left_out.iter().map(|left| left.count).sum();
    assert_eq!(left, 1, "{:?}", finding.left_out);
    assert_eq!(finding.left_out[0].sample_rows, [2]);
    let used = report.tables[0].rows.used;
    assert_eq!(finding.n.map(|n| n + left), Some(used));
    let query = r#"{"table":"mrr.csv","finding":"net_promoter_score","bucket":"used"}"#;
    let used = rows(&mut session, files, query).unwrap();
    assert_eq!(Some(used.total), finding.n);
}

#[test]
fn each_question_of_a_long_survey_tells_its_own_rows() {
    let text = b"respondent,question,answer/score,response date\n1,How likely are you to recommend us?,10,2025-01-15\n1,How likely are you to recommend our app?,0,2025-01-15\n2,How likely are you to recommend us?,9,2025-01-16\n2,How likely are you to recommend our app?,7,2025-01-16\n3,How likely are you to recommend our app?,8,2025-01-17\n";
    let files: &[(&str, &[u8])] = &[("long.csv", text)];
    let mut session = Session::new();
    let json = open(&mut session, 1, files, &Options::default()).unwrap();
    let report: Report = serde_json::from_str(&json).unwrap();
    let of_nps = report.findings.iter();
    let findings: Vec<_> = of_nps
        .filter(|finding| finding.kpi == "net_promoter_score")
        .collect();
    assert_eq!(findings.len(), 2);
    for (finding, expected) in findings.iter().zip([vec![1, 3], vec![2, 4, 5]]) {
        let query = format!(
            r#"{{"table":"long.csv","bucket":"used","finding":"{}"}}"#,
            kept::present::rows::finding_id(finding)
        );
        let found = rows(&mut session, files, &query).unwrap();
        assert_eq!(numbers(&found), expected, "{query}");
    }
    let keys: Vec<String> = findings.iter().map(|it| kept::present::key(it)).collect();
    assert_ne!(keys[0], keys[1]);
}

#[test]
fn numbered_months_are_asked_about_and_an_answer_reads_the_file_again() {
    let text = b"Customer,Plan,M1,M2,M3\nC1,Pro,10,20,20\nC2,Pro,5,5,5\n";
    let files: &[(&str, &[u8])] = &[("mrr.csv", text)];
    let mut session = Session::new();
    let json = open(&mut session, 1, files, &Options::default()).unwrap();
    let report: Report = serde_json::from_str(&json).unwrap();
    let question = &report.tables[0].questions[0];
    assert_eq!(question.code, "first_month");
    assert!(
        question
            .affects
            .contains(&String::from("monthly_recurring_revenue"))
    );
    session.accept(Request::Update {
        run: 2,
        options: options(r#"{"mapping":{"mrr.csv":{"first_month":"2024-11"}}}"#),
    });
    let json = finish(&mut session, files).unwrap();
    let report: Report = serde_json::from_str(&json).unwrap();
    assert_eq!(report.tables[0].questions, []);
    assert_eq!(
        report
            .as_of
            .map(|day| day.to_string().chars().take(7).collect::<String>())
            .as_deref(),
        Some("2025-01")
    );
    let found = support::finding(&report, "monthly_recurring_revenue");
    assert_eq!(found.value, Some(25.0));
}

#[test]
fn a_row_that_was_put_into_its_columns_is_shown_so() {
    let mut text = String::from("id,day,score,team\n");
    for row in 1..=30 {
        let between = if row == 20 { ",," } else { "," };
        let line = format!("R-{row}{between}2025-05-{row:02},{},north\n", row % 11);
        text.push_str(&line);
    }
    let files: &[(&str, &[u8])] = &[("s.csv", text.as_bytes())];
    let mut session = Session::new();
    open(&mut session, 1, files, &options("")).unwrap();
    let found = rows(
        &mut session,
        files,
        r#"{"table":"s.csv","from":18,"count":3}"#,
    )
    .unwrap();
    let row = found.rows.iter().find(|it| it.row == 20).unwrap();
    let cells: Vec<&str> = row.cells.iter().flatten().map(String::as_str).collect();
    assert_eq!(cells, ["R-20", "2025-05-20", "9", "north"]);
    let raw = row.raw.as_deref().unwrap_or_default();
    assert_eq!(raw, "R-20,,2025-05-20,9,north");
}

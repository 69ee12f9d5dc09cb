//! Answers whose header or cells tell the scale themselves, as survey tools and hand-kept sheets
//! write them. The answers are invented.

#![expect(clippy::expect_used, reason = "test code")]

mod support;

use std::fmt::Write as _;

use kept::engine::options::Options;
use kept::engine::report::{Finding, Report};
use support::{finding, report_on};

/// Forty answers, these in turn.
fn report_of(header: &str, answers: &[&str]) -> Report {
    let mut rows = String::new();
    for (row, answer) in answers.iter().cycle().take(40).enumerate() {
        let day = row % 28 + 1;
        writeln!(rows, "r{row}\t2025-01-{day:02}\t{answer}").expect("a text takes all");
    }
    let table = format!("Respondent ID\tDate\t{header}\n{rows}");
    report_on(&[("survey.tsv", table.as_bytes())], &Options::default()).expect("a table")
}

#[track_caller]
fn check<'a>(report: &'a Report, kpi: &str, value: f64) -> &'a Finding {
    assert!(report.tables[0].questions.is_empty());
    let found = finding(report, kpi);
    assert_eq!((found.n, found.value), (Some(40), Some(value)), "{found:?}");
    found
}

#[test]
fn a_header_that_says_which_end_is_good_turns_the_answers() {
    let answers = ["1", "1", "2", "3", "5"];
    for header in [
        "How satisfied are you? (1 = very satisfied, 5 = very dissatisfied)",
        "Wie zufrieden sind Sie? (1 = sehr zufrieden, 5 = sehr unzufrieden)",
        "Zufriedenheit (Schulnote 1-5, 1 = sehr gut)",
    ] {
        let report = report_of(header, &answers);
        let found = check(&report, "customer_satisfaction_score", 0.6);
        assert_eq!(found.parts.get("mean"), Some(3.6));
    }
    let usual = "Satisfaction (1 = very dissatisfied, 5 = very satisfied)";
    check(
        &report_of(usual, &answers),
        "customer_satisfaction_score",
        0.2,
    );
}

#[test]
fn a_header_that_says_the_highest_answer_is_believed_where_nobody_gave_it() {
    let answers = ["1", "3", "4", "5"];
    let seven = report_of("How satisfied were you? (1-7)", &answers);
    check(&seven, "customer_satisfaction_score", 0.25);
    let ten = report_of("CSAT (1-10)", &answers);
    check(&ten, "customer_satisfaction_score", 0.0);
}

#[test]
fn answers_beside_the_highest_one_or_words_are_numbers() {
    let slashed = ["10/10", "9/10", "8/10", "2/10"];
    check(&report_of("NPS", &slashed), "net_promoter_score", 25.0);
    let of_five = ["4 out of 5", "5 out of 5", "3 out of 5", "1 out of 5"];
    let satisfied = "How satisfied were you?";
    check(
        &report_of(satisfied, &of_five),
        "customer_satisfaction_score",
        0.5,
    );
    let stars = ["1 star", "4 stars", "5 stars", "2 stars"];
    check(
        &report_of(satisfied, &stars),
        "customer_satisfaction_score",
        0.5,
    );
    let worded = ["1 - so lala", "4 - prima", "5 - toll", "3 - na ja"];
    check(
        &report_of(satisfied, &worded),
        "customer_satisfaction_score",
        0.5,
    );
}

#[test]
fn happy_words_stand_on_their_own_form() {
    let words = ["Extremely Happy", "Happy", "Neutral", "Very Unhappy"];
    let report = report_of("Customer satisfaction", &words);
    check(&report, "customer_satisfaction_score", 0.5);
}

#[test]
fn a_stamp_of_a_french_form_is_the_day_of_the_answer() {
    let table = "Horodateur;Recommanderiez-vous notre société ?\n\
                 13/05/2025 10:00:00;9\n14/05/2025 10:00:00;3\n";
    let report = report_on(&[("f.csv", table.as_bytes())], &Options::default()).expect("a table");
    let period = finding(&report, "net_promoter_score").period.as_ref();
    assert_eq!(period.expect("dated").start.to_string(), "2025-05-13");
}

/// The roles that a table gives its columns, with the report.
fn roles_of(table: &str) -> (Report, Vec<(String, Option<String>)>) {
    let report = report_on(&[("f.csv", table.as_bytes())], &Options::default()).expect("a table");
    let columns = report.tables[0].columns.iter();
    let roles = columns
        .map(|column| (column.name.clone(), column.role.clone()))
        .collect();
    (report, roles)
}

#[track_caller]
fn check_role(table: &str, header: &str, role: Option<&str>) -> Report {
    let (report, roles) = roles_of(table);
    let found = roles.iter().find(|(name, _)| name == header);
    let found = found.and_then(|(_, role)| role.as_deref());
    assert_eq!(found, role, "{header} in {roles:?}");
    report
}

#[test]
fn the_number_of_an_answer_is_no_question() {
    for header in ["Survey ID", "survey_id", "Survey Number", "Question ID"] {
        let table = format!(
            "{header},Response Date,NPS Score\n9101,2025-03-01,10\n9102,2025-03-02,9\n\
             9103,2025-03-03,9\n9104,2025-03-04,7\n9105,2025-03-05,3\n"
        );
        let report = check_role(&table, header, None);
        assert_eq!(finding(&report, "net_promoter_score").n, Some(5));
    }
    let repeated = "Question ID,Response Date,Rating\nq1,2025-03-01,5\nq2,2025-03-02,4\n\
                    q1,2025-03-03,5\nq2,2025-03-04,3\n";
    check_role(repeated, "Question ID", Some("question"));
}

#[test]
fn forms_tell_when_they_were_filled_in() {
    let asked = "How likely are you to recommend us?";
    for (first, last) in [
        ("Start time", "Completion time"),
        ("Startzeit", "Fertigstellungszeit"),
        ("Heure de début", "Heure de fin"),
        ("Hora de inicio", "Hora de finalización"),
        ("Ora di inizio", "Ora di completamento"),
        ("Survey Date", "Answer Date"),
        ("Started", "Completed"),
        ("Sent", "Survey Completed Date"),
        ("Startdatum", "Eingegangen am"),
    ] {
        let table = format!(
            "ID,{first},{last},{asked}\n1,2025-01-28 09:00:00,2025-02-01 09:02:00,10\n\
             2,2025-02-28 09:00:00,2025-03-01 09:02:00,3\n"
        );
        let report = check_role(&table, last, Some("responded_at"));
        assert!(report.tables[0].questions.is_empty(), "{last}");
    }
    let begun =
        format!("ID,Start time,{asked}\n1,2025-01-28 09:00:00,9\n2,2025-01-29 09:00:00,3\n");
    check_role(&begun, "Start time", Some("responded_at"));
}

#[test]
fn a_word_for_everybody_is_no_respondent() {
    let answers = |second: &str| {
        format!("Email,Completion time,NPS\nanonymous,2025-02-01,10\n{second},2025-02-02,3\n")
    };
    check_role(&answers("anonymous"), "Email", None);
    check_role(&answers("b@x.com"), "Email", Some("respondent"));
}

#[test]
fn an_empty_column_of_an_everyday_name_is_no_answer_beside_answers() {
    check_role(
        "Data,Ci consiglierebbe a un amico?,Note\n2025-01-13,9,\n2025-01-14,3,\n",
        "Note",
        None,
    );
    check_role(
        "Data,Email,Note\n2025-01-13,a@x.it,\n",
        "Note",
        Some("score"),
    );
}

#[test]
fn the_average_at_the_end_is_no_answer() {
    let rows = "2025-03-01,C1,10\n2025-03-02,C2,9\n2025-03-03,C3,9\n2025-03-04,C4,10\n\
                2025-03-05,C5,3\n";
    for word in [
        "Average",
        "Avg.",
        "Mean",
        "Median",
        "Durchschnitt",
        "Mittelwert",
        "Gesamtdurchschnitt",
        "Ø",
        "Moyenne",
        "Promedio",
        "Média",
        "Media",
        "Gemiddelde",
        "Médiane",
    ] {
        let table = format!("Date,Customer,NPS\n{rows}{word},,8.2\n");
        let (report, _) = roles_of(&table);
        let found = finding(&report, "net_promoter_score");
        assert_eq!((found.n, found.value), (Some(5), Some(60.0)), "{word}");
        let told = report.notes.iter().find(|note| note.code == "total_rows");
        assert_eq!(told.and_then(|note| note.count), Some(1), "{word}");
    }
}

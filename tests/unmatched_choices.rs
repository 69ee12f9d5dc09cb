//! A choice that nothing matches is told, and changes no figure.
#![expect(clippy::unwrap_used, reason = "test code")]

mod support;

use kept::engine::base::Note;
use kept::engine::kpi;
use kept::engine::report::Report;
use support::{options, report_on};

const SURVEY: &str = "nps_score,plan,date\n10,a,2025-01-03\n9,b,2025-01-04\n3,a,2025-01-05\n";

fn report(choices: &str) -> Report {
    report_on(&[("survey.csv", SURVEY.as_bytes())], &options(choices)).unwrap()
}

/// Choices, the code of the note on them, and what the note must name.
const UNMATCHED: &[(&str, &str, &str)] = &[
    (
        r#"{"targets":{"nps":40}}"#,
        "kpi_unknown",
        "net_promoter_score",
    ),
    (r#"{"precision":{"nonsense":1}}"#, "kpi_unknown", "nonsense"),
    (
        r#"{"variants":{"nonsense":"standard"}}"#,
        "kpi_unknown",
        "nonsense",
    ),
    (
        r#"{"variants":{"net_promoter_score":"other"}}"#,
        "variant_unknown",
        "other",
    ),
    (
        r#"{"settings":{"net_promoter_score.depth":3}}"#,
        "setting_unknown",
        "depth",
    ),
    (
        r#"{"settings":{"satisfied_from":3}}"#,
        "setting_unknown",
        "satisfied_from",
    ),
    (
        r#"{"settings":{"customer_satisfaction_score.satisfied_from":"four"}}"#,
        "setting_not_used",
        "a number",
    ),
    (r#"{"segment":"region"}"#, "segment_unknown", "region"),
    (
        r#"{"segment":"other.csv.plan"}"#,
        "segment_unknown",
        "other.csv.plan",
    ),
    (
        r#"{"filter":[{"column":"region","is":["a"]}]}"#,
        "filter_unknown",
        "region",
    ),
    (
        r#"{"mapping":{"other.csv":{"kind":"survey"}}}"#,
        "mapping_table_unknown",
        "",
    ),
    (
        r#"{"mapping":{"survey.csv":{"kind":["survey","poll"]}}}"#,
        "mapping_kind_unknown",
        "poll",
    ),
    (
        r#"{"mapping":{"survey.csv":{"columns":{"region":"customer"}}}}"#,
        "mapping_column_unknown",
        "",
    ),
    (
        r#"{"mapping":{"survey.csv":{"columns":{"plan":{"role":"tariff"}}}}}"#,
        "mapping_role_unknown",
        "tariff",
    ),
];

#[test]
fn each_is_told_once_and_changes_no_figure() {
    let plain = report("{}");
    assert_eq!(plain.notes, Vec::<Note>::new());
    for (choices, code, named) in UNMATCHED {
        let found = report(choices);
        let codes: Vec<&str> = found.notes.iter().map(|note| note.code.as_str()).collect();
        assert_eq!(codes, [*code], "{choices}");
        let effect = &found.notes[0].effect;
        assert!(effect.contains(named), "{choices}: {effect}");
        assert_eq!(found.findings, plain.findings, "{choices}");
    }
}

#[test]
fn a_report_without_a_figure_says_that_none_was_asked_for_by_its_id() {
    let found = report(r#"{"kpis":["nps"]}"#);
    assert!(found.findings.is_empty());
    assert_eq!(found.notes[0].code, "kpi_unknown");
    assert!(found.notes[0].effect.contains("Write net_promoter_score"));
}

#[test]
fn what_matches_is_not_told() {
    for choices in [
        r#"{"kpis":["net_promoter_score"],"targets":{"net_promoter_score":40}}"#,
        r#"{"segment":"survey.csv.plan"}"#,
        r#"{"segment":" PLAN "}"#,
        r#"{"filter":[{"column":"plan","is":["a"]}]}"#,
        r#"{"mapping":{"survey.csv":{"kind":"survey","columns":{" NPS_Score":"score","plan":null}}}}"#,
        r#"{"settings":{"customer_satisfaction_score.satisfied_from":4}}"#,
    ] {
        assert_eq!(report(choices).notes, Vec::<Note>::new(), "{choices}");
    }
}

#[test]
fn every_setting_of_the_manual_is_known() {
    let mut tried = 0;
    for setting in kpi::ALL.iter().flat_map(|kpi| kpi.report().settings) {
        let value = match (setting.value_type.as_str(), setting.choices.first()) {
            (_, Some(first)) => format!("{:?}", first.value),
            ("number", None) => String::from("1"),
            ("words", None) => String::from("[\"a\"]"),
            ("numbers by name", None) => String::from("{}"),
            _ => String::from("[]"),
        };
        let choices = options(&format!(r#"{{"settings":{{"{}":{value}}}}}"#, setting.name));
        // Some are refused for their value, which is told too; none is left aside in silence.
        if let Ok(found) = report_on(&[("survey.csv", SURVEY.as_bytes())], &choices) {
            assert_eq!(found.notes, Vec::<Note>::new(), "{}", setting.name);
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}

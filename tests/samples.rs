//! The samples that the page offers: read without help, of the type that they are offered for, and
//! with a figure for every KPI that this type looks at first.

#[path = "support/mod.rs"]
mod support;

use kept::engine::kpi::business_type;
use kept::engine::report::Status;
use kept::present::samples::SAMPLES;
use support::options;

#[test]
fn every_sample_is_read_without_a_question_and_gives_what_its_type_looks_at_first() {
    for sample in &SAMPLES {
        let files: Vec<(&str, &[u8])> = sample
            .files
            .iter()
            .map(|(name, text)| (*name, text.as_bytes()))
            .collect();
        let report = support::report_on(&files, &options("")).expect("a sample is readable");
        for table in &report.tables {
            assert!(
                table.questions.is_empty(),
                "{}: {:?}",
                table.name,
                table.questions
            );
        }
        let Some(id) = sample.business_type else {
            continue;
        };
        assert_eq!(
            report.business_type.as_deref(),
            Some(id),
            "{}",
            sample.title
        );
        let kind = business_type::ALL.iter().find(|kind| kind.id == id);
        for kpi in kind.expect("a type").first {
            let found = report.findings.iter().filter(|it| it.kpi == *kpi);
            let given: Vec<_> = found.map(|it| (it.status, it.refusal.clone())).collect();
            assert!(
                given.iter().any(|(status, _)| *status == Status::Ok),
                "{}: {kpi}: {given:?}",
                sample.title
            );
        }
    }
}

//! How fast the KPIs on answers are worked out once the table is read: a million answers of 400,000
//! customers over two years with their monthly series and one segment; to one question, and to four
//! (3.8 million answers in all), every KPI of the family.
//! `cargo xtask bench --native`.

mod common;

use std::io::Write as _;

use common::Lcg;
use criterion::{Criterion, criterion_group, criterion_main};
use kept::engine::base::Date;

const ROWS: u32 = 1_000_000;
const CUSTOMERS: u32 = 400_000;
const DAYS: u32 = 731;
/// 2024-01-01.
const FIRST_DAY: u32 = 19_723;

const KPIS: [&str; 4] = [
    "net_promoter_score",
    "customer_satisfaction_score",
    "customer_effort_score",
    "average_rating",
];

/// The questions: header, lowest answer and number of answers.
const QUESTIONS: [(&str, u32, u32); 4] = [
    ("nps", 0, 11),
    ("csat", 1, 5),
    ("ces", 1, 7),
    ("rating", 1, 5),
];

/// Invented answers to these questions in the order of time: one in twenty is left empty.
fn answers(questions: &[(&str, u32, u32)]) -> Vec<u8> {
    let mut text = b"response_id,responded_at,customer_id,country".to_vec();
    for (header, ..) in questions {
        write!(text, ",{header}").expect("memory takes all");
    }
    text.push(b'\n');
    let mut numbers = Lcg::new();
    for row in 0..ROWS {
        let day = u64::from(row) * u64::from(DAYS) / u64::from(ROWS);
        let date = Date((FIRST_DAY + day as u32) as i32);
        let customer = numbers.below(CUSTOMERS);
        let country = ["DE", "FR", "US", "JP"][(customer % 4) as usize];
        write!(text, "R{row:07},{date},C{customer:06},{country}").expect("memory takes all");
        for (_, lowest, points) in questions {
            text.push(b',');
            if numbers.below(20) > 0 {
                let score = lowest + numbers.below(*points).max(numbers.below(*points));
                write!(text, "{score}").expect("memory takes all");
            }
        }
        text.push(b'\n');
    }
    text
}

fn survey(criterion: &mut Criterion) {
    // Nothing in the table says whether a high answer means much effort or little.
    let effort =
        serde_json::json!({"role": "score", "question": "ces", "direction": "high_is_good"});
    let options = serde_json::json!({
        "kpis": KPIS, "segment": "country", "mapping": {"survey.csv": {"columns": {"ces": effort}}},
    });
    let cases = vec![("24 months, one segment", options)];
    let rows = u64::from(ROWS);
    common::measure(criterion, ("survey", rows), &answers(&QUESTIONS), cases);
    // Nothing is chosen: every KPI that such a table gives.
    let options = serde_json::json!({ "segment": "country" });
    let cases = vec![("24 months, one segment", options)];
    let one = answers(&QUESTIONS[..1]);
    common::measure(criterion, ("survey-one-question", rows), &one, cases);
}

criterion_group!(benches, survey);
criterion_main!(benches);

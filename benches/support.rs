//! How fast the KPIs on tickets are worked out once the table is read: a million tickets of two
//! years, every KPI of the family with its monthly series and one segment, around the clock and with
//! a calendar of business hours. `cargo xtask bench --native`.

mod common;

use std::io::Write as _;

use common::Lcg;
use criterion::{Criterion, criterion_group, criterion_main};
use kept::engine::base::Date;

const ROWS: u32 = 1_000_000;
const KPIS: [&str; 5] = [
    "first_response_time",
    "resolution_time",
    "service_level_attainment",
    "reopen_rate",
    "open_backlog",
];

/// Invented tickets in the order of their creation.
fn tickets() -> Vec<u8> {
    let mut text =
        b"ticket_id,created_at,first_response_at,resolved_at,priority,reopens,status\n".to_vec();
    let first = i64::from(Date::from_ymd(2024, 1, 1).expect("a day").0) * 86_400;
    let mut numbers = Lcg::new();
    let mut next = |limit: u32| i64::from(numbers.below(limit));
    for row in 0..ROWS {
        let created = first + i64::from(row) * 63;
        let replied = created + 60 + next(20_000) * (1 + next(6));
        let solved = replied + 600 + next(90_000) * (1 + next(9));
        let answered = next(50) > 0;
        let done = answered && next(20) > 0;
        let priority = ["urgent", "high", "normal", "low"][next(4) as usize];
        write!(text, "T{row:07},").expect("memory takes all");
        for (at, is_known) in [(created, true), (replied, answered), (solved, done)] {
            if is_known {
                let second = at.rem_euclid(86_400);
                write!(
                    text,
                    "{}T{:02}:{:02}:{:02}Z",
                    Date(at.div_euclid(86_400) as i32),
                    second / 3_600,
                    second / 60 % 60,
                    second % 60
                )
                .expect("memory takes all");
            }
            text.push(b',');
        }
        let status = if done { "solved" } else { "open" };
        writeln!(text, "{priority},{},{status}", next(12) / 10).expect("memory takes all");
    }
    text
}

fn options(calendar: &serde_json::Value) -> serde_json::Value {
    serde_json::json!({
        "kpis": KPIS, "segment": "priority", "as_of": "2025-12-31", "calendar": calendar,
        "settings": {
            "service_level_attainment.first_response_hours_by_priority": {"urgent": 1, "high": 4},
            "service_level_attainment.resolution_hours": 72,
        },
    })
}

fn support(criterion: &mut Criterion) {
    let hours = serde_json::json!([["09:00", "17:30"]]);
    let calendar = serde_json::json!({
        "days": {"mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours},
        "holidays": ["2024-12-25", "2025-12-25"], "timezone": "Europe/Berlin",
    });
    let cases = vec![
        ("around the clock", options(&serde_json::Value::Null)),
        ("with business hours", options(&calendar)),
    ];
    common::measure(criterion, ("support", u64::from(ROWS)), &tickets(), cases);
}

criterion_group!(benches, support);
criterion_main!(benches);

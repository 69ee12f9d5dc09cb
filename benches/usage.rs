//! How fast all KPIs on a log are worked out once the table is read: a million events of 20,000
//! users over 24 months, every KPI with its monthly series and one segment.
//! `cargo xtask bench --native`.

mod common;

use std::io::Write as _;

use common::Lcg;
use criterion::{Criterion, criterion_group, criterion_main};
use kept::engine::base::Date;

const ROWS: u32 = 1_000_000;
const USERS: u32 = 20_000;
const DAYS: u32 = 730;
/// 2024-01-01.
const FIRST_DAY: u32 = 19_723;

const KPIS: [&str; 6] = [
    "active_users",
    "stickiness",
    "engagement_rate",
    "usage_retention",
    "feature_adoption_rate",
    "time_to_value",
];

/// Invented events in the order of time.
fn events() -> Vec<u8> {
    let mut text = b"user_id,event_time,event,feature,account_id,plan\n".to_vec();
    let mut numbers = Lcg::new();
    let mut next = |limit: u32| numbers.below(limit);
    for row in 0..ROWS {
        let user = next(USERS);
        let day = u64::from(row) * u64::from(DAYS) / u64::from(ROWS);
        let date = Date((FIRST_DAY + day as u32) as i32);
        let event = ["login", "save", "export", "open"][next(4) as usize];
        let feature = ["maps", "charts", "files", "api", "admin", ""][next(6) as usize];
        let plan = ["Starter", "Team", "Scale", "Enterprise"][(user % 4) as usize];
        let (hour, minute, account) = (next(24), next(60), user / 20);
        writeln!(
            text,
            "U{user:06},{date}T{hour:02}:{minute:02}:00Z,{event},{feature},A{account:04},{plan}"
        )
        .expect("memory takes all");
    }
    text
}

fn usage(criterion: &mut Criterion) {
    let options = serde_json::json!({
        "kpis": KPIS, "segment": "plan", "settings": { "time_to_value.value_event": "export" },
    });
    let cases = vec![("24 months, one segment", options)];
    common::measure(criterion, ("usage", u64::from(ROWS)), &events(), cases);
}

criterion_group!(benches, usage);
criterion_main!(benches);

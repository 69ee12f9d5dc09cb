//! How fast all KPIs on the ledger are worked out once the table is read: half a million rows of
//! 50,000 customers over 60 months, every KPI with its monthly series and one segment.
//! `cargo xtask bench --native`.

mod common;

use std::io::Write as _;

use common::Lcg;
use criterion::{Criterion, criterion_group, criterion_main};
use kept::engine::kpi::registry;

const ROWS: u32 = 500_000;
const CUSTOMERS: u32 = 50_000;
const MONTHS: u32 = 60;

/// Invented subscriptions: ten stretches a customer, some with gaps, some at once.
fn subscriptions() -> Vec<u8> {
    let mut text = b"customer_id,plan,started_on,ended_on,mrr\n".to_vec();
    let mut numbers = Lcg::new();
    let mut next = |limit: u32| numbers.below(limit);
    for row in 0..ROWS {
        let start = next(MONTHS);
        let length = 1 + next(18);
        let (from, to) = (start, start + length);
        let day = 1 + next(28);
        let plan = ["Starter", "Team", "Scale", "Enterprise"][next(4) as usize];
        let amount = 19 + next(400);
        write!(
            text,
            "C{:05},{plan},{}-{:02}-{day:02},",
            row % CUSTOMERS,
            2020 + from / 12,
            1 + from % 12,
        )
        .expect("memory takes all");
        if to < MONTHS {
            write!(text, "{}-{:02}-{day:02}", 2020 + to / 12, 1 + to % 12)
                .expect("memory takes all");
        }
        writeln!(text, ",{amount}.00").expect("memory takes all");
    }
    text
}

fn ledger(criterion: &mut Criterion) {
    let kpis: Vec<&str> = registry::ALL
        .iter()
        .filter(|kpi| kpi.rests_on_ledger())
        .map(|kpi| kpi.id)
        .collect();
    let options = serde_json::json!({"kpis": kpis, "segment": "plan", "as_of": "2024-12-31"});
    let cases = vec![("60 months, one segment", options)];
    common::measure(
        criterion,
        ("ledger", u64::from(ROWS)),
        &subscriptions(),
        cases,
    );
}

criterion_group!(benches, ledger);
criterion_main!(benches);

//! How fast a list of accounts is scored once the table is read: a million accounts with five
//! measures, every rule and one segment. `cargo xtask bench --native`.

mod common;

use std::io::Write as _;

use common::Lcg;
use criterion::{Criterion, criterion_group, criterion_main};

const ROWS: u32 = 1_000_000;

/// Invented accounts, one cell in ten empty.
fn accounts() -> Vec<u8> {
    let mut text =
        b"customer,plan,logins,open tickets,days since last login,active users,csm pulse\n".to_vec();
    let mut numbers = Lcg::new();
    for row in 0..ROWS {
        let plan = ["Starter", "Team", "Scale", "Enterprise"][numbers.below(4) as usize];
        let pulse = ["Green", "Yellow", "Red", ""][numbers.below(4) as usize];
        write!(text, "C{row:07},{plan}").expect("memory takes all");
        for most in [400, 12, 200, 90] {
            match numbers.below(10) {
                0 => write!(text, ","),
                _ => write!(text, ",{}", numbers.below(most)),
            }
            .expect("memory takes all");
        }
        writeln!(text, ",{pulse}").expect("memory takes all");
    }
    text
}

fn health(criterion: &mut Criterion) {
    let options = serde_json::json!({ "kpis": ["customer_health_score"], "segment": "plan" });
    let cases = vec![("five measures, one segment", options)];
    common::measure(criterion, ("health", u64::from(ROWS)), &accounts(), cases);
}

criterion_group!(benches, health);
criterion_main!(benches);

//! How fast the KPIs on orders are worked out once the table is read: a million orders of 150,000
//! customers over two years, every KPI that they give with its monthly series and one segment.
//! `cargo xtask bench --native`.

mod common;

use std::io::Write as _;

use common::Lcg;
use criterion::{Criterion, criterion_group, criterion_main};
use kept::engine::base::Date;

const ROWS: u32 = 1_000_000;
const CUSTOMERS: u32 = 150_000;
const DAYS: u32 = 731;
/// 2024-01-01.
const FIRST_DAY: u32 = 19_723;

const KPIS: [&str; 2] = ["repeat_purchase_rate", "average_transaction_value"];

/// Invented orders in the order of time.
fn orders() -> Vec<u8> {
    let mut text = b"order_id,order_date,customer_id,country,order_total\n".to_vec();
    let mut numbers = Lcg::new();
    for row in 0..ROWS {
        let day = u64::from(row) * u64::from(DAYS) / u64::from(ROWS);
        let date = Date((FIRST_DAY + day as u32) as i32);
        let customer = numbers.below(CUSTOMERS).min(numbers.below(CUSTOMERS));
        let country = ["DE", "FR", "US", "JP"][(customer % 4) as usize];
        let (units, cents) = (5 + numbers.below(300), numbers.below(100));
        writeln!(
            text,
            "O{row:07},{date},C{customer:06},{country},{units}.{cents:02}"
        )
        .expect("memory takes all");
    }
    text
}

fn business(criterion: &mut Criterion) {
    let options = serde_json::json!({"kpis": KPIS, "segment": "country"});
    let cases = vec![("24 months, one segment", options)];
    common::measure(criterion, ("business", u64::from(ROWS)), &orders(), cases);
}

criterion_group!(benches, business);
criterion_main!(benches);

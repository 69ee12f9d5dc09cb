//! An invented table of subscriptions over sixty months, customer after customer; the same rows give
//! the same bytes. A customer has six rows on average: larger and smaller plans one after the other,
//! now and then a gap, in the end an end or none. About 55 bytes a row.
#![expect(clippy::integer_division, reason = "draws are cut into whole parts")]

use std::io::Write;

use super::invented::{Chance, days, slot};
use crate::commands::Done;

/// 2021 to 2025.
const DAYS: u64 = 1_826;
const HEADER: &str = "subscription_id,customer_id,plan,region,monthly_amount,started_on,ended_on\n";
const PLANS: [&str; 3] = ["Starter", "Team", "Enterprise"];
const PLAN_SHARES: [u64; 3] = [50, 38, 12];
const SEAT_CENTS: [u64; 3] = [1_900, 2_900, 4_950];
const REGIONS: [&str; 3] = ["Europe", "North America", "Elsewhere"];
const REGION_SHARES: [u64; 3] = [45, 40, 15];
const ROWS_OF_A_CUSTOMER: u64 = 20;

/// Writes the header and `rows` subscriptions.
pub(super) fn write(rows: u64, out: &mut impl Write) -> Done {
    let days = days(2021, 5);
    let mut chance = Chance(0x5B5B_0000_0000_0060);
    out.write_all(HEADER.as_bytes())?;
    let (mut row, mut customer) = (0, 0);
    while row < rows {
        customer += 1;
        let region = slot(&REGION_SHARES, chance.below(100));
        let mut day = chance.below(DAYS);
        for _ in 0..=chance.below(ROWS_OF_A_CUSTOMER) {
            if row == rows || day >= DAYS {
                break;
            }
            row += 1;
            let plan = slot(&PLAN_SHARES, chance.below(100));
            let cents = SEAT_CENTS[plan] * (1 + chance.below(40) * chance.below(40) / 40);
            let end = day + 20 + chance.below(160);
            writeln!(
                out,
                "S{row:07},C{customer:06},{},{},{}.{:02},{},{}",
                PLANS[plan],
                REGIONS[region],
                cents / 100,
                cents % 100,
                days[day as usize],
                days.get(end as usize).map_or("", String::as_str),
            )?;
            // Four of five go on at once; the others come back after a while.
            let gap = if chance.below(5) == 0 {
                10 + chance.below(120)
            } else {
                0
            };
            day = end + gap;
        }
    }
    Ok(())
}

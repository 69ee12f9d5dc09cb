//! An invented table of survey answers, in the order of two years; the same rows give the same
//! bytes. One answer in twenty is empty. About 57 bytes a row.
#![expect(
    clippy::integer_division,
    reason = "times and draws are cut into whole parts"
)]

use std::io::Write;

use super::invented::{Chance, DAY_SECONDS, days, slot, written};
use crate::commands::Done;

const SPAN_SECONDS: u64 = 731 * DAY_SECONDS;
const HEADER: &str =
    "response_id,answered_at,customer_id,plan,channel,How likely are you to recommend us?\n";
const PLANS: [&str; 3] = ["Starter", "Team", "Enterprise"];
const PLAN_SHARES: [u64; 3] = [55, 35, 10];
const CHANNELS: [&str; 4] = ["email", "in app", "chat", "phone"];
const CHANNEL_SHARES: [u64; 4] = [50, 30, 15, 5];
/// Of a hundred answers of each plan: those from 0 to 10.
const SCORE_SHARES: [[u64; 11]; 3] = [
    [3, 1, 2, 2, 2, 6, 6, 12, 21, 20, 25],
    [2, 1, 1, 2, 2, 4, 5, 11, 22, 23, 27],
    [1, 0, 1, 1, 1, 3, 5, 10, 23, 25, 30],
];

/// Writes the header and `rows` answers.
pub(super) fn write(rows: u64, out: &mut impl Write) -> Done {
    let days = days(2024, 2);
    let customers = (rows / 8).max(1);
    let mut chance = Chance(0x5E17_5E17_0000_0001);
    out.write_all(HEADER.as_bytes())?;
    for row in 0..rows {
        let answered = (SPAN_SECONDS * row + chance.below(SPAN_SECONDS)) / rows;
        let plan = slot(&PLAN_SHARES, chance.below(100));
        let channel = slot(&CHANNEL_SHARES, chance.below(100));
        let score = slot(&SCORE_SHARES[plan], chance.below(100));
        let is_empty = chance.below(20) == 0;
        writeln!(
            out,
            "R{:07},{},C{:06},{},{},{}",
            row + 1,
            written(&days, answered, true),
            chance.below(customers),
            PLANS[plan],
            CHANNELS[channel],
            if is_empty {
                String::new()
            } else {
                score.to_string()
            },
        )?;
    }
    Ok(())
}

//! An invented table of what users of a product do, in the order of a year; the same rows give the
//! same bytes. Few users do much, most do little. About 60 bytes a row.
#![expect(
    clippy::integer_division,
    reason = "times and draws are cut into whole parts"
)]

use std::io::Write;

use super::invented::{Chance, DAY_SECONDS, days, slot, written};
use crate::commands::Done;

const SPAN_SECONDS: u64 = 365 * DAY_SECONDS;
const HEADER: &str = "timestamp,user_id,account,event,platform\n";
const EVENTS: [&str; 6] = [
    "report_opened",
    "report_shared",
    "board_edited",
    "comment_added",
    "export_made",
    "user_invited",
];
const EVENT_SHARES: [u64; 6] = [41, 12, 24, 15, 6, 2];
const PLATFORMS: [&str; 3] = ["web", "ios", "android"];
const PLATFORM_SHARES: [u64; 3] = [62, 21, 17];
const USERS_OF_AN_ACCOUNT: u64 = 12;

/// Writes the header and `rows` events.
pub(super) fn write(rows: u64, out: &mut impl Write) -> Done {
    let days = days(2025, 1);
    let users = (rows / 20).max(1);
    let mut chance = Chance(0xE7E7_0000_0000_0025);
    out.write_all(HEADER.as_bytes())?;
    for row in 0..rows {
        let moment = (SPAN_SECONDS * row + chance.below(SPAN_SECONDS)) / rows;
        // A product of two draws: low numbers come more often. All of them come later in the year.
        let busy = (chance.below(1 << 24) * chance.below(1 << 24)) >> 24;
        let present = users / 2 + users * row / (2 * rows);
        let user = (busy * present.max(1)) >> 24;
        writeln!(
            out,
            "{},U{user:06},A{:05},{},{}",
            written(&days, moment, true),
            user / USERS_OF_AN_ACCOUNT,
            EVENTS[slot(&EVENT_SHARES, chance.below(100))],
            PLATFORMS[slot(&PLATFORM_SHARES, chance.below(100))],
        )?;
    }
    Ok(())
}

//! An invented table of support tickets, as large as wanted; the same rows give the same bytes.
//!
//! Two years of tickets in order of creation, times to the first response and to the resolution
//! log-normal by priority, some still open, a satisfaction score for three of ten resolved ones,
//! and comments with commas, doubled quotes and line breaks inside quotes. About 107 bytes a row.
#![expect(
    clippy::integer_division,
    reason = "times and draws are cut into whole parts"
)]

use std::io::Write;

use super::invented::{Chance, DAY_SECONDS, days, slot, written};
use crate::commands::Done;

/// 2024 and 2025, in seconds from their beginning.
const SPAN_SECONDS: u64 = 731 * DAY_SECONDS;
const HEADER: &str = "ticket_id,created_at,first_response_at,resolved_at,priority,channel,customer_id,csat,comment\n";

const PRIORITIES: [&str; 4] = ["urgent", "high", "normal", "low"];
const CHANNELS: [&str; 4] = ["email", "chat", "phone", "web"];
/// How many of a hundred tickets, in the order above.
const PRIORITY_SHARES: [u64; 4] = [6, 19, 55, 20];
const CHANNEL_SHARES: [u64; 4] = [45, 30, 10, 15];
/// Of a hundred scores: fives, fours, threes, twos, ones.
const SCORE_SHARES: [u64; 5] = [46, 29, 11, 5, 9];
/// Medians by priority.
const RESPONSE_MINUTES: [f64; 4] = [15.0, 45.0, 120.0, 360.0];
const RESOLUTION_HOURS: [f64; 4] = [3.0, 10.0, 26.0, 60.0];
const LATE_RESPONSE_SECONDS: u64 = 4 * 3_600;

const PLAIN_COMMENTS: [&str; 18] = [
    "Thanks, all good",
    "Works now",
    "Quick answer, very helpful, thank you",
    "The \"export\" button was greyed out",
    "Réponse rapide, merci",
    "Still slow in the afternoon, mostly on the reports page, otherwise fine",
    "Had to ask twice, but the second person knew exactly what to do",
    "Error 5\" screen",
    "Danke für die schnelle Hilfe",
    "ok",
    "He said \"\"wait\"\"",
    "no answer to my question; closed anyway, please open it again",
    "7 of 10",
    "=SUM(A1:A3) typed as text",
    "N/A",
    "-",
    "Great support, the video call made the difference",
    "Took too long, see earlier ticket; we lost half a day over it",
];
const BROKEN_COMMENTS: [&str; 2] = [
    "First line\nSecond line, with a comma",
    "Line one\n\nLine three",
];

/// Times after a ticket's beginning.
struct Delays {
    response_seconds: Vec<Vec<u64>>,
    resolution_seconds: Vec<Vec<u64>>,
}

/// Writes the header and `rows` tickets.
pub(super) fn write(rows: u64, out: &mut impl Write) -> Done {
    let days = days(2024, 2);
    let delays = Delays::drawn_up();
    let plain = PLAIN_COMMENTS.map(quoted);
    let broken = BROKEN_COMMENTS.map(quoted);
    let customers = (rows / 40).max(1);
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    out.write_all(HEADER.as_bytes())?;
    for row in 0..rows {
        let (first, second) = (chance.next(), chance.next());
        let priority = slot(&PRIORITY_SHARES, (first & 0xFFFF) % 100);
        let channel = slot(&CHANNEL_SHARES, (first >> 36 & 0xFFFF) % 100);
        let created = (SPAN_SECONDS * row + (first >> 16) % SPAN_SECONDS) / rows;
        let answered = created + delays.response_seconds[priority][(first >> 52) as usize];
        let resolved = answered + delays.resolution_seconds[priority][(second & 4095) as usize];
        let open = (second >> 12 & 0xFFFF) % 100;
        let is_answered = open >= 2 && answered < SPAN_SECONDS;
        let is_resolved = is_answered && open >= 5 && resolved < SPAN_SECONDS;
        let moment = |seconds, is_there| written(&days, seconds, is_there);
        write!(
            out,
            "T{:07},{},{},{},",
            row + 1,
            moment(created, true),
            moment(answered, is_answered),
            moment(resolved, is_resolved)
        )?;
        let late = answered - created >= LATE_RESPONSE_SECONDS;
        let score = score((second >> 28 & 0xFFFF) % 1000, late).filter(|_| is_resolved);
        let comment = match second >> 44 {
            draw if draw % 100 < 50 => "",
            draw if draw % 100 < 52 => &broken[(draw / 100 % 2) as usize],
            draw => &plain[(draw / 100 % 18) as usize],
        };
        // A product of two draws: customers with low numbers write more often.
        let busy = ((first >> 20 & 0xFF_FFFF) * (second >> 20 & 0xFF_FFFF)) >> 24;
        writeln!(
            out,
            "{},{},C{:05},{},{comment}",
            PRIORITIES[priority],
            CHANNELS[channel],
            (busy * customers) >> 24,
            score.map_or_else(String::new, |score| score.to_string()),
        )?;
    }
    Ok(())
}

/// The score of three in ten; a late first response takes two off now and then.
fn score(draw: u64, late: bool) -> Option<usize> {
    if draw >= 300 {
        return None;
    }
    let score = 5 - slot(&SCORE_SHARES, draw / 3);
    let lowered = late && draw.is_multiple_of(3);
    Some(if lowered {
        score.saturating_sub(2).max(1)
    } else {
        score
    })
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

impl Delays {
    fn drawn_up() -> Self {
        let normal = normal_quantiles();
        let times = |median: f64, spread: f64| -> Vec<u64> {
            let seconds = normal.iter().map(|z| median * libm::exp(spread * z));
            seconds
                .map(|time| (time.round_ties_even() as u64).max(1))
                .collect()
        };
        Self {
            response_seconds: RESPONSE_MINUTES.map(|m| times(60.0 * m, 1.1)).to_vec(),
            resolution_seconds: RESOLUTION_HOURS.map(|h| times(3_600.0 * h, 1.3)).to_vec(),
        }
    }
}

/// The middles of 4,096 equally likely slices of the standard normal distribution.
fn normal_quantiles() -> Vec<f64> {
    let cumulative = |z: f64| 0.5 * libm::erfc(-z / std::f64::consts::SQRT_2);
    (0..4096)
        .map(|slice| {
            let share = (f64::from(slice) + 0.5) / 4096.0;
            let (mut below, mut above) = (-5.0, 5.0);
            for _ in 0..60 {
                let middle = f64::midpoint(below, above);
                if cumulative(middle) < share {
                    below = middle;
                } else {
                    above = middle;
                }
            }
            below
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::dist::{hexadecimal, sha256};

    /// The sum of a table of the same rules that was written by another program.
    #[test]
    fn ten_thousand_tickets_are_the_same_bytes_everywhere() {
        let mut table = Vec::new();
        write(10_000, &mut table).unwrap();
        assert_eq!(table.len(), 1_067_310);
        assert_eq!(
            hexadecimal(&sha256(&table)),
            "a200637fe4579c13bde088086e305f318cd82690e5c7b13d186bd263c3456a2a"
        );
    }
}

//! What the invented tables share: chance, days and moments; the same on every machine.
#![expect(
    clippy::integer_division,
    reason = "times and draws are cut into whole parts"
)]

pub(super) const DAY_SECONDS: u64 = 86_400;
const LENGTHS_OF_MONTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// `SplitMix64`.
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number below `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 16) % end
    }
}

/// In which share of a hundred the draw falls.
pub(super) fn slot(shares: &[u64], draw: u64) -> usize {
    let mut above = 0;
    shares
        .iter()
        .position(|share| {
            above += share;
            draw < above
        })
        .unwrap_or_default()
}

/// A moment of the days; nothing where it is not there.
pub(super) fn written(days: &[String], seconds: u64, is_there: bool) -> String {
    if !is_there {
        return String::new();
    }
    let clock = seconds % DAY_SECONDS;
    format!(
        "{}T{:02}:{:02}:{:02}Z",
        days[(seconds / DAY_SECONDS) as usize],
        clock / 3_600,
        clock / 60 % 60,
        clock % 60
    )
}

/// The days of so many years from the first of January of `first`.
pub(super) fn days(first: u32, years: u32) -> Vec<String> {
    let mut days = Vec::new();
    for year in first..first + years {
        for (month, length) in (1..).zip(LENGTHS_OF_MONTHS) {
            let leap = u32::from(month == 2 && year.is_multiple_of(4));
            days.extend((1..=length + leap).map(|day| format!("{year}-{month:02}-{day:02}")));
        }
    }
    days
}

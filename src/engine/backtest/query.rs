//! The question about a back-test. Plain data.

use serde::{Deserialize, Serialize};

/// How a score is to be tested.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct BacktestQuery {
    /// The answer lists every account that was tested, so that the test can be worked out again.
    pub accounts: bool,
}

/// Beside the main look back, so many days back.
const USUAL_DAYS: [u32; 3] = [30, 90, 180];

/// How many days each look back goes back, the shortest first.
pub fn looks_back(main: u32) -> Vec<u32> {
    let mut days = USUAL_DAYS.to_vec();
    days.push(main);
    days.sort_unstable();
    days.dedup();
    days
}

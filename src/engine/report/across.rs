//! What only several tables together tell, as the report has it.

use serde::{Deserialize, Serialize};

/// A figure of the accounts that rests on several tables.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Across {
    /// Stable, `snake_case`.
    pub id: String,
    /// What the page calls it.
    pub name: String,
    /// How it is worked out, as one sentence.
    pub says: String,
    /// The figure; absent where nothing can be said.
    pub value: Option<f64>,
    /// What it counts in.
    pub unit: Option<AcrossUnit>,
    /// How many accounts it speaks of.
    pub accounts: u64,
    /// Out of how many.
    pub of: u64,
    /// What these accounts pay a month, where revenue is known.
    pub revenue: Option<f64>,
    /// The share of all revenue.
    pub share_of_revenue: Option<f64>,
    /// The interval of the share of accounts (Wilson, 95 %).
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
}

/// What such a figure counts in.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AcrossUnit {
    /// Money a month.
    Money,
    /// −100 to 100.
    Score,
    /// 0 to 1.
    Ratio,
    /// A number of things.
    Count,
}

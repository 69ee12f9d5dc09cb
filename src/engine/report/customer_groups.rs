//! Groups of customers by their value, and how much of the revenue rests on few of them.

use serde::{Deserialize, Serialize};

use super::{Date, Interval, Note, Refusal};

/// The customers of one table, by what they ordered or by what they pay a month.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct CustomerGroups {
    /// The table.
    pub table: String,
    /// What their value is told by: `orders` or `recurring_revenue`.
    pub of: String,
    /// Why there are no groups, and what to do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refusal: Option<Refusal>,
    /// The day from which is looked back; absent for lists without dates.
    pub as_of: Option<Date>,
    /// The currency of the revenue, where one is known.
    pub currency: Option<String>,
    /// How many customers.
    pub customers: u64,
    /// What they brought together; those below nothing count as nothing.
    pub revenue: f64,
    /// The share of the largest 1, 5 and 10 customers; those numbers that are below the number of
    /// customers.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub largest: Vec<LargestShare>,
    /// The Gini coefficient of the revenue, 0 to 1.
    pub gini: Option<f64>,
    /// Its interval; absent with fewer than 30 customers.
    pub gini_interval: Option<Interval>,
    /// How many customers of equal size would be as concentrated.
    pub effective_customers: Option<f64>,
    /// Named segments by recency and frequency, in a fixed order, all ten; none without orders.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub segments: Vec<CustomerGroup>,
    /// Value bands `a`, `b` and `c`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub bands: Vec<CustomerGroup>,
    /// What lies behind each score; none without orders.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub scores: Vec<ScoreRange>,
    /// What must be known beside them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub notes: Vec<Note>,
}

/// What the largest customers have together.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct LargestShare {
    /// How many of them.
    pub customers: u64,
    /// Their share of the revenue.
    pub share: f64,
}

/// One group.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CustomerGroup {
    /// Stable, such as `champions` or `a`.
    pub id: String,
    /// How many customers.
    pub customers: u64,
    /// Their share of all customers.
    pub share_of_customers: f64,
    /// What they brought together.
    pub revenue: f64,
    /// Their share of all revenue; absent where there is none.
    pub share_of_revenue: Option<f64>,
    /// How many rows are theirs.
    pub rows: u64,
}

/// The customers with one score, and from where to where their values reach.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ScoreRange {
    /// `recency` (days since the last order), `frequency` (orders) or `monetary` (amount).
    pub of: String,
    /// 1 to 5; scores that nobody has are absent.
    pub score: u8,
    /// How many customers.
    pub customers: u64,
    /// The lowest value among them.
    pub from: f64,
    /// The highest.
    pub to: f64,
}

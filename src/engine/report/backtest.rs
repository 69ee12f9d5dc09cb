//! How well the health score has worked: scores of past days against who had left since.

use serde::{Deserialize, Serialize};

use super::Verdict;
use crate::engine::base::{Date, Refusal};

/// The test of a score, one entry a day that was looked back to.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct BacktestReport {
    /// The last day that counts: until then accounts could leave.
    pub as_of: Option<Date>,
    /// How far the main test looks back, in days.
    pub main_days: u32,
    /// Scores up to this are red.
    pub red_to: f64,
    /// A score that is exactly this is red.
    pub edge_is_red: bool,
    /// Measures of today's score that the test leaves out, because nothing says what they were.
    pub left_out: Vec<BacktestCount>,
    /// One entry a look back, the shortest first; empty where nothing could be tested.
    pub horizons: Vec<BacktestHorizon>,
    /// The score at the ends of months, the earliest first, then on the last day that counts; empty
    /// unless asked for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub course: Vec<BacktestPoint>,
    /// Why nothing could be tested.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refusal: Option<Refusal>,
}

/// The score on a day, by the measures that are known as of any day and the curves of today.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct BacktestPoint {
    /// The day; nothing that happened after it is in the score.
    pub day: Date,
    /// Customers of the day who have a score.
    pub accounts: u64,
    /// The mean of their scores; absent without any.
    pub value: Option<f64>,
    /// Lower end of its 95 % interval (Student's t); absent for fewer than two.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// How many are red, yellow and green.
    pub bands: [u64; 3],
    /// The score of the account that was asked for; absent where it has none on the day.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub score: Option<f64>,
}

/// The test of the score of one past day.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct BacktestHorizon {
    /// Days between the score and the last day that counts.
    pub days: u32,
    /// The day of the score; nothing that happened after it is in the score.
    pub day: Date,
    /// Accounts that were customers on the day and had a score.
    pub accounts: u64,
    /// Of these, how many had left by the last day that counts.
    pub lost: u64,
    /// Accounts that are not tested, by reason.
    pub left_out: Vec<BacktestCount>,
    /// Measures of which no account had a value on the day.
    pub unknown: Vec<BacktestCount>,
    /// Why no more is told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refusal: Option<Refusal>,
    /// How often one of the lost had a lower score than one of the kept: 1 is perfect, 0.5 chance.
    pub auc: Option<BacktestFigure>,
    /// How many times as often accounts of the lowest tenth were lost as all accounts.
    pub lift: Option<BacktestFigure>,
    /// Of the lost, the share that was red on the day.
    pub caught: Option<BacktestFigure>,
    /// Red, yellow and green accounts.
    pub bands: Vec<BacktestPart>,
    /// All accounts that were not red.
    pub others: Option<BacktestPart>,
    /// The share lost among the red less that among the others.
    pub difference: Option<BacktestFigure>,
    /// How often chance alone would make such a difference.
    pub p_value: Option<f64>,
    /// Whether the difference is real.
    pub verdict: Option<Verdict>,
    /// Accounts in groups of about equal size by their score, the lowest first.
    pub bins: Vec<BacktestPart>,
    /// Weights that would have told the lost from the kept best.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub weights: Option<BacktestWeights>,
    /// Why no weights are suggested.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub weights_refusal: Option<Refusal>,
    /// Every account that was tested, where asked for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub tested: Vec<BacktestAccount>,
}

impl BacktestHorizon {
    /// Nothing told as yet.
    pub const fn of(days: u32, day: Date) -> Self {
        Self {
            days,
            day,
            accounts: 0,
            lost: 0,
            left_out: Vec::new(),
            unknown: Vec::new(),
            refusal: None,
            auc: None,
            lift: None,
            caught: None,
            bands: Vec::new(),
            others: None,
            difference: None,
            p_value: None,
            verdict: None,
            bins: Vec::new(),
            weights: None,
            weights_refusal: None,
            tested: Vec::new(),
        }
    }
}

/// A figure with its 95 % interval.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct BacktestFigure {
    /// The figure.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The method of the interval.
    pub method: String,
}

/// Some accounts, and how many of them were lost.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct BacktestPart {
    /// `red`, `yellow`, `green`, `others`, or empty for a group by score or chance.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub band: String,
    /// The lowest score or chance in a group.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<f64>,
    /// The highest.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub to: Option<f64>,
    /// The mean.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub told: Option<f64>,
    /// How many accounts.
    pub accounts: u64,
    /// How many of them were lost.
    pub lost: u64,
    /// The share lost; absent without accounts.
    pub share: Option<f64>,
    /// Lower end of its 95 % interval (Wilson).
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// So many of something.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct BacktestCount {
    /// The measure, or why accounts are left out.
    pub name: String,
    /// Why a measure is left out; absent for accounts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub because: Option<String>,
    /// How many accounts; 0 for a measure.
    pub count: u64,
}

/// Weights that would have worked better, or not.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct BacktestWeights {
    /// How they were found.
    pub method: String,
    /// One entry a measure.
    pub measures: Vec<BacktestWeight>,
    /// The area under the curve of the score with the weights in force, as `auc`.
    pub own: BacktestFigure,
    /// That of the suggested weights on accounts that the fit had not seen.
    pub suggested: BacktestFigure,
    /// The second less the first; absent where its interval cannot be told.
    pub difference: Option<BacktestFigure>,
    /// Whether the difference is real.
    pub verdict: Verdict,
    /// Accounts in groups by the chance of leaving that a fit on others told, the lowest first.
    pub bins: Vec<BacktestPart>,
    /// The mean of (chance − outcome)² of these chances; 0 is perfect.
    pub brier: Option<f64>,
    /// The same where everybody is told the share that was lost.
    pub brier_of_share: f64,
}

/// The weight of one measure.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct BacktestWeight {
    /// The measure.
    pub measure: String,
    /// Its share of the weight in force.
    pub own: f64,
    /// Its share of the suggested weight.
    pub suggested: f64,
    /// Accounts that have it.
    pub accounts: u64,
}

/// One account that was tested.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct BacktestAccount {
    /// Its id as written.
    pub customer: String,
    /// Its score on the day.
    pub score: f64,
    /// The band of that score.
    pub band: String,
    /// Whether it had left by the last day that counts.
    pub lost: bool,
}

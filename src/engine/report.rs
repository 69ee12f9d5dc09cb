//! The report: everything that Kept found, as one value (schema 1).
//!
//! `export("json")` writes it; the page reads it; embedders rely on it. Field order is the order
//! of the written JSON. Numbers are unrounded; undefined is a refusal, never 0 or NaN.

mod across;
mod backtest;
mod customer_groups;
mod joins;
mod reasons;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::base::{Date, Note, Period, Refusal, Unit};
use super::chart_spec::ChartSpec;
use super::options::{ColumnUnit, Direction};
pub use across::{Across, AcrossUnit};
pub use backtest::{
    BacktestAccount, BacktestCount, BacktestFigure, BacktestHorizon, BacktestPart, BacktestPoint,
    BacktestReport, BacktestWeight, BacktestWeights,
};
pub use customer_groups::{CustomerGroup, CustomerGroups, LargestShare, ScoreRange};
pub use joins::{JoinForm, JoinReport, JoinSuggestion, JoinedBy, JoinsReport};
pub use reasons::{ReasonCount, ReasonSide, ReasonTerm, Reasons};

/// The version of the report's shape.
pub const SCHEMA: u32 = 1;

/// Everything found in the tables of one run.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The program's version.
    pub kept: String,
    /// The day up to which rows count; absent where no table holds a date.
    pub as_of: Option<Date>,
    /// The zone in which days are counted.
    pub timezone: String,
    /// The currency of all money, where one is known.
    pub currency: Option<String>,
    /// Whose KPIs come first: chosen, or told by the tables.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub business_type: Option<String>,
    /// One entry a table, in the order given.
    pub tables: Vec<TableReport>,
    /// One entry a KPI and table (and column, where several columns hold scores).
    pub findings: Vec<Finding>,
    /// Whether accounts can be asked for: a table lists customers, and a day is known.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub has_accounts: bool,
    /// How tables that speak of the same customers were joined; absent where one stands alone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub joins: Option<JoinsReport>,
    /// What several tables together tell of the accounts; empty where only one speaks of them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub across: Vec<Across>,
    /// Per-account results, where asked for.
    pub accounts: Vec<AccountResult>,
    /// Customers by their value: one entry a table with orders, and one with recurring revenue.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub customer_groups: Vec<CustomerGroups>,
    /// What the reader should know about the data.
    pub notes: Vec<Note>,
}

/// The health of one account.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct AccountResult {
    /// The KPI's id.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub kpi: String,
    /// The table that it stands in.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub table: String,
    /// Its row, from 1 below the header.
    #[serde(default)]
    pub row: u64,
    /// The account's id as written.
    pub customer: String,
    /// The score, 0 to 100; absent where it is withheld.
    pub value: Option<f64>,
    /// Share of the weight for which it has measures.
    #[serde(default)]
    pub coverage: f64,
    /// `red`, `yellow` or `green`; absent where the score is withheld.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub band: Option<String>,
    /// The score was set, lowered or lifted by hand, so the measures do not add up to it.
    #[serde(default)]
    pub by_hand: bool,
    /// What each measure adds, in the order of the finding's `measures`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub contributions: Vec<Contribution>,
}

/// What one measure adds to the score of one account.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Contribution {
    /// The measure's name.
    pub measure: String,
    /// The account's value; absent where it is missing or too old.
    pub value: Option<f64>,
    /// The points that count, 0 to 100; absent where the measure is left out.
    pub points: Option<f64>,
    /// Its share of the weight for this account.
    pub weight: f64,
    /// What it adds to the score: points times share.
    pub adds: f64,
}

/// What could measure health and does not.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct OfferedMeasure {
    /// How the setting `customer_health_score.measures` names it.
    pub column: String,
    /// What it is called.
    pub name: String,
}

/// One measure of a health score: what it is, how it is mapped, and what it adds.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct MeasureReport {
    /// Its header; of two columns both.
    pub name: String,
    /// How the setting `customer_health_score.measures` names it: a header, `accounts.` with a figure
    /// of the accounts, or `kpi.` with a KPI.
    #[serde(default)]
    pub column: String,
    /// The column by which it is divided.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub per: Option<String>,
    /// The lowest and the highest value between which points change; absent where there are no two.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub span: Option<(f64, f64)>,
    /// `high_is_good` or `low_is_good`.
    pub direction: Direction,
    /// How values become points, in words.
    pub points: String,
    /// Why it was taken.
    pub because: String,
    /// The group it belongs to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub group: Option<String>,
    /// Its share of the weight where nothing is missing.
    pub weight: f64,
    /// What it counts where it is missing: `leave_out`, `neutral`, `zero` or `withhold`.
    pub missing: String,
    /// After how many days a value no longer counts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fresh_days: Option<f64>,
    /// Accounts with a value that counts.
    pub accounts: u64,
    /// Its points on average over the accounts that have it and a score.
    pub mean_points: Option<f64>,
    /// What it adds to the mean score.
    pub adds: f64,
}

/// How one table was read and understood.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct TableReport {
    /// The file's name, or `pasted`.
    pub name: String,
    /// What kind of table it is; absent where it was not recognised.
    pub kind: Option<String>,
    /// All kinds, where the table serves as several.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub kinds: Vec<String>,
    /// How its text was cut into cells.
    pub dialect: DialectReport,
    /// The known export that it is, such as "Zendesk ticket export".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub export: Option<String>,
    /// Every row, in exactly one bucket.
    pub rows: RowCounts,
    /// Its columns, in order.
    pub columns: Vec<ColumnReport>,
    /// Cells that cannot be read in their column's meaning, by column and code.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub faults: Vec<FaultReport>,
    /// What could not be decided.
    pub questions: Vec<Question>,
}

/// How a table's text was cut into cells.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct DialectReport {
    /// `csv` (text with any character between cells), `json`, `ndjson` or `xlsx`.
    #[serde(default = "delimited")]
    pub format: String,
    /// The sheet of a workbook that was read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sheet: Option<String>,
    /// Character encoding, such as `utf-8`.
    pub encoding: String,
    /// The delimiter, as one character; empty where the format has none.
    pub delimiter: String,
    /// The character around cells that hold delimiters, where the text uses one; absent where the
    /// format has none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub quote: Option<String>,
    /// The character before a quote inside a quoted cell, where quotes are not doubled there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub escape: Option<String>,
    /// What ends lines: `lf`, `crlf`, `cr` or `mixed`; absent where the format has no lines.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line_end: Option<String>,
    /// How many header rows.
    pub header_rows: u32,
    /// The names of all sheets of a workbook that hold a table, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sheets: Vec<String>,
}

/// What a dialect is of, where a report of before does not say.
fn delimited() -> String {
    String::from("csv")
}

/// Every row in exactly one bucket: `read = used + Σ left_out`.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct RowCounts {
    /// Rows below the header.
    pub read: u64,
    /// Rows that at least one finding uses.
    pub used: u64,
    /// Rows that no finding uses, by reason.
    pub left_out: Vec<LeftOut>,
}

/// Rows left out for one reason.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct LeftOut {
    /// Stable, `snake_case`.
    pub reason: String,
    /// How many rows.
    pub count: u64,
    /// The first of them (at most five), counted from 1 below the header.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sample_rows: Vec<u64>,
}

/// Cells of one column that cannot be read in its meaning. Holds no cell: `rows()` shows them.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FaultReport {
    /// The column's header.
    pub column: String,
    /// Stable, `snake_case`.
    pub code: String,
    /// How many cells.
    pub count: u64,
    /// What they should be, in words.
    pub expected: String,
    /// Where the first of them stand, at most five.
    pub sample: Vec<FaultPlace>,
}

/// Where a cell stands.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct FaultPlace {
    /// The row, counted from 1 below the header.
    pub row: u64,
    /// The line of the file on which the row begins, where that is known without reading again.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u64>,
}

/// What one column was taken for.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ColumnReport {
    /// The header cell as written.
    pub name: String,
    /// Its role, where it has one.
    pub role: Option<String>,
    /// For scores: what was asked (`nps`, `csat`, …).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub question: Option<String>,
    /// For scores: the lowest and highest possible answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub scale: Option<(f64, f64)>,
    /// The unit of its numbers, where one is known: `seconds`, `minutes`, `hours`, `days`, `months`
    /// or `minor_units`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<ColumnUnit>,
    /// `text`, `integer`, `number`, `date`, `time`, `boolean` or `empty`.
    #[serde(rename = "type")]
    pub value_type: String,
    /// How sure the role is, 0 to 1; 1 where the user chose it.
    pub confidence: f64,
    /// Why it was taken for that, as a short sentence without cells.
    pub because: String,
    /// How its dates or numbers are written, where that matters.
    pub format: Option<String>,
    /// Cells that are empty or marked as missing.
    pub empty: u64,
    /// Cells that could not be read as the column's type.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub unreadable: u64,
    /// How many different values; absent where there are too many to count.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub distinct: Option<u64>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// Something that could not be decided. KPIs that depend on it are refused until it is.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Question {
    /// Stable: `date_order`, `decimal`, `missing_code`, `scale`, `direction`, `kind`, `role`, …
    pub code: String,
    /// The column it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<String>,
    /// For `role`: the role that one of several columns has; the choices are their headers.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub role: Option<String>,
    /// The possible answers, as the mapping takes them.
    pub choices: Vec<String>,
    /// How many cells it concerns.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub count: Option<u64>,
    /// The question as a sentence a person reads.
    pub asks: String,
    /// Why we ask, as a sentence.
    pub because: String,
    /// The answer that the rest of the table speaks for; nothing follows it unasked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub suggested: Option<Suggestion>,
    /// Ids of the KPIs that wait for the answer.
    pub affects: Vec<String>,
}

/// An answer that is likely, and why.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Suggestion {
    /// One of the question's choices.
    pub choice: String,
    /// Why, as a sentence.
    pub because: String,
}

impl Question {
    /// A question about a column, without its sentences yet.
    pub fn about(code: &str, column: &str, choices: Vec<String>) -> Self {
        Self {
            code: code.to_owned(),
            column: Some(column.to_owned()),
            role: None,
            choices,
            count: None,
            asks: String::new(),
            because: String::new(),
            suggested: None,
            affects: Vec::new(),
        }
    }
}

/// Whether a finding has a value.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It has a value.
    Ok,
    /// It is refused; see [`Finding::refusal`].
    Refused,
}

/// One KPI of one table.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Finding {
    /// The KPI's id.
    pub kpi: String,
    /// The rule in force.
    pub variant: String,
    /// The edition of the definition; it grows when a number changes.
    pub edition: u32,
    /// The table it comes from.
    pub table: String,
    /// The score column, where several columns hold scores.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<String>,
    /// In a long survey, where one column holds the answers to several questions: the question.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub question: Option<String>,
    /// Whether it has a value.
    pub status: Status,
    /// Why not, and what to do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refusal: Option<Refusal>,
    /// The currencies of its rows, the most frequent first, where there are several and it is
    /// refused for that: an exchange rate is wanted for all but one of them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub currencies: Vec<String>,
    /// The unit of every value here.
    pub unit: Unit,
    /// The figure; absent when refused.
    pub value: Option<f64>,
    /// How many rows, customers or users it rests on.
    pub n: Option<u64>,
    /// How many there are of each kind that the figure counts: with and without, or promoters,
    /// passives and detractors; empty for a figure of another form.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub counts: Vec<u64>,
    /// How far chance alone may move it.
    pub interval: Option<Interval>,
    /// Every term of the formula, by name.
    pub parts: Parts,
    /// What it covers; absent where the table has no dates.
    pub period: Option<Period>,
    /// The period before, and whether the change is real.
    pub previous: Option<Previous>,
    /// One point a calendar unit.
    pub series: Vec<SeriesPoint>,
    /// One entry a value of the segment column, where asked for.
    pub segments: Vec<SegmentPoint>,
    /// The same rows under the other rules.
    pub variants: Vec<VariantValue>,
    /// What must be known beside the figure: what it leaves out, where it was cut. They stand among
    /// the notes of the report too.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub notes: Vec<Note>,
    /// How wide the interval is, and how many cases a narrower one takes; absent without interval.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub precision: Option<Precision>,
    /// The user's target, where set.
    pub target: Option<TargetReport>,
    /// Published figures that match the definition.
    pub benchmarks: Vec<Benchmark>,
    /// Rows of the table that other findings use and this one does not.
    pub left_out: Vec<LeftOut>,
    /// The KPI's own picture (distribution, bridge, …), as data.
    pub chart: Option<ChartSpec>,
    /// What was added and lost in each unit of time, for figures that are such a sum or its state.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub movements: Option<ChartSpec>,
    /// The share of customers who are still there, by their time as customers.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub curve: Vec<CurvePoint>,
    /// Of those who reached an age in whole months, the share lost within the month that follows:
    /// `at` is the age, `value` the share with its Wilson interval.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub hazard: Vec<CurvePoint>,
    /// Whether the segments keep their customers equally long.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub log_rank: Option<LogRankReport>,
    /// Customers by the month in which they began.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub cohorts: Vec<Cohort>,
    /// What people say on each side of the answers; absent where no column holds comments.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reasons: Option<Box<Reasons>>,
    /// The measures that a score is made of.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub measures: Vec<MeasureReport>,
    /// What could be a measure of the score besides.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub offered_measures: Vec<OfferedMeasure>,
}

/// The log-rank test of the segments' curves.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct LogRankReport {
    /// Chi-squared.
    pub statistic: f64,
    /// Degrees of freedom: the segments compared, less one.
    pub degrees: u32,
    /// How often chance alone makes the segments differ at least as much.
    pub p_value: f64,
    /// How many segments were compared.
    pub segments: u32,
}

/// One step of a survival curve (Kaplan and Meier, log(−log) interval).
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Months as a customer.
    pub at: f64,
    /// Share who are still customers after that time.
    pub value: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// Customers under observation just before.
    pub at_risk: u64,
    /// Customers lost at that time.
    pub events: u64,
}

/// The customers, or the users, who began in one month, and what became of them.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Cohort {
    /// The first day of the month.
    pub start: Date,
    /// How many customers.
    pub customers: u64,
    /// What they paid at the end of that month, where amounts are known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub revenue: Option<f64>,
    /// Share of the customers who pay at the end of each month from the first on, or of the users
    /// who come in it; it ends with the last whole month.
    pub customers_kept: Vec<f64>,
    /// What they pay then ÷ what they paid at the end of the first month.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub revenue_kept: Vec<f64>,
}

/// An interval and how it was made.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Coverage, such as 0.95.
    pub level: f64,
    /// The method by its name, such as `Wilson score`.
    pub method: String,
}

/// The named terms of a formula, in the formula's order. Written as a JSON object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts(pub Vec<(String, f64)>);

impl Parts {
    /// The term of this name.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| *v)
    }
}

impl Serialize for Parts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Parts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Parts;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object of numbers")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Parts, M::Error> {
                let mut parts = Parts::default();
                while let Some(entry) = map.next_entry()? {
                    parts.0.push(entry);
                }
                Ok(parts)
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// Whether a change is more than chance would make.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Chance alone would rarely (less than 1 time in 20) make a change this large.
    Real,
    /// Chance alone could well make it.
    CouldBeNoise,
    /// Too few rows to say.
    TooLittleData,
}

/// The period before.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Previous {
    /// Its value.
    pub value: f64,
    /// Its n.
    pub n: Option<u64>,
    /// As those of the finding.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub counts: Vec<u64>,
    /// What it covers.
    pub period: Period,
    /// Value now minus value then.
    pub change: f64,
    /// 95 % interval of the change, where one can be given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub change_interval: Option<(f64, f64)>,
    /// How often chance alone would make a change at least this large; absent for exact sums.
    pub p_value: Option<f64>,
    /// The test that gives the p-value; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub test: Option<String>,
    /// Whether the change is real.
    pub verdict: Verdict,
}

/// The figure of one calendar unit.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SeriesPoint {
    /// First day of the unit.
    pub start: Date,
    /// The figure; absent where it is undefined in that unit.
    pub value: Option<f64>,
    /// Its n.
    pub n: Option<u64>,
    /// As those of the finding.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub counts: Vec<u64>,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
    /// The unit is not over at `as_of`, or began before the data did.
    pub partial: bool,
}

/// The figure of one segment.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SegmentPoint {
    /// The segment column.
    pub by: String,
    /// The segment's value as written; empty where the cell is empty.
    pub is: String,
    /// The figure; absent where it is undefined for the segment.
    pub value: Option<f64>,
    /// Its n.
    pub n: Option<u64>,
    /// As those of the finding.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub counts: Vec<u64>,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
    /// How often chance alone would make one of so many segments differ this much from the others
    /// together (Holm); absent where it is not compared.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub p_value: Option<f64>,
    /// The test of one segment against the others, before it is known how many are compared.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub test: Option<String>,
    /// Whether it differs from the others by more than chance.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub verdict: Option<Verdict>,
    /// Why it is not compared with the others; absent where it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub not_compared: Option<Refusal>,
    /// How long its customers stay, for the segments with the most rows.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub curve: Vec<CurvePoint>,
    /// The user's target for this segment, where set.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub target: Option<TargetReport>,
}

/// The figure under another rule.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct VariantValue {
    /// The rule's id.
    pub variant: String,
    /// The figure; absent where the rule gives none.
    pub value: Option<f64>,
    /// The unit of the figure where that is not the finding's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<Unit>,
    /// Why the rule gives none on these rows.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refusal: Option<Refusal>,
    /// The way from the rule in force to this one. The figure after the last step is this one's.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub bridge: Vec<BridgeStep>,
}

/// One step of the way from a rule to another.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct BridgeStep {
    /// Who or what makes the difference, as a short phrase.
    pub says: String,
    /// How many customers.
    pub customers: u64,
    /// What they add to the numerator, in heads or money; absent where the step is no sum.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub numerator: Option<f64>,
    /// What they add to the denominator; absent for amounts, and where the step is no sum.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub denominator: Option<f64>,
    /// The figure after this step; absent while it is undefined.
    pub value: Option<f64>,
    /// How many rows of the table are behind it.
    pub rows: u64,
    /// The first of them (at most five), counted from 1 below the header.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sample_rows: Vec<u64>,
}

/// How precise a figure is, and what a wanted precision takes.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Precision {
    /// Half the width of the interval.
    pub margin: f64,
    /// Half the width that is wanted: chosen, else half of `margin`.
    pub wanted: f64,
    /// Whether the wanted width was chosen.
    pub chosen: bool,
    /// How many cases like these give it: answers, tickets, customers, whatever `n` counts. Absent
    /// where no number does.
    pub needed: Option<u64>,
}

/// The user's target.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct TargetReport {
    /// The wanted figure.
    pub value: f64,
    /// Whether it is met, in the direction that is better; absent while the interval spans it.
    pub met: Option<bool>,
    /// What the rest of the calendar year must bring.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rest_of_year: Option<RestOfYear>,
    /// Why that cannot be told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refusal: Option<Refusal>,
}

/// What the months that are left of a year must bring for the year to meet a target.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct RestOfYear {
    /// The calendar year in which the year begins in which the last day that counts lies.
    pub year: i32,
    /// The month in which it begins, 2 to 12; absent for a calendar year.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub begins: Option<u32>,
    /// How the figure of a year comes from those of its months.
    pub way: RestWay,
    /// What is wanted of the year: the target; for sums as often as its period fits into a year.
    pub wanted: f64,
    /// Months of the year that are over.
    pub months_done: u32,
    /// Months that are left, one that has begun among them.
    pub months_left: u32,
    /// The sum, or the rate, of the months that are over; for a level where it stands. Absent where
    /// none is over.
    pub so_far: Option<f64>,
    /// For a rate: its denominator, or n, over the months that are over.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub weight_so_far: Option<f64>,
    /// For a rate: what is assumed of each month that is left, the mean of the last months.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub weight_a_month: Option<f64>,
    /// What each month that is left must bring on average: a part of the sum, a rate, or for a level
    /// how much it must rise; absent where none is left.
    pub needed: Option<f64>,
    /// Whether that can be.
    pub outcome: RestOutcome,
}

/// How the figure of a year comes from those of its months.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RestWay {
    /// It is their sum.
    Sum,
    /// It is their mean, each month by its weight.
    Rate,
    /// It is that of the last month.
    Level,
}

/// Whether a target of the year can still be met.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RestOutcome {
    /// It is met if the months that are left bring what is needed.
    Needed,
    /// It is met whatever they bring.
    Secured,
    /// It is missed whatever they bring.
    OutOfReach,
    /// The year is over, and it was met.
    Met,
    /// The year is over, and it was missed.
    Missed,
}

/// A published figure whose definition matches.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Benchmark {
    /// The figure.
    pub value: f64,
    /// Whose figure, of when.
    pub source: String,
    /// The year it speaks of.
    pub year: u32,
    /// `median`, `mean`, `top_quartile`, `total` or `advice`.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub statistic: String,
    /// Of whom.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub segment: String,
    /// How many it rests on, where the publisher says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub n: Option<u32>,
}

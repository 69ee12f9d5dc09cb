//! What the user or an embedder chose. Nothing here holds data of a table.

mod cards;
mod joining;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::base::{Date, PeriodUnit};
pub use cards::CardChoice;
pub use joining::{JoinKey, JoiningChoice};

/// Choices for one run. Every field may be left out; the defaults are those of the manual.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// The last day that counts; absent: the last date in the data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    /// `UTC` (default), an offset such as `+02:00`, or the name of a zone such as `Europe/Berlin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// The hours in which somebody works; absent: figures in business hours are refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarChoice>,
    /// ISO 4217 code of the money, where no column says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// What one unit of another currency is worth in `currency`, by ISO 4217 code. Without it, money
    /// in several currencies is never added up.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub exchange_rates: BTreeMap<String, f64>,
    /// How numbers and dates are written for the reader; the engine ignores it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// What a figure covers; absent: each KPI's own default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<PeriodChoice>,
    /// What it is compared with; absent: the period before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compare: Option<Compare>,
    /// A column by which figures are split, `column` or `table.column`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
    /// Only rows whose cell is one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub filter: Vec<Filter>,
    /// Ids of the wanted KPIs; empty: all that the data support.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kpis: Vec<String>,
    /// KPI id → rule id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub variants: BTreeMap<String, String>,
    /// Parameters of KPIs by name, such as `customer_satisfaction_score.satisfied_from`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub settings: BTreeMap<String, Value>,
    /// Which KPIs come first: an id of a business type; absent: what the tables tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub business_type: Option<String>,
    /// The month, 1 to 12, in which the year begins of which targets are told what the rest must
    /// bring; absent: January.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year_starts: Option<u32>,
    /// KPI id → wanted figure, alone or with those of the year and of segments.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub targets: BTreeMap<String, TargetChoice>,
    /// KPI id → half the width that its interval should have, in the KPI's unit.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub precision: BTreeMap<String, f64>,
    /// Table name → what its columns mean.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub mapping: BTreeMap<String, TableMapping>,
    /// How tables that speak of the same customers are joined.
    #[serde(skip_serializing_if = "JoiningChoice::is_empty")]
    pub joins: JoiningChoice,
    /// Which cards are shown, and in which order; the engine ignores it.
    #[serde(skip_serializing_if = "CardChoice::is_empty")]
    pub cards: CardChoice,
    /// A saved set of the other fields; what is given beside it wins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipe: Option<Box<Recipe>>,
}

impl Options {
    /// The choices with those of the recipe filled in; what stands beside the recipe wins.
    #[must_use]
    pub fn resolved(mut self) -> Self {
        let Some(recipe) = self.recipe.take() else {
            return self;
        };
        let saved = recipe.options.resolved();
        Self {
            as_of: self.as_of.or(saved.as_of),
            timezone: self.timezone.or(saved.timezone),
            calendar: self.calendar.or(saved.calendar),
            currency: self.currency.or(saved.currency),
            exchange_rates: joined(saved.exchange_rates, self.exchange_rates),
            locale: self.locale.or(saved.locale),
            period: self.period.or(saved.period),
            compare: self.compare.or(saved.compare),
            segment: self.segment.or(saved.segment),
            filter: if self.filter.is_empty() {
                saved.filter
            } else {
                self.filter
            },
            kpis: if self.kpis.is_empty() {
                saved.kpis
            } else {
                self.kpis
            },
            variants: joined(saved.variants, self.variants),
            settings: joined(saved.settings, self.settings),
            business_type: self.business_type.or(saved.business_type),
            year_starts: self.year_starts.or(saved.year_starts),
            targets: joined(saved.targets, self.targets),
            precision: joined(saved.precision, self.precision),
            mapping: TableMapping::laid_over(saved.mapping, self.mapping),
            joins: if self.joins.is_empty() {
                saved.joins
            } else {
                self.joins
            },
            cards: if self.cards.is_empty() {
                saved.cards
            } else {
                self.cards
            },
            recipe: None,
        }
    }
}

/// What is wanted of a KPI, in its unit.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
pub enum TargetChoice {
    /// Of the figure.
    Figure(f64),
    /// Of the figure, of the year and of segments.
    Parts(TargetParts),
}

/// What is wanted of a figure, of its year and of segments.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct TargetParts {
    /// Of the figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Of the calendar year; absent: what follows from `value`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<f64>,
    /// Of segments, by their value as written.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub segments: BTreeMap<String, f64>,
}

impl TargetChoice {
    /// What is wanted of the figure.
    pub const fn value(&self) -> Option<f64> {
        match self {
            Self::Figure(value) => Some(*value),
            Self::Parts(parts) => parts.value,
        }
    }

    /// What is wanted of the year, where that was said.
    pub const fn year(&self) -> Option<f64> {
        match self {
            Self::Figure(_) => None,
            Self::Parts(parts) => parts.year,
        }
    }

    /// What is wanted of a segment, blanks at the ends ignored.
    pub fn of_segment(&self, is: &str) -> Option<f64> {
        let Self::Parts(parts) = self else {
            return None;
        };
        let mut segments = parts.segments.iter();
        let own = segments.find(|(name, _)| name.trim() == is.trim());
        own.map(|(_, wanted)| *wanted)
    }

    /// The same with another figure wanted, or none; absent where nothing is left.
    pub fn with_value(before: Option<Self>, value: Option<f64>) -> Option<Self> {
        match (before, value) {
            (Some(Self::Parts(parts)), value) => {
                let parts = TargetParts { value, ..parts };
                (parts != TargetParts::default()).then_some(Self::Parts(parts))
            }
            (_, value) => value.map(Self::Figure),
        }
    }
}

/// Both maps in one; the second wins.
fn joined<V>(mut first: BTreeMap<String, V>, second: BTreeMap<String, V>) -> BTreeMap<String, V> {
    first.extend(second);
    first
}

/// Choices saved for another day. Holds no data.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Recipe {
    /// The version of the recipe's shape: 1.
    pub recipe: u32,
    /// The choices.
    pub options: Options,
}

/// The hours of a week in which somebody works.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct CalendarChoice {
    /// Day (`mon` to `sun`) → stretches of working time, each its beginning and its end as `HH:MM`;
    /// `24:00` is the end of the day. Days that are left out are free.
    pub days: BTreeMap<String, Vec<(String, String)>>,
    /// Days on which nobody works.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Date>,
    /// Whose clocks the hours are read from, as `timezone` of the options takes it; absent: the
    /// zone of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
}

/// What a figure covers.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodChoice {
    /// The calendar unit.
    pub unit: PeriodUnit,
    /// How many of them; absent: 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub count: Option<u32>,
}

/// Periods that are asked for most, the most frequent first.
pub const USUAL_PERIODS: [PeriodChoice; 6] = [
    PeriodChoice::of(PeriodUnit::Month, 1),
    PeriodChoice::of(PeriodUnit::Quarter, 1),
    PeriodChoice::of(PeriodUnit::Month, 12),
    PeriodChoice::of(PeriodUnit::Year, 1),
    PeriodChoice::of(PeriodUnit::Month, 6),
    PeriodChoice::of(PeriodUnit::Week, 1),
];

impl PeriodChoice {
    /// The last so many whole units.
    pub const fn of(unit: PeriodUnit, count: u32) -> Self {
        Self {
            unit,
            count: Some(count),
        }
    }
}

/// What a figure is compared with.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// The period just before.
    Previous,
    /// The same period a year before.
    YearBefore,
    /// Nothing.
    None,
}

/// Only rows whose cell in `column` is one of `is`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// `column` or `table.column`.
    pub column: String,
    /// The values kept, as written in the file.
    pub is: Vec<String>,
}

/// One or several of something.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl OneOrMany {
    /// All of them.
    pub fn all(&self) -> Vec<&str> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many.iter().map(String::as_str).collect(),
        }
    }
}

/// Which number or word stands for "no answer".
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
pub enum MissingCode {
    /// A number, compared by value.
    Number(f64),
    /// A text, compared as written, blanks at the ends ignored.
    Text(String),
}

/// What the columns of one table mean. Fields left out are detected.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct TableMapping {
    /// The kind of table, or several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<OneOrMany>,
    /// Header cell → role, full description, or null for no role.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, Option<ColumnChoice>>,
    /// `day_first`, `month_first` or `year_first`, for all columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// `.` or `,`, for all columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<Decimal>,
    /// Codes for "no answer", for all columns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingCode>,
    /// Which sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Line of the header, from 1; 0: no header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u32>,
    /// The character encoding, such as `utf-8`, `windows-1252` or `shift_jis`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The one character between cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
    /// The month of the first of several columns `M1`, `M2`, …: `YYYY-MM`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_month: Option<String>,
}

impl TableMapping {
    /// What is said of the same table, joined; the second wins.
    fn laid_over(
        mut under: BTreeMap<String, Self>,
        over: BTreeMap<String, Self>,
    ) -> BTreeMap<String, Self> {
        for (name, over) in over {
            let under = under.entry(name).or_default();
            under.kind = over.kind.or(under.kind.take());
            under.columns.extend(over.columns);
            under.date_order = over.date_order.or(under.date_order);
            under.decimal = over.decimal.or(under.decimal);
            if !over.missing.is_empty() {
                under.missing = over.missing;
            }
            under.sheet = over.sheet.or(under.sheet.take());
            under.header_row = over.header_row.or(under.header_row);
            under.encoding = over.encoding.or(under.encoding.take());
            under.delimiter = over.delimiter.or(under.delimiter.take());
            under.first_month = over.first_month.or(under.first_month.take());
        }
        under
    }
}

/// A role alone, or with details.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ColumnChoice {
    /// The role's id.
    Role(String),
    /// The role with details.
    Use(ColumnUse),
}

/// What one column means, in full.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ColumnUse {
    /// The role's id.
    pub role: String,
    /// For scores: `nps`, `csat`, `ces`, `rating` or `engagement`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// For scores: the lowest and highest possible answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<(f64, f64)>,
    /// For scores: which end is good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Codes for "no answer".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingCode>,
    /// Words that mean yes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub yes: Vec<String>,
    /// Words that mean no.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub no: Vec<String>,
    /// The unit of durations or money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<ColumnUnit>,
    /// `day_first`, `month_first` or `year_first`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// `.` or `,`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<Decimal>,
    /// For durations: whether `12:30` is `hours_minutes` or `minutes_seconds`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockForm>,
}

/// Which end of a scale is good.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The high end.
    HighIsGood,
    /// The low end.
    LowIsGood,
}

/// The unit in which a column's numbers are written.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnUnit {
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// Months.
    Months,
    /// Years.
    Years,
    /// The smallest units of a currency, such as cents.
    MinorUnits,
    /// For dates: days of a workbook whose calendar begins in 1904.
    #[serde(rename = "days_since_1904")]
    DaysSince1904,
}

/// Which of the numbers in a date is the day.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 03/04 is the third of April.
    DayFirst,
    /// 03/04 is the fourth of March.
    MonthFirst,
    /// 24/03/04 is the fourth of March of 2024.
    YearFirst,
}

/// The decimal mark.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Decimal {
    /// 1,234.5
    #[serde(rename = ".")]
    Point,
    /// 1.234,5
    #[serde(rename = ",")]
    Comma,
}

/// What two numbers with a colon count in a column of durations.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockForm {
    /// 12:30 is twelve and a half hours.
    HoursMinutes,
    /// 12:30 is twelve and a half minutes.
    MinutesSeconds,
}

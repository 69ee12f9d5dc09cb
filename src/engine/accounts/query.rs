//! The question about accounts and its answer. Plain data; both cross between page and worker.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::figure::FigureUnit;
use crate::engine::base::Date;
use crate::engine::options::{Direction, Filter};
use crate::engine::report::AccountResult;

/// The most accounts of one answer.
pub const MOST_ACCOUNTS: u32 = 200;

/// Which accounts are asked for. What is absent does not narrow.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct AccountsQuery {
    /// By what they are ordered: a figure's id, an attribute's header, `customer` or `name`; absent:
    /// the order of the list. Accounts without a value come last, whichever way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// The highest first.
    pub descending: bool,
    /// Only accounts whose id or name holds this, capitals aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// Only accounts that a figure of `across` speaks of, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// Only accounts whose attribute is one of these words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub filter: Vec<Filter>,
    /// Only accounts whose figures lie in these ranges.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<Range>,
    /// How many of these accounts to pass over first.
    pub from: u32,
    /// How many to give; absent or above 200: 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// A range of a figure, both ends included.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Range {
    /// The figure's id.
    pub figure: String,
    /// No lower than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// No higher than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
}

/// Some accounts.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct AccountsPage {
    /// The day as of which they are told.
    pub as_of: Option<Date>,
    /// The table that lists them.
    pub base: String,
    /// The figures, in the order of `accounts[].values`.
    pub figures: Vec<FigureAbout>,
    /// The attributes, in the order of `accounts[].attributes`.
    pub attributes: Vec<AttributeAbout>,
    /// How many accounts the question fits.
    pub total: u64,
    /// How many of them come before these.
    pub from: u64,
    /// The accounts.
    pub accounts: Vec<AccountRow>,
}

/// What a figure is.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FigureAbout {
    /// Stable, `snake_case`.
    pub id: String,
    /// What the page calls it.
    pub name: String,
    /// What it counts in.
    pub unit: FigureUnit,
    /// Which end is good.
    pub direction: Option<Direction>,
    /// The table behind it.
    pub table: String,
    /// Whether it is known as of any day.
    pub is_dated: bool,
    /// How many accounts have a value.
    pub known: u64,
}

/// What an attribute is.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AttributeAbout {
    /// Its header.
    pub name: String,
    /// The words that accounts have.
    pub words: Vec<String>,
}

/// One account in a list.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct AccountRow {
    /// Its id as written.
    pub customer: String,
    /// Its name, where a column says it.
    pub name: Option<String>,
    /// Whether it is a customer; absent where no table says.
    pub is_customer: Option<bool>,
    /// A value a figure; absent where there is none.
    pub values: Vec<Option<f64>>,
    /// A word an attribute.
    pub attributes: Vec<String>,
    /// Its health with what each measure adds, where accounts are scored.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub health: Option<AccountResult>,
}

/// Which account, and what is to be supposed of it. Plain data.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct AccountQuery {
    /// Its id, as the list writes it.
    pub customer: String,
    /// Values that measures of its health are to be supposed to have, by the measure's name; nothing
    /// for a measure that it is to lack. The others stay as they are.
    pub suppose: BTreeMap<String, Option<f64>>,
}

/// One account with all that is known of it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct AccountPage {
    /// The account.
    pub account: AccountRow,
    /// Its health with what is supposed; absent where nothing is, or where it is not scored.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub supposed: Option<AccountResult>,
    /// Where the measures of its health come from, in the order of `account.health.contributions`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub measures: Vec<MeasureSource>,
    /// The figures, in the order of `account.values`.
    pub figures: Vec<FigureAbout>,
    /// The attributes, in the order of `account.attributes`.
    pub attributes: Vec<AttributeAbout>,
    /// The tables that speak of it, with how many of their rows do.
    pub tables: Vec<AccountTable>,
    /// What happened, the latest first, at most 200.
    pub timeline: Vec<Moment>,
    /// How many moments there are.
    pub moments: u64,
}

/// Where a measure comes from, and between which values its points change.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct MeasureSource {
    /// The table whose rows tell it.
    pub table: String,
    /// The figure of the accounts that it is; absent where it is a column of the list.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub figure: Option<String>,
    /// The lowest and the highest value between which points change; absent where there are no two.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub span: Option<(f64, f64)>,
}

/// A table that speaks of an account.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AccountTable {
    /// Its name.
    pub table: String,
    /// How many of its rows.
    pub rows: u64,
}

/// Something that happened to an account.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// The table.
    pub table: String,
    /// Its row, from 1; the first of several.
    pub row: u64,
    /// Stable, `snake_case`: `answered`, `ticket_opened`, `ticket_solved`, `began`, `ended`,
    /// `renewal_due`, `changed`, `ordered`, `used`.
    pub event: String,
    /// What the cells say of it, short.
    pub says: String,
    /// How many rows are taken together.
    pub rows: u64,
}

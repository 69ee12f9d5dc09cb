//! What the user decides about tables that speak of the same customers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How tables are joined. What is left out is decided by the tables.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct JoiningChoice {
    /// The table whose customers are the accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accounts: Option<String>,
    /// Table name → by what it may be matched; an empty list keeps the table by itself.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub keys: BTreeMap<String, Vec<JoinKey>>,
    /// Suggested pairs that the user has confirmed, by their ids in the report. An id is made of
    /// both names and does not tell them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub confirmed: Vec<String>,
}

impl JoiningChoice {
    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// By what rows are matched with accounts.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JoinKey {
    /// The customer's number or id.
    Customer,
    /// An e-mail address that stands with the account.
    Email,
    /// The domain of an e-mail address or a website.
    Domain,
    /// The customer's name.
    Name,
}

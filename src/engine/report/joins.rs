//! How tables were joined, as the report tells it.

use serde::{Deserialize, Serialize};

use crate::engine::options::JoinKey;

/// How the tables were joined.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct JoinsReport {
    /// The table whose customers are the accounts.
    pub base: String,
    /// How many accounts there are.
    pub accounts: u64,
    /// One a table beside it that names customers in some way.
    pub tables: Vec<JoinReport>,
    /// Accounts that may be one and the same, the surest first, at most 50.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub same: Vec<JoinSuggestion>,
    /// How many accounts have a name or a domain that another account has too.
    pub alike: u64,
}

/// How one table was joined.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct JoinReport {
    /// The table.
    pub table: String,
    /// Its rows.
    pub rows: u64,
    /// Rows that belong to an account.
    pub matched_rows: u64,
    /// Accounts with at least one row.
    pub accounts: u64,
    /// The most rows of one account.
    pub most_rows: u64,
    /// By what they were matched; a row counts once.
    pub by: Vec<JoinedBy>,
    /// Rows that name a customer who is no account.
    pub unmatched_rows: u64,
    /// Rows whose key stands with several accounts, so that none was taken.
    pub ambiguous_rows: u64,
    /// Rows that name nobody.
    pub empty_rows: u64,
    /// Ids that are equal to those of accounts and too few of all to be believed: plain numbers may
    /// number other things. None was taken.
    pub too_few: u64,
    /// Names that are nearly those of accounts, the most alike first, at most 50. None is taken
    /// until it is confirmed.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub suggestions: Vec<JoinSuggestion>,
    /// How many there are.
    pub suggested: u64,
}

/// One key by which rows were matched.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct JoinedBy {
    /// The key.
    pub key: JoinKey,
    /// How equal the two had to be.
    pub form: JoinForm,
    /// The column of this table.
    pub column: String,
    /// Rows matched by it.
    pub rows: u64,
    /// Different values of the column that were matched.
    pub values: u64,
}

/// How equal two keys had to be.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JoinForm {
    /// Equal as written, blanks around aside.
    Exact,
    /// Equal but for capitals, accents, marks, leading zeros and legal forms.
    Normalised,
    /// Alike, and confirmed by the user.
    Confirmed,
}

/// Two names that may mean the same account.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct JoinSuggestion {
    /// What to put among the confirmed ones.
    pub id: String,
    /// As written here.
    pub one: String,
    /// The account's.
    pub other: String,
    /// How much alike they are, from 0 to 1.
    pub likeness: f64,
    /// Rows that it would join.
    pub rows: u64,
    /// Whether it is confirmed.
    pub confirmed: bool,
}

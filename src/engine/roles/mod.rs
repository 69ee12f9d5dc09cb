//! Roles: what each column means.
//!
//! Takes: a typed table and the user's choices. Gives: a mapping with confidence and reason.
//! Never: knows a KPI; decides silently what cannot be decided.

use serde::{Deserialize, Serialize};

/// A role as the page offers it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RoleReport {
    /// Its id, as the mapping takes it.
    pub id: String,
    /// Its plain name, such as "Response score".
    pub name: String,
    /// Ids of the kinds of table that use it; empty for all.
    pub kinds: Vec<String>,
}

/// All roles as data.
pub fn catalogue() -> Vec<RoleReport> {
    Vec::new()
}

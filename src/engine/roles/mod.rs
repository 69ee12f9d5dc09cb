//! Roles: what each column means.
//!
//! Takes: a typed table and the user's choices. Gives: a [`Mapping`] with confidence and reason.
//! Never: knows a KPI; decides silently what cannot be decided.
//! Start at [`detect::understand`]. Tests sit beside the code.

pub mod amounts_of_today;
pub mod answer_rows;
pub mod asked;
pub mod assign;
pub mod because;
pub mod choose;
pub mod clock_form;
pub mod detect;
pub mod exports;
pub mod graded;
pub mod job_status;
pub mod kind;
pub mod long_form;
pub mod mapping;
pub mod measures;
pub mod needs;
mod results;
pub mod role;
pub mod scale;
pub mod seen;
pub mod settle;
pub mod suggest;
pub mod synonyms;
pub mod ties;
pub mod unnamed_score;
pub mod vocabulary;
pub mod whole_contracts;
pub mod written_scale;
pub mod yes_no;

use serde::{Deserialize, Serialize};

pub use kind::Kind;
pub use mapping::{Asked, Mapping, Meaning, ScoreQuestion};
pub use role::{Nature, Role};

/// A role as the page offers it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RoleReport {
    /// Its id, as the mapping takes it.
    pub id: String,
    /// Its plain name, such as "Answer on a scale".
    pub name: String,
    /// Ids of the kinds of table that use it; empty for all.
    pub kinds: Vec<String>,
}

/// All roles as data.
pub fn catalogue() -> Vec<RoleReport> {
    Role::ALL
        .iter()
        .map(|role| RoleReport {
            id: role.id().to_owned(),
            name: role.name().to_owned(),
            kinds: Kind::ALL
                .into_iter()
                .filter(|kind| synonyms::of(*kind).iter().any(|entry| entry.role == *role))
                .map(|kind| kind.id().to_owned())
                .collect(),
        })
        .collect()
}

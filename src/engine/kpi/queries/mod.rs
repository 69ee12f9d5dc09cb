//! Queries: how each rule of each KPI is told as SQL, or why it is not.
//!
//! Takes: a KPI, a rule, the facts that it rests on, and a table as a source. Gives: a plan, or a
//! reason. Never: knows a dialect, a cell or a figure.
//! Start at [`plan`]. The plans of a family stand in its folder, in `sql.rs`. Tests:
//! `tests/sql_queries.rs`, and `tests/sql/`, which runs them.

pub mod counted;
pub mod ledger;
pub mod listed;
pub mod movements;
pub mod parts;
pub mod purchases;
pub mod stretches;
pub mod subscribed;
pub mod yearly;

use super::definition::{Kpi, Need, Rule};
use super::scope::Basis;
use super::{business, retention, revenue, support, survey, usage, value};
use crate::engine::roles::{Asked, Role};
use crate::engine::sql::{Plan, Source, Why};

/// Which rows of which table a rule is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The KPI.
    pub kpi: &'static Kpi,
    /// The rule.
    pub rule: &'static Rule,
    /// What the table must hold.
    pub need: &'static Need,
    /// The table.
    pub source: &'a Source<'a>,
    /// The column of answers, where there are several.
    pub column: Option<usize>,
    /// The question of a long survey.
    pub asked: Option<&'a Asked>,
    /// The role whose date places the rows in time.
    pub day: Option<Role>,
    /// The headline covers all rows, with or without a day.
    pub covers_everything: bool,
}

impl Question<'_> {
    /// The facts that the rule rests on: those of the need, or the same placed by another date.
    ///
    /// # Errors
    /// Where the rule has no formula for them.
    pub fn basis(&self) -> Result<Basis, Why> {
        let own = self.need.basis;
        let applies = |basis: &Basis| self.rule.estimates.iter().any(|(of, _)| of == basis);
        [Some(own), own.dated_otherwise()]
            .into_iter()
            .flatten()
            .find(applies)
            .ok_or(Why::NeedsColumn)
    }

    /// A parameter of the KPI that is a number.
    pub fn setting(&self, name: &str) -> Option<f64> {
        self.source.setting(&format!("{}.{name}", self.kpi.id))
    }
}

/// How a rule is worked out in SQL.
///
/// # Errors
/// Why it is not.
pub fn plan(question: &Question<'_>) -> Result<Plan, Why> {
    question.source.is_plain()?;
    let basis = question.basis()?;
    match question.kpi.family {
        _ if basis == Basis::Typed => Err(Why::Typed),
        "survey" => survey::sql::plan(question, basis),
        "support" => support::sql::plan(question, basis),
        "usage" => usage::sql::plan(question, basis),
        "revenue" => revenue::sql::plan(question, basis),
        "retention" => retention::sql::plan(question, basis),
        "business" => business::sql::plan(question, basis),
        _ => value::sql::plan(question, basis),
    }
}

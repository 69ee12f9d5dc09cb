//! Value groups: which customers buy often and lately, which bring most of the revenue, and how much
//! of it rests on few.
//!
//! Takes: orders of known customers, or what customers pay a month. Gives: a score and a named
//! segment a customer, a value band, concentration, and the rows behind each group.
//! Never: adds two currencies; parts customers with equal values; gives a share of nothing.
//! Start at [`of_table`]; for a group a customer [`placed::place`]. Tests:
//! `tests/value_groups.rs`, and beside the code.

pub mod bands;
pub mod choices;
pub mod customers;
pub mod names;
pub mod placed;
pub mod scores;
mod told;

use super::base::{Date, Refusal};
use super::facts::{Facts, Ledger};
use super::report::CustomerGroups;
use super::roles::{Kind, Mapping, Role};
use super::row_set::RowSet;
use super::table::Table;
pub use choices::Choices;
use customers::{Customers, Source};

/// What there is of one table: the section of the report, and the rows behind each of its groups
/// by `orders/champions` and the like.
pub type Told = (CustomerGroups, Vec<(String, RowSet)>);

/// What a table holds about its customers' value.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The table.
    pub table: &'a Table,
    /// What it means.
    pub mapping: &'a Mapping,
    /// What it holds.
    pub facts: &'a Facts,
    /// Its ledger, where it has one.
    pub ledger: Option<&'a Ledger>,
    /// Marks of the rows that the filters keep; absent without filters.
    pub kept: Option<&'a [bool]>,
    /// The last day that counts.
    pub as_of: Option<Date>,
    /// How customers are to be grouped.
    pub choices: &'a Choices,
}

/// The groups of the customers of a table: by their orders, and by what they pay a month, as far as
/// it holds these.
pub fn of_table(asked: &Asked<'_>) -> Vec<Told> {
    let facts = asked.facts;
    let orders = match (&facts.histories, asked.as_of) {
        (Some(histories), Some(as_of)) => {
            let found = Customers::of_orders(histories, (asked.kept, as_of), asked.choices);
            Some(found)
        }
        _ => waits(asked).map(Err),
    };
    let recurring = match (asked.ledger, &facts.ledger, asked.as_of) {
        (Some(ledger), Some(rows), Some(as_of)) if ledger.has_amounts => {
            Some(Customers::of_ledger(ledger, rows, (asked.kept, as_of)))
        }
        _ => {
            let list = facts.account_revenue.as_ref();
            list.map(|list| Customers::of_list(list, asked.kept))
        }
    };
    let all = [(Source::Orders, orders), (Source::Recurring, recurring)];
    all.into_iter()
        .filter_map(|(source, found)| Some((source, found?)))
        .map(|(source, found)| told::tell(asked, source, found))
        .collect()
}

/// Why orders say nothing about their customers yet: a question about a needed column is open.
/// Nothing where a needed column is missing.
fn waits(asked: &Asked<'_>) -> Option<Refusal> {
    let mapping = asked.mapping;
    if !mapping.is(Kind::Order) {
        return None;
    }
    let needed = [Role::Customer, Role::OrderedAt, Role::Amount];
    let columns: Option<Vec<usize>> = needed.iter().map(|it| mapping.column_of(*it)).collect();
    let is_open = |column: &usize| {
        let meaning = mapping.columns.get(*column);
        meaning.is_some_and(|meaning| !meaning.open.is_empty())
    };
    let open = columns?.into_iter().find(is_open)?;
    let header = &asked.table.columns.get(open)?.name;
    Some(Refusal::new(
        "question_open",
        format!("A question about the column “{header}” is open, and the groups depend on it."),
        "Answer it on the check page.",
    ))
}

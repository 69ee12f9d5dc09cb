//! The accounts: which table lists them, and which of its rows speak of which.

use super::NOBODY;
use super::keys::{KeyColumn, Sort};
use super::same::{self, Alike};
use crate::engine::options::JoiningChoice;
use crate::engine::roles::{Kind, Mapping, Role};
use crate::engine::table::Table;

/// Kinds of tables whose customers can be the accounts, the best first.
const LISTS: &[Kind] = &[
    Kind::Account,
    Kind::Subscription,
    Kind::RevenueMonth,
    Kind::RevenueMovement,
    Kind::Renewal,
    Kind::Order,
];

/// The table whose customers are the accounts: the chosen one, else the first of the kind that
/// lists customers best. Absent where no table names customers.
pub fn base(tables: &[(&Table, &Mapping)], choice: &JoiningChoice) -> Option<usize> {
    let names = |place: usize| tables[place].1.column_of(Role::Customer).is_some();
    let chosen = choice.accounts.as_ref().and_then(|name| {
        let is_meant = |(table, _): &(&Table, &Mapping)| table.name == *name;
        tables
            .iter()
            .position(is_meant)
            .filter(|place| names(*place))
    });
    chosen.or_else(|| {
        LISTS.iter().find_map(|kind| {
            let fits = |place: &usize| tables[*place].1.is(*kind) && names(*place);
            (0..tables.len()).find(fits)
        })
    })
}

/// The accounts of the base table.
#[derive(Debug)]
pub struct Listed {
    /// The account of each row; [`NOBODY`] where the row names none.
    pub of_rows: Vec<u32>,
    /// The first row of each account.
    pub first_rows: Vec<u32>,
    /// Accounts that share a name or a domain.
    pub alike: Alike,
}

/// Numbers the accounts in the order of the table, those taken together that the user has confirmed
/// to be one.
pub fn listed(table: &Table, columns: &[KeyColumn<'_>], choice: &JoiningChoice) -> Listed {
    let own = columns
        .iter()
        .find(|it| it.is_customer && it.sort == Sort::Id);
    let mut of_rows = vec![NOBODY; table.rows as usize];
    let mut first_rows: Vec<u32> = Vec::new();
    if let Some(own) = own {
        let mut numbers = vec![NOBODY; own.keys.texts.len()];
        for (row, code) in own
            .keys
            .codes
            .iter()
            .enumerate()
            .filter(|(_, code)| **code != 0)
        {
            let number = &mut numbers[*code as usize];
            if *number == NOBODY {
                *number = first_rows.len() as u32;
                first_rows.push(row as u32);
            }
            of_rows[row] = *number;
        }
    }
    let alike = same::alike(columns, (&of_rows, &first_rows), &choice.confirmed);
    if alike.merges() {
        (of_rows, first_rows) = alike.merged(&of_rows, &first_rows);
    }
    Listed {
        of_rows,
        first_rows,
        alike,
    }
}

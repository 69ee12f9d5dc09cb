//! Words that are said of each account: plan, country and owner by the list, and the groups by value.

use crate::engine::joins::NOBODY;
use crate::engine::roles::{Mapping, Nature, Role};
use crate::engine::table::{Cells, Table};

/// So many columns are shown.
const MOST_COLUMNS: usize = 8;

/// A column with more different words than this parts accounts too finely.
const MOST_WORDS: usize = 200;

/// One column of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// Its header; of groups by value what they go by.
    pub name: String,
    /// The different cells; the first is empty.
    pub words: Vec<String>,
    /// The number of each account's word.
    pub of_accounts: Vec<u32>,
}

/// The columns of few words, by the first row of each account that says something.
pub fn read(table: &Table, mapping: &Mapping, of_rows: &[u32], accounts: usize) -> Vec<Attribute> {
    let mut found = Vec::new();
    for (place, column) in table.columns.iter().enumerate() {
        let role = mapping.columns[place].role;
        let is_word = role.is_none_or(|role| {
            matches!(role.nature(), Nature::Key | Nature::YesNo)
                && !matches!(role, Role::Customer | Role::Subscription | Role::Currency)
        });
        let Cells::Dictionary { texts, .. } = &column.cells else {
            continue;
        };
        if !is_word
            || !(3..=MOST_WORDS + 1).contains(&texts.len())
            || texts.len() >= accounts.max(4)
        {
            continue;
        }
        let keys = column.keys();
        let mut of_accounts = vec![0; accounts];
        for (account, code) in of_rows.iter().zip(keys.codes.iter()) {
            if *account != NOBODY && of_accounts[*account as usize] == 0 {
                of_accounts[*account as usize] = *code;
            }
        }
        found.push(Attribute {
            name: column.name.clone(),
            words: keys
                .texts
                .texts()
                .map(|word| word.trim().to_owned())
                .collect(),
            of_accounts,
        });
        if found.len() == MOST_COLUMNS {
            break;
        }
    }
    found
}

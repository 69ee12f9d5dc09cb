//! Words that are said of each account: plan, country and owner by the list, and the groups by value.

use crate::engine::joins::NOBODY;
use crate::engine::report::{CustomerGroup, CustomerGroups};
use crate::engine::roles::{Mapping, Nature, Role};
use crate::engine::row_set::RowSet;
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

/// The segment and the band of each account by its orders, or its band by what it pays.
///
/// `rows`: the rows behind each group, by what the groups go by and the group's id; `of_rows`: the
/// account of each row. An account of which no row is in a group has no word.
pub fn of_groups(
    groups: &CustomerGroups,
    rows: &[(String, RowSet)],
    of_rows: &[u32],
    accounts: usize,
) -> Vec<Attribute> {
    let by = if groups.of == "orders" {
        "orders"
    } else {
        "revenue"
    };
    let lists = [("Segment", &groups.segments), ("Band", &groups.bands)];
    let filled = lists.into_iter().filter(|(_, list)| !list.is_empty());
    filled
        .map(|(name, list)| {
            let mut words = vec![String::new()];
            let mut of_accounts = vec![0; accounts];
            for CustomerGroup { id, .. } in list {
                let key = format!("{}/{id}", groups.of);
                let own = rows.iter().find(|(named, _)| *named == key);
                let word = words.len() as u32;
                words.push(plain(id));
                for row in own.into_iter().flat_map(|(_, own)| own.iter()) {
                    if let Some(account) = of_rows.get(row as usize).filter(|it| **it != NOBODY) {
                        of_accounts[*account as usize] = word;
                    }
                }
            }
            Attribute {
                name: format!("{name} by {by}"),
                words,
                of_accounts,
            }
        })
        .collect()
}

/// "At risk" for `at_risk`.
fn plain(id: &str) -> String {
    let mut words = id.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

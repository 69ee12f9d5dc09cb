//! Groups of customers by value, as words beside the accounts.

use crate::engine::accounts::Attribute;
use crate::engine::joins::NOBODY;
use crate::engine::report::{CustomerGroup, CustomerGroups};
use crate::engine::row_set::RowSet;

/// The segment and the band of each account by its orders, or its band by what it pays.
///
/// `rows`: the rows behind each group, by what the groups go by and the group's id; `of_rows`: the
/// account of each row. An account of which no row is in a group has no word.
pub(super) fn of_groups(
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

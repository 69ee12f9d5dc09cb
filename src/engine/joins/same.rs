//! Accounts that may be one and the same: they share a name or a domain.

use super::keys::{KeyColumn, Sort};
use super::names::Name;
use super::{NOBODY, domains, pair_id};
use crate::engine::report::JoinSuggestion;

/// So many pairs are shown.
const SHOWN: usize = 50;

/// Accounts that are alike.
#[derive(Debug, Default)]
pub struct Alike {
    /// How many accounts share a name or a domain with another.
    pub count: u64,
    /// Pairs of such accounts: each with the first that it is like, the surest first.
    pub shown: Vec<JoinSuggestion>,
    /// Confirmed pairs: the later account and the one that it is.
    merged: Vec<(u32, u32)>,
}

impl Alike {
    /// Whether the user has confirmed any pair.
    pub fn merges(&self) -> bool {
        !self.merged.is_empty()
    }

    /// The accounts of rows and their first rows, with confirmed pairs taken together.
    pub fn merged(&self, of_rows: &[u32], first_rows: &[u32]) -> (Vec<u32>, Vec<u32>) {
        let mut of: Vec<u32> = (0..first_rows.len() as u32).collect();
        for (later, first) in &self.merged {
            // The first of a pair comes first, so it already stands for whom it is.
            of[*later as usize] = of[*first as usize];
        }
        let mut numbers = vec![NOBODY; of.len()];
        let mut left = Vec::new();
        for (account, is) in of.iter().enumerate() {
            if account as u32 == *is {
                numbers[account] = left.len() as u32;
                left.push(first_rows[account]);
            } else {
                numbers[account] = numbers[*is as usize];
            }
        }
        let number = |account: &u32| {
            if *account == NOBODY {
                NOBODY
            } else {
                numbers[*account as usize]
            }
        };
        (of_rows.iter().map(number).collect(), left)
    }
}

/// Looks for accounts that are alike.
pub(super) fn alike(
    columns: &[KeyColumn<'_>],
    (of_rows, first_rows): (&[u32], &[u32]),
    confirmed: &[String],
) -> Alike {
    let Some(own) = columns.iter().find(|it| it.is_customer) else {
        return Alike::default();
    };
    let mut traits: Vec<(String, u32)> = Vec::new();
    for column in columns {
        if column.sort == Sort::Id {
            continue;
        }
        let read: Vec<String> = column
            .keys
            .texts
            .texts()
            .map(|text| kept(column.sort, &text).unwrap_or_default())
            .collect();
        let seen = of_rows.iter().zip(column.keys.codes.iter());
        traits.extend(
            seen.filter(|(account, code)| **account != NOBODY && !read[**code as usize].is_empty())
                .map(|(account, code)| (read[*code as usize].clone(), *account)),
        );
    }
    traits.sort_unstable();
    traits.dedup();
    let id = |account: u32| {
        let row = first_rows[account as usize] as usize;
        own.keys.texts.text(own.keys.codes[row]).trim().to_owned()
    };
    let mut is_alike = vec![false; first_rows.len()];
    let mut found = Alike::default();
    let mut pairs: Vec<(u32, u32, String)> = Vec::new();
    for group in traits
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|group| group.len() > 1)
    {
        let first = group[0].1;
        for (shared, later) in group {
            is_alike[*later as usize] = true;
            if *later != first {
                pairs.push((*later, first, shared.clone()));
            }
        }
    }
    // A later account may be like several: it is told with the first of them.
    pairs.sort_unstable();
    pairs.dedup_by_key(|(later, _, _)| *later);
    for (later, first, _) in pairs {
        let (one, other) = (id(later), id(first));
        let pair = pair_id(&one, &other);
        let confirmed = confirmed.contains(&pair);
        if confirmed {
            found.merged.push((later, first));
        }
        if confirmed || found.shown.len() < SHOWN {
            found.shown.push(JoinSuggestion {
                id: pair,
                one,
                other,
                likeness: 1.0,
                rows: 0,
                confirmed,
            });
        }
    }
    found.count = is_alike.iter().filter(|it| **it).count() as u64;
    found
}

/// What of a cell two accounts must share to be alike; absent where it says nothing.
fn kept(sort: Sort, text: &str) -> Option<String> {
    match sort {
        Sort::Id => None,
        Sort::Name => Some(format!("name {}", Name::of(text).core)),
        Sort::Address | Sort::Website => domains::domain(text)
            .filter(|domain| !domains::is_shared(domain))
            .map(|domain| format!("domain {domain}")),
    }
}

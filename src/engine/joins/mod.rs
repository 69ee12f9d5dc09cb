//! Joins: which rows of which table speak of the same account.
//!
//! Takes: tables with their meanings, and what the user has decided. Gives: [`Joins`], the account
//! of every row, and how each table was matched. The surest key comes first: ids, e-mail addresses,
//! domains, names; exact before normalised. Names that are only alike are suggested and wait for
//! the user.
//! Never: takes one of several accounts; matches by a domain that anybody can have; matches without
//! saying so.
//! Start at [`join`]. Tests: `tests/joins.rs`.

pub mod accounts;
pub mod domains;
pub mod keys;
pub mod likeness;
pub mod matching;
pub mod names;
pub mod notes;
mod same;
mod suggest;

use crate::engine::options::{JoinKey, JoiningChoice};
use crate::engine::report::{JoinForm, JoinReport, JoinedBy, JoinsReport};
use crate::engine::roles::{Kind, Mapping};
use crate::engine::table::Table;
use keys::{KeyColumn, Sort};
use matching::{Known, LEVELS, Level};

/// Stands for "no account".
pub const NOBODY: u32 = u32::MAX;

/// Stands for "one of several accounts".
const SEVERAL: u32 = u32::MAX - 1;

/// The accounts, and the rows that speak of them.
#[derive(Clone, Debug, Default)]
pub struct Joins {
    /// The table whose customers are the accounts, by its place.
    pub base: usize,
    /// The first row of each account in the base table.
    pub first_rows: Vec<u32>,
    /// For each table the account of every row, [`NOBODY`] where none is known; absent where the
    /// table names nobody or is kept by itself.
    pub of_rows: Vec<Option<Vec<u32>>>,
    /// How the tables were joined.
    pub told: JoinsReport,
}

impl Joins {
    /// How many accounts there are.
    pub const fn accounts(&self) -> usize {
        self.first_rows.len()
    }
}

/// A table while it is matched.
struct Side<'a> {
    table: &'a Table,
    columns: Vec<KeyColumn<'a>>,
    /// Whether its rows may teach what an account is known by.
    teaches: bool,
    of_rows: Vec<u32>,
    by: Vec<JoinedBy>,
    /// The user says by what it is matched.
    chosen: bool,
    /// Ids that are equal and too few to be believed.
    few: u64,
}

/// Joins the tables; absent where none lists customers.
pub fn join(tables: &[(&Table, &Mapping)], choice: &JoiningChoice) -> Option<Joins> {
    let base = accounts::base(tables, choice)?;
    let mut sides: Vec<Side<'_>> = tables
        .iter()
        .map(|(table, mapping)| Side {
            columns: keys::of_table(table, mapping),
            table,
            teaches: teaches(mapping),
            of_rows: vec![NOBODY; table.rows as usize],
            by: Vec::new(),
            chosen: choice.keys.contains_key(&table.name),
            few: 0,
        })
        .collect();
    let listed = accounts::listed(sides[base].table, &sides[base].columns, choice);
    sides[base].of_rows = listed.of_rows;
    sides[base].teaches = true;
    for level in LEVELS {
        match_by(*level, base, &mut sides, choice);
    }
    let mut told = JoinsReport {
        base: sides[base].table.name.clone(),
        accounts: listed.first_rows.len() as u64,
        tables: Vec::new(),
        same: listed.alike.shown,
        alike: listed.alike.count,
    };
    let (left, right) = sides.split_at_mut(base);
    if let Some((base, right)) = right.split_first_mut() {
        for side in left.iter_mut().chain(right) {
            if side.columns.is_empty() {
                continue;
            }
            let wanted = allowed(choice, &side.table.name, JoinKey::Name);
            let suggested = if wanted {
                suggest::suggest(base, side, &choice.confirmed)
            } else {
                suggest::Suggested::default()
            };
            told.tables.push(report(side, suggested));
        }
    }
    Some(Joins {
        base,
        first_rows: listed.first_rows,
        of_rows: sides
            .into_iter()
            .map(|side| (!side.columns.is_empty()).then_some(side.of_rows))
            .collect(),
        told,
    })
}

/// Whether the table lists customers, so that what stands beside an id belongs to the customer.
fn teaches(mapping: &Mapping) -> bool {
    let lists = [
        Kind::Account,
        Kind::Subscription,
        Kind::RevenueMonth,
        Kind::Renewal,
    ];
    lists.into_iter().any(|kind| mapping.is(kind))
}

fn allowed(choice: &JoiningChoice, table: &str, key: JoinKey) -> bool {
    let keys = choice.keys.get(table);
    keys.is_none_or(|keys| keys.contains(&key))
}

/// Matches rows that have no account yet by one key.
fn match_by(level: Level, base: usize, sides: &mut [Side<'_>], choice: &JoiningChoice) {
    let is_wanted = |place: usize, side: &Side<'_>| {
        place != base
            && allowed(choice, &side.table.name, level.key)
            && side.columns.iter().any(|column| level.takes(column.sort))
    };
    if !sides
        .iter()
        .enumerate()
        .any(|(place, side)| is_wanted(place, side))
    {
        return;
    }
    let mut known = Known::new(level);
    for (place, side) in sides.iter().enumerate().filter(|(_, side)| side.teaches) {
        for column in side.columns.iter().filter(|it| level.takes(it.sort)) {
            // Further ids of other tables say nothing of the customer: they number other things.
            if column.sort == Sort::Id && place != base {
                continue;
            }
            known.learn(column, &side.of_rows);
        }
    }
    if known.is_empty() {
        return;
    }
    for (place, side) in sides.iter_mut().enumerate() {
        if !is_wanted(place, side) {
            continue;
        }
        for at in 0..side.columns.len() {
            if level.takes(side.columns[at].sort) {
                take(side, at, level, &mut known);
            }
        }
    }
}

/// Gives rows without an account the one that a column names.
fn take(side: &mut Side<'_>, at: usize, level: Level, known: &mut Known) {
    let column = &side.columns[at];
    // Of other tables only the column of customers, and what it looks like, names the customer.
    if column.sort == Sort::Id && !column.is_customer {
        return;
    }
    let found = known.find(column);
    if !side.chosen && is_chance(column, level, &found) {
        let equal = found.iter().filter(|it| **it != NOBODY).count() as u64;
        side.few = side.few.max(equal);
        return;
    }
    let mut used = vec![false; found.len()];
    let mut rows = 0;
    for (account, code) in side.of_rows.iter_mut().zip(column.keys.codes.iter()) {
        let says = found[*code as usize];
        if !matches!(*account, NOBODY | SEVERAL) || says == NOBODY {
            continue;
        }
        *account = says;
        if says != SEVERAL {
            used[*code as usize] = true;
            rows += 1;
        }
    }
    if rows > 0 {
        side.by.push(JoinedBy {
            key: level.key,
            form: level.form,
            column: side.table.columns[column.column].name.clone(),
            rows,
            values: used.iter().filter(|used| **used).count() as u64,
        });
    }
}

/// Whether equal ids are so few that they are equal by chance: two lists that count from 1 share
/// numbers whatever they number.
fn is_chance(column: &KeyColumn<'_>, level: Level, found: &[u32]) -> bool {
    let equal = found.iter().filter(|it| **it != NOBODY).count();
    let is_plain = |code: usize| {
        let text = column.keys.texts.text(code as u32);
        text.trim().bytes().all(|byte| byte.is_ascii_digit())
    };
    level.key == JoinKey::Customer
        && equal * 20 < found.len() - 1
        && (1..found.len())
            .filter(|code| found[*code] != NOBODY)
            .all(is_plain)
}

/// What is told of a table; rows that are of one of several accounts are of none from here on.
fn report(side: &mut Side<'_>, suggested: suggest::Suggested) -> JoinReport {
    let mut told = JoinReport {
        table: side.table.name.clone(),
        rows: u64::from(side.table.rows),
        by: std::mem::take(&mut side.by),
        suggestions: suggested.shown,
        suggested: suggested.count,
        too_few: side.few,
        ..JoinReport::default()
    };
    let mut counts: Vec<u64> = Vec::new();
    for row in 0..side.of_rows.len() {
        match side.of_rows[row] {
            SEVERAL => {
                told.ambiguous_rows += 1;
                side.of_rows[row] = NOBODY;
            }
            NOBODY => {
                let names = side.columns.iter().any(|it| it.keys.codes[row] != 0);
                told.unmatched_rows += u64::from(names);
                told.empty_rows += u64::from(!names);
            }
            account => {
                let account = account as usize;
                if counts.len() <= account {
                    counts.resize(account + 1, 0);
                }
                counts[account] += 1;
            }
        }
    }
    told.matched_rows = counts.iter().sum();
    told.accounts = counts.iter().filter(|count| **count > 0).count() as u64;
    told.most_rows = counts.into_iter().max().unwrap_or(0);
    if let Some(confirmed) = suggested.joined {
        told.by.push(JoinedBy {
            key: JoinKey::Name,
            form: JoinForm::Confirmed,
            ..confirmed
        });
    }
    told
}

/// The id of a pair of names: made of both, and telling neither.
fn pair_id(one: &str, other: &str) -> String {
    // Fowler, Noll and Vo's hash with 64 bits.
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    let texts = [one, "\u{1f}", other];
    for byte in texts.iter().flat_map(|text| text.bytes()) {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{state:016x}")
}

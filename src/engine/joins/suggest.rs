//! Names that are nearly those of accounts: suggested, and joined once the user has confirmed them.

use super::keys::Sort;
use super::likeness::Names;
use super::names::Name;
use super::{NOBODY, SEVERAL, Side, pair_id};
use crate::engine::options::JoinKey;
use crate::engine::report::{JoinForm, JoinSuggestion, JoinedBy};

/// How much alike two names must be to be suggested, from 0 to 1.
const LEAST: f64 = 0.6;

/// So many names of a table are looked at, those with the most rows first.
const LOOKED_AT: usize = 2_000;

/// So many pairs are shown.
const SHOWN: usize = 50;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Suggested {
    /// The pairs that are shown.
    pub shown: Vec<JoinSuggestion>,
    /// How many there are.
    pub count: u64,
    /// Rows that confirmed pairs have joined.
    pub joined: Option<JoinedBy>,
}

/// Looks for names of accounts that are like names of this table that have no account, and joins
/// confirmed pairs.
pub(super) fn suggest(base: &Side<'_>, side: &mut Side<'_>, confirmed: &[String]) -> Suggested {
    let Some(accounts) = base.columns.iter().find(|it| it.sort == Sort::Name) else {
        return Suggested::default();
    };
    let Some(at) = side.columns.iter().position(|it| it.sort == Sort::Name) else {
        return Suggested::default();
    };
    // The account behind each name of the base table; nobody where several share it.
    let mut owners = vec![NOBODY; accounts.keys.texts.len()];
    for (code, account) in accounts.keys.codes.iter().zip(&base.of_rows) {
        let owner = &mut owners[*code as usize];
        *owner = if *owner == NOBODY || *owner == *account {
            *account
        } else {
            SEVERAL
        };
    }
    let written: Vec<u32> = (1..owners.len() as u32)
        .filter(|code| !matches!(owners[*code as usize], NOBODY | SEVERAL))
        .collect();
    let cores: Vec<String> = written
        .iter()
        .map(|code| Name::of(&accounts.keys.texts.text(*code)).core)
        .collect();
    let names = Names::new(&cores);
    let column = &side.columns[at];
    let mut found = Suggested::default();
    let mut taken = vec![NOBODY; column.keys.texts.len()];
    for (code, rows) in unmatched(side, at) {
        let one = column.keys.texts.text(code).trim().to_owned();
        let core = Name::of(&one).core;
        for (place, likeness) in names.like(&core, LEAST, 2) {
            let of_account = written[place as usize];
            let other = accounts.keys.texts.text(of_account).trim().to_owned();
            let id = pair_id(&one, &other);
            let is_confirmed = confirmed.contains(&id);
            if is_confirmed {
                taken[code as usize] = owners[of_account as usize];
            }
            found.shown.push(JoinSuggestion {
                id,
                one: one.clone(),
                other,
                likeness,
                rows,
                confirmed: is_confirmed,
            });
        }
    }
    found.count = found.shown.len() as u64;
    found.shown.sort_by(|a, b| {
        let by_rows = b.rows.cmp(&a.rows).then_with(|| a.one.cmp(&b.one));
        b.likeness.total_cmp(&a.likeness).then(by_rows)
    });
    // Confirmed ones stay in sight, so that they can be taken back.
    let (mut first, rest): (Vec<_>, Vec<_>) = found.shown.into_iter().partition(|it| it.confirmed);
    first.extend(rest.into_iter().take(SHOWN));
    found.shown = first;
    found.joined = join_confirmed(side, at, &taken);
    found
}

/// Names of rows without an account, with their rows: the most frequent first.
fn unmatched(side: &Side<'_>, at: usize) -> Vec<(u32, u64)> {
    let column = &side.columns[at];
    let mut rows = vec![0_u64; column.keys.texts.len()];
    for (code, account) in column.keys.codes.iter().zip(&side.of_rows) {
        rows[*code as usize] += u64::from(*account == NOBODY);
    }
    let mut found: Vec<(u32, u64)> = (1..).zip(rows.into_iter().skip(1)).collect();
    found.retain(|(_, rows)| *rows > 0);
    found.sort_by_key(|(code, rows)| (std::cmp::Reverse(*rows), *code));
    found.truncate(LOOKED_AT);
    found
}

fn join_confirmed(side: &mut Side<'_>, at: usize, taken: &[u32]) -> Option<JoinedBy> {
    let column = &side.columns[at];
    let mut rows = 0;
    for (account, code) in side.of_rows.iter_mut().zip(column.keys.codes.iter()) {
        let says = taken[*code as usize];
        if *account == NOBODY && says != NOBODY {
            *account = says;
            rows += 1;
        }
    }
    (rows > 0).then(|| JoinedBy {
        key: JoinKey::Name,
        form: JoinForm::Confirmed,
        column: side.table.columns[column.column].name.clone(),
        rows,
        values: taken.iter().filter(|it| **it != NOBODY).count() as u64,
    })
}

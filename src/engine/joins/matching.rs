//! One key after the other: what an account is known by, and rows that name it so.

use super::keys::{KeyColumn, Sort};
use super::names::Name;
use super::{NOBODY, SEVERAL, domains};
use crate::engine::options::JoinKey;
use crate::engine::report::JoinForm;
use crate::engine::table::interner::Interner;

/// One way of matching.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Level {
    /// The key.
    pub key: JoinKey,
    /// How equal it must be.
    pub form: JoinForm,
}

const fn level(key: JoinKey, form: JoinForm) -> Level {
    Level { key, form }
}

/// All ways, the surest first.
pub const LEVELS: &[Level] = &[
    level(JoinKey::Customer, JoinForm::Exact),
    level(JoinKey::Customer, JoinForm::Normalised),
    level(JoinKey::Email, JoinForm::Normalised),
    level(JoinKey::Domain, JoinForm::Normalised),
    level(JoinKey::Name, JoinForm::Exact),
    level(JoinKey::Name, JoinForm::Normalised),
];

impl Level {
    /// Whether a column names customers in this way.
    pub fn takes(self, sort: Sort) -> bool {
        match self.key {
            JoinKey::Customer => sort == Sort::Id,
            JoinKey::Email => sort == Sort::Address,
            JoinKey::Domain => matches!(sort, Sort::Address | Sort::Website),
            JoinKey::Name => sort == Sort::Name,
        }
    }

    /// What must be equal; absent where the text says nothing.
    fn reduced(self, text: &str) -> Option<String> {
        let text = text.trim();
        let kept = match (self.key, self.form) {
            (JoinKey::Customer | JoinKey::Name, JoinForm::Exact) => text.to_owned(),
            (JoinKey::Customer, _) => plain_id(text),
            (JoinKey::Email, _) => {
                let address = text.to_lowercase();
                return domains::is_address(&address).then_some(address);
            }
            (JoinKey::Domain, _) => {
                return domains::domain(text).filter(|domain| !domains::is_shared(domain));
            }
            (JoinKey::Name, _) => Name::of(text).core,
        };
        (!kept.is_empty()).then_some(kept)
    }
}

/// An id without what spreadsheets do to it: capitals, zeros in front, a decimal place.
fn plain_id(text: &str) -> String {
    let text = text.to_lowercase();
    let whole = text.strip_suffix(".0").unwrap_or(&text);
    if whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return whole.trim_start_matches('0').to_owned();
    }
    text
}

/// What accounts are known by in one way.
#[derive(Debug)]
pub struct Known {
    level: Level,
    texts: Interner,
    /// The account of each text; [`SEVERAL`] where it stands with more than one.
    accounts: Vec<u32>,
    /// The legal form of each text where it is a name, and several of them.
    forms: Vec<&'static str>,
}

impl Known {
    /// Nothing is known yet.
    pub fn new(level: Level) -> Self {
        Self {
            level,
            texts: Interner::default(),
            accounts: vec![NOBODY],
            forms: vec![""],
        }
    }

    /// Whether no account is known by anything.
    pub fn is_empty(&self) -> bool {
        self.accounts.len() == 1
    }

    /// Learns a column of rows whose accounts are known.
    pub fn learn(&mut self, column: &KeyColumn<'_>, of_rows: &[u32]) {
        let owners = owners(column, of_rows);
        for (code, account) in owners.into_iter().enumerate().skip(1) {
            if account == NOBODY {
                continue;
            }
            let text = column.keys.texts.text(code as u32);
            let Some(kept) = self.level.reduced(&text) else {
                continue;
            };
            let place = self.texts.intern(&kept) as usize;
            if place == self.accounts.len() {
                self.accounts.push(account);
                self.forms.push(self.form(&text));
            } else if self.accounts[place] != account {
                self.accounts[place] = SEVERAL;
            }
        }
    }

    fn form(&self, text: &str) -> &'static str {
        if self.is_of_names() {
            Name::of(text).form
        } else {
            ""
        }
    }

    fn is_of_names(&self) -> bool {
        self.level.key == JoinKey::Name && self.level.form == JoinForm::Normalised
    }

    /// For each number of the column's texts the account; [`SEVERAL`] where it is not clear which,
    /// [`NOBODY`] where none is known by it.
    pub fn find(&mut self, column: &KeyColumn<'_>) -> Vec<u32> {
        let count = self.accounts.len();
        let mut found = vec![NOBODY; column.keys.texts.len()];
        for (code, account) in found.iter_mut().enumerate().skip(1) {
            let text = column.keys.texts.text(code as u32);
            let Some(kept) = self.level.reduced(&text) else {
                continue;
            };
            let place = self.texts.intern(&kept) as usize;
            if place >= count {
                continue;
            }
            let (own, other) = (self.form(&text), self.forms[place]);
            // Two legal forms are two companies until somebody says otherwise.
            if own.is_empty() || other.is_empty() || own == other {
                *account = self.accounts[place];
            }
        }
        found
    }
}

/// For each number of the column's texts the account of its rows; [`SEVERAL`] where they are of
/// more than one.
fn owners(column: &KeyColumn<'_>, of_rows: &[u32]) -> Vec<u32> {
    let mut owners = vec![NOBODY; column.keys.texts.len()];
    for (code, account) in column.keys.codes.iter().zip(of_rows) {
        let owner = &mut owners[*code as usize];
        if *account == NOBODY || *owner == *account {
            continue;
        }
        *owner = if *owner == NOBODY { *account } else { SEVERAL };
    }
    owners
}

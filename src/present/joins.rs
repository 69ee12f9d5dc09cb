//! How tables belong together, for the check page.

use super::format::Habits;
use super::words;
use crate::engine::options::{JoinKey, Options};
use crate::engine::report::{JoinForm, JoinReport, JoinSuggestion, JoinedBy, Report};
use crate::present::language::say;
use crate::told;

/// The tables and how they were joined.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JoinsView {
    /// "6 accounts of crm.csv".
    pub note: String,
    /// Tables that could list the accounts: value and name; the chosen one is `base`.
    pub bases: Vec<(String, String)>,
    /// The table that lists them.
    pub base: String,
    /// One a table beside it.
    pub tables: Vec<JoinView>,
    /// Pairs of accounts that may be one.
    pub same: Vec<SuggestionView>,
    /// "2 accounts share a name or a domain with another."; empty where none does.
    pub same_says: String,
}

/// How one table was joined.
#[derive(Clone, Debug, PartialEq)]
pub struct JoinView {
    /// Its name.
    pub name: String,
    /// "40 of 45 rows, 12 accounts".
    pub matched: String,
    /// By what, one sentence a key.
    pub by: Vec<String>,
    /// What belongs to no account, and why.
    pub rest: Vec<String>,
    /// Whether the table is kept by itself.
    pub is_apart: bool,
    /// Names that are nearly those of accounts.
    pub suggestions: Vec<SuggestionView>,
}

/// Two names that may mean the same.
#[derive(Clone, Debug, PartialEq)]
pub struct SuggestionView {
    /// Its id.
    pub id: String,
    /// The two names.
    pub one: String,
    /// The account's.
    pub other: String,
    /// "91% alike, 3 rows".
    pub says: String,
    /// Whether it is confirmed.
    pub confirmed: bool,
}

/// How the tables were joined; absent where one stands alone.
pub fn joins(habits: &Habits, report: &Report, options: &Options) -> Option<JoinsView> {
    let told = report.joins.as_ref()?;
    let has_customer = |table: &&crate::engine::report::TableReport| {
        table
            .columns
            .iter()
            .any(|column| column.role.as_deref() == Some("customer"))
    };
    Some(JoinsView {
        note: told!(
            "{0} accounts of {1}",
            habits.count(told.accounts),
            told.base
        ),
        bases: report
            .tables
            .iter()
            .filter(has_customer)
            .map(|table| (table.name.clone(), table.name.clone()))
            .collect(),
        base: told.base.clone(),
        tables: told
            .tables
            .iter()
            .map(|table| view(habits, table, options))
            .collect(),
        same: told.same.iter().map(|it| suggestion(habits, it)).collect(),
        same_says: if told.alike > 0 {
            told!(
                "{0} accounts share a name or a domain with another.",
                habits.count(told.alike)
            )
        } else {
            String::new()
        },
    })
}

fn view(habits: &Habits, table: &JoinReport, options: &Options) -> JoinView {
    let says = |count: u64, what: &str| {
        (count > 0).then(|| format!("{} {what}", words::counted_rows(habits.count(count), count)))
    };
    JoinView {
        name: table.table.clone(),
        matched: told!(
            "{0} of {1} rows, {2} accounts, at most {3} each",
            habits.count(table.matched_rows),
            habits.count(table.rows),
            habits.count(table.accounts),
            habits.count(table.most_rows)
        ),
        by: table.by.iter().map(|by| by_says(habits, by)).collect(),
        rest: [
            says(table.unmatched_rows, say("name nobody among the accounts")),
            says(
                table.ambiguous_rows,
                say("name what several accounts share"),
            ),
            says(table.empty_rows, say("name nobody at all")),
        ]
        .into_iter()
        .flatten()
        .collect(),
        is_apart: options
            .joins
            .keys
            .get(&table.table)
            .is_some_and(Vec::is_empty),
        suggestions: table
            .suggestions
            .iter()
            .map(|it| suggestion(habits, it))
            .collect(),
    }
}

fn by_says(habits: &Habits, by: &JoinedBy) -> String {
    let key = match by.key {
        JoinKey::Customer => say("Same number"),
        JoinKey::Email => say("Same address"),
        JoinKey::Domain => say("Same domain"),
        JoinKey::Name => say("Same name"),
    };
    let form = match by.form {
        JoinForm::Exact => say("as written"),
        JoinForm::Normalised if matches!(by.key, JoinKey::Email | JoinKey::Domain) => {
            say("capitals aside")
        }
        JoinForm::Normalised => say("but for spelling and legal form"),
        JoinForm::Confirmed => say("as you confirmed"),
    };
    told!(
        "{0} {1}: {2} of “{3}”, {4}",
        key,
        form,
        words::counted(by.values as usize, "value", "values"),
        by.column,
        words::counted_rows(habits.count(by.rows), by.rows)
    )
}

fn suggestion(habits: &Habits, it: &JoinSuggestion) -> SuggestionView {
    SuggestionView {
        id: it.id.clone(),
        one: it.one.clone(),
        other: it.other.clone(),
        says: if it.rows > 0 {
            told!(
                "{0} alike, {1}",
                habits.percent(it.likeness),
                words::counted_rows(habits.count(it.rows), it.rows)
            )
        } else {
            String::new()
        },
        confirmed: it.confirmed,
    }
}

/// The choices with a pair confirmed, or no longer.
#[must_use]
pub fn with_pair(mut options: Options, id: &str, confirmed: bool) -> Options {
    let pairs = &mut options.joins.confirmed;
    pairs.retain(|it| it != id);
    if confirmed {
        pairs.push(id.to_owned());
    }
    options
}

/// The choices with another table that lists the accounts.
#[must_use]
pub fn with_base(mut options: Options, base: &str) -> Options {
    options.joins.accounts = Some(base.to_owned());
    options
}

/// The choices with a table kept by itself, or matched by all keys again.
#[must_use]
pub fn with_apart(mut options: Options, table: &str, apart: bool) -> Options {
    if apart {
        options.joins.keys.insert(table.to_owned(), Vec::new());
    } else {
        options.joins.keys.remove(table);
    }
    options
}

//! Pages of accounts, and one account with all that is known of it.

use std::cmp::Ordering;

use super::query::{
    AccountPage, AccountRow, AccountTable, AccountsPage, AccountsQuery, AttributeAbout,
    FigureAbout, MOST_ACCOUNTS, Moment,
};
use super::source::AsOf;
use super::{Accounts, across, timeline};
use crate::engine::accounts::Source;
use crate::engine::base::Error;
use crate::engine::joins::Joins;
use crate::engine::joins::keys::{self, Sort};
use crate::engine::report::AccountResult;
use crate::engine::roles::Mapping;
use crate::engine::table::Table;
use crate::engine::table::keys::Keys;

/// The most moments of a past.
const MOST_MOMENTS: usize = 200;

/// The ids and names of the accounts, as the list writes them.
#[derive(Debug)]
pub struct Names<'a> {
    joins: &'a Joins,
    customers: Option<Keys<'a>>,
    called: Option<Keys<'a>>,
}

impl<'a> Names<'a> {
    /// The names in the table that lists the accounts.
    pub fn new(joins: &'a Joins, table: &'a Table, mapping: &Mapping) -> Self {
        let columns = keys::of_table(table, mapping);
        let own = columns.iter().position(|it| it.is_customer);
        let named = |sort| {
            let is_name = |it: &&keys::KeyColumn<'_>| it.sort == sort && !it.is_customer;
            columns.iter().find(is_name).map(|it| it.keys.clone())
        };
        Self {
            joins,
            customers: own.map(|at| columns[at].keys.clone()),
            called: named(Sort::Name).or_else(|| named(Sort::Website)),
        }
    }

    fn written(&self, keys: Option<&Keys<'_>>, account: usize) -> Option<String> {
        let keys = keys?;
        let row = *self.joins.first_rows.get(account)? as usize;
        let code = keys.codes[row];
        (code != 0).then(|| keys.texts.text(code).trim().to_owned())
    }

    /// The id of an account as written.
    pub fn customer(&self, account: usize) -> String {
        self.written(self.customers.as_ref(), account)
            .unwrap_or_default()
    }

    /// The name of an account, where a column says it.
    pub fn name(&self, account: usize) -> Option<String> {
        self.written(self.called.as_ref(), account)
    }

    /// The account with this id; blanks around it do not matter.
    pub fn find(&self, customer: &str) -> Option<u32> {
        let keys = self.customers.as_ref()?;
        let place = keys
            .texts
            .texts()
            .skip(1)
            .position(|text| text.trim() == customer.trim());
        let code = place? as u32 + 1;
        let of_rows = self.joins.of_rows.get(self.joins.base)?.as_ref()?;
        let row = keys.codes.iter().position(|it| *it == code)?;
        of_rows.get(row).copied()
    }
}

/// What the columns of a list of accounts are.
pub fn about(told: &Accounts, tables: &[&str]) -> (Vec<FigureAbout>, Vec<AttributeAbout>) {
    let figures = told.figures.iter().map(|figure| FigureAbout {
        id: figure.id.clone(),
        name: figure.name.clone(),
        unit: figure.unit,
        direction: figure.direction,
        table: tables
            .get(figure.table)
            .copied()
            .unwrap_or_default()
            .to_owned(),
        is_dated: figure.is_dated,
        known: figure.values.iter().filter(|value| !value.is_nan()).count() as u64,
    });
    let attributes = told.attributes.iter().map(|attribute| AttributeAbout {
        name: attribute.name.clone(),
        words: attribute.words.iter().skip(1).cloned().collect(),
    });
    (figures.collect(), attributes.collect())
}

fn row(told: &Accounts, names: &Names<'_>, account: usize) -> AccountRow {
    let value = |value: f64| (!value.is_nan()).then_some(value);
    AccountRow {
        customer: names.customer(account),
        name: names.name(account),
        is_customer: told.is_customer[account],
        values: told
            .figures
            .iter()
            .map(|it| value(it.values[account]))
            .collect(),
        attributes: told
            .attributes
            .iter()
            .map(|it| it.words[it.of_accounts[account] as usize].clone())
            .collect(),
        health: None,
    }
}

/// The accounts that the question fits, with the health that `health` tells of each; what their
/// columns are is left open.
///
/// # Errors
/// `figure_unknown`, `list_unknown`.
pub fn page(
    query: &AccountsQuery,
    told: &Accounts,
    names: &Names<'_>,
    health: impl Fn(usize) -> Option<AccountResult>,
) -> Result<AccountsPage, Error> {
    let mut order = fitting(query, told, names)?;
    if let Some(sort) = &query.sort {
        sort_by(&mut order, sort, query.descending, (told, names))?;
    } else if query.descending {
        order.reverse();
    }
    let from = query.from as usize;
    let most = query.count.unwrap_or(MOST_ACCOUNTS).min(MOST_ACCOUNTS) as usize;
    let shown = order
        .iter()
        .skip(from)
        .take(most)
        .map(|account| AccountRow {
            health: health(*account),
            ..row(told, names, *account)
        });
    Ok(AccountsPage {
        total: order.len() as u64,
        from: u64::from(query.from),
        accounts: shown.collect(),
        ..AccountsPage::default()
    })
}

fn fitting(query: &AccountsQuery, told: &Accounts, names: &Names<'_>) -> Result<Vec<usize>, Error> {
    let mut fits = vec![true; told.is_customer.len()];
    if let Some(list) = &query.list {
        let marks = across::marks(told, list).ok_or_else(|| {
            Error::new(
                "list_unknown",
                "There is no list of accounts with this id.",
                "Give the id of one of the figures that the report has under “across”.",
            )
        })?;
        fits = marks;
    }
    for range in &query.ranges {
        let values = told.values(&range.figure).ok_or_else(unknown)?;
        for (fits, value) in fits.iter_mut().zip(values) {
            // What is no number lies in no range.
            *fits &= range.low.is_none_or(|low| *value >= low)
                && range.high.is_none_or(|high| *value <= high)
                && !value.is_nan();
        }
    }
    for filter in &query.filter {
        let attribute = told.attributes.iter().find(|it| it.name == filter.column);
        let attribute = attribute.ok_or_else(unknown)?;
        let is_wanted = |word: &String| filter.is.iter().any(|is| is.trim() == word);
        let wanted: Vec<bool> = attribute.words.iter().map(is_wanted).collect();
        for (fits, word) in fits.iter_mut().zip(&attribute.of_accounts) {
            *fits &= wanted[*word as usize];
        }
    }
    if let Some(search) = query.search.as_ref().filter(|it| !it.trim().is_empty()) {
        let search = search.trim().to_lowercase();
        let holds = |text: &str| text.to_lowercase().contains(&search);
        for (account, fits) in fits.iter_mut().enumerate() {
            *fits = *fits
                && (holds(&names.customer(account))
                    || names.name(account).is_some_and(|name| holds(&name)));
        }
    }
    let all = fits.into_iter().enumerate();
    Ok(all
        .filter(|(_, fits)| *fits)
        .map(|(account, _)| account)
        .collect())
}

fn unknown() -> Error {
    Error::new(
        "figure_unknown",
        "Accounts have no figure or attribute of this name.",
        "Give an id of “figures”, or a header of “attributes”, as the answer lists them.",
    )
}

/// Orders accounts; equal ones stay in the order of the list, and those without a value come last.
fn sort_by(
    order: &mut [usize],
    sort: &str,
    descending: bool,
    (told, names): (&Accounts, &Names<'_>),
) -> Result<(), Error> {
    let turned = |found: Ordering| if descending { found.reverse() } else { found };
    if let Some(values) = told.values(sort) {
        order.sort_by(|a, b| {
            let (a, b) = (values[*a], values[*b]);
            a.is_nan()
                .cmp(&b.is_nan())
                .then_with(|| turned(a.total_cmp(&b)))
        });
        return Ok(());
    }
    let attribute = told.attributes.iter().find(|it| it.name == sort);
    let text = |account: usize| -> Option<String> {
        let text = match (sort, attribute) {
            ("customer", _) => Some(names.customer(account)),
            ("name", _) => names.name(account),
            (_, Some(it)) => Some(it.words[it.of_accounts[account] as usize].clone()),
            _ => None,
        };
        text.filter(|text| !text.is_empty())
            .map(|text| text.to_lowercase())
    };
    if attribute.is_none() && !matches!(sort, "customer" | "name") {
        return Err(unknown());
    }
    let mut keyed: Vec<(Option<String>, usize)> = order
        .iter()
        .map(|account| (text(*account), *account))
        .collect();
    keyed.sort_by(|a, b| {
        let missing = a.0.is_none().cmp(&b.0.is_none());
        missing.then_with(|| turned(a.0.cmp(&b.0)))
    });
    for (place, (_, account)) in order.iter_mut().zip(keyed) {
        *place = account;
    }
    Ok(())
}

/// One account with its past; what its columns are is left open.
pub fn one(
    account: u32,
    told: &Accounts,
    names: &Names<'_>,
    sources: &[Source<'_>],
    (as_of, health): (AsOf, Option<AccountResult>),
) -> AccountPage {
    let mut timeline: Vec<Moment> = sources
        .iter()
        .flat_map(|source| timeline::of_account(source, account, as_of))
        .collect();
    timeline.sort_by(|a, b| {
        b.day
            .cmp(&a.day)
            .then(a.table.cmp(&b.table))
            .then(a.row.cmp(&b.row))
    });
    let moments = timeline.len() as u64;
    timeline.truncate(MOST_MOMENTS);
    let rows =
        |source: &Source<'_>| source.of_rows.iter().filter(|it| **it == account).count() as u64;
    AccountPage {
        account: AccountRow {
            health,
            ..row(told, names, account as usize)
        },
        tables: sources
            .iter()
            .map(|source| AccountTable {
                table: source.reading.table.name.clone(),
                rows: rows(source),
            })
            .filter(|it| it.rows > 0)
            .collect(),
        timeline,
        moments,
        ..AccountPage::default()
    }
}

//! The accounts of a run: its tables as sources of what is known of each.

mod suppose;

use super::accounts::query::{AccountQuery, AccountsQuery};
use super::accounts::{
    self, Accounts, AsOf, Figure, FigureUnit, Source, attributes, measures, page,
};
use super::base::Error;
use super::books::Books;
use super::facts::{Frame, Health, Reading, health};
use super::fates::Understood;
use super::held::Held;
use super::joins::Joins;
use super::kpi::usage::customer_health_score as health_kpi;
use super::kpi::usage::health_scores::Scoring;
use super::report::AccountResult;
use super::row_set::RowSet;
use super::session::Told;
use super::table::Reason;

/// Readings of all tables.
pub fn readings<'a>(
    (held, tables): (&'a [Held], &'a [Understood]),
    frame: &Frame,
) -> Vec<Reading<'a>> {
    held.iter()
        .zip(tables)
        .map(|(one, understood)| Reading::new(&one.table, &understood.mapping, frame.clone()))
        .collect()
}

/// The tables that speak of accounts, the one that lists them first.
pub fn sources<'a>(
    joins: &'a Joins,
    readings: &'a [Reading<'a>],
    tables: &'a [Understood],
    books: &'a [Option<Books>],
) -> Vec<Source<'a>> {
    let others = (0..tables.len()).filter(|place| *place != joins.base);
    std::iter::once(joins.base)
        .chain(others)
        .filter_map(|place| {
            let books = books.get(place).and_then(Option::as_ref);
            Some(Source {
                place,
                reading: readings.get(place)?,
                facts: &tables.get(place)?.facts,
                ledger: books.map(|books| books.whole().as_ref()),
                of_rows: joins.of_rows.get(place)?.as_deref()?,
                kept: tables[place].kept.as_deref(),
            })
        })
        .collect()
}

/// What is known of all accounts on the last day that counts; absent without any day.
pub fn tell(
    joins: &Joins,
    (held, tables): (&[Held], &[Understood]),
    books: &[Option<Books>],
    frame: &Frame,
) -> Option<Accounts> {
    let as_of = AsOf {
        day: frame.as_of?,
        accounts: joins.accounts(),
    };
    let readings = readings((held, tables), frame);
    let mut told = accounts::tell(&sources(joins, &readings, tables, books), as_of);
    if let (Some(list), Some(Some(of_rows))) =
        (readings.get(joins.base), joins.of_rows.get(joins.base))
    {
        told.attributes = attributes::read(list.table, list.mapping, of_rows, as_of.accounts);
    }
    Some(told)
}

/// Adds what other tables tell of the accounts to the measures of their health.
pub fn add_to_health(
    joins: &Joins,
    told: &Accounts,
    (held, tables): (&[Held], &mut [Understood]),
    frame: &Frame,
) {
    let (Some(one), Some(understood)) = (held.get(joins.base), tables.get_mut(joins.base)) else {
        return;
    };
    let Some(Some(of_rows)) = joins.of_rows.get(joins.base) else {
        return;
    };
    let others = joins.told.tables.iter().any(|table| table.matched_rows > 0);
    let named = !frame.health.measures.is_empty();
    if !others && !named {
        return;
    }
    let own = understood.facts.health.take().or_else(|| {
        let reading = Reading::new(&one.table, &understood.mapping, frame.clone());
        // A list of subscriptions or contracts has columns that the settings may name.
        let own = named.then(|| health::read(&reading)).flatten();
        own.or_else(|| health::of_list(&reading))
    });
    if let Some(mut own) = own {
        measures::add(&mut own, told, (of_rows, &joins.first_rows));
        understood.facts.health =
            (named || !own.measures.is_empty() || own.refusal.is_some()).then_some(own);
    }
}

/// The score of every account; absent where none can be scored.
pub fn scores(joins: &Joins, health: &Health, rule: &str) -> Option<Figure> {
    let scoring = Scoring::new(health, health_kpi::method(rule)).ok()?;
    let counts = |row: &u32| health.reasons.get(*row as usize) == Some(&Reason::Used);
    let rows: Vec<u32> = joins.first_rows.iter().copied().filter(counts).collect();
    let scored = scoring.all(&rows, false);
    let mut values = vec![f64::NAN; joins.accounts()];
    for (row, score) in scored.rows.iter().zip(&scored.values) {
        // Accounts are numbered in the order of their first rows.
        if let Ok(account) = joins.first_rows.binary_search(row) {
            values[account] = *score;
        }
    }
    let mut figure = Figure::new("health", "Health", FigureUnit::Points, values).high_is_good();
    figure.table = joins.base;
    figure.is_dated = false;
    Some(figure)
}

/// The accounts of the last run, or why there are none.
pub fn known(told: &Told) -> Result<(&Joins, &Accounts), Error> {
    told.joins.as_ref().zip(told.accounts.as_ref()).ok_or_else(|| {
        Error::new(
            "no_accounts",
            "No table lists customers with a number or a name, and a day as of which they could be told.",
            "Load a table of customers, subscriptions, renewals or orders.",
        )
    })
}

/// The ids and names of accounts as written.
pub fn names<'a>(
    joins: &'a Joins,
    (held, told): (&'a [Held], &'a Told),
) -> Option<page::Names<'a>> {
    let (one, understood) = (held.get(joins.base)?, told.tables.get(joins.base)?);
    Some(page::Names::new(joins, &one.table, &understood.mapping))
}

/// There is no table.
pub fn nothing_loaded() -> Error {
    Error::new(
        "nothing_loaded",
        "There are no accounts to show.",
        "Load a table first.",
    )
}

/// A page of accounts, as JSON.
///
/// # Errors
/// `no_accounts`, `figure_unknown`, `list_unknown`.
pub fn page(query: &AccountsQuery, (held, told): (&[Held], &Told)) -> Result<String, Error> {
    let (joins, accounts) = known(told)?;
    let names = names(joins, (held, told)).ok_or_else(nothing_loaded)?;
    let tables: Vec<&str> = held.iter().map(|one| one.table.name.as_str()).collect();
    let health = |account: usize| health_of(account as u32, joins, told);
    let mut page = page::page(query, accounts, &names, health)?;
    (page.figures, page.attributes) = page::about(accounts, &tables);
    page.as_of = told.frame.as_of;
    page.base.clone_from(&joins.told.base);
    Ok(serde_json::to_string(&page).unwrap_or_default())
}

/// The account with this id, or why there is none.
pub(super) fn find(customer: &str, names: &page::Names<'_>) -> Result<u32, Error> {
    names.find(customer).ok_or_else(|| {
        Error::new(
            "account_unknown",
            "There is no account with this id.",
            "Give the id as the list of accounts writes it.",
        )
    })
}

/// One account with its past and its health, as JSON.
///
/// # Errors
/// `no_accounts`, `account_unknown`, `measure_unknown`.
pub fn one(query: &AccountQuery, (held, told): (&[Held], &Told)) -> Result<String, Error> {
    let (joins, accounts) = known(told)?;
    let names = names(joins, (held, told)).ok_or_else(nothing_loaded)?;
    let account = find(&query.customer, &names)?;
    let as_of = AsOf {
        day: told.frame.as_of.ok_or_else(nothing_loaded)?,
        accounts: joins.accounts(),
    };
    let readings = readings((held, &told.tables), &told.frame);
    let sources = sources(joins, &readings, &told.tables, &[]);
    let health = health_of(account, joins, told).map(|mut result| {
        result.customer = names.customer(account as usize);
        result.table.clone_from(&joins.told.base);
        result
    });
    let mut page = page::one(account, accounts, &names, &sources, (as_of, health));
    let tables: Vec<&str> = held.iter().map(|one| one.table.name.as_str()).collect();
    (page.figures, page.attributes) = page::about(accounts, &tables);
    if let Some((health, rule)) = told
        .health
        .as_ref()
        .filter(|_| page.account.health.is_some())
    {
        let base = &joins.told.base;
        let measures = health.measures.iter();
        page.measures = measures
            .map(|measure| suppose::source(measure, (accounts, &tables), base))
            .collect();
        page.supposed = suppose::scored(health, rule, first_row(account, joins), &query.suppose)?;
    }
    Ok(serde_json::to_string(&page).unwrap_or_default())
}

/// The row of the list that speaks of an account first.
pub(super) fn first_row(account: u32, joins: &Joins) -> usize {
    joins
        .first_rows
        .get(account as usize)
        .copied()
        .unwrap_or_default() as usize
}

fn health_of(account: u32, joins: &Joins, told: &Told) -> Option<AccountResult> {
    let (health, rule) = told.health.as_ref()?;
    let scoring = Scoring::new(health, health_kpi::method(rule)).ok()?;
    let row = *joins.first_rows.get(account as usize)? as usize;
    if health.reasons.get(row) != Some(&Reason::Used) {
        return None;
    }
    let mut result = scoring.account(row);
    health_kpi::KPI.id.clone_into(&mut result.kpi);
    Some(result)
}

/// The rows of a table that speak of an account.
///
/// # Errors
/// `no_accounts`, `account_unknown`.
pub fn rows(
    customer: &str,
    table: usize,
    (held, told): (&[Held], &Told),
    per_record: u32,
) -> Result<RowSet, Error> {
    let (joins, _) = known(told)?;
    let names = names(joins, (held, told)).ok_or_else(nothing_loaded)?;
    let account = find(customer, &names)?;
    let of_rows = joins.of_rows.get(table).and_then(Option::as_ref);
    let rows = (0..).zip(of_rows.into_iter().flatten());
    Ok(rows
        .filter(|(_, of)| **of == account)
        .map(|(row, _): (u32, _)| row.div_euclid(per_record))
        .collect())
}

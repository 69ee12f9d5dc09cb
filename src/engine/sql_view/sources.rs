//! Tables as what a plan asks: the table of a figure, and another one beside it.

use super::SqlQuery;
use crate::engine::facts;
use crate::engine::fates::{self, Understood};
use crate::engine::held::Held;
use crate::engine::kpi::definition::{Beside, Need};
use crate::engine::options::Options;
use crate::engine::roles::Kind;
use crate::engine::session::Told;
use crate::engine::sql::Source;

/// Customers over time of another table, as a run chooses it: the table, and what it is read as.
pub(super) type BesideTable<'a> = (Kind, &'a Held, &'a Understood);

pub(super) fn beside<'a>(
    need: &Need,
    own: &Held,
    (held, told): (&'a [Held], &'a Told),
) -> Option<BesideTable<'a>> {
    // A table of several kinds is read as the first of these.
    const KINDS: [Kind; 5] = [
        Kind::Subscription,
        Kind::RevenueMonth,
        Kind::RevenueMovement,
        Kind::Renewal,
        Kind::Account,
    ];
    if need.beside == Beside::Nothing {
        return None;
    }
    let others = held.iter().zip(&told.tables);
    let mut others = others.filter(|(one, _)| !std::ptr::eq(*one, own));
    others.find_map(|(one, understood)| {
        let ledger = facts::ledger_under(&one.table, &understood.mapping, &told.frame)?;
        let tells_money = |kind: &Kind| *kind != Kind::Account;
        let mut kinds = KINDS.into_iter();
        let kind = kinds
            .find(|kind| tells_money(kind) == ledger.has_amounts && understood.mapping.is(*kind))?;
        let suits = need.beside != Beside::Revenue || ledger.has_amounts;
        suits.then_some((kind, one, understood))
    })
}

/// What a table is called in the warehouse, in parts.
fn called(query: &SqlQuery, table: &str) -> Vec<String> {
    if let Some(called) = query.tables.get(table) {
        return called.split('.').map(str::to_owned).collect();
    }
    let stem = table.trim_end_matches(".gz");
    vec![
        stem.rsplit_once('.')
            .map_or(stem, |(stem, _)| stem)
            .to_owned(),
    ]
}

/// A table as what a plan asks, under the filters of the recipe.
pub(super) fn source_of<'a>(
    query: &SqlQuery,
    (one, understood): (&'a Held, &'a Understood),
    told: &'a Told,
) -> Source<'a> {
    let mut source = Source::new(
        (&one.table, &understood.mapping, &told.frame),
        &told.options.settings,
        called(query, &one.table.name),
    );
    source.filters = filters(one, &told.options);
    source
}

fn filters(one: &Held, options: &Options) -> Vec<(usize, Vec<String>)> {
    let filters = options.filter.iter();
    let known = filters.filter_map(|filter| {
        let column = fates::column(one, &filter.column)?;
        Some((column, filter.is.clone()))
    });
    known.collect()
}

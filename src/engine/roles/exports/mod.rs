//! Exports: tables of known products, recognised by the set of their headers.
//!
//! Takes: headers in normal form. Gives: which export it is, and what its columns mean.
//! Never: relies on the order of columns, on capitals or on marks; takes a header alone for proof.
//! Start at [`recognise`]. Fixtures: `tests/cases/exports/`.
//!
//! Users choose columns, products add some and customers add their own. So a table is an export
//! when it has enough headers that tell it from others, and most of the smaller of the two sets is
//! in the other. Where most columns are the customer's own, the telling ones alone decide.

mod billing;
mod crm;
mod events;
mod support;
mod surveys;

use super::kind::Kind;
use super::role::Role;
use super::seen::Seen;
use crate::engine::options::ColumnUnit;

/// One export of one product. All headers are in normal form, parted by bars.
#[derive(Debug)]
pub struct Export {
    /// What it is, to finish the sentence "this is a …".
    pub name: &'static str,
    /// What its rows are, the main kind first.
    pub kinds: &'static [Kind],
    /// Headers by which it is told from other tables.
    pub telling: &'static str,
    /// How many of them are enough.
    pub least: usize,
    /// Its other headers.
    pub others: &'static str,
    /// What columns mean, the best column of a role first; nothing for columns that must not be
    /// taken for something.
    pub columns: &'static [(&'static str, Option<Role>, Option<ColumnUnit>)],
    /// Amounts are for the whole stretch between start and end, not for an interval.
    pub amount_spans_stretch: bool,
    /// Most columns are the customer's own (questions, properties), so only telling ones count.
    pub adds_columns: bool,
}

/// Every export that is known.
fn catalogue() -> impl Iterator<Item = &'static Export> {
    support::EXPORTS
        .iter()
        .chain(surveys::EXPORTS)
        .chain(billing::EXPORTS)
        .chain(crm::EXPORTS)
        .chain(events::EXPORTS)
}

/// Share of the smaller set of headers that the other must hold.
const LEAST_SHARE: f64 = 0.6;

/// A table that was recognised as an export.
#[derive(Debug)]
pub struct Recognised {
    export: &'static Export,
    columns: Vec<(usize, Role, Option<ColumnUnit>)>,
    ignored: Vec<usize>,
}

impl Recognised {
    /// What it is.
    pub const fn name(&self) -> &'static str {
        self.export.name
    }

    /// What its rows are, the main kind first.
    pub const fn kinds(&self) -> &'static [Kind] {
        self.export.kinds
    }

    /// Whether amounts are for the whole stretch between start and end.
    pub const fn amount_spans_stretch(&self) -> bool {
        self.export.amount_spans_stretch
    }

    /// Columns, their roles, and their units, the best column of a role first.
    pub fn columns(&self) -> impl Iterator<Item = (usize, Role, Option<ColumnUnit>)> {
        self.columns.iter().copied()
    }

    /// Whether the column must not be taken for anything by its header.
    pub fn ignores(&self, column: usize) -> bool {
        self.ignored.contains(&column)
    }

    /// Whether any column that holds ratings has one.
    pub fn has_answers(&self, seen: &[Seen<'_>]) -> bool {
        self.columns.iter().any(|(column, role, _)| {
            matches!(role, Role::Satisfaction | Role::Score)
                && seen.get(*column).is_some_and(Seen::has_answers)
        })
    }
}

fn is_listed(header: &str, list: &str) -> bool {
    list.split('|').any(|known| known == header)
}

/// Whether the list names the column's header, or the end of its path.
fn is_named_in(one: &Seen<'_>, list: &str) -> bool {
    is_listed(&one.header, list) || one.tail.as_ref().is_some_and(|tail| is_listed(tail, list))
}

/// The export whose headers these are, if there is one: the one with most headers in common.
pub fn recognise(seen: &[Seen<'_>]) -> Option<Recognised> {
    let mut best: Option<(usize, &'static Export)> = None;
    for export in catalogue() {
        let telling = seen
            .iter()
            .filter(|one| is_named_in(one, export.telling))
            .count();
        if telling < export.least {
            continue;
        }
        let others = seen
            .iter()
            .filter(|one| is_named_in(one, export.others))
            .count();
        let found = telling + others;
        let size = export.telling.split('|').count() + export.others.split('|').count();
        if !export.adds_columns && (found as f64) < LEAST_SHARE * size.min(seen.len()) as f64 {
            continue;
        }
        if best.is_none_or(|(most, _)| found > most) {
            best = Some((found, export));
        }
    }
    best.map(|(_, export)| places(export, seen))
}

fn places(export: &'static Export, seen: &[Seen<'_>]) -> Recognised {
    let mut columns = Vec::new();
    let mut ignored = Vec::new();
    for (header, role, unit) in export.columns {
        let found = seen
            .iter()
            .position(|one| one.header == *header)
            .or_else(|| {
                let tail = |one: &Seen<'_>| one.tail.as_deref() == Some(*header);
                seen.iter().position(tail)
            });
        match (found, role) {
            (Some(column), Some(role)) => columns.push((column, *role, *unit)),
            (Some(column), None) => ignored.push(column),
            (None, _) => {}
        }
    }
    Recognised {
        export,
        columns,
        ignored,
    }
}

#[cfg(test)]
mod tests {
    use super::super::synonyms::normal;
    use super::*;

    #[test]
    fn the_catalogue_is_in_normal_form_and_maps_only_headers_that_it_lists() {
        for export in catalogue() {
            for header in export.telling.split('|').chain(export.others.split('|')) {
                assert_eq!(normal(header), header, "{}", export.name);
            }
            for (header, role, _) in export.columns {
                assert!(
                    is_listed(header, export.telling) || is_listed(header, export.others),
                    "{header} of the {}",
                    export.name
                );
                let belongs = role.is_none_or(|role| {
                    export.kinds.iter().any(|kind| {
                        super::super::synonyms::of(*kind)
                            .iter()
                            .any(|entry| entry.role == role)
                    })
                });
                assert!(belongs, "{header} of the {}", export.name);
            }
        }
    }
}

//! Which rows a question fits.

use super::query::{Bucket, MOST_ROWS, RowsQuery};
use crate::engine::account_view;
use crate::engine::base::Error;
use crate::engine::facts::{ColumnFaults, Frame};
use crate::engine::fates::{self, Understood};
use crate::engine::held::Held;
use crate::engine::kpi::registry;
use crate::engine::reasons::{NamedRows, ReasonRows};
use crate::engine::row_set::RowSet;
use crate::engine::session::Told;
use crate::engine::table::Reason;

/// Rows of one table, with what became of each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picked {
    /// The table, by its place among those held.
    pub table: usize,
    /// How many rows fit.
    pub total: u64,
    /// How many of them come before these.
    pub from: u64,
    /// The rows, ascending, each with its fate.
    pub rows: Vec<(u32, Reason)>,
}

/// Why each row is left out by the finding that was asked for last, so that the next page of rows
/// is there at once.
#[derive(Debug, Default)]
pub struct LastFinding(Option<(String, String, Vec<Reason>)>);

impl LastFinding {
    /// Other tables or choices hold now.
    pub fn forget(&mut self) {
        self.0 = None;
    }
}

/// The rows that the question fits.
///
/// # Errors
/// `table_unknown`, `finding_unknown`, `reason_unknown`, `step_unknown`, `term_unknown`,
/// `group_unknown`.
pub fn pick(
    query: &RowsQuery,
    (held, told): (&[Held], &Told),
    last: &mut LastFinding,
) -> Result<Picked, Error> {
    let (tables, frame) = (&told.tables, &told.frame);
    let place = held.iter().position(|one| one.table.name == query.table);
    let found = place.and_then(|place| Some((place, held.get(place)?, tables.get(place)?)));
    let Some((place, one, understood)) = found else {
        return Err(Error::new(
            "table_unknown",
            "No table of this name is loaded.",
            "Give the name of a table as the report writes it.",
        ));
    };
    let reasons = match &query.finding {
        None => understood.rows.as_slice(),
        Some(finding) => of_finding(finding, (one, understood, frame), last)?,
    };
    let per_record = one.table.rows_per_record.max(1);
    let reasons = fates::in_file(reasons, per_record);
    let wanted_reason = match &query.reason {
        None => None,
        Some(code) => Some(Reason::from_code(code).ok_or_else(|| {
            Error::new(
                "reason_unknown",
                "There is no such reason for leaving a row out.",
                "Give a code as the report writes it.",
            )
        })?),
    };
    let marked = query.column.as_deref().map(|column| {
        let header = |faults: &&ColumnFaults| {
            let column_of = one.table.columns.get(faults.column);
            column_of.is_some_and(|it| it.name == column)
        };
        let mut rows: Vec<u32> = understood
            .faults
            .iter()
            .filter(header)
            .flat_map(|faults| faults.rows.iter().map(|row| row.div_euclid(per_record)))
            .collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    });
    let mut narrowed = narrowed(query, place, told, per_record)?;
    if let Some(account) = &query.account {
        narrowed.push(account_view::rows(
            account,
            place,
            (held, told),
            per_record,
        )?);
    }
    let fits = |row: u32, reason: Reason| {
        let bucket = if reason == Reason::Used {
            Bucket::Used
        } else {
            Bucket::LeftOut
        };
        query.bucket.is_none_or(|wanted| wanted == bucket)
            && wanted_reason.is_none_or(|wanted| wanted == reason)
            && marked
                .as_ref()
                .is_none_or(|rows| rows.binary_search(&row).is_ok())
            && narrowed.iter().all(|rows| rows.contains(row))
    };
    let from = u64::from(query.from.unwrap_or(0));
    let most = u64::from(query.count.unwrap_or(MOST_ROWS).min(MOST_ROWS));
    let mut picked = Picked {
        table: place,
        from,
        ..Picked::default()
    };
    for (row, reason) in reasons.iter().enumerate() {
        let row = row as u32;
        if fits(row, *reason) {
            if picked.total >= from && picked.total < from + most {
                picked.rows.push((row, *reason));
            }
            picked.total += 1;
        }
    }
    Ok(picked)
}

/// The rows of the file to which a step, a term, a side or a group narrows the question.
fn narrowed(
    query: &RowsQuery,
    place: usize,
    told: &Told,
    per_record: u32,
) -> Result<Vec<RowSet>, Error> {
    let step = query.rule.as_ref();
    let step = step.map(|rule| behind_step(query, rule, place, told));
    let term = query.term.as_ref();
    let term = term.map(|term| saying(query, place, told, (term, |rows| &rows.terms)));
    let side = query.side.as_ref();
    let side = side.map(|side| saying(query, place, told, (side, |rows| &rows.sides)));
    let in_file = |rows: &RowSet| rows.iter().map(|row| row.div_euclid(per_record)).collect();
    let group = query.group.as_ref();
    let group = group.map(|group| of_group(group, place, told));
    let all = [step, term, side, group].into_iter().flatten();
    all.map(|rows| rows.map(in_file)).collect()
}

/// The rows behind a step from the rule in force to another.
fn behind_step<'a>(
    query: &RowsQuery,
    rule: &str,
    place: usize,
    told: &'a Told,
) -> Result<&'a RowSet, Error> {
    let kpi = query.finding.as_deref().unwrap_or_default();
    let step = query.step.unwrap_or(0) as usize;
    let found = told.bridge_rows.iter().find(|rows| {
        rows.finding.is_meant(place, kpi)
            && rows.of_step.variant == rule
            && rows.of_step.step == step
    });
    found.map(|found| &found.of_step.rows).ok_or_else(|| {
        Error::new(
            "step_unknown",
            "The finding has no such step to this rule.",
            "Give a rule and a step as the report writes them.",
        )
    })
}

/// The rows whose comments hold a term of the finding's reasons, or stand on a side of its answers.
fn saying<'a>(
    query: &RowsQuery,
    place: usize,
    told: &'a Told,
    (name, list): (&str, fn(&ReasonRows) -> &NamedRows),
) -> Result<&'a RowSet, Error> {
    let finding = query.finding.as_deref().unwrap_or_default();
    let mut all = told.reason_rows.iter();
    let found = all.find(|it| it.finding.is_meant(place, finding));
    let mut named = found.into_iter().flat_map(|it| list(&it.rows));
    let rows = named.find(|(own, _)| own == name).map(|(_, rows)| rows);
    rows.ok_or_else(|| {
        Error::new(
            "term_unknown",
            "The finding has no such term or side among its reasons.",
            "Give a finding, and a term or a side, as the report writes them.",
        )
    })
}

/// The rows of the customers of a group.
fn of_group<'a>(group: &str, place: usize, told: &'a Told) -> Result<&'a RowSet, Error> {
    let mut all = told.group_rows.iter();
    let found = all.find(|it| it.table == place && it.group == group);
    found.map(|it| &it.rows).ok_or_else(|| {
        Error::new(
            "group_unknown",
            "The table has no such group of customers.",
            "Write it as `orders/champions` or `recurring_revenue/a`, with an id of the report's `customer_groups`.",
        )
    })
}

fn of_finding<'a>(
    finding: &str,
    (one, understood, frame): (&Held, &Understood, &Frame),
    last: &'a mut LastFinding,
) -> Result<&'a [Reason], Error> {
    let is_same = last
        .0
        .as_ref()
        .is_some_and(|(table, name, _)| *table == one.table.name && name == finding);
    if !is_same {
        let (id, column) = match finding.split_once('/') {
            Some((id, column)) => (id, Some(column)),
            None => (finding, None),
        };
        let reasons = registry::find(id)
            .and_then(|kpi| fates::of_finding(one, understood, frame, (kpi, column)));
        let Some(reasons) = reasons else {
            return Err(Error::new(
                "finding_unknown",
                "This table has no such finding, or it was refused before any row was looked at.",
                "Give the id of a KPI, id/column where several columns give it, or id/column/question where one column answers several questions.",
            ));
        };
        last.0 = Some((one.table.name.clone(), finding.to_owned(), reasons));
    }
    Ok(last
        .0
        .as_ref()
        .map(|(_, _, reasons)| reasons.as_slice())
        .unwrap_or_default())
}

/// The next rows of the file, from `row` on, that are left out or hold an unreadable cell; and the
/// row at which to go on, absent at the end.
pub fn listed(
    understood: &Understood,
    per_record: u32,
    row: u32,
    most: usize,
) -> (Vec<(u32, Reason)>, Option<u32>) {
    /// Rows looked at in one slice of work.
    const SLICE: usize = 1 << 20;
    let mut found = Vec::new();
    let per_record = per_record.max(1);
    let faulty = |row: u32| {
        let made = row * per_record..(row + 1) * per_record;
        understood
            .faults
            .iter()
            .any(|faults| !faults.rows_in(made.clone()).is_empty())
    };
    let fates = fates::in_file(&understood.rows, per_record);
    let rest = fates.iter().enumerate().skip(row as usize);
    for (at, (place, reason)) in rest.enumerate() {
        if found.len() >= most || at >= SLICE {
            return (found, Some(place as u32));
        }
        if *reason != Reason::Used || faulty(place as u32) {
            found.push((place as u32, *reason));
        }
    }
    (found, None)
}
